"""The publication in force, opened once for all readers, and the boards already read from it.

It must not know who reads: what it remembers is the same for everybody, and Lecteur restricts it afterwards.
"""

import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Protocol, TypeVar

from marking_plan import MarkingPlan
from metrics.lecture.edition import Edition, open_edition
from metrics.lecture.perimetre import Perimetre, resolve_portee
from metrics.lecture.souvenirs import Souvenirs
from metrics.store import current_publication
from metrics.tableau import Portee

# Results remembered: boards and weekly cuts of some hundreds of kilobytes each, and small parts that boards share.
_BOARDS, _PARTS, _COUPES = 256, 512, 64
T = TypeVar("T")


class Recall(Protocol):
    """What remembers a result of the publication being read, under a key."""

    def __call__(self, key: Hashable, compute: Callable[[], T]) -> T: ...


class Editions:
    """Shared by all requests: thread-safe. `boards` counts those that were read and those that were remembered."""

    def __init__(self, donnees: Path, plan: MarkingPlan) -> None:
        self._donnees, self._plan = donnees, plan
        self._opening = threading.Lock()
        self._edition: Edition | None = None
        self._ahead = False
        self.boards, self._parts, self._coupes = Souvenirs(_BOARDS), Souvenirs(_PARTS), Souvenirs(_COUPES)

    def current(self) -> Edition:
        """The publication in force. While one thread opens a new one, the others go on with the former; when publications
        are taken up ahead, all do until it is warm."""
        edition = self._edition
        if edition is not None and self._ahead:
            return edition
        path = current_publication(self._donnees)
        if edition is not None and edition.path == path:
            return edition
        if not self._opening.acquire(blocking=edition is None):
            assert edition is not None
            return edition
        try:
            if self._edition is None or self._edition.path != path:
                self._edition = open_edition(path, self._plan)
            return self._edition
        finally:
            self._opening.release()

    def take_up(self, path: Path | None, warm: Callable[[Edition], None]) -> None:
        """Open a publication, warm it, then give it to readers; to those who have none, as soon as it is open. None: there is
        no publication any more, and readers are told."""
        self._ahead, former = True, self._edition
        if path is None:
            self._edition = None
            return
        with self._opening:
            edition = self._edition
            if edition is None or edition.path != path:
                edition = open_edition(path, self._plan)
            self._edition = former or edition
        try:
            warm(edition)
        finally:
            self._edition = edition

    def perimetre(self, edition: Edition, portee: Portee) -> Perimetre:
        """What a Portee opens of a publication."""
        return self.recall(edition, portee, lambda: resolve_portee(edition, portee))

    def recall(self, edition: Edition, key: Hashable, compute: Callable[[], T]) -> T:
        """A part that boards of a publication share, remembered under a key that doesn't depend on who reads."""
        return self._parts.recall((edition.publication.numero, key), compute)

    def recall_coupes(self, edition: Edition, key: Hashable, compute: Callable[[], T]) -> T:
        """Cuts of a node, remembered in the same way: fewer, for they are heavier."""
        return self._coupes.recall((edition.publication.numero, key), compute)

    def recall_board(self, edition: Edition, key: Hashable, compute: Callable[[], T]) -> T:
        """A whole board, remembered in the same way and counted."""
        return self.boards.recall((edition.publication.numero, key), compute)
