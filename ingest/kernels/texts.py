"""Find the end of a JSON text eight bytes at a time, and give each distinct text of a field a code.

It must not accept a text with an escape or a control character: it says that it isn't plain.
"""

import numpy as np

from ingest.kernels.compiled import inlined

U = np.uint64
_ONES, _HIGH = U(0x0101010101010101), U(0x8080808080808080)
_QUOTES, _SLASHES, _SPACES = U(0x2222222222222222), U(0x5C5C5C5C5C5C5C5C), U(0x2020202020202020)
_ONE, _EIGHT = U(1), U(8)
_MULTIPLIER = U(0xFF51AFD7ED558CCD)


@inlined
def low_zero(word):
    """High bit of each zero byte; exact for the lowest one."""
    return (word - _ONES) & ~word & _HIGH


@inlined
def read_text(words, i, seed, high_allowed):
    """From the byte after a quote: (end, or 0 when the text isn't plain; hash; whether a byte is above 127)."""
    h, high = seed, U(0)
    while True:
        word = words[i]
        quote = low_zero(word ^ _QUOTES)
        bad = low_zero(word ^ _SLASHES) | ((word - _SPACES) & ~word & _HIGH)
        if not high_allowed:
            bad |= word & _HIGH
        if quote:
            low = quote & (U(0) - quote)
            before = low - _ONE
            if bad & before:
                return U(0), h, high
            rest = word & (before >> U(7))
            high |= rest & _HIGH
            h = (h ^ rest) * _MULTIPLIER
            h ^= h >> U(32)
            return i + (((before >> U(7)) & _ONES) * _ONES >> U(56)), h, high
        if bad:
            return U(0), h, high
        high |= word & _HIGH
        h = (h ^ word) * _MULTIPLIER
        h ^= h >> U(32)
        i += _EIGHT


@inlined
def is_same(octets, words, a, b, length):
    n = U(0)
    while n + _EIGHT <= length:
        if words[a + n] != words[b + n]:
            return False
        n += _EIGHT
    while n < length:
        if octets[a + n] != octets[b + n]:
            return False
        n += _ONE
    return True


@inlined
def encode(octets, words, tables, distinct, field, count, start, length, h):
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
        if known and is_same(octets, words, distinct[field, code, 1], start, length):
            return U(code)
        slot = (slot + _ONE) & mask
