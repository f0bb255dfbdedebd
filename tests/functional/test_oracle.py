"""The engine's tables of every period equal the oracle's, row for row, through the real lake and publication."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.publication import PERIODES
from tests.engine import EXEMPLES, publish_events, read_rows
from tests.oracle import AGENTS, Cle, Mesures, measure
from tests.oracle_moments import Horaires
from tests.regions import REGIONS, Event, count_lakes, find_region, move_ecoles, move_events

PARIS = ZoneInfo("Europe/Paris")
DOLTO, ARC_EN_CIEL, LUNEL, HORS = "0340585B", "0342332A", "0340001S", "0340002T"

HERAULT = {"region": "76", "academie": "11", "departement": "034"}
ECOLES = [
    {"uai": DOLTO, **HERAULT, "circonscription": "0341000C", "commune": "34194", "regroupement": "R1"},
    {"uai": ARC_EN_CIEL, **HERAULT, "circonscription": "0341000C", "commune": "34194"},
    {"uai": LUNEL, **HERAULT, "circonscription": "0341002E", "commune": "34145"},
]


def place(ecoles: Sequence[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Territories by school, as the oracles take them."""
    return {ecole["uai"]: {k: v for k, v in ecole.items() if k != "uai"} for ecole in ecoles}


PLACEMENT = place(ECOLES)
REGIONALES = move_ecoles(ECOLES)
COUNTED = """
    select '{0}', debut, niveau, territoire, profil, coupe, modalite, visites, utilisateurs, duree_s, duree_mediane_s
    from frequentation_{0} where etat = 'valeur' and (visites > 0 or utilisateurs > 0)
"""


def local(text: str, *, fold: int = 0) -> datetime:
    """An instant written in Paris time; `fold=1` is the second pass of the autumn hour."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS, fold=fold)


def event(instant: datetime, **fields: str) -> dict[str, object]:
    """A native event; what isn't said is an ordinary pupil's page in the first school."""
    base = {"uai": DOLTO, "profil": "ELEVE", "service": "CAHIER_TEXTES", "visiteur": "a", "appareil": "ordinateur"}
    return {"instant": instant.isoformat(timespec="milliseconds"), **base, **fields}


def published(
    folder: Path, events: Sequence[Mapping[str, object]], horaires: Horaires, ecoles: Sequence[Mapping[str, str]]
) -> dict[Cle, Mesures]:
    """What the engine publishes of these events."""
    path = publish_events(folder, events, ecoles, horaires=horaires)
    rows = [row for periode in PERIODES for row in read_rows(path, COUNTED.format(periode))]
    return {Cle(*row[:7]): Mesures(*row[7:]) for row in rows}  # type: ignore[arg-type]


def check(
    folder: Path,
    events: Sequence[Mapping[str, object]],
    horaires: Horaires = MappingProxyType({}),
    ecoles: Sequence[Mapping[str, str]] = ECOLES,
) -> dict[Cle, Mesures]:
    """The two agree on every row, both ways; gives those rows."""
    return agree(measure(events, place(ecoles), horaires), published(folder, events, horaires, ecoles))


def agree(expected: dict[Cle, Mesures], actual: dict[Cle, Mesures]) -> dict[Cle, Mesures]:
    """The second, once it is seen to be the first, both ways."""
    assert actual.keys() == expected.keys()
    assert {k: (v, expected[k]) for k, v in actual.items() if v != expected[k]} == {}
    return actual


@dataclass(frozen=True, slots=True)
class Regions:
    """What oracle and engine count of scenarios that were published together, each a region of its own."""

    expected: dict[Cle, Mesures]
    actual: dict[Cle, Mesures]

    def check(self, region: int | None) -> dict[Cle, Mesures]:
        """The two agree on every row of a region (None: on those of no region), both ways; gives those rows."""
        expected, actual = (
            {cle: rows[cle] for cle in rows if find_region(cle.niveau, cle.territoire) == region}
            for rows in (self.expected, self.actual)
        )
        return agree(expected, actual)


def publish_regions(folder: Path, scenarios: Sequence[Sequence[Event]], horaires: Horaires) -> Regions:
    """Both counts of these scenarios in as many regions."""
    events, ecoles = move_events(scenarios), move_ecoles(ECOLES, len(scenarios))
    return Regions(measure(events, place(ecoles), horaires), published(folder, events, horaires, ecoles))


SCENARIOS: list[Callable[[], Sequence[Event]]] = []


def scenario(events: Callable[[], Sequence[Event]]) -> Callable[[], Sequence[Event]]:
    """Events of a few persons in the three schools, published with those of the other scenarios."""
    SCENARIOS.append(events)
    return events


@scenario
def a_person_of_two_schools_counts_in_each_and_once_above() -> Sequence[Event]:
    monday = local("2025-10-06T09:00:00")
    near, far = {"uai": ARC_EN_CIEL}, {"uai": LUNEL}
    return [event(monday), event(monday, **near), event(monday, **far), event(monday, visiteur="b", **far)]


@scenario
def a_person_of_two_profiles_counts_once_in_tous_and_in_their_groups() -> Sequence[Event]:
    monday = local("2025-10-06T09:00:00")
    return [event(monday, profil=p) for p in ("PARENT", "parent_elu", "directeur", "ENSEIGNANT", "VISITEUR")]


@scenario
def a_gap_of_29_59_continues_a_visit_and_30_00_opens_one() -> Sequence[Event]:
    start = local("2025-10-07T10:00:00")
    minutes = [timedelta(), timedelta(minutes=29, seconds=59), timedelta(minutes=59, seconds=59)]
    almost = timedelta(minutes=30) - timedelta(milliseconds=1)
    events = [event(start + gap) for gap in minutes] + [
        event(start + gap, visiteur="b") for gap in (timedelta(), almost)
    ]
    return events


@scenario
def midnight_keeps_a_visit_whole_and_monday_cuts_it() -> Sequence[Event]:
    tuesday, sunday = local("2025-10-07T23:50:00"), local("2025-10-12T23:50:00")
    return [event(day + timedelta(minutes=n)) for day in (tuesday, sunday) for n in (0, 9, 10, 20)]


@scenario
def both_clock_changes_use_real_elapsed_time_and_local_hours() -> Sequence[Event]:
    autumn = [event(local("2025-10-26T02:50:00", fold=fold)) for fold in (0, 1)]
    spring = [event(local("2026-03-29T01:50:00")), event(local("2026-03-29T03:05:00"))]
    mondays = [event(local(f"{day}T00:00:00")) for day in ("2025-10-27", "2026-03-30")]
    return [*autumn, *spring, *mondays]


@scenario
def repeats_are_counted_once_and_their_survivor_is_settled() -> Sequence[Event]:
    noon = local("2025-10-08T12:00:00")
    same_id = [event(noon + timedelta(minutes=n), id="x", service=s) for n, s in ((1, "NOTES"), (0, "ACTUALITES"))]
    no_id = [event(noon, appareil=a) for a in ("tablette", "smartphone", "tablette")]
    return [*same_id, *no_id, event(noon, id="x", visiteur="b"), event(noon, id="x", uai=LUNEL)]


@scenario
def ties_of_instant_give_the_visit_its_smallest_terminal() -> Sequence[Event]:
    noon = local("2025-10-08T12:00:00")
    tied = [
        event(noon, service=s, appareil=a, type=t)
        for s, a, t in (("NOTES", "tablette", "TIERS"), ("ACCUEIL", "autre", "NATIF"))
    ]
    agents = [{k: v for k, v in event(noon, visiteur="c", agent=agent).items() if k != "appareil"} for agent in AGENTS]
    return [*tied, *agents]


@scenario
def duration_bands_include_their_lower_bound() -> Sequence[Event]:
    start = local("2025-10-09T08:00:00")
    bounds_ms = (0, 999, 1000, 59_999, 60_000, 300_000, 900_000, 1_799_999)
    pairs = [
        (event(start, visiteur=f"v{ms}"), event(start + timedelta(milliseconds=ms), visiteur=f"v{ms}", service="NOTES"))
        for ms in bounds_ms
    ]
    long = [event(start + timedelta(minutes=20 * n), visiteur="long") for n in range(5)]
    return [e for pair in pairs for e in pair] + long


@scenario
def missing_and_unknown_codes_and_schools_are_kept() -> Sequence[Event]:
    noon = local("2025-10-09T12:00:00")
    bare = {"instant": int(noon.timestamp() * 1000), "uai": HORS, "visiteur": "z"}
    return [bare, event(noon, service="INCONNU", profil="???"), event(noon, uai=HORS, visiteur="a")]


@scenario
def a_week_that_two_months_share_gives_each_its_part() -> Sequence[Event]:
    days = ("2025-10-31T23:50:00", "2025-11-01T00:05:00", "2025-11-02T10:00:00", "2025-10-27T08:00:00")
    events = [event(local(day), visiteur=v, service=s) for day in days for v, s in (("a", "NOTES"), ("b", "ACCUEIL"))]
    return [*events, event(local("2025-11-03T08:00:00"), uai=LUNEL)]


@scenario
def a_week_that_two_school_years_share_gives_each_its_part() -> Sequence[Event]:
    return [event(local(f"2025-{day}T10:00:00"), visiteur=day) for day in ("07-31", "08-01", "08-02")]


@pytest.fixture(scope="module")
def regions(tmp_path_factory: pytest.TempPathFactory) -> Regions:
    return publish_regions(tmp_path_factory.mktemp("regions"), [events() for events in SCENARIOS], {})


@pytest.mark.parametrize("region", range(len(SCENARIOS)), ids=[events.__name__ for events in SCENARIOS])
def test_engine_and_oracle_agree_that(regions: Regions, region: int) -> None:
    assert regions.check(region)


def test_schools_of_no_directory_count_together_in_unknown_territories(regions: Regions) -> None:
    assert regions.check(None)


CORNERS = [
    "2025-10-20T00:00:00", "2025-10-26T01:30:00", "2025-10-26T23:30:00", "2025-10-21T23:45:00", "2025-10-22T08:00:00",
    "2025-11-01T00:00:00", "2025-08-01T00:00:00",
]  # fmt: skip
INSTANTS = st.builds(
    lambda corner, minutes, ms: local(corner).astimezone(UTC) + timedelta(minutes=minutes, milliseconds=ms),
    st.sampled_from(CORNERS),
    st.sampled_from([-30, -15, 0, 1, 15, 29, 30, 45, 60]),
    st.sampled_from([0, 0, -1, 999]),
)
EVENTS = st.builds(
    lambda instant, optional, **fields: {"instant": instant.isoformat(timespec="milliseconds"), **fields, **optional},
    instant=INSTANTS,
    uai=st.sampled_from([DOLTO, ARC_EN_CIEL, LUNEL, HORS]),
    visiteur=st.sampled_from(["a", "b", "c"]),
    optional=st.fixed_dictionaries(
        {},
        optional={
            "profil": st.sampled_from(["ELEVE", "PARENT", "parent_elu", "directeur", "autre chose"]),
            "service": st.sampled_from(["ACCUEIL", "NOTES", "blog", "9", "rien"]),
            "appareil": st.sampled_from(["ordinateur", "tablette"]),
            "type": st.sampled_from(["NATIF", "TIERS"]),
            "id": st.sampled_from(["1", "2", "3"]),
        },
    ),
)


FORTNIGHTS = st.lists(EVENTS, min_size=1, max_size=25)


@settings(max_examples=count_lakes(EXEMPLES), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FORTNIGHTS, min_size=REGIONS, max_size=REGIONS))
def test_engine_and_oracle_agree_on_random_fortnights(fortnights: list[list[dict[str, object]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), move_events(fortnights), ecoles=REGIONALES)
