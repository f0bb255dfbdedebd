"""Results remembered while they are asked for, the latest ones: thread-safe, and bounded.

It must not know what a result is. Two threads that ask for the same at once both compute it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

T = TypeVar("T")


class Souvenirs:
    """At most `kept` results by key. `lectures` counts those that had to be computed, `reprises` those remembered."""

    def __init__(self, kept: int) -> None:
        self._kept, self._lock = kept, threading.Lock()
        self._memory: OrderedDict[Hashable, object] = OrderedDict()
        self.lectures = 0
        self.reprises = 0

    def recall(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Result of `compute`, remembered under a key that tells all it depends on."""
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                self.reprises += 1
                return cast("T", self._memory[key])
            self.lectures += 1
        result = compute()
        with self._lock:
            self._memory[key] = result
            while len(self._memory) > self._kept:
                self._memory.popitem(last=False)
        return result
