"""Put the referentials and the calendar into the engine as tables that the SQL files use.

It must not count anything.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from marking_plan.lake import referentiel_files
from marking_plan.schema import COUVERTURE, DEPLOIEMENT, ECOLE, EFFECTIF, HORAIRE, PLACEMENT
from marking_plan.semaines import annee_scolaire

HALF_DAYS = pa.schema(
    [("jour_semaine", pa.int32()), ("demi_journee", pa.string()), ("debut_min", pa.int32()), ("fin_min", pa.int32())]
)


def load_referentiels(connection: duckdb.DuckDBPyConnection, donnees: Path, annees: Iterable[str]) -> None:
    """Tables annuaire, deploiement, effectifs_charges, geles (frozen places), couverture and semaine_ecoles (half-days of
    class of the schools whose week is known) for the school years asked for.

    A year without an annuaire, effectifs or horaires of its own takes the nearest earlier one, else the nearest later one.
    """
    annees = sorted(set(annees))
    _load_years(connection, "annuaire", _nearest(donnees, "ecoles", annees), ECOLE)
    _load_years(connection, "effectifs_charges", _nearest(donnees, "effectifs", annees), EFFECTIF)
    _load_years(connection, "semaine_ecoles", _nearest(donnees, "horaires", annees), HORAIRE)
    own = referentiel_files(donnees, "deploiement")
    _load_years(connection, "deploiement", {a: own[a] for a in annees if a in own}, DEPLOIEMENT)
    own = referentiel_files(donnees, "placement")
    _load_years(connection, "geles", {a: own[a] for a in annees if a in own}, PLACEMENT)
    own = referentiel_files(donnees, "couverture")
    _load_years(connection, "couverture", {a: own[a] for a in annees if a in own}, COUVERTURE)


def _nearest(donnees: Path, kind: str, annees: list[str]) -> dict[str, Path]:
    files = referentiel_files(donnees, kind)
    chosen: dict[str, Path] = {}
    for annee in annees:
        earlier = [a for a in files if a <= annee]
        later = [a for a in files if a > annee]
        if earlier or later:
            chosen[annee] = files[max(earlier) if earlier else min(later)]
    return chosen


def _load_years(connection: duckdb.DuckDBPyConnection, name: str, files: dict[str, Path], schema: pa.Schema) -> None:
    create_table(connection, name, schema.empty_table())
    for annee, file in files.items():
        rows = pq.read_table(file, schema=schema)
        if "annee_scolaire" in schema.names:
            column = pa.array([annee] * rows.num_rows, pa.string())
            rows = rows.set_column(schema.get_field_index("annee_scolaire"), "annee_scolaire", column)
        connection.register("lignes_lues", rows)
        connection.table("lignes_lues").insert_into(f"temp.{name}")
        connection.unregister("lignes_lues")


def create_table(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Make a temporary table of Arrow rows; `name` is one of this module's own names, never outside input."""
    connection.register("lignes_lues", rows)
    connection.execute(f"create or replace temp table {name} as select * from lignes_lues")  # noqa: S608
    connection.unregister("lignes_lues")


def semaines_table(semaines: Iterable[date]) -> pa.Table:
    """Weeks to publish, with the school year of their Monday."""
    rows = [{"debut": debut, "annee_scolaire": annee_scolaire(debut)} for debut in semaines]
    return pa.Table.from_pylist(rows, schema=pa.schema([("debut", pa.date32()), ("annee_scolaire", pa.string())]))


def referentiels_digest(donnees: Path) -> str:
    """Digest of what says where schools lie and when they have class: counts made under another one are made again."""
    digest = hashlib.sha256()
    for kind in ("ecoles", "deploiement", "horaires"):
        for file in referentiel_files(donnees, kind).values():
            digest.update(file.read_bytes())
    return digest.hexdigest()
