"""How fast a sender may go: a bucket that fills at a steady rate and that each event empties (trust.md C10).

It must not know who the sender is.
"""

import math
import time
from collections.abc import Callable

from ingest.errors import DebitDepasse

RESERVE_S = 10  # a burst may take so many seconds' worth at once


class Debit:
    """Not thread-safe: the event loop alone takes from it."""

    def __init__(self, par_seconde: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = par_seconde, clock
        self._level, self._seen = float(par_seconde * RESERVE_S), clock()

    def take(self, nombre: int) -> None:
        """Let so many events pass. Raises DebitDepasse; a batch larger than the reserve passes when it is full, and empties it."""
        now = self._clock()
        full = float(self._rate * RESERVE_S)
        self._level, self._seen = min(full, self._level + (now - self._seen) * self._rate), now
        missing = min(nombre, full) - self._level
        if missing > 0:
            wait = math.ceil(missing / self._rate)
            raise DebitDepasse(
                f"Plus de {self._rate} événements par seconde. Renvoyez le même lot dans {wait} s (Retry-After).", wait
            )
        self._level -= nombre
