"""A region's schools are thousands: the page shows the first ones and says so, the file holds them all."""

from dataclasses import replace

from dashboards import tables
from dashboards.blocs import bloc_carte, bloc_enfants
from dashboards.blocs.carte import LIEUX_MAX
from dashboards.blocs.enfants import MONTRES
from dashboards.board import Board
from dashboards.demande import Demande
from marking_plan import MarkingPlan
from metrics.tableau import Tableau
from tests.dashboards.fake_lecteur import LODEVE, FakeLecteur
from tests.dashboards.test_board_pages import text_of


def _tableau(lecteur: FakeLecteur, enfants: int) -> Tableau:
    """A board whose first child is repeated."""
    tableau = lecteur.read_tableau(lecteur.default_vue(LODEVE.niveau, LODEVE.territoire))
    premier = tableau.enfants[0]
    return replace(tableau, enfants=tuple(replace(premier, nom=f"École n° {rang:05}") for rang in range(enfants)))


def _page(tableau: Tableau, plan: MarkingPlan) -> str:
    return text_of(bloc_enfants(Board(tableau, Demande(tableau.vue)), plan)).replace("\u202f", " ")


def test_the_page_shows_the_first_rows_and_says_how_many_there_are(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = _tableau(lecteur, 4520)
    page = _page(tableau, plan)

    assert f"École n° {MONTRES - 1:05}" in page
    assert f"École n° {MONTRES:05}" not in page
    assert f"Les {MONTRES} premières lignes sur 4 520 sont montrées" in page
    assert len(tables.TABLES["enfants"](tableau, plan).lignes) == 4520


def test_a_list_that_fits_is_shown_whole_without_a_word(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    page = _page(_tableau(lecteur, MONTRES), plan)

    assert f"École n° {MONTRES - 1:05}" in page
    assert "premières lignes" not in page


def test_too_many_places_are_told_and_not_drawn(lecteur: FakeLecteur, plan: MarkingPlan) -> None:
    tableau = lecteur.read_tableau(lecteur.default_vue(LODEVE.niveau, LODEVE.territoire))
    assert tableau.carte is not None
    carte = replace(tableau.carte, lieux=tableau.carte.lieux[:1] * (LIEUX_MAX + 1))

    dite = text_of(bloc_carte(Board(tableau, Demande(tableau.vue)), carte, plan))

    assert "1\u202f001\u00a0écoles" in dite
    assert "trop de points pour une carte lisible" in dite
