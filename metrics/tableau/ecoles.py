"""The children of a node, and what is known of a school besides its use.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Enfant:
    """One child territory (a school, most often below circonscription) and its weekly visits (None = no figure)."""

    niveau: str
    territoire: str
    nom: str
    type_ecole: str | None
    etat: str
    visites: int | None
    utilisateurs_moyens: float | None
    duree_moyenne_s: float | None
    effectif: int | None
    derniere_semaine_active: date | None
    visites_semaines: tuple[int | None, ...]
    ecoles_actives: int
    ecoles_ouvertes: int
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class FicheEcole:
    """What is known of a school besides its use."""

    uai: str
    nom: str
    type_ecole: str | None
    secteur: str | None
    commune: str
    circonscription: str
    ouverte_le: date | None
    rattachement: str
    effectifs: tuple[tuple[str, int], ...]
