"""What was received, and what is doubtful in it: the content of the page « Qualité des données ».

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date, datetime

from metrics.tableau.vue import Noeud, Publication


@dataclass(frozen=True, slots=True)
class SemaineRecue:
    """Expected school days of one node in one week, and what came of them; `part` is None where none was expected.

    `recus` were seen or declared, `presumes` are zeros of a platform that delivered. `complete`: as boards say it.
    """

    noeud: Noeud
    debut: date
    ouvertes: int
    mesurees: int
    attendus: int
    recus: int
    presumes: int
    manquants: int
    part: float | None
    complete: bool
    provisoire: bool


@dataclass(frozen=True, slots=True)
class Livraison:
    """Lines of one platform about one week (None: not said, not dated), all lots together. `part_rapide`: within three days."""

    plateforme: str | None
    semaine: date | None
    lots: int
    derniere: datetime
    gardees: int
    refusees: int
    part_refusee: float
    part_rapide: float | None
    tardives: int
    en_avance: int
    ecoles_silencieuses: int


@dataclass(frozen=True, slots=True)
class Detail:
    """Lines of every lot for one motif, or one code outside the plan; `part` is their share of what was received."""

    code: str
    lignes: int
    part: float


@dataclass(frozen=True, slots=True)
class ServiceMuet:
    """A service in use that no visit reaches any more: seen last in week `depuis`, nothing in `semaines` complete weeks since."""

    noeud: Noeud
    service: str
    depuis: date
    semaines: int
    visites_moyennes: float | None


@dataclass(frozen=True, slots=True)
class Doute:
    """What a check found before this publication: its message, how many cases, and the first."""

    nom: str
    message: str
    lignes: int
    exemple: str


@dataclass(frozen=True, slots=True)
class BilanQualite:
    """The page in a few figures: school weeks of the year, lines of every lot. `seuil`: share from which a week is complete."""

    seuil: float
    semaines: int
    completes: int
    jours_attendus: int
    jours_recus: int
    part_recue: float | None
    lots: int
    recues: int
    gardees: int
    doublons: int
    refusees: int
    part_refusee: float
    derniere_livraison: datetime | None


@dataclass(frozen=True, slots=True)
class Qualite:
    """The whole page of one région, read by four queries. `region` and `departements` hold one row a week, oldest first.

    `regions` may be chosen. Lots tell no région: `commun` is False, and what comes of them left out, for whom may not
    read all of them.
    """

    publication: Publication
    noeud: Noeud
    regions: tuple[Noeud, ...]
    commun: bool
    annees: tuple[str, ...]
    annee: str
    bilan: BilanQualite
    region: tuple[SemaineRecue, ...]
    departements: tuple[SemaineRecue, ...]
    livraisons: tuple[Livraison, ...]
    refus: tuple[Detail, ...]
    hors_plan: tuple[Detail, ...]
    services_muets: tuple[ServiceMuet, ...]
    doutes: tuple[Doute, ...]
