"""Schools and territories go by the names that people use, and search finds them by either spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.noms import fold, usual_name

TERRITOIRES = [
    ("academie", "Montpellier", "Académie de Montpellier"),
    ("academie", "Orléans-Tours", "Académie d’Orléans-Tours"),
    ("academie", "Académie de Toulouse", "Académie de Toulouse"),
    ("circonscription", "Circonscription d'inspection du 1er degré de Lodève", "Lodève"),
    ("circonscription", "Circonscription d'inspection du 1er degré d'Agde", "Agde"),
    ("circonscription", "Circonscription d'inspection  du 1er degre d'Orly", "Orly"),
    ("circonscription", "CIRCONSCRIPTION D’INSPECTION DU 1ER DEGRÉ DU VIGAN", "Vigan"),
    ("circonscription", "Lodève – Cœur d’Hérault", "Lodève – Cœur d’Hérault"),
    ("commune", "Montpellier", "Montpellier"),
    ("commune", "L'Haÿ-les-Roses", "L’Haÿ-les-Roses"),
    ("commune", "VILLENEUVE-LES-BEZIERS", "Villeneuve-les-Beziers"),
    ("regroupement", "RPI 0340585B", "RPI 0340585B"),
    ("regroupement", "RPI DES COTEAUX", "RPI des Coteaux"),
]
ECOLES = [
    ("Ecole élémentaire ARC EN CIEL", "École élémentaire Arc en Ciel"),
    ("Ecole maternelle FRANCOISE DOLTO", "École maternelle Francoise Dolto"),
    ("ECOLE PRIMAIRE PUBLIQUE JEAN DE LA FONTAINE", "École primaire publique Jean de la Fontaine"),
    ("ECOLE ELEMENTAIRE D'APPLICATION LES CHARMILLES", "École élémentaire d’application Les Charmilles"),
    ("Ecole maternelle L'ARBRE VERT", "École maternelle L’Arbre Vert"),
    ("Ecole maternelle DU CANAL", "École maternelle du Canal"),
    ("Ecole primaire SAINT-EXUPERY", "École primaire Saint-Exupery"),
    ("Ecole primaire ST JOSEPH", "École primaire St Joseph"),
    ("Ecole élémentaire HENRI IV", "École élémentaire Henri IV"),
    ("Ecole élémentaire MARCEL CACHIN B", "École élémentaire Marcel Cachin B"),
    ("Ecole primaire RPI VAL D'ORB", "École primaire RPI Val d’Orb"),
    ("Ecole primaire JEANNE D'ARC (CENTRE)", "École primaire Jeanne d’Arc (Centre)"),
    ("E.M.PU. JULES FERRY", "E.M.PU. Jules Ferry"),
    ("GROUPE SCOLAIRE VICTOR HUGO", "Groupe scolaire Victor Hugo"),
    ("DU PARC", "Du Parc"),
    ("Ecole primaire", "École primaire"),
    # Somebody chose these letters: they stay.
    ("Ecole maternelle les 40 Arpents", "École maternelle les 40 Arpents"),
    ("Ecole élémentaire Jean ZAY", "École élémentaire Jean ZAY"),
    ("Ecole primaire Calandreta dau LARZAC", "École primaire Calandreta dau LARZAC"),
    ("École 0341234A (hors annuaire)", "École 0341234A (hors annuaire)"),
]


@pytest.mark.parametrize(("niveau", "nom", "usuel"), TERRITOIRES)
def test_a_territory_of_the_annuaire_goes_by_its_usual_name(niveau: str, nom: str, usuel: str) -> None:
    assert usual_name(niveau, nom) == usuel


@pytest.mark.parametrize(("nom", "usuel"), ECOLES)
def test_a_school_in_capitals_is_written_as_names_are(nom: str, usuel: str) -> None:
    assert usual_name("uai", nom) == usuel


@given(st.text("AEÉIOULDTSRNCXV'’- .()0123aeiou", max_size=40))
def test_search_finds_a_school_by_either_spelling(nom: str) -> None:
    assert fold(usual_name("uai", f"ECOLE {nom}")).split() == fold(f"ECOLE {nom}").split()


@given(st.text("AEÉIOULDTSRNCXV'’- .()0123aeiou", max_size=40))
def test_a_usual_name_is_its_own(nom: str) -> None:
    usuel = usual_name("uai", f"ECOLE {nom}")
    assert usual_name("uai", usuel) == usuel


@pytest.mark.parametrize("tape", ["coeur d'herault", "cœur d’Hérault", "COEUR-D HERAULT"])
def test_folding_knows_no_accent_ligature_hyphen_or_apostrophe(tape: str) -> None:
    assert fold(tape) == "coeur d herault"
