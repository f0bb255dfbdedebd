"""Count the persons seen in each month and school year, exactly, from the registers of the visible lots (design 7).

It must not read events: the registers alone outlive a week.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from marking_plan.lake import Manifest, Part
from marking_plan.semaines import annee_scolaire, bounds
from metrics.engine import fetch_arrow, run
from metrics.origine import Comptes, order_parts


@dataclass(frozen=True)
class Registre(Comptes):
    """The register of one month or year (`periode`), counted from its parts. `debut`: first day of the period."""

    steps = ("placement", "membres", "cube", "utilisateurs")
    periode: str
    debut: date

    @property
    def cube(self) -> Path:
        """Exact users of the period, at every level."""
        return self.folder / "utilisateurs.parquet"


def list_registers(donnees: Path, manifests: Iterable[Manifest]) -> list[Registre]:
    """Registers that the visible lots touch: months then years, each in order of time."""
    parts: dict[str, list[Part]] = {}
    for manifest in manifests:
        for part in manifest.registres:
            parts.setdefault(part.chemin.split("/")[1], []).append(part)
    found = [Registre(order_parts(held), donnees / "cubes" / name, *_name_period(name)) for name, held in parts.items()]
    return sorted(found, key=lambda registre: (registre.periode != "mois", registre.debut))


def _name_period(name: str) -> tuple[str, date]:
    """Kind and first day of `mois=2025-10` or `annee=2025-2026`."""
    periode, _, value = name.partition("=")
    return periode, date.fromisoformat(f"{value}-01") if periode == "mois" else bounds(value)[0]


def count_users(connection: duckdb.DuckDBPyConnection, donnees: Path, registre: Registre, context: str) -> None:
    """Count the register unless its counts are current; needs the tables placement_annees and appartenance."""
    if registre.is_current(context):
        return
    registre.begin()
    files = registre.files(donnees)
    run(connection, "cubes/placement", {"annee": annee_scolaire(registre.debut)})
    run(connection, "cubes/membres", {"fichiers": files, "periode": registre.periode, "debut": registre.debut})
    run(connection, "cubes/cube")
    pq.write_table(fetch_arrow(connection, "cubes/utilisateurs", {}), registre.cube, compression="zstd")
    registre.finish(context)
