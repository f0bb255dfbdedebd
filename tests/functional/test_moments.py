"""The moment of a visit follows its school's own week: the engine's cut equals the oracle's, bound by bound."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine import EXEMPLES, NOW, publish_events, read_rows
from tests.functional.test_oracle import (
    ARC_EN_CIEL,
    DOLTO,
    ECOLES,
    HORS,
    LUNEL,
    REGIONALES,
    Regions,
    check,
    event,
    local,
    publish_regions,
)
from tests.oracle import Cle, Mesures
from tests.oracle_moments import Horaires, Semaine, has_class
from tests.regions import REGIONS, Event, count_lakes, move_events, move_schools, move_uai

QUATRE_JOURS: Semaine = dict.fromkeys((1, 2, 4, 5), (("08:35", "11:50"), ("13:30", "16:15")))
HORAIRES: Horaires = {
    DOLTO: QUATRE_JOURS,
    ARC_EN_CIEL: {**QUATRE_JOURS, 3: (("08:45", "11:45"),)},
    LUNEL: {**dict.fromkeys((2, 3, 4, 5), (("08:30", "12:00"), ("13:45", "15:30"))), 6: (("09:00", "12:00"),)},
}


def moments(rows: dict[Cle, Mesures], uai: str) -> dict[str, int]:
    """Visits of a school by moment, over its months."""
    found: dict[str, int] = {}
    for cle, mesures in rows.items():
        if (cle.periode, cle.territoire, cle.profil, cle.coupe) == ("mois", uai, "tous", "moment"):
            found[cle.modalite] = found.get(cle.modalite, 0) + mesures.visites
    return found


def visits(*instants: str, uai: str = DOLTO) -> list[dict[str, object]]:
    """One visit at each instant, by as many persons."""
    return [event(local(text), visiteur=f"v{n}", uai=uai) for n, text in enumerate(instants)]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Visits in the three schools, and how many of each moment some of them had."""

    nom: str
    events: Sequence[Event]
    attendus: dict[str, dict[str, int]]
    horaires: Horaires = field(default_factory=lambda: HORAIRES)


def times(day: str, *hours: str) -> list[str]:
    """Instants of one day."""
    return [f"{day}T{hour}" for hour in hours]


CLASSE, AUTOUR = (
    ("08:35:00", "11:49:59.999", "13:30:00", "16:14:59"),
    ("08:34:59.999", "11:50:00", "13:29:59", "16:15:00"),
)
SAMEDI = ("2025-10-11T09:00:00", "2025-10-11T12:00:00", "2025-10-12T09:00:00")
LIBRES = ("2025-10-20", "2025-10-18", "2025-11-11", "2026-05-15", "2026-05-08", "2025-11-03")
SOIRS = ("17:59:59", "18:00:00", "23:59:59", "00:00:00", "06:59:59", "07:00:00")
CHANGEMENTS = ("2025-10-26", "2026-03-27", "2026-03-29", "2026-03-30")
HEURES = ("01:30:00", "08:34:59", "08:35:00", "16:15:00", "18:00:00")
SANS_SEMAINE = ("2025-10-06T10:00:00", "2025-10-08T20:00:00", "2025-10-11T09:00:00")
MERCREDI = "2025-10-08T10:00:00"
SCENARIOS = (
    Scenario(
        "class_includes_its_first_minute_and_not_its_last",
        visits(*times("2025-10-06", *CLASSE, *AUTOUR)),
        {DOLTO: {"classe": 4, "hors_classe": 4}},
    ),
    Scenario(
        "a_visit_has_the_moment_of_its_first_event",
        [event(local(text)) for text in times("2025-10-06", "08:20:00", "08:30:00", "08:40:00")],
        {DOLTO: {"hors_classe": 1}},
    ),
    Scenario(
        "wednesday_is_class_only_where_the_school_has_it",
        visits(MERCREDI) + visits(MERCREDI, "2025-10-08T14:00:00", uai=ARC_EN_CIEL),
        {DOLTO: {"hors_classe": 1}, ARC_EN_CIEL: {"classe": 1, "hors_classe": 1}},
    ),
    Scenario(
        "a_day_without_class_in_the_school_is_no_class_time",
        visits("2025-10-06T10:00:00", uai=LUNEL),
        {LUNEL: {"hors_classe": 1}},
    ),
    Scenario(
        "saturday_of_class_is_class_and_the_rest_of_it_week_end",
        visits(*SAMEDI) + visits(*SAMEDI, uai=LUNEL),
        {DOLTO: {"week_end": 3}, LUNEL: {"classe": 1, "week_end": 2}},
    ),
    Scenario(
        "holidays_and_public_holidays_have_no_class",
        [e for uai in HORAIRES for e in visits(*(f"{day}T10:00:00" for day in LIBRES), uai=uai)],
        {DOLTO: {"classe": 1, "hors_classe": 4, "week_end": 1}},
    ),
    Scenario(
        "evening_goes_from_18_to_7_on_working_days",
        visits(*(text for day in ("07", "12", "22") for text in times(f"2025-10-{day}", *SOIRS))),
        {DOLTO: {"hors_classe": 4, "soir": 8, "week_end": 6}},
    ),
    Scenario(
        "the_days_after_a_clock_change_follow_the_local_clock",
        [
            *visits(*(text for day in CHANGEMENTS for text in times(day, *HEURES))),
            event(local("2025-10-26T02:30:00", fold=1), visiteur="fold"),
        ],
        {DOLTO: {"classe": 2, "hors_classe": 4, "soir": 4, "week_end": 11}},
    ),
    Scenario(
        "a_school_without_a_known_week_is_not_split",
        visits(*SANS_SEMAINE) + visits(*SANS_SEMAINE, uai=HORS),
        {DOLTO: {"classe": 1, "soir": 1, "week_end": 1}, HORS: {"non_renseigne": 3}},
        {DOLTO: QUATRE_JOURS},
    ),
)


@pytest.fixture(scope="module")
def regions(tmp_path_factory: pytest.TempPathFactory) -> Regions:
    """All scenarios in one lake."""
    horaires = move_schools([scenario.horaires for scenario in SCENARIOS])
    return publish_regions(tmp_path_factory.mktemp("moments"), [scenario.events for scenario in SCENARIOS], horaires)


@pytest.mark.parametrize("region", range(len(SCENARIOS)), ids=[scenario.nom for scenario in SCENARIOS])
def test_moments_are_told_by_the_schools_own_week(regions: Regions, region: int) -> None:
    rows = regions.check(region)

    attendus = SCENARIOS[region].attendus
    assert {uai: moments(rows, move_uai(uai, region)) for uai in attendus} == attendus


def test_schools_of_no_directory_count_together_in_unknown_territories(regions: Regions) -> None:
    assert regions.check(None)


def test_a_person_of_two_schools_counts_once_in_a_moment_of_both(tmp_path: Path) -> None:
    events = [event(local("2025-10-06T10:00:00"), uai=uai) for uai in (DOLTO, ARC_EN_CIEL)]

    rows = check(tmp_path, events, HORAIRES)

    [mesures] = [
        m
        for c, m in rows.items()
        if c[:5] == ("semaine", date(2025, 10, 6), "commune", "34194", "eleve") and c.modalite == "classe"
    ]
    assert (mesures.visites, mesures.utilisateurs) == (2, 1)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Visits in each school on the first and the last day of six weeks."""
    events = [e for uai in HORAIRES for e in visits("2025-09-29T10:00:00", "2025-11-09T10:00:00", uai=uai)]
    return publish_events(tmp_path_factory.mktemp("attendus"), events, ECOLES, horaires=HORAIRES)


@pytest.mark.parametrize(("uai", "semaine"), HORAIRES.items())
def test_a_school_is_expected_on_its_own_days_of_class(published: Path, uai: str, semaine: Semaine) -> None:
    rows = read_rows(published, "select uai, jour from completude where attendu")

    expected = {jour for school, jour in rows if school == uai}
    days = (date(2025, 9, 29) + timedelta(days=n) for n in range((NOW.date() - date(2025, 9, 29)).days))
    assert expected == {day for day in days if has_class(day, semaine)}


MINUTES = st.integers(0, 24 * 60 - 1)
DAYS = st.sampled_from(
    [date(2025, 10, 6) + timedelta(days=n) for n in range(40)] + [date(2026, 5, 15), date(2026, 5, 25)]
)
HALVES = st.lists(MINUTES, min_size=2, max_size=4, unique=True).map(sorted)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _spans(bounds: list[int]) -> tuple[tuple[str, str], ...]:
    """Half-days between pairs of minutes; an odd one is left out."""
    return tuple((_clock(a), _clock(b)) for a, b in zip(bounds[::2], bounds[1::2], strict=False))


SEMAINES = st.dictionaries(st.integers(1, 7), HALVES.map(_spans), min_size=1)
WEEKS = st.dictionaries(st.sampled_from([DOLTO, ARC_EN_CIEL, LUNEL]), SEMAINES)


VISITORS = st.sampled_from("abc")
STARTS = st.lists(
    st.tuples(DAYS, MINUTES, st.sampled_from([DOLTO, ARC_EN_CIEL, LUNEL, HORS]), VISITORS),
    min_size=1,
    max_size=20,
)
Start = tuple[date, int, str, str]


def at_the_bounds(horaires: dict[str, Semaine], data: st.DataObject) -> list[Start]:
    """Visits that start with and after some half-days of class."""
    bounds = [
        (uai, jour, half) for uai, semaine in horaires.items() for jour, halves in semaine.items() for half in halves
    ]
    return [
        (date(2025, 10, 5) + timedelta(days=jour), int(text[:2]) * 60 + int(text[3:]), uai, data.draw(VISITORS))
        for uai, jour, half in bounds[:4]
        for text in half
    ]


def just_before_and_at(start: Start) -> list[dict[str, object]]:
    """An event on the minute, and one a millisecond before."""
    day, minute, uai, visiteur = start
    instant = local(datetime.combine(day, datetime.min.time()).isoformat()).replace(
        hour=minute // 60, minute=minute % 60
    )
    return [
        event(instant.astimezone(UTC) - timedelta(milliseconds=back), uai=uai, visiteur=visiteur) for back in (0, 1)
    ]


@settings(max_examples=count_lakes(EXEMPLES), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(WEEKS, STARTS), min_size=REGIONS, max_size=REGIONS), st.data())
def test_engine_and_oracle_agree_on_any_week_of_class(
    scenarios: list[tuple[dict[str, Semaine], list[Start]]], data: st.DataObject
) -> None:
    horaires = move_schools([weeks for weeks, _ in scenarios])
    events = move_events(
        [
            [e for start in starts + at_the_bounds(weeks, data) for e in just_before_and_at(start)]
            for weeks, starts in scenarios
        ]
    )
    with tempfile.TemporaryDirectory() as folder:
        check(Path(folder), events, horaires, REGIONALES)
