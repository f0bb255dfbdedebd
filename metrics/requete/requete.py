"""A query on published figures, typed and frozen: one that exists can be answered.

It must not know SQL: compilation.py writes it. regles.py says what is refused, and why.
"""

from dataclasses import dataclass
from datetime import date

from marking_plan import load_plan
from metrics.requete.regles import check


@dataclass(frozen=True, slots=True)
class EnfantsDe:
    """The nodes of the asked level that lie under this one, in the school year of the query's last period."""

    niveau: str
    territoire: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requete:
    """Indicators of some nodes and profiles, by periods from `du` to `au` (their first days, both included).

    `modalites` None: all those of the cut. `agreger`: dimensions over which cells are put together, among `periode`,
    `territoire`, `profil` and the cut. Raises RequeteRefusee, in French, for what the plan does not declare.
    """

    indicateurs: tuple[str, ...]
    niveau: str
    territoires: tuple[str, ...] | EnfantsDe
    periode: str
    du: date
    au: date
    profils: tuple[str, ...] = ("tous",)
    coupe: str = "total"
    modalites: tuple[str, ...] | None = None
    agreger: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check(self, load_plan())
