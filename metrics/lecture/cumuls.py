"""What published cells held in memory come to over a span, key by key.

It must not query, nor know what a key is.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.lecture.suites import Cle, Entiers, Rangs, Suites, count_days

PUBLIES = ("valeur", "presume")
ETATS = (*PUBLIES, "secret", "non_recu", "non_ouverte")  # strongest first, over a span; cells hold the rank of theirs
VALEUR, SECRET, NON_RECU = (ETATS.index(etat) for etat in ("valeur", "secret", "non_recu"))
_ADDED = ("etat", "visites", "utilisateurs", "duree_s")


class Cumul(NamedTuple):
    """What the cells of one key come to: how many are in each state of ETATS, and what the `cellules` that have figures add up to.

    `utilisateurs` adds those of `cellules_utilisateurs` cells: divided by them it gives a mean.
    """

    etats: list[int]
    cellules: int
    visites: int | None
    duree_s: int
    utilisateurs: int
    cellules_utilisateurs: int


def add_up(
    suites: Suites,
    cles: Sequence[Cle],
    du: date,
    au: date,
    ecole: Sequence[date] | None = None,
    *,
    ecole_seule: bool = False,
) -> list[Cumul]:
    """Cells of each key over a span, from the columns etat, visites, utilisateurs and duree_s. Of the periods that do not begin
    on a day of `ecole`, where it is given, users are not added; nor is anything, with `ecole_seule`."""
    rows, groups = suites.gather(cles, du, au)
    taught = None if ecole is None else np.isin(suites.jours[rows], count_days(ecole))
    if ecole_seule and taught is not None:
        rows, groups, taught = rows[taught], groups[taught], None
    columns = {nom: suites.colonnes[nom][rows] for nom in _ADDED}
    figures, users = columns["visites"] >= 0, columns["utilisateurs"] >= 0
    users = users if taught is None else users & taught
    count = len(cles)
    sums = (
        _count_states(groups, columns["etat"], count),
        _sum(groups, figures, figures, count),
        _sum(groups, figures, columns["visites"], count),
        _sum(groups, columns["duree_s"] >= 0, columns["duree_s"], count),
        _sum(groups, users, columns["utilisateurs"], count),
        _sum(groups, users, users, count),
    )
    return [
        Cumul(etats, cells, visites if cells else None, *others)
        for etats, cells, visites, *others in zip(*sums, strict=True)
    ]


def _count_states(groups: Rangs, etats: Entiers, count: int) -> list[list[int]]:
    ranks = np.bincount(groups * len(ETATS) + etats, minlength=count * len(ETATS))
    states: list[list[int]] = ranks.reshape(count, len(ETATS)).tolist()
    return states


def _sum(groups: Rangs, kept: NDArray[np.bool_], values: NDArray[np.generic], count: int) -> list[int]:
    """Sums by rank: exact, since they are whole numbers far below 2^53."""
    sums: list[int] = np.bincount(groups[kept], values[kept], count).astype(np.int64).tolist()
    return sums
