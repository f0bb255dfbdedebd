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
from metrics.origine import digest_origin, is_made_from, write_mark

VISIT_GAP_MS = 30 * 60 * 1000  # national definition: 30:00 exactly opens a new visit (guide 2012)
_STEPS = ("placement", "visites", "usages", "cube", "medianes", "resultat", "presence")


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the lake: its event files, and where its counts are kept."""

    debut: date
    annee: str
    parts: tuple[Part, ...]
    folder: Path

    @property
    def cube(self) -> Path:
        """Exact counts of the week and of its days."""
        return self.folder / "cube.parquet"

    @property
    def presence(self) -> Path:
        """Days, schools and platforms that sent events."""
        return self.folder / "presence.parquet"

    @property
    def mark(self) -> Path:
        """What the counts were made from; written last, so that a crash counts the week again."""
        return self.folder / "origine.json"


def list_weeks(donnees: Path, manifests: Iterable[Manifest]) -> list[Week]:
    """Weeks that the visible lots touch, oldest first."""
    parts: dict[date, list[Part]] = {}
    for manifest in manifests:
        for part in manifest.parts:
            parts.setdefault(part.semaine, []).append(part)
    return [
        Week(debut, annee_scolaire(debut), tuple(sorted(parts[debut], key=lambda part: part.chemin)), folder)
        for debut in sorted(parts)
        for folder in [donnees / "cubes" / f"semaine={debut}"]
    ]


def is_current(week: Week, context: str) -> bool:
    """Whether the counts kept were made from exactly these inputs.

    `context` names what they depend on besides events: plan and referentials.
    """
    return is_made_from(week.mark, digest_origin(context, week.parts, _STEPS))


def write_presence(connection: duckdb.DuckDBPyConnection, donnees: Path, week: Week) -> None:
    """Find which schools and platforms sent events on which day of the week."""
    week.folder.mkdir(parents=True, exist_ok=True)
    week.mark.unlink(missing_ok=True)
    rows = fetch_arrow(connection, "cubes/presence", {"fichiers": _files(donnees, week)})
    pq.write_table(rows, week.presence, compression="zstd")


def write_cube(connection: duckdb.DuckDBPyConnection, donnees: Path, week: Week, context: str) -> None:
    """Form the visits of the week and count them; needs the tables placement_annees, appartenance and the plan's."""
    run(connection, "cubes/placement", {"annee": week.annee})
    run(connection, "cubes/visites", {"fichiers": _files(donnees, week), "ecart_ms": VISIT_GAP_MS})
    run(connection, "cubes/usages", {"debut": week.debut})
    run(connection, "cubes/cube")
    run(connection, "cubes/medianes", {"debut": week.debut})
    rows = fetch_arrow(connection, "cubes/resultat", {})
    pq.write_table(rows, week.cube, compression="zstd")
    write_mark(week.mark, digest_origin(context, week.parts, _STEPS))


def _files(donnees: Path, week: Week) -> list[str]:
    return [str(donnees / part.chemin) for part in week.parts]
