"""The alarm on services that fell silent: published cells alone, complete school weeks alone, and no false alarm on a mask."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import duckdb
import pytest

from marking_plan.silences import load_services_muets
from metrics.pilotage import write_services_muets
from tests.metrics.petite_publication import empty_tables

FIRST = date(2025, 9, 1)
RULE = load_services_muets()
USED, SILENT = RULE.semaines_usage, RULE.semaines_silence
Values = Sequence[int | str]  # visits of the service in each week, or « secret »


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_tables() as connection:
        yield connection


def find(
    connection: duckdb.DuckDBPyConnection,
    values: Values,
    *,
    received: Mapping[int, int] | None = None,
    expected: Mapping[int, int] | None = None,
    provisional: int | None = None,
    withheld: Sequence[int] = (),
    service: str = "cahier_textes",
) -> list[tuple[object, ...]]:
    """Alarms on one service of the région, in weeks of 4 school days unless told; another service is always seen."""
    for table in ("frequentation_semaine", "perimetre", "services_muets"):
        connection.execute(f"delete from {table}")  # noqa: S608 - names above
    for n, value in enumerate(values):
        debut, late = FIRST + timedelta(weeks=n), n == provisional
        days = (expected or {}).get(n, 4)
        perimetre = (debut, days, (received or {}).get(n, days))
        connection.execute(
            "insert into perimetre values ('semaine', ?, 'region', '76', 1, 1, 1, 1, ?, ?, 0)", perimetre
        )
        cells: list[tuple[str, str, int | str]] = [("total", "total", 100), ("service", "accueil", 50)]
        cells += [("service", "toutes", "secret")] if n in withheld else [("service", service, value)] if value else []
        for coupe, modalite, visites in cells:
            known = (visites, "valeur") if isinstance(visites, int) else (None, "secret")
            connection.execute(
                "insert into frequentation_semaine values (?, 'region', '76', 'tous', ?, ?, ?, null, null, null, ?, ?)",
                (debut, coupe, modalite, *known, late),
            )
    write_services_muets(connection)
    return connection.execute("select service, depuis, semaines, visites_moyennes from services_muets").fetchall()


def test_a_service_in_use_that_dies_is_told_with_its_last_week_and_former_use(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = find(connection, [10] * (USED - 1) + [30] + [0] * SILENT)

    mean = (10 * (USED - 1) + 30) / USED
    assert found == [("cahier_textes", FIRST + timedelta(weeks=USED - 1), SILENT, mean)]


@pytest.mark.parametrize(
    "values",
    [
        [10] * (USED - 1) + [0] * 6,  # not in use for long enough
        [10] * USED + [0] * (SILENT - 1),  # not silent for long enough
        [10, 0] * USED + [0] * 6,  # seen now and then: its zeros say nothing
        [10] * USED + [0] * 5 + [1],  # seen again
        [0] * 10,
    ],
)
def test_a_service_that_was_not_in_use_or_is_seen_again_raises_no_alarm(
    connection: duckdb.DuckDBPyConnection, values: Values
) -> None:
    assert find(connection, values) == []


def test_weeks_that_came_in_part_prove_no_silence(connection: duckdb.DuckDBPyConnection) -> None:
    values = [10] * USED + [0] * SILENT
    assert find(connection, values, received={USED: 2}) == []


def test_holidays_neither_prove_silence_nor_break_use(connection: duckdb.DuckDBPyConnection) -> None:
    holidays = {1: 0, USED + 1: 0}
    values = [10, 0, *[10] * (USED - 1), *[0] * SILENT]
    assert [found[2] for found in find(connection, values, expected={1: 0})] == [SILENT]
    assert find(connection, [10] * USED + [0] * SILENT, expected=holidays) == []


def test_a_week_that_may_still_receive_lots_proves_no_silence(connection: duckdb.DuckDBPyConnection) -> None:
    values = [10] * USED + [0] * SILENT
    assert find(connection, values, provisional=len(values) - 1) == []


def test_a_masked_cell_counts_as_seen(connection: duckdb.DuckDBPyConnection) -> None:
    assert find(connection, [10] * USED + [0, "secret"]) == []
    assert len(find(connection, ["secret"] * USED + [0] * SILENT)) == 1


def test_a_week_whose_services_are_withheld_tells_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    values = [10] * USED + [0] * SILENT
    assert find(connection, values, withheld=(len(values) - 1,)) == []


def test_codes_outside_the_plan_that_vanish_are_good_news(connection: duckdb.DuckDBPyConnection) -> None:
    assert find(connection, [10] * USED + [0] * SILENT, service="hors_plan") == []
