"""What the ENT-École convention fixes by date: the rate of a school and year, from convention.toml.

It must not know schools or payers: metrics.export.convention does.
"""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from marking_plan.dates import find_in_force
from marking_plan.errors import PlanInvalide

_FILE = "convention.toml"
_CENTS = 100


class Tarif(BaseModel):
    """Euros a school and school year, from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    depuis: date
    euros: Decimal = Field(ge=0, decimal_places=2)

    @property
    def centimes(self) -> int:
        """The same in cents, which add up exactly."""
        return int(self.euros * _CENTS)


def find_tarif(jour: date) -> Tarif:
    """Rate in force on a day. Raises PlanInvalide when none is."""
    tarif = find_in_force(_load_tarifs(), jour)
    if tarif is None:
        raise PlanInvalide(_FILE, "tarifs", "depuis", f"aucun tarif n’est en vigueur le {jour}. Ajoutez-le, daté.")
    return tarif


@cache
def _load_tarifs() -> tuple[Tarif, ...]:
    content = tomllib.loads(resources.files("marking_plan").joinpath(_FILE).read_text("utf-8"))
    return TypeAdapter(tuple[Tarif, ...]).validate_python(content["tarifs"])
