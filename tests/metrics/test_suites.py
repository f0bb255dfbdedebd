"""Figures held in memory are found by key and day, one key at a time or many at once."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from metrics.lecture.suites import Suites, count_days, index_suites, name_day

LUNDIS = [date(2025, 9, 1) + timedelta(weeks=n) for n in range(4)]


@pytest.fixture
def suites() -> Suites:
    """Weeks 0 to 3 of `a`, 1 and 2 of `b`."""
    jours = count_days([*LUNDIS, LUNDIS[1], LUNDIS[2]])
    return Suites({("a",): (0, 4), ("b",): (4, 6)}, jours, {"visites": np.array([1, 2, 3, 4, 50, 60])})


def test_a_key_gives_its_days_within_the_span_both_ends_included(suites: Suites) -> None:
    assert suites.read(("a",), LUNDIS[1], LUNDIS[2], "visites") == [(LUNDIS[1], (2,)), (LUNDIS[2], (3,))]


def test_an_unknown_key_has_no_row(suites: Suites) -> None:
    assert suites.read(("c",), LUNDIS[0], LUNDIS[3], "visites") == []


def test_many_keys_are_gathered_with_the_rank_of_each(suites: Suites) -> None:
    rows, groups = suites.gather([("b",), ("c",), ("a",)], LUNDIS[2], LUNDIS[3])

    assert suites.colonnes["visites"][rows].tolist() == [60, 3, 4]
    assert groups.tolist() == [0, 2, 2]


def test_no_key_gathers_nothing(suites: Suites) -> None:
    rows, groups = suites.gather([], LUNDIS[0], LUNDIS[3])

    assert (len(rows), len(groups)) == (0, 0)


def test_columns_are_aligned_on_days_in_the_order_asked_for(suites: Suites) -> None:
    before = LUNDIS[0] - timedelta(weeks=1)

    [visites] = suites.align([("b",), ("c",), ("a",)], [LUNDIS[2], before, LUNDIS[0]], "visites")

    assert visites.tolist() == [[60, -1, -1], [-1, -1, -1], [3, -1, 1]]


def test_no_day_aligns_nothing(suites: Suites) -> None:
    assert [table.tolist() for table in suites.align([("a",)], [], "visites")] == [[[]]]


def test_a_day_is_named_as_it_was_counted() -> None:
    assert [name_day(jour) for jour in count_days(LUNDIS).tolist()] == LUNDIS


def test_a_small_table_is_indexed_by_the_texts_of_its_key() -> None:
    table = pa.table(
        {
            "coupe": ["total", "service", "total"],
            "modalite": ["total", "agenda", "total"],
            "debut": [LUNDIS[1], LUNDIS[0], LUNDIS[0]],
            "visites": [7, None, 5],
        }
    )

    found = index_suites(table, ("coupe", "modalite"), "debut", ("visites",))

    assert found.read(("total", "total"), LUNDIS[0], LUNDIS[3], "visites") == [(LUNDIS[0], (5,)), (LUNDIS[1], (7,))]
    assert found.read(("service", "agenda"), LUNDIS[0], LUNDIS[3], "visites") == [(LUNDIS[0], (-1,))]


def test_an_empty_table_has_no_key() -> None:
    columns = {
        "coupe": pa.array([], pa.string()),
        "debut": pa.array([], pa.date32()),
        "visites": pa.array([], pa.int64()),
    }

    assert index_suites(pa.table(columns), ("coupe",), "debut", ("visites",)).places == {}
