"""Find the lightest cells to mask so that the sums no longer tell a masked cell (trust.md 2.3).

It must not decide which cells need it.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack

from metrics.protection.sommes import Flags, Ints, Sommes

_REACHES = (2, 3, 5, 9)  # lines away from the cell that its freedom is looked for: most often the nearest are enough
_MOST_CELLS = 60_000  # a wider neighbourhood is not searched
_FAR = 1e6
_MOVES = 1e-7


def free_cell(cellule: int, personnes: Ints, masquees: Flags, sommes: Sommes) -> Ints:
    """Visible cells that must be masked for this one to move; none when no mask nearby frees it.

    Masked cells move at no cost, visible ones at the price of their persons; a cell without persons can only grow. This is
    the usual choice of complementary cells, as a linear programme.
    """
    for reach in _REACHES:
        near = _neighbours(cellule, reach, sommes, len(personnes))
        if len(near) > _MOST_CELLS:
            break
        for way in (1.0, -1.0):
            added = _solve(cellule, way, near, personnes, masquees, sommes)
            if added is not None:
                return added
    return np.zeros(0, dtype=np.int64)


def _neighbours(cellule: int, reach: int, sommes: Sommes, count: int) -> Ints:
    """Cells that lines join to this one in so many steps."""
    reached = np.zeros(count, dtype=np.bool_)
    reached[cellule] = True
    for _ in range(reach):
        lines = sommes.count_by_line(reached) > 0
        reached[sommes.cellules[lines[sommes.lignes]]] = True
    return np.flatnonzero(reached)


def _solve(cellule: int, way: float, near: Ints, personnes: Ints, masquees: Flags, sommes: Sommes) -> Ints | None:
    number = np.full(len(personnes), -1)
    number[near] = np.arange(len(near))
    pairs = np.flatnonzero(number[sommes.cellules] >= 0)
    rows = np.unique(sommes.lignes[pairs], return_inverse=True)[1]
    columns = number[sommes.cellules[pairs]]
    signs = sommes.signes[pairs].astype(np.float64)
    up = csr_matrix((signs, (rows, columns)), shape=(int(rows.max()) + 1, len(near)))
    price = np.where(masquees[near], 0.0, np.maximum(personnes[near], 0.5))
    high, low = np.full(len(near), _FAR), np.where(personnes[near] > 0, _FAR, 0.0)
    moved = number[cellule]
    high[moved], low[moved] = (1.0, 0.0) if way > 0 else (0.0, 1.0)
    least = np.zeros(2 * len(near))
    least[moved + (0 if way > 0 else len(near))] = 1.0
    solved = linprog(
        np.concatenate([price, price]),
        A_eq=hstack([up, -up], format="csr"),
        b_eq=np.zeros(up.shape[0]),
        bounds=np.column_stack([least, np.concatenate([high, low])]),
        method="highs",
    )
    if solved.status != 0:
        return None
    step = np.abs(solved.x[: len(near)] - solved.x[len(near) :])
    return near[(step > _MOVES) & ~masquees[near]]
