"""The map says what its table says, each state has a sign, and what is not on it is said in words."""

from dataclasses import replace

import plotly.graph_objects as go
from dash.development.base_component import Component

from dashboards import figures, palette, tables
from dashboards.blocs import bloc_carte
from dashboards.board import Board
from dashboards.demande import Demande
from dashboards.phrases import carte as phrases
from dashboards.render import render_page
from marking_plan import MarkingPlan
from metrics.tableau import Carte, Classe, Noeud, Tableau
from tests.dashboards.fake_lecteur import ACADEMIE, FORMULE, LODEVE, FakeLecteur
from tests.dashboards.test_board_pages import text_of

ETATS = ("secret", "non_recu", "non_ouverte")


def _tableau(lecteur: FakeLecteur, noeud: Noeud) -> Tableau:
    return lecteur.read_tableau(lecteur.default_vue(noeud.niveau, noeud.territoire))


def _carte(lecteur: FakeLecteur, noeud: Noeud) -> Carte:
    carte = _tableau(lecteur, noeud).carte
    assert carte is not None
    return carte


def _ids(contenu: list[Component]) -> list[str]:
    return [str(getattr(partie, "id", "")) for partie in contenu]


def _dit(tableau: Tableau, plan: MarkingPlan) -> str:
    assert tableau.carte is not None
    return (
        text_of(bloc_carte(Board(tableau, Demande(tableau.vue)), tableau.carte, plan))
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
    )


def test_points_hold_the_visits_of_the_table(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = _tableau(lecteur, LODEVE)
    traces = go.Figure(figures.figure_carte(_carte(lecteur, LODEVE))).data
    points = {uai: visites for trace in traces for uai, visites in (trace.customdata or ())}

    table = tables.enfants(tableau, plan)
    rang = [colonne.titre for colonne in table.colonnes].index(plan.indicateur("visites").libelle)
    assert points == {
        ligne.cellules[0]: None if isinstance(ligne.cellules[rang], tables.Manque) else ligne.cellules[rang]
        for ligne in table.lignes
    }


def test_contours_are_coloured_by_the_class_of_their_visits(lecteur: FakeLecteur) -> None:
    carte = _carte(lecteur, ACADEMIE)
    formes = {
        trace.name: trace.fillcolor for trace in go.Figure(figures.figure_carte(carte)).data if trace.fill == "toself"
    }
    couleurs = [palette.CLASSES[teinte] for teinte in figures.teintes(carte)]

    assert formes == {lieu.territoire: couleurs[lieu.classe or 0] for lieu in carte.lieux}


def test_a_masked_school_has_the_sign_that_the_series_gives_it(lecteur: FakeLecteur) -> None:
    traces = {trace.name: trace for trace in go.Figure(figures.figure_carte(_carte(lecteur, LODEVE))).data}

    masquees = [
        replace(p, visites=None, etat=etat) for p, etat in zip(_tableau(lecteur, LODEVE).serie, ETATS, strict=False)
    ]
    serie = {trace.name: trace for trace in go.Figure(figures.figure_serie(tuple(masquees))).data}

    assert traces["secret"].marker.symbol == serie["secret"].marker.symbol
    assert {etat: serie[etat].marker.symbol for etat in ETATS} == figures.SYMBOLES_ETATS
    assert [code for code, _ in traces["secret"].customdata] == [FORMULE.territoire]


def test_the_strongest_colour_is_always_the_largest_class() -> None:
    for nombre, teintes in palette.TEINTES.items():
        assert len(teintes) == nombre
        assert teintes[-1] == len(palette.CLASSES) - 1
        assert list(teintes) == sorted(set(teintes))


def test_the_block_says_figures_states_and_what_is_missing(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    dit = _dit(_tableau(lecteur, LODEVE), plan)

    assert "3 écoles" in dit
    assert plan.libelle("etat", "secret") in dit
    assert "1 territoire n’a pas de coordonnées" in dit
    assert "Contours : IGN." in dit


def test_a_board_has_a_map_where_two_of_its_children_can_be_placed(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    avec, sans = (
        render_page(lecteur, plan, f"/territoire/{chemin}", "") for chemin in ("departement/034", "region/76")
    )

    assert [section for section in _ids(avec.contenu) if section in ("enfants", "carte")] == ["enfants", "carte"]
    assert [section for section in _ids(sans.contenu) if section in ("enfants", "carte")] == ["enfants"]


def test_a_map_without_any_figure_says_so(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    carte = _carte(lecteur, LODEVE)
    muette = replace(
        carte, classes=(), lieux=tuple(replace(p, visites=None, classe=None, etat="secret") for p in carte.lieux)
    )

    assert "sans visite publiée" in phrases.resume_carte(muette, plan)
    assert figures.teintes(muette) == ()


def test_a_class_of_one_value_reads_as_one_number() -> None:
    assert figures.bornes(Classe(7, 7)) == "7"
    assert figures.bornes(Classe(7, 1200)) == "7 à 1\u202f200"
