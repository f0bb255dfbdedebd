"""How small counts are protected and what is kept: the content of the page « Protection ».

It must not format, translate or draw, nor hold a figure that the policy hides.
"""

from dataclasses import dataclass
from datetime import date

from metrics.tableau.vue import Publication


@dataclass(frozen=True, slots=True)
class PolitiqueEnVigueur:
    """The policy of the publication in force. Thresholds are None when it was made under a version this engine no longer knows."""

    nom: str
    libelle: str
    k: int | None
    seuil_detail: int | None
    seuil_croisement: int | None
    seuil_profil: int | None


@dataclass(frozen=True, slots=True)
class Perte:
    """What masks cost at one level by one period: cells masked among the used ones, and visits that the level doesn't show.

    `detail` is False for totals, True for the other cuts. `part_visites` is None where it can't be said.
    """

    periode: str
    niveau: str
    detail: bool
    cases: int
    secretes: int
    part_cases: float
    part_visites: float | None


@dataclass(frozen=True, slots=True)
class Regroupement:
    """Nodes of a level that publish the same profiles apart."""

    niveau: str
    forme: str
    noeuds: int


@dataclass(frozen=True, slots=True)
class PeriodeOuverte:
    """A week, month or school year whose key lives: its events or register are personal data until it ends.

    `echue`: sealing should have ended it by now.
    """

    kind: str
    debut: date
    fin: date
    en_scellement: bool
    echue: bool


@dataclass(frozen=True, slots=True)
class MagasinGarde:
    """A store of the data folder: its rule, how many pieces it holds, the oldest datum and when that must be gone."""

    libelle: str
    regle: str
    compte: str
    par: str
    source: str
    pieces: int
    plus_ancienne: date | None
    echeance: date | None
    en_retard: bool


@dataclass(frozen=True, slots=True)
class EssaiAttaque:
    """Masked cells that the attack got back on a simulated region, by policy."""

    politique: str
    taille: str
    retrouvees: int


@dataclass(frozen=True, slots=True)
class Reserve:
    """Masked cells of one period that its own published sums still give away: never which ones."""

    periode: str
    debut: date
    cases: int


@dataclass(frozen=True, slots=True)
class Protection:
    """The whole page, read by three queries and the dates of the lake."""

    publication: Publication
    annees: tuple[str, ...]
    annee: str
    politique: PolitiqueEnVigueur
    pertes: tuple[Perte, ...]
    regroupements: tuple[Regroupement, ...]
    ouvertes: tuple[PeriodeOuverte, ...]
    scellees: int
    magasins: tuple[MagasinGarde, ...]
    regles_version: str
    regles_depuis: date
    reserves: tuple[Reserve, ...]
    essais: tuple[EssaiAttaque, ...]
    essais_le: date
