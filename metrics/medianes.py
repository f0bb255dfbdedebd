"""Lower medians of the visits' durations in every node, profile and group, by sorts of integers.

It must not name a node or a profile: numbers in, numbers out. `sql/jumelles/medianes_noeuds.sql` says the same, four times slower.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from metrics.engine import fetch_arrow
from metrics.reference import create_table

Ints = npt.NDArray[np.int64]

# Bits of a key, the lowest first: a week has fewer than 2^20 seconds; the week (0) or one of its days; fewer than 2^5 groups.
_DUREE, _JOUR, _GROUPE = 20, 3, 5
_NONE = -1
_NO_ROW: tuple[Ints, Ints] = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def load_medians(connection: duckdb.DuckDBPyConnection) -> None:
    """Table medianes_noeuds(noeud, rang_groupe, portion, duree_mediane_s): the smallest duration in seconds that at least half of
    the visits don't exceed. `portion` is 0 for the week, else 1 (Monday) to 7. Needs visites, placement, noeuds,
    appartenance."""
    visites = _columns(fetch_arrow(connection, "cubes/durees", {}))
    placement, appartenance = (
        _columns(connection.table(name).to_arrow_table()) for name in ("placement", "appartenance")
    )
    membres = _spread(appartenance["rang_profil"], appartenance["rang_groupe"])[visites["profil"]]
    rows, columns = np.nonzero(membres != _NONE)
    of_week = (membres[rows, columns] << (_JOUR + _DUREE)) | visites["duree_s"][rows]
    of_days = of_week | (visites["jour"][rows] << _DUREE)
    ecoles = visites["ecole"][rows]
    levels = _by_level(connection.table("noeuds").to_arrow_table(), placement)
    # Sorts leave the interpreter free; more of them than processors only move memory.
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        found = threads.map(lambda cut: _find_medians(cut[0][ecoles], cut[1]), product(levels, (of_week, of_days)))
    keys, durees = (np.concatenate(part) for part in zip(_NO_ROW, *found, strict=True))
    table = {
        "noeud": keys >> (_GROUPE + _JOUR),
        "rang_groupe": keys >> _JOUR & (2**_GROUPE - 1),
        "portion": keys & (2**_JOUR - 1),
        "duree_mediane_s": durees,
    }
    create_table(connection, "medianes_noeuds", pa.table(table))


def _columns(table: pa.Table) -> dict[str, Ints]:
    """The numbers of a table; texts are left out."""
    numbers = (name for name in table.column_names if pa.types.is_integer(table.schema.field(name).type))
    return {name: table.column(name).to_numpy().astype(np.int64) for name in numbers}


def _by_level(noeuds: pa.Table, placement: dict[str, Ints]) -> list[Ints]:
    """One array a level: its node by school, or _NONE."""
    level = np.zeros(len(noeuds) + 1, dtype=np.int64)
    level[noeuds.column("noeud").to_numpy()] = noeuds.column("niveau").combine_chunks().dictionary_encode().indices
    of_row, found = level[placement["noeud"]], []
    for number in np.unique(of_row):
        nodes = np.full(placement["ecole"].max(initial=0) + 1, _NONE, dtype=np.int64)
        rows = of_row == number
        nodes[placement["ecole"][rows]] = placement["noeud"][rows]
        found.append(nodes)
    return found


def _spread(keys: Ints, values: Ints) -> Ints:
    """Row k: the values of key k, then _NONE. Every key has a row, as many columns as the key that has most."""
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    rank = np.arange(len(keys)) - np.searchsorted(keys, keys)
    table = np.full((keys.max(initial=0) + 1, rank.max(initial=0) + 1), _NONE, dtype=np.int64)
    table[keys, rank] = values
    return table


def _find_medians(noeuds: Ints, lignes: Ints) -> tuple[Ints, Ints]:
    """Keys of node, group and portion, each once, with the lower median of the durations of its rows; `lignes` holds all but nodes."""
    packed = (noeuds << (_GROUPE + _JOUR + _DUREE)) | lignes
    packed = np.sort(packed[packed >= 0])  # _NONE remains below zero
    keys = packed >> _DUREE
    first = np.flatnonzero(np.diff(keys, prepend=_NONE))
    counts = np.diff(first, append=len(keys))
    return keys[first], packed[first + (counts - 1) // 2] & (2**_DUREE - 1)
