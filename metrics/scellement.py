"""Count for good what is about to be sealed or closed, and freeze where schools lie (design 7).

It must not destroy anything: ingest does, once these files are on disk.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl

from marking_plan import MarkingPlan
from marking_plan.semaines import annee_scolaire
from metrics import cubes, tables
from metrics.calendrier import calendrier_table
from metrics.comptage import Lac, Progress, count_lac, open_lac
from metrics.engine import connect, fetch_arrow, write_parquet
from metrics.origine import Comptes
from metrics.registres import Registre
from metrics.store import fsync

Fichiers = dict[str, str]


def count_weeks(
    donnees: Path, plan: MarkingPlan, lundis: Iterable[date], now: datetime, progress: Progress = lambda _: None
) -> dict[date, Fichiers]:
    """Count these weeks under today's plan and keep their visits without persons; gives what to keep of each, with digests."""
    chosen = frozenset(lundis)
    with connect() as connection:
        lac = _count(connection, donnees, plan, now, chosen, progress)
        kept = {week.debut: _keep(donnees, week, [_visits(lac, week)]) for week in lac.weeks if week.debut in chosen}
        for annee in sorted({annee_scolaire(lundi) for lundi in chosen}):
            _freeze_places(connection, donnees, annee)
    return kept


def count_periods(donnees: Path, plan: MarkingPlan, noms: Iterable[str], now: datetime) -> dict[str, Fichiers]:
    """Count the users of these months and school years (`mois-2025-10`); gives what to keep of each, with digests."""
    chosen = set(noms)
    with connect() as connection:
        lac = _count(connection, donnees, plan, now, frozenset(), lambda _: None)
    registres = {_name(registre): registre for registre in lac.registres}
    return {nom: _keep(donnees, registres[nom], []) if nom in registres else {} for nom in sorted(chosen)}


def _count(
    connection: duckdb.DuckDBPyConnection,
    donnees: Path,
    plan: MarkingPlan,
    now: datetime,
    sealing: frozenset[date],
    progress: Progress,
) -> Lac:
    lac = open_lac(donnees, plan, now)
    tables.create_tables(connection)
    tables.insert(connection, "calendrier", calendrier_table(lac.calendrier))

    def counted(lundi: date) -> None:
        if lundi in sealing:
            [week] = [week for week in lac.weeks if week.debut == lundi]
            path = _visits(lac, week)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_parquet(connection, "cubes/visites_scellees", {}, path)
        progress(lundi)

    count_lac(connection, lac, counted, sealing)
    return lac


def _visits(lac: Lac, week: cubes.Week) -> Path:
    return lac.donnees / "visites" / f"semaine={week.debut}" / "visites.parquet"


def _name(registre: Registre) -> str:
    return registre.periode.nom.replace("=", "-")


def _keep(donnees: Path, comptes: Comptes, others: list[Path]) -> Fichiers:
    """Digests of the counts and of other files, once they are durably on disk."""
    files = [*(path for path in sorted(comptes.folder.iterdir()) if path.name in comptes.kept), *others]
    for path in files:
        fsync(path)
    for folder in sorted({path.parent for path in files}):
        for above in (folder, *folder.parents):
            fsync(above)
            if above == donnees:
                break
    return {str(path.relative_to(donnees)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _freeze_places(connection: duckdb.DuckDBPyConnection, donnees: Path, annee: str) -> None:
    """Keep where every school of the year lies: persons counted once in a territory can't be counted again elsewhere."""
    path = donnees / "referentiels" / "placement" / f"annee={annee}.parquet"
    places = pl.from_arrow(fetch_arrow(connection, "cubes/places", {"annee": annee}))
    assert isinstance(places, pl.DataFrame)
    if path.exists():
        known = pl.read_parquet(path)
        places = pl.concat([known, places.join(known, on="uai", how="anti")])
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    places.sort("uai").write_parquet(temporary)
    fsync(temporary)
    temporary.replace(path)
    fsync(path.parent)
