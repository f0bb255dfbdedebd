"""Cuts of a node's visits: parts of the whole, services, hours of the week.

It must not format, translate or draw.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One modalite of a cut over the span; `part` is its share of the whole node's visits, from 0 to 1."""

    code: str
    visites: int
    part: float
    duree_moyenne_s: float | None
    utilisateurs_moyens: float | None


@dataclass(frozen=True, slots=True)
class PartService:
    """A service with its famille: shares of visits overlap and don't sum to 1."""

    code: str
    famille: str
    visites: int
    part: float
    utilisateurs_moyens: float | None


@dataclass(frozen=True, slots=True)
class Creneau:
    """Visits begun in one hour of one weekday (ISO 1–7) over the span; None where it is masked in the span."""

    jour: int
    heure: int
    visites: int | None


@dataclass(frozen=True, slots=True)
class Coupe:
    """What is known of a cut over the span besides its parts.

    `absence`: why it has none (sans_annee, par_mois, fines, profil, totaux_seuls, perimetre, secrete, sans_chiffre, sans_visite),
    empty when it has.
    `secrets`: modalities masked at least once in the span. `reste`: visits of the whole that no part tells, for cuts that
    part the visits. `entier`: the node's visits, which shares are of.
    """

    absence: str = ""
    secrets: tuple[str, ...] = ()
    reste: int = 0
    part_reste: float = 0.0
    entier: int | None = None
