"""A table as the page and the CSV file both read it: typed columns, rows with their state.

It must not know a block nor be drawn.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from dashboards import formats
from marking_plan import MarkingPlan

Valeur = str | int | float | date | None

Genre = Literal["texte", "nombre", "decimal", "taux", "part", "duree", "jour", "etat", "variation", "reserve"]

Lieu = Literal["partout", "ecran", "fichier"]

PAR_SEMAINE = " par semaine (moyenne)"

ORDINAIRES = ("valeur", "reste")  # rows whose missing figures are only unknown: none of them is masked or absent


class Manque(str):
    """A figure that isn't there, by the label of its state: a text, so that every file writes it as the page does."""

    etat: str

    def __new__(cls, etat: str, libelle: str) -> "Manque":
        """A text that knows its state."""
        manque = super().__new__(cls, libelle)
        manque.etat = etat
        return manque


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column's heading and the kind of its values (`part` is drawn as a bar, `taux` is not); `tri` is the key children may be ordered by, `aide` a definition.

    `ou` says what has no place for it: `ecran` leaves paper out; `fichier` the page too, which draws it.
    """

    titre: str
    genre: Genre = "texte"
    tri: str = ""
    aide: str = ""
    ou: Lieu = "partout"


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


def mesure(
    plan: MarkingPlan, nom: str, genre: Genre = "nombre", suite: str = "", tri: str = "", ou: Lieu = "partout"
) -> Colonne:
    """Column of an indicator, with the plan's label and definition; `suite` says what a board makes of it."""
    indicateur = plan.indicateur(nom)
    return Colonne(f"{indicateur.libelle}{suite}", genre, tri, indicateur.definition, ou)


_SPELL: Mapping[Genre, Callable[[float], str]] = MappingProxyType(
    {
        "part": formats.pourcentage,
        "taux": formats.pourcentage,
        "duree": formats.duree,
        "decimal": formats.decimal,
        "variation": formats.variation,
    }
)


def find_display(genre: Genre) -> Callable[[Valeur], str]:
    """How the cells of a kind are read on the page."""
    spell = _SPELL.get(genre, formats.nombre)
    spell_int = formats.nombre if genre == "decimal" else spell

    def spell_cell(valeur: Valeur) -> str:
        if valeur is None or isinstance(valeur, str):
            return valeur or formats.ABSENT
        if isinstance(valeur, date):
            return formats.jour_court(valeur)
        return (spell_int if isinstance(valeur, int) else spell)(valeur)

    return spell_cell


def display(valeur: Valeur, genre: Genre) -> str:
    """One cell as it is read on the page."""
    return find_display(genre)(valeur)


def or_manque(valeur: float | None, etat: str, plan: MarkingPlan) -> Valeur:
    """A figure, or the label of the state that it is missing for: none where it is only unknown."""
    return valeur if valeur is not None or etat in ORDINAIRES else Manque(etat, plan.libelle("etat", etat))


def reserve_etat(valeur: float | None, etat: str, plan: MarkingPlan) -> str:
    """The state of a figure that is there and yet no plain one, in words; empty when there is nothing to say."""
    return "" if valeur is None or etat in ORDINAIRES else plan.libelle("etat", etat)


def colonne_remarques(titre: str, remarques: Iterable[str]) -> Colonne:
    """What rows lack, in words; a page leaves it out where no row lacks anything."""
    return Colonne(titre, ou="partout" if any(remarques) else "fichier")


def colonne_etat() -> Colonne:
    """The state by its label, for files: a page shows the figure, or the reason in its place."""
    return Colonne("État", "etat", ou="fichier")
