"""Watch for the next publication, and have it opened before anybody asks for it.

It must not read a figure, nor tell readers which publication to use: editions.py does, once the next one is ready.
"""

import gc
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from metrics.errors import MetricsUserError
from metrics.store import find_current

_REGARD_S = 2.0  # between two looks at the pointer
# Objects made before the collector looks: a page makes some forty thousand, which need no collector to go.
_JEUNES = 50_000
_LOG = logging.getLogger("dnma.tableaux")


class Veille:
    """Calls `take_up` whenever the pointer names another publication, in a thread once started."""

    def __init__(self, donnees: Path, take_up: Callable[[Path | None], None]) -> None:
        self._donnees, self._take_up = donnees, take_up
        self._seen: Path | None = None
        self._stopped = threading.Event()
        self._usual = gc.get_threshold()
        self._thread = threading.Thread(target=self._run, name="veille", daemon=True)

    def start(self) -> None:
        """Look from now on, at once and then every two seconds."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread, which may have an opening to finish."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()
        gc.unfreeze()
        gc.set_threshold(*self._usual)

    def look(self) -> None:
        """Take up the publication that the pointer names, if it's another. One that can't be opened is said once, and left."""
        path = None
        try:
            path = find_current(self._donnees)
            if path == self._seen:
                return
            self._take_up(path)
        except Exception as error:  # whatever it is: readers keep what they have, and the next one is waited for
            phrase = (
                "La publication %s n’a pas pu être préparée : si elle ne s’ouvre pas, celle d’avant reste affichée. %s"
            )
            told = isinstance(error, MetricsUserError)
            _LOG.error(phrase, path.name if path else "en vigueur", error, exc_info=None if told else error)
        self._seen = path
        _spare_collector()

    def _run(self) -> None:
        while True:
            self.look()
            if self._stopped.wait(_REGARD_S):
                return


def _spare_collector() -> None:
    """An open publication is hundreds of thousands of objects that last: looked through for garbage, they would hold up one page
    in twenty by a tenth of a second."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_JEUNES, *gc.get_threshold()[1:])
