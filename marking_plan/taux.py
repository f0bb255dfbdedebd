"""What share of a territory's schools must have an effectif for it to have a rate, by date, from taux.toml.

It must not know schools or counts: metrics.taux does.
"""

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from marking_plan.dates import find_in_force
from marking_plan.errors import PlanInvalide

_FILE = "taux.toml"


class Seuil(BaseModel):
    """Least share of schools with an effectif, in per cent, from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    depuis: date
    part_ecoles_pour_cent: int = Field(gt=0, le=100)


def find_seuil(jour: date) -> Seuil:
    """Threshold in force on a day. Raises PlanInvalide when none is."""
    seuil = find_in_force(_load_seuils(), jour)
    if seuil is None:
        raise PlanInvalide(_FILE, "seuils", "depuis", f"aucun seuil n’est en vigueur le {jour}. Ajoutez-le, daté.")
    return seuil


@cache
def _load_seuils() -> tuple[Seuil, ...]:
    content = tomllib.loads(resources.files("marking_plan").joinpath(_FILE).read_text("utf-8"))
    return TypeAdapter(tuple[Seuil, ...]).validate_python(content["seuils"])
