"""Turn rows of the publication into the typed content of a board: sums, means and shares, each defined once.

It must not query or format. Users are never summed over weeks: only their weekly mean exists over a span.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire as annee_of
from metrics.edition import Edition
from metrics.tableau import (
    Creneau,
    Enfant,
    FicheEcole,
    Part,
    PartService,
    Point,
    Synthese,
    Tableau,
    Vue,
)

__all__ = ["Rows", "annee_of", "build_tableau", "fold"]

Row = tuple[object, ...]
COMPLETE_FROM = 0.95  # share of the expected school days received from which a week counts as complete
_BASES = ("comptes_actives", "comptes_ouverts", "eleves_onde")
_ETATS = ("valeur", "presume", "secret", "non_recu", "non_ouverte")  # strongest first, over a span


@dataclass(frozen=True, slots=True)
class Rows:
    """Results of a board's queries, as read, and the level of its children."""

    serie: list[Row]
    parts: list[Row]
    enfants: list[Row]
    effectifs: list[Row]
    niveau_enfants: str | None


@dataclass(frozen=True, slots=True)
class _Modalite:
    code: str
    visites: int
    duree_s: int
    utilisateurs_semaines: int


def build_tableau(edition: Edition, plan: MarkingPlan, vue: Vue, rows: Rows) -> Tableau:
    """The whole board of a view."""
    serie = tuple(_point(row) for row in rows.serie)
    semaines = _measured_weeks(serie)
    cuts = _cuts(rows.parts)
    visites = sum(point.visites or 0 for point in serie)
    effectifs = _effectifs(rows.effectifs, plan, vue.profil)
    tous = sum(modalite.visites for modalite in cuts["profil"])
    profils = _parts(cuts["profil"], tous, len(semaines))
    services = _services(cuts["service"], plan, visites, len(semaines))
    return Tableau(
        vue=vue,
        noeud=edition.noeuds[vue.niveau, vue.territoire],
        ascendants=edition.ascendants[vue.niveau, vue.territoire],
        publication=edition.publication,
        periode=edition.periode,
        synthese=_synthese(serie, semaines, profils, services, effectifs),
        serie=serie,
        profils=profils,
        services=services,
        creneaux=_creneaux(cuts["creneau"]),
        appareils=_parts(cuts["appareil"], visites, len(semaines)),
        systemes=_parts(cuts["systeme"], visites, len(semaines)),
        navigateurs=_parts(cuts["navigateur"], visites, len(semaines)),
        durees=_durees(cuts["duree"], plan, visites, len(semaines)),
        enfants=_enfants(edition, rows, vue, effectifs),
        ecole=_fiche(edition, plan, vue, rows.effectifs),
    )


def fold(texte: str) -> str:
    """Text without accents, case or hyphens, for searching."""
    plain = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return plain.casefold().replace("-", " ").replace("'", " ")


def _point(row: Row) -> Point:
    debut, etat, visites, utilisateurs, duree_s, mediane, provisoire, jours_ecole, *perimetre = cast(
        "tuple[date, str, int | None, int | None, int | None, int | None, bool, int, int, int, int, int, int, int]",
        row,
    )
    inscrites, ouvertes, mesurees, actives, attendus, recus = perimetre
    return Point(
        debut=debut,
        etat=etat,
        visites=visites,
        utilisateurs=utilisateurs,
        duree_s=duree_s,
        duree_moyenne_s=_ratio(duree_s, visites),
        duree_mediane_s=mediane,
        provisoire=provisoire,
        incomplete=recus < COMPLETE_FROM * attendus,
        vacances=jours_ecole == 0,
        jours_ecole=jours_ecole,
        inscrites=inscrites,
        ouvertes=ouvertes,
        mesurees=mesurees,
        actives=actives,
    )


def _measured_weeks(serie: Sequence[Point]) -> list[Point]:
    """School weeks with figures: what weekly means are taken over."""
    return [point for point in serie if point.visites is not None and not point.vacances]


def _cuts(rows: list[Row]) -> dict[str, list[_Modalite]]:
    cuts: dict[str, list[_Modalite]] = defaultdict(list)
    for coupe, code, visites, duree_s, utilisateurs in cast("list[tuple[str, str, int, int, int]]", rows):
        cuts[coupe].append(_Modalite(code, visites, duree_s, utilisateurs))
    return cuts


def _parts(modalites: list[_Modalite], whole: int, semaines: int) -> tuple[Part, ...]:
    """Modalities with their share of the whole, largest first."""
    ordered = sorted(modalites, key=lambda m: (-m.visites, m.code))
    return tuple(
        Part(m.code, m.visites, _share(m.visites, whole), _ratio(m.duree_s, m.visites), _mean(m, semaines))
        for m in ordered
    )


def _durees(modalites: list[_Modalite], plan: MarkingPlan, whole: int, semaines: int) -> tuple[Part, ...]:
    """Every duration band in its own order, empty ones included."""
    found = {m.code: m for m in modalites}
    ordered = [found.get(t.code, _Modalite(t.code, 0, 0, 0)) for t in plan.tranches]
    return tuple(
        Part(m.code, m.visites, _share(m.visites, whole), _ratio(m.duree_s, m.visites), _mean(m, semaines))
        for m in ordered
    )


def _services(
    modalites: list[_Modalite], plan: MarkingPlan, whole: int, semaines: int
) -> tuple[PartService, ...]:
    """Every service of the plan, those never seen included, largest first."""
    found = {m.code: m for m in modalites}
    parts = [
        PartService(s.code, s.famille, m.visites, _share(m.visites, whole), _mean(m, semaines))
        for s in plan.services
        for m in [found.get(s.code, _Modalite(s.code, 0, 0, 0))]
    ]
    return tuple(sorted(parts, key=lambda part: (-part.visites, part.code)))


def _creneaux(modalites: list[_Modalite]) -> tuple[Creneau, ...]:
    """The whole week, 7 × 24 cells, empty ones included."""
    found = {m.code: m.visites for m in modalites}
    return tuple(
        Creneau(jour, heure, found.get(f"{jour}-{heure:02}", 0)) for jour in range(1, 8) for heure in range(24)
    )


def _synthese(
    serie: Sequence[Point],
    semaines: list[Point],
    profils: tuple[Part, ...],
    services: tuple[PartService, ...],
    effectifs: dict[str, int],
) -> Synthese:
    figures = [point for point in serie if point.visites is not None]
    visites = sum(point.visites or 0 for point in figures)
    best = max(figures, key=lambda point: point.visites or 0, default=None)
    last = serie[-1] if serie else None
    first = profils[0] if profils else None
    service = services[0] if services and services[0].visites else None
    return Synthese(
        visites=visites if figures else None,
        utilisateurs_moyens=_ratio(sum(p.utilisateurs or 0 for p in semaines), len(semaines)),
        duree_moyenne_s=_ratio(sum(point.duree_s or 0 for point in figures), visites),
        semaines=len(semaines),
        semaine_max=best.debut if best and visites else None,
        visites_max=best.visites if best and visites else None,
        profil_premier=first.code if first else None,
        part_profil_premier=first.part if first else None,
        service_premier=service.code if service else None,
        part_service_premier=service.part if service else None,
        inscrites=last.inscrites if last else 0,
        ouvertes=last.ouvertes if last else 0,
        mesurees=last.mesurees if last else 0,
        actives=last.actives if last else 0,
        effectif=sum(effectifs.values()) or None,
    )


def _effectifs(rows: list[Row], plan: MarkingPlan, profil: str) -> dict[str, int]:
    """Accounts of a profil or group by child node, on one base: the most telling that every figure shares."""
    members = next((set(g.profils) for g in plan.groupes if g.code == profil), {profil})
    typed = [row for row in cast("list[tuple[str, str, str, int]]", rows) if row[1] in members]
    base = next((b for b in _BASES if any(row[2] == b for row in typed)), None)
    totals: dict[str, int] = defaultdict(int)
    for enfant, _, row_base, effectif in typed:
        if row_base == base:
            totals[enfant] += effectif
    return totals


def _enfants(edition: Edition, rows: Rows, vue: Vue, effectifs: dict[str, int]) -> tuple[Enfant, ...]:
    weeks: dict[str, list[Row]] = defaultdict(list)
    for row in rows.enfants:
        weeks[str(row[0])].append(row[1:])
    span = [debut for debut in edition.periode.semaines if vue.du <= debut <= vue.au]
    found = [
        _enfant(edition, rows.niveau_enfants or "uai", code, lines, span, effectifs.get(code))
        for code, lines in weeks.items()
    ]
    return tuple(sorted(found, key=lambda enfant: (fold(enfant.nom), enfant.territoire)))


def _enfant(
    edition: Edition, niveau: str, code: str, lines: list[Row], span: list[date], effectif: int | None
) -> Enfant:
    typed = {
        line[0]: line
        for line in cast("list[tuple[date | None, str, int | None, int | None, int | None, int, int]]", lines)
        if line[0] is not None
    }
    series = tuple(typed[debut][2] if debut in typed else None for debut in span)
    figures = [line for line in typed.values() if line[2] is not None]
    visites = sum(line[2] or 0 for line in figures)
    active = [debut for debut, line in typed.items() if line[2]]
    last = typed[max(typed)] if typed else None
    ecole = edition.ecoles.get(code) if niveau == "uai" else None
    etats = {line[1] for line in typed.values()}
    return Enfant(
        niveau=niveau,
        territoire=code,
        nom=edition.noeuds[niveau, code].nom if (niveau, code) in edition.noeuds else code,
        type_ecole=ecole.type_ecole if ecole else None,
        etat=next((etat for etat in _ETATS if etat in etats), "non_ouverte"),
        visites=visites if figures else None,
        utilisateurs_moyens=_ratio(sum(line[3] or 0 for line in figures), len(figures)),
        duree_moyenne_s=_ratio(sum(line[4] or 0 for line in figures), visites),
        effectif=effectif,
        derniere_semaine_active=max(active, default=None),
        visites_semaines=series,
        ecoles_actives=last[6] if last else 0,
        ecoles_ouvertes=last[5] if last else 0,
        latitude=ecole.latitude if ecole else None,
        longitude=ecole.longitude if ecole else None,
    )


def _fiche(edition: Edition, plan: MarkingPlan, vue: Vue, rows: list[Row]) -> FicheEcole | None:
    if vue.niveau != "uai":
        return None
    ecole = edition.ecoles[vue.territoire]
    counts = [(p.code, sum(_effectifs(rows, plan, p.code).values())) for p in plan.profils]
    return FicheEcole(
        uai=ecole.uai,
        nom=ecole.nom,
        type_ecole=ecole.type_ecole,
        secteur=ecole.secteur,
        commune=ecole.lieux["commune"].nom,
        circonscription=ecole.lieux["circonscription"].nom,
        ouverte_le=ecole.ouverte_le,
        rattachement=ecole.rattachement,
        effectifs=tuple((code, count) for code, count in counts if count),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _ratio(total: int | None, count: int | None) -> float | None:
    return None if total is None or not count else total / count


def _mean(modalite: _Modalite, semaines: int) -> float | None:
    return _ratio(modalite.utilisateurs_semaines, semaines)
