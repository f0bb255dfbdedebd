"""Figures of a publication held in memory as long columns, where each node's rows lie together: a board finds its own by key.

It must not compute a figure, nor know what a column means. A board's query costs more to plan than to run, and boards of a
node, of its children and of similar schools all read the same totals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import cast

import duckdb
import numpy as np
from numpy.typing import NDArray

from metrics.engine import Parameters, fetch, fetch_arrow

Cle = tuple[str, ...]
Entiers = NDArray[np.int64] | NDArray[np.int32] | NDArray[np.int8]
Rangs = NDArray[np.int64]
Grille = NDArray[np.int64]
_EPOQUE = date(1970, 1, 1).toordinal()
_VIDE = (0, 0)


@dataclass(frozen=True, slots=True)
class Suites:
    """Rows of a table: those of `places[key]`, from the first to before the second, in order of their day."""

    places: dict[Cle, tuple[int, int]]
    jours: Entiers
    colonnes: dict[str, Entiers]

    def find(self, cle: Cle, du: date, au: date) -> slice:
        """Rows of a key from one day to another, both included."""
        debut, fin = self.places.get(cle, _VIDE)
        own = self.jours[debut:fin]
        return slice(debut + int(own.searchsorted(_count(du))), debut + int(own.searchsorted(_count(au), "right")))

    def read(self, cle: Cle, du: date, au: date, *noms: str) -> list[tuple[date, tuple[int, ...]]]:
        """The same: the day and these columns of each."""
        rows = self.find(cle, du, au)
        columns = [self.colonnes[nom][rows].tolist() for nom in noms]
        days = map(name_day, self.jours[rows].tolist())
        return list(zip(days, zip(*columns, strict=True), strict=True))

    def gather(self, cles: Sequence[Cle], du: date, au: date) -> tuple[Rangs, Rangs]:
        """Rows of many keys at once, and the rank of the key that each belongs to."""
        bounds = np.array([self.places.get(cle, _VIDE) for cle in cles], np.int64).reshape(-1, 2)
        lengths = bounds[:, 1] - bounds[:, 0]
        groups = np.repeat(np.arange(len(cles)), lengths)
        firsts = bounds[:, 0] - (np.cumsum(lengths) - lengths)
        rows = np.arange(len(groups)) + np.repeat(firsts, lengths)
        jours = self.jours[rows]
        within = (jours >= _count(du)) & (jours <= _count(au))
        return rows[within], groups[within]

    def align(self, cles: Sequence[Cle], jours: Sequence[date], *noms: str) -> list[Grille]:
        """These columns of each key on these days, in the order given: a row a key, a column a day; -1 where there is no row."""
        found = [np.full((len(cles), len(jours)), -1, np.int64) for _ in noms]
        if jours:
            days = count_days(jours)
            order = np.argsort(days)
            rows, groups = self.gather(cles, min(jours), max(jours))
            places = np.searchsorted(days[order], self.jours[rows])  # within, for the last day is among them
            kept = days[order][places] == self.jours[rows]
            for table, nom in zip(found, noms, strict=True):
                table[groups[kept], order[places[kept]]] = self.colonnes[nom][rows[kept]]
        return found


def load_suites(connection: duckdb.DuckDBPyConnection, rows: str, keys: str, parameters: Parameters) -> Suites:
    """Rows of the query `rows`, which tell the rank of their key among those of the query `keys`."""
    table = fetch_arrow(connection, rows, parameters)
    order = np.lexsort((table.column("jour").to_numpy(), table.column("rang").to_numpy()))
    columns = {nom: table.column(nom).to_numpy()[order] for nom in table.column_names if nom != "rang"}
    places: dict[Cle, tuple[int, int]] = {}
    debut = 0
    for *cle, lignes in fetch(connection, keys, {}):
        places[tuple(intern(str(part)) for part in cle)] = (debut, debut := debut + cast("int", lignes))
    return Suites(places, columns.pop("jour"), columns)


def name_day(jour: int) -> date:
    """A day of a column."""
    return date.fromordinal(_EPOQUE + jour)


def count_days(jours: Iterable[date]) -> Rangs:
    """Days as columns hold them."""
    return np.array([_count(jour) for jour in jours], np.int64)


def _count(jour: date) -> int:
    return jour.toordinal() - _EPOQUE
