"""Comment every table, view and column of a publication in French, so that any tool tells what a figure means (design 8).

It must not define anything: publication.toml and the plan do.
"""

from itertools import groupby
from operator import itemgetter

import duckdb

from marking_plan import MarkingPlan
from marking_plan.phrases import comment_column
from metrics.protection.politique import EXACTE, Politique
from metrics.tables import TABLES

_VIEWS = """
    select v.view_name, c.column_name
    from duckdb_views() v
    join duckdb_columns() c on c.table_oid = v.view_oid and c.database_oid = v.database_oid
    where not v.internal
    order by v.view_name, c.column_index
"""


def write_comments(connection: duckdb.DuckDBPyConnection, plan: MarkingPlan, politique: Politique) -> None:
    """Comment tables and views with their columns. What holds protected figures names its policy and k (trust.md T1)."""
    protection = _protection(politique)
    for name, table in TABLES.items():
        protected = "etat" in table.colonnes or name.startswith("protection")
        _comment(connection, f'TABLE "{name}"', table.commentaire + (protection if protected else ""))
        for column, c in table.colonnes.items():
            _comment(connection, f'COLUMN "{name}"."{column}"', c.commentaire)
    for view, rows in groupby(connection.execute(_VIEWS).fetchall(), itemgetter(0)):
        niveau, periode = _name_parts(view)
        _comment(connection, f'VIEW "{view}"', _describe_view(plan, niveau, periode) + protection)
        for _, column in rows:
            _comment(connection, f'COLUMN "{view}"."{column}"', _describe_column(plan, niveau, periode, column))


def _name_parts(view: str) -> tuple[str, str]:
    """Level and period of a view `v_<niveau>_<periode>`: a school is `ecole` there, and `uai` in the plan."""
    _, niveau, periode = view.split("_")
    return ("uai" if niveau == "ecole" else niveau), periode


def _describe_view(plan: MarkingPlan, niveau: str, periode: str) -> str:
    quand = plan.libelle("periode", periode)
    return (
        f"Fréquentation par {quand}, niveau {plan.libelle('niveau', niveau)}, tous profils ensemble, coupe total\u00a0: "
        f"une ligne par {quand} et territoire. Les visites et les durées s’y additionnent, jamais les utilisateurs"
    )


def _describe_column(plan: MarkingPlan, niveau: str, periode: str, column: str) -> str:
    """What its table says of it, but for what bears on cuts: a view has the total alone."""
    known = TABLES[f"frequentation_{periode}"].colonnes.get(column)
    if known is None:
        return f"Code du territoire, niveau {plan.libelle('niveau', niveau)}"
    if known.indicateur is None:
        return known.commentaire
    return comment_column(plan, plan.indicateur(known.indicateur), periode, coupes=False)


def _protection(politique: Politique) -> str:
    if politique.nom == EXACTE:
        return ". Politique exacte\u00a0: aucune protection des petits effectifs"
    return f". Protection des petits effectifs\u00a0: politique {politique.nom}, k = {politique.k}"


def _comment(connection: duckdb.DuckDBPyConnection, what: str, text: str) -> None:
    quoted = text.replace("'", "''")
    connection.execute(f"COMMENT ON {what} IS '{quoted}'")
