"""When a service that was in use counts as silent, and in which words, from pilotage.toml.

It must not know visits: metrics.pilotage.silences does.
"""

import tomllib
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, Field

_FILE = "pilotage.toml"


class ServicesMuets(BaseModel):
    """Retained weeks of use in a row, then of silence; the definition takes them by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    semaines_usage: int = Field(ge=1)
    semaines_silence: int = Field(ge=1)
    definition: str

    @property
    def texte(self) -> str:
        """The definition with its thresholds."""
        return self.definition.format(**self.model_dump(exclude={"definition"}))


@cache
def load_services_muets() -> ServicesMuets:
    """The rule in force."""
    content = tomllib.loads(resources.files("marking_plan").joinpath(_FILE).read_text("utf-8"))
    return ServicesMuets.model_validate(content["services_muets"])
