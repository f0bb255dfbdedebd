"""Kill an ingestion at a random instant, run it again, and compare the lake with one that nobody interrupted (trust.md D2).

It must not skip a cycle: a lake that differs stops the campaign with its folder named.
"""

import gzip
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.bench_ingest import write_events
from ingest.dialects import DialectOptions
from ingest.lake.verification import verify_lake
from ingest.pipeline import Lake, ingest_sources
from ingest.sources import find_sources
from marking_plan import load_plan

NOW = datetime(2026, 6, 1, tzinfo=UTC)
READY = "prêt"


@dataclass(frozen=True, slots=True)
class Campaign:
    """How many ingestions were killed while they worked, and how many had ended before."""

    killed: int
    ended_before: int


def ingest_all(donnees: Path, cles: Path, deliveries: Sequence[Path]) -> None:
    """Ingest every delivery, as the command does."""
    plan = load_plan()
    options = DialectOptions(champs_personnels=plan.champs_personnels)
    sources = find_sources([str(path) for path in deliveries])
    for _ in ingest_sources(Lake(donnees, cles, plan, NOW), sources, options):
        pass


def run_campaign(folder: Path, deliveries: Sequence[Path], kills: int, seed: int) -> Campaign:
    """Kill `kills` ingestions of the deliveries at work; AssertionError when one lake differs after its second run."""
    rng = random.Random(seed)
    reference, cles = folder / "reference", folder / "cles"
    ingest_all(reference, cles, deliveries)  # also compiles
    expected = verify_lake(reference, cles)
    assert (expected.defauts, expected.orphelins) == ([], []), expected
    duration, killed, cycle = _time_whole(folder / "duree", cles, deliveries), 0, 0
    while killed < kills:
        cycle += 1
        donnees = folder / f"cycle-{cycle}"
        killed += _kill_once(donnees, cles, deliveries, rng.uniform(0, 1.2 * duration))
        ingest_all(donnees, cles, deliveries)
        found = verify_lake(donnees, cles)
        assert (found.defauts, found.orphelins, found.empreinte) == ([], [], expected.empreinte), donnees
        shutil.rmtree(donnees)
    return Campaign(killed, cycle - killed)


def _start(donnees: Path, cles: Path, deliveries: Sequence[Path]) -> "subprocess.Popen[str]":
    """An ingestion in a process of its own, once all that it runs is loaded."""
    command = [sys.executable, "-m", "bench.kills", "worker", str(donnees), str(cles), *map(str, deliveries)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1], text=True)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == READY
    return process


def _time_whole(donnees: Path, cles: Path, deliveries: Sequence[Path]) -> float:
    """Seconds of work of a process that nobody kills."""
    with _start(donnees, cles, deliveries) as process:
        start = time.monotonic()
        assert process.wait() == 0
        seconds = time.monotonic() - start
    shutil.rmtree(donnees)
    return seconds


def _kill_once(donnees: Path, cles: Path, deliveries: Sequence[Path], delay_s: float) -> bool:
    """Start an ingestion in a process of its own, kill it after `delay_s` of work; whether it was still at work."""
    with _start(donnees, cles, deliveries) as process:
        time.sleep(delay_s)
        at_work = process.poll() is None
        process.kill()
    return at_work


def write_deliveries(folder: Path, lines: int) -> list[Path]:
    """Three deliveries over two weeks, with repeats, refused lines and one compressed file."""
    write_events(folder / "a.ndjson", lines)
    content = (folder / "a.ndjson").read_bytes().splitlines(keepends=True)
    later = [line.replace(b"2025-10-0", b"2025-10-1") for line in content[: lines // 2]]
    (folder / "b.ndjson").write_bytes(b"".join([*later, *content[:100], b"illisible\n"] * 2))
    (folder / "c.ndjson.gz").write_bytes(gzip.compress(b"".join([*content[lines // 2 :], b'{"nom":"X"}\n']), 1))
    return [folder / name for name in ("a.ndjson", "b.ndjson", "c.ndjson.gz")]


def main(kills: int) -> None:
    """Run the campaign and print what happened."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "livraisons").mkdir()
        deliveries = write_deliveries(Path(folder) / "livraisons", 60_000)
        campaign = run_campaign(Path(folder), deliveries, kills, seed=1)
    print(f"{campaign.killed} tués au travail, {campaign.ended_before} finis avant ; 0 lac différent")


def _load_all(delivery: Path) -> None:
    """Take one line into a lake that goes at once: what is compiled is loaded before the clock starts, so that kills meet the work."""
    with tempfile.TemporaryDirectory() as folder:
        line = Path(folder) / "ligne.ndjson"
        with delivery.open("rb") as stream:
            line.write_bytes(stream.readline())
        ingest_all(Path(folder) / "donnees", Path(folder) / "cles", [line])


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        _load_all(Path(sys.argv[4]))
        print(READY, flush=True)
        ingest_all(Path(sys.argv[2]), Path(sys.argv[3]), [Path(name) for name in sys.argv[4:]])
    else:
        main(int(sys.argv[1]))
