"""Charts hold the Tableau's numbers, and marks that can be told apart."""

import re
from dataclasses import replace
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboards import figures, palette, tables
from dashboards.blocs import bloc_creneaux
from dashboards.board import Board
from dashboards.demande import Demande
from dashboards.phrases.creneaux import resume_creneaux
from marking_plan import MarkingPlan
from metrics.tableau import Coupe, Noeud, Part, Tableau
from tests.dashboards.fake_lecteur import ARC_EN_CIEL, DOLTO, HERAULT, FakeLecteur
from tests.dashboards.test_board_pages import text_of

CSS = Path(palette.__file__).parent / "assets" / "board.css"


def _tableau(lecteur: FakeLecteur, noeud: Noeud) -> Tableau:
    return lecteur.read_tableau(lecteur.default_vue(noeud.niveau, noeud.territoire))


@pytest.mark.parametrize("noeud", [HERAULT, DOLTO, ARC_EN_CIEL])
def test_bars_hold_the_visits_of_the_table(lecteur: FakeLecteur, plan: MarkingPlan, noeud: Noeud) -> None:
    tableau = _tableau(lecteur, noeud)
    figure = go.Figure(figures.figure_serie(tableau.serie))
    barres = {x: y for trace in figure.data if trace.type == "bar" for x, y in zip(trace.x, trace.y, strict=True)}
    lignes = tables.serie(tableau, plan).lignes
    assert barres == {ligne.cellules[0]: ligne.cellules[1] for ligne in lignes if ligne.cellules[1] is not None}


def test_each_state_without_figure_has_its_own_mark(lecteur: FakeLecteur) -> None:
    traces = go.Figure(figures.figure_serie(_tableau(lecteur, ARC_EN_CIEL).serie)).data
    absents = {t.name for t in traces if t.type == "scatter" and t.mode == "markers"}
    assert absents == {"non_recu", "non_ouverte"}
    assert len(set(figures.SYMBOLES_ETATS.values())) == len(figures.SYMBOLES_ETATS)


def test_holidays_are_shaded_in_both_panels(lecteur: FakeLecteur) -> None:
    serie = _tableau(lecteur, HERAULT).serie
    assert len(go.Figure(figures.figure_serie(serie)).layout.shapes) == 2 * sum(p.vacances for p in serie)


def test_an_unsure_week_is_hollow_and_says_why_by_its_pattern(lecteur: FakeLecteur) -> None:
    traces = {t.name: t for t in go.Figure(figures.figure_serie(_tableau(lecteur, HERAULT).serie)).data}
    unsure = [traces["incomplete"], traces["provisoire"]]
    assert [t.marker.color for t in unsure] == [palette.TRANSPARENT] * 2
    assert [len(t.x) for t in unsure] == [1, 1]
    assert len({t.marker.pattern.shape for t in unsure}) == 2


def test_the_heat_map_holds_the_visits_of_its_table(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = _tableau(lecteur, HERAULT)
    z = go.Figure(figures.figure_creneaux(tableau.creneaux)).data[0].z
    lignes = tables.creneaux(tableau, plan).lignes
    assert [list(ligne.cellules[1:]) for ligne in lignes] == [list(colonne) for colonne in zip(*z, strict=True)]


def test_a_masked_hour_has_its_sign_on_the_heat_map_and_its_state_in_the_table(
    lecteur: FakeLecteur, plan: MarkingPlan
) -> None:
    tableau = _tableau(lecteur, HERAULT)
    creneaux = tuple(replace(c, visites=None) if (c.jour, c.heure) == (2, 9) else c for c in tableau.creneaux)
    carte, masques = go.Figure(figures.figure_creneaux(creneaux)).data
    assert (carte.z[1][9], masques.x, masques.y) == (None, (9,), ("mardi",))
    assert tables.creneaux(replace(tableau, creneaux=creneaux), plan).lignes[9].cellules[2] == "secret statistique"


def test_the_busiest_hour_is_not_named_where_what_no_hour_tells_may_be_busier(lecteur: FakeLecteur) -> None:
    creneaux = _tableau(lecteur, HERAULT).creneaux
    known = resume_creneaux(creneaux, Coupe(secrets=("2-09",), reste=3))
    unknown = resume_creneaux(creneaux, Coupe(secrets=("2-09",), reste=10**6, part_reste=0.81))
    assert known.startswith("Le moment le plus fréquenté est le")
    assert unknown.startswith(
        "81\u202f% des visites ne sont pas détaillées par heure\u202f: on ne sait pas quel moment vient en tête."
    )


def test_shares_by_moment_stand_before_the_hours(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = replace(_tableau(lecteur, HERAULT), moments=(Part("classe", 20, 0.2, None, None),))
    texte = text_of(bloc_creneaux(Board(tableau, Demande(tableau.vue)), plan))
    assert texte.index("En classe") < texte.index("Heure par heure")


@pytest.mark.parametrize("couleur", [palette.VISITES, palette.UTILISATEURS, palette.NEUTRE])
def test_marks_keep_three_to_one_on_both_grounds(couleur: str) -> None:
    fonds = re.findall(r"--fond: (#\w{6});", CSS.read_text(encoding="utf-8"))
    assert len(fonds) == 2
    assert all(_contrast(couleur, fond) >= 3 for fond in fonds)


def _contrast(une: str, autre: str) -> float:
    bas, haut = sorted((_luminance(une), _luminance(autre)))
    return (haut + 0.05) / (bas + 0.05)


def _luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_no_chart_can_be_sent_away() -> None:
    assert figures.CONFIG["showSendToCloud"] is False
    assert figures.CONFIG["displayModeBar"] is False
