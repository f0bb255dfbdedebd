"""Peaks through the real lake equal the oracle's count of every slot; bounds, class time, communes, and sealing."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dnma.scellement import seal_lake
from marking_plan import load_plan
from marking_plan.pics import find_comptage
from metrics.publication import publish
from metrics.reference import create_table, load_referentiels
from tests.engine import EXEMPLES, fill_lake, publish_events, read_rows
from tests.functional.test_oracle import ARC_EN_CIEL, DOLTO, ECOLES, HORS, LUNEL, REGIONALES, event, local, place
from tests.oracle_pics import USUELLE, Classe, Cle, Pic, Semaines, measure_pics
from tests.regions import REGIONS, count_lakes, find_region, move_ecoles, move_events, move_place

MONDAY, COMMUNE = date(2025, 10, 6), "34194"
AFTER_WEEKS, AFTER_ALL = datetime(2026, 6, 15, tzinfo=UTC), datetime(2026, 8, 15, tzinfo=UTC)
Events = Sequence[Mapping[str, object]]


def at(hour: str, visiteur: str = "a", *, day: int = 6, seconds: int = 0, **fields: str) -> list[dict[str, object]]:
    """A visit of October 2025 that starts at that local hour and lasts so many seconds."""
    start = local(f"2025-10-{day:02}T{hour}")
    instants = [start + timedelta(seconds=n) for n in {*range(0, seconds, 1200), seconds}]
    return [event(instant, visiteur=visiteur, **fields) for instant in instants]


def read_pics(path: Path) -> dict[Cle, Pic]:
    """Published peaks that somebody made."""
    query = "select debut, niveau, territoire, pic_simultane, demi_journee from pics where etat = 'valeur' and pic_simultane > 0"
    return {row[:3]: Pic(*row[3:]) for row in read_rows(path, query)}  # type: ignore[misc, arg-type]


def check(
    folder: Path, events: Events, semaines: Semaines | None = None, ecoles: Sequence[Mapping[str, str]] = ECOLES
) -> dict[Cle, Pic]:
    """Publish, compare with the oracle, and give the peaks."""
    found = read_pics(publish_events(folder, events, ecoles))
    assert found == measure_pics(events, place(ecoles), semaines)
    return found


Noeud = tuple[str, str]


def alone(*pic: object) -> dict[Noeud, tuple[object, ...]]:
    """The peak of the first school, and of its commune where nobody else is."""
    return {("uai", DOLTO): pic, ("commune", COMMUNE): pic}


NOVEMBRE = [event(local(f"2025-11-{day}T10:00:00"), visiteur="a") for day in ("11", "12", "15")]
PROFILS = ("ELEVE", "ENSEIGNANT", "PARENT", "parent_elu", "directeur", "personnel_collectivite")
# Visits of October and November 2025 in the three schools, and all the peaks of the week of 6 October.
SCENARIOS: dict[str, tuple[Events, dict[Noeud, tuple[object, ...]]]] = {
    "visits_of_one_slot_are_simultaneous_and_those_of_the_next_are_not": (
        [*at("09:00:00", "a"), *at("09:02:59", "b"), *at("09:05:00", "c"), *at("09:09:59.999", "d")],
        alone(2, "1-matin"),
    ),
    "the_two_minutes_added_reach_the_slot_that_begins_at_their_end": (
        [*at("09:03:00", "a"), *at("09:05:00", "b")],
        alone(2, "1-matin"),
    ),
    "the_two_minutes_added_stop_one_second_before_the_next_slot": (
        [*at("09:02:59.999", "a"), *at("09:05:00", "b")],
        alone(1, "1-matin"),
    ),
    "a_visit_is_in_progress_until_its_last_event_and_two_minutes": (
        [*at("09:00:00", "a", seconds=2880), *at("09:50:00", "b"), *at("09:55:00", "c")],
        alone(2, "1-matin"),
    ),
    "class_begins_and_ends_with_its_slots": (
        [
            *at("08:27:59", "a"), *at("08:25:00", "b"), *at("12:00:00", "c"), *at("16:30:00", "d"),
            *at("08:28:00", "e", uai=LUNEL), *at("11:59:59", "f", uai=ARC_EN_CIEL),
        ],
        {
            ("uai", LUNEL): (1, "1-matin"), ("commune", "34145"): (1, "1-matin"),
            ("uai", ARC_EN_CIEL): (1, "1-matin"), ("commune", COMMUNE): (1, "1-matin"),
        },
    ),
    "the_lunch_break_is_no_class_time_but_a_visit_may_span_it": (
        [
            *(visite for n in range(3) for visite in at("12:30:00", f"dîner{n}")),
            *at("11:50:00", "a", seconds=7200), *at("13:35:00", "b"),
        ],
        alone(2, "1-apres_midi"),
    ),
    "wednesday_the_week_end_holidays_and_public_holidays_have_no_class": (
        [*at("10:00:00", day=8), *at("10:00:00", day=20), *NOVEMBRE],
        {},
    ),
    "a_commune_counts_the_visits_of_its_schools_at_the_same_moment": (
        [
            *at("09:00:00", "a"), *at("09:01:00", "b"), *at("09:02:00", "c", uai=ARC_EN_CIEL),
            *(visite for n in range(2) for visite in at("14:00:00", f"s{n}", day=7, uai=ARC_EN_CIEL)),
        ],
        {
            ("uai", DOLTO): (2, "1-matin"),
            ("uai", ARC_EN_CIEL): (2, "2-apres_midi"),
            ("commune", COMMUNE): (3, "1-matin"),
        },
    ),
    "only_pupils_and_teachers_count": (
        [visite for profil in PROFILS for visite in at("09:00:00", profil, profil=profil)],
        alone(2, "1-matin"),
    ),
    "of_equal_peaks_the_first_half_day_is_told": (
        [*at("14:00:00", "a", day=7), *at("09:00:00", "b", day=9), *at("15:00:00", "c", day=9)],
        alone(1, "2-apres_midi"),
    ),
    "a_visit_past_midnight_and_an_hour_that_comes_twice_are_taken": (
        [*at("23:50:00", seconds=1500, day=6), *(event(local("2025-10-26T02:50:00", fold=fold)) for fold in (0, 1))],
        {},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def regions(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[Cle, Pic], dict[Cle, Pic]]:
    """Peaks of all scenarios, each a region of one lake: the oracle's and the engine's."""
    events, ecoles = move_events([events for events, _ in SCENARIOS.values()]), move_ecoles(ECOLES, len(SCENARIOS))
    found = read_pics(publish_events(tmp_path_factory.mktemp("pics"), events, ecoles))
    return measure_pics(events, place(ecoles), None), found


@pytest.mark.parametrize(("region", "nom"), list(enumerate(SCENARIOS)))
def test_engine_and_oracle_agree_that(regions: tuple[dict[Cle, Pic], dict[Cle, Pic]], region: int, nom: str) -> None:
    expected, found = ({cle: p for cle, p in rows.items() if find_region(*cle[1:]) == region} for rows in regions)

    assert found == expected
    assert found == {
        (MONDAY, niveau, move_place(niveau, territoire, region)): pic
        for (niveau, territoire), pic in SCENARIOS[nom][1].items()
    }


HORAIRES = {
    DOLTO: [Classe(3, "matin", time(9), time(11, 32)), Classe(1, "apres_midi", time(11, 43), time(15))],
    ARC_EN_CIEL: [Classe(1, "matin", time(8, 3), time(12, 30))],
}


@pytest.fixture
def horaires(monkeypatch: pytest.MonkeyPatch) -> Semaines:
    """Two schools whose week is known: other days, hours within a slot, and a morning beside an afternoon."""
    rows = [
        {"annee_scolaire": "2025-2026", "uai": uai, "jour_semaine": c.jour, "demi_journee": c.demi_journee}
        | {"debut_min": 60 * c.debut.hour + c.debut.minute, "fin_min": 60 * c.fin.hour + c.fin.minute}
        for uai, classes in HORAIRES.items()
        for c in classes
    ]

    def load_with_weeks(connection: duckdb.DuckDBPyConnection, *args: object) -> None:
        load_referentiels(connection, *args)  # type: ignore[arg-type]
        create_table(connection, "semaine_ecoles", pa.Table.from_pylist(rows))

    monkeypatch.setattr("metrics.comptage.load_referentiels", load_with_weeks)
    return HORAIRES


def test_a_school_has_class_when_its_own_week_says(tmp_path: Path, horaires: Semaines) -> None:
    wednesday = at("11:25:00", "a", day=8) + at("11:34:00", "b", day=8) + at("09:00:00", "c", day=7)
    noon = at("11:46:00", "d") + at("11:46:00", "e", uai=ARC_EN_CIEL) + at("11:46:00", "f", uai=LUNEL)

    found = check(tmp_path, wednesday + noon + at("08:03:00", "g", uai=ARC_EN_CIEL), horaires)

    assert found[MONDAY, "uai", DOLTO] == (1, "1-apres_midi")
    assert found[MONDAY, "commune", COMMUNE] == (2, "1-matin")


CORNERS = (
    "2025-10-06T08:30",
    "2025-10-06T12:00",
    "2025-10-07T13:30",
    "2025-10-09T16:30",
    "2025-10-08T10:00",
    "2025-10-16T09:00",
)
STARTS = st.builds(
    lambda corner, seconds, ms: local(corner) + timedelta(seconds=seconds, milliseconds=ms),
    st.sampled_from(CORNERS),
    st.sampled_from([-421, -420, -121, -120, -119, -1, 0, 1, 179, 180, 181, 299, 300, 480]),
    st.sampled_from([0, 0, -1, 999]),
)
VISITS = st.builds(
    lambda start, seconds, **fields: [event(start + timedelta(seconds=n), **fields) for n in {0, seconds}],
    STARTS,
    st.sampled_from([0, 0, 1, 60, 179, 180, 1000, 1799]),
    visiteur=st.sampled_from(["a", "b", "c", "d", "e"]),
    uai=st.sampled_from([DOLTO, DOLTO, ARC_EN_CIEL, LUNEL, HORS]),
    profil=st.sampled_from(["ELEVE", "ELEVE", "ENSEIGNANT", "PARENT"]),
)


DRAWN = st.lists(VISITS, min_size=1, max_size=25).map(lambda visits: [e for visit in visits for e in visit])


@settings(max_examples=count_lakes(EXEMPLES), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DRAWN, min_size=REGIONS, max_size=REGIONS))
def test_engine_and_oracle_agree_on_random_visits_around_the_bounds(scenarios: list[list[dict[str, object]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), move_events(scenarios), ecoles=REGIONALES)


def publish_again(donnees: Path) -> Path:
    return publish(donnees, load_plan(), politique="exacte", now=AFTER_ALL).path


def seal_without_peaks(donnees: Path) -> None:
    """Seal all weeks, and take the peaks of the first away: an earlier version sealed it."""
    assert seal_lake(donnees, donnees.with_name("donnees.cles"), load_plan(), AFTER_WEEKS)
    (donnees / "cubes" / f"semaine={MONDAY}" / "pics.parquet").unlink()


def test_peaks_are_the_same_before_and_after_sealing(tmp_path: Path) -> None:
    events = [visite for day in (6, 14) for n in range(day) for visite in at("09:00:00", f"v{n}", day=day)]
    before = check(tmp_path, events)
    for instant in (AFTER_WEEKS, AFTER_ALL):
        assert seal_lake(tmp_path / "donnees", tmp_path / "donnees.cles", load_plan(), instant)

        assert read_pics(publish_again(tmp_path / "donnees")) == before
    assert before[MONDAY, "uai", DOLTO] == (6, "1-matin")


def test_a_week_sealed_before_peaks_were_counted_has_no_row(tmp_path: Path) -> None:
    donnees = fill_lake(tmp_path, [*at("09:00:00"), *at("09:00:00", day=14)], ECOLES)
    seal_without_peaks(donnees)

    weeks = read_rows(publish_again(donnees), "select distinct debut from pics where niveau = 'uai'")

    assert weeks == [(date(2025, 10, 13),)]


def test_a_lake_sealed_before_peaks_were_counted_publishes_none(tmp_path: Path) -> None:
    donnees = fill_lake(tmp_path, at("09:00:00"), ECOLES)
    seal_without_peaks(donnees)

    assert read_rows(publish_again(donnees), "select count(*) from pics") == [(0,)]


def test_the_usual_week_of_the_oracle_is_that_of_the_plan() -> None:
    minutes = [
        (c.jour, c.demi_journee, 60 * c.debut.hour + c.debut.minute, 60 * c.fin.hour + c.fin.minute) for c in USUELLE
    ]
    assert sorted(minutes) == sorted(tuple(d.values()) for d in find_comptage(MONDAY).demi_journees)
