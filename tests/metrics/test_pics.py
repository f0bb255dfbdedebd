"""Peaks and suggested accesses as published: states, small counts that nothing gives back, the formula, and queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from ingest.referentiels import load_effectifs
from marking_plan import load_plan
from marking_plan.pics import find_acces, find_comptage, list_parametres
from metrics.engine import connect, connect_publication, run
from metrics.publication import publish
from metrics.reference import create_table
from metrics.requete import Requete, read_requete
from metrics.tables import create_tables
from tests.engine import EVENT, NOW, fill_lake, ingest_files, read_rows, write_events

DOLTO, ARC_EN_CIEL, LUNEL = "0340585B", "0342332A", "0340001S"
PLACE = {"departement": "034", "academie": "11", "region": "76", "circonscription": "0341000C"}
ECOLES = [
    {"uai": DOLTO, "commune": "34194", **PLACE},
    {"uai": ARC_EN_CIEL, "commune": "34194", **PLACE},
    {"uai": LUNEL, "commune": "34145", **PLACE},
]
WEEK, YEAR = date(2025, 10, 6), date(2025, 8, 1)


def visits(uai: str, number: int, day: date = WEEK, profil: str = "ELEVE") -> list[dict[str, str]]:
    """So many pupils who come at the same moment of a morning."""
    instant = f"{day}T10:00:00+02:00"
    return [{**EVENT, "instant": instant, "uai": uai, "visiteur": f"{uai}{n}", "profil": profil} for n in range(number)]


EVENTS = (
    visits(DOLTO, 30)
    + visits(ARC_EN_CIEL, 2)
    + visits(LUNEL, 3, profil="PARENT")
    + visits(DOLTO, 7, date(2025, 10, 14))
)
EFFECTIFS = {DOLTO: 101, ARC_EN_CIEL: 100, LUNEL: 9}


def write_effectifs(folder: Path, effectifs: Mapping[str, int], base: str = "eleves_onde") -> Path:
    path = folder / f"effectifs-{base}.csv"
    rows = [f"{uai};ELEVE;{effectif};{base};2025-10-01" for uai, effectif in effectifs.items()]
    path.write_text("\n".join(["uai;profil;effectif;base;constate_le", *rows]), "utf-8")
    return path


def publish_with(folder: Path, effectifs: Mapping[str, int], politique: str = "exacte") -> Path:
    donnees = fill_lake(folder, EVENTS, ECOLES)
    load_effectifs(donnees, write_effectifs(folder, effectifs), load_plan(), None, None)
    return publish(donnees, load_plan(), politique=politique, now=NOW).path


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two communes, one of two schools; pupils of each school known, nothing masked."""
    return publish_with(tmp_path_factory.mktemp("exacts"), EFFECTIFS)


@pytest.fixture(scope="module")
def protege(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same under `groupes`."""
    return publish_with(tmp_path_factory.mktemp("proteges"), EFFECTIFS, "groupes")


def pics_of(path: Path, debut: date = WEEK) -> dict[object, tuple[object, ...]]:
    rows = read_rows(path, f"select territoire, pic_simultane, demi_journee, etat from pics where debut = '{debut}'")  # noqa: S608
    return {row[0]: row[1:] for row in rows}


def test_every_school_and_commune_of_the_spine_has_a_row_with_its_state(exact: Path) -> None:
    assert pics_of(exact) == {
        DOLTO: (30, "1-matin", "valeur"),
        ARC_EN_CIEL: (2, "1-matin", "valeur"),
        LUNEL: (0, None, "valeur"),
        "34194": (32, "1-matin", "valeur"),
        "34145": (0, None, "valeur"),
    }
    assert pics_of(exact, date(2025, 10, 13))[ARC_EN_CIEL] == (0, None, "presume")


def test_a_week_that_was_not_received_has_no_peak(tmp_path: Path) -> None:
    donnees = fill_lake(tmp_path, EVENTS, ECOLES)
    ingest_files(donnees, write_events(tmp_path / "novembre.ndjson", visits(DOLTO, 1, date(2025, 11, 3))))

    path = publish(donnees, load_plan(), politique="exacte", now=NOW).path

    assert pics_of(path, date(2025, 10, 20))[DOLTO] == (None, None, "non_recu")


def test_a_peak_under_k_is_secret_and_so_is_that_of_its_commune(protege: Path) -> None:
    assert pics_of(protege) == {
        DOLTO: (30, "1-matin", "valeur"),
        ARC_EN_CIEL: (None, None, "secret"),
        LUNEL: (0, None, "valeur"),
        "34194": (None, None, "secret"),
        "34145": (0, None, "valeur"),
    }


def test_a_commune_without_a_secret_school_shows_its_peak(protege: Path) -> None:
    assert pics_of(protege, date(2025, 10, 13))["34194"] == (7, "2-matin", "valeur")


def test_a_node_that_does_not_publish_its_totals_has_no_peak_not_even_zero(tmp_path: Path) -> None:
    path = publish_with(tmp_path, {DOLTO: 101, ARC_EN_CIEL: 100}, "groupes")

    assert pics_of(path)[LUNEL] == (None, None, "secret")
    assert pics_of(path)["34145"] == (None, None, "secret")


K = 3
DEMI_JOURNEES = np.array(["1-matin", "2-matin", "2-matin"])  # of the three moments of a week


def list_worlds(ecoles: int) -> list[tuple[tuple[int, str], ...]]:
    """Peaks and half-days of the schools, then of their commune, in all that they may have done up to one visit over k."""
    visites = np.indices((K + 2,) * (3 * ecoles), dtype=np.int8).reshape(ecoles, 3, -1)
    noeuds = np.append(visites, visites.sum(axis=0, keepdims=True, dtype=np.int8), axis=0)
    facts = [*noeuds.max(axis=1), *noeuds.argmax(axis=1).clip(max=1)]
    seen = np.unique(np.ravel_multi_index(facts, (16,) * len(facts)))
    peaks, moments = np.split(np.array(np.unravel_index(seen, (16,) * len(facts))), 2)
    return [
        tuple((int(pic), str(DEMI_JOURNEES[moment])) for pic, moment in zip(*columns, strict=True))
        for columns in zip(peaks.T, moments.T, strict=True)
    ]


def publish_worlds(
    found: Sequence[tuple[tuple[int, str], ...]], totaux: tuple[bool, ...]
) -> list[tuple[tuple[object, ...], ...]]:
    """What each world publishes, a week each: peak, half-day and state of each school (`totaux`: it publishes its totals),
    then of the commune."""
    noeuds = [("uai", f"E{n}") for n in range(len(totaux))] + [("commune", "Z")]
    semaines = [date(1900, 1, 1) + timedelta(weeks=n) for n in range(len(found))]
    keys = [(semaine, *noeud) for semaine in semaines for noeud in noeuds]
    debuts, niveaux, territoires = (pa.array(column) for column in zip(*keys, strict=True))
    pics, demi_journees = zip(*(cell for world in found for cell in world), strict=True)
    node = {"debut": debuts, "niveau": niveaux, "territoire": territoires}
    spine = {"periode": ["semaine"], "annee_scolaire": ["A"], "etat": ["valeur"]}
    tables = {
        "pics_comptes": {**node, "pic_simultane": pa.array(pics), "demi_journee": pa.array(demi_journees)},
        "etats_noeuds": {**node, **{name: pa.array(value * len(keys)) for name, value in spine.items()}},
        "protections": {
            "annee_scolaire": pa.array(["A"] * len(noeuds)),
            "niveau": pa.array([niveau for niveau, _ in noeuds]),
            "territoire": pa.array([territoire for _, territoire in noeuds]),
            "profil": pa.array(["tous"] * len(noeuds)),
            "total": pa.array([*totaux, True]),
        },
        "placement_annees": {
            "annee_scolaire": pa.array(["A"] * len(totaux)),
            "uai": pa.array([f"E{n}" for n in range(len(totaux))]),
            "niveau": pa.array(["commune"] * len(totaux)),
            "territoire": pa.array(["Z"] * len(totaux)),
        },
        "semaines_des_pics": {"debut": pa.array(semaines)},
    }
    with connect() as connection:
        create_tables(connection)
        for name, columns in tables.items():
            create_table(connection, name, pa.table(columns))
        run(connection, "pilotage/pics", {"k": K})
        rows = connection.execute(
            "select pic_simultane, demi_journee, etat from pics order by debut, territoire"
        ).fetchall()
    return [tuple(rows[n : n + len(noeuds)]) for n in range(0, len(rows), len(noeuds))]


def group_worlds(totaux: tuple[bool, ...]) -> dict[tuple[tuple[object, ...], ...], list[tuple[int, ...]]]:
    """Peaks of the schools in all worlds that publish the same: what a reader can't tell apart."""
    found = list_worlds(len(totaux))
    alike: dict[tuple[tuple[object, ...], ...], list[tuple[int, ...]]] = defaultdict(list)
    for world, shown in zip(found, publish_worlds(found, totaux), strict=True):
        alike[shown].append(tuple(pic for pic, _ in world[:-1]))
    return alike


COMMUNES = [
    (True,), (True, True), (True, False), (True, True, True), (True, True, False), (True, False, False),
]  # fmt: skip


@pytest.mark.parametrize("totaux", COMMUNES)
def test_no_secret_peak_is_narrowed_by_all_that_is_published(totaux: tuple[bool, ...]) -> None:
    for shown, possible in group_worlds(totaux).items():
        for rang, total in enumerate(totaux):
            peaks = {world[rang] for world in possible}
            if not total:
                assert peaks >= set(range(K)), shown
            elif shown[rang][-1] == "secret":
                assert peaks == set(range(1, K)), shown


@pytest.mark.parametrize("totaux", COMMUNES)
def test_secret_peaks_together_may_be_anything_except_all_one_when_their_commune_is_secret(
    totaux: tuple[bool, ...],
) -> None:
    for shown, possible in group_worlds(totaux).items():
        small = [rang for rang, total in enumerate(totaux) if total and shown[rang][-1] == "secret"]
        together = {tuple(world[rang] for rang in small) for world in possible}
        excluded = {(1,) * len(small)} if shown[-1][-1] == "secret" and len(small) > 1 else set()

        assert together >= set(product(range(1, K), repeat=len(small))) - excluded, shown


def test_a_commune_shows_its_peak_beside_secret_schools_where_it_tells_nothing_of_them() -> None:
    apart, together = (((4, "1-matin"), (1, "2-matin"), (2, "2-matin"), (commune, "1-matin")) for commune in (4, 7))

    shown, hidden = publish_worlds([apart, together], (True,) * 3)

    assert shown[-1] == (4, "1-matin", "valeur")
    assert hidden[-1] == (None, None, "secret")


def acces_of(path: Path, *columns: str) -> dict[object, tuple[object, ...]]:
    rows = read_rows(path, f"select territoire, {', '.join(columns)} from acces where debut = '{YEAR}'")  # noqa: S608
    return {row[0]: row[1:] for row in rows}


def test_an_access_is_suggested_from_whole_classes_of_pupils(exact: Path) -> None:
    found = acces_of(
        exact, "eleves", "eleves_prevus", "personnes_retenues", "debit_suggere_mbit_s", "parametres", "etat"
    )

    assert found == {
        DOLTO: (101, 50, 50, 65, "acces-1", "valeur"),
        ARC_EN_CIEL: (100, 25, 25, 33, "acces-1", "valeur"),
        LUNEL: (9, 9, 9, 16, "acces-1", "valeur"),
        "34194": (201, 75, 75, 98, "acces-1", "valeur"),
        "34145": (9, 9, 9, 16, "acces-1", "valeur"),
    }


def test_a_peak_raises_a_suggestion_and_never_lowers_it(tmp_path: Path) -> None:
    path = publish_with(tmp_path, {DOLTO: 20, ARC_EN_CIEL: 100, LUNEL: 9})

    found = acces_of(path, "eleves_prevus", "pic_max", "personnes_retenues", "debit_suggere_mbit_s")

    assert found[DOLTO] == (20, 30, 30, 39)
    assert found[ARC_EN_CIEL] == (25, 2, 25, 33)


def test_only_published_peaks_raise_a_suggestion(protege: Path) -> None:
    found = acces_of(protege, "pic_max")
    assert (found[DOLTO], found["34194"]) == ((30,), (7,))


def test_a_masked_peak_beside_published_zeros_is_unknown_and_not_zero(protege: Path) -> None:
    query = "select territoire, count(*) filter (etat = 'secret') > 0, max(pic_simultane) from pics group by territoire"
    weeks = {place: (secret, largest) for place, secret, largest in read_rows(protege, query)}
    assert weeks[ARC_EN_CIEL] == (True, 0)
    expected = {place: None if secret and not largest else largest for place, (secret, largest) in weeks.items()}
    assert {place: pic for place, (pic,) in acces_of(protege, "pic_max").items()} == expected


def test_without_pupils_known_nothing_is_suggested(tmp_path: Path) -> None:
    path = publish_with(tmp_path, {DOLTO: 101, LUNEL: 9})

    found = acces_of(path, "eleves", "eleves_prevus", "personnes_retenues", "debit_suggere_mbit_s", "etat")

    assert found[ARC_EN_CIEL] == found["34194"] == (None, None, None, None, "sans_effectif")
    assert found[LUNEL][-1] == "valeur"


def test_the_census_of_pupils_goes_before_their_accounts(tmp_path: Path) -> None:
    donnees = fill_lake(tmp_path, EVENTS, ECOLES)
    census, accounts = {DOLTO: 80}, {DOLTO: 300, ARC_EN_CIEL: 90, LUNEL: 90}
    for base, effectifs in (("eleves_onde", census), ("comptes_ouverts", accounts)):
        load_effectifs(donnees, write_effectifs(tmp_path, effectifs, base), load_plan(), None, None)

    path = publish(donnees, load_plan(), politique="exacte", now=NOW).path

    found = acces_of(path, "eleves", "base")
    assert found[DOLTO] == (80, "eleves_onde")
    assert found["34194"] == (170, "plusieurs")


def asked(**fields: object) -> Requete:
    base = {"indicateurs": ("pic_simultane",), "niveau": "uai", "territoires": (DOLTO,), "periode": "semaine"}
    return Requete(**{**base, "du": WEEK, "au": date(2025, 10, 13), **fields})  # type: ignore[arg-type]


def test_a_query_gives_peaks_by_week_with_their_state(exact: Path, protege: Path) -> None:
    with connect_publication(exact) as connection:
        assert read_requete(connection, asked()) == [
            (WEEK, DOLTO, "valeur", 30),
            (date(2025, 10, 13), DOLTO, "valeur", 7),
        ]
    with connect_publication(protege) as connection:
        assert read_requete(connection, asked(niveau="commune", territoires=("34194",), au=WEEK)) == [
            (WEEK, "34194", "secret", None)
        ]


def test_a_query_gives_the_suggested_access_of_a_school_year(exact: Path) -> None:
    requete = asked(indicateurs=("debit_suggere_mbit_s",), periode="annee", du=YEAR, au=YEAR)

    with connect_publication(exact) as connection:
        assert read_requete(connection, requete) == [(YEAR, DOLTO, "eleves_onde", "valeur", 65)]


def test_the_definition_says_the_parameters_in_force() -> None:
    reglage, definition = find_comptage(WEEK), load_plan().indicateur("pic_simultane").definition

    assert f"tranches de {reglage.tranche_min.valeur} minutes" in definition
    assert f"prolongée de {reglage.prolongation_min.valeur} minutes" in definition


def test_the_formula_names_every_parameter_of_an_access_and_analysts_find_them(exact: Path) -> None:
    noms = set(find_acces(YEAR).parametres)
    definition = load_plan().indicateur("debit_suggere_mbit_s").definition

    assert [nom for nom in noms if nom not in definition] == []
    assert read_rows(exact, "select * from plan_parametres") == [tuple(ligne) for ligne in list_parametres()]


def test_a_week_before_the_first_parameters_uses_them_too() -> None:
    assert find_comptage(date(2020, 9, 7)) == find_comptage(WEEK)
