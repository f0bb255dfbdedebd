"""The register of series breaks refuses what an operator mistyped, in French, and says where."""

from datetime import date
from pathlib import Path

import pytest

from ingest.referentiels.ruptures import load_ruptures as load_into
from marking_plan.errors import MarkingPlanError
from marking_plan.ruptures import (
    list_ruptures,
    load_natures,
    load_ruptures,
    read_ruptures,
    ruptures_between,
    ruptures_file,
)

FICHE = """
[[ruptures]]
debut = 2025-10-06
fin = 2025-10-07
niveau = "departement"
territoire = "034"
nature = "panne_declaree"
titre = "Panne du 6 octobre"
explication = "Deux jours sans mesure."
"""
HERAULT = {("region", "76"), ("departement", "034"), ("uai", "0342332A")}
GARD = {("region", "76"), ("departement", "030")}


def _read(texte: str) -> tuple[object, ...]:
    return read_ruptures("ruptures.toml", texte.encode())


def test_the_packaged_register_is_valid_and_explains_its_natures() -> None:
    assert all(rupture.nature in {n.code for n in load_natures()} for rupture in load_ruptures())
    assert all(nature.definition for nature in load_natures())


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ("fin = 2025-10-07", "fin = 2025-10-05", "précède le début"),
        ('niveau = "departement"', "", "niveau et territoire vont ensemble"),
        ('niveau = "departement"', 'niveau = "canton"', "« canton » n’existe pas"),
        ('"panne_declaree"', '"grève"', "Choisissez : changement_marquage"),
        ("debut = 2025-10-06", 'debut = "6 octobre"', "sans guillemets"),
        ("debut = 2025-10-06", "", "champ « debut » : ce champ manque"),
        ("fin =", "finn =", "ce champ est inconnu, vérifiez son nom"),
        ('"Panne du 6 octobre"', '""', "ce texte est vide"),
        ("[[ruptures]]", "[[rupture]]", "une fiche [[ruptures]]"),
        ('"Panne du 6 octobre"', '"Panne', "n'est pas un fichier TOML lisible"),
        ("\n[[ruptures]]", f"{FICHE}[[ruptures]]", "écrit deux fois"),
    ],
)
def test_a_mistake_names_its_record_and_its_cure(avant: str, apres: str, dit: str) -> None:
    with pytest.raises(MarkingPlanError, match=r"ruptures\.toml") as erreur:
        _read(FICHE.replace(avant, apres, 1))

    assert dit in str(erreur.value)


def test_a_break_bears_on_its_territory_and_on_what_lies_in_it() -> None:
    panne = read_ruptures("ruptures.toml", FICHE.encode())

    assert ruptures_between(panne, HERAULT, date(2025, 10, 6), date(2025, 10, 12)) == panne
    assert ruptures_between(panne, GARD, date(2025, 10, 6), date(2025, 10, 12)) == ()


@pytest.mark.parametrize(
    ("du", "au", "vue"),
    [
        (date(2025, 10, 7), date(2025, 10, 13), True),
        (date(2025, 10, 8), date(2025, 10, 13), False),
        (date(2025, 9, 1), date(2025, 10, 5), False),
    ],
)
def test_a_break_shows_on_the_days_that_it_touches(du: date, au: date, vue: bool) -> None:
    panne = read_ruptures("ruptures.toml", FICHE.encode())

    assert bool(ruptures_between(panne, HERAULT, du, au)) is vue


def test_a_lasting_break_shows_where_it_begins_and_not_for_ever() -> None:
    change = read_ruptures("ruptures.toml", FICHE.replace("fin = 2025-10-07", "").encode())

    assert ruptures_between(change, HERAULT, date(2025, 9, 1), date(2025, 12, 1)) == change
    assert ruptures_between(change, HERAULT, date(2026, 1, 1), date(2026, 3, 1)) == ()


def test_the_operators_register_adds_to_the_national_one(tmp_path: Path) -> None:
    fichier = tmp_path / "registre.toml"
    fichier.write_text(FICHE, "utf-8")

    said = load_into(tmp_path / "d", fichier)

    assert "1\u00a0événement" in said[0]
    assert [r.titre for r in list_ruptures(tmp_path / "d")] == [
        *(r.titre for r in load_ruptures()),
        "Panne du 6 octobre",
    ]


def test_a_refused_register_leaves_the_one_before(tmp_path: Path) -> None:
    bon, mauvais, donnees = tmp_path / "bon.toml", tmp_path / "mauvais.toml", tmp_path / "d"
    bon.write_text(FICHE, "utf-8")
    mauvais.write_text(FICHE.replace("nature", "natures"), "utf-8")
    load_into(donnees, bon)

    with pytest.raises(MarkingPlanError, match=r"mauvais\.toml"):
        load_into(donnees, mauvais)

    assert ruptures_file(donnees).read_text("utf-8") == FICHE
