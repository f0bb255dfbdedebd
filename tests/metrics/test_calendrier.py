"""The calendar of zone C as schools live it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from marking_plan import load_plan
from metrics.calendrier import Jour, add_year_before, build_calendrier


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


HOLIDAYS = {
    "2024-2025": [("2024-10-19", "2024-11-03"), ("2024-12-21", "2025-01-05"), ("2025-02-15", "2025-03-02"), ("2025-04-12", "2025-04-27")],
    "2025-2026": [("2025-10-18", "2025-11-02"), ("2025-12-20", "2026-01-04"), ("2026-02-21", "2026-03-08"), ("2026-04-18", "2026-05-03")],
    "2026-2027": [("2026-10-17", "2026-11-01"), ("2026-12-19", "2027-01-03"), ("2027-02-06", "2027-02-21"), ("2027-04-03", "2027-04-18")],
}  # fmt: skip
SUMMERS = {"2024-2025": ("2024-09-01", "2025-07-05"), "2025-2026": ("2025-08-31", "2026-07-04"), "2026-2027": ("2026-08-31", "2027-07-03")}  # fmt: skip
BRIDGES = {"2024-2025": ("2025-05-30", "2025-05-31"), "2025-2026": ("2026-05-15", "2026-05-16"), "2026-2027": ("2027-05-06", "2027-05-08")}  # fmt: skip


def span(first: str, last: str) -> set[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


@pytest.mark.parametrize("annee", HOLIDAYS)
def test_the_holidays_of_zone_c_are_those_of_the_ministry(annee: str) -> None:
    last_of_summer, first_of_summer = SUMMERS[annee]
    expected = span(f"{annee[:4]}-08-01", last_of_summer) | span(first_of_summer, f"{annee[5:]}-07-31")
    expected |= span(*BRIDGES[annee]).union(*(span(*holiday) for holiday in HOLIDAYS[annee]))

    assert {jour for jour, day in days(annee).items() if day.vacances} == expected


def test_the_eleven_public_holidays_are_no_school_days() -> None:
    year = days("2025-2026")
    feries = {jour for jour, day in year.items() if day.ferie}

    assert feries == {
        date(2025, 8, 15), date(2025, 11, 1), date(2025, 11, 11), date(2025, 12, 25), date(2026, 1, 1), date(2026, 4, 6),
        date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 14),
    }  # fmt: skip
    assert not any(year[jour].jour_ecole for jour in feries)


def test_the_bridges_of_2023_and_2024_are_off_too() -> None:
    assert not days("2022-2023")[date(2023, 5, 19)].jour_ecole
    assert not days("2023-2024")[date(2024, 5, 10)].jour_ecole


@pytest.mark.parametrize("annee", ["1989-1990", "2028-2029", "2031-2032"])
def test_a_year_whose_holidays_are_not_known_has_no_periode(annee: str) -> None:
    assert {day.periode_scolaire for day in days(annee).values()} == {None}


def test_holidays_added_by_hand_make_a_far_year_known() -> None:
    breaks = [("2028-10-21", "2028-11-05"), ("2028-12-23", "2029-01-07"), ("2029-02-17", "2029-03-04")]
    breaks += [("2029-04-14", "2029-04-29"), ("2029-07-07", "2029-07-31")]
    added = set[date]().union(*(span(*holiday) for holiday in breaks))
    plan = replace(load_plan(), vacances_ajoutees=tuple(sorted(added)))
    weeks = {(d.periode_scolaire, d.rang) for d in build_calendrier(["2028-2029"], plan) if d.periode_scolaire}

    assert {periode for periode, _ in weeks} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("annee", "first"), [("2025-2026", 2024), ("2028-2029", 2027), ("2029-2030", 2029)])
def test_the_year_before_is_added_when_its_holidays_are_known(annee: str, first: int) -> None:
    found = add_year_before(build_calendrier([annee], load_plan()), load_plan())

    assert [found[0].jour, found[-1].jour] == [date(first, 8, 1), date(int(annee[5:]), 7, 31)]
    assert len({day.jour for day in found}) == len(found) == (found[-1].jour - found[0].jour).days + 1
