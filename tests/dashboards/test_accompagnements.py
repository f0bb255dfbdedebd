"""What was done for a school is marked on its series, named under it and in its table; the list of schools tells the last."""

from dataclasses import replace
from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from dashboards import blocs, figures, tables
from dashboards.board import Board
from dashboards.demande import Demande
from marking_plan import MarkingPlan
from metrics.tableau import Accompagnement, Action, Constat, EcoleSuivie, Tableau
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, LODEVE, FakeLecteur
from tests.dashboards.test_board_pages import text_of

CONSTAT = Constat("donnees_manquantes", None, 1, 4, None, None, 1)


@pytest.fixture
def tableau(lecteur: FakeLecteur) -> Tableau:
    """A school's board whose second week had a visit on its Tuesday."""
    lu = lecteur.read_tableau(lecteur.default_vue(ARC_EN_CIEL.niveau, ARC_EN_CIEL.territoire))
    return replace(lu, actions=(Action(lu.serie[1].debut + timedelta(days=1), "visite"),))


def test_it_is_drawn_as_a_named_mark(tableau: Tableau) -> None:
    layout = go.Figure(figures.figure_serie(tableau.serie, (), tableau.actions)).layout
    assert [note.x for note in layout.annotations if note.text == "A1"] == [tableau.actions[0].jour]
    assert [shape.line.dash for shape in layout.shapes if shape.type == "line"] == ["dot", "dot"]


def test_it_is_named_under_the_chart_with_its_day(tableau: Tableau, plan: MarkingPlan) -> None:
    texte = text_of(blocs.bloc_serie(Board(tableau, Demande(tableau.vue)), plan))
    assert "A1 – Visite de l’école" in texte
    assert "A1" not in text_of(blocs.bloc_serie(Board(replace(tableau, actions=()), Demande(tableau.vue)), plan))


def test_its_week_bears_it_in_the_table(tableau: Tableau, plan: MarkingPlan) -> None:
    remarques = [str(ligne.cellules[-1]) for ligne in tables.serie(tableau, plan).lignes]
    assert ["visite de l’école" in remarque for remarque in remarques[:3]] == [False, True, False]


def listed(lecteur: FakeLecteur, suivi: bool) -> Tableau:
    ecoles = tuple(
        EcoleSuivie(uai, uai, None, "Lodève", LODEVE.nom, (CONSTAT,), derniere)
        for uai, derniere in (("0340585B", None), ("0342332A", Action(date(2025, 10, 14), "formation")))
    )
    tableau = lecteur.read_tableau(lecteur.default_vue(LODEVE.niveau, LODEVE.territoire))
    return replace(tableau, accompagnement=Accompagnement(date(2025, 10, 6), ecoles, (), suivi))


def test_the_list_says_the_last_thing_done_for_each_school(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    table = tables.accompagnement(listed(lecteur, suivi=True), plan)
    rang = [colonne.titre for colonne in table.colonnes].index("Dernier accompagnement")
    assert [ligne.cellules[rang] for ligne in table.lignes] == [
        "Rien d’enregistré",
        "Formation, 14\u00a0oct.\u00a02025",
    ]


def test_the_list_has_no_such_column_for_who_may_not_know(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    table = tables.accompagnement(listed(lecteur, suivi=False), plan)
    assert "Dernier accompagnement" not in [colonne.titre for colonne in table.colonnes]
    assert {len(ligne.cellules) for ligne in table.lignes} == {len(table.colonnes)}
