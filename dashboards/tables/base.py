"""A table as the page and the CSV file both read it: typed columns, rows with their state.

It must not know a block nor be drawn.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dashboards import formats
from marking_plan import MarkingPlan

Valeur = str | int | float | date | None

Genre = Literal["texte", "nombre", "part", "duree", "jour", "etat"]

PAR_SEMAINE = " par semaine (moyenne)"


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column's heading and the kind of its values; `tri` is the key children may be ordered by, `aide` a definition."""

    titre: str
    genre: Genre = "texte"
    tri: str = ""
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row. When `etat` isn't valeur, its missing numbers show that state instead of a blank."""

    cellules: tuple[Valeur, ...]
    etat: str = "valeur"


@dataclass(frozen=True, slots=True)
class Table:
    """A block's table: `code` names the CSV file, `titre` is the caption."""

    code: str
    titre: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[Ligne, ...]


def mesure(plan: MarkingPlan, nom: str, genre: Genre = "nombre", suite: str = "", tri: str = "") -> Colonne:
    """Column of an indicator, with the plan's label and definition; `suite` says what a board makes of it."""
    indicateur = plan.indicateur(nom)
    return Colonne(f"{indicateur.libelle}{suite}", genre, tri, indicateur.definition)


def display(valeur: Valeur, genre: Genre) -> str:
    """A cell as it is read on the page."""
    if valeur is None or isinstance(valeur, str):
        return valeur or formats.ABSENT
    if isinstance(valeur, date):
        return formats.jour_court(valeur)
    return {"part": formats.pourcentage, "duree": formats.duree}.get(genre, formats.nombre)(valeur)
