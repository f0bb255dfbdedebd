"""Make lines of the elements of a JSON array, in place: nothing is parsed, so that no body can fill the memory.

It must not judge an element: what is no JSON object is refused with its line.
"""

import numpy as np

from ingest.kernels.compiled import compiled

_QUOTE, _BACKSLASH, _COMMA, _SPACE, _LINE, _RETURN, _TAB = 34, 92, 44, 32, 10, 13, 9
_OPEN, _CLOSE, _BRACE_OPEN, _BRACE_CLOSE = 91, 93, 123, 125
DEPTH_MAX = 8  # trust.md C5, and the array itself


def split_array(octets: bytearray) -> int:
    """Number of elements, each now on its line; -1 when the bytes are no array, or hold one deeper than DEPTH_MAX."""
    return int(_split(np.frombuffer(octets, dtype=np.uint8)))


@compiled
def _split(octets):
    depth, quoted, escaped = 0, False, False
    elements, filled, closed = 0, False, False
    for n in range(len(octets)):
        octet = octets[n]
        blank = octet == _SPACE or octet == _LINE or octet == _RETURN or octet == _TAB
        if quoted:
            if octet == _LINE:
                return -1
            if escaped:
                escaped = False
            elif octet == _BACKSLASH:
                escaped = True
            elif octet == _QUOTE:
                quoted = False
            continue
        if blank:
            octets[n] = _SPACE
            continue
        if closed or (depth == 0 and octet != _OPEN):
            return -1
        if octet == _OPEN or octet == _BRACE_OPEN:
            depth += 1
            if depth > DEPTH_MAX + 1:
                return -1
            if depth == 1:
                octets[n] = _SPACE
                continue
        elif octet == _CLOSE or octet == _BRACE_CLOSE:
            depth -= 1
            if depth == 0:
                if octet != _CLOSE or (elements > 0 and not filled):
                    return -1
                octets[n] = _LINE
                closed = True
                continue
        elif octet == _COMMA and depth == 1:
            if not filled:
                return -1
            octets[n] = _LINE
            filled = False
            continue
        elif octet == _QUOTE:
            quoted = True
        if not filled:
            elements += 1
            filled = True
    return elements if closed else -1
