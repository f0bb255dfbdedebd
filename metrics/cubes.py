"""Count one week, its days and its part of each month exactly, for every level, profil and cut, and keep the result in the lake.

It must not protect or publish: cubes are for the engine alone. A week whose inputs did not change is not counted again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from marking_plan.lake import Manifest, Part
from marking_plan.semaines import annee_scolaire
from metrics.engine import fetch_arrow, run
from metrics.origine import Comptes, order_parts

VISIT_GAP_MS = 30 * 60 * 1000  # national definition: 30:00 exactly opens a new visit (guide 2012)


@dataclass(frozen=True)
class Week(Comptes):
    """A week of the lake, counted from its event files."""

    steps = ("placement", "visites", "usages", "cube", "medianes", "resultat", "presence")
    debut: date

    @property
    def cube(self) -> Path:
        """Exact counts of the week and of its days."""
        return self.folder / "cube.parquet"

    @property
    def presence(self) -> Path:
        """Days, schools and platforms that sent events."""
        return self.folder / "presence.parquet"


def list_weeks(donnees: Path, manifests: Iterable[Manifest]) -> list[Week]:
    """Weeks that the visible lots touch, oldest first."""
    parts: dict[date, list[Part]] = {}
    for manifest in manifests:
        for part in manifest.parts:
            parts.setdefault(part.semaine, []).append(part)
    return [Week(order_parts(parts[debut]), donnees / "cubes" / f"semaine={debut}", debut) for debut in sorted(parts)]


def write_presence(connection: duckdb.DuckDBPyConnection, donnees: Path, week: Week) -> None:
    """Find which schools and platforms sent events on which day of the week."""
    week.begin()
    rows = fetch_arrow(connection, "cubes/presence", {"fichiers": week.files(donnees)})
    pq.write_table(rows, week.presence, compression="zstd")


def write_cube(connection: duckdb.DuckDBPyConnection, donnees: Path, week: Week, context: str) -> None:
    """Form the visits of the week and count them; needs the tables placement_annees, appartenance and the plan's."""
    run(connection, "cubes/placement", {"annee": annee_scolaire(week.debut)})
    run(connection, "cubes/visites", {"fichiers": week.files(donnees), "ecart_ms": VISIT_GAP_MS})
    run(connection, "cubes/usages", {"debut": week.debut})
    run(connection, "cubes/cube")
    run(connection, "cubes/medianes", {"debut": week.debut})
    rows = fetch_arrow(connection, "cubes/resultat", {})
    pq.write_table(rows, week.cube, compression="zstd")
    week.finish(context)
