"""Schemas of the lake and tables of the publication, read from lac.toml and publication.toml.

It must not read data: it only says which columns exist, of which type, and what each means.
"""

import tomllib
from importlib import resources

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from marking_plan.errors import PlanInvalide
from marking_plan.phrases import comment_column
from marking_plan.plan import load_plan

_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "int64": pa.int64(),
    "uint64": pa.uint64(),
    "float64": pa.float64(),
    "date32": pa.date32(),
    "int32": pa.int32(),
    "list<string>": pa.list_(pa.string()),
    "timestamp[ms, UTC]": pa.timestamp("ms", tz="UTC"),
}


class Colonne(BaseModel):
    """One column: its type (pyarrow's short name in the lake, SQL's in the publication) and its French comment.

    The measure of an `indicateur` has no comment of its own: the plan's record gives it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: str
    commentaire: str = ""
    indicateur: str | None = None
    nullable: bool = False


class Table(BaseModel):
    """One table of the lake or of the publication; `colonnes` keeps the order of the TOML.

    `comme` names a table above: its columns come first, as they are unless `colonnes` says them anew.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    commentaire: str
    colonnes: dict[str, Colonne]
    comme: str | None = None


def load_tables(file: str) -> dict[str, Table]:
    """Read the tables that a packaged TOML file describes, in its order."""
    content = tomllib.loads(resources.files("marking_plan").joinpath(file).read_text("utf-8"))
    content.pop("version")
    tables: dict[str, Table] = {}
    for name, record in content.items():
        table = Table.model_validate(record)
        base = tables[table.comme].colonnes if table.comme else {}
        colonnes = base | table.colonnes
        commented = {column: _comment(file, name, column, c) for column, c in colonnes.items()}
        tables[name] = table.model_copy(update={"colonnes": commented})
    return tables


def _comment(file: str, table: str, column: str, colonne: Colonne) -> Colonne:
    """The column with its comment, taken from the plan for a measure. Raises PlanInvalide when it has none."""
    if colonne.indicateur is None:
        if not colonne.commentaire:
            raise PlanInvalide(file, table, f"colonnes.{column}", "donnez un commentaire, ou un indicateur du plan.")
        return colonne
    plan = load_plan()
    try:
        indicateur = plan.indicateur(colonne.indicateur)
    except KeyError as error:
        probleme = f"l’indicateur « {colonne.indicateur} » n’existe pas."
        raise PlanInvalide(file, table, f"colonnes.{column}.indicateur", probleme) from error
    periode = next((p.code for p in plan.periodes if table == f"{indicateur.table}_{p.code}"), None)
    return colonne.model_copy(update={"commentaire": comment_column(plan, indicateur, periode)})


def _arrow_schema(table: Table) -> pa.Schema:
    fields = [
        pa.field(name, _TYPES[c.type], nullable=c.nullable, metadata={"commentaire": c.commentaire})
        for name, c in table.colonnes.items()
    ]
    return pa.schema(fields, metadata={"commentaire": table.commentaire})


_LAKE = {name: _arrow_schema(table) for name, table in load_tables("lac.toml").items()}

EVENEMENT = _LAKE["evenements"]
REGISTRE = _LAKE["registres"]
REJET = _LAKE["rejets"]
ECOLE = _LAKE["ecoles"]
EFFECTIF = _LAKE["effectifs"]
DEPLOIEMENT = _LAKE["deploiement"]
COUVERTURE = _LAKE["couverture"]
HORAIRE = _LAKE["horaires"]
ACCOMPAGNEMENT = _LAKE["accompagnements"]
CONTOUR = _LAKE["contours"]
PLACEMENT = _LAKE["placement"]
VISITE = _LAKE["visites"]
