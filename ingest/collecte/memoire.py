"""What the collector's process keeps resident: memory that is free goes back, and so does the compiler once it has served.

It must not measure, nor bound what is asked for: bodies have bounds of their own. Where it can do nothing, it does nothing.
"""

import ctypes
import gc
from contextlib import suppress
from pathlib import Path

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # of glibc's malloc.h
_RENDU, _ARENAS = 256 * 1024, 2  # without bounds, each thread keeps an arena and each arena what a large body took
_DONTNEED = 4  # of Linux's mman.h: the pages go, and are read from their file again if they are ever needed
_COMPILER = "libllvmlite.so"


def give_back_memory() -> None:
    """Set the allocator of this process; another C library than glibc is left as it is."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for parameter, value in ((_ARENA_MAX, _ARENAS), (_TRIM_THRESHOLD, _RENDU), (_MMAP_THRESHOLD, _RENDU)):
            libc.mallopt(parameter, value)


def let_go_of_the_start() -> None:
    """Give back what starting took: 50 MiB of the compiler's code, which loaded kernels do without, and freed memory.

    Code alone is let go of, never data: its pages are those of the file, whoever maps them.
    """
    gc.collect()
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for line in Path("/proc/self/maps").read_text().splitlines():
            if line.endswith(_COMPILER) and " r-xp " in line:
                debut, fin = (int(place, 16) for place in line.split(maxsplit=1)[0].split("-"))
                libc.madvise(ctypes.c_void_p(debut), ctypes.c_size_t(fin - debut), _DONTNEED)
        libc.malloc_trim(ctypes.c_size_t(0))
