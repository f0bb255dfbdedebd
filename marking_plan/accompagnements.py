"""What may be done for a school: the closed list of natures of the register `accompagnements`.

It must not know a school, nor leave room for a free text: one would sooner or later name a person.
"""

import tomllib
from functools import cache
from importlib import resources

from marking_plan.records import Modalite


@cache
def load_natures() -> tuple[Modalite, ...]:
    """In the order in which they are read."""
    content = tomllib.loads(resources.files("marking_plan").joinpath("accompagnements.toml").read_text("utf-8"))
    return tuple(Modalite.model_validate(entry) for entry in content["natures"])


def libelle_nature(code: str) -> str:
    """Label of a nature; its code when a later plan dropped it."""
    return next((nature.libelle for nature in load_natures() if nature.code == code), code)
