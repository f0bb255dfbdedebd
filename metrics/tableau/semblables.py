"""A school beside similar ones: quartiles of the others and its own figure, never another school's.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Comparaison:
    """One indicator; a rate is over `base`, in the period that begins on `debut_taux`. `etat` is the school's own; quartiles are None when too few of the others have a figure.

    `position`: sous, centrale_basse, mediane, centrale_haute, au_dessus; None when one side has no figure. `ecoles` others
    have a figure; `masquees` are left out because theirs is protected, `sans_chiffre` because they have none.
    """

    indicateur: str
    profil: str
    base: str | None
    debut_taux: date | None
    etat: str
    valeur: float | None
    premier_quartile: float | None
    mediane: float | None
    troisieme_quartile: float | None
    position: str | None
    ecoles: int
    masquees: int
    sans_chiffre: int


@dataclass(frozen=True, slots=True)
class Semblables:
    """Who the others are, and the comparisons.

    `motif` says why there is none: sans_type, sans_eleves or trop_peu; None when schools were compared.
    """

    type_ecole: str | None
    tranche: str | None
    niveau: str
    territoire: str
    ecoles_minimum: int
    candidates: int
    motif: str | None
    comparaisons: tuple[Comparaison, ...] = ()
