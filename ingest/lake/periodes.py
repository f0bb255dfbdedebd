"""Week, month and school year of an instant, and whether they still take lines (design 6 and 7).

It must not make keys or count events.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from ingest.lake.files import write_atomically
from marking_plan import MarkingPlan
from marking_plan.etats import OUVERTE, Etat, read_state, state_file
from marking_plan.semaines import PARIS, annee_scolaire, monday


@dataclass(frozen=True, slots=True)
class Periode:
    """The three periods of an event, and the day since which the plan names things as it does then."""

    semaine: date
    mois: str
    annee: str
    plan_du: date

    @property
    def noms(self) -> tuple[str, str, str]:
        """Names of their states and keys."""
        return f"semaine-{self.semaine}", f"mois-{self.mois}", f"annee-{self.annee}"


def write_state(donnees: Path, nom: str, etat: Etat) -> None:
    """Write the state of a period, whole or not at all. Raises DisquePlein."""
    write_atomically(state_file(donnees, nom), etat.model_dump_json().encode())


@dataclass(frozen=True)
class Periodes:
    """Periods of one lake as an ingestion sees them: states are read once, under the writer lock. Without a lake, all are open."""

    donnees: Path | None
    plan: MarkingPlan
    _of_hour: dict[int, Periode] = field(default_factory=dict)
    _closed: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def _dates_effet(self) -> frozenset[date]:
        return self.plan.dates_effet

    def of_hour(self, hour: int) -> Periode:
        """Periods of an hour counted from 1970 in UTC: Paris' offset is a whole number of hours since 1911."""
        if hour not in self._of_hour:
            jour = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour)).astimezone(PARIS).date()
            start = max((day for day in self._dates_effet if day <= jour), default=date.min)
            self._of_hour[hour] = Periode(monday(jour), f"{jour:%Y-%m}", annee_scolaire(jour), start)
        return self._of_hour[hour]

    def is_closed(self, periode: Periode) -> bool:
        """Whether its week, month or year takes no line any more: each must be open, or never opened."""
        return any(self.is_name_closed(nom) for nom in periode.noms)

    def is_name_closed(self, nom: str) -> bool:
        """The same for one period by its name (`mois-2025-10`)."""
        if nom not in self._closed:
            state = read_state(self.donnees, nom) if self.donnees else None
            self._closed[nom] = state is not None and state.etat != OUVERTE
        return self._closed[nom]
