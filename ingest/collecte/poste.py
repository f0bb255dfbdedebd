"""One thread that takes whatever requests wait, has them judged together, and answers once all is on the disk.

It must not know HTTP, nor judge. Requests that wait share one pass and one wait for the disk: the busier, the more of them.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from ingest.collecte.groupe import Envoi, Juge, Verdict
from ingest.collecte.paquet import pack_done
from ingest.errors import FilePleine, JournalArrete
from ingest.journal.segments import Journal

GROUPE_OCTETS = 2 * 1024 * 1024  # lines that share a pass
ATTENTE_OCTETS = 4 * GROUPE_OCTETS  # lines that may wait: beyond, senders are asked to come back (backpressure)
SEGMENT_OCTETS = 64 * 1024 * 1024
# Under load, how long others may join, and the pause after which no more are expected: a group costs two milliseconds, however small.
_ATTENDRE_S, _PAUSE_S, _PEU_OCTETS = 0.012, 0.002, 1024 * 1024

_INTERNE = (
    "La collecte s'est arrêtée sur une erreur interne : rien de cet envoi n'est accepté. Elle redémarre, renvoyez-le."
)


class Promesse(Protocol):
    """What a request waits on: a future of a thread, or of a coroutine."""

    def cancelled(self) -> bool: ...
    def set_result(self, verdict: Verdict, /) -> None: ...
    def set_exception(self, error: Exception, /) -> None: ...


Attente = tuple[Envoi, Promesse]
Deliver = Callable[[Callable[[], None]], object]


def answer_here(answer: Callable[[], None]) -> None:
    """Answer on the post's own thread."""
    answer()


class Poste:
    """`submit`, `rotate` and `stop` may be called from any thread; `run` works until `stop`, on one. `defaut`: what ended it before.

    `deliver` has the answers of a group given where they are waited for: an event loop is woken once a group.
    """

    def __init__(self, juge: Juge, journal: Journal, deliver: Deliver = answer_here) -> None:
        self._juge, self._journal, self._deliver = juge, journal, deliver
        self._waiting: deque[Attente] = deque()
        self._octets = 0
        self._lock = threading.Condition()
        self._stopped = self._rotation = self._ended = self._crowded = False
        self.defaut: JournalArrete | None = None

    @property
    def octets_en_attente(self) -> int:
        """Bytes of lines that wait."""
        return self._octets

    @property
    def octets_du_segment(self) -> int:
        """Bytes of the segment being written."""
        return self._journal.octets

    def submit(self, envoi: Envoi, promesse: Promesse) -> None:
        """Take a request, and promise what will become of it. Raises FilePleine when too much waits, JournalArrete after a failure."""
        with self._lock:
            if self.defaut is not None:
                raise self.defaut
            if self._stopped or self._octets + len(envoi.lignes) > ATTENTE_OCTETS:
                raise FilePleine("Trop d'envois attendent d'être écrits. Recommencez dans quelques secondes.")
            self._octets += len(envoi.lignes)
            self._waiting.append((envoi, promesse))
            if len(self._waiting) == 1:
                self._lock.notify_all()

    def rotate(self) -> None:
        """Close the segment being written, so that it is handed over; returns once it is, or once `run` has ended."""
        with self._lock:
            self._rotation = True
            self._lock.notify_all()
            self._lock.wait_for(lambda: not self._rotation or self._ended)

    def stop(self) -> None:
        """Answer what waits, close the segment, and leave `run`."""
        with self._lock:
            self._stopped = True
            self._lock.notify_all()

    def run(self) -> None:
        """Answer requests until `stop`, or until a failure: it is answered to all that wait, then to all that come."""
        group: list[Attente] = []
        try:
            while not self._done():
                group = self._take()
                self._answer(group)
                if self._rotation or self._journal.octets > SEGMENT_OCTETS:
                    self._close_segment()
            self._close_segment()
        except Exception as error:  # whatever it is, nobody may be left waiting, nor told "accepted"
            self._fail(group, error)
        finally:
            with self._lock:
                self._ended = True
                self._lock.notify_all()

    def _close_segment(self) -> None:
        self._journal.close_segment()
        with self._lock:
            self._rotation = False
            self._lock.notify_all()

    def _done(self) -> bool:
        with self._lock:
            return self._stopped and not self._waiting

    def _take(self) -> list[Attente]:
        """All that waits, within the size of a group; nothing when there is something else to do."""
        with self._lock:
            while not (self._waiting or self._stopped or self._rotation):
                self._lock.wait()
        if self._crowded:
            self._let_join()
        with self._lock:
            group: list[Attente] = []
            octets = 0
            while self._waiting and (not group or octets + len(self._waiting[0][0].lignes) <= GROUPE_OCTETS):
                group.append(self._waiting.popleft())
                octets += len(group[-1][0].lignes)
            self._octets -= octets
            self._crowded = len(group) > 1
            return group

    def _let_join(self) -> None:
        """Wait while others still come, not once they pause: they may all be waiting already."""
        fin, avant = time.monotonic() + _ATTENDRE_S, 0
        while avant < self._octets < _PEU_OCTETS and time.monotonic() < fin and not (self._stopped or self._rotation):
            avant = self._octets
            time.sleep(_PAUSE_S)

    def _answer(self, group: list[Attente]) -> None:
        if not group:
            return
        dones, verdicts = self._juge.judge([envoi for envoi, _ in group])
        self._journal.write([pack_done(done, self._juge.plan_version) for done in dones])
        answered = [(promesse, verdict) for (_, promesse), verdict in zip(group, verdicts, strict=True)]
        self._deliver(partial(_keep_promises, answered))
        group.clear()

    def _fail(self, group: list[Attente], error: Exception) -> None:
        defaut = error if isinstance(error, JournalArrete) else JournalArrete(_INTERNE)
        defaut.__cause__ = None if defaut is error else error
        with self._lock:
            self.defaut = defaut
            group += self._waiting
            self._waiting.clear()
            self._octets = 0
        self._deliver(partial(_keep_promises, [(promesse, defaut) for _, promesse in group]))


def _keep_promises(answered: Sequence[tuple[Promesse, Verdict | Exception]]) -> None:
    for promesse, outcome in answered:
        if promesse.cancelled():  # the sender went away
            continue
        if isinstance(outcome, Exception):
            promesse.set_exception(outcome)
        else:
            promesse.set_result(outcome)
