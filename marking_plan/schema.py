"""Schemas of the lake and tables of the publication, read from lac.toml and publication.toml.

It must not read data: it only says which columns exist, of which type, and what each means.
"""

import tomllib
from importlib import resources

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

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
    """One column: its type (pyarrow's short name in the lake, SQL's in the publication) and its French comment."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: str
    commentaire: str
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
        tables[name] = table.model_copy(update={"colonnes": base | table.colonnes})
    return tables


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
PLACEMENT = _LAKE["placement"]
VISITE = _LAKE["visites"]
