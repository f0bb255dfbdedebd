"""How the C library keeps memory that is free: the collector's process gives it back, so that one rush doesn't weigh for ever.

It must not measure, nor bound what is asked for: bodies have bounds of their own.
"""

import ctypes
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of glibc's malloc.h
_RENDU, _ARENAS = 256 * 1024, 2  # without bounds, each thread keeps an arena and each arena what a large body took


def give_back_memory() -> None:
    """Set the allocator of this process; another C library than glibc is left as it is."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for parameter, value in ((_ARENA_MAX, _ARENAS), (_TRIM_THRESHOLD, _RENDU), (_MMAP_THRESHOLD, _RENDU)):
            libc.mallopt(parameter, value)
