"""Visits of a week by the national rule (design 3): a person's events in order, cut where nothing came for 30 minutes.

It must not read events nor name anything: numbers in, numbers out. `sql/jumelles/formees.sql` says the same, several times slower.
"""

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from metrics.engine import fetch_arrow
from metrics.reference import create_table

Ints = npt.NDArray[np.int64]

VISIT_GAP_MS = 30 * 60 * 1000  # national definition: 30:00 exactly opens a new visit (guide 2012)
# Bits of an instant in a key: a week has fewer than 2^31 milliseconds, with more than VISIT_GAP_MS to spare.
_INSTANT = 31
_SERVICE, _TYPE = 20, 2**5 - 1  # where `quoi` holds the ranks of its service and of its type (cubes/evenements.sql)


def form_visits(connection: duckdb.DuckDBPyConnection) -> None:
    """Table formees(acteur, debut_ms, duree_s, quoi, services, types), persons in order: `quoi` is the first event's, the others
    have a bit a rank. Needs evenements, acteurs."""
    gardes = fetch_arrow(connection, "cubes/gardes", {})
    acteurs, instants, quoi = (gardes.column(name).to_numpy() for name in ("acteur", "instant_ms", "quoi"))
    origine = instants.min(initial=np.iinfo(np.int64).max)
    keys, quoi = _sort((acteurs.astype(np.int64) << _INSTANT) | (instants - origine), quoi)
    first = np.flatnonzero(np.diff(keys, prepend=-VISIT_GAP_MS) >= VISIT_GAP_MS)  # another person is further away still
    debuts, fins = keys[first], keys[np.append(first[1:], len(keys))[: len(first)] - 1]
    table = {
        "acteur": debuts >> _INSTANT,
        "debut_ms": (debuts & (2**_INSTANT - 1)) + origine,
        "duree_s": (fins - debuts) // 1000,
        "quoi": quoi[first],
        "services": _bits(quoi >> _SERVICE, first),
        "types": _bits(quoi & _TYPE, first),
    }
    create_table(connection, "formees", pa.table(table))


def _sort(keys: Ints, quoi: Ints) -> tuple[Ints, Ints]:
    """By key, then by `quoi`: few keys are the same, so only these are sorted again."""
    order = np.argsort(keys)
    keys, quoi = keys[order], quoi[order]
    same = np.flatnonzero(keys[1:] == keys[:-1])
    tied = np.union1d(same, same + 1)
    quoi[tied] = quoi[tied][np.lexsort((quoi[tied], keys[tied]))]
    return keys, quoi


def _bits(ranks: Ints, first: Ints) -> Ints:
    """Of each visit, a bit for each rank that its events have."""
    return np.bitwise_or.reduceat(np.int64(1) << ranks, first)
