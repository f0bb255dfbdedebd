"""What hostile senders do to a served collector: whole requests, halves of them, many at once; and what its process weighs.

It must not judge an answer: the tests do.
"""

import re
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import orjson

from bench.collecte.envois import Editeur, build_batch, build_request
from bench.collecte.servie import Dossiers, Servie

HOTE = "127.0.0.1"
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Recu:
    """One answer."""

    statut: int
    entetes: dict[str, str]
    corps: bytes

    @property
    def verdict(self) -> dict[str, object]:
        """What it says, read."""
        read: dict[str, object] = orjson.loads(self.corps)
        return read

    @property
    def comptes(self) -> tuple[object, object, object]:
        """Events accepted, repeats, refused by index."""
        assert self.statut == 200, self.corps
        refuses = self.verdict["refuses"]
        assert isinstance(refuses, list)
        return (
            self.verdict["acceptes"],
            self.verdict["doublons"],
            tuple((refus["index"], refus["motif"]) for refus in refuses),
        )


class Fil:
    """One connection, on which anything may be sent."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOTE, port), timeout=PATIENCE_S)
        self._recu = b""

    def send(self, octets: bytes) -> None:
        """Send; a server that has had enough already is no matter, its answer tells."""
        with suppress(ConnectionError):
            self._socket.sendall(octets)

    def receive(self, head: bool = False) -> Recu:
        """The next answer; status 0 when the connection ends without one. `head`: it bears no body."""
        while (fin := self._recu.find(b"\r\n\r\n")) < 0:
            if not self._more():
                return Recu(0, {}, self._recu)
        lines = self._recu[:fin].decode("latin-1").split("\r\n")
        entetes = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        self._recu = self._recu[fin + 4 :]
        total = 0 if head else int(entetes.get("content-length", "0"))
        while len(self._recu) < total and self._more():
            pass
        corps, self._recu = self._recu[:total], self._recu[total:]
        return Recu(int(lines[0].split()[1]), entetes, corps)

    def close(self) -> None:
        """Leave, at once."""
        self._socket.close()

    def _more(self) -> bool:
        try:
            piece = self._socket.recv(65536)
        except ConnectionError:
            return False
        self._recu += piece
        return bool(piece)


@dataclass(frozen=True, slots=True)
class Essai:
    """A collector that hostile senders are let loose on, and the vendor that it knows."""

    dossiers: Dossiers
    servie: Servie
    editeur: Editeur

    def ask(self, requete: bytes, head: bool = False) -> Recu:
        """The answer to a request, on a connection of its own."""
        fil = Fil(self.servie.port)
        try:
            fil.send(requete)
            return fil.receive(head)
        finally:
            fil.close()

    def get(self, chemin: str, methode: str = "GET", **entetes: str) -> Recu:
        """The answer to a request without a body."""
        return self.ask(build_request(methode, chemin, entetes), methode == "HEAD")

    def post(self, corps: bytes, encodage: str = "", identifiant: str = "essai") -> Recu:
        """The answer to a batch of the vendor's."""
        return self.ask(build_batch(self.editeur, identifiant, corps, encodage))

    def post_together(self, corps: Sequence[tuple[bytes, str]], fils: int = 16) -> list[Recu]:
        """The answers to batches that many connections send at once."""
        with ThreadPoolExecutor(fils) as pool:
            return list(pool.map(lambda one: self.post(*one), corps))

    @property
    def ouvrier(self) -> int:
        """The process that answers."""
        [pid] = self.servie.workers()
        return pid

    def memoire_mio(self, mesure: str = "VmHWM") -> float:
        """What the process that answers weighs, at most since it started (VmHWM) or now (VmRSS)."""
        found = re.search(rf"{mesure}:\s+(\d+) kB", Path(f"/proc/{self.ouvrier}/status").read_text())
        assert found
        return int(found[1]) / 1024

    def files(self) -> dict[Path, bytes]:
        """All that the collector wrote: data, keys, traces."""
        roots = (self.dossiers.donnees, self.dossiers.cles)
        found = [path for root in roots for path in root.rglob("*") if path.is_file()]
        return {path: path.read_bytes() for path in (*found, self.servie.journal)}


def lines(events: Sequence[dict[str, object]]) -> bytes:
    """Events as lines."""
    return b"".join(orjson.dumps(event) + b"\n" for event in events)


send_request = partial(build_request, "POST", "/v1/evenements")
