"""Counts are said in French, alike on boards and in messages."""

import pytest

from marking_plan.phrases import count_fr


@pytest.mark.parametrize(
    ("valeur", "texte"),
    [
        (0, "0\u00a0visite"),
        (1, "1\u00a0visite"),
        (1.4, "1\u00a0visite"),
        (1.6, "2\u00a0visites"),
        (2, "2\u00a0visites"),
        (1234, "1\u202f234\u00a0visites"),
        (None, "–\u00a0visites"),
    ],
)
def test_french_counts_from_two(valeur: float | None, texte: str) -> None:
    assert count_fr(valeur, "visite", "visites") == texte
