"""Parameters of the peaks and of the suggested Internet access, by date, from pics.toml.

It must not count visits or pupils: metrics does.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, time
from functools import cache
from importlib import resources
from typing import Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, ValidationError, model_validator

from marking_plan.dates import find_in_force
from marking_plan.errors import PlanInvalide
from marking_plan.plan import load_plan

_FILE = "pics.toml"
T = TypeVar("T")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parametre(_Record, Generic[T]):
    """A value with its French label, its unit and where it comes from."""

    valeur: T
    libelle: str
    unite: str
    raison: str


class DemiJournee(_Record):
    """A half-day of class on some weekdays (1: Monday); local hours, the end excluded."""

    jours: tuple[int, ...] = Field(min_length=1)
    demi_journee: Literal["matin", "apres_midi"]
    debut: time
    fin: time

    @model_validator(mode="after")
    def _in_order(self) -> "DemiJournee":
        if self.debut >= self.fin or not set(self.jours) <= set(range(1, 8)):
            raise ValueError("il faut un début avant la fin, et des jours de 1 à 7")
        return self

    def __str__(self) -> str:
        jours = ", ".join(map(str, self.jours))
        return f"{self.demi_journee} des jours {jours}\u00a0: {self.debut:%H:%M}–{self.fin:%H:%M}"


class _Reglage(_Record):
    """A set of parameters, in force from a day on."""

    version: str
    depuis: date

    @property
    def parametres(self) -> dict[str, Parametre[object]]:
        """Its parameters by name, in order."""
        fields = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: value for name, value in fields if isinstance(value, Parametre)}


class ReglageComptage(_Reglage):
    """How visits in progress are counted."""

    tranche_min: Parametre[PositiveInt]
    prolongation_min: Parametre[NonNegativeInt]
    profils: Parametre[tuple[str, ...]]
    semaine: Parametre[tuple[DemiJournee, ...]]

    @property
    def demi_journees(self) -> list[dict[str, object]]:
        """Half-days of class of a school whose week is unknown, one a weekday, in minutes since local midnight."""
        return [
            {
                "jour_semaine": jour,
                "demi_journee": d.demi_journee,
                "debut_min": _minutes(d.debut),
                "fin_min": _minutes(d.fin),
            }
            for d in self.semaine.valeur
            for jour in d.jours
        ]


class ReglageAcces(_Reglage):
    """How an Internet access is suggested."""

    eleves_pour_une_classe: Parametre[PositiveInt]
    eleves_par_classe: Parametre[PositiveInt]
    kbit_s_par_personne: Parametre[PositiveInt]
    marge_pct: Parametre[NonNegativeInt]
    minimum_mbit_s: Parametre[NonNegativeInt]


class _Fichier(_Record):
    comptages: tuple[ReglageComptage, ...] = Field(min_length=1)
    acces: tuple[ReglageAcces, ...] = Field(min_length=1)


class LigneParametre(NamedTuple):
    """A parameter as analysts read it."""

    version: str
    depuis: date
    parametre: str
    libelle: str
    valeur: str
    unite: str
    raison: str


R = TypeVar("R", bound=_Reglage)


def find_comptage(jour: date) -> ReglageComptage:
    """How visits in progress are counted on a day."""
    return _find(_load().comptages, jour)


def find_acces(jour: date) -> ReglageAcces:
    """How an access is suggested on a day."""
    return _find(_load().acces, jour)


def list_parametres() -> Iterator[LigneParametre]:
    """Every parameter of every set, the oldest set first."""
    for reglage in (*_load().comptages, *_load().acces):
        for name, p in reglage.parametres.items():
            values = p.valeur if isinstance(p.valeur, tuple) else (p.valeur,)
            valeur = "\u202f; ".join(map(str, values))
            yield LigneParametre(reglage.version, reglage.depuis, name, p.libelle, valeur, p.unite, p.raison)


def _minutes(heure: time) -> int:
    return 60 * heure.hour + heure.minute


def _find(reglages: tuple[R, ...], jour: date) -> R:
    """The latest set that had begun, else the first one: no week is left without a set."""
    return find_in_force(reglages, jour) or min(reglages, key=lambda reglage: reglage.depuis)


@cache
def _load() -> _Fichier:
    content = tomllib.loads(resources.files("marking_plan").joinpath(_FILE).read_text("utf-8"))
    try:
        found = _Fichier.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        champ = ".".join(str(step) for step in first["loc"])
        raise PlanInvalide(_FILE, str(first["loc"][0]), champ, f"valeur refusée ({first['msg']}).") from error
    known = {profil.code for profil in load_plan().profils}
    for reglage in found.comptages:
        for missing in sorted(set(reglage.profils.valeur) - known):
            raise PlanInvalide(_FILE, reglage.version, "profils", f"le profil « {missing} » n’existe pas.")
    return found
