"""The cuts of a board, from the rows of parts.sql: visits, shares of the whole, weekly users.

It must not query. Services and families overlap, so their shares don't sum to 1.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import cast

from marking_plan import MarkingPlan
from metrics.engine import Row
from metrics.lecture.ratios import ratio, share
from metrics.tableau import Creneau, Part, PartService


@dataclass(frozen=True, slots=True)
class Modalite:
    """What one modality of a cut adds up to over the span."""

    code: str
    visites: int
    duree_s: int
    utilisateurs_semaines: int


def group_cuts(rows: list[Row]) -> dict[str, list[Modalite]]:
    """Modalities by cut; the cut `profil` holds the profiles."""
    cuts: dict[str, list[Modalite]] = defaultdict(list)
    for coupe, code, visites, duree_s, utilisateurs in cast("list[tuple[str, str, int, int, int]]", rows):
        cuts[coupe].append(Modalite(code, visites, duree_s, utilisateurs))
    return cuts


def build_parts(modalites: list[Modalite], whole: int, semaines: int) -> tuple[Part, ...]:
    """Modalities with their share of the whole, largest first."""
    ordered = sorted(modalites, key=lambda m: (-m.visites, m.code))
    return tuple(
        Part(m.code, m.visites, share(m.visites, whole), ratio(m.duree_s, m.visites), _weekly_mean(m, semaines))
        for m in ordered
    )


def build_durees(modalites: list[Modalite], plan: MarkingPlan, whole: int, semaines: int) -> tuple[Part, ...]:
    """Every duration band in its own order, empty ones included."""
    found = {m.code: m for m in modalites}
    ordered = [found.get(t.code, Modalite(t.code, 0, 0, 0)) for t in plan.tranches]
    return tuple(
        Part(m.code, m.visites, share(m.visites, whole), ratio(m.duree_s, m.visites), _weekly_mean(m, semaines))
        for m in ordered
    )


def build_services(modalites: list[Modalite], plan: MarkingPlan, whole: int, semaines: int) -> tuple[PartService, ...]:
    """Every service of the plan, those never seen included, largest first."""
    found = {m.code: m for m in modalites}
    parts = [
        PartService(s.code, s.famille, m.visites, share(m.visites, whole), _weekly_mean(m, semaines))
        for s in plan.services
        for m in [found.get(s.code, Modalite(s.code, 0, 0, 0))]
    ]
    return tuple(sorted(parts, key=lambda part: (-part.visites, part.code)))


def build_creneaux(modalites: list[Modalite]) -> tuple[Creneau, ...]:
    """The whole week, 7 × 24 cells, empty ones included."""
    found = {m.code: m.visites for m in modalites}
    return tuple(
        Creneau(jour, heure, found.get(f"{jour}-{heure:02}", 0)) for jour in range(1, 8) for heure in range(24)
    )


def _weekly_mean(modalite: Modalite, semaines: int) -> float | None:
    return ratio(modalite.utilisateurs_semaines, semaines)
