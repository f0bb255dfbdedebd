"""What a publication holds besides counts: spine, states, perimeter, comments, pointer, and the simulated truth."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from bench.requetes import count_queries
from bench.simulation.simulate import simulate
from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.referentiels import load_annuaire, load_couverture, load_deploiement, load_effectifs
from ingest.reprise import retract_lot
from ingest.sources import find_sources
from marking_plan import load_plan
from marking_plan.schema import load_tables
from metrics.ecriture import Ecriture
from metrics.errors import LacIllisible, PolitiqueInconnue, PublicationAbsente, TerritoireInconnu
from metrics.lecture import Lecteur
from metrics.periodes import Periode
from metrics.publication import publish
from metrics.store import current_publication
from metrics.tableau import Vue
from tests.engine import NOW, ingest_files, read_rows, write_annuaire, write_events
from tests.interruption import copy_lake

DOLTO, ARC_EN_CIEL, LUNEL = "0340585B", "0342332A", "0340001S"
PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C", "commune": "34194"}
ECOLES = [{"uai": uai, **PLACE} for uai in (DOLTO, ARC_EN_CIEL, LUNEL)]
WEEK, NEXT, LAST = date(2025, 10, 6), date(2025, 10, 13), date(2025, 11, 3)


def event(day: date, uai: str, platform: str = "A") -> dict[str, object]:
    return {"instant": f"{day}T10:00:00+02:00", "uai": uai, "visiteur": "v", "plateforme": platform}


def make_lake(folder: Path) -> Path:
    """Two schools of platform A, one opened late; DOLTO comes both weeks, LUNEL's ENT opens in the last one."""
    donnees = folder / "donnees"
    load_annuaire(donnees, write_annuaire(folder / "a.csv", ECOLES), "2025-2026")
    rows = [f"2025-2026;{DOLTO};2025-09-01;2025-09-01", f"2025-2026;{ARC_EN_CIEL};2025-09-01;2025-09-01"]
    rows.append(f"2025-2026;{LUNEL};2025-09-01;2025-11-03")
    (folder / "p.csv").write_text("\n".join(["annee_scolaire;uai;inscrite_le;ouverte_le", *rows]))
    load_deploiement(donnees, folder / "p.csv")
    ingest_files(donnees, write_events(folder / "e.ndjson", [event(day, DOLTO) for day in (WEEK, LAST)]))
    return donnees


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """That lake, for one test."""
    return make_lake(tmp_path)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That lake once published, to be read only."""
    donnees = make_lake(tmp_path_factory.mktemp("lu"))
    publish(donnees, load_plan(), politique="exacte", now=NOW)
    return donnees


@pytest.fixture(scope="module")
def published(read: Path) -> Path:
    """What is published of it, to be read only."""
    return current_publication(read)


@pytest.fixture
def again(read: Path, tmp_path: Path) -> Path:
    """That lake once published, for one test that goes on from there."""
    return copy_lake(read, tmp_path)


def states(path: Path) -> dict[tuple[object, object], object]:
    query = "select debut, territoire, etat from frequentation_semaine where niveau = 'uai' and profil = 'tous' and coupe = 'total'"
    return {(debut, uai): etat for debut, uai, etat in read_rows(path, query)}


def test_every_open_school_has_a_row_each_week_with_its_state(published: Path) -> None:
    found = states(published)

    assert [found[WEEK, uai] for uai in (DOLTO, ARC_EN_CIEL, LUNEL)] == ["valeur", "presume", "non_ouverte"]
    assert [found[NEXT, uai] for uai in (DOLTO, ARC_EN_CIEL)] == ["non_recu", "non_recu"]
    assert found[LAST, LUNEL] == "presume"


def test_a_declared_delivery_makes_a_zero_certain(lake: Path, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(f"jour;uai\n{WEEK};{ARC_EN_CIEL}\n")
    load_couverture(lake, tmp_path / "c.csv")

    path = publish(lake, load_plan(), politique="exacte", now=NOW).path

    query = f"select visites, utilisateurs, etat from v_ecole_semaine where uai = '{ARC_EN_CIEL}' and debut = '{WEEK}'"  # noqa: S608
    assert read_rows(path, query) == [(0, 0, "valeur")]


def test_measures_are_null_exactly_where_nothing_is_known(published: Path) -> None:
    query = "select distinct etat in ('valeur', 'presume') = (visites is not null) from frequentation_semaine"
    assert read_rows(published, query) == [(True,)]


def test_the_perimeter_counts_enrolled_open_measured_and_active_schools(published: Path) -> None:
    query = (
        "select debut, inscrites, ouvertes, mesurees, actives from perimetre where niveau = 'commune' order by debut"
    )
    rows = {row[0]: row[1:] for row in read_rows(published, query)}
    assert (rows[WEEK], rows[NEXT], rows[LAST]) == ((3, 2, 2, 1), (3, 2, 0, 0), (3, 3, 3, 1))


def test_a_week_is_provisional_until_its_grace_is_over(lake: Path) -> None:
    path = publish(lake, load_plan(), politique="exacte", now=datetime(2025, 11, 19, 12, tzinfo=UTC)).path

    query = "select debut, bool_and(provisoire) from frequentation_semaine group by debut order by debut desc limit 2"
    assert read_rows(path, query) == [(LAST, True), (date(2025, 10, 27), False)]


def test_a_running_week_of_which_nothing_but_today_came_is_published_without_it(lake: Path, tmp_path: Path) -> None:
    monday = datetime(2025, 11, 10, 12, tzinfo=UTC)
    ingest_files(lake, write_events(tmp_path / "jour.ndjson", [event(monday.date(), DOLTO)]), now=monday)

    path = publish(lake, load_plan(), politique="exacte", now=monday).path

    assert read_rows(path, "select distinct debut from frequentation_semaine where visites > 0 order by 1") == [
        (WEEK,),
        (LAST,),
    ]


@pytest.mark.parametrize("uai", [DOLTO, "0340002T"], ids=["known", "outside the annuaire"])
def test_a_first_day_is_told_to_wait_unless_schools_are_enrolled(tmp_path: Path, uai: str) -> None:
    monday, donnees = datetime(2025, 10, 6, 12, tzinfo=UTC), tmp_path / "donnees"
    load_annuaire(donnees, write_annuaire(tmp_path / "a.csv", ECOLES), "2025-2026")
    ingest_files(donnees, write_events(tmp_path / "e.ndjson", [event(WEEK, uai)]), now=monday)
    with pytest.raises(LacIllisible, match="Recommencez demain"):
        publish(donnees, load_plan(), politique="exacte", now=monday)

    (tmp_path / "p.csv").write_text(f"annee_scolaire;uai;ouverte_le\n2025-2026;{DOLTO};2025-09-01\n", "utf-8")
    load_deploiement(donnees, tmp_path / "p.csv")
    path = publish(donnees, load_plan(), politique="exacte", now=monday).path

    assert read_rows(path, "select sum(inscrites) from perimetre where niveau = 'region' and periode = 'semaine'") == [
        (1,)
    ]


def test_partition_cuts_sum_to_the_total(published: Path) -> None:
    partitions = [c.code for c in load_plan().coupes if c.partition and c.code not in {"total", "assiduite"}]

    query = "select coupe, sum(visites) from frequentation_semaine where niveau = 'region' and profil = 'tous' group by coupe"
    sums = {str(coupe): total for coupe, total in read_rows(published, query)}
    assert {sums[coupe] for coupe in partitions} == {sums["total"]} == {2}


def test_every_table_and_column_of_the_contract_is_there_with_its_comment(published: Path) -> None:
    query = (
        "select table_name, column_name, comment from duckdb_columns() where not internal and table_name not like 'v_%'"
    )
    found = {(table, column): comment for table, column, comment in read_rows(published, query)}
    expected = {
        (n, c): col.commentaire for n, t in load_tables("publication.toml").items() for c, col in t.colonnes.items()
    }
    assert found == expected


def test_only_changed_weeks_are_counted_again(lake: Path, tmp_path: Path) -> None:
    first = publish(lake, load_plan(), politique="exacte", now=NOW)
    ingest_files(lake, write_events(tmp_path / "late.ndjson", [event(LAST, ARC_EN_CIEL)]))
    second = publish(lake, load_plan(), politique="exacte", now=NOW)

    assert (first.semaines_comptees, second.semaines_comptees) == (2, 1)
    assert states(second.path)[LAST, ARC_EN_CIEL] == "valeur"


def test_weeks_are_counted_again_when_a_module_that_counts_changed(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: read(self) + b"# changed" * (self.name == "visites.py"))

    assert publish(again, load_plan(), politique="exacte", now=NOW).semaines_comptees == 2


def test_publications_are_numbered_and_the_pointer_names_the_last(again: Path) -> None:
    paths = [publish(again, load_plan(), politique="exacte", now=NOW).path for _ in range(6)]

    assert current_publication(again) == paths[-1]
    assert sorted(p.name for p in paths[0].parent.glob("*.duckdb")) == [f"dnma-{n}.duckdb" for n in (3, 4, 5, 6, 7)]


def test_an_open_reader_takes_up_the_next_publication(again: Path, tmp_path: Path) -> None:
    lecteur, vue = Lecteur(again, load_plan()), Vue("uai", ARC_EN_CIEL, WEEK, LAST)
    before = lecteur.read_tableau(vue)
    ingest_files(again, write_events(tmp_path / "late.ndjson", [event(LAST, ARC_EN_CIEL)]))
    publish(again, load_plan(), politique="exacte", now=NOW)

    after = lecteur.read_tableau(vue)

    assert (before.synthese.visites, after.synthese.visites) == (0, 1)
    assert after.publication.numero == before.publication.numero + 1


def test_users_of_a_span_are_a_weekly_mean_never_a_sum(read: Path) -> None:
    tableau = Lecteur(read, load_plan()).read_tableau(Vue("region", "76", WEEK, LAST))

    assert (tableau.synthese.visites, tableau.synthese.utilisateurs_moyens, tableau.synthese.semaines) == (2, 1.0, 2)


def test_a_board_takes_at_most_four_queries(read: Path) -> None:
    lecteur = Lecteur(read, load_plan())
    vue = lecteur.default_vue("region", "76")
    compteur = count_queries(lecteur)
    lecteur.read_tableau(vue)

    assert 0 < compteur.requetes <= 4


def test_mistakes_end_with_one_sentence(read: Path, tmp_path: Path) -> None:
    with pytest.raises(TerritoireInconnu, match="0000000X"):
        Lecteur(read, load_plan()).read_tableau(Vue("uai", "0000000X", WEEK, LAST))
    with pytest.raises(PublicationAbsente, match="dnma publish"):
        current_publication(tmp_path / "rien")
    with pytest.raises(LacIllisible, match="dnma ingest"):
        publish(tmp_path / "rien", load_plan())
    with pytest.raises(PolitiqueInconnue, match="exacte"):
        publish(read, load_plan(), politique="aucune")


def test_the_published_file_opens_read_only_and_alone(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection, pytest.raises(duckdb.Error):
        connection.execute("delete from ecoles")
    assert not published.with_name(f"{published.name}.wal").exists()


def test_the_simulated_truth_is_what_gets_published(tmp_path: Path) -> None:
    region = simulate(tmp_path / "sim", ecoles=12, semaines=2, graine=3)
    donnees, plan = tmp_path / "donnees", load_plan()
    load_annuaire(donnees, region.annuaire, "2025-2026")
    load_effectifs(donnees, region.effectifs, plan, None, None)
    load_deploiement(donnees, region.deploiement)
    load_couverture(donnees, region.couverture)
    lake = Lake(donnees, tmp_path / "cles", plan, NOW)
    options = DialectOptions(None, region.xiti_etablissements, None, plan.champs_personnels)
    manifests = [r.manifest for r in ingest_sources(lake, find_sources([str(tmp_path / "sim/livraisons")]), options)]
    path = publish(donnees, plan, politique="exacte", now=NOW).path

    query = """
        select debut, territoire as uai, profil, visites, utilisateurs, duree_s from frequentation_semaine
        where niveau = 'uai' and coupe = 'total' and visites > 0
    """
    truth = pl.read_parquet(region.verite).filter(pl.col("visites") > 0)
    known = set(truth["profil"].unique())
    published = {row for row in read_rows(path, query) if row[2] in known}
    assert published == set(truth.select("debut", "uai", "profil", "visites", "utilisateurs", "duree_s").rows())
    assert sum(m.received for m in manifests) == region.totaux.lignes_ecrites
    assert sum(m.kept for m in manifests) == region.totaux.evenements_distincts
    assert sum(m.duplicates for m in manifests) == region.totaux.doublons
    assert read_rows(path, "select simulee from publication") == [(True,)]


def test_the_perimeter_of_a_month_and_a_year_counts_their_schools(published: Path) -> None:
    query = "select periode, debut, inscrites, ouvertes, mesurees, actives from perimetre where niveau = 'region'"

    found = [row for row in read_rows(published, query) if row[0] != "semaine"]

    assert sorted(found, key=str) == [
        ("annee", date(2025, 8, 1), 3, 3, 3, 1),
        ("mois", date(2025, 10, 1), 3, 2, 2, 1),
        ("mois", date(2025, 11, 1), 3, 3, 3, 1),
    ]


def test_only_periods_that_changed_are_written_again(
    again: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written: list[str] = []
    write = Ecriture.write

    def record(self: Ecriture, periode: Periode) -> None:
        written.append(periode.nom)
        write(self, periode)

    monkeypatch.setattr(Ecriture, "write", record)

    publish(again, load_plan(), politique="exacte", now=NOW)
    assert written == []

    ingest_files(again, write_events(tmp_path / "n.ndjson", [event(NEXT, ARC_EN_CIEL)]))
    path = publish(again, load_plan(), politique="exacte", now=NOW).path
    assert written == ["semaine=2025-10-13", "mois=2025-10", "annee=2025-2026"]
    total = "select sum(visites) from v_region_semaine"
    assert read_rows(path, total) == [(3,)]


def test_a_week_whose_only_lot_is_taken_back_leaves_the_next_publication(again: Path, tmp_path: Path) -> None:
    last = "select max(debut) from frequentation_semaine union all select max(debut) from frequentation_jour"
    [taken] = ingest_files(again, write_events(tmp_path / "late.ndjson", [event(date(2025, 12, 3), DOLTO)]))
    published = publish(again, load_plan(), politique="exacte", now=NOW).path
    assert read_rows(published, last) == [(date(2025, 12, 1),), (date(2025, 12, 5),)]

    retract_lot(Lake(again, again.with_name(f"{again.name}.cles"), load_plan(), NOW), taken.manifest.lot)
    after = publish(again, load_plan(), politique="exacte", now=NOW).path

    assert read_rows(after, last) == [(LAST,), (date(2025, 11, 7),)]


def test_rows_of_a_quarter_lie_node_by_node_even_when_a_week_is_written_again(again: Path, tmp_path: Path) -> None:
    ingest_files(again, write_events(tmp_path / "suite.ndjson", [event(day, ARC_EN_CIEL) for day in (NEXT, LAST)]))
    path = publish(again, load_plan(), politique="exacte", now=NOW).path

    rows = read_rows(
        path,
        "select niveau, territoire, profil, coupe, modalite, cast(debut as varchar) from frequentation_semaine order by rowid",
    )

    assert {str(week) for week in (WEEK, NEXT, LAST)} < {row[-1] for row in rows}
    assert rows == sorted(rows, key=repr)
