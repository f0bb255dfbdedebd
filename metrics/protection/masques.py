"""Choose which cells to mask so that no subtraction, nor any chain of sums, gives one back (trust.md 2.3).

It must not know what a cell is: it sees persons, cells masked already, and published sums.
"""

from typing import NamedTuple

import numpy as np

from metrics.protection.reparation import LARGE, Reparation
from metrics.protection.sommes import Flags, Ints, Sommes, drop_forced, find_determined

_LAST = np.iinfo(np.int64).max


class Protection(NamedTuple):
    """Which cells are masked, and which of those with fewer than k persons the sums still give back."""

    masquees: Flags
    devinables: Flags


def protect(
    personnes: Ints,
    masquees: Flags,
    sommes: Sommes,
    k: int,
    sens: Ints,
    non_publiees: Flags | None = None,
    voisinage: int = LARGE,
) -> Protection:
    """Masks extended until the sums leave no cell with fewer than k persons one value only, where any mask can do so.

    `sens`: 1 for a cell that can only grow (zero), -1 for one that can only fall, 0 for the others. `non_publiees`: cells that no
    table shows, so that nobody knows that one has no person either. `voisinage`: how many cells around one are searched for
    others to mask. A mask added for others may be given back: it tells nothing that must not be told. `devinables`: cells told at
    first that no move was found to free, neither their own nor another's. It leans to caution: masks added later may free one.
    """
    unseen = np.zeros(len(personnes), dtype=np.bool_) if non_publiees is None else non_publiees
    guarded = (personnes > 0) & (personnes < k)
    found = extend_masks(personnes, masquees, sommes, k)
    told = _find_told(found | unseen, sommes, sens)
    safe, reparation = np.zeros(len(personnes), dtype=np.bool_), Reparation(personnes, sens, sommes, voisinage)
    for cell in np.flatnonzero(told & guarded):
        move = None if safe[cell] else reparation.find_move(int(cell), found | unseen)
        if move is not None:
            safe[move.mobiles] = True
            found[move.a_masquer] = True
    return Protection(extend_masks(personnes, found, sommes, k), told & guarded & ~safe)


def _find_told(hidden: Flags, sommes: Sommes, sens: Ints) -> Flags:
    """The hidden cells that the sums leave one value for."""
    moving = drop_forced(sens, hidden, sommes)
    return (hidden & ~moving) | find_determined(moving, sommes)


def extend_masks(personnes: Ints, masquees: Flags, sommes: Sommes, k: int) -> Flags:
    """Masks extended until, in each line, no cell is masked, or two at least that hold k persons together.

    The lightest visible cell of a line goes first, one without a person only when nothing else is left. A line wholly masked
    needs nothing more.
    """
    found = masquees.copy()
    while found.any():
        masked = found[sommes.cellules]
        weights = personnes[sommes.cellules[masked]]
        held = np.bincount(sommes.lignes[masked], weights=weights, minlength=sommes.count)
        hidden = sommes.count_by_line(found)
        added = _lightest(personnes, found, sommes, (hidden > 0) & ((hidden < 2) | (held < k)))
        if not len(added):
            break
        found[added] = True
    return found


def _lightest(personnes: Ints, masquees: Flags, sommes: Sommes, lignes: Flags) -> Ints:
    """The visible cell with the fewest persons of each of these lines, one without a person only for want of others."""
    left = np.flatnonzero(lignes[sommes.lignes] & ~masquees[sommes.cellules])
    cells, of_line = sommes.cellules[left], sommes.lignes[left]
    weights = np.where(personnes > 0, personnes, _LAST)[cells]
    order = np.lexsort((cells, weights, of_line))
    first = np.append(True, np.diff(of_line[order]) != 0)[: len(order)]
    return np.unique(cells[order][first])
