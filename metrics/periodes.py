"""The periods that a publication shows: weeks, months and school years, and which ones make up another.

It must not know what was counted in them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from marking_plan.semaines import annee_scolaire, bounds, month_bounds


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """A day, a week, a month or a school year: its first and last day."""

    periode: str
    debut: date
    fin: date

    @property
    def annee(self) -> str:
        """School year whose directory places its schools: that of its first day."""
        return annee_scolaire(self.debut)

    @property
    def nom(self) -> str:
        """Name of its folder in the lake: `semaine=2025-10-06`, `mois=2025-10`, `annee=2025-2026`."""
        names = {"mois": f"{self.debut:%Y-%m}", "annee": self.annee}
        return f"{self.periode}={names.get(self.periode, self.debut)}"

    def touches(self, other: "Periode") -> bool:
        """Whether they share a day."""
        return self.debut <= other.fin and other.debut <= self.fin


def read_periode(nom: str) -> Periode:
    """The period that a folder of the lake names."""
    kind, _, value = nom.partition("=")
    if kind == "annee":
        return Periode(kind, *bounds(value))
    return week_of(date.fromisoformat(value)) if kind == "semaine" else month_of(date.fromisoformat(f"{value}-01"))


def week_of(lundi: date) -> Periode:
    """The week of a Monday."""
    return Periode("semaine", lundi, lundi + timedelta(days=6))


def portions_of(lundi: date) -> list[tuple[str, date]]:
    """What a week is counted in, numbered by place: the whole, its seven days, then its segments when two months share it."""
    jours = [lundi + timedelta(days=n) for n in range(7)]
    firsts = [lundi, *(jour for jour in jours[1:] if jour.day == 1)]
    segments = firsts if len(firsts) > 1 else []
    return [("semaine", lundi), *(("jour", jour) for jour in jours), *(("segment", jour) for jour in segments)]


def month_of(jour: date) -> Periode:
    """The month of a day."""
    return Periode("mois", *month_bounds(jour))


def list_periods(lundis: Iterable[date]) -> list[Periode]:
    """The weeks of these Mondays, then the months and the school years that they touch: a period after what makes it up."""
    weeks = [week_of(lundi) for lundi in lundis]
    ends = {jour for week in weeks for jour in (week.debut, week.fin)}
    months = {month_of(jour) for jour in ends}
    years = {Periode("annee", *bounds(annee_scolaire(jour))) for jour in ends}
    return [*weeks, *sorted(months), *sorted(years)]
