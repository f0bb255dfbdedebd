"""Find the end of a JSON text sixty-four bytes at a time, and give each distinct text of a field a code.

It must not accept a text with an escape or a control character: it says that it isn't plain.
"""

import numpy as np

from ingest.kernels.compiled import inlined
from ingest.kernels.vectors import WIDTH, count_bits, find_differences, find_marks, hash_bytes

U = np.uint64
_ONE, _STEP = U(1), U(WIDTH)
_MULTIPLIER = U(0xFF51AFD7ED558CCD)


@inlined
def read_text(octets, i, keys, high_allowed):
    """From the byte after a quote: (end, or 0 when the text isn't plain; hash; whether a byte is above 127)."""
    h, high = U(0), U(0)
    while True:
        quotes, bad, top = find_marks(octets, i)
        before = (quotes & (U(0) - quotes)) - _ONE  # the bytes before the first quote: all of them when there is none
        if not high_allowed:
            bad |= top
        if bad & before:
            return U(0), h, high
        high |= top & before
        h = (h + hash_bytes(octets, i, before, keys)) * _MULTIPLIER
        h ^= h >> U(32)
        if quotes:
            return i + count_bits(before), h, high
        i += _STEP


@inlined
def is_same(octets, a, b, length):
    n = U(0)
    while n + _STEP <= length:
        if find_differences(octets, a + n, b + n):
            return False
        n += _STEP
    rest = (_ONE << (length - n)) - _ONE
    return find_differences(octets, a + n, b + n) & rest == U(0)


@inlined
def encode(octets, tables, distinct, field, count, start, length, h):
    """Code of a text among the distinct ones of its field; `count` itself when it is new."""
    mask = U(tables.shape[1] - 1)
    slot = h & mask
    while True:
        if tables[field, slot] < 0:
            tables[field, slot] = count
            distinct[field, count, 0] = h
            distinct[field, count, 1] = start
            distinct[field, count, 2] = length
            return count
        code = U(tables[field, slot])
        known = distinct[field, code, 2] == length and distinct[field, code, 0] == h
        if known and is_same(octets, distinct[field, code, 1], start, length):
            return U(code)
        slot = (slot + _ONE) & mask
