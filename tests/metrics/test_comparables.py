"""Weeks and days that compare from one school year to the next, on the real dates of zone C (domain.md 5.5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marking_plan import load_plan
from metrics.calendrier import build_calendrier
from metrics.pilotage import find_jour_equivalent, pair_weeks
from metrics.pilotage.comparables import Semaine

YEARS = ("2023-2024", "2024-2025", "2025-2026", "2026-2027")
JOURS = build_calendrier(list(YEARS), load_plan())


def pairs(*annees: str) -> dict[date, Semaine]:
    return {semaine.debut: semaine for semaine in pair_weeks(annees, load_plan())}


@pytest.mark.parametrize(
    ("debut", "before", "days"),
    [
        (date(2025, 9, 1), date(2024, 9, 2), (4, 4)),
        (date(2025, 11, 10), date(2024, 11, 11), (3, 3)),
        (date(2026, 1, 5), date(2025, 1, 6), (4, 4)),
        (date(2026, 3, 9), date(2025, 3, 3), (4, 4)),
        (date(2026, 5, 11), date(2025, 5, 5), (2, 3)),
        (date(2026, 8, 31), date(2025, 9, 1), (3, 4)),
        (date(2027, 2, 22), date(2026, 3, 9), (4, 4)),
        (date(2027, 5, 3), date(2026, 5, 18), (2, 4)),
    ],
)
def test_a_week_compares_with_that_of_the_same_periode_and_rank(
    debut: date, before: date, days: tuple[int, int]
) -> None:
    week = pairs("2025-2026", "2026-2027")[debut]

    assert (week.debut_precedent, (week.jours_ecole, week.jours_ecole_precedents)) == (before, days)


def test_the_winter_break_that_moves_leaves_the_longer_periode_without_equivalents() -> None:
    found = pairs("2024-2025", "2025-2026", "2026-2027")
    alone = [debut for debut, week in found.items() if week.periode_scolaire and week.debut_precedent is None]

    assert alone == [
        date(2025, 2, 10),  # 2024-2025: the third période has 6 weeks, against 5 the year before
        date(2026, 2, 16),  # 2025-2026: 7 weeks, against 6
        date(2027, 6, 21), date(2027, 6, 28),  # 2026-2027: the fifth has 11, against 9
    ]  # fmt: skip


def test_a_37th_week_has_no_equivalent_in_a_year_of_36() -> None:
    weeks = [week for week in pairs("2027-2028").values() if week.periode_scolaire]

    assert len(weeks) == 37
    assert [week.debut for week in weeks if week.debut_precedent is None] == [
        date(2027, 10, 18), date(2028, 2, 7), date(2028, 4, 10)
    ]  # fmt: skip


def test_every_week_of_a_year_is_there_and_summer_and_holidays_compare_with_nothing() -> None:
    found = pairs("2025-2026")

    assert sorted(found) == [date(2025, 8, 4) + timedelta(weeks=n) for n in range(52)]
    assert {week.debut_precedent for week in found.values() if week.periode_scolaire is None} == {None}
    assert found[date(2025, 10, 20)].jours_ecole == found[date(2026, 7, 13)].jours_ecole == 0


def test_a_year_after_one_that_is_not_known_has_no_equivalent() -> None:
    assert {week.debut_precedent for week in pairs("2030-2031", "1990-1991").values()} == {None}


def test_a_day_compares_with_the_day_on_which_as_many_school_days_had_passed() -> None:
    days = {jour: find_jour_equivalent(jour, JOURS) for jour in (date(2025, 9, 1), date(2026, 2, 2), date(2027, 2, 22))}

    assert days == {
        date(2025, 9, 1): date(2024, 9, 2),
        date(2026, 2, 2): date(2025, 2, 3),
        date(2027, 2, 22): date(2026, 2, 9),  # the 76th: back from the winter break, and still before it
    }


def test_a_day_without_school_keeps_the_count_of_the_last_one() -> None:
    assert find_jour_equivalent(date(2025, 10, 26), JOURS) == find_jour_equivalent(date(2025, 10, 17), JOURS)


def test_a_day_before_the_rentree_or_beyond_the_days_of_the_year_before_compares_with_nothing() -> None:
    assert find_jour_equivalent(date(2025, 8, 31), JOURS) is None
    assert find_jour_equivalent(date(2026, 7, 20), JOURS) == date(2025, 7, 4)  # 138 school days in both
    assert find_jour_equivalent(date(2027, 7, 2), JOURS) is None  # the 139th


@given(st.dates(date(2024, 8, 1), date(2027, 7, 31)))
def test_two_days_that_compare_have_the_same_number_of_school_days_before_them(jour: date) -> None:
    found = find_jour_equivalent(jour, JOURS)

    def passed(day: date) -> int:
        first = date(day.year if day.month >= 8 else day.year - 1, 8, 1)
        return sum(j.jour_ecole for j in JOURS if first <= j.jour <= day)

    assert found is None or passed(found) == passed(jour)
    assert found is None or {j.jour: j.jour_ecole for j in JOURS}[found]
