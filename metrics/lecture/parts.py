"""The cuts of a board, from the lines that cellules.py reads: visits, shares of the whole, users.

It must not query. Services and families overlap, so their shares don't sum to 1.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from marking_plan import MarkingPlan
from metrics.ratios import ratio, share
from metrics.tableau import Creneau, Part, PartService

ALL = "toutes"  # the modality of a cut that is withheld whole
TAUX = "taux"


class Ligne(NamedTuple):
    """A modality of a cut, or a rate; what follows `duree_s` belongs to rates, whose `visites` are users and `utilisateurs` an effectif."""

    coupe: str
    modalite: str
    etat: str
    visites: int | None
    utilisateurs: int | None
    duree_s: int | None
    debut: date | None = None
    base: str | None = None
    constate_le: date | None = None
    depasse_effectif: bool = False
    pour_100_eleves: bool = False
    ecoles_sans_effectif: int = 0
    ecoles_non_recues: int = 0
    ecoles_preelementaire: int = 0


@dataclass(slots=True)
class Decoupe:
    """A cut of a node: its modalities with figures, and the codes of those that are masked in the span."""

    modalites: list["Modalite"] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    @property
    def withheld(self) -> bool:
        """Whether nothing of the cut is left to show, though something is published of it."""
        return ALL in self.secrets or (bool(self.secrets) and not self.modalites)

    def fill(self, codes: Iterable[str]) -> list["Modalite"]:
        """One modality a code, zero when nobody used it; masked ones are left out, and an unpublished cut has none."""
        found = {modalite.code: modalite for modalite in self.modalites}
        if not found or ALL in self.secrets:
            return []
        return [found.get(code, Modalite(code, 0, 0, 0)) for code in codes if code not in self.secrets]


@dataclass(frozen=True, slots=True)
class Modalite:
    """What one modality of a cut adds up to over the span; `utilisateurs` adds those of its weeks, or is a month's or year's."""

    code: str
    visites: int
    duree_s: int
    utilisateurs: int | None


def group_cuts(lignes: Iterable[Ligne]) -> dict[str, Decoupe]:
    """Modalities by cut; the cut `profil` holds profiles and groups, `total` what a month or a year adds up to."""
    cuts: dict[str, Decoupe] = defaultdict(Decoupe)
    for ligne in lignes:
        if ligne.coupe == TAUX:
            continue
        if ligne.visites is None:
            cuts[ligne.coupe].secrets.add(ligne.modalite)
        else:
            modalite = Modalite(ligne.modalite, ligne.visites, ligne.duree_s or 0, ligne.utilisateurs)
            cuts[ligne.coupe].modalites.append(modalite)
    return cuts


def build_parts(modalites: Iterable[Modalite], whole: int, semaines: int) -> tuple[Part, ...]:
    """Modalities with their share of the whole, in the order given."""
    return tuple(
        Part(m.code, m.visites, share(m.visites, whole), ratio(m.duree_s, m.visites), ratio(m.utilisateurs, semaines))
        for m in modalites
    )


def order(modalites: Iterable[Modalite]) -> list[Modalite]:
    """Largest first."""
    return sorted(modalites, key=lambda m: (-m.visites, m.code))


def build_services(decoupe: Decoupe, plan: MarkingPlan, whole: int, semaines: int) -> tuple[PartService, ...]:
    """Every service of the plan, those never seen included, largest first."""
    familles = {service.code: service.famille for service in plan.services}
    return tuple(
        PartService(m.code, familles[m.code], m.visites, share(m.visites, whole), ratio(m.utilisateurs, semaines))
        for m in order(decoupe.fill(familles))
    )


def build_creneaux(decoupe: Decoupe) -> tuple[Creneau, ...]:
    """The whole week, 7 × 24 cells, empty and masked ones included; none when no hour has a figure."""
    codes = {f"{jour}-{heure:02}": (jour, heure) for jour in range(1, 8) for heure in range(24)}
    visites = {m.code: m.visites for m in decoupe.fill(codes)}
    return tuple(Creneau(*place, visites.get(code)) for code, place in codes.items()) if visites else ()
