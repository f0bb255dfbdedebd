"""Labels of modalities, as analysts join them."""

from marking_plan import load_plan
from marking_plan.modalites import TOUTES, list_modalites


def test_every_modality_of_every_cut_has_one_label_and_one_place() -> None:
    plan = load_plan()
    found = [(m.coupe, m.code) for m in list_modalites(plan) if m.code != TOUTES]

    assert found == [(c.code, code) for c in plan.coupes for code in plan.modalites(c.code)]
    assert all(m.libelle and m.definition for m in list_modalites(plan))


def test_a_cut_that_can_be_withheld_ends_with_the_row_that_says_so() -> None:
    plan = load_plan()
    ends = {m.coupe: m for m in list_modalites(plan)}

    assert {c for c, m in ends.items() if m.code == TOUTES} == {c.code for c in plan.coupes} - {"total"}
    assert ends["heure"].ordre == 25


def test_hours_and_bands_are_said_in_french() -> None:
    labels = {(m.coupe, m.code): m for m in list_modalites(load_plan())}

    assert labels["creneau", "3-08"].libelle == "mercredi 8\u00a0h"
    assert labels["heure", "23"].definition == "Visites commencées de 23\u00a0h à 24\u00a0h."
    assert labels["duree", "60min_plus"].definition == "Visites d’au moins 3600 s."
    assert labels["assiduite", "2_4"].libelle == "2 à 4 visites dans la semaine"
