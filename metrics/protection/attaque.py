"""Last result of the attack on masks, from attaque.toml. It must not run it: bench/attaque does."""

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from pydantic import TypeAdapter

from metrics.tableau.protection import EssaiAttaque


@cache
def load_essais() -> tuple[date, str, tuple[EssaiAttaque, ...]]:
    """Day of the attack, version of the policies attacked, and what it got back."""
    content = tomllib.loads(resources.files("metrics").joinpath("protection/attaque.toml").read_text("utf-8"))
    essais = TypeAdapter(tuple[EssaiAttaque, ...]).validate_python(content["essais"])
    return content["le"], content["version"], essais
