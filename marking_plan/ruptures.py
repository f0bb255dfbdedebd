"""Load the register of dated events that break a series: the packaged one, and the one an operator added to a lake.

It must not know figures: who draws a series decides what to make of a break.
"""

import tomllib
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from marking_plan.errors import PlanInvalide, TomlIllisible
from marking_plan.operateur import explain
from marking_plan.plan import load_plan
from marking_plan.records import Modalite

_FILE = "ruptures.toml"


class RuptureDeclaree(BaseModel):
    """An event: on every day from `debut` on when `fin` is None, everywhere when there is no `territoire`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    debut: date
    fin: date | None = None
    niveau: str | None = None
    territoire: str | None = None
    nature: str
    titre: str = Field(min_length=3, max_length=80)
    explication: str = Field(min_length=3, max_length=600)

    @model_validator(mode="after")
    def check(self) -> Self:
        """Dates in order, a place whole or absent. Raises ValueError."""
        if self.fin is not None and self.fin < self.debut:
            raise ValueError(f"la fin ({self.fin}) précède le début ({self.debut})")
        if (self.niveau is None) != (self.territoire is None):
            raise ValueError("niveau et territoire vont ensemble : donnez les deux, ou aucun")
        return self

    def bears_on(self, chemin: Collection[tuple[str, str]], du: date, au: date) -> bool:
        """Whether it says something of a node between two days; `chemin` is the node with those that it lies in."""
        place = self.niveau is None or (self.niveau, self.territoire) in chemin
        return place and self.debut <= au and (self.fin is None or self.fin >= du)


def ruptures_between(
    ruptures: Iterable[RuptureDeclaree], chemin: Collection[tuple[str, str]], du: date, au: date
) -> tuple[RuptureDeclaree, ...]:
    """Events to show beside a node's series from `du` to `au`, both included. A lasting one shows where it begins only."""
    return tuple(r for r in ruptures if r.bears_on(chemin, du, au) and (r.fin is not None or r.debut >= du))


def ruptures_file(donnees: Path) -> Path:
    """Where the operator's register lies in a lake."""
    return donnees / "referentiels" / _FILE


def list_ruptures(donnees: Path) -> tuple[RuptureDeclaree, ...]:
    """National events and the operator's, in the order of their days. Raises PlanInvalide, TomlIllisible."""
    file = ruptures_file(donnees)
    own = read_ruptures(file.name, file.read_bytes()) if file.exists() else ()
    return tuple(sorted((*load_ruptures(), *own), key=lambda r: (r.debut, r.titre, r.territoire or "")))


@cache
def load_natures() -> tuple[Modalite, ...]:
    """What an event may be."""
    return tuple(Modalite.model_validate(entry) for entry in tomllib.loads(_packaged())["natures"])


@cache
def load_ruptures() -> tuple[RuptureDeclaree, ...]:
    """National events. Raises PlanInvalide."""
    return read_ruptures(_FILE, _packaged().encode())


def read_ruptures(nom: str, contenu: bytes) -> tuple[RuptureDeclaree, ...]:
    """Events of a register, checked; `nom` names the file in messages. Raises PlanInvalide, TomlIllisible."""
    try:
        entries = tomllib.loads(contenu.decode("utf-8-sig")).get("ruptures")
    except ValueError as error:
        raise TomlIllisible(nom, str(error)) from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PlanInvalide(nom, "?", "ruptures", "il faut une fiche [[ruptures]] par événement.")
    found = tuple(_read_entry(nom, rang, entry) for rang, entry in enumerate(entries, 1))
    for rang, rupture in enumerate(found):
        if rupture in found[:rang]:
            raise PlanInvalide(nom, rupture.titre, "debut", "cet événement est écrit deux fois. Retirez une fiche.")
    return found


def _read_entry(nom: str, rang: int, entry: dict[str, object]) -> RuptureDeclaree:
    fiche = str(entry.get("titre") or f"n° {rang}")
    try:
        rupture = RuptureDeclaree.model_validate(entry)
    except ValidationError as error:
        champ, probleme = explain(error)
        raise PlanInvalide(nom, fiche, champ or "debut", f"{probleme}. Corrigez cette fiche.") from error
    natures = [nature.code for nature in load_natures()]
    if rupture.nature not in natures:
        raise PlanInvalide(
            nom, fiche, "nature", f"« {rupture.nature} » n’existe pas. Choisissez : {', '.join(natures)}."
        )
    niveaux = [niveau.code for niveau in load_plan().niveaux]
    if rupture.niveau not in (None, *niveaux):
        raise PlanInvalide(
            nom, fiche, "niveau", f"« {rupture.niveau} » n’existe pas. Choisissez : {', '.join(niveaux)}."
        )
    return rupture


def _packaged() -> str:
    return resources.files("marking_plan").joinpath(_FILE).read_text("utf-8")
