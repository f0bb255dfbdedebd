"""The change told of a child in its parent's table is the one that its own board tells."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import SimpleNamespace
from typing import cast

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.lecture.ecarts import compare_weeks
from metrics.lecture.edition import Edition
from metrics.lecture.evolutions import read_evolutions
from metrics.lecture.offre import read_catalogue
from metrics.lecture.semaines import read_serie
from metrics.lecture.suites import Suites
from metrics.lecture.totaux import load_totaux
from metrics.tableau import SEMAINE, Vue
from tests.metrics.petite_publication import Petite, Value, empty_tables, school_weeks

YEARS = ("2025-2026", "2026-2027")
BEFORE, AFTER = school_weeks(YEARS[0])[:8], school_weeks(YEARS[1])[:8]
VALUES = st.one_of(st.integers(0, 60), st.sampled_from(["secret", "non_recu", "presume", None]))


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_tables() as connection:
        yield connection


def read(connection: duckdb.DuckDBPyConnection, schools: Mapping[str, Mapping[date, Value]], du: date, au: date) -> list[tuple[float | None, float | None]]:  # fmt: skip
    """Of each school, the change in the table of its parent and on its own board."""
    petite = Petite(annees=YEARS)
    for uai, weeks in schools.items():
        petite.add_ecole(uai)
        petite.add_weeks(uai, weeks)
    petite.add_weeks("76", dict.fromkeys([*BEFORE, *AFTER], 0), niveau="region")  # weeks that are published
    petite.fill(connection)
    catalogue = read_catalogue(connection, (*BEFORE, *AFTER), {})
    edition = cast("Edition", SimpleNamespace(catalogue=catalogue, totaux=load_totaux(connection)))
    found = read_evolutions(edition, Vue("circonscription", "C", du, au), "uai", list(schools))
    return list(zip(found, [_own(edition, uai, du, au) for uai in schools], strict=True))


def _no_cut(annee: str) -> Suites:
    raise AssertionError(f"les totaux de {annee} suffisent")


def _own(edition: Edition, uai: str, du: date, au: date) -> float | None:
    serie = read_serie(edition, Vue("uai", uai, du, au, periode=SEMAINE), AFTER, _no_cut)
    ecart = compare_weeks([point for point in serie if point.dans_vue])
    return ecart.visites if ecart else None


@settings(max_examples=25, deadline=None)
@given(
    schools=st.lists(st.lists(VALUES, min_size=16, max_size=16), min_size=1, max_size=3),
    bounds=st.tuples(st.integers(0, 7), st.integers(0, 7)).map(sorted),
)
def test_a_child_s_change_is_that_of_its_own_board(
    connection: duckdb.DuckDBPyConnection, schools: list[list[Value]], bounds: list[int]
) -> None:
    by_week = {f"E{n}": dict(zip([*BEFORE, *AFTER], values, strict=True)) for n, values in enumerate(schools)}
    for table, board in read(connection, by_week, AFTER[bounds[0]], AFTER[bounds[1]]):
        assert table == board


def test_who_dropped_shows_it(connection: duckdb.DuckDBPyConnection) -> None:
    weeks = {
        "E1": {BEFORE[1]: 40, AFTER[1]: 10},
        "E2": {BEFORE[1]: 40, AFTER[1]: 40},
        "E3": {BEFORE[1]: 19, AFTER[1]: 1},
    }
    [(dropped, _), (steady, _), (tiny, _)] = read(connection, weeks, AFTER[1], AFTER[1])

    assert dropped == pytest.approx(-0.75)
    assert steady == pytest.approx(0)
    assert tiny is None
