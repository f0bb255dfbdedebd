"""What a sender is told: by platform and week, what came of its lines, how late they came, which schools fell silent."""

from datetime import UTC, date, datetime
from pathlib import Path

from ingest.rapport import render_lot
from marking_plan import load_plan
from tests.engine import EVENT, ingest_files, write_events

MONDAY, NEXT = date(2025, 10, 6), date(2025, 10, 13)
GOOD = {**EVENT, "plateforme": "ONE"}
NOW = datetime(2025, 10, 16, 12, tzinfo=UTC)


def ingest(folder: Path, name: str, events: list[dict[str, object]]) -> dict[tuple[object, ...], int]:
    lines = [{**GOOD, "visiteur": f"v{n}", **event} for n, event in enumerate(events)]
    [result] = ingest_files(folder / "d", write_events(folder / name, lines), now=NOW)
    return {tuple(key): count for key, count in result.manifest.suivi}


def test_lines_are_told_by_platform_and_week_with_their_lateness(tmp_path: Path) -> None:
    told = ingest(
        tmp_path,
        "e.ndjson",
        [
            {},
            {"uai": "?"},
            {"plateforme": "NEO", "instant": "2025-10-15T08:00:00Z"},
            {"instant": "2025-10-16T13:00:00Z"},
            {"instant": None, "plateforme": None},
        ],
    )

    assert told == {
        ("ONE", MONDAY, "gardees", None): 1,
        ("ONE", MONDAY, "refus", "uai_invalide"): 1,
        ("ONE", MONDAY, "retard", "plus de 10 jours"): 2,
        ("NEO", NEXT, "gardees", None): 1,
        ("NEO", NEXT, "retard", "1 à 3 jours"): 1,
        ("ONE", None, "refus", "instant_futur"): 1,
        ("ONE", None, "retard", "horloge en avance"): 1,
        (None, None, "refus", "instant_absent"): 1,
    }


def test_schools_that_a_platform_no_longer_names_are_counted(tmp_path: Path) -> None:
    ingest(tmp_path, "a.ndjson", [{}, {"uai": "0340003U"}, {"uai": "0340001S", "plateforme": "NEO"}])

    told = ingest(tmp_path, "b.ndjson", [{"instant": "2025-10-14T08:00:00Z"}])

    assert told[("ONE", NEXT, "ecoles_silencieuses", None)] == 1
    assert not [key for key in told if key[0] == "NEO"]


def test_the_printed_report_says_it_in_one_line_a_platform_and_week(tmp_path: Path) -> None:
    [result] = ingest_files(tmp_path / "d", write_events(tmp_path / "e.ndjson", [{**GOOD, "visiteur": "v"}]), now=NOW)

    assert "  ONE, semaine du 2025-10-06 : gardées 1 ; délai de livraison plus de 10 jours 1" in render_lot(
        result, load_plan()
    )
