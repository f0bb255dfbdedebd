"""Schools under a node go by one name everywhere, and have the rate that their own boards show."""

from pathlib import Path

import pytest

from ingest.referentiels import load_annuaire
from marking_plan import load_plan
from metrics.lecture import Lecteur
from metrics.publication import publish
from metrics.tableau import Vue
from tests.engine import EVENT, NOW, ingest_files, read_rows, write_annuaire, write_events
from tests.metrics.test_lecture_ecoles import ECOLE, ECOLES, PLACE, WEEKS, children, make_lake, published, read

NOM = "Ecole élémentaire ARC EN CIEL"
USUEL = "École élémentaire Arc en Ciel"


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_lake(tmp_path_factory.mktemp("exact"), ECOLES, "exacte")


def test_children_have_the_rate_that_their_own_boards_show(exact: Path) -> None:
    rates = {uai: (enfant.taux, enfant.etat_taux) for uai, enfant in children(exact, "eleve").items()}
    own = read(exact, "uai", ECOLE, "eleve").taux[0]
    rows = published(
        exact,
        "select territoire, numerateur / denominateur, etat from taux "
        "where niveau = 'uai' and periode = 'semaine' and profil = 'eleve' and debut = '2025-11-10'",
    )

    assert rates == {uai: (taux, etat) for uai, taux, etat in rows}
    assert rates[ECOLE] == (own.taux, own.etat) == (0.04, "valeur")


def test_children_have_no_rate_where_the_board_has_none(exact: Path) -> None:
    constant = Vue("circonscription", "0341000C", WEEKS[0], WEEKS[-1], perimetre="constant")
    found = Lecteur(exact, load_plan()).read_tableau(constant).enfants

    assert {enfant.etat_taux for enfant in found} == {""}


def test_the_file_boards_and_search_call_a_school_alike_and_the_file_keeps_the_annuaires_name(tmp_path: Path) -> None:
    donnees, place = tmp_path / "donnees", {**PLACE, "nom": NOM}
    load_annuaire(donnees, write_annuaire(tmp_path / "a.csv", [{"uai": ECOLE, **place}]), "2025-2026")
    ingest_files(donnees, write_events(tmp_path / "e.ndjson", [{**EVENT, "uai": ECOLE}]))
    path = publish(donnees, load_plan(), politique="exacte", now=NOW).path
    lecteur = Lecteur(donnees, load_plan())

    assert read_rows(path, "select nom, nom_usuel from ecoles") == [(NOM, USUEL)]
    assert lecteur.read_tableau(lecteur.default_vue("uai", ECOLE)).noeud.nom == USUEL
    assert [t.noeud.nom for tape in (NOM, USUEL) for t in lecteur.search(tape)] == [USUEL, USUEL]


def test_territories_are_called_alike_in_the_file_and_on_boards(exact: Path) -> None:
    rows = published(exact, "select niveau, territoire, nom_usuel from territoires")
    lecteur = Lecteur(exact, load_plan())
    above = read(exact, "uai", ECOLE).ascendants

    assert {(n.niveau, n.territoire, n.nom) for n in above} <= set(rows)
    assert lecteur.racine().nom in {nom for _, _, nom in rows}
