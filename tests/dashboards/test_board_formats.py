"""French spelling of what the boards show."""

from datetime import UTC, date, datetime

import pytest

from dashboards import formats


@pytest.mark.parametrize(
    ("valeur", "texte"), [(0, "0"), (999, "999"), (12345, "12\u202f345"), (34.6, "35"), (None, "–")]
)
def test_numbers_are_grouped_by_narrow_spaces(valeur: float | None, texte: str) -> None:
    assert formats.nombre(valeur) == texte


@pytest.mark.parametrize(
    ("part", "texte"),
    [
        (0.4251, "43\u202f%"),
        (0.0432, "4,3\u202f%"),
        (0.0999, "10\u202f%"),
        (0.0004, "<\u00a00,1\u202f%"),
        (0, "0\u202f%"),
        (1, "100\u202f%"),
        (None, "–"),
    ],
)
def test_shares_keep_a_decimal_only_when_small(part: float | None, texte: str) -> None:
    assert formats.pourcentage(part) == texte


@pytest.mark.parametrize(
    ("secondes", "texte"),
    [
        (0, "0\u00a0s"),
        (59.6, "1\u00a0min\u00a000\u00a0s"),
        (252, "4\u00a0min\u00a012\u00a0s"),
        (3900, "1\u00a0h\u00a005\u00a0min"),
    ],
)
def test_durations_read_in_minutes_and_seconds(secondes: float, texte: str) -> None:
    assert formats.duree(secondes) == texte


def test_a_week_is_named_by_its_monday() -> None:
    assert formats.semaine(date(2025, 10, 6)) == "semaine du 6\u00a0octobre 2025"


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert formats.jour(date(2025, 9, 1)) == "1er\u00a0septembre 2025"


def test_an_instant_tells_day_and_time() -> None:
    assert formats.instant(datetime(2026, 11, 24, 4, 5, tzinfo=UTC)) == "24\u00a0novembre 2026 à 4\u00a0h\u00a005"
