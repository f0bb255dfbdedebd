"""What may be asked of a node: the periods, profiles, cuts and levels of detail that are published there.

It must not hold a figure.
"""

from dataclasses import dataclass
from datetime import date

SEMAINE, MOIS, ANNEE = "semaine", "mois", "annee"


@dataclass(frozen=True, slots=True)
class ProfilPublie:
    """A profil or group whose totals the node publishes, and by which periods its other cuts are (`fines`: hours of the week)."""

    code: str
    coupes_semaine: bool
    coupes_mois: bool
    coupes_fines: bool

    def publishes_cuts(self, periode: str) -> bool:
        """Whether its services, devices and durations are published by that period."""
        return self.coupes_semaine or (periode == MOIS and self.coupes_mois)


@dataclass(frozen=True, slots=True)
class AnneeOffre:
    """A school year at a node: published weeks (Mondays), months (first days), profils. `finie`: its last school week is in.

    `semaines_ecole` and `mois_ecole` are those of them that hold school days, enough of them for a month.
    """

    annee: str
    semaines: tuple[date, ...]
    mois: tuple[date, ...]
    profils: tuple[ProfilPublie, ...]
    finie: bool
    semaines_ecole: tuple[date, ...] = ()
    mois_ecole: tuple[date, ...] = ()

    @property
    def etendue(self) -> tuple[date, date]:
        """What is shown of the year: from its first to its last school week, for holidays mask whole rows; else all its weeks."""
        semaines = self.semaines_ecole or self.semaines
        return semaines[0], semaines[-1]

    def find_profil(self, code: str) -> ProfilPublie | None:
        """The profil as published here, or None."""
        return next((profil for profil in self.profils if profil.code == code), None)


@dataclass(frozen=True, slots=True)
class Offre:
    """Everything that may be asked of a node. `annees` ascend; `niveaux` are those its children may be shown at, usual first;
    `dernier_mois` is the last month that is over; `periodes` are those that the reader may choose."""

    annees: tuple[AnneeOffre, ...] = ()
    niveaux: tuple[str, ...] = ()
    dernier_mois: date | None = None
    periodes: tuple[str, ...] = (SEMAINE, MOIS, ANNEE)

    def find_annee(self, code: str) -> AnneeOffre | None:
        """A published school year, or None."""
        return next((annee for annee in self.annees if annee.annee == code), None)
