"""Weeks of class in the engine: the table that counts read, when weeks are counted again, and weeks sealed before the cut was."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from dnma.scellement import seal_lake
from ingest.referentiels import load_annuaire, load_horaires
from marking_plan import load_plan
from metrics.engine import connect
from metrics.publication import publish
from metrics.reference import load_referentiels
from tests.engine import NOW, ingest_files, read_rows, write_annuaire, write_events, write_horaires
from tests.functional.test_oracle import DOLTO, ECOLES, LUNEL, event, local
from tests.oracle_moments import Horaires

RECEIVED, SEALED = datetime(2025, 11, 8, tzinfo=UTC), datetime(2025, 11, 28, tzinfo=UTC)
CLASS: Horaires = {DOLTO: {1: (("08:30", "12:00"),)}}
SHARED, LAST = date(2025, 10, 27), date(2025, 11, 3)  # the first of them has days in two months
SUMS = """
    select '{0}', debut, niveau, territoire, profil, coupe, sum(visites), sum(duree_s) from frequentation_{0}
    where coupe in ('total', 'moment') and visites > 0 group by all
"""


def weeks(donnees: Path, path: Path, horaires: Horaires, annee: str) -> None:
    """Load weeks of class for a school year."""
    load_horaires(donnees, write_horaires(path, horaires), annee)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Two weeks of visits of two schools; a person of both."""
    donnees = tmp_path / "donnees"
    load_annuaire(donnees, write_annuaire(tmp_path / "annuaire.csv", ECOLES), "2025-2026")
    days = ("2025-10-27", "2025-11-01", "2025-11-03", "2025-11-04")
    events = [
        event(local(f"{day}T09:00:00"), uai=uai, visiteur=v) for day in days for uai in (DOLTO, LUNEL) for v in "ab"
    ]
    ingest_files(donnees, write_events(tmp_path / "e.ndjson", events), now=RECEIVED)
    return donnees


def moments(path: Path, debut: date) -> dict[object, object]:
    """Visits of the region by moment in a week."""
    query = "select modalite, visites from frequentation_semaine where niveau = 'region' and profil = 'tous' and coupe = 'moment'"
    return dict(read_rows(path, f"{query} and debut = '{debut}'"))  # type: ignore[arg-type]


def test_the_table_has_one_row_a_half_day_in_the_agreed_columns(lake: Path, tmp_path: Path) -> None:
    weeks(lake, tmp_path / "h.csv", {DOLTO: {1: (("08:30", "12:00"), ("13:30", "16:00"))}}, "2025-2026")

    with connect() as connection:
        load_referentiels(connection, lake, ["2025-2026"])
        columns = connection.execute("select column_name, column_type from (describe semaine_ecoles)").fetchall()
        rows = connection.execute("select * from semaine_ecoles order by debut_min").fetchall()

    assert columns == [
        ("annee_scolaire", "VARCHAR"), ("uai", "VARCHAR"), ("jour_semaine", "INTEGER"), ("demi_journee", "VARCHAR"),
        ("debut_min", "INTEGER"), ("fin_min", "INTEGER"),
    ]  # fmt: skip
    assert rows == [("2025-2026", DOLTO, 1, "matin", 510, 720), ("2025-2026", DOLTO, 1, "apres_midi", 810, 960)]


@pytest.mark.parametrize(
    ("annee", "expected"), [("2023-2024", 1), ("2024-2025", 1), ("2025-2026", 1), ("2026-2027", 4)]
)
def test_a_year_without_its_own_weeks_takes_the_nearest_earlier_else_later(
    lake: Path, tmp_path: Path, annee: str, expected: int
) -> None:
    for year, day in (("2024-2025", 1), ("2026-2027", 4)):
        weeks(lake, tmp_path / "h.csv", {DOLTO: {day: (("08:30", "12:00"),)}}, year)

    with connect() as connection:
        load_referentiels(connection, lake, [annee])
        rows = connection.execute("select annee_scolaire, jour_semaine from semaine_ecoles").fetchall()

    assert rows == [(annee, expected)]


def test_open_weeks_are_counted_again_when_weeks_of_class_change(lake: Path, tmp_path: Path) -> None:
    before = publish(lake, load_plan(), politique="exacte", now=NOW)
    weeks(lake, tmp_path / "h.csv", CLASS, "2025-2026")
    after = publish(lake, load_plan(), politique="exacte", now=NOW)
    again = publish(lake, load_plan(), politique="exacte", now=NOW)

    assert (before.semaines_comptees, after.semaines_comptees, again.semaines_comptees) == (2, 2, 0)
    assert moments(before.path, LAST) == {"non_renseigne": 8}
    assert moments(after.path, LAST) == {"classe": 2, "hors_classe": 2, "non_renseigne": 4}


def test_a_day_added_to_the_holidays_counts_its_week_again_and_no_other(lake: Path, tmp_path: Path) -> None:
    weeks(lake, tmp_path / "h.csv", CLASS, "2025-2026")
    publish(lake, load_plan(), politique="exacte", now=NOW)
    bridge = replace(load_plan(), vacances_ajoutees=(LAST,))

    after = publish(lake, bridge, politique="exacte", now=NOW)

    assert after.semaines_comptees == 1
    assert moments(after.path, LAST) == {"hors_classe": 4, "non_renseigne": 4}


def test_sealed_weeks_keep_their_moments_when_weeks_of_class_change(lake: Path, tmp_path: Path) -> None:
    weeks(lake, tmp_path / "h.csv", CLASS, "2025-2026")
    seal_lake(lake, lake.with_name("donnees.cles"), load_plan(), SEALED)
    weeks(lake, tmp_path / "h.csv", {LUNEL: {1: (("08:30", "12:00"),)}}, "2025-2026")

    path = publish(lake, load_plan(), politique="exacte", now=NOW).path

    assert moments(path, LAST) == {"classe": 2, "hors_classe": 2, "non_renseigne": 4}


def forget_moments(lake: Path, kept: Callable[[Path], bool]) -> None:
    """Leave the counts kept in the lake as they were before the cut existed."""
    for path in (lake / "cubes").glob("semaine=*/*.parquet"):
        if path.name in ("ecoles.parquet", "partages.parquet") and kept(path):
            pl.read_parquet(path).filter(pl.col("coupe") != "moment").write_parquet(path)
    shutil.rmtree(lake / "publication", ignore_errors=True)


@pytest.mark.parametrize("forgotten", [(SHARED, LAST), (SHARED,)])
def test_a_week_sealed_before_the_cut_existed_is_unknown_in_it_never_zero(
    lake: Path, tmp_path: Path, forgotten: tuple[date, ...]
) -> None:
    weeks(lake, tmp_path / "h.csv", CLASS, "2025-2026")
    seal_lake(lake, lake.with_name("donnees.cles"), load_plan(), SEALED)
    forget_moments(lake, lambda path: date.fromisoformat(path.parent.name.removeprefix("semaine=")) in forgotten)

    path = publish(lake, load_plan(), politique="exacte", now=NOW).path

    assert moments(path, SHARED) == {"non_renseigne": 8}
    assert ("classe" in moments(path, LAST)) == (LAST not in forgotten)
    sums = {
        row[:6]: row[6:] for periode in ("semaine", "mois", "annee") for row in read_rows(path, SUMS.format(periode))
    }
    assert {key[:5]: total for key, total in sums.items() if key[5] == "moment"} == {
        key[:5]: total for key, total in sums.items() if key[5] == "total"
    }


def test_persons_of_a_week_sealed_before_the_cut_are_those_of_its_total(lake: Path) -> None:
    seal_lake(lake, lake.with_name("donnees.cles"), load_plan(), SEALED)
    forget_moments(lake, lambda _: True)

    path = publish(lake, load_plan(), politique="exacte", now=NOW).path

    query = "select niveau, territoire, profil, utilisateurs from frequentation_semaine where visites > 0 and coupe = '{}' order by all"
    assert read_rows(path, query.format("moment")) == read_rows(path, query.format("total"))
