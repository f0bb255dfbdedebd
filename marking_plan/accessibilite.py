"""The accessibility audit of the boards, and the state that the RGAA draws from it.

It must not soften it: without a full audit the state is « non conforme ».
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

from marking_plan.exploitant import current_exploitant, operator_file
from marking_plan.operateur import read_fiche

_PACKAGED = Path(__file__).with_name("accessibilite.toml")
Verdict = Literal["conforme", "non_conforme", "non_applicable"]


class Theme(BaseModel):
    """A theme of the RGAA and how many criteria it has."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    titre: str
    criteres: int


class Essai(BaseModel):
    """A check made by a machine: not an audit."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    outil: str
    resultat: str


class Contenu(BaseModel):
    """Something known not to be accessible, or not known to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    texte: str


class Audit(BaseModel):
    """The file as it is written; `etat` and `taux` follow from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    referentiel: str
    complet: bool
    auditeur: str
    etablie_le: date
    realise_le: date | None = None
    themes: dict[str, Theme]
    criteres: dict[str, Verdict]
    essais: tuple[Essai, ...]
    contenus: tuple[Contenu, ...]

    @model_validator(mode="after")
    def _told(self) -> "Audit":
        known = {f"{nom}.{n}" for nom, theme in self.themes.items() for n in range(1, theme.criteres + 1)}
        if unknown := sorted(set(self.criteres) - known):
            raise ValueError(f"critères hors du référentiel : {', '.join(unknown)}")
        if self.complet and not (self.auditeur and self.realise_le and known == set(self.criteres)):
            raise ValueError("un audit complet nomme son auditeur, sa date et chaque critère")
        return self

    @property
    def total(self) -> int:
        """Criteria of the referential."""
        return sum(theme.criteres for theme in self.themes.values())

    @property
    def taux(self) -> float | None:
        """Criteria met among those that apply (RGAA); None without a full audit."""
        applicable = [verdict for verdict in self.criteres.values() if verdict != "non_applicable"]
        return applicable.count("conforme") / len(applicable) if self.complet and applicable else None

    @property
    def etat(self) -> str:
        """« totalement » (every criterion that applies), « partiellement » (half of them at least) or « non » conforme."""
        if self.taux is None or self.taux < 0.5:
            return "non conforme"
        return "totalement conforme" if self.taux == 1 else "partiellement conforme"


def load_audit(path: Path | None = None) -> Audit:
    """The operator's audit, or the packaged file, which tells of none. Raises PlanInvalide."""
    return read_fiche(path or _PACKAGED, "audit", Audit)


@cache
def current_audit() -> Audit:
    """The audit that the operator's file names, beside it, else the packaged one; read once. Raises PlanInvalide."""
    beside, named = operator_file(), current_exploitant().accessibilite
    return load_audit(beside.with_name(named) if beside and named else None)
