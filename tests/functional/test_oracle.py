"""The engine's tables of every period equal the oracle's, row for row, through the real lake and publication."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.publication import PERIODES
from tests.engine import EXEMPLES, publish_events, read_rows
from tests.oracle import AGENTS, Cle, Mesures, measure
from tests.oracle_moments import Horaires
from tests.regions import REGIONS, count_lakes, move_ecoles, move_events

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
    expected, actual = measure(events, place(ecoles), horaires), published(folder, events, horaires, ecoles)
    assert actual.keys() == expected.keys()
    assert {k: (v, expected[k]) for k, v in actual.items() if v != expected[k]} == {}
    return actual


def test_a_person_of_two_schools_counts_in_each_and_once_above(tmp_path: Path) -> None:
    monday = local("2025-10-06T09:00:00")
    near, far = {"uai": ARC_EN_CIEL}, {"uai": LUNEL}
    check(tmp_path, [event(monday), event(monday, **near), event(monday, **far), event(monday, visiteur="b", **far)])


def test_a_person_of_two_profiles_counts_once_in_tous_and_in_their_groups(tmp_path: Path) -> None:
    monday = local("2025-10-06T09:00:00")
    check(tmp_path, [event(monday, profil=p) for p in ("PARENT", "parent_elu", "directeur", "ENSEIGNANT", "VISITEUR")])


def test_a_gap_of_29_59_continues_a_visit_and_30_00_opens_one(tmp_path: Path) -> None:
    start = local("2025-10-07T10:00:00")
    minutes = [timedelta(), timedelta(minutes=29, seconds=59), timedelta(minutes=59, seconds=59)]
    almost = timedelta(minutes=30) - timedelta(milliseconds=1)
    events = [event(start + gap) for gap in minutes] + [
        event(start + gap, visiteur="b") for gap in (timedelta(), almost)
    ]
    check(tmp_path, events)


def test_midnight_keeps_a_visit_whole_and_monday_cuts_it(tmp_path: Path) -> None:
    tuesday, sunday = local("2025-10-07T23:50:00"), local("2025-10-12T23:50:00")
    check(tmp_path, [event(day + timedelta(minutes=n)) for day in (tuesday, sunday) for n in (0, 9, 10, 20)])


def test_both_clock_changes_use_real_elapsed_time_and_local_hours(tmp_path: Path) -> None:
    autumn = [event(local("2025-10-26T02:50:00", fold=fold)) for fold in (0, 1)]
    spring = [event(local("2026-03-29T01:50:00")), event(local("2026-03-29T03:05:00"))]
    mondays = [event(local(f"{day}T00:00:00")) for day in ("2025-10-27", "2026-03-30")]
    check(tmp_path, [*autumn, *spring, *mondays])


def test_repeats_are_counted_once_and_their_survivor_is_settled(tmp_path: Path) -> None:
    noon = local("2025-10-08T12:00:00")
    same_id = [event(noon + timedelta(minutes=n), id="x", service=s) for n, s in ((1, "NOTES"), (0, "ACTUALITES"))]
    no_id = [event(noon, appareil=a) for a in ("tablette", "smartphone", "tablette")]
    check(tmp_path, [*same_id, *no_id, event(noon, id="x", visiteur="b"), event(noon, id="x", uai=LUNEL)])


def test_ties_of_instant_give_the_visit_its_smallest_terminal(tmp_path: Path) -> None:
    noon = local("2025-10-08T12:00:00")
    tied = [
        event(noon, service=s, appareil=a, type=t)
        for s, a, t in (("NOTES", "tablette", "TIERS"), ("ACCUEIL", "autre", "NATIF"))
    ]
    agents = [{k: v for k, v in event(noon, visiteur="c", agent=agent).items() if k != "appareil"} for agent in AGENTS]
    check(tmp_path, [*tied, *agents])


def test_duration_bands_include_their_lower_bound(tmp_path: Path) -> None:
    start = local("2025-10-09T08:00:00")
    bounds_ms = (0, 999, 1000, 59_999, 60_000, 300_000, 900_000, 1_799_999)
    pairs = [
        (event(start, visiteur=f"v{ms}"), event(start + timedelta(milliseconds=ms), visiteur=f"v{ms}", service="NOTES"))
        for ms in bounds_ms
    ]
    long = [event(start + timedelta(minutes=20 * n), visiteur="long") for n in range(5)]
    check(tmp_path, [e for pair in pairs for e in pair] + long)


def test_missing_and_unknown_codes_and_schools_are_kept(tmp_path: Path) -> None:
    noon = local("2025-10-09T12:00:00")
    bare = {"instant": int(noon.timestamp() * 1000), "uai": HORS, "visiteur": "z"}
    check(tmp_path, [bare, event(noon, service="INCONNU", profil="???"), event(noon, uai=HORS, visiteur="a")])


def test_a_week_that_two_months_share_gives_each_its_part(tmp_path: Path) -> None:
    days = ("2025-10-31T23:50:00", "2025-11-01T00:05:00", "2025-11-02T10:00:00", "2025-10-27T08:00:00")
    events = [event(local(day), visiteur=v, service=s) for day in days for v, s in (("a", "NOTES"), ("b", "ACCUEIL"))]
    check(tmp_path, [*events, event(local("2025-11-03T08:00:00"), uai=LUNEL)])


def test_a_week_that_two_school_years_share_gives_each_its_part(tmp_path: Path) -> None:
    check(tmp_path, [event(local(f"2025-{day}T10:00:00"), visiteur=day) for day in ("07-31", "08-01", "08-02")])


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
