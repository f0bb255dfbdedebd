"""The weekly series of a node, from its lines and the calendar: each week beside the same school week of last year.

It must not query. A week's measures are None when nothing was received.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from metrics.lecture.cumuls import PUBLIES
from metrics.ratios import is_complete, ratio
from metrics.tableau import Point, Precedent, Vue

DEPART_MIN = 20  # visits of last year under which a change in per cent would say nothing
_NOTHING = (None, None, None, None, None, None, None, 0, 0, 0, 0, 0, 0)  # a week that nothing is published of


class Semaine(NamedTuple):
    """A week of the calendar, and the one that it compares with."""

    debut: date
    jours_ecole: int
    debut_precedent: date | None
    jours_ecole_precedents: int | None


class LigneSerie(NamedTuple):
    """What is published of a week: the total, or one service (`toutes`: withheld whole), with the schools behind it."""

    debut: date
    modalite: str | None
    etat: str | None
    visites: int | None
    utilisateurs: int | None
    duree_s: int | None
    duree_mediane_s: int | None
    provisoire: bool | None
    inscrites: int
    ouvertes: int
    mesurees: int
    actives: int
    jours_attendus: int
    jours_recus: int


_Cells = dict[date, LigneSerie]


def build_serie(lines: Sequence[LigneSerie], semaines: Sequence[Semaine], vue: Vue) -> tuple[Point, ...]:
    """One point a week, beside the same school week of last year."""
    cells = _choose(lines, vue.service)
    return tuple(_point(semaine, cells, vue) for semaine in semaines)


def _choose(lines: Sequence[LigneSerie], service: str) -> _Cells:
    """The cells asked for: totals, or a service's. One without row is zero where the total is known, secret if withheld."""
    totals = {line.debut: line for line in lines if line.modalite in (None, "total")}
    if not service:
        return totals
    services = {line.debut: line for line in lines if line.modalite not in (None, "total")}
    return {
        debut: services.get(debut, total._replace(visites=0, utilisateurs=0, duree_s=0))._replace(duree_mediane_s=None)
        if total.etat in PUBLIES
        else total
        for debut, total in totals.items()
    }


def _point(semaine: Semaine, cells: _Cells, vue: Vue) -> Point:
    line = cells.get(semaine.debut, LigneSerie(semaine.debut, *_NOTHING))
    incomplete = _incomplete(line)
    known = line.etat in PUBLIES
    return Point(
        debut=semaine.debut,
        etat=line.etat or "non_ouverte",
        visites=line.visites if known else None,
        utilisateurs=line.utilisateurs if known else None,
        duree_s=line.duree_s if known else None,
        duree_moyenne_s=ratio(line.duree_s, line.visites) if known else None,
        duree_mediane_s=line.duree_mediane_s,
        provisoire=bool(line.provisoire),
        incomplete=incomplete,
        vacances=semaine.jours_ecole == 0,
        jours_ecole=semaine.jours_ecole,
        inscrites=line.inscrites,
        ouvertes=line.ouvertes,
        mesurees=line.mesurees,
        actives=line.actives,
        precedent=_precedent(semaine, line, cells),
        dans_vue=vue.du <= semaine.debut <= vue.au,
        jours_attendus=line.jours_attendus,
        jours_recus=line.jours_recus,
        part_recue=ratio(line.jours_recus, line.jours_attendus),
    )


def _precedent(semaine: Semaine, line: LigneSerie, cells: _Cells) -> Precedent | None:
    if semaine.debut_precedent is None or semaine.jours_ecole == 0:
        return None
    jours = semaine.jours_ecole_precedents or 0
    before = cells.get(semaine.debut_precedent, LigneSerie(semaine.debut_precedent, *_NOTHING))
    known = before.etat in PUBLIES
    whole = not _incomplete(line) and not _incomplete(before)
    return Precedent(
        debut=semaine.debut_precedent,
        jours_ecole=jours,
        etat=before.etat,
        visites=before.visites if known else None,
        utilisateurs=before.utilisateurs if known else None,
        duree_s=before.duree_s if known else None,
        incomplete=_incomplete(before),
        evolution=_evolution(line, semaine.jours_ecole, before, jours) if whole and known else None,
    )


def _evolution(line: LigneSerie, jours: int, before: LigneSerie, jours_avant: int) -> float | None:
    """Change of visits by school day; none from too few visits."""
    now, then = ratio(line.visites, jours), ratio(before.visites, jours_avant)
    if line.etat not in PUBLIES or now is None or not then or (before.visites or 0) < DEPART_MIN:
        return None
    return now / then - 1


def _incomplete(line: LigneSerie) -> bool:
    return not is_complete(line.jours_recus, line.jours_attendus)


def measured_weeks(serie: Sequence[Point]) -> list[Point]:
    """School weeks with figures: what weekly means are taken over."""
    return [point for point in serie if point.visites is not None and not point.vacances]


def find_reference(serie: Sequence[Point]) -> Point | None:
    """The most recent whole school week with figures."""
    return next((point for point in reversed(measured_weeks(serie)) if not point.incomplete), None)
