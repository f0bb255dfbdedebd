"""Attack a publication: give every published cell with every sum to a linear programme, and see which masks give way (trust.md T3).

It must not know how masks were chosen: it reads the published file alone, as anybody with it can.
"""

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from bench.concordances import list_sums, read_irregular
from bench.simulation import simulate
from ingest.dialects import DialectOptions
from ingest.pipeline import Lake, ingest_sources
from ingest.referentiels import load_annuaire, load_deploiement, load_effectifs, load_horaires
from ingest.sources import find_sources
from marking_plan import load_plan
from marking_plan.semaines import annee_scolaire
from metrics.engine import connect_publication
from metrics.protection.grilles import PARTS
from metrics.publication import publish

Noeud = tuple[str, str]
Cellule = tuple[str, str, str, str, str]  # niveau, territoire, profil, coupe, modalite
GRAINS = {"semaine": "coupes_semaine", "mois": "coupes_mois", "annee": "coupes_mois"}
_OVERLAPPING = ("service", "famille", "type")
_ALL = "toutes"
_SAME = 0.5  # visits are whole: a variable that moves by less is known
Reals = npt.NDArray[np.float64]
_LINKS = """
    with lieux as (
        select distinct uai, code_region as region, code_academie as academie, code_departement as departement,
            code_circonscription as circonscription, code_commune as commune, regroupement
        from ecoles
    )
    select distinct 'region', region, 'academie', academie from lieux
    union select distinct 'academie', academie, 'departement', departement from lieux
    union select distinct 'departement', departement, 'circonscription', circonscription from lieux
    union select distinct 'departement', departement, 'commune', commune from lieux
    union select distinct 'circonscription', circonscription, 'uai', uai from lieux
    union select distinct 'commune', commune, 'uai', uai from lieux
    union select distinct 'regroupement', regroupement, 'uai', uai from lieux where regroupement is not null
"""


@dataclass(frozen=True)
class Periode:
    """What is published of one period: visits by cell (None: masked), totals, and which profiles have cuts where."""

    visites: Mapping[Cellule, int | None]
    totaux: Mapping[tuple[str, str, str], int]
    coupes: frozenset[tuple[str, str, str]]
    enfants: Mapping[tuple[Noeud, str], list[Noeud]]
    irreguliers: frozenset[Noeud] = frozenset()


@dataclass(frozen=True)
class Bilan:
    """What an attack found: cells outside totals, masked ones, persons behind masks unknown to it, cells recovered."""

    cellules: int
    masquees: int
    retrouvees: list[Cellule]


def read_periods(connection: duckdb.DuckDBPyConnection, grain: str) -> Iterator[Periode]:
    """Each period of a table, as published."""
    enfants: defaultdict[tuple[Noeud, str], list[Noeud]] = defaultdict(list)
    for niveau, territoire, niveau_enfant, enfant in connection.execute(_LINKS).fetchall():
        enfants[(niveau, territoire), niveau_enfant].append((niveau_enfant, enfant))
    column, irreguliers = GRAINS[grain], read_irregular(connection)
    coupes = connection.execute(f"select niveau, territoire, profil from protection where {column}").fetchall()  # noqa: S608
    for (debut,) in connection.execute(f"select distinct debut from frequentation_{grain} order by 1").fetchall():  # noqa: S608
        rows = connection.execute(
            f"select niveau, territoire, profil, coupe, modalite, visites from frequentation_{grain} where debut = $debut",  # noqa: S608
            {"debut": debut},
        ).fetchall()
        cells = _unfold({row[:5]: row[5] for row in rows if row[3] != "total"})
        totals = {row[:3]: row[5] for row in rows if row[3] == "total" and row[5] is not None}
        yield Periode(cells, totals, frozenset(coupes), enfants, irreguliers)


def _unfold(cells: dict[Cellule, int | None]) -> dict[Cellule, int | None]:
    """A cut withheld whole as one unknown for each modality that anybody used."""
    used = {cell[3:] for cell in cells if cell[4] != _ALL}
    withheld = [cell for cell in cells if cell[4] == _ALL]
    found: dict[Cellule, int | None] = {cell: visites for cell, visites in cells.items() if cell[4] != _ALL}
    found |= {(*cell[:3], *pair): None for cell in withheld for pair in used if pair[0] == cell[3]}
    return found


def attack(periode: Periode) -> Bilan:
    """Find the masked cells that all published sums leave one value for."""
    masked = [cell for cell, visites in periode.visites.items() if visites is None]
    numbers = {cell: n for n, cell in enumerate(masked)}
    equations = [e for e in _equations(periode) if any(cell in numbers for cell in e.cellules)]
    retrouvees = [masked[n] for n in _determined(numbers, periode, equations)]
    return Bilan(len(periode.visites), len(masked), sorted(retrouvees))


@dataclass(frozen=True)
class Equation:
    """Cells that add up to a head (a cell, or a number); `reste`: others that aren't published may be in it."""

    tete: Cellule | int
    membres: tuple[Cellule, ...]
    reste: bool

    @property
    def cellules(self) -> Iterable[Cellule]:
        """Every cell of the sum."""
        return self.membres if isinstance(self.tete, int) else (self.tete, *self.membres)


def _equations(periode: Periode) -> Iterator[Equation]:
    """Modalities of a cut, parts of a group, children of a node, hours and moments of weekday-hours."""
    modalites: defaultdict[tuple[str, str, str, str], list[Cellule]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for cell in periode.visites:
        modalites[cell[:4]].append(cell)
        if cell[3] != "assiduite":  # how often somebody comes depends on the scope: no sum over profiles or nodes
            seen.add(cell[3:])
    for (niveau, territoire, profil, coupe), cells in modalites.items():
        if coupe not in _OVERLAPPING:
            yield Equation(periode.totaux[niveau, territoire, profil], tuple(cells), reste=False)
        if coupe == "creneau":
            regular = (niveau, territoire) not in periode.irreguliers
            for tete, membres in list_sums(load_plan(), regular=regular):
                node = (niveau, territoire, profil)
                yield Equation((*node, *tete), tuple((*node, *membre) for membre in membres), reste=False)
    for niveau, territoire, profil in periode.coupes:
        sums: list[list[tuple[str, str, str]]] = [[(niveau, territoire, part) for part in PARTS.get(profil, ())]]
        sums += [
            [(*enfant, profil) for enfant in enfants]
            for (noeud, _), enfants in _children(periode, (niveau, territoire))
        ]
        for members in filter(None, sums):
            published = [member for member in members if member in periode.coupes]
            for coupe, modalite in seen if published else ():
                added = tuple((*member, coupe, modalite) for member in published)
                yield Equation((niveau, territoire, profil, coupe, modalite), added, len(published) < len(members))


def _children(periode: Periode, noeud: Noeud) -> Iterator[tuple[tuple[Noeud, str], list[Noeud]]]:
    for niveau in ("academie", "departement", "circonscription", "commune", "uai"):
        if (noeud, niveau) in periode.enfants:
            yield (noeud, niveau), periode.enfants[noeud, niveau]


def _determined(numbers: Mapping[Cellule, int], periode: Periode, equations: list[Equation]) -> list[int]:
    """Numbers of the variables that have one value in every solution."""
    entries: list[tuple[int, int, int]] = []  # row, column, sign
    right, count = [], len(numbers)
    for row, equation in enumerate(equations):
        signed = [(cell, 1) for cell in equation.membres]
        signed += [] if isinstance(equation.tete, int) else [(equation.tete, -1)]
        known = equation.tete if isinstance(equation.tete, int) else 0
        known -= sum(sign * (periode.visites.get(cell) or 0) for cell, sign in signed if cell not in numbers)
        entries += [(row, numbers[cell], sign) for cell, sign in signed if cell in numbers]
        if equation.reste:
            entries.append((row, count, 1))
            count += 1
        right.append(known)
    if not entries:
        return []
    rows, columns, signs = zip(*entries, strict=True)
    matrix = csr_matrix((signs, (rows, columns)), shape=(len(equations), count))
    return _search(matrix, np.array(right, dtype=np.float64), len(numbers))


def _search(matrix: csr_matrix, right: Reals, wanted: int) -> list[int]:
    """Component by component: the variables of which all solutions say the same."""
    _, label = connected_components(matrix.T @ matrix, directed=False)
    rows_of = label[matrix.indices[matrix.indptr[:-1]]]  # an equation lies in one component: that of its first variable
    found: list[int] = []
    for component in np.unique(label[:wanted]):
        variables = np.flatnonzero(label == component)
        rows = np.flatnonzero(rows_of == component)
        found += variables[_fixed(matrix[rows][:, variables], right[rows], variables < wanted)].tolist()
    return found


def _fixed(system: csr_matrix, right: Reals, wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Flags of the variables with one value: two opposite random objectives tell most apart, the others are bounded alone."""
    count = system.shape[1]
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    objective = np.random.default_rng(1).normal(size=count)
    for goal in (objective, -objective):
        _widen(goal, system, right, low, high)
    for n in np.flatnonzero(wanted & (high - low < _SAME)):
        for sign in (1.0, -1.0):
            goal = np.zeros(count)
            goal[n] = sign
            if high[n] - low[n] < _SAME:
                _widen(goal, system, right, low, high)
    return wanted & (high - low < _SAME) & (high > _SAME)  # an unused modality tells nothing of persons


def _widen(goal: Reals, system: csr_matrix, right: Reals, low: Reals, high: Reals) -> None:
    """Solve for one objective, and let what is known of each variable take the solution in."""
    bound = float(np.abs(right).sum()) + 1  # keeps an unbounded variable finite: only whether it moves matters
    solved = linprog(goal, A_eq=system, b_eq=right, bounds=(0, bound), method="highs")
    assert solved.status == 0, f"published sums contradict one another: {solved.message}"
    np.minimum(low, solved.x, out=low)
    np.maximum(high, solved.x, out=high)


def simulate_publication(folder: Path, ecoles: int, semaines: int, politique: str) -> Path:
    """The published file of a simulated region, under a policy."""
    simulation, donnees, plan = (
        simulate(folder / "simulation", ecoles=ecoles, semaines=semaines),
        folder / "d",
        load_plan(),
    )
    load_annuaire(donnees, simulation.annuaire, annee_scolaire(simulation.debut))
    load_effectifs(donnees, simulation.effectifs, plan, None, None)
    load_deploiement(donnees, simulation.deploiement)
    load_horaires(donnees, simulation.horaires, annee_scolaire(simulation.debut))
    options = DialectOptions(champs_personnels=plan.champs_personnels)
    sources = find_sources([str(path) for path in simulation.livraisons])
    list(ingest_sources(Lake(donnees, folder / "cles", plan), sources, options))
    return publish(donnees, plan, politique=politique).path


def main(ecoles: int, semaines: int) -> None:
    """Attack every period of a simulated region under each policy, and print what each hides and what gives way."""
    for politique in ("groupes", "familles"):
        with tempfile.TemporaryDirectory() as folder:
            path = simulate_publication(Path(folder), ecoles, semaines, politique)
            with connect_publication(path) as connection:
                for grain in GRAINS:
                    start = time.perf_counter()
                    bilans = [attack(periode) for periode in read_periods(connection, grain)]
                    cells, masked = sum(b.cellules for b in bilans), sum(b.masquees for b in bilans)
                    found = [cell for b in bilans for cell in b.retrouvees]
                    print(
                        f"{politique:9}{grain:8} {len(bilans):3} periods {cells:9,} cells  {masked / max(cells, 1):6.1%} masked"
                        f"  {len(found):5} recovered  {time.perf_counter() - start:6.1f} s  {found[:3]}",
                        flush=True,
                    )


if __name__ == "__main__":
    main(*(int(value) for value in sys.argv[1:3] or (60, 12)))
