"""Steering figures through the real lake: the simulated truth is found again, and nothing but published cells is used."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bench.simulation.region import make_region
from bench.simulation.scenario import SEMAINE_PANNE, make_scenario
from bench.simulation.simulate import simulate
from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.referentiels import load_annuaire, load_deploiement, load_effectifs
from ingest.sources import find_sources
from marking_plan import load_plan
from marking_plan.semaines import annee_scolaire
from metrics.engine import connect_publication
from metrics.pilotage import PerimetreConstant, read_evolution
from metrics.publication import publish
from tests.engine import EVENT, ingest_files, read_rows, write_annuaire, write_events
from tests.oracle_soutien import Constat, Soutien, compare, read_publie
from tests.shared import Publications, build_once

ECOLES, SEMAINES, DEBUT = 12, 12, date(2025, 11, 3)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
POLITIQUES = ("groupes", "familles")


def publish_simulated(folder: Path) -> Publications:
    """Twelve simulated schools over twelve weeks: some never used, stopped, falling; one platform out for two days."""
    plan = load_plan()
    simulation, donnees = simulate(folder / "s", ecoles=ECOLES, semaines=SEMAINES, debut=DEBUT), folder / "donnees"
    load_annuaire(donnees, simulation.annuaire, annee_scolaire(DEBUT))
    load_effectifs(donnees, simulation.effectifs, plan, None, None)
    load_deploiement(donnees, simulation.deploiement)
    options = DialectOptions(None, simulation.xiti_etablissements, None, plan.champs_personnels)
    sources = find_sources([str(folder / "s" / "livraisons")])
    list(ingest_sources(Lake(donnees, folder / "cles", plan, LATER), sources, options))
    return {nom: publish(donnees, plan, politique=nom, now=LATER).path for nom in POLITIQUES}


@pytest.fixture(scope="module", params=POLITIQUES)
def protege(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The publication under a policy that masks."""
    return build_once(tmp_path_factory, "soutien", publish_simulated)[request.param]


def read_list(path: Path) -> list[Constat]:
    return [Constat(*row) for row in read_rows(path, "select * from ecoles_a_accompagner")]  # type: ignore[arg-type]


def test_under_a_policy_the_list_is_a_plain_recount_of_the_published_file(protege: Path) -> None:
    publie = read_publie(lambda query: read_rows(protege, query))

    assert set(read_list(protege)) == Soutien(publie, load_plan().accompagnement).list_constats()


def test_the_simulated_schools_in_need_are_listed_with_their_cause(protege: Path) -> None:
    region = make_region(ECOLES, 1)
    scenario = make_scenario(region, DEBUT, SEMAINES, 1)
    listed = {(constat.cause, constat.uai) for constat in read_list(protege)}

    assert {uai for cause, uai in listed if cause == "jamais_demarree"} == {region[i].uai for i in scenario.inutilisees}
    assert {uai for cause, uai in listed if cause == "arret"} == {region[i].uai for i in scenario.arretees}
    assert {("baisse", region[i].uai) for i in scenario.en_baisse} <= listed
    missing = {(c.debut, c.uai) for c in read_list(protege) if c.cause == "donnees_manquantes"}
    known = scenario.panne.ecoles - scenario.inutilisees  # a school never seen has no platform that could be out
    late = {i for i, ouverture in enumerate(scenario.ouvertures) if ouverture > DEBUT}
    assert missing == {(DEBUT + timedelta(weeks=SEMAINE_PANNE), region[i].uai) for i in known - late}


def test_every_cause_is_defined_in_the_published_file(protege: Path) -> None:
    rows = read_rows(protege, "select code, definition, version from plan_causes order by ordre")

    plan = load_plan()
    assert rows == [(cause.code, cause.definition, plan.accompagnement.version) for cause in plan.causes]


PLACE = {"region": "76", "academie": "11", "departement": "034", "circonscription": "0341000C", "commune": "34194"}
A, B, NEW = "0340585B", "0342332A", "0340001S"
RENTREE_2025, RENTREE_2026 = date(2025, 9, 1), date(2026, 8, 31)


def visits(lundi: date, uai: str, count: int) -> list[dict[str, object]]:
    """Visits of as many persons on the Tuesday of a week."""
    noon = f"{lundi + timedelta(days=1)}T10:00:00+02:00"
    return [{**EVENT, "instant": noon, "uai": uai, "visiteur": f"{uai}{n}"} for n in range(count)]


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools over the second school weeks of two years, a third one only in the later."""
    folder = tmp_path_factory.mktemp("annees")
    donnees, now = folder / "donnees", datetime(2026, 11, 2, tzinfo=UTC)
    for annee in ("2025-2026", "2026-2027"):
        load_annuaire(donnees, write_annuaire(folder / "a.csv", [{"uai": uai, **PLACE} for uai in (A, B, NEW)]), annee)
    second = timedelta(weeks=1)
    events = [*visits(RENTREE_2025 + second, A, 8), *visits(RENTREE_2025 + second, B, 4)]
    events += [*visits(RENTREE_2026 + second, A, 9), *visits(RENTREE_2026 + second, B, 9)]
    events += visits(RENTREE_2026 + second, NEW, 50)
    ingest_files(donnees, write_events(folder / "e.ndjson", events), now=now)
    return publish(donnees, load_plan(), politique="exacte", now=now).path


def test_a_constant_perimeter_over_two_school_years_leaves_the_new_school_out(two_years: Path) -> None:
    lundi = RENTREE_2026 + timedelta(weeks=1)
    with connect_publication(two_years) as connection:
        found = read_evolution(
            connection, PerimetreConstant(niveau="departement", territoire="034", du=lundi, au=lundi)
        )
        publie = read_publie(lambda query: connection.execute(query).fetchall())

    expected = compare(publie, ("departement", "034"), "2026-2027", "tous", found.semaines, found.semaines_precedentes)
    assert (found.ecoles, found.non_ouvertes, found.visites, found.visites_precedentes) == (2, 1, 18, 12)
    assert found.evolution == pytest.approx(expected.evolution)
    assert found.evolution == pytest.approx(0.5)
    assert found.semaines_precedentes == (RENTREE_2025 + timedelta(weeks=1),)


def test_the_pairs_of_two_published_years_are_in_the_file(two_years: Path) -> None:
    query = "select debut, debut_precedent from semaines_comparables where debut in ('2026-09-07', '2025-09-08', '2026-07-20')"

    assert set(read_rows(two_years, query)) == {
        (date(2025, 9, 8), date(2024, 9, 9)),
        (date(2026, 7, 20), None),
        (date(2026, 9, 7), date(2025, 9, 8)),
    }
