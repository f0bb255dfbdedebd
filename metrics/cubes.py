"""Count one week, its days and its part of each month exactly, for every profil and cut, and keep the result in the lake.

It must not protect or publish: cubes are for the engine alone. A week whose inputs did not change is not counted again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from marking_plan.etats import Etat, list_ended
from marking_plan.lake import Manifest, Part
from marking_plan.pics import find_comptage
from marking_plan.semaines import annee_scolaire
from metrics.engine import Parameters, run, write_parquet
from metrics.medianes import load_medians
from metrics.origine import Comptes, order_parts
from metrics.periodes import portions_of
from metrics.reference import HALF_DAYS, create_table
from metrics.visites import form_visits


@dataclass(frozen=True)
class Week(Comptes):
    """A week of the lake, counted from its event files."""

    steps = (
        "evenements",
        "acteurs",
        "gardes",
        "visites",
        "temps_classe",
        "codes",
        "traces",
        "sommes",
        "usages",
        "assidus",
        "ecoles",
        "partages",
        "durees",
        "medianes",
        "presence",
        "placement",
        "noeuds",
        "classes",
        "pics",
    )
    modules = ("visites", "medianes")
    kept = Comptes.kept | {"medianes.parquet", "presence.parquet", "pics.parquet"}
    debut: date

    @property
    def medianes(self) -> Path:
        """Median durations of the week and of its days."""
        return self.folder / "medianes.parquet"

    @property
    def presence(self) -> Path:
        """Days, schools and platforms that sent events."""
        return self.folder / "presence.parquet"

    @property
    def pics(self) -> Path:
        """Peaks of schools and communes; weeks sealed before these were counted don't have it."""
        return self.folder / "pics.parquet"


def list_weeks(donnees: Path, manifests: Iterable[Manifest], states: Mapping[str, Etat]) -> list[Week]:
    """Weeks that the visible lots touch and sealed ones, oldest first."""
    sealed = [lundi for lundi in list_ended(states, "semaine") if states[f"semaine-{lundi}"].fichiers]
    parts: dict[date, list[Part]] = {date.fromisoformat(lundi): [] for lundi in sealed}
    for manifest in manifests:
        for part in manifest.parts:
            parts.setdefault(part.semaine, []).append(part)
    return [Week(order_parts(parts[debut]), donnees / "cubes" / f"semaine={debut}", debut) for debut in sorted(parts)]


def write_presence(connection: duckdb.DuckDBPyConnection, donnees: Path, week: Week, fin: datetime) -> None:
    """Find which schools and platforms sent events on which day of the week, before the instant `fin`."""
    week.begin()
    write_parquet(connection, "cubes/presence", {"fichiers": week.files(donnees), "fin": fin}, week.presence)


def write_cube(connection: duckdb.DuckDBPyConnection, donnees: Path, week: Week, fin: datetime, context: str) -> None:
    """Form the visits of the week before `fin` and count them.

    Needs placement_annees, calendrier, semaine_ecoles and the plan's modalities.
    """
    files: Parameters = {"fichiers": week.files(donnees)}
    place(connection, files, annee_scolaire(week.debut))
    run(connection, "cubes/evenements", {**files, "fin": fin})
    run(connection, "cubes/acteurs")
    form_visits(connection)
    run(connection, "cubes/visites")
    run(connection, "cubes/temps_classe", {"debut": week.debut})
    load_portions(connection, portions_of(week.debut))
    for name in ("codes", "traces", "sommes", "usages", "assidus"):
        run(connection, f"cubes/{name}")
    load_medians(connection)
    write_parquet(connection, "cubes/medianes", {}, week.medianes)
    _write_peaks(connection, week)
    write_counts(connection, week)
    week.finish(context)


def place(connection: duckdb.DuckDBPyConnection, files: Parameters, annee: str) -> None:
    """Number the schools of some files and the nodes of their school year."""
    run(connection, "cubes/ecoles_vues", files)
    run(connection, "cubes/noeuds", {"annee": annee})
    run(connection, "cubes/placement", {"annee": annee})


def load_portions(connection: duckdb.DuckDBPyConnection, portions: Sequence[tuple[str, date]]) -> None:
    """Number what is counted: table portions(portion, periode, debut)."""
    periodes, debuts = zip(*portions, strict=True)
    create_table(
        connection, "portions", pa.table({"portion": range(len(portions)), "periode": periodes, "debut": debuts})
    )


def write_counts(connection: duckdb.DuckDBPyConnection, comptes: Comptes) -> None:
    """Keep what the tables sommes, usages and assidus hold: schools' own counts, and what persons of several count too much."""
    write_parquet(connection, "cubes/ecoles", {}, comptes.ecoles)
    write_parquet(connection, "cubes/partages", {}, comptes.partages)


def _write_peaks(connection: duckdb.DuckDBPyConnection, week: Week) -> None:
    """Keep the largest number of visits in progress in class time (design 3), as the parameters of that Monday say."""
    reglage = find_comptage(week.debut)
    create_table(connection, "profils_comptes", pa.table({"profil": list(reglage.profils.valeur)}))
    create_table(connection, "semaine_supposee", pa.Table.from_pylist(reglage.demi_journees, schema=HALF_DAYS))
    tranche: Parameters = {"debut": week.debut, "tranche_min": reglage.tranche_min.valeur}
    run(connection, "cubes/classes", tranche)
    write_parquet(connection, "cubes/pics", {**tranche, "prolongation_min": reglage.prolongation_min.valeur}, week.pics)
