"""Connections that send prepared requests one after the other, and time each answer; one process, a thread a connection.

It must not make a request: that is done beforehand (envois.py).
"""

import socket
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

_LU = 65536
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Reponse:
    """One answer; `duree_s` from the first byte sent to the last one received."""

    statut: int
    corps: bytes
    duree_s: float


class Connexion:
    """One connection, kept. Raises OSError when the server goes away."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> Reponse:
        """The answer to a request."""
        debut = time.perf_counter()
        self._socket.sendall(request)
        recu = b""
        while (fin := recu.find(b"\r\n\r\n")) < 0:
            recu += self._receive()
        total = fin + 4 + _content_length(recu[:fin])
        while len(recu) < total:
            recu += self._receive()
        return Reponse(int(recu[9:12]), recu[fin + 4 :], time.perf_counter() - debut)

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def _receive(self) -> bytes:
        piece = self._socket.recv(_LU)
        if not piece:
            raise ConnectionResetError
        return piece


def _content_length(entetes: bytes) -> int:
    place = entetes.lower().find(b"content-length:")
    return int(entetes[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0


def fire(port: int, requests: Sequence[Sequence[bytes]]) -> tuple[list[Reponse], float]:
    """Answers to all requests, a connection for each sequence, and the seconds that the whole took."""
    with ThreadPoolExecutor(len(requests)) as pool:
        debut = time.perf_counter()
        answers = list(pool.map(lambda mine: _send(port, mine), requests))
        return [answer for some in answers for answer in some], time.perf_counter() - debut


def _send(port: int, requests: Iterable[bytes]) -> list[Reponse]:
    connexion = Connexion(port)
    try:
        return [connexion.ask(request) for request in requests]
    finally:
        connexion.close()
