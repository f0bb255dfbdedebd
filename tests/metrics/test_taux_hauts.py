"""Rates held in memory from the circonscription up are the rows of the file."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from marking_plan import load_plan
from metrics.lecture.parts import TAUX, Ligne
from metrics.lecture.taux_hauts import TauxHauts, load_taux_hauts
from metrics.tableau import Vue
from tests.metrics.petite_publication import empty_tables

NOW, BEFORE, CONSTATE = date(2025, 10, 6), date(2024, 10, 7), date(2025, 9, 1)
VUE = Vue("circonscription", "0341000C", NOW, NOW)
ROWS = """
    ('semaine', ?, 'circonscription', '0341000C', 'eleve', 'comptes_ouverts', 12, 40, ?, 'valeur', 3, 1, 0, 2, 0, false, false),
    ('semaine', ?, 'circonscription', '0341000C', 'eleve', 'comptes_ouverts', 10, 40, ?, 'valeur', 3, 0, 0, 0, 0, false, false),
    ('semaine', ?, 'circonscription', '0341000C', 'parents', 'eleves_onde', null, null, ?, 'secret', 3, 0, 1, 0, 0, false, true),
    ('semaine', ?, 'uai', '0342332A', 'eleve', 'comptes_ouverts', 5, 9, ?, 'valeur', 1, 0, 0, 0, 0, false, false)
"""


@pytest.fixture(scope="module")
def taux() -> Iterator[TauxHauts]:
    with empty_tables() as connection:
        _fill(connection)
        yield load_taux_hauts(connection, load_plan())


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    columns = (
        "periode, debut, niveau, territoire, profil, base, numerateur, denominateur, constate_le, etat, ecoles, ecoles_sans_effectif, "
        "ecoles_non_recues, ecoles_preelementaire, preelementaire_compris, depasse_effectif, pour_100_eleves"
    )
    jours = [NOW, CONSTATE, BEFORE, CONSTATE, NOW, CONSTATE, NOW, CONSTATE]
    connection.execute(f"insert into taux ({columns}) values {ROWS}", jours)  # noqa: S608 - a list of columns


def test_a_rate_is_read_with_all_that_its_row_says(taux: TauxHauts) -> None:
    eleve = ("valeur", 12, 40, None, NOW, "comptes_ouverts", CONSTATE, False, False, 1, 0, 2)
    assert taux.read(VUE, ["eleve"], [NOW]) == [Ligne(TAUX, "eleve", *eleve)]


def test_a_masked_rate_has_its_state_and_no_figure(taux: TauxHauts) -> None:
    parents = ("secret", None, None, None, NOW, "eleves_onde", CONSTATE, False, True, 0, 1, 0)
    assert taux.read(VUE, ["parents"], [NOW]) == [Ligne(TAUX, "parents", *parents)]


def test_the_rate_of_last_year_stands_beside(taux: TauxHauts) -> None:
    assert [(ligne.debut, ligne.visites) for ligne in taux.read(VUE, ["eleve"], [NOW, BEFORE])] == [
        (NOW, 12),
        (BEFORE, 10),
    ]


def test_schools_are_left_to_the_file(taux: TauxHauts) -> None:
    assert taux.read(Vue("uai", "0342332A", NOW, NOW), ["eleve"], [NOW]) == []
