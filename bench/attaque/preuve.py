"""Say by which published sums a hidden figure is recovered: a chain none of whose sums can be spared.

It must not look for what is recovered: programme.py does.
"""

import numpy as np
from scipy.optimize import linprog

from bench.attaque.equations import Reste
from bench.attaque.lecture import TOTAL
from bench.attaque.programme import Bornes, Systeme
from bench.attaque.temps import Membre

_USED = 1e-7


def find_chain(systeme: Systeme, membre: Membre) -> list[str]:
    """The sums that tell a recovered figure, each in a line: its kind, its unknowns, what they add up to.

    Those that bound it in the programme come first, then each one that can be spared goes.
    """
    number = systeme.numeros[membre]
    chain = _bounding(systeme, number)
    for row in list(chain):
        fewer = [other for other in chain if other != row]
        if fewer and _is_told(systeme, number, fewer):
            chain = fewer
    return [f"{systeme.genres[row]}: {_write(systeme, row)} = {systeme.droites[row]}" for row in chain]


def _bounding(systeme: Systeme, number: int) -> list[int]:
    """Rows that have a price when the figure is the lowest or the highest it can be."""
    matrix, bounds = systeme.matrice, np.column_stack([np.zeros(len(systeme.numeros)), systeme.plafonds])
    priced = np.zeros(matrix.shape[0], dtype=np.bool_)
    for way in (1.0, -1.0):
        goal = way * np.eye(1, matrix.shape[1], number)[0]
        solved = linprog(goal, A_eq=matrix, b_eq=systeme.droites, bounds=bounds, method="highs")
        assert solved.status == 0, solved.message
        priced |= np.abs(solved.eqlin.marginals) > _USED
    return [int(row) for row in np.flatnonzero(priced)]


def _is_told(systeme: Systeme, number: int, rows: list[int]) -> bool:
    """Whether these sums alone leave the figure one value."""
    part = systeme.matrice[rows]
    columns = np.unique(np.append(part.indices, number))
    right = np.array([systeme.droites[row] for row in rows], dtype=np.float64)
    bornes = Bornes(part[:, columns], right, systeme.plafonds[columns])
    bornes.push((columns == number).astype(np.float64))
    return bool(bornes.still[np.searchsorted(columns, number)])


def _write(systeme: Systeme, row: int) -> str:
    """The unknowns of a sum, each with its sign and the rank of its period."""
    matrix, members = systeme.matrice, list(systeme.numeros)
    terms = range(matrix.indptr[row], matrix.indptr[row + 1])
    return " ".join(f"{matrix.data[term]:+.0f} {_name(members[matrix.indices[term]])}" for term in terms)


def _name(membre: Membre) -> str:
    rank, cell = membre
    if isinstance(cell, Reste):
        return f"[{rank}] reste ≤ {cell.au_plus:.0f}"
    return f"[{rank}] " + " ".join(cell[:3] if cell[3:] == TOTAL else cell)
