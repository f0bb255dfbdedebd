"""Schools to support under a node, as the publication lists them at the end of one school week, and what was done for them.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Constat:
    """One cause and its evidence; what each figure means for a cause is said in publication.toml."""

    cause: str
    profils: str | None
    valeur: float
    reference: float | None
    visites_perdues: float | None
    depuis: date | None
    semaines: int


@dataclass(frozen=True, slots=True)
class Action:
    """Something that was done for a school, by its nature in marking_plan/accompagnements.toml."""

    jour: date
    nature: str


@dataclass(frozen=True, slots=True)
class EcoleSuivie:
    """A listed school and everything that lists it, in the plan's order of causes; `derniere`: the last thing done for it."""

    uai: str
    nom: str
    type_ecole: str | None
    commune: str
    circonscription: str
    constats: tuple[Constat, ...]
    derniere: Action | None = None


@dataclass(frozen=True, slots=True)
class Accompagnement:
    """The list at the end of `semaine`: None when no week of the span, nor before, may be judged yet.

    `par_cause`: schools by cause, a school with two causes in both; their sum is not the number of schools. None: too few weeks
    were judged for that cause to be looked for. `suivi`: whether what was done for schools is registered, and told to who reads.
    """

    semaine: date | None = None
    ecoles: tuple[EcoleSuivie, ...] = ()
    par_cause: tuple[tuple[str, int | None], ...] = ()
    suivi: bool = False
