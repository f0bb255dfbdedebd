"""What a query gives is what a plain computation over the published rows gives; what would mislead is refused in French."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from marking_plan import load_plan
from metrics.engine import connect_publication
from metrics.errors import RequeteRefusee
from metrics.requete import EnfantsDe, Requete, compile_requete, read_requete
from tests.engine import EVENT, publish_events
from tests.metrics.requete_oracle import Published, compute, read_published

DOLTO, ARC_EN_CIEL, LUNEL = "0340585B", "0342332A", "0340001S"
HERAULT = {"departement": "034", "academie": "11", "region": "76", "commune": "34194"}
ECOLES = [
    {"uai": DOLTO, "circonscription": "0341000C", **HERAULT},
    {"uai": ARC_EN_CIEL, "circonscription": "0341000C", **HERAULT},
    {"uai": LUNEL, "circonscription": "0342000D", **HERAULT},
]
WEEKS = (date(2025, 10, 6), date(2025, 10, 13), date(2025, 10, 20), date(2025, 10, 27))
MONTHS = (date(2025, 10, 1), date(2025, 11, 1))
YEAR = date(2025, 8, 1)
WHOLE = {
    "indicateurs": ("visites",), "niveau": "uai", "territoires": EnfantsDe("departement", "034"),
    "periode": "semaine", "du": WEEKS[0], "au": WEEKS[-1],
}  # fmt: skip


def event(day: int, uai: str, visiteur: str, **fields: str) -> dict[str, str]:
    month, day = (10, day) if day <= 31 else (11, day - 31)
    return {**EVENT, "instant": f"2025-{month:02}-{day:02}T10:00:00+02:00", "uai": uai, "visiteur": visiteur, **fields}


EVENTS = [
    *(event(day, DOLTO, f"e{n}", profil="ELEVE") for day in (6, 13, 31) for n in range(3)),
    *(event(day, ARC_EN_CIEL, f"p{n}", profil="PARENT", service="CAHIER_TEXTES") for day in (7, 33) for n in range(2)),
    event(6, DOLTO, "e0", instant="2025-10-06T10:07:00+02:00", service="NOTES"),
    event(6, ARC_EN_CIEL, "t", profil="ENSEIGNANT", agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"),
    event(21, DOLTO, "e1", profil="ELEVE"),
    event(14, LUNEL, "e0", profil="ELEVE"),
    event(29, LUNEL, "t", profil="ENSEIGNANT", instant="2025-10-29T19:00:00+01:00"),
]


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Three schools over five weeks that two months share, nothing masked."""
    return read_published(publish_events(tmp_path_factory.mktemp("requete"), EVENTS, ECOLES))


@pytest.fixture(scope="module")
def masked(exact: Published, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The same with what a policy may do: cells masked, cuts and profiles withheld, weeks missing."""
    return changed(
        exact,
        tmp_path_factory.mktemp("masques"),
        hide("semaine", "secret", "territoire = '0340585B' and profil = 'eleve' and debut = '2025-10-13'"),
        hide("semaine", "secret", "territoire = '0340585B' and coupe = 'service' and modalite = 'notes'"),
        hide("semaine", "non_recu", "territoire = '0340001S' and debut = '2025-10-20'"),
        "delete from frequentation_semaine where territoire = '0342332A' and coupe = 'appareil'",
        "delete from frequentation_mois where territoire = '0342332A' and profil = 'parent'",
        "delete from frequentation_mois where territoire = '0340001S' and coupe = 'heure'",
        """insert into frequentation_mois
        select debut, niveau, territoire, profil, 'heure', 'toutes', null, null, null, null, 'secret', provisoire
        from frequentation_mois where territoire = '0340001S' and coupe = 'total'""",
    )


@pytest.fixture(scope="module")
def opened(exact: Published, masked: Published) -> Iterator[list[tuple[Published, duckdb.DuckDBPyConnection]]]:
    """Both, open as a board opens them: to open a file takes longer than most queries."""
    with connect_publication(exact.path) as first, connect_publication(masked.path) as second:
        yield [(exact, first), (masked, second)]


def hide(periode: str, etat: str, rows: str) -> str:
    measures = "visites = null, utilisateurs = null, duree_s = null, duree_mediane_s = null"
    return f"update frequentation_{periode} set etat = '{etat}', {measures} where {rows}"  # noqa: S608


def changed(published: Published, folder: Path, *statements: str) -> Published:
    """A copy of a published file, with some rows changed."""
    path = folder / "change.duckdb"
    shutil.copy(published.path, path)
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return read_published(path)


def read(published: Published, **fields: object) -> list[tuple[object, ...]]:
    with connect_publication(published.path) as connection:
        return read_requete(connection, Requete(**{**WHOLE, **fields}))  # type: ignore[arg-type]


def test_rows_come_in_the_order_of_their_keys_with_their_state(exact: Published) -> None:
    rows = read(exact, indicateurs=("visites", "utilisateurs"), niveau="circonscription", au=WEEKS[1])

    assert rows == [
        (WEEKS[0], "0341000C", "tous", "valeur", 6, 6),
        (WEEKS[0], "0342000D", "tous", "non_ouverte", None, None),
        (WEEKS[1], "0341000C", "tous", "valeur", 3, 3),
        (WEEKS[1], "0342000D", "tous", "valeur", 1, 1),
    ]


def test_visits_add_up_over_weeks_schools_profiles_and_a_cut_that_parts_them(exact: Published) -> None:
    total = read(exact, niveau="region", territoires=("76",), agreger=("periode",))
    parts = read(
        exact, coupe="appareil", profils=("eleve", "adultes"), agreger=("periode", "territoire", "profil", "appareil")
    )

    assert total == [("76", "tous", "valeur", 17)]
    assert parts == [("valeur", 17)]


def test_a_mean_over_a_span_is_computed_again_from_what_it_divides(exact: Published) -> None:
    asked = {"indicateurs": ("duree_s", "visites", "duree_moyenne_s"), "niveau": "region", "territoires": ("76",)}

    [(_, _, etat, duree_s, visites, mean)] = read(exact, **asked, agreger=("periode",))

    assert (etat, duree_s, visites, mean) == ("valeur", 420, 17, 420 / 17)


def test_a_modality_without_a_row_is_zero_where_its_total_is_known(exact: Published) -> None:
    rows = read(exact, territoires=(DOLTO,), coupe="appareil", modalites=("ordinateur", "tablette"), au=WEEKS[0])

    assert rows == [
        (WEEKS[0], DOLTO, "tous", "ordinateur", "valeur", 3),
        (WEEKS[0], DOLTO, "tous", "tablette", "valeur", 0),
    ]


def test_a_cut_that_a_node_does_not_publish_is_secret_not_zero(masked: Published) -> None:
    no_row = read(masked, territoires=(ARC_EN_CIEL,), coupe="appareil", modalites=("tablette",), au=WEEKS[0])
    withheld = {"territoires": (LUNEL,), "coupe": "heure", "modalites": ("08",), "periode": "mois"}

    assert no_row == [(WEEKS[0], ARC_EN_CIEL, "tous", "tablette", "secret", None)]
    assert read(masked, **withheld, du=MONTHS[0], au=MONTHS[0])[0][-2:] == ("secret", None)


def test_a_profil_that_a_node_does_not_publish_is_secret_not_left_out(masked: Published) -> None:
    asked = {"periode": "mois", "du": MONTHS[0], "au": MONTHS[0], "profils": ("parent",)}

    assert (MONTHS[0], ARC_EN_CIEL, "parent", "secret", None) in read(masked, **asked)
    assert read(masked, **asked, agreger=("territoire",)) == [(MONTHS[0], "parent", "secret", None)]


def test_a_sum_with_a_masked_cell_is_secret_and_has_no_figure(masked: Published) -> None:
    asked = {"territoires": (DOLTO,), "profils": ("eleve",), "agreger": ("periode",)}

    assert read(masked, **asked) == [(DOLTO, "eleve", "secret", None)]
    assert read(masked, **{**asked, "au": WEEKS[0]}) == [(DOLTO, "eleve", "valeur", 3)]


def test_a_sum_with_a_week_that_was_not_received_is_not_received(masked: Published) -> None:
    assert read(masked, territoires=(LUNEL,), du=WEEKS[1], agreger=("periode",)) == [(LUNEL, "tous", "non_recu", None)]


def test_weeks_before_the_opening_add_nothing_and_hide_nothing(exact: Published) -> None:
    before = read(exact, territoires=(LUNEL,), au=WEEKS[0], agreger=("periode",))

    assert before == [(LUNEL, "tous", "non_ouverte", None)]
    assert read(exact, territoires=(LUNEL,), au=WEEKS[1], agreger=("periode",)) == [(LUNEL, "tous", "valeur", 1)]


def test_presumed_zeros_alone_make_a_presumed_sum(exact: Published, tmp_path: Path) -> None:
    presumed = (
        "update frequentation_semaine set etat = 'presume', visites = 0 where territoire = '{}' and coupe = 'total'"
    )
    some = changed(exact, tmp_path, presumed.format(DOLTO))

    assert read(some, territoires=(DOLTO,), agreger=("periode",)) == [(DOLTO, "tous", "presume", 0)]
    assert read(some, territoires=(DOLTO, ARC_EN_CIEL), au=WEEKS[0], agreger=("territoire",))[0][2:] == ("valeur", 3)


def test_numbers_of_schools_go_with_the_figures_of_any_profil(exact: Published) -> None:
    asked = {"indicateurs": ("visites", "ouvertes", "actives"), "niveau": "commune", "territoires": ("34194",)}

    assert read(exact, **asked, profils=("parent",), au=WEEKS[0]) == [(WEEKS[0], "34194", "parent", "valeur", 2, 2, 2)]


def test_numbers_of_schools_come_alone_and_add_up_over_places_only(exact: Published) -> None:
    rows = read(exact, indicateurs=("ouvertes",), du=WEEKS[1], au=WEEKS[1], agreger=("territoire",))

    assert rows == [(WEEKS[1], "valeur", 3)]


@pytest.mark.parametrize(("periode", "debut"), [("mois", MONTHS[0]), ("annee", YEAR)])
def test_numbers_of_schools_exist_by_month_and_school_year(exact: Published, periode: str, debut: date) -> None:
    asked = {"periode": periode, "du": debut, "au": debut, "niveau": "circonscription", "territoires": ("0341000C",)}
    schools = ("inscrites", "ouvertes", "mesurees", "actives")

    assert read(exact, **asked, indicateurs=schools) == [(debut, "0341000C", "valeur", 0, 2, 2, 2)]
    assert read(exact, **asked, indicateurs=("visites", "actives"))[0][-1] == 2


def test_text_holds_no_value_of_the_query() -> None:
    requete = Requete(**{**WHOLE, "territoires": ("x'; drop table ecoles --",)})  # type: ignore[arg-type]
    sql, parametres, colonnes = compile_requete(requete, load_plan())

    assert "drop" not in sql
    assert parametres["territoire_0"] == "x'; drop table ecoles --"
    assert colonnes == ("debut", "territoire", "profil", "etat", "visites")


def test_an_expression_over_visits_says_what_is_published(exact: Published) -> None:
    indicateurs = [i for i in load_plan().indicateurs if i.table == "frequentation"]
    noms = tuple(i.nom for i in indicateurs)
    visits = "(values ('e0', 420), ('e1', 0), ('e2', 0)) visites(visiteur, duree_s)"  # of DOLTO's first week
    query = f"select {', '.join(i.expression for i in indicateurs)} from {visits}"  # noqa: S608
    with duckdb.connect() as connection:
        [meant] = connection.execute(query).fetchall()

    [(*_, visites, utilisateurs, duree_s, moyenne, mediane)] = read(
        exact, indicateurs=noms, territoires=(DOLTO,), au=WEEKS[0]
    )

    assert (visites, utilisateurs, duree_s, moyenne, mediane) == meant == (3, 3, 420, 140.0, 0)


PLAN = load_plan()
SPANS = {"jour": WEEKS, "semaine": WEEKS, "mois": MONTHS, "annee": (YEAR,)}
PLACES = [
    ("uai", (DOLTO, LUNEL)),
    ("uai", EnfantsDe("circonscription", "0341000C")),
    ("circonscription", EnfantsDe("region", "76")),
    ("uai", EnfantsDe("commune", "34194")),
    ("departement", ("034",)),
]
COUNTS = st.sampled_from(["visites", "utilisateurs", "duree_s", "duree_moyenne_s", "duree_mediane_s"])
SCHOOLS = st.sampled_from(["inscrites", "ouvertes", "mesurees", "actives"])


def some(values: Sequence[str], least: int, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of these, each once."""
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True).map(tuple)


# Made once: most random queries are refused, and to make these takes longer than to draw from them.
DATES = {periode: st.tuples(st.sampled_from(span), st.sampled_from(span)) for periode, span in SPANS.items()}
COUPES = {periode: st.sampled_from([c.code for c in PLAN.coupes if periode in c.periodes]) for periode in SPANS}
PROFILS = some([p.code for p in PLAN.records("profil")], 1, 3)
MODALITES = {c.code: st.none() | some(PLAN.modalites(c.code), 1, 3) for c in PLAN.coupes}
DIMENSIONS = {c.code: some(["periode", "territoire", "profil", c.code], 0, 4) for c in PLAN.coupes}


@st.composite
def asked(draw: st.DrawFn, indicateurs: st.SearchStrategy[str]) -> dict[str, object]:
    """Fields of a query whose codes and dates are right; it may be refused all the same."""
    periode = draw(st.sampled_from(list(SPANS)))
    coupe = draw(COUPES[periode])
    du, au = sorted(draw(DATES[periode]))
    niveau, territoires = draw(st.sampled_from(PLACES))
    return {
        "indicateurs": tuple(draw(st.lists(indicateurs, min_size=1, max_size=3, unique=True))),
        "niveau": niveau, "territoires": territoires, "periode": periode, "du": du, "au": au, "coupe": coupe,
        "profils": draw(PROFILS), "modalites": draw(MODALITES[coupe]), "agreger": draw(DIMENSIONS[coupe]),
    }  # fmt: skip


@given(asked(COUNTS | SCHOOLS))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_any_accepted_query_gives_what_plain_python_computes_from_the_rows(
    opened: list[tuple[Published, duckdb.DuckDBPyConnection]], fields: dict[str, object]
) -> None:
    try:
        requete = Requete(**fields)  # type: ignore[arg-type]
    except RequeteRefusee:
        reject()

    for published, connection in opened:
        assert read_requete(connection, requete) == compute(published, requete)


@given(asked(COUNTS | SCHOOLS), st.sampled_from(["periode", "territoire", "profil"]))
def test_any_query_that_adds_users_is_refused(fields: dict[str, object], dimension: str) -> None:
    noms, agreger = fields["indicateurs"], fields["agreger"]
    assert isinstance(noms, tuple)
    assert isinstance(agreger, tuple)
    users = {**fields, "indicateurs": tuple({*noms, "utilisateurs"}), "agreger": tuple({*agreger, dimension})}

    with pytest.raises(RequeteRefusee):
        Requete(**users)  # type: ignore[arg-type]
