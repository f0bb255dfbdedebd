"""Files → lake against DuckDB's plain COPY of the same file, side by side in one run.

It must not assert a time: it prints rates and their ratio, and checks only that nothing was lost.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.sources import Source
from marking_plan import load_plan
from marking_plan.codes import uai_check_letter

EVENTS = 1_000_000
EVENTS_PER_VISITOR = 10
AGENTS = 300
ROUNDS = 3
_SERVICES = ["ACCUEIL", "CAHIER_TEXTES", "COURRIER_ELECTRONIQUE", "ACTUALITES", "STOCKAGE_PARTAGE", "PAGE_ENT"]
_PROFILS = ["ELEVE", "PARENT", "ENSEIGNANT", "ADMIN_VIE_SCOL_TECH"]
_AGENT = "Mozilla/5.0 (Linux; Android {0}; SM-A{1}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{2}.0.0.0 Mobile Safari/537.36"


def write_events(path: Path, events: int) -> None:
    """A school week of native events of about 300 bytes, seeded."""
    rng = np.random.default_rng(1)
    start = int(datetime(2025, 10, 6, tzinfo=UTC).timestamp() * 1000)
    visitors = rng.integers(0, events // EVENTS_PER_VISITOR, events)
    schools = [f"034{n:04}" + uai_check_letter(f"034{n:04}") for n in range(4500)]
    agents = [_AGENT.format(8 + n % 7, 100 + n, 90 + n % 40) for n in range(AGENTS)]
    instants = pl.Series(np.sort(rng.integers(0, 5 * 86_400_000, events)) + start).cast(pl.Datetime("ms", "UTC"))
    pl.DataFrame(
        {
            "instant": instants.dt.convert_time_zone("Europe/Paris").dt.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z"),
            "uai": pl.Series(schools)[visitors % len(schools)],
            "profil": pl.Series(_PROFILS)[visitors % len(_PROFILS)],
            "service": pl.Series(_SERVICES)[rng.integers(0, len(_SERVICES), events)],
            "visiteur": pl.Series([rng.bytes(16).hex() for _ in range(events // EVENTS_PER_VISITOR)])[visitors],
            "agent": pl.Series(agents)[rng.integers(0, AGENTS, events)],
            "type": pl.Series(["NATIF"])[np.zeros(events, dtype=np.int64)],
            "plateforme": pl.Series(["SIMULATION_A"])[np.zeros(events, dtype=np.int64)],
            "id": [f"{n:032x}" for n in range(events)],
        }
    ).write_ndjson(path)


def copy_with_duckdb(source: Path, target: Path) -> None:
    """DuckDB's own JSON → Parquet, with nothing of ours."""
    with duckdb.connect() as connection:
        reader = connection.read_json(str(source), format="newline_delimited")
        reader.write_parquet(str(target), compression="zstd")


def ingest_file(source: Path, folder: Path, events: int) -> None:
    """Our whole way: identity, validation, quarantine, lake."""
    plan = load_plan()
    lake = Lake(folder / "donnees", folder / "cles", plan)
    options = DialectOptions(champs_personnels=plan.champs_personnels)
    [result] = ingest_sources(lake, [Source(source.name, source)], options)
    assert result.manifest.kept == events, "an event was lost"


def measure(work: Callable[[Path], None]) -> float:
    """Seconds of the best of a few rounds, each in a new folder."""
    seconds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            work(Path(folder))
            seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(events: int) -> None:
    """Write the file once, time both routes, print rates and ratio."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "evenements.ndjson"
        write_events(source, events)
        size = source.stat().st_size
        plain = measure(lambda work: copy_with_duckdb(source, work / "copie.parquet"))
        ours = measure(lambda work: ingest_file(source, work, events))
    print(f"{events:,} events, {size / events:.0f} bytes each")
    print(f"DuckDB plain COPY : {plain:7.2f} s  {events / plain:12,.0f} events/s")
    print(f"files → lake      : {ours:7.2f} s  {events / ours:12,.0f} events/s")
    print(f"ratio             : {plain / ours:7.2f} ×")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
