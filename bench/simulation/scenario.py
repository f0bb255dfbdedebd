"""What happens to the simulated schools: late, never used, falling, second vendor, outage of a platform.
Must not draw visits nor write files."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from bench.simulation.drawing import Reels, seeded
from bench.simulation.region import ECOLES_PAULHAN, Ecole

SEMAINE = timedelta(days=7)
SEMAINE_PANNE = 3
SEMAINE_ARRET = 7
SEMAINE_BAISSE = 6
PART_BAISSE = 0.25


@dataclass(frozen=True, slots=True)
class Panne:
    """A platform's outage: no line for these schools (indices) on these days."""

    ecoles: frozenset[int]
    jours: frozenset[date]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Roles of the schools, by index in the region; `ouvertures` has one date a school."""

    debut: date
    ouvertures: tuple[date, ...]
    inutilisees: frozenset[int]
    arretees: frozenset[int]
    en_baisse: frozenset[int]
    xiti: frozenset[int]
    panne: Panne
    elan: Reels  # a school's own level of use, around 1

    def level(self, lundi: date) -> Reels:
        """Use of each school in a week: 0 before it opens or if never used, else its level and trend."""
        rang = (lundi - self.debut).days // 7
        niveau = self.elan.copy()
        niveau[[i for i, ouverture in enumerate(self.ouvertures) if ouverture > lundi]] = 0
        niveau[list(self.inutilisees)] = 0
        if rang >= SEMAINE_ARRET:
            niveau[list(self.arretees)] = 0
        if rang >= SEMAINE_BAISSE:
            niveau[list(self.en_baisse)] *= PART_BAISSE
        return niveau

    def is_covered(self, ecole: int, jour: date) -> bool:
        """Whether the vendor delivers this school's day."""
        en_panne = ecole in self.panne.ecoles and jour in self.panne.jours
        return jour >= self.ouvertures[ecole] and not en_panne


def make_scenario(region: tuple[Ecole, ...], debut: date, semaines: int, graine: int) -> Scenario:
    """Roles are given to schools drawn apart from the convention's two, which live an ordinary year."""
    rng = seeded(graine, 2)
    connues = {uai for uai, *_ in ECOLES_PAULHAN}
    melange = [i for i in rng.permutation(len(region)).tolist() if region[i].uai not in connues]
    tardives, inutilisees, arretees, en_baisse, xiti = _cut(
        melange, (max(1, len(region) // 20), 1, max(1, len(region) // 60), max(1, len(region) // 30), 2)
    )
    ouvertures = [debut] * len(region)
    for rang, ecole in enumerate(tardives):
        ouvertures[ecole] = debut + SEMAINE * (2 + rang % 4)
    return Scenario(
        debut=debut,
        ouvertures=tuple(ouvertures),
        inutilisees=frozenset(inutilisees),
        arretees=frozenset(arretees),
        en_baisse=frozenset(en_baisse),
        xiti=frozenset(xiti),
        panne=_make_outage(region, xiti, debut + SEMAINE * min(SEMAINE_PANNE, semaines - 1)),
        elan=np.exp(rng.normal(-0.1, 0.45, len(region))),
    )


def _cut(valeurs: list[int], tailles: tuple[int, ...]) -> list[list[int]]:
    bornes = np.cumsum((0, *tailles)).tolist()
    return [valeurs[a:b] for a, b in pairwise(bornes)]


def _make_outage(region: tuple[Ecole, ...], xiti: list[int], lundi: date) -> Panne:
    """Monday and Tuesday, in the first circonscription where the convention's schools are not."""
    paulhan = {e.code_circonscription for e in region if e.uai in {uai for uai, *_ in ECOLES_PAULHAN}}
    codes = sorted({e.code_circonscription for e in region})
    touchee = next((code for code in codes if code not in paulhan), codes[0])
    ecoles = frozenset(i for i, e in enumerate(region) if e.code_circonscription == touchee and i not in xiti)
    return Panne(ecoles, frozenset((lundi, lundi + timedelta(days=1))))
