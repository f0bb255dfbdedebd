"""The typed content of a board: everything the pages show, already counted, shared out and labelled by code.

It must not format, translate or draw; and nothing here knows SQL or a file.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Vue:
    """What a reader asks for: one node, whole weeks from Monday `du` to Monday `au` (both included), one profil."""

    niveau: str
    territoire: str
    du: date
    au: date
    profil: str = "tous"


@dataclass(frozen=True, slots=True)
class Noeud:
    """A node of the territory and its name; `parent` is None at the top."""

    niveau: str
    territoire: str
    nom: str


@dataclass(frozen=True, slots=True)
class Publication:
    """Which publication the figures come from ("figures as of")."""

    numero: int
    instant: datetime
    plan_version: str
    politique: str
    simulee: bool


@dataclass(frozen=True, slots=True)
class Periode:
    """What may be chosen: every published week (Mondays, ascending) and the profils that have figures."""

    semaines: tuple[date, ...]
    profils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One week of the series. Measures are None unless `etat` is valeur or presume."""

    debut: date
    etat: str
    visites: int | None
    utilisateurs: int | None
    duree_s: int | None
    duree_moyenne_s: float | None
    duree_mediane_s: int | None
    provisoire: bool
    incomplete: bool
    vacances: bool
    jours_ecole: int
    inscrites: int
    ouvertes: int
    mesurees: int
    actives: int


@dataclass(frozen=True, slots=True)
class Synthese:
    """Headline figures over the span. Users don't add over weeks: their weekly mean over school weeks with figures."""

    visites: int | None
    utilisateurs_moyens: float | None
    duree_moyenne_s: float | None
    semaines: int
    semaine_max: date | None
    visites_max: int | None
    profil_premier: str | None
    part_profil_premier: float | None
    service_premier: str | None
    part_service_premier: float | None
    inscrites: int
    ouvertes: int
    mesurees: int
    actives: int
    effectif: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """One modalite of a cut over the span; `part` is its share of the whole node's visits, from 0 to 1."""

    code: str
    visites: int
    part: float
    duree_moyenne_s: float | None
    utilisateurs_moyens: float | None


@dataclass(frozen=True, slots=True)
class PartService:
    """A service with its famille: shares of visits overlap and don't sum to 1."""

    code: str
    famille: str
    visites: int
    part: float
    utilisateurs_moyens: float | None


@dataclass(frozen=True, slots=True)
class Creneau:
    """Visits begun in one hour of one weekday (ISO 1–7) over the span."""

    jour: int
    heure: int
    visites: int


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


@dataclass(frozen=True, slots=True)
class Tableau:
    """A whole board. Built by at most 4 queries of metrics.lecture; `ascendants` runs from the région down."""

    vue: Vue
    noeud: Noeud
    ascendants: tuple[Noeud, ...]
    publication: Publication
    periode: Periode
    synthese: Synthese
    serie: tuple[Point, ...]
    profils: tuple[Part, ...]
    services: tuple[PartService, ...]
    creneaux: tuple[Creneau, ...]
    appareils: tuple[Part, ...]
    systemes: tuple[Part, ...]
    navigateurs: tuple[Part, ...]
    durees: tuple[Part, ...]
    enfants: tuple[Enfant, ...]
    ecole: FicheEcole | None
