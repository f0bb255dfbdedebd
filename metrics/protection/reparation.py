"""Find the lightest cells to mask so that the sums no longer tell a masked cell (trust.md 2.3).

It must not decide which cells need it.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack

from metrics.protection.sommes import Flags, Ints, Sommes

_REACHES = (2, 4, 5, 6)  # lines away from the cell that its freedom is looked for: most often the nearest are enough
_MOST_CELLS = 100_000  # a wider neighbourhood is not searched
_FAR = 1e6
_MASKED = 1e-3  # price of a masked cell: nearly none, so that few move
_MOVES = 1e-7


class Mouvement(NamedTuple):
    """Cells that may change together without changing a sum; those of them that are still to be masked."""

    mobiles: Ints
    a_masquer: Ints


def find_move(cellule: int, personnes: Ints, sens: Ints, masquees: Flags, sommes: Sommes) -> Mouvement | None:
    """The lightest move in which this cell changes; None when there is none nearby.

    Masked cells move at next to no cost, visible ones at the price of their persons; some can only grow, or only fall (`sens`). This is
    the usual choice of complementary cells, as a linear programme.
    """
    near = np.zeros(len(personnes), dtype=np.bool_)
    near[cellule] = True
    steps = 0
    for reach in _REACHES:
        for _ in range(reach - steps):
            lines = sommes.count_by_line(near) > 0
            near[sommes.cellules[lines[sommes.lignes]]] = True
        steps = reach
        if near.sum() > _MOST_CELLS:
            break
        for way in (1, -1):
            found = _solve(cellule, way, np.flatnonzero(near), personnes, sens, masquees, sommes)
            if found is not None:
                return found
    return None


def _solve(
    cellule: int, way: int, near: Ints, personnes: Ints, sens: Ints, masquees: Flags, sommes: Sommes
) -> Mouvement | None:
    """The same among the cells `near`, for a cell that grows (`way` 1) or falls (-1) by one."""
    count, moved = len(near), int(np.searchsorted(near, cellule))
    price = np.where(masquees[near], _MASKED, np.maximum(personnes[near], 0.5))
    low = np.zeros(2 * count)
    high = np.concatenate([np.where(sens[near] < 0, 0.0, _FAR), np.where(sens[near] > 0, 0.0, _FAR)])
    if sens[cellule] == -way:
        return None
    low[moved], high[moved] = (1, 1) if way > 0 else (0, 0)
    low[count + moved], high[count + moved] = (0, 0) if way > 0 else (1, 1)
    rises = _matrix(near, sommes, len(personnes))
    solved = linprog(
        np.concatenate([price, price]),
        A_eq=hstack([rises, -rises], format="csr"),
        b_eq=np.zeros(rises.shape[0]),
        bounds=np.column_stack([low, high]),
        method="highs",
    )
    if solved.status != 0:
        return None
    moves = np.abs(solved.x[:count] - solved.x[count:]) > _MOVES
    return Mouvement(near[moves], near[moves & ~masquees[near]])


def _matrix(near: Ints, sommes: Sommes, count: int) -> csr_matrix:
    """Signs of these cells in the lines where they stand, a row a line."""
    number = np.full(count, -1)
    number[near] = np.arange(len(near))
    pairs = sommes.select(number[sommes.cellules] >= 0)
    rows = np.unique(pairs.lignes, return_inverse=True)[1]
    shape = (int(rows.max(initial=-1)) + 1, len(near))
    return csr_matrix((pairs.signes.astype(np.float64), (rows, number[pairs.cellules])), shape=shape)
