"""Check a publication before it is pointed to: every file of sql/controles gives the rows that are wrong.

It must not mend anything: `#fail` stops the publication, `#warn` is shown beside it.
"""

from importlib import resources
from typing import NamedTuple

import duckdb

from metrics.engine import read_sql
from metrics.errors import ControleEchoue

_FAIL, _WARN = "-- #fail ", "-- #warn "


class Constat(NamedTuple):
    """What a check found: its name, what that means (French), and the faulty rows, of which the first is shown."""

    nom: str
    message: str
    lignes: int
    exemple: str


def list_controles() -> list[str]:
    """Names of the checks, in the order of the alphabet."""
    files = resources.files("metrics").joinpath("sql/controles").iterdir()
    return sorted(file.name.removesuffix(".sql") for file in files if file.name.endswith(".sql"))


def run_controles(connection: duckdb.DuckDBPyConnection) -> list[Constat]:
    """Run every check on the tables being published; gives the warnings. Raises ControleEchoue at the first failure."""
    warnings = []
    for nom in list_controles():
        text = read_sql(f"controles/{nom}")
        constat = _run(connection, nom, text)
        if constat is None:
            continue
        if text.startswith(_FAIL):
            raise ControleEchoue(
                f"Contrôle « {nom} » : {constat.message} {constat.lignes} cas, dont {constat.exemple}. "
                "Rien n'est publié ; la publication précédente reste en vigueur. Lancez « dnma check »."
            )
        warnings.append(constat)
    return warnings


def _run(connection: duckdb.DuckDBPyConnection, nom: str, text: str) -> Constat | None:
    rows = connection.execute(text).fetchall()
    message = text.splitlines()[0].removeprefix(_FAIL).removeprefix(_WARN)
    return Constat(nom, message, len(rows), ", ".join(str(value) for value in rows[0])) if rows else None
