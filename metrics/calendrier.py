"""The school calendar of zone C, day by day: holidays, public holidays, school days, periods and ranks.

It must not know schools: the Wednesday, which depends on them, is no school day here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
import pyarrow as pa
from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_precedente, annee_scolaire, bounds, monday

ZONE = "C"  # the whole of Occitanie
_SCHOOL_WEEKDAYS = frozenset({0, 1, 3, 4})


@dataclass(frozen=True, slots=True)
class Jour:
    """One day; `periode_scolaire` and `rang` are None in holidays (periods 1–5 are what lies between them).

    They are None all through a school year whose holidays are not known: its weeks are compared with none.
    """

    jour: date
    semaine: date
    annee_scolaire: str
    periode_scolaire: int | None
    rang: int | None
    vacances: bool
    ferie: bool
    jour_ecole: bool


def build_calendrier(annees: list[str], plan: MarkingPlan) -> list[Jour]:
    """Every day of the school years named ('2025-2026'), in order."""
    return [jour for annee in annees for jour in _build_year(annee, plan)]


def add_year_before(jours: list[Jour], plan: MarkingPlan) -> list[Jour]:
    """These days after those of the school year before, whose weeks comparisons name; without it if its holidays are not known."""
    before = build_calendrier([annee_precedente(jours[0].annee_scolaire)], plan)
    return [*before, *jours] if any(jour.periode_scolaire for jour in before) else jours


def calendrier_table(jours: list[Jour]) -> pa.Table:
    """The calendar as Arrow rows, columns in the order of the publication."""
    return pa.table({name: [getattr(jour, name) for jour in jours] for name in Jour.__dataclass_fields__})


def _build_year(annee: str, plan: MarkingPlan) -> list[Jour]:
    first, last = bounds(annee)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    vacances = _vacances({first.year, last.year}, plan)
    feries = holidays.country_holidays("FR", years=(first.year, last.year))
    school = {d for d in days if d.weekday() in _SCHOOL_WEEKDAYS and d not in vacances and d not in feries}
    periods = _periods(days, school) if _is_known(first.year, vacances) else {}
    rows = []
    for d in days:
        periode, rang = periods.get(monday(d), (None, None))
        rows.append(Jour(d, monday(d), annee_scolaire(d), periode, rang, d in vacances, d in feries, d in school))
    return rows


def _vacances(years: set[int], plan: MarkingPlan) -> set[date]:
    """Holidays of the library and the overrides of calendrier.toml (it lacks the bridges of 2023 to 2026)."""
    found: set[date] = set(plan.vacances_ajoutees)
    library = _load_library()
    for year in years:
        try:
            found |= {
                day for day, row in library.holidays_for_year(year).items() if row[f"vacances_zone_{ZONE.lower()}"]
            }
        except UnsupportedYearException:
            continue  # far years: the publication warns (controles/calendrier_inconnu.sql)
    return found - set(plan.vacances_retirees)


@cache
def _load_library() -> SchoolHolidayDates:
    return SchoolHolidayDates()  # it parses all its years, for a quarter of a second


def _is_known(first_year: int, vacances: set[date]) -> bool:
    """Whether the holidays of a school year are known: some lie in its autumn, and some between February and May."""
    autumn = any((day.year, day.month) in {(first_year, 10), (first_year, 11), (first_year, 12)} for day in vacances)
    return autumn and any(day.year == first_year + 1 and 2 <= day.month <= 5 for day in vacances)


def _periods(days: list[date], school: set[date]) -> dict[date, tuple[int, int]]:
    """(période, rank of the week in it) of each week with a school day; a whole week without one ends a période."""
    weeks = sorted({monday(d) for d in days})
    found: dict[date, tuple[int, int]] = {}
    periode, rang = 0, 0
    for week in weeks:
        if not any(week + timedelta(days=n) in school for n in range(7)):
            rang = 0
            continue
        if rang == 0:
            periode += 1
        rang += 1
        found[week] = (periode, rang)
    return found
