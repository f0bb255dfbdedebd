"""The address is the state of a board."""

from dataclasses import replace
from datetime import date

import pytest

from dashboards import state
from dashboards.state import Demande, Route, parse_champs, parse_demande, parse_route
from metrics.tableau import Periode, Vue

DEFAUT = Vue("departement", "034", date(2025, 9, 1), date(2025, 12, 15))
PROFILS = {"tous", "eleve"}


@pytest.mark.parametrize(
    ("chemin", "route"),
    [
        ("/", Route("accueil")),
        (None, Route("accueil")),
        ("/recherche", Route("recherche")),
        ("/definitions", Route("definitions")),
        ("/territoire/departement/034", Route("noeud", "departement", "034")),
        ("/ecole/0342332a", Route("noeud", "uai", "0342332A")),
        ("/territoire/uai/0342332A", None),
        ("/territoire/departement", None),
        ("/nulle/part", None),
    ],
)
def test_a_path_names_one_page_or_none(chemin: str | None, route: Route | None) -> None:
    assert parse_route(chemin) == route


def test_a_view_survives_the_round_trip_through_its_address() -> None:
    vue = replace(DEFAUT, du=date(2025, 10, 6), profil="eleve")
    champs = parse_champs(state.href_noeud(vue.niveau, vue.territoire, vue).partition("?")[2])
    assert parse_demande(champs, DEFAUT, PROFILS) == Demande(vue)


@pytest.mark.parametrize("champs", [{"du": "hier"}, {"du": "2025-10-07"}, {"profil": "fantome"}, {"du": "2026-01-05"}])
def test_an_unknown_value_falls_back_with_a_word(champs: dict[str, str]) -> None:
    demande = parse_demande(champs, DEFAUT, PROFILS)
    assert demande.vue == DEFAUT
    assert len(demande.avertissements) == 1


def test_an_unpublished_week_brings_the_whole_span() -> None:
    demande = Demande(replace(DEFAUT, du=date(2024, 9, 2)))
    possible = state.fit_periode(demande, DEFAUT, Periode((DEFAUT.du, DEFAUT.au), ("eleve",)))
    assert possible.vue == DEFAUT
    assert "n’est pas publiée" in possible.avertissements[0]


def test_a_profil_without_figures_brings_everybody() -> None:
    demande = Demande(replace(DEFAUT, profil="parent_elu"))
    possible = state.fit_periode(demande, DEFAUT, Periode((DEFAUT.du, DEFAUT.au), ("eleve",)))
    assert possible.vue.profil == "tous"
