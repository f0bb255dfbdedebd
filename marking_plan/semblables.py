"""Which schools are alike, by date, from semblables.toml: bands of pupils, and how many schools a comparison takes.

It must not know schools or figures: metrics.lecture.semblables does.
"""

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, TypeAdapter, ValidationError, model_validator

from marking_plan.dates import find_in_force
from marking_plan.errors import PlanInvalide
from marking_plan.records import Record

_FILE = "semblables.toml"


class TrancheEleves(Record):
    """A band of pupils, lower bound included; `max_eleves` None is open."""

    min_eleves: NonNegativeInt
    max_eleves: int | None = None

    def holds(self, eleves: int | None) -> bool:
        """Whether a number of pupils is in the band; an unknown one is in none."""
        return eleves is not None and self.min_eleves <= eleves < (self.max_eleves or eleves + 1)


class ReglageSemblables(BaseModel):
    """How similar schools are chosen, from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    depuis: date
    ecoles_minimum: int = Field(ge=5)
    tranches: tuple[TrancheEleves, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _follow_one_another(self) -> "ReglageSemblables":
        bornes = [tranche.max_eleves for tranche in self.tranches]
        if [tranche.min_eleves for tranche in self.tranches] != [0, *bornes[:-1]] or bornes[-1] is not None:
            raise ValueError("les tranches doivent se suivre à partir de 0, et la dernière rester ouverte")
        return self

    def find_tranche(self, eleves: int) -> TrancheEleves:
        """The band of a number of pupils."""
        return next(tranche for tranche in self.tranches if tranche.holds(eleves))


def find_semblables(jour: date) -> ReglageSemblables:
    """How similar schools are chosen on a day. Raises PlanInvalide when nothing says it."""
    reglage = find_in_force(_load(), jour)
    if reglage is None:
        raise PlanInvalide(
            _FILE, "semblables", "depuis", f"aucun réglage n’est en vigueur le {jour}. Ajoutez-le, daté."
        )
    return reglage


@cache
def _load() -> tuple[ReglageSemblables, ...]:
    content = tomllib.loads(resources.files("marking_plan").joinpath(_FILE).read_text("utf-8"))
    try:
        return TypeAdapter(tuple[ReglageSemblables, ...]).validate_python(content["semblables"])
    except ValidationError as error:
        first = error.errors()[0]
        champ = ".".join(str(step) for step in first["loc"])
        raise PlanInvalide(_FILE, "semblables", champ, f"valeur refusée ({first['msg']}). Corrigez-la.") from error
