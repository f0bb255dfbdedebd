"""Choose which cells to mask so that no subtraction gives one back (trust.md 2.3).

It must not know what a cell is: it sees persons, cells masked already, and lines (cells of one published sum).
"""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_LAST = np.iinfo(np.int64).max


def extend_masks(personnes: Ints, masques: Flags, lignes: Ints, cellules: Ints, k: int) -> Flags:
    """Masks extended until, in each line, no cell is masked, or two at least that hold k persons together.

    `lignes` and `cellules` are pairs: a cell stands in several lines. The lightest visible cell of a line goes first, one
    without a person only when nothing else is left. A line wholly masked needs nothing more.
    """
    found = masques.copy()
    if not found.any():
        return found
    numbers, lignes = np.unique(lignes, return_inverse=True)
    rank = np.where(personnes > 0, personnes, _LAST)
    while True:
        masked = found[cellules]
        hidden = np.bincount(lignes[masked], minlength=len(numbers))
        held = np.bincount(lignes[masked], weights=personnes[cellules[masked]], minlength=len(numbers))
        failing = (hidden > 0) & ((hidden < 2) | (held < k))
        left = np.flatnonzero(failing[lignes] & ~masked)
        if not len(left):
            return found
        left = left[np.lexsort((cellules[left], rank[cellules[left]], lignes[left]))]
        of_line = lignes[left]
        found[cellules[left[np.append(True, of_line[1:] != of_line[:-1])]]] = True
