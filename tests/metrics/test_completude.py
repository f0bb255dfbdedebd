"""Days that schools are expected on run on after the last week received, and change no figure."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.referentiels import load_couverture
from marking_plan import load_plan
from metrics.publication import publish
from tests.engine import EVENT, fill_lake, read_rows

ECOLE = {
    "uai": "0342332A",
    "region": "76",
    "academie": "11",
    "departement": "034",
    "circonscription": "C",
    "commune": "34194",
}
SOON, LONG_AFTER = datetime(2025, 10, 22, 12, tzinfo=UTC), datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """One school, one visit, on Monday 6 October 2025."""
    return fill_lake(tmp_path, [EVENT], [ECOLE])


@pytest.fixture(scope="module")
def soon_and_late(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What is published of that lake in the week after, and when the school year is over."""
    donnees = fill_lake(tmp_path_factory.mktemp("lac"), [EVENT], [ECOLE])
    instants = (datetime(2025, 10, 13, 12, tzinfo=UTC), LONG_AFTER)
    return [publish(donnees, load_plan(), politique="exacte", now=now).path for now in instants]


def find_expected(path: Path, since: date) -> list[tuple[object, ...]]:
    """Expected days from a day on, with what came."""
    query = "select jour, recu from completude where attendu order by jour"
    return [row for row in read_rows(path, query) if str(row[0]) >= str(since)]


def test_school_days_after_the_last_week_received_are_expected_until_yesterday(lake: Path) -> None:
    path = publish(lake, load_plan(), politique="exacte", now=SOON).path

    missing = [date(2025, 10, day) for day in (13, 14, 16, 17)]  # the holidays begin on Saturday 18
    assert find_expected(path, date(2025, 10, 13)) == [(day, "non") for day in missing]
    assert read_rows(path, "select max(jour) from completude") == [(date(2025, 10, 21),)]


def test_nothing_is_expected_after_the_school_year_of_the_last_week_received(soon_and_late: list[Path]) -> None:
    _, path = soon_and_late

    assert read_rows(path, "select max(jour) from completude") == [(date(2026, 7, 31),)]
    assert find_expected(path, date(2026, 7, 4)) == []


def test_a_delivery_declared_after_the_last_event_is_received(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(f"jour;uai\n2025-10-14;{ECOLE['uai']}\n")
    load_couverture(lake, tmp_path / "c.csv")

    path = publish(lake, load_plan(), politique="exacte", now=SOON).path

    assert [recu for _, recu in find_expected(path, date(2025, 10, 13))] == ["non", "oui", "non", "non"]


@pytest.mark.parametrize("table", ["frequentation_semaine", "frequentation_jour", "frequentation_mois", "perimetre"])
def test_days_without_a_delivery_add_no_row_to_the_figures(soon_and_late: list[Path], table: str) -> None:
    kept = "* exclude (provisoire)" if table != "perimetre" else "*"
    query = f"select {kept} from {table} order by all"  # noqa: S608 - names above
    at_once, later = (read_rows(path, query) for path in soon_and_late)

    assert later == at_once
