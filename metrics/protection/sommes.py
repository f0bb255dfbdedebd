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
_PRECISION = 1e-10  # of the solver
_STILL = 1e-5  # a cell that moves less than this in a random solution moves in none
_MOST_STEPS = 5_000


@dataclass(frozen=True)
class Sommes:
    """Sums of cells as pairs: each cell stands in its line with a sign, so that a line adds up to a published number.

    Lines are numbered from 0.
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

    def select(self, pairs: Flags | Ints) -> "Sommes":
        """The same lines with some of their cells."""
        return Sommes(self.lignes[pairs], self.cellules[pairs], self.signes[pairs])


def make_sommes(lignes: Ints, cellules: Ints, signes: Ints) -> Sommes:
    """Sums from pairs whose lines have any numbers."""
    return Sommes(np.unique(lignes, return_inverse=True)[1], cellules, signes)


def drop_forced(sens: Ints, masquees: Flags, sommes: Sommes) -> Flags:
    """The masked cells without those that are at a bound in a sum that no cell can leave: its cells could only all push it
    the same way. `sens`: 1 for a cell that can only grow, -1 for one that can only fall, 0 for the others.
    """
    left = masquees.copy()
    while True:
        inside = left[sommes.cellules]
        push = sommes.signes * sens[sommes.cellules]
        free, more, less = (
            np.bincount(sommes.lignes[inside & (push == way)], minlength=sommes.count) for way in (0, 1, -1)
        )
        stuck = (free == 0) & ((more == 0) != (less == 0))
        forced = sommes.cellules[inside & stuck[sommes.lignes]]
        if not len(forced):
            return left
        left[forced] = False


def find_determined(masquees: Flags, sommes: Sommes) -> Flags:
    """Flags of the masked cells that have the same value in every solution of the sums, cells of either sign.

    A line where a cell stands that no other line holds tells nothing of the others: such lines are set aside, round after
    round, and what is left is solved.
    """
    left = sommes.select(masquees[sommes.cellules])
    rounds: list[Sommes] = []
    while True:
        alone = np.bincount(left.cellules, minlength=len(masquees))[left.cellules] == 1
        aside = np.zeros(sommes.count, dtype=np.bool_)
        aside[left.lignes[alone]] = True
        if not alone.any():
            break
        rounds.append(left.select(aside[left.lignes]))
        left = left.select(~aside[left.lignes])
    still = _find_still(left, len(masquees))
    known = np.bincount(left.cellules, minlength=len(masquees)) > 0
    for lines in reversed(rounds):
        _settle(lines, still, known)
    return still


def _find_still(sommes: Sommes, count: int) -> Flags:
    """Cells that no common move of all cells changes, when the sums stay as they are.

    The move is drawn at random: what is left of a random vector once the sums are taken out of it (least squares).
    """
    still = np.zeros(count, dtype=np.bool_)
    if not len(sommes.cellules):
        return still
    cells, columns = np.unique(sommes.cellules, return_inverse=True)
    lines, rows, lengths = np.unique(sommes.lignes, return_inverse=True, return_counts=True)
    weights = sommes.signes / np.sqrt(lengths)[rows]
    transposed = csr_matrix((weights, (columns, rows)), shape=(len(cells), len(lines)))
    drawn = np.random.default_rng(1).normal(size=len(cells))
    solution = lsmr(transposed, drawn, atol=_PRECISION, btol=_PRECISION, conlim=0, maxiter=_MOST_STEPS)[0]
    still[cells[np.abs(drawn - transposed @ solution) < _STILL]] = True
    return still


def _settle(lines: Sommes, still: Flags, known: Flags) -> None:
    """Cells of lines set aside that stand in none solved so far: one of them moves with another of its line."""
    met = known[lines.cellules]
    size = lines.count
    others = np.bincount(lines.lignes[met & ~still[lines.cellules]], minlength=size)
    own = np.bincount(lines.lignes[~met], minlength=size)
    fixed = ~met & ((others == 0) & (own < 2))[lines.lignes]
    still[lines.cellules[fixed]] = True
    known[lines.cellules[~met]] = True
