"""Sums that hold between periods: a school year and its months, a month and the weeks in it.

It must not solve anything, nor write a sum of one period: equations.py does.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from bench.attaque.equations import Reste
from bench.attaque.lecture import TOTAL, Cellule, Periode, Public
from marking_plan.semaines import annee_scolaire

_BY_SCOPE = "assiduite"
Membre = tuple[int, Cellule | Reste]  # rank of the period, what is counted
Egalite = tuple[str, tuple[tuple[Membre, int], ...]]  # kind, signed members that add up to nothing


def list_time(periodes: Sequence[Periode]) -> Iterator[Egalite]:
    """A year is the sum of its months (the running one, of those that are published), a month of its weeks and of pieces of
    the weeks that it shares; the pieces of a week add up to it."""
    for n, periode in enumerate(periodes):
        if periode.grain == "annee":
            annee = annee_scolaire(periode.debut)
            mois = [m for m, p in enumerate(periodes) if p.grain == "mois" and annee_scolaire(p.debut) == annee]
            for cell in _shared(periodes, n, mois):
                yield "mois de l’année", (((n, cell), -1), *(((m, cell), 1) for m in mois))
        touched = [
            m for m, p in enumerate(periodes) if p.grain == "semaine" and p.jours_couverts & periode.jours_couverts
        ]
        if periode.grain == "mois":
            for cell in _shared(periodes, n, touched):
                yield "semaines du mois", tuple(_split_month(periodes, n, touched, cell))
        if periode.grain == "semaine":
            months = [
                m for m, p in enumerate(periodes) if p.grain == "mois" and p.jours_couverts & periode.jours_couverts
            ]
            if len(months) > 1:
                for cell in _shared(periodes, months[0], [n]) & _shared(periodes, months[1], [n]):
                    pieces = (((n, _piece(periodes[m], periode, cell)), 1) for m in months)
                    yield "morceaux de semaine", (((n, cell), -1), *pieces)


def _shared(periodes: Sequence[Periode], long: int, shorts: Sequence[int]) -> set[Cellule]:
    """Cells of cuts that the long period and all the shorter ones show for the same node and profil, totals included."""
    everyone = [periodes[n] for n in (long, *shorts)]
    if not shorts:
        return set()
    coupes = set.intersection(*({cell[3] for cell in p.visites} for p in everyone)) - {_BY_SCOPE}
    cells = {
        cell
        for p in everyone
        for cell in p.visites
        if cell[3] in coupes and all(other.publishes(cell[:3], cell[3]) for other in everyone)
    }
    return cells | {(*public, *TOTAL) for p in everyone for public in p.totaux}


def _split_month(
    periodes: Sequence[Periode], month: int, weeks: Sequence[int], cell: Cellule
) -> Iterator[tuple[Membre, int]]:
    """The month, its whole weeks, its pieces of weeks, and what lies on days of no week that is at hand."""
    mois = periodes[month]
    yield (month, cell), -1
    covered: set[date] = set()
    for n in weeks:
        inside = periodes[n].jours_couverts <= mois.jours_couverts
        yield (n, cell if inside else _piece(mois, periodes[n], cell)), 1
        covered |= periodes[n].jours_couverts
    left = _count_most(mois, cell[:3], mois.jours_couverts - covered)
    if left:
        yield (month, Reste(("jours sans semaine", cell), left)), 1


def _piece(mois: Periode, semaine: Periode, cell: Cellule) -> Reste:
    """What a week has of a cell in a month."""
    days = mois.jours_couverts & semaine.jours_couverts
    return Reste(("morceau", mois.debut, cell), _count_most(semaine, cell[:3], days))


def _count_most(periode: Periode, public: Public, days: frozenset[date] | set[date]) -> float:
    """The most visits that these days may have: their totals, or those of all profiles together."""
    if not days:
        return 0
    known = periode.jours.get(public, periode.jours.get((*public[:2], "tous")))
    return math.inf if known is None else float(sum(known.get(jour, 0) for jour in days))
