"""Figures of all children of a node at once, from totals held in memory: sums over the span, last active week, last school weeks.

It must not build a child nor judge: enfants.py does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from marking_plan.semaines import annee_scolaire
from metrics.lecture.cumuls import Cumul, add_up
from metrics.lecture.edition import Edition
from metrics.lecture.evolutions import read_evolutions
from metrics.lecture.suites import Cle, name_day
from metrics.tableau import SEMAINE, Vue

TREND_WEEKS = 6


@dataclass(frozen=True, slots=True)
class Fratrie:
    """One entry a child in every list. `cumuls` by profil; `ecoles`: active and open ones at the end of the span, or over it.

    Of the last school weeks, states as ranks in ETATS and visits: -1 where there is none.
    """

    niveau: str
    codes: Sequence[str]
    cumuls: list[dict[str, Cumul]]
    ecoles: list[tuple[int, int]]
    actives: list[date | None]
    visites_semaines: list[list[int]]
    etats_semaines: list[list[int]]
    etats_tous: list[list[int]]
    evolutions: list[float | None]


def read_fratrie(edition: Edition, vue: Vue, niveau: str) -> Fratrie:
    """Children of a level, in the school year in which the span ends."""
    codes = edition.list_enfants(annee_scolaire(vue.au), vue.niveau, vue.territoire, niveau)
    own = [(SEMAINE, niveau, code, vue.profil) for code in codes]
    every = [(SEMAINE, niveau, code, "tous") for code in codes]
    weeks, cellules = edition.memoire.last_weeks(vue.au, TREND_WEEKS), edition.totaux.cellules
    visites, etats = cellules.align(own, weeks, "visites", "etat")
    [etats_tous] = cellules.align(every, weeks, "etat")
    return Fratrie(
        niveau=niveau,
        codes=codes,
        cumuls=_add_up(edition, vue, niveau, codes),
        ecoles=_count_ecoles(edition, vue, niveau, codes),
        actives=_find_actives(edition, vue, own),
        visites_semaines=visites.tolist(),
        etats_semaines=etats.tolist(),
        etats_tous=etats_tous.tolist(),
        evolutions=read_evolutions(edition, vue, niveau, codes),
    )


def _add_up(edition: Edition, vue: Vue, niveau: str, codes: Sequence[str]) -> list[dict[str, Cumul]]:
    """What each child's span comes to, by profil; users over school weeks, or of the month or year."""
    profils = tuple(dict.fromkeys((vue.profil, "tous", "eleve", "parents")))
    keys = [(vue.periode, niveau, code, profil) for code in codes for profil in profils]
    weeks = vue.periode == SEMAINE
    ecole = edition.memoire.semaines_ecole if weeks else None
    cumuls = add_up(edition.totaux.cellules, keys, vue.du, vue.au if weeks else vue.du, ecole)
    width = len(profils)
    return [dict(zip(profils, cumuls[n * width : (n + 1) * width], strict=True)) for n in range(len(codes))]


def _count_ecoles(edition: Edition, vue: Vue, niveau: str, codes: Sequence[str]) -> list[tuple[int, int]]:
    """Active and open schools of the last week, or of the month or year."""
    suites, end = edition.totaux.perimetres, vue.au if vue.periode == SEMAINE else vue.du
    rows, groups = suites.gather([(vue.periode, niveau, code) for code in codes], end, end)
    counts = np.zeros((len(codes), 2), np.int64)
    counts[groups, 0], counts[groups, 1] = suites.colonnes["actives"][rows], suites.colonnes["ouvertes"][rows]
    return [(actives, ouvertes) for actives, ouvertes in counts.tolist()]


def _find_actives(edition: Edition, vue: Vue, keys: Sequence[Cle]) -> list[date | None]:
    """The last week with a visit, up to the span's end: that of a school that stopped may lie long before the span."""
    suites = edition.totaux.cellules
    rows, groups = suites.gather(keys, date.min, vue.au)
    seen = suites.colonnes["visites"][rows] > 0
    last = np.full(len(keys), -1)
    last[groups[seen]] = suites.jours[rows[seen]]  # in order of time: the last one stays
    return [None if jour < 0 else name_day(jour) for jour in last.tolist()]
