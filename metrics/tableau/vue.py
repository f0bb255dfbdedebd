"""What a reader asks for, and which publication answers.

It must not hold a figure.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Vue:
    """What a reader asks for: one node, whole weeks from Monday `du` to Monday `au` (both included), one profil."""

    niveau: str
    territoire: str
    du: date
    au: date
    profil: str = "tous"


@dataclass(frozen=True, slots=True)
class Noeud:
    """A node of the territory and its name; `parent` is None at the top."""

    niveau: str
    territoire: str
    nom: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Which publication the figures come from ("figures as of")."""

    numero: int
    instant: datetime
    plan_version: str
    politique: str
    simulee: bool


@dataclass(frozen=True, slots=True)
class Periode:
    """What may be chosen: every published week (Mondays, ascending) and the profils that have figures."""

    semaines: tuple[date, ...]
    profils: tuple[str, ...]
