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
    "timestamp[ms, UTC]": pa.timestamp("ms", tz="UTC"),
}


class Colonne(BaseModel):
    """One column: its type (pyarrow's short name in the lake, SQL's in the publication) and its French comment."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: str
    commentaire: str
    nullable: bool = False


class Table(BaseModel):
    """One table of the lake or of the publication; `colonnes` keeps the order of the TOML."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    commentaire: str
    colonnes: dict[str, Colonne]


def load_tables(file: str) -> dict[str, Table]:
    """Read the tables that a packaged TOML file describes, in its order."""
    content = tomllib.loads(resources.files("marking_plan").joinpath(file).read_text("utf-8"))
    content.pop("version")
    return {name: Table.model_validate(record) for name, record in content.items()}


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
