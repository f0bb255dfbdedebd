"""Change at constant perimeter: the schools open and received on both sides, never users, nothing masked."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.errors import RequeteRefusee, TerritoireInconnu
from metrics.pilotage import Evolution, PerimetreConstant, read_evolution
from tests.metrics.petite_publication import Petite, Value, empty_tables, read_petite, school_weeks, sunday
from tests.oracle_soutien import Comparaison, compare

YEARS = ("2025-2026", "2026-2027")
BEFORE, AFTER = school_weeks(YEARS[0]), school_weeks(YEARS[1])
A, B, C, D = "0340585B", "0342332A", "0340001S", "0340002T"
ASKED: dict[str, object] = {"niveau": "departement", "territoire": "034", "du": AFTER[1], "au": AFTER[2]}
PAIR = (BEFORE[1], BEFORE[2], AFTER[1], AFTER[2])


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_tables() as connection:
        yield connection


def publication(**schools: Mapping[date, Value] | tuple[Value, ...]) -> Petite:
    """Schools (`_0340585B`) with their visits, in the four weeks that are compared or by week."""
    petite = Petite(annees=YEARS)
    for name, values in schools.items():
        petite.add_ecole(name[1:])
        petite.add_weeks(name[1:], values if isinstance(values, Mapping) else dict(zip(PAIR, values, strict=True)))
    petite.add_weeks("76", dict.fromkeys([*BEFORE, *AFTER[:12]], 0), niveau="region")  # weeks that are published
    return petite


def ask(**fields: object) -> PerimetreConstant:
    return PerimetreConstant(**{**ASKED, **fields})  # type: ignore[arg-type]


def read(connection: duckdb.DuckDBPyConnection, petite: Petite, **fields: object) -> Evolution:
    """The engine's answer, which the oracle's must equal."""
    petite.fill(connection)
    requete = ask(**fields)
    found = read_evolution(connection, requete)
    if found.semaines and found.semaines_precedentes:
        place, annee = (requete.niveau, requete.territoire), YEARS[found.semaines[-1] >= AFTER[0]]
        weeks = found.semaines, found.semaines_precedentes
        expected = compare(read_petite(connection), place, annee, requete.profil, *weeks)
        assert summary(found)._replace(evolution=None) == expected._replace(evolution=None)
        assert found.evolution == pytest.approx(expected.evolution)
    return found


def summary(found: Evolution) -> Comparaison:
    left = found.non_ouvertes, found.non_recues, found.masquees
    return Comparaison(found.etat, found.ecoles, left, found.visites, found.visites_precedentes, found.evolution)


def test_visits_are_compared_over_the_schools_that_both_years_have(connection: duckdb.DuckDBPyConnection) -> None:
    found = read(connection, publication(_0340585B=(10, 20, 30, 40), _0342332A=(None, None, 500, 500)))

    assert (found.ecoles, found.non_ouvertes, found.visites, found.visites_precedentes) == (1, 1, 70, 30)
    assert (found.semaines, found.semaines_precedentes) == (tuple(AFTER[1:3]), tuple(BEFORE[1:3]))
    assert found.evolution == pytest.approx(70 / 30 - 1)


def test_flat_use_by_school_day_is_no_change_although_weeks_are_shorter(connection: duckdb.DuckDBPyConnection) -> None:
    petite = publication(
        _0340585B={BEFORE[0]: 40, AFTER[0]: 30}
    )  # the rentrée of 2026 has three days, that of 2025 four

    found = read(connection, petite, du=AFTER[0], au=AFTER[0])

    assert (found.visites_par_jour, found.visites_par_jour_precedentes, found.evolution) == (10, 10, 0)


def test_schools_left_out_are_counted_by_what_leaves_them_out(connection: duckdb.DuckDBPyConnection) -> None:
    petite = publication(
        _0340585B=(1, 2, 3, "presume"),
        _0342332A=("non_recu", 2, "secret", 4),
        _0340001S=(1, 2, 3, "secret"),
        _0340002T=(1, "non_ouverte", "non_recu", "secret"),
    )

    found = read(connection, petite)

    assert (found.ecoles, found.non_ouvertes, found.non_recues, found.masquees) == (1, 1, 1, 1)
    assert (found.visites, found.visites_precedentes, found.etat) == (3, 3, "valeur")


@pytest.mark.parametrize(
    ("week", "etat"), [("secret", "secret"), ("non_recu", "non_recu"), ("non_ouverte", "non_ouverte")]
)
def test_without_a_school_there_is_no_figure_but_the_reason(
    connection: duckdb.DuckDBPyConnection, week: str, etat: str
) -> None:
    found = read(connection, publication(_0340585B=(1, week, 3, 4), _0342332A=(None, None, 1, 1)))

    assert (found.etat, found.ecoles) == (etat, 0)
    assert {found.visites, found.visites_precedentes, found.visites_par_jour, found.evolution} == {None}


def test_a_profil_that_a_school_does_not_publish_is_masked_there(connection: duckdb.DuckDBPyConnection) -> None:
    petite = publication(_0340585B=(10, 20, 30, 40), _0342332A=(10, 20, 30, 40), _0340001S=(1, 1, 1, "non_recu"))
    petite.add_weeks(A, dict(zip(PAIR, (4, 4, 6, 6), strict=True)), "eleve")

    found = read(connection, petite, profil="eleve")

    assert (found.ecoles, found.masquees, found.non_recues, found.visites) == (1, 1, 1, 12)


def test_schools_are_placed_by_the_directory_of_the_later_year(connection: duckdb.DuckDBPyConnection) -> None:
    petite = publication(_0340585B=(1, 1, 2, 2), _0342332A=(5, 5, 7, 7))
    for ecole in petite.ecoles:
        if ecole["uai"] == A:
            ecole["code_circonscription"] = {"2025-2026": "C", "2026-2027": "E"}[str(ecole["annee_scolaire"])]

    moved = read(connection, petite, niveau="circonscription", territoire="E")
    left = read(connection, petite, niveau="circonscription", territoire="C")

    assert (moved.ecoles, moved.visites) == (1, 4)
    assert (left.ecoles, left.visites) == (1, 14)


@pytest.mark.parametrize("niveau", ["region", "academie", "departement", "circonscription", "commune", "uai"])
def test_every_level_has_its_perimeter(connection: duckdb.DuckDBPyConnection, niveau: str) -> None:
    codes = {
        "region": "76",
        "academie": "11",
        "departement": "034",
        "circonscription": "C",
        "commune": "34194",
        "uai": A,
    }

    assert read(connection, publication(_0340585B=(1, 1, 2, 2)), niveau=niveau, territoire=codes[niveau]).visites == 4


def test_two_spans_of_one_year_may_be_compared(connection: duckdb.DuckDBPyConnection) -> None:
    petite = publication(_0340585B={BEFORE[n]: 10 * n for n in range(1, 9)})

    found = read(
        connection, petite, du=BEFORE[7], au=BEFORE[8], du_precedent=BEFORE[5], au_precedent=date(2025, 10, 27)
    )

    assert found.semaines_precedentes == (BEFORE[5], BEFORE[6])  # the autumn holidays are no school weeks
    assert (found.visites, found.visites_precedentes, found.jours_ecole) == (150, 110, 8 - 1)


def test_weeks_without_an_equivalent_are_said_and_left_out(connection: duckdb.DuckDBPyConnection) -> None:
    weeks = school_weeks("2024-2025", "2025-2026")
    petite = Petite(annees=("2024-2025", "2025-2026"))
    petite.add_ecole(A)
    petite.add_weeks(A, dict.fromkeys(weeks, 8))
    petite.fill(connection)

    found = read_evolution(connection, ask(du=date(2026, 2, 9), au=date(2026, 2, 23)))

    assert found.semaines == (date(2026, 2, 9),)
    assert found.sans_equivalent == (date(2026, 2, 16),)
    assert (found.evolution, found.etat) == (0, "valeur")


@pytest.mark.parametrize(
    "du", [date(2026, 10, 19), AFTER[11], date(2027, 7, 12)], ids=["holidays", "running", "summer"]
)
def test_holidays_the_running_week_and_summer_compare_with_nothing(
    connection: duckdb.DuckDBPyConnection, du: date
) -> None:
    petite = publication(_0340585B=dict.fromkeys([*BEFORE, *AFTER[:12]], 5))
    petite.dernier_jour = sunday(AFTER[11]) - timedelta(days=1)

    found = read(connection, petite, du=du, au=du)

    assert (found.etat, found.semaines, found.evolution, found.visites) == ("sans_equivalent", (), None, None)


def test_the_first_published_year_compares_with_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    found = read(connection, publication(_0340585B=(1, 2, 3, 4)), du=BEFORE[1], au=BEFORE[2])

    assert (found.etat, found.sans_equivalent) == ("sans_equivalent", (BEFORE[1], BEFORE[2]))


def test_visits_after_none_have_no_ratio(connection: duckdb.DuckDBPyConnection) -> None:
    found = read(connection, publication(_0340585B=(0, 0, 3, 4)))

    assert (found.etat, found.visites, found.visites_precedentes, found.evolution) == ("depart_nul", 7, 0, None)


def test_nothing_but_presumed_zeros_is_a_presumed_fall(connection: duckdb.DuckDBPyConnection) -> None:
    found = read(connection, publication(_0340585B=(4, 4, "presume", "presume")))

    assert (found.etat, found.evolution) == ("presume", -1)


def test_a_provisional_week_is_said(connection: duckdb.DuckDBPyConnection) -> None:
    petite = publication(_0340585B=(4, 4, 8, 8))
    final = read(connection, petite)
    petite.provisoire_apres = AFTER[1]

    assert (final.provisoire, read(connection, petite).provisoire) == (False, True)


def test_a_place_outside_the_directory_is_unknown(connection: duckdb.DuckDBPyConnection) -> None:
    petite = publication(_0340585B=(4, 4, 8, 8))
    petite.fill(connection)

    with pytest.raises(TerritoireInconnu, match="999"):
        read_evolution(connection, ask(territoire="999"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"indicateur": "utilisateurs"}, "On ne donne pas les utilisateurs à périmètre constant, car une même personne"),
        ({"indicateur": "duree_s"}, "On ne donne pas la durée totale à périmètre constant"),
        ({"indicateur": "sum(visites)"}, "À périmètre constant, l’indicateur « sum(visites) » n’existe pas"),
        ({"niveau": "canton"}, "Le niveau « canton » n’existe pas"),
        ({"profil": "tuteur"}, "Le profil « tuteur » n’existe pas"),
        ({"du": date(2026, 9, 8)}, "Le 2026-09-08 n’est pas un lundi : sa semaine commence le 2026-09-07"),
        ({"du": AFTER[3]}, "Échangez les deux dates"),
        ({"du_precedent": BEFORE[1]}, "n’ont qu’une borne"),
        ({"du_precedent": BEFORE[1], "au_precedent": AFTER[1]}, "donnez des semaines de référence qui finissent avant"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_in_one_sentence(fields: dict[str, object], said: str) -> None:
    with pytest.raises(RequeteRefusee) as raised:
        ask(**fields)

    assert said in str(raised.value).replace("\u00a0", " ")
    assert str(raised.value).endswith(".")


CELLS: st.SearchStrategy[Value] = st.sampled_from(
    [0, 1, 7, 30, 31, "presume", "secret", "non_recu", "non_ouverte", None]
)
MOSTLY: st.SearchStrategy[Value] = st.one_of(st.integers(0, 40), st.integers(0, 40), CELLS)
COLUMNS = st.lists(st.tuples(MOSTLY, MOSTLY, MOSTLY, MOSTLY), min_size=4, max_size=4)


@settings(max_examples=40, deadline=None)
@given(tous=COLUMNS, eleves=COLUMNS, profil=st.sampled_from(["tous", "eleve"]))
def test_engine_and_oracle_agree_on_random_publications(
    connection: duckdb.DuckDBPyConnection,
    tous: list[tuple[Value, ...]],
    eleves: list[tuple[Value, ...]],
    profil: str,
) -> None:
    petite = publication(**{f"_{uai}": values for uai, values in zip((A, B, C, D), tous, strict=True)})
    for uai, values in zip((A, B, C, D), eleves, strict=True):
        petite.add_weeks(uai, dict(zip(PAIR, values, strict=True)), "eleve")

    read(connection, petite, profil=profil)


@settings(max_examples=20, deadline=None)
@given(tous=COLUMNS)
def test_the_sum_is_that_of_published_cells_that_anybody_can_add(
    connection: duckdb.DuckDBPyConnection, tous: list[tuple[Value, ...]]
) -> None:
    """Changing what a masked school really had changes nothing of the answer."""
    petite = publication(**{f"_{uai}": values for uai, values in zip((A, B, C, D), tous, strict=True)})
    before = read(connection, petite)
    connection.execute("update frequentation_semaine set visites = 1000000 where etat in ('secret', 'non_recu')")

    assert read_evolution(connection, ask()) == before
