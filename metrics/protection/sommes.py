"""Published sums, and which masked cells they leave one value for (trust.md T3).

It must not choose masks, nor know what a cell is.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import lsmr

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_EXACT = 1e-13  # tolerance of the solver
_STILL = 1e-6  # a cell that moves less than this in a random solution moves in none
_MOST_STEPS = 20_000


@dataclass(frozen=True)
class Sommes:
    """Sums of cells as pairs: each cell stands in its line with a sign, so that a line adds up to a published number.

    Lines are numbered from 0 without a gap.
    """

    lignes: Ints
    cellules: Ints
    signes: Ints

    @property
    def count(self) -> int:
        """How many lines there are."""
        return int(self.lignes.max(initial=-1)) + 1

    def count_by_line(self, cellules: Flags) -> Ints:
        """How many of these cells stand in each line."""
        return np.bincount(self.lignes[cellules[self.cellules]], minlength=self.count)


def make_sommes(lignes: Ints, cellules: Ints, signes: Ints) -> Sommes:
    """Sums from pairs whose lines have any numbers."""
    return Sommes(np.unique(lignes, return_inverse=True)[1], cellules, signes)


def find_determined(masquees: Flags, sommes: Sommes) -> Flags:
    """Flags of the masked cells that have the same value in every solution of the sums.

    A direction in which all masked cells may move together without changing a sum, drawn at random, moves each cell that can
    move. It is what is left of a random vector once the sums are taken out of it (least squares).
    """
    columns = np.flatnonzero(masquees)
    number = np.zeros(len(masquees), dtype=np.int64)
    number[columns] = np.arange(len(columns))
    kept = masquees[sommes.cellules]
    rows, cells = sommes.lignes[kept], number[sommes.cellules[kept]]
    signs = sommes.signes[kept].astype(np.float64)
    found = np.zeros(len(masquees), dtype=np.bool_)
    if len(rows) == 0:
        return found
    transposed = csr_matrix((signs, (cells, rows)), shape=(len(columns), sommes.count))
    drawn = np.random.default_rng(1).normal(size=len(columns))
    solution = lsmr(transposed, drawn, atol=_EXACT, btol=_EXACT, conlim=0, maxiter=_MOST_STEPS)[0]
    found[columns] = np.abs(drawn - transposed @ solution) < _STILL
    return found
