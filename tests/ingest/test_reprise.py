"""A lot can be read again or taken back while its periods are open, and only then."""

from pathlib import Path

import pytest

from ingest.dialects import DialectOptions
from ingest.errors import LotFige, LotInconnu
from ingest.lake.verification import verify_lake
from ingest.pipeline import Lake
from ingest.reprise import replay_lot, retract_lot
from ingest.sources import Source
from marking_plan import load_plan
from marking_plan.lake import Manifest, read_all_manifests, read_manifests
from tests.engine import EVENT, NOW, ingest_files, write_events

OPTIONS = DialectOptions(champs_personnels=load_plan().champs_personnels)


def lake(donnees: Path) -> Lake:
    return Lake(donnees, donnees.with_name(f"{donnees.name}.cles"), load_plan(), NOW)


def make_lot(folder: Path) -> tuple[Path, Manifest]:
    """A lot with two kept lines, one faulty for good, and one refused because its school year was closed."""
    year = folder / "d" / "periodes" / "annee-2024-2025.json"
    year.parent.mkdir(parents=True)
    year.write_text('{"etat": "close", "empreinte": "x"}')
    events = [EVENT, {**EVENT, "uai": "?"}, {**EVENT, "instant": "2025-06-02T08:12:33Z"}, {**EVENT, "visiteur": "v2"}]
    [result] = ingest_files(folder / "d", write_events(folder / "e.ndjson", events))
    return year, result.manifest


def assert_sound(donnees: Path) -> None:
    found = verify_lake(donnees, donnees.with_name(f"{donnees.name}.cles"))
    assert (found.defauts, found.orphelins) == ([], [])


def test_a_replay_reads_only_the_refused_lines_under_today_s_rules(tmp_path: Path) -> None:
    year, before = make_lot(tmp_path)
    year.unlink()

    after = replay_lot(lake(tmp_path / "d"), Source("e.ndjson", tmp_path / "e.ndjson"), OPTIONS).manifest

    assert (before.received, before.kept, before.refused) == (4, 2, {"periode_close": 1, "uai_invalide": 1})
    assert (after.received, after.kept, after.duplicates, after.refused) == (4, 3, 0, {"uai_invalide": 1})
    assert after.parts[: len(before.parts)] == before.parts
    assert read_manifests(tmp_path / "d") == [after]
    assert_sound(tmp_path / "d")


def test_a_replay_may_come_after_a_replay(tmp_path: Path) -> None:
    year, _ = make_lot(tmp_path)
    source = Source("e.ndjson", tmp_path / "e.ndjson")
    first = replay_lot(lake(tmp_path / "d"), source, OPTIONS).manifest
    year.unlink()

    second = replay_lot(lake(tmp_path / "d"), source, OPTIONS).manifest

    assert (first.kept, second.kept, second.rejeux) == (2, 3, 2)
    assert_sound(tmp_path / "d")


def test_a_lot_without_refused_lines_does_not_move(tmp_path: Path) -> None:
    ingest_files(tmp_path / "d", write_events(tmp_path / "e.ndjson", [EVENT]))
    [before] = read_manifests(tmp_path / "d")

    replay_lot(lake(tmp_path / "d"), Source("e.ndjson", tmp_path / "e.ndjson"), OPTIONS)

    assert read_manifests(tmp_path / "d") == [before]


def test_bytes_that_never_came_can_t_be_replayed(tmp_path: Path) -> None:
    make_lot(tmp_path)

    with pytest.raises(LotInconnu, match="octet pour octet"):
        replay_lot(lake(tmp_path / "d"), Source("f", write_events(tmp_path / "f.ndjson", [EVENT])), OPTIONS)


def test_a_lot_taken_back_leaves_no_event_and_may_come_again(tmp_path: Path) -> None:
    _, manifest = make_lot(tmp_path)

    retired = retract_lot(lake(tmp_path / "d"), manifest.lot[:12])

    assert (retired.etat, read_manifests(tmp_path / "d")) == ("retire", [])
    assert [
        *(tmp_path / "d" / "evenements").rglob("*.parquet"),
        *(tmp_path / "d" / "registres").rglob("*.parquet"),
    ] == []
    [again] = ingest_files(tmp_path / "d", tmp_path / "e.ndjson")
    assert (again.already_known, again.manifest) == (False, manifest)
    assert_sound(tmp_path / "d")


@pytest.mark.parametrize("nom", ["", "abc", "0123456789abcdef"])
def test_a_name_that_is_no_lot_s_is_refused(tmp_path: Path, nom: str) -> None:
    make_lot(tmp_path)

    with pytest.raises(LotInconnu, match="8 caractères"):
        retract_lot(lake(tmp_path / "d"), nom)


@pytest.mark.parametrize("nom", ["semaine-2025-10-06", "mois-2025-10", "annee-2025-2026"])
def test_a_lot_with_a_closed_period_can_neither_be_replayed_nor_taken_back(tmp_path: Path, nom: str) -> None:
    _, manifest = make_lot(tmp_path)
    (tmp_path / "d" / "periodes" / f"{nom}.json").write_text('{"etat": "scellee", "empreinte": "x"}')

    with pytest.raises(LotFige, match=nom):
        retract_lot(lake(tmp_path / "d"), manifest.lot)
    with pytest.raises(LotFige, match=nom):
        replay_lot(lake(tmp_path / "d"), Source("e.ndjson", tmp_path / "e.ndjson"), OPTIONS)
    assert read_all_manifests(tmp_path / "d") == [manifest]


def test_a_retirement_cut_short_is_finished_by_asking_again(tmp_path: Path) -> None:
    _, manifest = make_lot(tmp_path)
    files = {chemin: (tmp_path / "d" / chemin).read_bytes() for chemin, _ in manifest.fichiers}
    retract_lot(lake(tmp_path / "d"), manifest.lot)
    for chemin, content in files.items():  # as a kill between the manifest and the deletions leaves them
        (tmp_path / "d" / chemin).write_bytes(content)

    retract_lot(lake(tmp_path / "d"), manifest.lot)

    assert_sound(tmp_path / "d")
    assert not any((tmp_path / "d" / chemin).exists() for chemin in files)


def test_a_replay_removes_a_quarantine_that_a_kill_had_left(tmp_path: Path) -> None:
    _, manifest = make_lot(tmp_path)
    before = (tmp_path / "d" / manifest.rejets_chemin).read_bytes()
    source = Source("e.ndjson", tmp_path / "e.ndjson")
    replay_lot(lake(tmp_path / "d"), source, OPTIONS)
    (tmp_path / "d" / manifest.rejets_chemin).write_bytes(before)

    replay_lot(lake(tmp_path / "d"), source, OPTIONS)

    assert_sound(tmp_path / "d")
