"""The weekly series of a node, what it adds up to, and how both compare with last year.

It must not format, translate or draw.
"""

from dataclasses import dataclass
from datetime import date

from metrics.tableau.vue import Noeud


@dataclass(frozen=True, slots=True)
class Precedent:
    """The same school week of last year. `etat` None: that week isn't published. `evolution`: change of visits by school day,
    None unless both weeks are whole and last year's has enough visits."""

    debut: date
    jours_ecole: int
    etat: str | None
    visites: int | None
    utilisateurs: int | None
    duree_s: int | None
    incomplete: bool
    evolution: float | None


@dataclass(frozen=True, slots=True)
class Point:
    """One week of the series. Measures are None unless `etat` is valeur or presume. `precedent` None: sans équivalent."""

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
    precedent: Precedent | None = None
    dans_vue: bool = True
    jours_attendus: int = 0
    jours_recus: int = 0
    part_recue: float | None = None


@dataclass(frozen=True, slots=True)
class Rupture:
    """Something that breaks the series from a day on (until `fin`, when it ended). `lieux`: the parts of the node that it bears
    on, in the order of the register; none when it bears on the whole."""

    debut: date
    fin: date | None
    titre: str
    explication: str
    lieux: tuple[Noeud, ...] = ()


@dataclass(frozen=True, slots=True)
class Ecart:
    """Change of the span against the same school weeks of last year: 0.1 is a tenth more.

    `visites` is by school day, `utilisateurs` of weekly means. `semaines` are compared; `ecartees` school weeks are left out.
    `raison` says why nothing compares: sans_equivalent, non_publiee, incomplete, sans_chiffre, depart_faible, depart_nul; empty when it does.
    """

    visites: float | None
    utilisateurs: float | None
    duree_moyenne_s: float | None
    semaines: int
    ecartees: int
    provisoire: bool
    raison: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """The change of visits over the schools open and received in both years, the schools that this leaves out, and how many
    school weeks (`ecartees`) do not compare."""

    etat: str
    evolution: float | None
    visites: int | None
    visites_precedentes: int | None
    semaines: int
    ecoles: int
    non_ouvertes: int
    non_recues: int
    masquees: int
    provisoire: bool
    ecartees: int = 0


@dataclass(frozen=True, slots=True)
class Taux:
    """Users of one period over an effectif, with its base and the day it was counted. No `taux`: `etat` says why.

    `pour_100_eleves`: parents over pupils, never a percentage. `precedent`: the rate of the same school week of last year.
    """

    profil: str
    debut: date
    etat: str
    taux: float | None
    utilisateurs: int | None
    effectif: int | None
    base: str
    constate_le: date | None
    depasse_effectif: bool
    pour_100_eleves: bool
    ecoles_sans_effectif: int
    ecoles_non_recues: int
    ecoles_preelementaire: int
    precedent: float | None


@dataclass(frozen=True, slots=True)
class Synthese:
    """Headline figures over the span. Users don't add over weeks: their weekly mean over school weeks with figures.

    `utilisateurs` are those of a month or a school year, or of a span of one week. `reference` is the most recent whole week.
    `masquees`: weeks of a span of weeks that are masked, and missing from the visits. A margin is what parts the first from the second, in share of the visits.
    """

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
    utilisateurs: int | None = None
    etat: str = "valeur"
    reference: Point | None = None
    marge_profil_premier: float | None = None
    marge_service_premier: float | None = None
    non_recues: int = 0
    masquees: int = 0
    provisoires: int = 0
    incompletes: int = 0
    ecart: Ecart | None = None
    constant: Constant | None = None
