"""Schools to support: each cause, each exception, from published cells alone, and the same list as a plain recount."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marking_plan import MarkingPlan, load_plan
from metrics.pilotage import write_accompagnement
from tests.metrics.petite_publication import Petite, Value, empty_tables, read_petite, school_weeks
from tests.oracle_soutien import Constat, Soutien

ECOLE, AUTRE = "0340585B", "0342332A"
WEEKS = school_weeks("2025-2026")
PLAN = load_plan()
SEUILS = PLAN.accompagnement
FIRST = SEUILS.semaines_rentree  # number of the first school week that may be listed


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_tables() as connection:
        yield connection


def read_list(connection: duckdb.DuckDBPyConnection) -> list[Constat]:
    return [Constat(*row) for row in connection.execute("select * from ecoles_a_accompagner").fetchall()]


def listed(connection: duckdb.DuckDBPyConnection, petite: Petite, plan: MarkingPlan = PLAN) -> list[Constat]:
    """The published list, which a plain recount must equal."""
    petite.fill(connection)
    write_accompagnement(connection, plan)
    found = read_list(connection)
    assert set(found) == Soutien(read_petite(connection), plan.accompagnement).list_constats()
    assert len(set(found)) == len(found)
    return found


def school(values: Sequence[Value], parents: Sequence[Value] = (), **places: object) -> Petite:
    """One school with its visits by school week."""
    petite = Petite()
    petite.add_ecole(ECOLE, **places)
    petite.add_weeks(ECOLE, values)
    petite.add_weeks(ECOLE, parents, "parents")
    return petite


def weeks_of(found: Sequence[Constat], cause: str) -> list[date]:
    return [constat.debut for constat in found if constat.cause == cause]


def test_a_school_that_never_started_is_listed_from_its_fourth_week_on(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school(["presume"] * 6))

    assert {constat.cause for constat in found} == {"jamais_demarree"}
    assert [(c.debut, c.semaines, c.depuis) for c in found] == [
        (WEEKS[n], n + 1, date(2024, 9, 2)) for n in range(FIRST, 6)
    ]


def test_a_school_without_a_visit_is_left_out_until_open_for_four_school_weeks(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    opened = WEEKS[6] + timedelta(days=3)  # a Thursday, before the autumn break, which does not count
    found = listed(connection, school(["non_ouverte"] * 6 + [0] * 6, ouverte_le=opened))

    assert weeks_of(found, "jamais_demarree") == [WEEKS[9], WEEKS[10], WEEKS[11]]


def test_one_visit_long_ago_in_the_holidays_means_that_a_school_has_started(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    petite = school([0] * 12)
    petite.add_weeks(ECOLE, {date(2025, 10, 27): 1})

    found = listed(connection, petite)

    assert weeks_of(found, "jamais_demarree") == WEEKS[FIRST:7]
    assert [(c.debut, c.depuis, c.reference) for c in found if c.cause == "arret"] == [
        (WEEKS[n], date(2025, 10, 27), 1) for n in range(9, 12)
    ]


def test_never_started_needs_four_whole_weeks_received(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school(["non_recu"] * 6 + [0] * 5))

    assert weeks_of(found, "jamais_demarree") == [WEEKS[9], WEEKS[10]]
    assert weeks_of(found, "donnees_manquantes") == WEEKS[FIRST:6]


def test_a_school_that_stopped_is_listed_after_three_weeks_without_a_visit(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = [c for c in listed(connection, school([40] * 8 + [0] * 5)) if c.cause == "arret"]

    assert [(c.debut, c.semaines) for c in found] == [(WEEKS[n], n - 7) for n in (10, 11, 12)]
    assert {(c.depuis, c.valeur, c.reference) for c in found} == {(WEEKS[7], 0, 40)}


def test_weeks_not_received_are_no_silence(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school([40] * 8 + [0, "non_recu", "non_recu", 0, "non_recu"]))

    assert weeks_of(found, "arret") == []
    assert weeks_of(found, "donnees_manquantes") == [WEEKS[9], WEEKS[10], WEEKS[12]]


def test_visits_of_an_incomplete_week_break_a_silence(connection: duckdb.DuckDBPyConnection) -> None:
    petite = school([40] * 8 + [0, 30, 0, 0, 0])
    petite.perimetre[WEEKS[9], "uai", ECOLE] = (4, 2)

    assert weeks_of(listed(connection, petite), "arret") == [WEEKS[12]]


def test_a_drop_is_under_half_the_median_by_school_day_and_twenty_visits(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school([0] * 3 + [50, 30, 60, 40, 45, 70, 19]))
    [drop] = [c for c in found if c.cause == "baisse"]

    assert (drop.debut, drop.profils, drop.semaines) == (WEEKS[9], "tous", 6)
    # 60 visits of 4 days lie above the median: the week of 11 November has 3
    assert (drop.valeur, drop.reference, drop.visites_perdues) == (19 / 4, 45 / 4, 26)


@pytest.mark.parametrize(("visites", "last", "dropped"), [(60, 29, True), (60, 30, False), (38, 18, True), (38, 19, False), (36, 17, False)])  # fmt: skip
def test_a_drop_needs_both_its_conditions(
    connection: duckdb.DuckDBPyConnection, visites: int, last: int, dropped: bool
) -> None:
    weeks = WEEKS[11:18]  # all of four school days
    petite = school([])
    petite.add_weeks(ECOLE, dict(zip(weeks, [visites] * 6 + [last], strict=True)))

    assert weeks_of(listed(connection, petite), "baisse") == [WEEKS[17]] * dropped


def test_a_week_of_fewer_school_days_is_no_drop(connection: duckdb.DuckDBPyConnection) -> None:
    bridge = WEEKS.index(date(2026, 5, 11))  # two days: Ascension and its bridge
    found = listed(connection, school([80] * bridge + [40]))

    assert found == []


def test_a_drop_needs_six_retained_weeks_before(connection: duckdb.DuckDBPyConnection) -> None:
    petite = school([80] * (FIRST + 6) + [5])
    assert weeks_of(listed(connection, petite), "baisse") == [WEEKS[FIRST + 6]]

    petite.perimetre[WEEKS[FIRST + 2], "uai", ECOLE] = (4, 0)
    assert weeks_of(listed(connection, petite), "baisse") == []


def test_parents_absent_for_four_weeks_while_others_come(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school([40] * 9, [3] * 4 + [0] * 5))

    assert found == [
        Constat(WEEKS[n], ECOLE, "parents_absents", "uai", ECOLE, "parents", 0, 160, None, WEEKS[3], n - 3)
        for n in (7, 8)
    ]


def test_parents_who_never_came_have_no_last_week(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school([40] * 8, [0] * 8))

    assert [(c.debut, c.depuis, c.semaines) for c in found] == [(WEEKS[6], None, 4), (WEEKS[7], None, 5)]


@pytest.mark.parametrize("parents", [[], ["secret"] * 12], ids=["not published", "secret"])
def test_parents_that_are_not_published_are_not_absent(
    connection: duckdb.DuckDBPyConnection, parents: list[Value]
) -> None:
    assert listed(connection, school([40] * 12, parents)) == []


def test_parents_are_not_absent_where_nobody_comes(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school([40] * 4 + [0] * 8, [2] * 4 + [0] * 8))

    assert weeks_of(found, "parents_absents") == []
    assert weeks_of(found, "arret") == WEEKS[6:12]


def grouped(rattachement: str, of_school: list[Value], of_group: list[Value]) -> Petite:
    """A school of a regroupement, with parents of its own and of the whole."""
    petite = school([40] * 9, of_school, regroupement="R1", rattachement=rattachement)
    petite.add_weeks("R1", [90] * 9, niveau="regroupement")
    petite.add_weeks("R1", of_group, "parents", "regroupement")
    return petite


def test_parents_of_a_school_of_a_regroupement_are_looked_for_in_all_of_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    elsewhere = listed(connection, grouped("premiere_structure", [0] * 9, [8] * 9))
    nowhere = listed(connection, grouped("inconnu", [0] * 9, [0] * 9))

    assert elsewhere == []
    assert {(c.cause, c.niveau, c.territoire) for c in nowhere} == {("parents_absents", "regroupement", "R1")}


def test_where_the_ent_marks_the_school_in_use_its_own_parents_count(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, grouped("ecole_active", [0] * 9, [8] * 9))

    assert {(c.cause, c.niveau) for c in found} == {("parents_absents", "uai")}


def test_parents_of_a_regroupement_received_in_part_are_not_absent(connection: duckdb.DuckDBPyConnection) -> None:
    petite = grouped("inconnu", [0] * 9, [0] * 9)
    petite.perimetre |= {(week, "regroupement", "R1"): (8, 4) for week in WEEKS[5:9]}

    assert listed(connection, petite) == []


def test_missing_data_are_said_with_the_days_received(connection: duckdb.DuckDBPyConnection) -> None:
    petite = school([40] * 8)
    petite.perimetre[WEEKS[5], "uai", ECOLE] = (4, 3)

    [missing] = listed(connection, petite)

    assert missing == Constat(WEEKS[5], ECOLE, "donnees_manquantes", "uai", ECOLE, None, 3, 4, None, None, 1)


def test_missing_data_are_said_of_a_school_whose_total_is_secret(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school(["secret"] * 5 + ["non_recu"] + ["secret"] * 4))

    assert [(c.debut, c.cause) for c in found] == [(WEEKS[5], "donnees_manquantes")]


def test_the_first_three_weeks_of_the_year_are_left_out(connection: duckdb.DuckDBPyConnection) -> None:
    assert listed(connection, school(["non_recu"] * FIRST)) == []


def test_the_rentree_is_no_silence_and_no_reference(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school([50] * 1 + [0] * 4 + [50] * 8))

    assert found == []  # weeks 4 and 5 alone count, and they are two


def test_a_provisional_week_is_left_out(connection: duckdb.DuckDBPyConnection) -> None:
    petite = school([40] * 8 + [0] * 3 + ["non_recu"])
    assert {c.cause for c in listed(connection, petite)} == {"arret", "baisse", "donnees_manquantes"}

    petite.provisoire_apres = WEEKS[7]
    assert listed(connection, petite) == []


def test_a_week_outside_school_weeks_is_never_listed(connection: duckdb.DuckDBPyConnection) -> None:
    petite = school([40] * 12)
    petite.add_weeks(ECOLE, {date(2025, 10, 20): 0, date(2025, 10, 27): "non_recu"})

    assert listed(connection, petite) == []


def test_a_withdrawn_school_is_not_listed(connection: duckdb.DuckDBPyConnection) -> None:
    assert listed(connection, school([40] * 8 + ["non_ouverte"] * 6)) == []


def test_pupils_and_parents_stand_for_everyone_where_the_total_is_not_published(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    petite = school(["secret"] * 11, [10] * 8 + [0] * 3)
    petite.add_weeks(ECOLE, [30] * 8 + [0] * 3, "eleve")

    [stopped] = [c for c in listed(connection, petite) if c.cause == "arret"]

    assert (stopped.debut, stopped.profils, stopped.reference) == (WEEKS[10], "eleve+parents", 40)


def test_silences_and_references_run_from_one_school_year_into_the_next(connection: duckdb.DuckDBPyConnection) -> None:
    weeks = school_weeks("2025-2026", "2026-2027")
    petite = Petite(annees=("2025-2026", "2026-2027"))
    petite.add_ecole(ECOLE)
    petite.add_weeks(ECOLE, [60] * 36 + [4, 4, 4, 12])

    [drop] = listed(connection, petite)

    assert (drop.debut, drop.cause, drop.reference) == (weeks[39], "baisse", 15)


def test_a_school_may_have_several_causes_in_the_order_of_the_plan(connection: duckdb.DuckDBPyConnection) -> None:
    found = listed(connection, school([90] * 11 + [0] * 3, [5] * 4 + [0] * 10))
    last = [c.cause for c in found if c.debut == WEEKS[13]]

    assert last == ["arret", "baisse", "parents_absents"]
    assert [c.cause for c in found if c.debut == WEEKS[11]] == ["baisse", "parents_absents"]
    assert [c.code for c in PLAN.causes] == [
        "jamais_demarree",
        "arret",
        "baisse",
        "parents_absents",
        "donnees_manquantes",
    ]


def test_masked_figures_are_never_read(connection: duckdb.DuckDBPyConnection) -> None:
    petite = school([40] * 4 + ["secret"] * 8, [3] * 4 + ["secret"] * 8)
    before = listed(connection, petite)
    connection.execute("update frequentation_semaine set visites = 0 where etat = 'secret'")
    connection.execute("delete from ecoles_a_accompagner")
    write_accompagnement(connection, PLAN)

    assert read_list(connection) == before


def test_definitions_say_the_parameters() -> None:
    texts = {cause.code: cause.definition for cause in PLAN.causes}

    assert (
        f"sous {SEUILS.part_baisse * 100:g}\u00a0% de la médiane des {SEUILS.semaines_baisse} semaines"
        in texts["baisse"]
    )
    assert f"au moins {SEUILS.visites_perdues} visites perdues" in texts["baisse"]
    assert f"des {SEUILS.semaines_arret} dernières semaines" in texts["arret"]
    assert not any("{" in text for text in texts.values())


SMALL = replace(
    PLAN,
    accompagnement=SEUILS.model_copy(
        update={
            "semaines_ouverture": 2, "semaines_rentree": 1, "semaines_arret": 2, "semaines_baisse": 3,
            "visites_perdues": 4, "semaines_parents": 2,
        }
    ),
)  # fmt: skip
POOLS: list[list[Value]] = [
    [0, 0, "presume", 0, 3],  # hardly anybody
    [20, 21, 40, 9, 0, 0],
    [0, 3, 9, 20, 21, "presume", "secret", "non_recu", "non_ouverte"],
]


def values(draw: st.DrawFn, size: int) -> list[Value]:
    """Visits of one place and profil, week by week, after one of the pools."""
    pool = draw(st.sampled_from(POOLS))
    return draw(st.lists(st.sampled_from(pool), min_size=size, max_size=size))


WHOLE = st.sampled_from([None] * 9 + [1, 3])  # days received, when not all


@st.composite
def small_publications(draw: st.DrawFn) -> Petite:
    """Two schools, in one regroupement or none, over the first weeks of two school years."""
    years = ("2025-2026", "2026-2027")
    petite = Petite(annees=years)
    regroupement = draw(st.sampled_from([None, "R1", "R1"]))
    weeks = [*school_weeks(years[0])[:8], date(2025, 10, 27), *school_weeks(years[1])[:5]]
    petite.provisoire_apres = draw(st.sampled_from([weeks[-1], weeks[-2], weeks[5]]))
    for uai in (ECOLE, AUTRE):
        opened = draw(st.sampled_from([date(2024, 9, 2), weeks[2], weeks[-3], None]))
        rattachement = draw(st.sampled_from(["ecole_active", "inconnu", "inconnu"]))
        petite.add_ecole(uai, ouverte_le=opened, regroupement=regroupement, rattachement=rattachement)
    places = [("uai", ECOLE), ("uai", AUTRE), *([("regroupement", "R1")] if regroupement else [])]
    for niveau, territoire in places:
        masked = draw(st.booleans())
        for profil in ("tous", "eleve", "parents"):
            hidden: list[Value] = ["secret"] * len(weeks)
            visits = hidden if masked and profil == "tous" else values(draw, len(weeks))
            petite.add_weeks(territoire, dict(zip(weeks, visits, strict=True)), profil, niveau)
    for key, (expected, _) in list(petite.perimetre.items()):
        received = draw(WHOLE)
        if received is not None and expected:
            petite.perimetre[key] = (expected, min(received, expected))
    return petite


@settings(max_examples=60, deadline=None)
@given(petite=small_publications())
def test_the_list_is_that_of_a_plain_recount_on_random_publications(
    connection: duckdb.DuckDBPyConnection, petite: Petite
) -> None:
    listed(connection, petite, SMALL)
