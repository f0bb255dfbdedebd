"""Count the lines of a buffer.

It must not look at what they say.
"""

import numpy as np

from ingest.kernels.compiled import compiled


def count_newlines(buffer: bytearray, end: int) -> int:
    """Line feeds among the first `end` bytes."""
    return int(_count(np.frombuffer(buffer, dtype=np.uint8)[:end]))


@compiled
def _count(octets):
    count = 0
    for octet in octets:
        count += octet == 10
    return count
