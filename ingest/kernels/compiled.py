"""The one place that touches the compiler: numba turns a function on arrays into machine code that needs no interpreter lock.

It must not hold logic. `_nrt` is off: arrays come from the caller, and counting references to them took half of the time.
"""

import importlib
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., object])
_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False}


def _do_without_blas() -> None:
    """Have the compiler set up without linear algebra, which no kernel uses: scipy's costs half a second and 15 MiB."""
    if "scipy.linalg" in sys.modules:
        return
    sys.modules["scipy.linalg"] = None  # type: ignore[assignment]  # what the import system takes for "not there"
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules["scipy.linalg"]


_do_without_blas()


def compiled(function: F) -> F:
    """Compile at the first call, keep the result on disk beside the module, and run without the interpreter lock."""
    result: F = numba.njit(cache=True, **_OPTIONS)(function)
    return result


def inlined(function: F) -> F:
    """The same for a helper that its callers take in whole."""
    result: F = numba.njit(forceinline=True, **_OPTIONS)(function)
    return result
