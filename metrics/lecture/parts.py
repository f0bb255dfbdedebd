"""The cuts of a board, from the rows of parts.sql: visits, shares of the whole, weekly users.

It must not query. Services and families overlap, so their shares don't sum to 1.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from marking_plan import MarkingPlan
from metrics.engine import Row
from metrics.lecture.ratios import ratio, share
from metrics.tableau import Creneau, Part, PartService

ALL = "toutes"  # the modality of a cut that is withheld whole


@dataclass(slots=True)
class Coupe:
    """A cut of a node: its modalities with figures, and the codes of those that are masked in a week of the span."""

    modalites: list["Modalite"] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    def fill(self, codes: Iterable[str]) -> list["Modalite"]:
        """One modality a code, zero when nobody used it; masked ones are left out, and an unpublished cut has none."""
        found = {modalite.code: modalite for modalite in self.modalites}
        if not found or ALL in self.secrets:
            return []
        return [found.get(code, Modalite(code, 0, 0, 0)) for code in codes if code not in self.secrets]


@dataclass(frozen=True, slots=True)
class Modalite:
    """What one modality of a cut adds up to over the span."""

    code: str
    visites: int
    duree_s: int
    utilisateurs_semaines: int


def group_cuts(rows: list[Row]) -> dict[str, Coupe]:
    """Modalities by cut; the cut `profil` holds the profiles."""
    cuts: dict[str, Coupe] = defaultdict(Coupe)
    for coupe, code, visites, duree_s, utilisateurs in cast("list[tuple[str, str, int | None, int, int]]", rows):
        if visites is None:
            cuts[coupe].secrets.add(code)
        else:
            cuts[coupe].modalites.append(Modalite(code, visites, duree_s, utilisateurs))
    return cuts


def build_parts(coupe: Coupe, whole: int, semaines: int) -> tuple[Part, ...]:
    """Modalities with their share of the whole, largest first."""
    ordered = sorted(coupe.modalites, key=lambda m: (-m.visites, m.code))
    return tuple(
        Part(m.code, m.visites, share(m.visites, whole), ratio(m.duree_s, m.visites), _weekly_mean(m, semaines))
        for m in ordered
    )


def build_durees(coupe: Coupe, plan: MarkingPlan, whole: int, semaines: int) -> tuple[Part, ...]:
    """Every duration band in its own order, empty ones included."""
    ordered = coupe.fill(tranche.code for tranche in plan.tranches)
    return tuple(
        Part(m.code, m.visites, share(m.visites, whole), ratio(m.duree_s, m.visites), _weekly_mean(m, semaines))
        for m in ordered
    )


def build_services(coupe: Coupe, plan: MarkingPlan, whole: int, semaines: int) -> tuple[PartService, ...]:
    """Every service of the plan, those never seen included, largest first."""
    familles = {service.code: service.famille for service in plan.services}
    parts = [
        PartService(m.code, familles[m.code], m.visites, share(m.visites, whole), _weekly_mean(m, semaines))
        for m in coupe.fill(familles)
    ]
    return tuple(sorted(parts, key=lambda part: (-part.visites, part.code)))


def build_creneaux(coupe: Coupe) -> tuple[Creneau, ...]:
    """The whole week, 7 × 24 cells, empty ones included; none when an hour is masked, for it would look empty."""
    if coupe.secrets:
        return ()
    codes = {f"{jour}-{heure:02}": (jour, heure) for jour in range(1, 8) for heure in range(24)}
    return tuple(Creneau(*codes[m.code], m.visites) for m in coupe.fill(codes))


def _weekly_mean(modalite: Modalite, semaines: int) -> float | None:
    return ratio(modalite.utilisateurs_semaines, semaines)
