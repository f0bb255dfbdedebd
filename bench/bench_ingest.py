"""Files → lake against DuckDB's plain COPY of the same file, side by side in one run, each in a process of its own.

It must not assert a time: it prints rates, their ratio and peak memory, and checks only that nothing was lost.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.sources import Source
from marking_plan import load_plan
from marking_plan.codes import uai_check_letter

SIZES = (2_000_000, 10_000_000)
EVENTS_A_DAY = 400_000
EVENTS_A_VISIT, VISITS_A_DAY = 5, 2  # of one visitor: 10 events a day
AGENTS, SCHOOLS = 300, 4_500
ROUNDS = 3
WARM_UP = 20_000  # events read before the clock starts: libraries loaded, code compiled
FIRST_DAY = date(2025, 10, 6)
_SERVICES = ["ACCUEIL", "CAHIER_TEXTES", "COURRIER_ELECTRONIQUE", "ACTUALITES", "STOCKAGE_PARTAGE", "PAGE_ENT"]
_PROFILS = ["ELEVE", "PARENT", "ENSEIGNANT", "ADMIN_VIE_SCOL_TECH"]
_SHARES = [0.6, 0.25, 0.13, 0.02]
_AGENT = "Mozilla/5.0 (Linux; Android {0}; SM-A{1}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{2}.0.0.0 Mobile Safari/537.36"


def write_events(path: Path, events: int) -> None:
    """School days of native events in the order of time, seeded: the same visitors come back every day."""
    rng = np.random.default_rng(1)
    a_day = min(events, EVENTS_A_DAY)
    visitors = _visitors(rng, max(a_day // (EVENTS_A_VISIT * VISITS_A_DAY), 1))
    with path.open("wb") as file:
        for day, first in enumerate(range(0, events, a_day)):
            jour = FIRST_DAY + timedelta(days=day % 5 + 7 * (day // 5))
            _write_day(rng, visitors, jour, first, min(a_day, events - first)).write_ndjson(file)


def _visitors(rng: np.random.Generator, count: int) -> pl.DataFrame:
    """What doesn't change for a person: school, profil, token, device."""
    schools = [f"034{n:04}" + uai_check_letter(f"034{n:04}") for n in range(SCHOOLS)]
    agents = [_AGENT.format(8 + n % 7, 100 + n, 90 + n % 40) for n in range(AGENTS)]
    return pl.DataFrame(
        {
            "uai": pl.Series(schools)[rng.integers(0, SCHOOLS, count)],
            "profil": pl.Series(_PROFILS)[rng.choice(len(_PROFILS), count, p=_SHARES)],
            "visiteur": [rng.bytes(16).hex() for _ in range(count)],
            "agent": pl.Series(agents)[rng.integers(0, AGENTS, count)],
        }
    )


def _write_day(rng: np.random.Generator, visitors: pl.DataFrame, jour: date, first: int, events: int) -> pl.DataFrame:
    visits = -(-events // EVENTS_A_VISIT)
    starts = np.repeat(rng.normal(11 * 3600, 9000, visits).clip(0, 82_800), EVENTS_A_VISIT)
    gaps = rng.exponential(45, (visits, EVENTS_A_VISIT)).cumsum(axis=1).ravel()
    who = np.repeat(np.arange(visits) // VISITS_A_DAY % visitors.height, EVENTS_A_VISIT)
    order = np.argsort(starts + gaps)[:events]
    midnight = datetime(jour.year, jour.month, jour.day, tzinfo=UTC).timestamp()
    instants = pl.Series(((midnight + (starts + gaps)[order]) * 1000).astype(np.int64)).cast(pl.Datetime("ms", "UTC"))
    numbers = np.arange(first, first + events)
    return (
        visitors[who[order]]
        .with_columns(
            instant=instants.dt.convert_time_zone("Europe/Paris").dt.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z"),
            service=pl.Series(_SERVICES)[rng.integers(0, len(_SERVICES), events)],
            type=pl.lit("NATIF"),
            plateforme=pl.lit("SIMULATION_A"),
            id=pl.Series(
                [f"{noise:08x}{n:08x}" for n, noise in zip(numbers, rng.integers(0, 2**32, events), strict=True)]
            ),
        )
        .select("instant", "uai", "profil", "service", "visiteur", "agent", "type", "plateforme", "id")
    )


def copy_with_duckdb(source: Path, folder: Path) -> None:
    """DuckDB's own JSON → Parquet, with nothing of ours and nothing but its defaults."""
    with duckdb.connect() as connection:
        connection.read_json(str(source), format="newline_delimited").write_parquet(str(folder / "copie.parquet"))


def ingest_file(source: Path, folder: Path) -> None:
    """Our whole way: every step on."""
    plan = load_plan()
    lake = Lake(folder / "donnees", folder / "cles", plan)
    options = DialectOptions(champs_personnels=plan.champs_personnels)
    [result] = ingest_sources(lake, [Source(source.name, source)], options)
    manifest = result.manifest
    assert (manifest.refused_total, manifest.duplicates) == (0, 0), "an event was lost"


ROUTES: dict[str, Callable[[Path, Path], None]] = {"duckdb": copy_with_duckdb, "lake": ingest_file}


def run_once(route: str, source: Path, warm_up: Path) -> None:
    """Time one route in this process and print seconds and peak memory as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        ROUTES[route](warm_up, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        ROUTES[route](source, Path(folder))
        seconds = time.perf_counter() - start
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak_gib": peak_kib / 1024**2}))


def measure(route: str, source: Path, warm_up: Path) -> dict[str, float]:
    """The same in a new process."""
    command = [sys.executable, "-m", "bench.bench_ingest", route, str(source), str(warm_up)]
    found: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def main(sizes: tuple[int, ...]) -> None:
    """For each size: write the file once, take the best of a few rounds of both routes in turn, print."""
    for events in sizes:
        with tempfile.TemporaryDirectory() as folder:
            source, warm_up = Path(folder) / "evenements.ndjson", Path(folder) / "warm-up.ndjson"
            write_events(source, events)
            write_events(warm_up, WARM_UP)
            rounds = [{route: measure(route, source, warm_up) for route in ROUTES} for _ in range(ROUNDS)]
            octets = source.stat().st_size / events
        print(f"{events:,} events of {octets:.0f} bytes")
        best = {route: min(found[route]["seconds"] for found in rounds) for route in ROUTES}
        for route, seconds in best.items():
            peak = max(found[route]["peak_gib"] for found in rounds)
            print(f"  {route:8}{seconds:8.2f} s {events / seconds:12,.0f} events/s   peak {peak:.2f} GiB")
        print(f"  ratio   {best['duckdb'] / best['lake']:8.2f} ×", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ROUTES:
        run_once(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
