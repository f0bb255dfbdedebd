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
from metrics.origine import digest_origin, is_made_from, write_mark

_STEPS = ("placement", "membres", "cube", "utilisateurs")


@dataclass(frozen=True, slots=True)
class Registre:
    """The parts of one month's or year's register, and where its counts are kept. `debut`: first day of the period."""

    periode: str
    debut: date
    parts: tuple[Part, ...]
    folder: Path

    @property
    def cube(self) -> Path:
        """Exact users of the period, at every level."""
        return self.folder / "utilisateurs.parquet"

    @property
    def mark(self) -> Path:
        """What the counts were made from."""
        return self.folder / "origine.json"


def list_registers(donnees: Path, manifests: Iterable[Manifest]) -> list[Registre]:
    """Registers that the visible lots touch: months then years, each in order of time."""
    parts: dict[str, list[Part]] = {}
    for manifest in manifests:
        for part in manifest.registres:
            parts.setdefault(part.chemin.split("/")[1], []).append(part)
    found = [
        Registre(*_name_period(name), tuple(sorted(held, key=lambda part: part.chemin)), donnees / "cubes" / name)
        for name, held in parts.items()
    ]
    return sorted(found, key=lambda registre: (registre.periode != "mois", registre.debut))


def _name_period(name: str) -> tuple[str, date]:
    """Kind and first day of `mois=2025-10` or `annee=2025-2026`."""
    periode, _, value = name.partition("=")
    return periode, date.fromisoformat(f"{value}-01") if periode == "mois" else bounds(value)[0]


def count_users(connection: duckdb.DuckDBPyConnection, donnees: Path, registre: Registre, context: str) -> None:
    """Count the register unless its counts are current; needs the tables placement_annees and appartenance."""
    origin = digest_origin(context, registre.parts, _STEPS)
    if is_made_from(registre.mark, origin):
        return
    registre.folder.mkdir(parents=True, exist_ok=True)
    registre.mark.unlink(missing_ok=True)
    files = [str(donnees / part.chemin) for part in registre.parts]
    run(connection, "cubes/placement", {"annee": annee_scolaire(registre.debut)})
    run(connection, "cubes/membres", {"fichiers": files, "periode": registre.periode, "debut": registre.debut})
    run(connection, "cubes/cube")
    pq.write_table(fetch_arrow(connection, "cubes/utilisateurs", {}), registre.cube, compression="zstd")
    write_mark(registre.mark, origin)
