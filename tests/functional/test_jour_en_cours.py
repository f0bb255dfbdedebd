"""The running day is told from circonscription up, as the oracle counts it, under masks that no sum undoes; never lower or later."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnma.scellement import seal_lake
from marking_plan import load_plan
from marking_plan.codes import uai_check_letter
from metrics.jour_en_cours import mask_jour
from metrics.lecture import Lecteur
from metrics.lecture.totaux_seuls import keep_totals
from metrics.protection.sommes import Ints, make_sommes
from metrics.publication import publish
from metrics.tableau import Vue
from tests.engine import fill_lake, ingest_files, read_rows, write_events
from tests.functional.test_oracle import event, local, place
from tests.interruption import copy_lake
from tests.oracle import measure
from tests.regions import Event

JOUR, VEILLE = date(2025, 10, 9), date(2025, 10, 8)
MIDI, SOIR, LENDEMAIN = (
    local(instant).astimezone(UTC) for instant in ("2025-10-09T14:05:30", "2025-10-09T23:30:00", "2025-10-10T06:00:00")
)
NIVEAUX = ("region", "academie", "departement", "circonscription")
HERAULT = {"region": "76", "academie": "11", "departement": "034"}
GARD = {"region": "76", "academie": "11", "departement": "030"}
GARONNE = {"region": "76", "academie": "16", "departement": "031"}
PLACES = {
    "A": (HERAULT, 3, 12),
    "B": (HERAULT, 2, 7),
    "SEULE": (HERAULT, 1, 9),
    "D": (GARD, 2, 3),
    "E": (GARONNE, 2, 8),
}
FIGES = [
    "frequentation_jour",
    "frequentation_semaine",
    "perimetre",
    "completude",
    "pics",
    "ecoles_a_accompagner",
    "protection",
]
# Persons of months and years come from the registers, which don't know days: those of a lot of two days count at once.
FIGES += ["(select * exclude utilisateurs from frequentation_mois)", "(from taux where periode = 'semaine')"]
FIGES += ["(select * exclude utilisateurs from frequentation_annee)"]


def uai(circonscription: str, rang: int) -> str:
    """A school of a circonscription."""
    digits = f"034{list(PLACES).index(circonscription):03}{rang}"
    return digits + uai_check_letter(digits)


ECOLES = [
    {"uai": uai(code, rang), **lieux, "circonscription": code, "commune": f"34{n}0{rang}"}
    for n, (code, (lieux, ecoles, _)) in enumerate(PLACES.items())
    for rang in range(ecoles)
]
EFFECTIFS = [
    {"uai": e["uai"], "profil": "eleve", "effectif": 90, "base": "comptes_ouverts", "constate_le": "2025-09-15"}
    for e in ECOLES
]


def day_before() -> list[Event]:
    """Every school comes."""
    return [event(local("2025-10-08T10:00:00"), uai=e["uai"], visiteur=e["uai"]) for e in ECOLES]


def running_day() -> list[Event]:
    """So many persons of each circonscription, some of two schools, twice or under two profiles; one stays from before midnight,
    and one comes after the publication."""
    events = []
    for code, (_, ecoles, persons) in PLACES.items():
        for n in range(persons):
            debut = local("2025-10-09T08:00:00") + timedelta(minutes=7 * n)
            events.append(event(debut, uai=uai(code, n % ecoles), visiteur=f"{code}{n}"))
            if n % 3 == 0:
                later = debut + timedelta(minutes=29 + n)
                events.append(event(later, uai=uai(code, (n + 1) % ecoles), visiteur=f"{code}{n}", profil="PARENT"))
    events += [event(local(f"2025-10-{t}"), uai=uai("A", 0), visiteur="nuit") for t in ("08T23:50:00", "09T00:10:00")]
    return [*events, event(local("2025-10-09T18:00:00"), uai=uai("A", 0), visiteur="soir")]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lake of these two days."""
    return fill_lake(tmp_path_factory.mktemp("jour"), [*day_before(), *running_day()], ECOLES, EFFECTIFS)


@pytest.fixture
def lake(source: Path, tmp_path: Path) -> Path:
    """A copy for one test."""
    return copy_lake(source, tmp_path)


def told(path: Path) -> dict[tuple[object, ...], tuple[object, ...]]:
    """The running day of each territory."""
    query = "select niveau, territoire, visites, utilisateurs, etat from jour_en_cours"
    return {row[:2]: row[2:] for row in read_rows(path, query)}


def counted(until: datetime) -> dict[tuple[object, ...], tuple[object, ...]]:
    """The same by the oracle, of the events before an instant."""
    events = [e for e in [*day_before(), *running_day()] if datetime.fromisoformat(str(e["instant"])) < until]
    return {
        (cle.niveau, cle.territoire): (m.visites, m.utilisateurs, "valeur")
        for cle, m in measure(events, place(ECOLES)).items()
        if (cle.periode, cle.debut, cle.profil) == ("jour", JOUR, "tous") and cle.niveau in NIVEAUX
    }


def publish_exact(donnees: Path, now: datetime) -> Path:
    """A publication without masks."""
    return publish(donnees, load_plan(), politique="exacte", now=now).path


def test_the_running_day_is_the_oracles_until_the_publication_then_until_the_next(lake: Path) -> None:
    midday = publish_exact(lake, MIDI)
    evening = publish_exact(lake, SOIR)

    assert told(midday) == counted(MIDI)
    assert told(evening) == counted(SOIR) != counted(MIDI)
    assert read_rows(evening, "select distinct jour, arrete_a from jour_en_cours") == [
        (JOUR, datetime(2025, 10, 9, 16))
    ]


def test_no_other_table_changes_by_what_came_today(lake: Path, tmp_path: Path) -> None:
    path = publish_exact(lake, MIDI)
    (tmp_path / "sans").mkdir()
    without = publish_exact(fill_lake(tmp_path / "sans", [*day_before(), running_day()[-3]], ECOLES, EFFECTIFS), MIDI)

    assert told(without) == {}
    for table in FIGES:
        query = f"select * from {table} order by all"  # noqa: S608 - names above
        assert read_rows(path, query) == read_rows(without, query), table
    assert read_rows(path, "select max(debut) from frequentation_jour") == [(VEILLE,)]


def test_lots_of_the_day_alone_change_nothing_else_users_of_months_and_years_included(tmp_path: Path) -> None:
    """What the collector hands over every quarter of an hour: lots in which nobody came before today."""
    donnees = fill_lake(tmp_path, day_before(), ECOLES, EFFECTIFS)
    before = publish_exact(donnees, MIDI)
    today = [e for e in running_day() if datetime.fromisoformat(str(e["instant"])) >= local("2025-10-09T00:00:00")]
    for n in range(3):
        ingest_files(donnees, write_events(tmp_path / f"lot-{n}.ndjson", today[n::3]))
    path = publish_exact(donnees, MIDI)

    assert told(path) != {}
    for table in ("frequentation_semaine", "frequentation_mois", "frequentation_annee", "taux", "ecoles", "acces"):
        query = f"select * from {table} order by all"  # noqa: S608 - names above
        assert read_rows(path, query) == read_rows(before, query), table
    users = "select utilisateurs from frequentation_mois where (niveau, coupe, profil) = ('region', 'total', 'tous')"
    assert read_rows(path, users) == [(len(ECOLES),)]
    assert read_rows(publish_exact(donnees, LENDEMAIN), users) == [(len({e["visiteur"] for e in today}) + len(ECOLES),)]


def test_the_next_days_publication_has_the_day_in_its_place_and_none_running(lake: Path) -> None:
    publish_exact(lake, MIDI)
    path = publish_exact(lake, LENDEMAIN)
    query = f"""
        select niveau, territoire, visites, utilisateurs, etat from frequentation_jour
        where debut = '{JOUR}' and profil = 'tous' and niveau in {NIVEAUX} and visites > 0
    """  # noqa: S608 - constants

    assert told(path) == {}
    assert {row[:2]: row[2:] for row in read_rows(path, query)} == counted(LENDEMAIN)


def test_a_lake_of_sealed_weeks_has_no_running_day(lake: Path) -> None:
    seal_lake(lake, lake.with_name("donnees.cles"), load_plan(), local("2026-06-15T12:00:00"))

    assert told(publish_exact(lake, MIDI)) == {}


def test_a_new_delivery_of_the_day_is_told_by_the_next_publication(lake: Path, tmp_path: Path) -> None:
    publish_exact(lake, MIDI)
    more = [event(local("2025-10-09T13:00:00"), uai=uai("E", 0), visiteur="n")]
    ingest_files(lake, write_events(tmp_path / "suite.ndjson", more))

    before, after = counted(MIDI)["academie", "16"], told(publish_exact(lake, MIDI))["academie", "16"]
    assert after == (int(str(before[0])) + 1, int(str(before[1])) + 1, "valeur")


def test_few_users_and_a_single_school_are_masked_with_what_would_give_them_back(lake: Path) -> None:
    rows = told(publish(lake, load_plan(), politique="groupes", now=MIDI).path)
    secret = {key for key, row in rows.items() if row == (None, None, "secret")}

    alone = {("circonscription", "SEULE"), ("circonscription", "D"), ("departement", "030")}
    assert secret == alone | {("circonscription", "B"), ("departement", "034")}
    assert {key: row for key, row in rows.items() if key not in secret} == {
        key: row for key, row in counted(MIDI).items() if key not in secret
    }


def test_territories_of_unknown_population_are_secret(tmp_path: Path) -> None:
    donnees = fill_lake(tmp_path, [*day_before(), *running_day()], ECOLES)

    assert {row[2] for row in told(publish(donnees, load_plan(), now=MIDI).path).values()} == {"secret"}


def test_a_policy_without_days_of_everybody_has_no_running_day(lake: Path) -> None:
    assert told(publish(lake, load_plan(), politique="familles", now=MIDI).path) == {}


def test_boards_from_circonscription_up_alone_tell_it(lake: Path) -> None:
    rows = told(publish_exact(lake, MIDI))
    lecteur = Lecteur(lake, load_plan())
    nodes = [*rows, ("commune", ECOLES[0]["commune"]), ("uai", ECOLES[0]["uai"])]
    jours = {node: lecteur.read_tableau(lecteur.default_vue(*map(str, node))).jour for node in nodes}
    minute = datetime(2025, 10, 9, 12, 5, tzinfo=UTC)

    assert {node for node, jour in jours.items() if jour is None} == set(nodes[-2:])
    assert {node: (j.visites, j.utilisateurs, "valeur") for node, j in jours.items() if j} == rows
    assert {(j.jour, j.arrete_a <= minute) for j in jours.values() if j} == {(JOUR, True)}


def test_who_reads_totals_alone_does_not_read_it(lake: Path) -> None:
    publish_exact(lake, MIDI)
    lecteur = Lecteur(lake, load_plan())
    vue = Vue("circonscription", "A", date(2025, 10, 1), date(2025, 10, 31), periode="mois")
    tableau = lecteur.read_tableau(vue)

    assert tableau.jour
    assert keep_totals(tableau).jour is None


TREES = st.lists(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=3)  # fmt: skip


def grow(tree: Sequence[Sequence[Sequence[int]]]) -> tuple[Ints, list[list[int]]]:
    """Users of a région, its académies, départements and circonscriptions, who have one school each; and of each sum the
    parent, then its children."""
    users, sums = [0], [[0]]
    for academie in tree:
        sums[0].append(len(users))
        line = [len(users)]
        users.append(sum(map(sum, academie)))
        users[0] += users[line[0]]
        for departement in academie:
            below = len(users)
            line.append(below)
            sums.append([below, *range(below + 1, below + 1 + len(departement))])
            users += [sum(departement), *departement]
        sums.append(line)
    return np.array(users), sums


@given(TREES, st.sets(st.integers(0, 20)), st.integers(2, 6))
def test_no_sum_of_territories_gives_a_masked_figure_back(tree: list[list[list[int]]], small: set[int], k: int) -> None:
    users, sums = grow(tree)
    own = ((users > 0) & (users < k)) | np.isin(np.arange(len(users)), list(small))
    pairs = [(n, cell, -1 if cell == line[0] else 1) for n, line in enumerate(sums) for cell in line]
    masked = mask_jour(users, own, make_sommes(*np.array(pairs).T), k)

    assert not (own & ~masked).any()
    matrix = np.zeros((len(sums), len(users)))
    for n, cell, sign in pairs:
        matrix[n, cell] = sign
    hidden = np.flatnonzero(masked)
    _, values, moves = np.linalg.svd(matrix[:, hidden])
    free = moves[int((values > 1e-9).sum()) :]  # ways in which masked figures may change, all sums the same
    assert (np.abs(free).max(axis=0, initial=0) > 1e-9).all()
