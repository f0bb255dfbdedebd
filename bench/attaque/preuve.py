"""Say by which published sums a hidden figure is recovered: a chain none of whose sums can be spared.

It must not look for what is recovered: programme.py does.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from bench.attaque.equations import Reste
from bench.attaque.lecture import TOTAL
from bench.attaque.programme import Bornes, Ints, Reals, Systeme
from bench.attaque.temps import Membre

_USED = 1e-7


def find_chain(systeme: Systeme, membre: Membre) -> list[str]:
    """The sums that tell a recovered figure, each in a line: its kind, its unknowns, what they add up to.

    The nearest that tell it come first, then those that bound it among them, then each one that can be spared goes.
    """
    preuve = _Preuve(systeme, systeme.numeros[membre])
    chain = preuve.find_near()
    chain = preuve.find_bounding(chain)
    for row in chain.tolist():
        fewer = chain[chain != row]
        if preuve.is_told(fewer):
            chain = fewer
    members = list(systeme.numeros)
    return [preuve.write(row, members) for row in chain.tolist()]


class _Preuve:
    """Sums of a system, looked at for one of its figures."""

    def __init__(self, systeme: Systeme, number: int) -> None:
        self._systeme, self._number = systeme, number
        self._matrix, self._most = systeme.matrice, systeme.plafonds
        self._right = np.array(systeme.droites, dtype=np.float64)

    def find_near(self) -> Ints:
        """Rows around the figure, as few steps away as tell it. Raises when all of them don't."""
        columns, by_column = np.array([self._number]), self._matrix.tocsc()
        size = 0
        while True:
            rows: Ints = np.unique(by_column[:, columns].indices).astype(np.int64)
            if self.is_told(rows):
                return rows
            assert len(rows) > size, "the figure is not recovered"
            size, columns = len(rows), np.unique(self._matrix[rows].indices)

    def find_bounding(self, rows: Ints) -> Ints:
        """Those of these rows that have a price when the figure is the lowest or the highest it can be; they tell it too."""
        part, columns, bounds = self._select(rows)
        priced = np.zeros(len(rows), dtype=np.bool_)
        for way in (1.0, -1.0):
            goal = way * (columns == self._number)
            solved = linprog(goal, A_eq=part, b_eq=self._right[rows], bounds=bounds, method="highs")
            assert solved.status == 0, solved.message
            priced |= np.abs(solved.eqlin.marginals) > _USED
        found = rows[priced]
        return found if self.is_told(found) else rows

    def is_told(self, rows: Ints) -> bool:
        """Whether these sums alone leave the figure one value."""
        if not len(rows):
            return False
        part, columns, bounds = self._select(rows)
        bornes = Bornes(part, self._right[rows], bounds[:, 1])
        bornes.push((columns == self._number).astype(np.float64))
        return bool(bornes.still[np.searchsorted(columns, self._number)])

    def _select(self, rows: Ints) -> tuple[csr_matrix, Ints, Reals]:
        part = self._matrix[rows]
        columns: Ints = np.unique(np.append(part.indices, self._number)).astype(np.int64)
        return part[:, columns], columns, np.column_stack([np.zeros(len(columns)), self._most[columns]])

    def write(self, row: int, members: list[Membre]) -> str:
        """A sum: its kind, its unknowns with sign and rank of period, what they add up to."""
        matrix = self._matrix
        terms = range(matrix.indptr[row], matrix.indptr[row + 1])
        signed = " ".join(f"{matrix.data[term]:+.0f} {_name(members[matrix.indices[term]])}" for term in terms)
        return f"{self._systeme.genres[row]}: {signed} = {self._systeme.droites[row]}"


def _name(membre: Membre) -> str:
    rank, cell = membre
    if isinstance(cell, Reste):
        return f"[{rank}] reste ≤ {cell.au_plus:.0f}"
    return f"[{rank}] " + " ".join(cell[:3] if cell[3:] == TOTAL else cell)
