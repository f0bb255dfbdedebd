"""The calendar of zone C as schools live it."""

from datetime import date

from marking_plan import load_plan
from metrics.calendrier import Jour, build_calendrier


def days(annee: str) -> dict[date, Jour]:
    return {jour.jour: jour for jour in build_calendrier([annee], load_plan())}


def test_a_school_year_has_five_periods_and_36_or_37_school_weeks() -> None:
    for annee in ("2024-2025", "2025-2026", "2026-2027"):
        weeks = {(d.periode_scolaire, d.rang) for d in days(annee).values() if d.periode_scolaire}
        assert {periode for periode, _ in weeks} == {1, 2, 3, 4, 5}
        assert len(weeks) in {36, 37}


def test_holidays_public_holidays_and_wednesdays_are_no_school_days() -> None:
    year = days("2025-2026")
    off = [date(2025, 10, 20), date(2025, 12, 25), date(2025, 11, 11), date(2025, 10, 8), date(2025, 10, 11)]

    assert not any(year[day].jour_ecole for day in off)
    assert all(year[day].jour_ecole for day in (date(2025, 9, 1), date(2025, 10, 6), date(2025, 11, 3)))


def test_the_ascension_bridges_that_the_library_lacks_are_off() -> None:
    assert not days("2025-2026")[date(2026, 5, 15)].jour_ecole
    assert not days("2024-2025")[date(2025, 5, 30)].jour_ecole


def test_periods_follow_the_holidays() -> None:
    year = days("2025-2026")

    assert (year[date(2025, 10, 17)].periode_scolaire, year[date(2025, 11, 3)].periode_scolaire) == (1, 2)
    assert (year[date(2025, 11, 3)].rang, year[date(2025, 10, 22)].periode_scolaire) == (1, None)
