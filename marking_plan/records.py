"""Records of the marking plan, typed and frozen, as the TOML files write them.

It must not read files or check one record against another: plan.py does.
"""

import re
from datetime import date, time

from pydantic import BaseModel, ConfigDict, Field

_SUM = re.compile(r"\bsum\((\w+)\)")


class Record(BaseModel):
    """What every record has: a code that never changes meaning and a French label."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    code: str
    libelle: str


class Alias(BaseModel):
    """A name under which a vendor sends a code, with the days on which it holds (both included)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    nom: str
    depuis: date | None = None
    jusqu_a: date | None = None

    def holds(self, jour: date) -> bool:
        """Whether the alias is in force on that day."""
        return (self.depuis is None or self.depuis <= jour) and (self.jusqu_a is None or jour <= self.jusqu_a)


class Profil(Record):
    """Who visits. `national` is the profile of the national export that takes it in, if any."""

    libelle_pluriel: str
    definition: str
    national: str | None = None
    aliases: tuple[Alias, ...] = ()


class Groupe(Record):
    """Profiles counted together, a person once."""

    definition: str
    profils: tuple[str, ...]


class Famille(Record):
    """One of the convention's five families of services."""

    definition: str


class Service(Record):
    """What is used. `national`: a column of the open data; `degre`: premier, second or tous."""

    famille: str
    definition: str
    national: bool = True
    degre: str = "tous"
    aliases: tuple[Alias, ...] = ()


class Modalite(Record):
    """A value of a closed list."""

    definition: str


class Tranche(Record):
    """A band of durations, lower bound included; `max_s` None is open."""

    min_s: int
    max_s: int | None = None


class Assiduite(Record):
    """A band of visits of one person in a week, bounds included; `max_visites` None is open."""

    min_visites: int
    max_visites: int | None = None


class Accompagnement(BaseModel):
    """When a school is to be supported (design 10): numbers of school weeks, of visits, and a share of a median."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    semaines_ouverture: int = Field(ge=1)
    semaines_rentree: int = Field(ge=0)
    semaines_arret: int = Field(ge=1)
    semaines_baisse: int = Field(ge=1)
    part_baisse: float = Field(gt=0, lt=1)
    visites_perdues: int = Field(ge=1)
    semaines_parents: int = Field(ge=1)

    def fill(self, texte: str) -> str:
        """A definition with the parameters that it names; the share in per cent."""
        return texte.format(**self.model_dump() | {"part_baisse": f"{self.part_baisse * 100:g}"})


class Soiree(BaseModel):
    """Local hours of the evening and night, end excluded, from a day on; `depuis` None: since always."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    depuis: date | None = None
    debut: time
    fin: time


class Motif(Record):
    """Why a line is refused, and how its sender mends it."""

    definition: str
    correction: str


class Niveau(Record):
    """A level of territory."""

    libelle_pluriel: str
    parent: str | None = None


class Periode(Record):
    """A kind of period that figures are published by."""

    libelle_pluriel: str
    definition: str


class Coupe(Record):
    """A way to cut visits; `partition`: its modalities add up to the total. `periodes`: where it is published."""

    libelle_pluriel: str
    definition: str
    partition: bool
    periodes: tuple[str, ...]


class Indicateur(Record):
    """A figure: its meaning and its expressions in one record, so that they can't drift.

    `expression` is over visits, `expression_publiee` over one published cell (default: the column of its name) and
    `expression_agregee` over several. `additif_sur`: dimensions over which published cells may be added; `non_additif` says
    why not elsewhere. It exists in `table`, by `periodes`, in every declared cut but where `coupes` names fewer, at
    `niveaux` (none: at all).
    """

    nom: str
    avec_article: str
    definition: str
    unite: str
    table: str
    expression: str
    expression_publiee: str | None = None
    expression_agregee: str | None = None
    additif_sur: tuple[str, ...]
    non_additif: str | None = None
    periodes: tuple[str, ...]
    coupes: dict[str, tuple[str, ...]] = {}
    niveaux: tuple[str, ...] = ()

    @property
    def sommes(self) -> tuple[str, ...]:
        """Columns that its aggregated expression adds."""
        return tuple(_SUM.findall(self.expression_agregee or ""))
