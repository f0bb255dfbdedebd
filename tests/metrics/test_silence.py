"""How many school days nothing came for, as told beside every figure."""

from datetime import date, datetime

import pytest

from metrics import tables
from metrics.lecture.edition import read_publication
from tests.metrics.petite_publication import Petite, empty_tables

LAST = date(2025, 11, 3)  # a Monday


@pytest.mark.parametrize(("instant", "jours"), [("2025-11-06T22:30", 1), ("2025-11-06T23:30", 2)])
def test_the_day_of_the_publication_is_that_of_paris(instant: str, jours: int) -> None:
    """By winter, 23:30 of universal time is half past midnight: Thursday is over."""
    with empty_tables() as connection:
        Petite(dernier_jour=LAST).fill(connection)
        made = (1, datetime.fromisoformat(instant), "2026.1", "exacte", 0, 1, "-", "-", False)
        tables.insert_rows(connection, "publication", [made])

        assert read_publication(connection).jours_sans_donnee == jours
