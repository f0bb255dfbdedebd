"""The children of a node, each with its visits, its last six school weeks and what lists it, from the rows of enfants.sql.

It must not query. Users are never summed over children, nor over weeks: only a child's own weekly mean exists.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from marking_plan.semaines import annee_scolaire, monday
from metrics.engine import Parameters, Row
from metrics.lecture.accompagnement import list_causes
from metrics.lecture.edition import Edition, fold
from metrics.lecture.serie import ETATS, PUBLIES
from metrics.ratios import ratio
from metrics.tableau import SEMAINE, Enfant, Noeud, Vue

TREND_WEEKS = 6


class _Line(NamedTuple):
    territoire: str
    profil: str
    etat: str
    choisie: bool
    semaine: date | None
    cellules: int
    visites: int | None
    duree_s: int | None
    utilisateurs_semaines: int | None
    semaines_ecole: int
    active: date | None
    actives: int
    ouvertes: int


class _Total(NamedTuple):
    """What the weeks of the span come to for one profil; `manquantes`: weeks masked or not received."""

    etat: str
    visites: int | None
    manquantes: int
    secretes: int


def ask_enfants(edition: Edition, vue: Vue, enfants: str) -> Parameters:
    """Parameters of enfants.sql for the children of one level."""
    recentes = edition.memoire.last_weeks(vue.au, TREND_WEEKS)
    return {
        "niveau": vue.niveau,
        "territoire": vue.territoire,
        "enfants": enfants,
        "annee": annee_scolaire(vue.au),
        "profil": vue.profil,
        "periode": vue.periode,
        "du": vue.du,
        "au": vue.au,
        "lundi": monday(vue.du),
        "recentes": recentes[0] if recentes else monday(vue.au),
        "perimetre": vue.au if vue.periode == SEMAINE else vue.du,
    }


def build_enfants(edition: Edition, niveau: str, rows: list[Row], vue: Vue) -> tuple[Enfant, ...]:
    """Children by name; `niveau` is theirs."""
    causes = list_causes(edition, vue)
    within = [uai for uai in causes if edition.find_lieu(uai, vue.niveau) == vue.territoire]
    listed = Counter(edition.find_lieu(uai, niveau) for uai in within)
    annee = annee_scolaire(vue.au)
    found = []
    for territoire, lines in groupby(map(_Line._make, rows), key=lambda line: line.territoire):
        eleves = edition.memoire.eleves.get((annee, territoire)) if niveau == "uai" else None
        own = causes.get(territoire, ()) if niveau == "uai" else ()
        noeud = edition.noeuds.get((niveau, territoire)) or Noeud(niveau, territoire, territoire)
        found.append(_enfant(edition, vue, noeud, list(lines), eleves, own, listed[territoire]))
    known = [enfant for enfant in found if enfant is not None]
    return tuple(sorted(known, key=lambda enfant: (fold(enfant.nom), enfant.territoire)))


def _enfant(
    edition: Edition, vue: Vue, noeud: Noeud, lines: Sequence[_Line], effectif: int | None, causes: tuple[str, ...],
    a_accompagner: int,
) -> Enfant | None:  # fmt: skip
    """A child, or None when nothing of the span is published about it."""
    span = [line for line in lines if line.choisie]
    if not span:
        return None
    own = [line for line in span if line.profil == vue.profil]
    ecole = edition.ecoles.get(noeud.territoire) if noeud.niveau == "uai" else None
    total, eleves, parents = (_total(span, profil) for profil in (vue.profil, "eleve", "parents"))
    actives = [line.active for line in lines if line.profil == vue.profil]
    semaines, etats = _trend(edition, vue, lines)
    return Enfant(
        niveau=noeud.niveau,
        territoire=noeud.territoire,
        nom=noeud.nom,
        type_ecole=ecole.type_ecole if ecole else None,
        etat=total.etat,
        visites=total.visites,
        utilisateurs_moyens=ratio(
            sum(line.utilisateurs_semaines or 0 for line in own), sum(line.semaines_ecole for line in own)
        ),
        duree_moyenne_s=ratio(sum(line.duree_s or 0 for line in own), total.visites),
        effectif=effectif,
        derniere_semaine_active=max((active for active in actives if active), default=None),
        visites_semaines=semaines,
        ecoles_actives=span[0].actives,
        ecoles_ouvertes=span[0].ouvertes,
        etats_semaines=etats,
        semaines_sans_chiffre=total.manquantes,
        visites_eleves=None if eleves.secretes else eleves.visites,
        etat_eleves="secret" if eleves.secretes else eleves.etat,
        visites_parents=None if parents.secretes else parents.visites,
        etat_parents="secret" if parents.secretes else parents.etat,
        causes=causes,
        ecoles_a_accompagner=a_accompagner,
    )


def _total(span: Sequence[_Line], profil: str) -> _Total:
    """The weeks of a profil. Those known for `tous` alone are secret: the child does not publish this profil."""
    weeks = Counter[str]()
    every = Counter[str]()
    for line in span:
        weeks[line.etat] += line.cellules if line.profil == profil else 0
        every[line.etat] += line.cellules if line.profil == "tous" else 0
    weeks["secret"] += max(0, every.total() - weeks.total())
    visites = [line.visites for line in span if line.profil == profil and line.visites is not None]
    etat = next((etat for etat in ETATS if weeks[etat]), "non_ouverte")
    return _Total(etat, sum(visites) if visites else None, weeks["secret"] + weeks["non_recu"], weeks["secret"])


def _trend(edition: Edition, vue: Vue, lines: Sequence[_Line]) -> tuple[tuple[int | None, ...], tuple[str, ...]]:
    """Visits and states of the last school weeks; a week known for `tous` alone is secret."""
    weeks = edition.memoire.last_weeks(vue.au, TREND_WEEKS)
    own = {line.semaine: line for line in lines if line.profil == vue.profil and line.semaine}
    every = {line.semaine: line.etat for line in lines if line.profil == "tous" and line.semaine}
    etats = [own[week].etat if week in own else _unpublished(every.get(week, "non_ouverte")) for week in weeks]
    return tuple(own[week].visites if week in own else None for week in weeks), tuple(etats)


def _unpublished(etat: str) -> str:
    return "secret" if etat in PUBLIES else etat
