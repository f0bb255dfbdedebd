"""Keep the grouping of each school year as its first publication fixed it (design 9; trust.md T6).

It must not decide what is published: grilles.py does.
"""

from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

from metrics.engine import fetch_arrow
from metrics.protection.grilles import make_grouping
from metrics.protection.groupes import PARTS
from metrics.protection.politique import EXACTE, Politique
from metrics.reference import create_table


def load_groupings(
    connection: duckdb.DuckDBPyConnection, donnees: Path, politique: Politique, annees: list[str]
) -> None:
    """Tables protections(annee_scolaire, niveau, territoire, profil, effectif, total, jours, semaine, mois,
    fines) and parts(groupe, part).

    A year's file in the lake is made at its first publication, and grows with the nodes that appear later.
    Needs effectifs_charges, placement_annees, appartenance, etats_ecoles.
    """
    tables = [_load_year(connection, donnees, politique, annee) for annee in annees]
    create_table(connection, "protections", pa.concat_tables(tables))
    parts = [{"groupe": groupe, "part": part} for groupe, listed in PARTS.items() for part in listed]
    create_table(connection, "parts", pa.Table.from_pylist(parts))


def _load_year(connection: duckdb.DuckDBPyConnection, donnees: Path, politique: Politique, annee: str) -> pa.Table:
    path = donnees / "referentiels" / "protection" / f"annee={annee}-{politique.nom}.parquet"
    frozen = pl.read_parquet(path) if path.exists() else None
    population = pl.from_arrow(fetch_arrow(connection, "protection/population", {"annee": annee}))
    liens = pl.from_arrow(fetch_arrow(connection, "protection/liens", {"annee": annee}))
    assert isinstance(population, pl.DataFrame)
    assert isinstance(liens, pl.DataFrame)
    grouping = make_grouping(politique, population, liens, frozen)
    if politique.code != EXACTE and (frozen is None or not grouping.equals(frozen)):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        grouping.write_parquet(temporary)
        temporary.replace(path)
    return grouping.select(pl.lit(annee).alias("annee_scolaire"), pl.all()).to_arrow()
