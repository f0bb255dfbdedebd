"""The weekly series of a node and what it adds up to.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Point:
    """One week of the series. Measures are None unless `etat` is valeur or presume."""

    debut: date
    etat: str
    visites: int | None
    utilisateurs: int | None
    duree_s: int | None
    duree_moyenne_s: float | None
    duree_mediane_s: int | None
    provisoire: bool
    incomplete: bool
    vacances: bool
    jours_ecole: int
    inscrites: int
    ouvertes: int
    mesurees: int
    actives: int


@dataclass(frozen=True, slots=True)
class Synthese:
    """Headline figures over the span. Users don't add over weeks: their weekly mean over school weeks with figures."""

    visites: int | None
    utilisateurs_moyens: float | None
    duree_moyenne_s: float | None
    semaines: int
    semaine_max: date | None
    visites_max: int | None
    profil_premier: str | None
    part_profil_premier: float | None
    service_premier: str | None
    part_service_premier: float | None
    inscrites: int
    ouvertes: int
    mesurees: int
    actives: int
    effectif: int | None
