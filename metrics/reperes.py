"""Publish the register of series breaks, that of what was done for schools, and the contours of territories, as the lake holds them.

It must not judge them: marking_plan and ingest do when they are loaded.
"""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from marking_plan.lake import contour_files, referentiel_files
from marking_plan.ruptures import list_ruptures
from marking_plan.schema import ACCOMPAGNEMENT, CONTOUR
from metrics.tables import insert, insert_rows


def write_ruptures(connection: duckdb.DuckDBPyConnection, donnees: Path) -> None:
    """National breaks and the operator's. Raises PlanInvalide, TomlIllisible."""
    rows = [(r.debut, r.fin, r.niveau, r.territoire, r.nature, r.titre, r.explication) for r in list_ruptures(donnees)]
    insert_rows(connection, "ruptures", rows)


def write_accompagnements(connection: duckdb.DuckDBPyConnection, donnees: Path) -> None:
    """What was done for schools, of every school year that was loaded."""
    for file in referentiel_files(donnees, "accompagnements").values():
        insert(connection, "accompagnements", pq.read_table(file, schema=ACCOMPAGNEMENT))


def write_contours(connection: duckdb.DuckDBPyConnection, donnees: Path) -> None:
    """Contours of every level that was loaded."""
    for file in contour_files(donnees):
        insert(connection, "contours", pq.read_table(file, schema=CONTOUR))
