"""The children of a node, each with its weekly visits, from the rows of their query.

It must not query.
"""

from collections import defaultdict
from datetime import date
from typing import cast

from metrics.engine import Row
from metrics.lecture.edition import Edition, fold
from metrics.lecture.ratios import ratio
from metrics.tableau import Enfant, Noeud, Vue

_ETATS = ("valeur", "presume", "secret", "non_recu", "non_ouverte")  # strongest first, over a span
# debut, etat, visites, utilisateurs, duree_s, ouvertes, actives
_Week = tuple[date, str, int | None, int | None, int | None, int, int]


def build_enfants(
    edition: Edition, niveau: str, rows: list[Row], vue: Vue, school_weeks: set[date], effectifs: dict[str, int]
) -> tuple[Enfant, ...]:
    """Children by name; `niveau` is theirs, `school_weeks` the weeks that weekly means are taken over."""
    weeks: dict[str, list[_Week]] = defaultdict(list)
    for debut, enfant, _profil, *week in rows:
        weeks[str(enfant)].append(cast(_Week, (debut, *week)))
    span = [debut for debut in edition.periode.semaines if vue.du <= debut <= vue.au]
    found = [
        _enfant(edition, Noeud(niveau, code, _nom(edition, niveau, code)), lines, span, school_weeks, effectifs)
        for code, lines in weeks.items()
    ]
    return tuple(sorted(found, key=lambda enfant: (fold(enfant.nom), enfant.territoire)))


def _enfant(
    edition: Edition,
    noeud: Noeud,
    lines: list[_Week],
    span: list[date],
    school_weeks: set[date],
    effectifs: dict[str, int],
) -> Enfant:
    weeks = {line[0]: line for line in lines}
    figures = [line for line in weeks.values() if line[2] is not None]
    school = [line for line in figures if line[0] in school_weeks]
    visites = sum(line[2] or 0 for line in figures)
    last = weeks[max(weeks)]
    ecole = edition.ecoles.get(noeud.territoire) if noeud.niveau == "uai" else None
    etats = {line[1] for line in weeks.values()}
    return Enfant(
        niveau=noeud.niveau,
        territoire=noeud.territoire,
        nom=noeud.nom,
        type_ecole=ecole.type_ecole if ecole else None,
        etat=next(etat for etat in _ETATS if etat in etats),
        visites=visites if figures else None,
        utilisateurs_moyens=ratio(sum(line[3] or 0 for line in school), len(school)),
        duree_moyenne_s=ratio(sum(line[4] or 0 for line in figures), visites),
        effectif=effectifs.get(noeud.territoire),
        derniere_semaine_active=max((debut for debut, line in weeks.items() if line[2]), default=None),
        visites_semaines=tuple(weeks[debut][2] if debut in weeks else None for debut in span),
        ecoles_actives=last[6],
        ecoles_ouvertes=last[5],
        latitude=ecole.latitude if ecole else None,
        longitude=ecole.longitude if ecole else None,
    )


def _nom(edition: Edition, niveau: str, code: str) -> str:
    noeud = edition.noeuds.get((niveau, code))
    return noeud.nom if noeud else code
