"""A search finds territories and schools by name, within what the person may read."""

from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from metrics.lecture.ecoles import Ecole, find_anciens, find_departs, index_noeuds
from metrics.lecture.edition import Edition
from metrics.lecture.perimetre import resolve_portee
from metrics.lecture.recherche import LIMITE, search
from metrics.noms import usual_name
from metrics.tableau import TOUT, Noeud, Portee

HERAULT, GARD = ("034", "Hérault"), ("030", "Gard")


def ecole(
    uai: str, nom: str, commune: tuple[str, str], departement: tuple[str, str] = HERAULT, annee: str = "2025-2026",
    regroupement: tuple[str, str] | None = None,
) -> Ecole:  # fmt: skip
    places = {
        "commune": commune, "circonscription": (f"C{departement[0]}", f"Circonscription du {departement[1]}"),
        "departement": departement, "academie": ("11", "Montpellier"), "region": ("76", "Occitanie"), "uai": (uai, nom),
        **({"regroupement": regroupement} if regroupement else {}),
    }  # fmt: skip
    lieux = {niveau: Noeud(niveau, code, name) for niveau, (code, name) in places.items()}
    return Ecole(annee, uai, nom, None, None, lieux, None, None, date(2025, 9, 1), "inconnu")


def edition(*ecoles: Ecole) -> Edition:
    """Schools by year, as a publication gives them."""
    noeuds, ascendants = index_noeuds(list(ecoles))
    departs = find_departs(list(ecoles))
    known = {e.uai: e for e in ecoles}
    anciens = find_anciens(list(ecoles), departs)
    found = SimpleNamespace(ecoles=known, noeuds=noeuds, ascendants=ascendants, departs=departs, anciens=anciens)
    return cast("Edition", found)


PUBLIEE = edition(
    ecole("E0", "Condorcet", ("34001", "Agde"), annee="2024-2025"),
    ecole("E1", "Condorcet", ("34172", "Montpellier")),
    ecole("E2", "Condorcet", ("30189", "Nîmes"), GARD),
    ecole("E3", "Jean Moulin", ("34192", "Palavas"), regroupement=("RPI-1", "RPI de la Garrigue")),
)


def find(texte: str, portee: Portee = TOUT) -> list[tuple[str, str, str]]:
    found = search(PUBLIEE, resolve_portee(PUBLIEE, portee), texte)
    return [(t.noeud.niveau, t.noeud.territoire, t.lieu) for t in found]


@pytest.mark.parametrize(
    ("texte", "trouve"),
    [
        ("herault", [("departement", "034", ""), ("circonscription", "C034", "Hérault")]),
        ("garrigue", [("regroupement", "RPI-1", "Hérault")]),
        ("montpellier", [("academie", "11", ""), ("commune", "34172", "Hérault"), ("uai", "E1", "Montpellier")]),
        ("du GARD", [("circonscription", "C030", "Gard")]),
    ],
)
def test_territories_of_every_level_are_found_before_schools(texte: str, trouve: list[tuple[str, str, str]]) -> None:
    assert find(texte) == trouve


def test_homonymous_schools_come_with_their_commune() -> None:
    assert find("condorcet") == [("uai", "E1", "Montpellier"), ("uai", "E2", "Nîmes")]
    assert find("condorcet nîmes") == [("uai", "E2", "Nîmes")]


def test_a_search_finds_nothing_outside_the_scope() -> None:
    gard = Portee(frozenset({("departement", "030")}))
    assert find("montpellier", gard) == find("herault", gard) == find("E1", gard) == []
    assert find("condorcet", gard) == [("uai", "E2", "Nîmes")]
    assert ("departement", "030", "") in find("gard", gard)


def test_what_the_latest_year_no_longer_has_is_not_found() -> None:
    assert find("agde") == find("E0") == []


def test_an_empty_search_finds_nothing() -> None:
    assert find("  ") == []


def test_no_more_than_twenty_of_each_kind_are_given() -> None:
    many = edition(
        *(ecole(f"E{rang:02}", f"Jules Ferry {rang}", (f"34{rang:03}", f"Ferry {rang}")) for rang in range(30))
    )
    found = search(many, resolve_portee(many, TOUT), "ferry")
    assert [t.noeud.niveau for t in found] == ["commune"] * LIMITE + ["uai"] * LIMITE


@pytest.mark.parametrize(
    "tape", ["Ecole élémentaire L'ARBRE VERT", "École élémentaire L’Arbre Vert", "ecole arbre-vert"]
)
def test_a_school_is_found_by_the_annuaires_spelling_and_by_its_usual_one(tape: str) -> None:
    publiee = edition(ecole("E4", usual_name("uai", "Ecole élémentaire L'ARBRE VERT"), ("34001", "Agde")))

    found = search(publiee, resolve_portee(publiee, TOUT), tape)

    assert [t.noeud.nom for t in found] == ["École élémentaire L’Arbre Vert"]
