"""DuckDB, set up the way this project needs it, and the SQL files it runs.

It must not hold a query: those are in sql/. No extension is ever downloaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path

import duckdb
import pyarrow as pa

Parameters = dict[str, object]
Row = tuple[object, ...]


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory engine that reaches nothing but local files."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET preserve_insertion_order = true")
    return connection


@cache
def read_sql(name: str) -> str:
    """Text of a packaged SQL file, such as `cubes/visites`."""
    return resources.files("metrics").joinpath(f"sql/{name}.sql").read_text("utf-8")


@contextmanager
def together(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Small statements written to the disk once, not one by one."""
    connection.begin()
    yield
    connection.commit()


def run(connection: duckdb.DuckDBPyConnection, name: str, parameters: Parameters | None = None) -> None:
    """Run a SQL file that returns nothing."""
    connection.execute(read_sql(name), parameters or {})


def fetch(connection: duckdb.DuckDBPyConnection, name: str, parameters: Parameters) -> list[Row]:
    """Rows of a SQL file."""
    return fetch_text(connection, read_sql(name), parameters)


def fetch_text(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Parameters) -> list[Row]:
    """Rows of a query, on a cursor of its own: a connection streams one result at a time."""
    cursor = connection.cursor()
    try:
        return cursor.execute(sql, parameters).fetchall()
    finally:
        cursor.close()


def fetch_arrow(connection: duckdb.DuckDBPyConnection, name: str, parameters: Parameters) -> pa.Table:
    """Rows of a SQL file as an Arrow table."""
    return connection.sql(read_sql(name), params=parameters).to_arrow_table()


def write_parquet(connection: duckdb.DuckDBPyConnection, name: str, parameters: Parameters, path: Path) -> None:
    """Write the rows of a SQL file to a Parquet file, in their order."""
    connection.sql(read_sql(name).rstrip().removesuffix(";"), params=parameters).write_parquet(
        str(path), compression="zstd"
    )


def connect_publication(path: Path) -> duckdb.DuckDBPyConnection:
    """A published file, read-only, in an engine that can reach nothing else (trust.md A13)."""
    return duckdb.connect(
        str(path),
        read_only=True,
        config={"enable_external_access": "false", "lock_configuration": "true"},
    )
