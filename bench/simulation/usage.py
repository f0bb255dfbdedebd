"""What each profile does in an ENT of the first degree: rates, services, devices, length of visits.
Must hold weights only, no drawing; shares are near the national ones, by our own estimate."""

import csv
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from bench.simulation.drawing import Reels

PROFILS = (
    "eleve",
    "enseignant",
    "parent",
    "parent_elu",
    "directeur",
    "admin_vie_scol_tech",
    "personnel_collectivite",
    "autre",
)
ECRITURES_PROFIL = (
    "ELEVE",
    "ENSEIGNANT",
    "PARENT",
    "parent_elu",
    "directeur",
    "ADMIN_VIE_SCOL_TECH",
    "personnel_collectivite",
    "AUTRE",
)
XITI_PROFIL = (1, 2, 3, 3, 4, 4, 7, 6)

# Visits of one account in an ordinary school week.
VISITES_SEMAINE = np.array([0.30, 6.0, 0.63, 1.2, 10.5, 1.8, 0.8, 0.45])
# Small children do not sign in; a primaire has both kinds.
AUTONOMIE_ELEVES = {"maternelle": 0.04, "primaire": 0.55, "elementaire": 1.0}


@dataclass(frozen=True, slots=True)
class Marquage:
    """One spelling of a service by the vendor, with the 2012 code that XiTi hits carry, and its weights.

    `xiti` is (ID_SERVICE, LIB_SERVICE); `poids` goes by kind of user: eleve, enseignant, parent, other staff.
    """

    service: str
    ecriture: str
    type_marquage: str
    xiti: tuple[str, str]
    poids: tuple[float, ...]


def _read_marquages() -> tuple[Marquage, ...]:
    texte = (files("bench.simulation") / "donnees" / "services.csv").read_text(encoding="utf-8")
    _, *lignes = csv.reader(texte.splitlines(), delimiter=";")
    return tuple(Marquage(v[0], v[1], v[2], (v[3], v[4]), tuple(map(float, v[5:]))) for v in lignes)


MARQUAGES = _read_marquages()
# Which of a Marquage's four weights each profile reads, in the order of PROFILS.
GROUPE_USAGE = (0, 1, 2, 2, 1, 3, 3, 3)
POIDS_SERVICES: Reels = np.array([[m.poids[g] for m in MARQUAGES] for g in GROUPE_USAGE], dtype=float)
PART_ACCUEIL = 0.6  # share of the visits that begin on the home page

_PARENT = (0.085, 0.895, 0.018, 0.002)
_BUREAU = (0.85, 0.12, 0.03, 0.0)
# Columns: ordinateur, smartphone, tablette, autre. Two rows a profile: outside class hours, then in class hours.
POIDS_APPAREILS: Reels = np.array(
    [
        (0.37, 0.48, 0.14, 0.01), (0.70, 0.02, 0.28, 0.0),
        (0.74, 0.22, 0.04, 0.0), (0.90, 0.05, 0.05, 0.0),
        _PARENT, _PARENT,
        _PARENT, _PARENT,
        (0.80, 0.17, 0.03, 0.0), (0.95, 0.03, 0.02, 0.0),
        _BUREAU, _BUREAU,
        _BUREAU, _BUREAU,
        _BUREAU, _BUREAU,
    ]
)  # fmt: skip

# Events in a visit, from 1 to 12, the same for all profiles (mean 4.7).
POIDS_EVENEMENTS: Reels = np.array([[14, 12, 13, 13, 12, 10, 8, 6, 5, 3, 2, 2]], dtype=float)
DUREE_MEDIANE_S = np.array([420, 480, 150, 180, 420, 300, 240, 200], dtype=float)
DUREE_SIGMA = 1.1
DUREE_MAX_S = 7200
ECART_MAX_S = 1500  # far enough from the 30 minutes that would split a visit
REPOS_MIN_S = 31 * 60  # between two visits of one person in one school
