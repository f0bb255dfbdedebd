"""The words of the collection, which vendors and operators read: tag, hit, batch, journal.

It must not say what an event holds: the rest of the plan does.
"""

import tomllib
from functools import cache
from importlib import resources

from marking_plan.records import Modalite


@cache
def load_mots() -> tuple[Modalite, ...]:
    """In the order in which they are read."""
    content = tomllib.loads(resources.files("marking_plan").joinpath("collecte.toml").read_text("utf-8"))
    return tuple(Modalite.model_validate(entry) for entry in content["mots"])
