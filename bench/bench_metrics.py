"""Publications of a simulated region: a week counted, a first publication, one after a new week, and how cost grows.

It must not assert a time: it prints seconds, rows and sizes. Usage: bench_metrics [weeks] [schools].
"""

import resource
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench.simulation.simulate import Simulation, simulate
from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.referentiels import load_annuaire, load_deploiement, load_effectifs, load_horaires
from ingest.sources import find_sources
from marking_plan import load_plan
from marking_plan.semaines import annee_scolaire
from metrics.publication import publish

WEEKS, SCHOOLS = 4, 4_500
FIRST_WEEK = date(2025, 9, 8)


def add_week(folder: Path, number: int, ecoles: int) -> int:
    """Simulate and ingest one week; returns the events kept. The first one brings the referentials."""
    donnees, plan, lundi = folder / "donnees", load_plan(), FIRST_WEEK + timedelta(weeks=number)
    simulation = simulate(folder / "simulation", ecoles=ecoles, semaines=1, debut=lundi)
    if not donnees.exists():
        _load_referentials(donnees, simulation, lundi)
    options = DialectOptions(None, simulation.xiti_etablissements, None, plan.champs_personnels)
    sources = find_sources([str(folder / "simulation" / "livraisons")])
    results = list(ingest_sources(Lake(donnees, folder / "cles", plan), sources, options))
    shutil.rmtree(folder / "simulation")
    return sum(result.manifest.kept for result in results)


def _load_referentials(donnees: Path, simulation: Simulation, lundi: date) -> None:
    load_annuaire(donnees, simulation.annuaire, annee_scolaire(lundi))
    load_effectifs(donnees, simulation.effectifs, load_plan(), None, None)
    load_deploiement(donnees, simulation.deploiement)
    load_horaires(donnees, simulation.horaires, annee_scolaire(lundi))


def time_publication(donnees: Path, what: str) -> None:
    """Publish, and print what it took."""
    start, counted = time.perf_counter(), []
    report = publish(donnees, load_plan(), progress=lambda _lundi: counted.append(time.perf_counter() - start))
    seconds, size = time.perf_counter() - start, report.path.stat().st_size / 1e6
    counting = counted[-1] if counted else 0.0
    print(
        f"{what:34}{report.semaines_comptees:3} weeks counted in {counting:7.1f} s, all {seconds:7.1f} s"
        f"  {report.lignes:12,} weekly rows {size:7.0f} MB",
        flush=True,
    )


def main(weeks: int, ecoles: int) -> None:
    """Publish after one week, after twice as many each time, then after one more."""
    with tempfile.TemporaryDirectory() as name:
        folder, events, done = Path(name), [], 0
        for target in sorted({1, *(2**n for n in range(1, 7) if 2**n < weeks), weeks}):
            while done < target:
                events.append(add_week(folder, done, ecoles))
                done += 1
            shutil.rmtree(folder / "donnees" / "publication", ignore_errors=True)
            shutil.rmtree(folder / "donnees" / "cubes", ignore_errors=True)
            time_publication(folder / "donnees", f"from nothing, {target} weeks")
        events.append(add_week(folder, done, ecoles))
        time_publication(folder / "donnees", "after one new week")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{ecoles} schools, events by week: {', '.join(f'{n:,}' for n in events)}; peak {peak:.1f} GiB")


if __name__ == "__main__":
    values = [int(value) for value in sys.argv[1:]]
    main(values[0] if values else WEEKS, values[1] if len(values) > 1 else SCHOOLS)
