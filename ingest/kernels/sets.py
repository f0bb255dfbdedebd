"""A set of 64-bit keys that tells which of a batch were not in it yet: several times faster than sorting them.

It must not keep an order, nor what a key stands for.
"""

import numpy as np
import numpy.typing as npt

from ingest.kernels.compiled import compiled

U = np.uint64
_MULTIPLIER, _SECOND = U(0x9E3779B97F4A7C15), U(0xC2B2AE3D27D4EB4F)
_SLOTS_MIN = 1024


class KeySet:
    """Grows as it fills. An empty slot holds 0, so that the key 0 is taken for 1."""

    def __init__(self, expected: int = 0) -> None:
        self._count = 0
        self._table = _make_table(expected)

    def add(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        """Flags of the keys that are met for the first time."""
        if 2 * (self._count + len(keys)) > len(self._table):
            smaller = self._table[self._table != 0]
            self._table = _make_table(self._count + len(keys))
            _insert(smaller, self._table, np.empty(len(smaller), dtype=np.bool_))
        new = np.empty(len(keys), dtype=np.bool_)
        self._count += int(_insert(keys, self._table, new))
        return new


def mix_keys(state: npt.NDArray[np.uint64], value: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """One key of two, spread evenly over 64 bits."""
    mixed = (state ^ (value * _MULTIPLIER)) * _SECOND
    return mixed ^ (mixed >> U(31))


def _make_table(expected: int) -> npt.NDArray[np.uint64]:
    return np.zeros(max(1 << (2 * expected).bit_length(), _SLOTS_MIN), dtype=np.uint64)


@compiled
def _insert(keys, table, new):
    mask, count = U(len(table) - 1), 0
    for n in range(len(keys)):
        key = keys[n] if keys[n] else U(1)
        mixed = key * _MULTIPLIER
        slot = (mixed ^ (mixed >> U(32))) & mask
        while table[slot] != U(0) and table[slot] != key:
            slot = (slot + U(1)) & mask
        new[n] = table[slot] == U(0)
        table[slot] = key
        count += new[n]
    return count
