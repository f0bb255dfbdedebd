"""Find which hidden figures all published sums leave one value for, by linear programmes (trust.md T3).

It must not know where a sum comes from: equations.py and temps.py write them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import bmat, csr_matrix
from scipy.sparse.csgraph import connected_components

from bench.attaque.equations import Ecart, Reste, list_equations
from bench.attaque.lecture import Cellule, Periode
from bench.attaque.temps import Membre, list_time

_SAME = 0.5  # visits are whole: a variable that moves by less is known
_CLOSE = 1e-6
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Somme = tuple[str, tuple[tuple[Membre, int], ...], int]


@dataclass(frozen=True)
class Bilan:
    """What an attack found in a period: cells outside totals, masked ones, cells and hidden totals recovered."""

    cellules: int
    masquees: int
    retrouvees: list[Cellule]


@dataclass
class Systeme:
    """Unknowns between 0 and `plafonds`, and the equations that they are in: signs by row and column, and what they add up to."""

    numeros: dict[Membre, int] = field(default_factory=dict)
    genres: list[str] = field(default_factory=list)
    entrees: list[tuple[int, int, int]] = field(default_factory=list)
    droites: list[int] = field(default_factory=list)

    @property
    def matrice(self) -> csr_matrix:
        """Signs of the unknowns, an equation a row."""
        rows, columns, signs = zip(*self.entrees, strict=True)
        return csr_matrix((signs, (rows, columns)), shape=(len(self.droites), len(self.numeros)), dtype=np.float64)

    @property
    def plafonds(self) -> Reals:
        """The most that each unknown may be."""
        return np.array([m.au_plus if isinstance(m, Reste) else np.inf for _, m in self.numeros], dtype=np.float64)

    def add(self, periodes: Sequence[Periode], genre: str, signed: Iterable[tuple[Membre, int]], droite: int) -> None:
        """One more equation, published figures taken to its right side; one whose only unknown is its margin says nothing."""
        unknown: list[tuple[Membre, int]] = []
        for (n, membre), sign in signed:
            known = None if isinstance(membre, Reste) else periodes[n].read(membre)
            if known is None:
                unknown.append(((n, membre), sign))
            else:
                droite -= sign * known
        if len(unknown) == sum(isinstance(membre, Ecart) for (_, membre), _ in unknown):
            return
        row = len(self.droites)
        self.entrees += [(row, self.numeros.setdefault(m, len(self.numeros)), sign) for m, sign in unknown]
        self.droites.append(droite)
        self.genres.append(genre)


def make_systeme(periodes: Sequence[Periode]) -> Systeme:
    """Everything that the published figures of these periods say of the hidden ones."""
    systeme = Systeme()
    for somme in list_sums(periodes):
        systeme.add(periodes, *somme)
    return systeme


def list_sums(periodes: Sequence[Periode]) -> Iterator[Somme]:
    """Every sum in these periods and between them: kind, signed members, what they add up to."""
    for n, periode in enumerate(periodes):
        for equation in list_equations(periode):
            yield equation.genre, tuple(((n, membre), sign) for membre, sign in equation.termes), equation.droite
    for genre, termes in list_time(periodes):
        yield genre, termes, 0


def attack(periode: Periode) -> Bilan:
    """Find the hidden figures that the sums of one period leave one value for."""
    return attack_together([periode])[0]


def attack_together(periodes: Sequence[Periode]) -> list[Bilan]:
    """The same from several periods at once, what holds between them included: one result a period."""
    systeme = make_systeme(periodes)
    members = list(systeme.numeros)
    found = [members[n] for n in find_determined(systeme)] if systeme.entrees else []
    return [
        Bilan(
            len(periode.visites),
            sum(visites is None for visites in periode.visites.values()),
            sorted(cell for m, cell in found if m == n and not isinstance(cell, Reste)),
        )
        for n, periode in enumerate(periodes)
    ]


def find_determined(systeme: Systeme) -> list[int]:
    """Numbers of the unknown cells that have one value, with visits, in every solution: component by component."""
    matrix, right, most = systeme.matrice, np.array(systeme.droites, dtype=np.float64), systeme.plafonds
    wanted = np.array([not isinstance(membre, Reste) for _, membre in systeme.numeros])
    found: list[int] = []
    for rows, columns in _split(matrix):
        if wanted[columns].any():
            part = matrix[rows][:, columns]
            found += columns[_find_still(part, right[rows], most[columns], wanted[columns])].tolist()
    return found


def _split(matrix: csr_matrix) -> Iterator[tuple[Ints, Ints]]:
    """Rows and columns of each set of equations that shares no unknown with the others."""
    rows = matrix.shape[0]
    both = bmat([[None, matrix], [matrix.T, None]], format="csr")
    count, label = connected_components(both, directed=False)
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.searchsorted(label[order], np.arange(1, count))):
        yield members[members < rows], members[members >= rows] - rows


def _find_still(matrix: csr_matrix, right: Reals, most: Reals, wanted: Flags) -> Flags:
    """Flags of the wanted unknowns that no solution moves.

    Solutions furthest apart along a random objective tell most from the rest; once they are equal, nothing that is left can
    move (but with probability zero). What hardly moves is bounded alone.
    """
    bornes = Bornes(matrix, right, most)
    drawn = np.random.default_rng(1)
    left, before = wanted, np.zeros_like(wanted)
    while left.any() and (left != before).any():
        before = left
        if bornes.push(np.where(left, drawn.normal(size=len(most)), 0)) < _CLOSE:
            break
        left = left & bornes.still
    else:
        for n in np.flatnonzero(left):
            bornes.push(np.eye(1, len(most), int(n))[0])
        left = left & bornes.still
    return left & (bornes.high > _SAME)  # an unused modality tells nothing of persons


class Bornes:
    """The lowest and highest values that the solutions met so far give each unknown."""

    def __init__(self, matrix: csr_matrix, right: Reals, most: Reals) -> None:
        """The system: signs, what each row adds up to, the most that each unknown may be."""
        self._matrix, self._right = matrix, right
        ceiling = float(np.abs(right).sum()) + 1  # keeps an unknown finite: only whether it moves matters
        self._bounds = np.column_stack([np.zeros(len(most)), np.minimum(most, ceiling)])
        self.low, self.high = np.full(len(most), np.inf), np.full(len(most), -np.inf)

    @property
    def still(self) -> Flags:
        """Flags of the unknowns that have had one value so far."""
        still: Flags = self.high - self.low < _SAME
        return still

    def push(self, objective: Reals) -> float:
        """Solve both ways along an objective, and say how far apart the two solutions are on it."""
        ends = [self._solve(way * objective) for way in (1.0, -1.0)]
        return abs(float(objective @ (ends[0] - ends[1])))

    def _solve(self, objective: Reals) -> Reals:
        solved = linprog(objective, A_eq=self._matrix, b_eq=self._right, bounds=self._bounds, method="highs")
        assert solved.status == 0, f"published sums contradict one another: {solved.message}"
        np.minimum(self.low, solved.x, out=self.low)
        np.maximum(self.high, solved.x, out=self.high)
        return np.asarray(solved.x, dtype=np.float64)
