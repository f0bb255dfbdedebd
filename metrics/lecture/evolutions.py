"""How the visits of all children of a node compare with last year's, by the very rules of their own boards (ecarts.py).

It must not build a child, and reads totals held in memory alone: no query.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from marking_plan.semaines import annee_scolaire
from metrics.lecture.edition import Edition
from metrics.lecture.serie import DEPART_MIN
from metrics.lecture.suites import Grille
from metrics.ratios import COMPLETE_FROM, ratio
from metrics.tableau import SEMAINE, Vue


def read_evolutions(edition: Edition, vue: Vue, niveau: str, codes: Sequence[str]) -> list[float | None]:
    """Change of visits by school day over the whole school weeks of the span that compare; None where none does."""
    asked = [debut for debut in edition.catalogue.semaines if vue.du <= debut <= vue.au]
    weeks = [
        (week.debut, week.debut_precedent, week.jours_ecole, week.jours_ecole_precedents or 0)
        for week in edition.catalogue.find_weeks([w for w in asked if annee_scolaire(w) == annee_scolaire(vue.au)])
        if week.jours_ecole and week.debut_precedent is not None
    ]
    if not weeks:
        return [None] * len(codes)
    debuts, precedents, jours, jours_precedents = zip(*weeks, strict=True)
    visites = _read_whole(edition, vue.profil, niveau, codes, (*debuts, *precedents))
    now, before = visites[:, : len(weeks)], visites[:, len(weeks) :]
    pairs = (now >= 0) & (before >= 0)
    sums = (np.where(pairs, now, 0).sum(1), pairs @ np.array(jours), np.where(pairs, before, 0).sum(1), pairs @ np.array(jours_precedents))  # fmt: skip
    return [_change(*child) for child in zip(*(column.tolist() for column in sums), strict=True)]


def _change(visites: int, jours: int, visites_precedentes: int, jours_precedents: int) -> float | None:
    now, before = ratio(visites, jours), ratio(visites_precedentes, jours_precedents)
    return None if now is None or not before or visites_precedentes < DEPART_MIN else now / before - 1


def _read_whole(edition: Edition, profil: str, niveau: str, codes: Sequence[str], jours: Sequence[date]) -> Grille:
    """Visits of the weeks that were received whole."""
    cells = [(SEMAINE, niveau, code, profil) for code in codes]
    schools = [(SEMAINE, niveau, code) for code in codes]
    [visites] = edition.totaux.cellules.align(cells, jours, "visites")
    attendus, recus = edition.totaux.perimetres.align(schools, jours, "jours_attendus", "jours_recus")
    return np.where((attendus >= 0) & (recus >= COMPLETE_FROM * attendus), visites, -1)
