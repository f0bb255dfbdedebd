"""Figures of a publication held in memory as long columns, where each node's rows lie together: a board finds its own by key.

It must not compute a figure, nor know what a column means. A board's query costs more to plan than to run, and boards of a
node, of its children and of similar schools all read the same totals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from metrics.engine import Parameters, fetch_arrow

Cle = tuple[str, ...]
Entiers = NDArray[np.int64] | NDArray[np.int32] | NDArray[np.int8]
Rangs = NDArray[np.int64]
Grille = NDArray[np.int64]
_EPOQUE = date(1970, 1, 1).toordinal()
_JOURS_MAX = 1 << 17  # more than the days of any date that is published
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


def load_suites(
    connection: duckdb.DuckDBPyConnection, rows: str, listes: Mapping[str, Sequence[Cle]], parameters: Parameters
) -> Suites:
    """Rows of a query by their column `jour` and by their key: each column of `listes` tells a part of it by its rank there."""
    table = fetch_arrow(connection, rows, parameters)
    rank = np.zeros(table.num_rows, np.int64)
    for nom, liste in listes.items():
        rank *= len(liste)
        rank += table.column(nom).to_numpy()
    columns = {nom: table.column(nom).to_numpy() for nom in table.column_names if nom not in (*listes, "jour")}
    return _arrange(rank, list(listes.values()), table.column("jour").to_numpy(), columns)


def index_suites(table: pa.Table, cle: Sequence[str], jour: str, noms: Sequence[str]) -> Suites:
    """Rows of a small table by the texts of their key and by their day: days and figures as DuckDB gives them, nulls included."""
    rank, listes = np.zeros(table.num_rows, np.int64), list[list[Cle]]()
    for nom in cle:
        texts = table.column(nom).combine_chunks().dictionary_encode()
        listes.append([(str(text),) for text in texts.dictionary.to_pylist()])
        rank = rank * len(listes[-1]) + texts.indices.to_numpy()
    columns = {nom: table.column(nom).fill_null(-1).to_numpy() for nom in noms}
    return _arrange(rank, listes, table.column(jour).cast(pa.int32()).to_numpy(), columns)


def _arrange(rank: Rangs, listes: Sequence[Sequence[Cle]], jours: Entiers, columns: Mapping[str, Entiers]) -> Suites:
    # Stable, for it finds what is already in order: rows lie by node within each week, month or quarter.
    order = np.argsort(rank * _JOURS_MAX + jours, kind="stable")
    return Suites(
        _find_places(rank[order], listes), jours[order], {nom: column[order] for nom, column in columns.items()}
    )


def _find_places(ranks: Rangs, listes: Sequence[Sequence[Cle]]) -> dict[Cle, tuple[int, int]]:
    """Where each key's rows are, from the ranks of all rows in order."""
    firsts = np.flatnonzero(np.diff(ranks, prepend=-1))
    found, parts = ranks[firsts], list[list[Cle]]()
    for liste in reversed(listes):
        found, last = np.divmod(found, max(1, len(liste)))
        parts.append([liste[n] for n in last.tolist()])
    cles = (sum(own, ()) for own in zip(*reversed(parts), strict=True))
    starts = firsts.tolist()
    return dict(zip(cles, zip(starts, [*starts[1:], len(ranks)], strict=False), strict=False))


def known(valeur: int) -> int | None:
    """A figure as it is held: what there is none of is -1."""
    return None if valeur < 0 else valeur


def name_day(jour: int) -> date:
    """A day of a column."""
    return date.fromordinal(_EPOQUE + jour)


def count_days(jours: Iterable[date]) -> Rangs:
    """Days as columns hold them."""
    return np.array([_count(jour) for jour in jours], np.int64)


def _count(jour: date) -> int:
    return jour.toordinal() - _EPOQUE
