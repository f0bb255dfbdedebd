"""Find the lightest cells to mask so that the sums no longer tell a masked cell (trust.md 2.3).

It must not decide which cells need it.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack

from metrics.protection.sommes import Flags, Ints, Sommes

_REACHES = (2, 4, 5, 6)  # lines away from the cell that its freedom is looked for: most often the nearest are enough
LARGE, PROCHE = 20_000, 5_000  # cells: a wider neighbourhood is not searched
_FAR = 1e6
_MASKED = 1e-3  # price of a masked cell: nearly none, so that few move
_MOVES = 1e-7


class Mouvement(NamedTuple):
    """Cells that may change together without changing a sum; those of them that are still to be masked."""

    mobiles: Ints
    a_masquer: Ints


@dataclass(frozen=True)
class Voisins:
    """Pairs of sums in the order of their lines or of their cells, with where each begins: neighbours at the cost of their number."""

    pairs: Ints
    starts: Ints

    @classmethod
    def sort(cls, keys: Ints, count: int) -> "Voisins":
        """Pairs by these keys, of 0 to `count` excluded."""
        order = np.argsort(keys, kind="stable")
        return cls(order, np.searchsorted(keys[order], np.arange(count + 1)))

    def find(self, keys: Ints) -> Ints:
        """The pairs of these keys."""
        starts = self.starts[keys]
        lengths = self.starts[keys + 1] - starts
        offsets = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        found: Ints = self.pairs[offsets + np.arange(len(offsets))]
        return found


class Reparation:
    """Looks for moves near a cell. `sens`: 1 for a cell that can only grow, -1 for one that can only fall."""

    def __init__(self, personnes: Ints, sens: Ints, sommes: Sommes, voisinage: int) -> None:
        """Cells with their persons, the sums that they are in, and the widest neighbourhood that is searched."""
        self._voisinage = voisinage
        self._personnes, self._sens, self._sommes = personnes, sens, sommes
        self._by_cell = Voisins.sort(sommes.cellules, len(personnes))
        self._by_line = Voisins.sort(sommes.lignes, sommes.count)

    def find_move(self, cellule: int, masquees: Flags) -> Mouvement | None:
        """The lightest move in which this cell changes; None when there is none nearby.

        Masked cells move at next to no cost, visible ones at the price of their persons. This is the usual choice of complementary
        cells, as a linear programme.
        """
        near, steps = np.array([cellule]), 0
        for reach in _REACHES:
            for _ in range(reach - steps):
                near = self._widen(near)
            steps = reach
            if len(near) > self._voisinage:
                break
            for way in (1, -1):
                found = self._solve(cellule, way, near, masquees)
                if found is not None:
                    return found
        return None

    def _widen(self, cellules: Ints) -> Ints:
        """These cells with all those of their lines."""
        lines = np.unique(self._sommes.lignes[self._by_cell.find(cellules)])
        return np.union1d(cellules, self._sommes.cellules[self._by_line.find(lines)])

    def _solve(self, cellule: int, way: int, near: Ints, masquees: Flags) -> Mouvement | None:
        """The same among the cells `near`, for a cell that grows (`way` 1) or falls (-1) by one."""
        if self._sens[cellule] == -way:
            return None
        count, moved, sens = len(near), int(np.searchsorted(near, cellule)), self._sens[near]
        price = np.where(masquees[near], _MASKED, np.maximum(self._personnes[near], 0.5))
        low = np.zeros(2 * count)
        high = np.concatenate([np.where(sens < 0, 0.0, _FAR), np.where(sens > 0, 0.0, _FAR)])
        low[moved], high[moved] = (1, 1) if way > 0 else (0, 0)
        low[count + moved], high[count + moved] = (0, 0) if way > 0 else (1, 1)
        rises = self._matrix(near)
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

    def _matrix(self, near: Ints) -> csr_matrix:
        """Signs of these cells in the lines where they stand, a row a line."""
        pairs = self._sommes.select(self._by_cell.find(near))
        rows = np.unique(pairs.lignes, return_inverse=True)[1]
        shape = (int(rows.max(initial=-1)) + 1, len(near))
        columns = np.searchsorted(near, pairs.cellules)
        return csr_matrix((pairs.signes.astype(np.float64), (rows, columns)), shape=shape)
