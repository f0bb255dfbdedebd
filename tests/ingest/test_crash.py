"""A lake survives what stops a process: kills, a full disk, damaged files; and says what is wrong."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from bench.kills import run_campaign, write_deliveries
from ingest.errors import DisquePlein
from ingest.lake.verification import Verification, verify_lake
from marking_plan.errors import ManifesteIllisible
from marking_plan.lake import read_manifests
from tests.engine import EVENT, ingest_files, write_events


def verify(donnees: Path) -> Verification:
    return verify_lake(donnees, donnees.with_name(f"{donnees.name}.cles"))


def make_lake(folder: Path) -> Path:
    events = [EVENT, {**EVENT, "visiteur": "v2"}, {**EVENT, "uai": "?"}, {**EVENT, "instant": "2025-11-06T08:12:33Z"}]
    ingest_files(folder / "d", write_events(folder / "e.ndjson", events))
    return folder / "d"


def test_an_ingestion_killed_at_any_instant_and_run_again_gives_the_same_lake(tmp_path: Path) -> None:
    (tmp_path / "livraisons").mkdir()
    deliveries = write_deliveries(tmp_path / "livraisons", 20_000)

    campaign = run_campaign(tmp_path, deliveries, kills=5, seed=2)

    assert campaign.killed == 5


def test_a_sound_lake_has_no_defect(tmp_path: Path) -> None:
    found = verify(make_lake(tmp_path))

    assert (found.lots, found.defauts, found.orphelins) == (1, [], [])


def test_every_flipped_bit_of_every_file_of_a_lot_is_found(tmp_path: Path) -> None:
    donnees = make_lake(tmp_path)
    [manifest] = read_manifests(donnees)
    for chemin, _ in manifest.fichiers:
        path = donnees / chemin
        content = path.read_bytes()
        for place in range(0, len(content), max(1, len(content) // 60)):
            damaged = bytearray(content)
            damaged[place] ^= 1 << (place % 8)
            path.write_bytes(damaged)
            assert any(chemin in defaut for defaut in verify(donnees).defauts), (chemin, place)
        path.write_bytes(content)
    assert verify(donnees).defauts == []


def test_missing_files_wrong_counts_and_lost_keys_are_told(tmp_path: Path) -> None:
    donnees = make_lake(tmp_path)
    [manifest] = read_manifests(donnees)
    (donnees / manifest.parts[0].chemin).unlink()
    (tmp_path / "d.cles" / "mois-2025-10").unlink()
    (tmp_path / "d.cles" / "mois-2025-11").write_bytes(os.urandom(32))
    lot = donnees / "lots" / f"{manifest.lot}.json"
    lot.write_text(manifest.model_copy(update={"kept": 7}).model_dump_json())

    text = "\n".join(verify(donnees).defauts)

    for expected in (manifest.parts[0].chemin, "mois-2025-10, ouverte, manque", "mois-2025-11 n'est pas", "la somme"):
        assert expected in text


def test_a_damaged_manifest_is_named_by_every_command_that_reads_it(tmp_path: Path) -> None:
    donnees = make_lake(tmp_path)
    [lot] = (donnees / "lots").glob("*.json")
    lot.write_bytes(lot.read_bytes()[:-30])

    with pytest.raises(ManifesteIllisible, match=lot.name):
        verify(donnees)
    with pytest.raises(ManifesteIllisible, match="sauvegarde"):
        ingest_files(donnees, write_events(tmp_path / "f.ndjson", [EVENT]))


def test_a_file_that_no_manifest_names_is_told(tmp_path: Path) -> None:
    donnees = make_lake(tmp_path)
    stray = donnees / "evenements" / "semaine=2025-10-06" / "reste-0.parquet"
    stray.write_bytes(b"x")

    assert verify(donnees).orphelins == ["evenements/semaine=2025-10-06/reste-0.parquet"]


@pytest.mark.parametrize("limit", [0, 4_000, 40_000])
def test_a_full_disk_ends_with_one_sentence_and_nothing_visible(tmp_path: Path, limit: int) -> None:
    events = [{**EVENT, "visiteur": f"v{n}", "id": f"{n}"} for n in range(20_000)]
    delivery = write_events(tmp_path / "e.ndjson", events)
    command = [sys.executable, "-m", "dnma", "ingest", str(delivery), "--donnees", str(tmp_path / "d")]

    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )

    assert done.returncode == 3, done.stderr
    assert "Libérez de la place" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert read_manifests(tmp_path / "d") == []
    [again] = ingest_files(tmp_path / "d", delivery)
    assert again.manifest.kept == 20_000


def test_a_disk_that_refuses_to_write_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(DisquePlein, match="rien de cette livraison"):
        make_lake(tmp_path)
