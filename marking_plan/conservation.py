"""How long each store of the data folder is kept, and under which text, from conservation.toml.

It must not look at a store: ingest.conservation does.
"""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

_FILE = "conservation.toml"
PURGE, SEAL = "purge", "seal"


class Duree(BaseModel):
    """Hours or calendar months, one of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    heures: int = Field(default=0, ge=0)
    mois: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _one(self) -> "Duree":
        if bool(self.heures) == bool(self.mois):
            raise ValueError("donnez des heures ou des mois")
        return self

    @property
    def texte(self) -> str:
        """As a French sentence says it."""
        return f"{self.mois} mois" if self.mois else f"{self.heures} heures"

    def echeance(self, datum: datetime) -> datetime:
        """First instant at which a datum must be gone; months count by whole days of its zone, the last one included."""
        if self.heures:
            return datum + timedelta(hours=self.heures)
        last = shift_months(datum.date(), self.mois)
        return datetime.combine(last + timedelta(days=1), time(), datum.tzinfo)


class Magasin(BaseModel):
    """A store and its rule: `duree`, or `regle` in words; `compte` says from when, `par` which command removes."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    libelle: str
    dossier: str
    duree: Duree | None = None
    regle: str | None = None
    compte: str
    par: str
    remede: str | None = None
    source: str

    @model_validator(mode="after")
    def _ruled(self) -> "Magasin":
        if (self.duree is None) == (self.regle is None):
            raise ValueError("donnez une durée ou une règle")
        return self

    @property
    def texte(self) -> str:
        """The rule as a French sentence says it."""
        return f"{self.duree.texte} au plus" if self.duree else str(self.regle)


@dataclass(frozen=True, slots=True)
class Regles:
    """Every rule in force, by the order of the file."""

    version: str
    depuis: date
    magasins: tuple[Magasin, ...]


@cache
def load_regles() -> Regles:
    """Rules of conservation.toml."""
    content = tomllib.loads(resources.files("marking_plan").joinpath(_FILE).read_text("utf-8"))
    return Regles(
        content["version"],
        content["depuis"],
        TypeAdapter(tuple[Magasin, ...]).validate_python(content["magasins"]),
    )


def shift_months(jour: date, mois: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(jour.year * 12 + jour.month - 1 + mois, 12)
    return date(year, month + 1, min(jour.day, calendar.monthrange(year, month + 1)[1]))
