"""The weekly series of a node, from the rows of serie.sql.

It must not query. A week's measures are None when nothing was received.
"""

from collections.abc import Sequence
from datetime import date
from typing import cast

from metrics.engine import Row
from metrics.lecture.ratios import ratio
from metrics.tableau import Point

COMPLETE_FROM = 0.95  # share of the expected school days received from which a week counts as complete

_Line = tuple[date, str, int | None, int | None, int | None, int | None, bool, int, int, int, int, int, int, int]


def read_point(row: Row) -> Point:
    """One week of the series."""
    debut, etat, visites, utilisateurs, duree_s, mediane, provisoire, jours_ecole, *perimetre = cast(_Line, row)
    inscrites, ouvertes, mesurees, actives, attendus, recus = perimetre
    return Point(
        debut=debut,
        etat=etat,
        visites=visites,
        utilisateurs=utilisateurs,
        duree_s=duree_s,
        duree_moyenne_s=ratio(duree_s, visites),
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


def measured_weeks(serie: Sequence[Point]) -> list[Point]:
    """School weeks with figures: what weekly means are taken over."""
    return [point for point in serie if point.visites is not None and not point.vacances]
