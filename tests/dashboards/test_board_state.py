"""The address is the state of a board."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import state
from dashboards.demande import Demande, parse_demande
from dashboards.state import Route, parse_champs, parse_route
from marking_plan import MarkingPlan, load_plan
from marking_plan.semaines import annee_scolaire, bounds, month_bounds
from metrics.tableau import ANNEE, MOIS, SEMAINE, AnneeOffre, Offre, ProfilPublie, Vue

TOUS = ProfilPublie("tous", True, True, True)
ELEVE = ProfilPublie("eleve", True, True, False)
PARENTS = ProfilPublie("parents", False, True, False)


def _annee(debut: date, fin: date, mois: tuple[date, ...], finie: bool) -> AnneeOffre:
    semaines = tuple(debut + timedelta(weeks=rang) for rang in range((fin - debut).days // 7 + 1))
    return AnneeOffre(annee_scolaire(debut), semaines, mois, (TOUS, ELEVE, PARENTS), finie)


OFFRE = Offre(
    annees=(
        _annee(date(2024, 9, 2), date(2025, 6, 30), tuple(date(2025, m, 1) for m in range(1, 7)), True),
        _annee(date(2025, 9, 1), date(2025, 12, 15), tuple(date(2025, m, 1) for m in range(9, 13)), False),
    ),
    niveaux=("circonscription", "commune", "uai"),
    dernier_mois=date(2025, 11, 1),
)
DEFAUT = Vue("departement", "034", date(2025, 9, 1), date(2025, 12, 15))


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


def _read(champs: dict[str, str], defaut: Vue = DEFAUT) -> Demande:
    return parse_demande(champs, OFFRE, defaut, load_plan())


@st.composite
def vues(draw: st.DrawFn) -> Vue:
    """Any view that the offer holds."""
    annee = draw(st.sampled_from(OFFRE.annees))
    periode = draw(st.sampled_from([SEMAINE, MOIS, ANNEE]))
    if periode == SEMAINE:
        du, au = sorted((draw(st.sampled_from(annee.semaines)), draw(st.sampled_from(annee.semaines))))
    else:
        du, au = month_bounds(draw(st.sampled_from(annee.mois))) if periode == MOIS else bounds(annee.annee)
    perimetre = draw(st.sampled_from([state.REEL, state.CONSTANT]))
    profil = draw(st.sampled_from(["tous", "eleve", "parents"]))
    services = [""] if profil == "parents" or perimetre == state.CONSTANT else ["", "accueil", "cahier_textes"]
    return Vue(
        "departement", "034", du, au, profil, periode, draw(st.sampled_from(services)),
        draw(st.sampled_from(["", "commune", "uai"])), perimetre,
    )  # fmt: skip


@given(vues())
def test_every_view_survives_the_round_trip_through_its_address(vue: Vue) -> None:
    assert _read(parse_champs(state.href_vue(vue).partition("?")[2])) == Demande(vue)


@given(st.dictionaries(st.sampled_from(["annee", "periode", "du", "au", "mois", "profil", "service", "detail", "perimetre"]), st.text(max_size=12)))  # fmt: skip
def test_no_address_fails_nor_asks_for_what_is_not_published(champs: dict[str, str]) -> None:
    demande = _read(champs)
    assert _read(parse_champs(state.href_vue(demande.vue).partition("?")[2])).vue == demande.vue


@pytest.mark.parametrize(
    "champs",
    [
        {"du": "hier"},
        {"du": "2025-10-07"},
        {"du": "2026-01-05"},
        {"du": "2025-10-06", "au": "2025-09-08"},
        {"annee": "1999-2000"},
        {"periode": "siecle"},
        {"profil": "fantome"},
        {"service": "fantome"},
        {"detail": "planete"},
        {"perimetre": "fantome"},
    ],
)
def test_an_unknown_value_falls_back_with_a_word(champs: dict[str, str]) -> None:
    demande = _read(champs)
    assert demande.vue == DEFAUT
    assert len(demande.avertissements) == 1


def test_another_school_year_alone_is_read_whole() -> None:
    vue = _read({"annee": "2024-2025"}).vue
    assert (vue.periode, vue.du, vue.au) == (SEMAINE, date(2024, 9, 2), date(2025, 6, 30))


def test_weeks_of_another_year_than_the_chosen_one_bring_the_chosen_year() -> None:
    demande = _read({"annee": "2024-2025", "du": "2025-09-01", "au": "2025-12-15"})
    assert demande.vue.du == date(2024, 9, 2)
    assert "n’est pas publiée pour 2024-2025" in demande.avertissements[0]


def test_a_month_that_is_not_published_brings_one_that_is() -> None:
    demande = _read({"periode": "mois", "mois": "2025-08"})
    assert demande.vue.du == date(2025, 12, 1)
    assert "décembre 2025 est affiché" in demande.avertissements[0]


def test_fields_of_another_kind_of_period_are_ignored() -> None:
    demande = _read(
        {"annee": "2025-2026", "periode": "mois", "mois": "2025-10", "du": "2025-09-01", "au": "2025-12-15"}
    )
    assert demande == Demande(replace(DEFAUT, periode=MOIS, du=date(2025, 10, 1), au=date(2025, 10, 31)))


def test_a_profil_without_figures_brings_everybody() -> None:
    demande = _read({"profil": "parent_elu"})
    assert demande.vue.profil == "tous"
    assert "n’a pas de chiffre publié ici" in demande.avertissements[0]


def test_a_service_whose_weeks_are_not_published_brings_every_visit() -> None:
    demande = _read({"profil": "parents", "service": "accueil"})
    assert demande.vue == replace(DEFAUT, profil="parents")
    assert "ne sont pas publiées par semaine" in demande.avertissements[0]


def test_a_school_has_no_constant_perimeter() -> None:
    demande = _read({"perimetre": "constant"}, replace(DEFAUT, niveau="uai", territoire="0340585B"))
    assert demande.vue.perimetre == state.REEL
    assert len(demande.avertissements) == 1


def test_from_a_territorys_weeks_a_school_opens_on_its_own_period(plan: MarkingPlan) -> None:
    del plan
    assert state.href_noeud("uai", "0340585B", DEFAUT) == "/ecole/0340585B?profil=tous"
    assert "du=2025-09-01" in state.href_noeud("commune", "34194", DEFAUT)
