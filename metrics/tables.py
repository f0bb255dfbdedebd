"""Make the tables of a publication as publication.toml describes them, and fill those that come from no count.

It must not count (the SQL files do), nor hold the plan's own tables (tables_plan.py) or comments (commentaires.py).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import duckdb
import pyarrow as pa

from marking_plan.lake import Manifest
from marking_plan.schema import load_tables
from marking_plan.semaines import quarter_bounds
from metrics.comptage import Lac
from metrics.engine import Parameters, read_sql, run
from metrics.periodes import Periode
from metrics.protection.politique import Politique

TABLES = load_tables("publication.toml")
_OF_PERIODS = ("protection_reserves", "bilan_protection")  # what is told of each period, written with its rows
_KEPT = ("taux", "origines", *_OF_PERIODS)  # besides frequentation_*: rows that a new publication takes over
SIMULATED_PREFIX = "SIMULATION"  # platforms of simulated deliveries begin so: the data carry their own label


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every table of the publication, empty; rows of periods stay when it starts from a copy of another."""
    for name, table in TABLES.items():
        kept = name.startswith("frequentation_") or name in _KEPT
        if not kept:
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        columns = ", ".join(
            f'"{column}" {c.type}{"" if c.nullable else " NOT NULL"}' for column, c in table.colonnes.items()
        )
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{name}" ({columns})')


def insert(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Insert Arrow rows whose columns are those of the table, in order."""
    connection.register("lignes_lues", rows.select(list(TABLES[name].colonnes)))
    connection.execute(f'INSERT INTO "{name}" SELECT * FROM lignes_lues')  # noqa: S608 - name of publication.toml
    connection.unregister("lignes_lues")


def insert_rows(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert plain rows, whose values are in the order of the table's columns."""
    columns = list(TABLES[name].colonnes)
    arrays = {column: [row[n] for row in rows] for n, column in enumerate(columns)}
    if rows:
        insert(connection, name, pa.table(arrays))


def replace_rows(connection: duckdb.DuckDBPyConnection, periode: str, parameters: Parameters) -> None:
    """Rows of `frequentation_<periode>` between the days `du` and `au` of the parameters, instead of those that are there."""
    table = f'"frequentation_{periode}"'
    days = {"du": parameters["du"], "au": parameters["au"]}
    connection.execute(f"DELETE FROM {table} WHERE debut BETWEEN $du AND $au", days)  # noqa: S608 - one of PERIODES
    connection.execute(f"INSERT INTO {table} {read_sql('publication/frequentation')}", parameters)


def arrange_weeks(connection: duckdb.DuckDBPyConnection, lundis: Iterable[date]) -> None:
    """Put the rows of each quarter in which these weeks begin in an order where a node's lie together.

    A board reads one node over many weeks: it finds it in a few groups of rows a quarter instead of some in each week. By
    quarter, so that a new week moves the rows of one quarter, not of all years.
    """
    for du, au in sorted({quarter_bounds(lundi) for lundi in lundis}):
        days: Parameters = {"du": du, "au": au}
        connection.execute(f"CREATE TEMP TABLE rangees AS {read_sql('publication/rangement')}", days)
        connection.execute("DELETE FROM frequentation_semaine WHERE debut BETWEEN $du AND $au", days)
        connection.execute("INSERT INTO frequentation_semaine SELECT * FROM rangees")
        connection.execute("DROP TABLE rangees")


def replace_bilan(connection: duckdb.DuckDBPyConnection, periode: Periode, profils: Sequence[str]) -> None:
    """What protection masks in the rows just written of a period, instead of what is there."""
    _drop_told(connection, "bilan_protection", periode.periode, periode.debut, periode.fin)
    days: Parameters = {"periode": periode.periode, "du": periode.debut, "au": periode.fin}
    run(connection, "publication/bilan_protection", {**days, "profils": list(profils)})


def replace_reserve(connection: duckdb.DuckDBPyConnection, periode: str, debut: date, cases: int) -> None:
    """How many cells of a period no mask could hide, instead of the count that is there: never which ones."""
    _drop_told(connection, "protection_reserves", periode, debut, debut)
    insert_rows(connection, "protection_reserves", [(periode, debut, cases)])


def _drop_told(connection: duckdb.DuckDBPyConnection, name: str, periode: str, du: date, au: date) -> None:
    days = {"periode": periode, "du": du, "au": au}
    connection.execute(
        f'DELETE FROM "{name}" WHERE periode = $periode AND debut BETWEEN $du AND $au',  # noqa: S608 - one of _OF_PERIODS
        days,
    )


def drop_rows(connection: duckdb.DuckDBPyConnection, periode: str, debut: date) -> None:
    """Rows of a period that the lake no longer holds, and of the days of a week."""
    for name in _OF_PERIODS:
        _drop_told(connection, name, periode, debut, debut)
    day = {"debut": debut}
    connection.execute(f'DELETE FROM "frequentation_{periode}" WHERE debut = $debut', day)  # noqa: S608 - one of PERIODES
    if periode == "semaine":
        _drop_told(connection, "bilan_protection", "jour", debut, debut + timedelta(days=6))
        connection.execute("DELETE FROM frequentation_jour WHERE debut BETWEEN $debut AND $debut + 6", day)


def write_lots(connection: duckdb.DuckDBPyConnection, manifests: list[Manifest]) -> None:
    """What each lot contained: counts, motifs, corrections, codes outside the plan."""
    insert_rows(connection, "qualite_lots", [row for m in manifests for row in _lot_rows(m)])


def _lot_rows(manifest: Manifest) -> list[tuple[object, ...]]:
    head = (manifest.lot, manifest.source, manifest.recu_le.replace(tzinfo=None))
    totals = [("recues", manifest.received), ("gardees", manifest.kept), ("doublons", manifest.duplicates)]
    details = {
        "refus": manifest.refused,
        "correction": manifest.corriges,
        "hors_plan": manifest.inconnus,
        "champ_ignore": manifest.champs_ignores,
    }
    rows: list[tuple[object, ...]] = [(*head, None, None, rubrique, None, lignes) for rubrique, lignes in totals]
    rows += [(*head, None, None, rubrique, key, n) for rubrique, counts in details.items() for key, n in counts.items()]
    rows += [(*head, k.plateforme, k.semaine, f"suivi_{k.rubrique}", k.detail, n) for k, n in manifest.suivi]
    return rows


def write_publication(
    connection: duckdb.DuckDBPyConnection, numero: int, now: datetime, lac: Lac, rules: str, politique: Politique
) -> None:
    """The line "figures as of": number, instant (UTC), plan, policy and its k, lots, rules, and whether the data are simulated."""
    lots = hashlib.sha256("".join(manifest.lot for manifest in lac.manifests).encode()).hexdigest()
    platforms = connection.execute("SELECT DISTINCT plateforme FROM presence WHERE plateforme IS NOT NULL").fetchall()
    simulee = any(str(platform).startswith(SIMULATED_PREFIX) for (platform,) in platforms)
    made = (numero, now.replace(tzinfo=None), lac.plan.version, politique.nom, politique.k)
    insert_rows(connection, "publication", [(*made, len(lac.manifests), lots, rules, simulee)])


def read_origins(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, date], str]:
    """What each period already written was made of."""
    rows = connection.execute("SELECT periode, debut, empreinte FROM origines").fetchall()
    return {(periode, debut): empreinte for periode, debut, empreinte in rows}


def write_origins(connection: duckdb.DuckDBPyConnection, origins: Mapping[tuple[str, date], str]) -> None:
    """The same for the periods of this publication, instead of those that are there."""
    connection.execute("DELETE FROM origines")
    insert_rows(connection, "origines", [(*key, digest) for key, digest in sorted(origins.items())])


def count_rows(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows of the weekly table."""
    row = connection.execute("SELECT count(*) FROM frequentation_semaine").fetchone()
    return int(row[0]) if row else 0
