"""The share of schools that a rate asks for is dated, and a day without one says so."""

from datetime import date

import pytest

from marking_plan import taux
from marking_plan.errors import PlanInvalide
from marking_plan.taux import Seuil, find_seuil


def test_the_threshold_in_force_is_the_last_one_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    seuils = (
        Seuil(depuis=date(2026, 8, 1), part_ecoles_pour_cent=95),
        Seuil(depuis=date(2020, 8, 1), part_ecoles_pour_cent=90),
    )
    monkeypatch.setattr(taux, "_load_seuils", lambda: seuils)

    found = [find_seuil(jour).part_ecoles_pour_cent for jour in (date(2026, 7, 31), date(2026, 8, 1))]

    assert found == [90, 95]


def test_a_day_without_a_threshold_is_refused_in_one_sentence() -> None:
    with pytest.raises(PlanInvalide, match="aucun seuil n’est en vigueur le 2001-01-01"):
        find_seuil(date(2001, 1, 1))
