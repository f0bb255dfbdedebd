"""One thread that takes whatever requests wait, has them judged together, and answers once all is on the disk.

It must not know HTTP, nor judge. Requests that wait share one pass and one wait for the disk: the busier, the more of them.
"""

import threading
from collections import deque
from concurrent.futures import Future

from ingest.collecte.groupe import Envoi, Juge, Verdict
from ingest.collecte.paquet import pack_done
from ingest.errors import FilePleine
from ingest.journal.segments import Journal

GROUPE_OCTETS = 16 * 1024 * 1024  # lines that share a pass
ATTENTE_OCTETS = 4 * GROUPE_OCTETS  # lines that may wait: beyond, senders are asked to come back (backpressure)
SEGMENT_OCTETS = 64 * 1024 * 1024

Attente = tuple[Envoi, Future[Verdict]]


class Poste:
    """`submit`, `rotate` and `stop` may be called from any thread; `run` works until `stop`, on one."""

    def __init__(self, juge: Juge, journal: Journal) -> None:
        self._juge, self._journal = juge, journal
        self._waiting: deque[Attente] = deque()
        self._octets = 0
        self._lock = threading.Condition()
        self._stopped = self._rotation = False

    def submit(self, envoi: Envoi) -> Future[Verdict]:
        """What will become of a request, or why it was not written. Raises FilePleine when too much waits already."""
        future: Future[Verdict] = Future()
        with self._lock:
            if self._stopped or self._octets + len(envoi.lignes) > ATTENTE_OCTETS:
                raise FilePleine("Trop d'envois attendent d'être écrits. Recommencez dans quelques secondes.")
            self._octets += len(envoi.lignes)
            self._waiting.append((envoi, future))
            self._lock.notify()
        return future

    def rotate(self) -> None:
        """Close the segment being written as soon as may be, so that it is handed over."""
        with self._lock:
            self._rotation = True
            self._lock.notify()

    def stop(self) -> None:
        """Answer what waits, close the segment, and leave `run`."""
        with self._lock:
            self._stopped = True
            self._lock.notify()

    def run(self) -> None:
        """Answer requests until `stop`. A group that fails answers its failure to each of its requests."""
        while not self._done():
            group = self._take()
            if group:
                self._answer(group)
            if self._rotation or self._journal.octets > SEGMENT_OCTETS:
                self._rotation = False
                self._journal.close_segment()
        self._journal.close_segment()

    def _done(self) -> bool:
        with self._lock:
            return self._stopped and not self._waiting

    def _take(self) -> list[Attente]:
        """All that waits, within the size of a group; nothing when there is something else to do."""
        with self._lock:
            while not (self._waiting or self._stopped or self._rotation):
                self._lock.wait()
            group: list[Attente] = []
            octets = 0
            while self._waiting and (not group or octets + len(self._waiting[0][0].lignes) <= GROUPE_OCTETS):
                group.append(self._waiting.popleft())
                octets += len(group[-1][0].lignes)
            self._octets -= octets
            return group

    def _answer(self, group: list[Attente]) -> None:
        try:
            dones, verdicts = self._juge.judge([envoi for envoi, _ in group])
            self._journal.write([pack_done(done) for done in dones])
        except Exception as error:  # whatever it is, nobody may be left waiting, nor told "accepted"
            for _, future in group:
                future.set_exception(error)
            self._journal.arrete = True
            return
        for (_, future), verdict in zip(group, verdicts, strict=True):
            future.set_result(verdict)
