"""The children of a node, and what is known of a school besides its use.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date

from metrics.tableau.vue import Noeud


@dataclass(frozen=True, slots=True)
class Enfant:
    """One child territory (a school, most often below circonscription); None = no figure.

    `effectif` and `commune`: pupils and place of a school. `evolution`: change of visits by school day against the same school weeks of
    last year. `visites_semaines` and `etats_semaines`: the last six school weeks. `semaines_sans_chiffre`: weeks of the span whose
    visits are masked or were not received, and are missing from `visites`. `causes` of a school to support, and how many
    of its schools are to be supported for a territory. `groupe`: the one that counts the profil asked for, which the child does
    not publish apart. `taux`: that of the board's period and profil; `etat_taux` is empty where no rate is published of the school.
    """

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
    etats_semaines: tuple[str, ...] = ()
    semaines_sans_chiffre: int = 0
    visites_eleves: int | None = None
    etat_eleves: str = "secret"
    visites_parents: int | None = None
    etat_parents: str = "secret"
    commune: str = ""
    evolution: float | None = None
    causes: tuple[str, ...] = ()
    ecoles_a_accompagner: int = 0
    groupe: str = ""
    taux: float | None = None
    etat_taux: str = ""


@dataclass(frozen=True, slots=True)
class FicheEcole:
    """What is known of a school besides its use, with the territories that its people may want to open."""

    uai: str
    nom: str
    type_ecole: str | None
    secteur: str | None
    commune: Noeud
    circonscription: Noeud
    ouverte_le: date | None
    rattachement: str
    effectifs: tuple[tuple[str, int], ...]
    regroupement: Noeud | None = None
