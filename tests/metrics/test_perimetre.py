"""A scope opens what lies wholly in it; the reader's every door asks."""

import ast
import inspect
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from metrics.lecture import Lecteur
from metrics.lecture.ecoles import Ecole, find_anciens, find_departs, index_noeuds
from metrics.lecture.edition import Edition
from metrics.lecture.perimetre import Perimetre, resolve_portee, veil_noeud, veil_tableau
from metrics.tableau import RIEN, TOUT, Noeud, Portee
from tests.dashboards.fake_ecoles import LecteurEcoles
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, LODEVE

# What tells of no territory, and why it needs no scope.
SANS_NOEUD = {
    "publication": "which one is in force, and when it was made",
    "compteurs": "how many reads",
    "restrict": "makes a reader, which asks",
    "watch": "opens publications ahead, for every reader, and gives nothing back",
    "read_protection": "sums of cells over a whole level, and dates of the lake: no row names a territory",
    "read_lisez_moi": "the sentences that any published file says of itself",
}
# What asks through another public method.
PAR_AUTRE = {"default_vue": "read_offre"}


def ecole(uai: str, circonscription: str, commune: str, departement: str = "034") -> Ecole:
    codes = {
        "commune": commune, "circonscription": circonscription, "departement": departement,
        "academie": "11", "region": "76", "uai": uai,
    }  # fmt: skip
    lieux = {niveau: Noeud(niveau, code, f"nom de {code}") for niveau, code in codes.items()}
    return Ecole("2025-2026", uai, f"nom de {uai}", None, None, lieux, None, None, date(2025, 9, 1), "inconnu")


def edition(*ecoles: Ecole) -> Edition:
    """Schools by year, as a publication gives them."""
    noeuds, ascendants = index_noeuds(list(ecoles))
    anciens = find_anciens(list(ecoles), find_departs(list(ecoles)))
    last = {e.uai: e for e in ecoles}
    return cast("Edition", SimpleNamespace(ecoles=last, noeuds=noeuds, ascendants=ascendants, anciens=anciens))


# Two circonscriptions share the commune M; N lies in the second alone.
PUBLIEE = edition(ecole("E1", "C1", "M"), ecole("E2", "C1", "M"), ecole("E3", "C2", "M"), ecole("E4", "C2", "N"))


@pytest.mark.parametrize(
    ("noeud", "lisibles"),
    [
        (("circonscription", "C1"), {("circonscription", "C1"), ("uai", "E1"), ("uai", "E2")}),
        (
            ("circonscription", "C2"),
            {("circonscription", "C2"), ("uai", "E3"), ("uai", "E4"), ("commune", "N")},
        ),
        (("uai", "E4"), {("uai", "E4"), ("commune", "N")}),
        (("uai", "C1"), set()),
        (("commune", "inconnue"), set()),
    ],
)
def test_a_node_is_readable_when_all_its_schools_are_in_the_scope(
    noeud: tuple[str, str], lisibles: set[tuple[str, str]]
) -> None:
    assert resolve_portee(PUBLIEE, Portee(frozenset({noeud}))).noeuds == lisibles


def test_two_scopes_together_open_what_straddles_them() -> None:
    both = Portee(frozenset({("circonscription", "C1")})) | Portee(frozenset({("circonscription", "C2")}))

    assert resolve_portee(PUBLIEE, both).opens("commune", "M")
    assert resolve_portee(PUBLIEE, both).opens("region", "76")


def test_a_school_that_opens_under_a_node_is_readable_at_once() -> None:
    portee = Portee(frozenset({("circonscription", "C1")}))
    later = edition(*PUBLIEE.ecoles.values(), ecole("E5", "C1", "P"))

    assert not resolve_portee(PUBLIEE, portee).opens("uai", "E5")
    assert resolve_portee(later, portee).opens("uai", "E5")
    assert resolve_portee(later, portee).opens("commune", "P")


def before(uai: str, circonscription: str, commune: str) -> Ecole:
    return replace(ecole(uai, circonscription, commune), annee="2024-2025")


# E1 left the vanished C0; E9, of C1 and M, closed; E8 closed with its circonscription C8.
PASSEE = edition(
    before("E1", "C0", "M"), before("E2", "C0", "M"), before("E9", "C1", "N"), before("E8", "C8", "P"),
    ecole("E1", "C1", "M"), ecole("E2", "C2", "M"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("noeud", "lisibles"),
    [
        (("circonscription", "C1"), {("circonscription", "C1"), ("uai", "E1"), ("uai", "E9"), ("commune", "N")}),
        (("circonscription", "C8"), {("circonscription", "C8"), ("uai", "E8"), ("commune", "P")}),
        (("circonscription", "C0"), {("circonscription", "C0")}),
        (
            ("commune", "M"),
            {("commune", "M"), ("uai", "E1"), ("uai", "E2"), ("circonscription", "C0"), ("circonscription", "C2")},
        ),
        (("uai", "E8"), {("circonscription", "C8"), ("uai", "E8"), ("commune", "P")}),
    ],
)
def test_what_is_gone_is_read_by_who_read_all_the_schools_that_lay_in_it(
    noeud: tuple[str, str], lisibles: set[tuple[str, str]]
) -> None:
    assert resolve_portee(PASSEE, Portee(frozenset({noeud}))).noeuds == lisibles


def test_a_node_read_by_its_totals_is_open_and_not_in_full() -> None:
    perimetre = resolve_portee(
        PUBLIEE, Portee(frozenset({("uai", "E4")}), totaux=frozenset({("circonscription", "C2")}))
    )

    assert perimetre.opens("circonscription", "C2")
    assert not perimetre.opens_whole("circonscription", "C2")
    assert perimetre.opens_whole("uai", "E4")
    assert {noeud.territoire for noeud in perimetre.racines} == {"C2", "E4"}


def test_totals_of_everything_are_not_the_whole() -> None:
    perimetre = resolve_portee(PUBLIEE, Portee(frozenset(), totaux=None))

    assert (perimetre.tout, perimetre.entiers) == (False, frozenset())
    assert perimetre.opens("region", "76")


def test_an_empty_scope_opens_nothing() -> None:
    assert resolve_portee(PUBLIEE, RIEN).noeuds == frozenset()
    assert resolve_portee(PUBLIEE, TOUT).opens("region", "76")


def test_an_ascendant_out_of_scope_keeps_its_name_alone() -> None:
    perimetre = resolve_portee(PUBLIEE, Portee(frozenset({("uai", "E1")})))

    assert veil_noeud(Noeud("circonscription", "C1", "Lodève"), perimetre) == Noeud("circonscription", "", "Lodève")
    assert veil_noeud(Noeud("circonscription", "C1", "C1"), perimetre) == Noeud("circonscription", "", "")
    assert veil_noeud(Noeud("uai", "E1", "E1"), perimetre) == Noeud("uai", "E1", "E1")


# Places that have no name are called by their code.
SANS_NOM = {"academie": "99", "circonscription": "0349999Z", "commune": "34999", "regroupement": "RPI-9"}
FERME = Perimetre(False, frozenset(), frozenset(SANS_NOM.items()), frozenset(), ())


def test_a_place_outside_that_is_called_by_its_code_is_not_named_at_all() -> None:
    lecteur = LecteurEcoles()
    tableau = lecteur.read_tableau(lecteur.default_vue("uai", ARC_EN_CIEL.territoire))
    assert tableau.ecole is not None
    assert tableau.semblables is not None
    commune, circonscription = SANS_NOM["commune"], SANS_NOM["circonscription"]
    places = {niveau: Noeud(niveau, code, code) for niveau, code in SANS_NOM.items()}
    suivies = tuple(
        replace(suivie, commune=commune, circonscription=circonscription) for suivie in tableau.accompagnement.ecoles
    )
    fiche = replace(
        tableau.ecole,
        commune=places["commune"],
        circonscription=places["circonscription"],
        regroupement=places["regroupement"],
    )
    named = replace(
        tableau,
        ascendants=tuple(places.values()),
        ecole=fiche,
        accompagnement=replace(tableau.accompagnement, ecoles=suivies),
        semblables=replace(tableau.semblables, niveau="academie", territoire=SANS_NOM["academie"]),
    )
    veiled = veil_tableau(named, FERME)

    assert suivies
    for part in (veiled.ascendants, veiled.ecole, veiled.accompagnement, veiled.semblables):
        assert [code for code in SANS_NOM.values() if f"'{code}'" in repr(part)] == []
    assert veiled.accompagnement.ecoles[0].constats == suivies[0].constats


def test_a_child_that_straddles_the_scope_is_left_out_of_the_table() -> None:
    lecteur = LecteurEcoles()
    tableau = lecteur.read_tableau(lecteur.default_vue("circonscription", LODEVE.territoire))
    opened = Perimetre(False, frozenset({("uai", ARC_EN_CIEL.territoire)}), frozenset(), frozenset(), ())

    assert len(tableau.enfants) > 1
    assert [enfant.territoire for enfant in veil_tableau(tableau, opened).enfants] == [ARC_EN_CIEL.territoire]


def test_a_child_s_commune_outside_that_is_called_by_its_code_is_not_named() -> None:
    lecteur = LecteurEcoles()
    tableau = lecteur.read_tableau(lecteur.default_vue("circonscription", LODEVE.territoire))
    named = replace(tableau, enfants=tuple(replace(e, commune=SANS_NOM["commune"]) for e in tableau.enfants))
    opened = replace(FERME, noeuds=frozenset({("uai", ARC_EN_CIEL.territoire)}))

    assert [enfant.commune for enfant in veil_tableau(named, opened).enfants] == [""]


def test_a_map_tells_nothing_of_a_place_outside_not_even_by_the_bounds_of_its_class() -> None:
    lecteur = LecteurEcoles()
    tableau = lecteur.read_tableau(lecteur.default_vue("circonscription", LODEVE.territoire))
    assert tableau.carte is not None
    known = sorted(lieu.visites for lieu in tableau.carte.lieux if lieu.visites is not None)
    largest = next(lieu for lieu in tableau.carte.lieux if lieu.visites == known[-1])
    opened = {("uai", lieu.territoire) for lieu in tableau.carte.lieux} - {("uai", largest.territoire)}
    carte = veil_tableau(tableau, replace(FERME, noeuds=frozenset(opened))).carte

    assert carte is not None
    assert {("uai", lieu.territoire) for lieu in carte.lieux} == opened
    assert {classe.maximum for classe in carte.classes} == set(known[:-1])
    assert veil_tableau(tableau, FERME).carte is None


def public_methods() -> list[ast.FunctionDef]:
    tree = ast.parse(Path(inspect.getfile(Lecteur)).read_text("utf-8"))
    [body] = [node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Lecteur"]
    return [node for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def attributes(method: ast.FunctionDef) -> set[str]:
    return {node.attr for node in ast.walk(method) if isinstance(node, ast.Attribute)}


def test_every_public_method_of_the_reader_asks_the_scope() -> None:
    methods = {method.name: attributes(method) for method in public_methods()}
    asking = {name for name, used in methods.items() if used & {"_permis", "_perimetre"}}
    through = {name for name, other in PAR_AUTRE.items() if other in methods[name] and other in asking}

    assert methods.keys() - asking - through == SANS_NOEUD.keys()
    assert through == PAR_AUTRE.keys()
