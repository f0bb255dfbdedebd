"""What a reader asks for, and which publication answers.

It must not hold a figure.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Vue:
    """What a reader asks for: one node, one profil, and a span that every published table reads by `debut between du and au`.

    `periode` semaine: Mondays of the first and last week (both included); mois: its first and last day; annee: 1 August and
    31 July. `service` empty: every visit. `detail` empty: the usual level of the children. `perimetre` constant: changes over
    the schools open and received in both years.
    """

    niveau: str
    territoire: str
    du: date
    au: date
    profil: str = "tous"
    periode: str = "semaine"
    service: str = ""
    detail: str = ""
    perimetre: str = "reel"


@dataclass(frozen=True, slots=True)
class Noeud:
    """A node of the territory and its name; `territoire` is empty where the reader has no right to more than the name."""

    niveau: str
    territoire: str
    nom: str


@dataclass(frozen=True, slots=True)
class Trouvaille:
    """A node that a search found. `lieu` tells homonyms apart: the commune of a school, the département of what lies under one."""

    noeud: Noeud
    lieu: str = ""


@dataclass(frozen=True, slots=True)
class JourEnCours:
    """The day of the publication until the last event received, everybody together; figures are None when they are secret."""

    jour: date
    arrete_a: datetime
    visites: int | None
    utilisateurs: int | None


@dataclass(frozen=True, slots=True)
class Publication:
    """Which publication the figures come from ("figures as of").

    `dernier_recu`: the last day of which anything was received; `jours_sans_donnee`: school days gone by since, before the
    publication; `k`: persons under which a profil has no figure of its own, nil when nothing is masked.
    """

    numero: int
    instant: datetime
    plan_version: str
    politique: str
    simulee: bool
    dernier_recu: date | None = None
    jours_sans_donnee: int = 0
    k: int = 0
