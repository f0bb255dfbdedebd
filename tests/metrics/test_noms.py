"""Territories go by the names that people use."""

import pytest

from metrics.lecture.noms import usual_name


@pytest.mark.parametrize(
    ("niveau", "nom", "usuel"),
    [
        ("academie", "Montpellier", "Académie de Montpellier"),
        ("academie", "Orléans-Tours", "Académie d’Orléans-Tours"),
        ("academie", "Académie de Toulouse", "Académie de Toulouse"),
        ("circonscription", "Circonscription d'inspection du 1er degré de Lodève", "Lodève"),
        ("circonscription", "Circonscription d'inspection du 1er degré d'Agde", "Agde"),
        ("circonscription", "CIRCONSCRIPTION D’INSPECTION DU 1ER DEGRÉ DU VIGAN", "VIGAN"),
        ("circonscription", "Lodève – Cœur d’Hérault", "Lodève – Cœur d’Hérault"),
        ("commune", "Montpellier", "Montpellier"),
    ],
)
def test_a_name_of_the_annuaire_becomes_the_usual_one(niveau: str, nom: str, usuel: str) -> None:
    assert usual_name(niveau, nom) == usuel
