"""Cells that no mask could hide are counted by period, never named, and the count goes from a publication to the next."""

from pathlib import Path

import duckdb
import pytest

from bench.attaque import simulate_lake
from marking_plan import load_plan
from metrics.publication import PublicationReport, publish
from tests.engine import NOW, read_rows

ROWS = "select periode, strftime(debut, '%Y-%m-%d'), cases from protection_reserves order by all"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated region of 12 schools and one week."""
    return simulate_lake(tmp_path_factory.mktemp("reserves"), 12, 1)


def publish_groupes(lake: Path) -> PublicationReport:
    return publish(lake, load_plan(), politique="groupes", now=NOW)


def test_each_written_period_has_its_count_and_the_next_publication_keeps_it(lake: Path) -> None:
    first = publish_groupes(lake).path
    with duckdb.connect(str(first)) as connection:
        connection.execute("update protection_reserves set cases = 25 where periode = 'mois'")
    report = publish_groupes(lake)

    assert read_rows(report.path, ROWS) == [
        ("annee", "2025-08-01", 0),
        ("mois", "2025-09-01", 25),
        ("semaine", "2025-09-01", 0),
    ]
    (said,) = [constat for constat in report.constats if constat.nom == "cases_devinables"]
    assert (said.lignes, said.exemple) == (1, "mois, 2025-09-01, 25")
