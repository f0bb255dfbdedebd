"""Files → lake beside tools that others would take: chdb (JSON → Parquet) and GoAccess (log → report). Each where it is found.

It must not install anything or need them: a missing tool is said and skipped.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from bench.bench_ingest import WARM_UP, measure, write_events

EVENTS = 2_000_000
PEERS_PYTHON = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"
_CHDB = """
import sys, time, chdb
start = time.perf_counter()
chdb.query(f"INSERT INTO FUNCTION file('{sys.argv[2]}', Parquet) SELECT * FROM file('{sys.argv[1]}', JSONEachRow)")
print(time.perf_counter() - start)
"""
_LOG_LINE = pl.format(
    '198.51.100.1 - {} [{}] "GET /{}/{} HTTP/1.1" 200 512 "-" "{}"',
    "visiteur",
    pl.col("instant").str.to_datetime("%+", time_zone="UTC").dt.strftime("%d/%b/%Y:%H:%M:%S +0000"),
    "uai",
    "service",
    "agent",
)


def copy_with_chdb(source: Path, folder: Path) -> float | None:
    """Seconds of chdb for JSON → Parquet with its defaults; None when it isn't there."""
    if not PEERS_PYTHON.exists():
        return None
    command = [str(PEERS_PYTHON), "-c", _CHDB, str(source), str(folder / "copie.parquet")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return float(done.stdout) if done.returncode == 0 else None


def report_with_goaccess(source: Path, folder: Path) -> float | None:
    """Seconds of GoAccess for the same events as an access log → JSON report; None when it isn't there."""
    goaccess = shutil.which("goaccess")
    if goaccess is None:
        return None
    log = folder / "acces.log"
    pl.scan_ndjson(source).select(_LOG_LINE).sink_csv(log, include_header=False, quote_style="never")
    command = [goaccess, str(log), "--log-format=COMBINED", "--no-progress", "-o", str(folder / "rapport.json")]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - start if done.returncode == 0 else None


PEERS: dict[str, Callable[[Path, Path], float | None]] = {"chdb": copy_with_chdb, "goaccess": report_with_goaccess}


def main(events: int) -> None:
    """Write the file once, run ours, then each peer, and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        source, warm_up = Path(folder) / "evenements.ndjson", Path(folder) / "warm-up.ndjson"
        write_events(source, events)
        write_events(warm_up, WARM_UP)
        ours = measure("lake", source, warm_up)["seconds"]
        print(f"{events:,} events\n  {'lake':10}{ours:8.2f} s {events / ours:12,.0f} events/s")
        for name, run in PEERS.items():
            seconds = run(source, Path(folder))
            if seconds is None:
                print(f"  {name:10} not found, skipped")
            else:
                print(f"  {name:10}{seconds:8.2f} s {events / seconds:12,.0f} events/s   ratio {seconds / ours:.2f} ×")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
