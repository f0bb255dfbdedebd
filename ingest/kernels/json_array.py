"""Make lines of the elements of a JSON array, in place: nothing is parsed, so that no body can fill the memory.

It must not judge an element: what is no JSON object is refused with its line.
"""

import numpy as np

from ingest.kernels.compiled import compiled, inlined

_QUOTE, _BACKSLASH, _COMMA, _SPACE, _LINE, _RETURN, _TAB = 34, 92, 44, 32, 10, 13, 9
_CLOSED = -1
_OPEN, _CLOSE, _BRACE_OPEN, _BRACE_CLOSE = 91, 93, 123, 125
DEPTH_MAX = 8  # trust.md C5, and the array itself


def split_array(octets: bytearray) -> int:
    """Number of elements, each now on its line; -1 when the bytes are no array, or hold one deeper than DEPTH_MAX."""
    return int(_split(np.frombuffer(octets, dtype=np.uint8)))


@compiled
def _split(octets):
    n, depth, elements, filled = 0, 0, 0, False
    while n < len(octets):
        octet = octets[n]
        if octet == _SPACE or octet == _LINE or octet == _RETURN or octet == _TAB:
            octets[n] = _SPACE
        elif depth <= 0:  # before the array, or after it
            if depth == _CLOSED or octet != _OPEN:
                return -1
            octets[n], depth = _SPACE, 1
        elif depth == 1 and (octet == _COMMA or octet == _CLOSE):
            if not filled and (octet == _COMMA or elements > 0):
                return -1
            octets[n], filled = _LINE, False
            depth = 1 if octet == _COMMA else _CLOSED
        else:
            elements, filled = elements + (not filled), True
            depth += _nesting(octet)
            if octet == _QUOTE:
                n = _find_end(octets, n + 1)
            if n < 0 or depth < 1 or depth > DEPTH_MAX + 1:
                return -1
        n += 1
    return elements if depth == _CLOSED else -1


@inlined
def _nesting(octet):
    if octet == _OPEN or octet == _BRACE_OPEN:
        return 1
    return -1 if octet == _CLOSE or octet == _BRACE_CLOSE else 0


@inlined
def _find_end(octets, n):
    """Place of the quote that ends a string, -1 without one on that line."""
    while n < len(octets) and octets[n] != _LINE:
        if octets[n] == _QUOTE:
            return n
        n += 2 if octets[n] == _BACKSLASH else 1
    return -1
