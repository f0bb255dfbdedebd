"""Slow senders, senders that leave, and senders that go too fast (trust.md C10, C12) hold nobody else up."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.collecte.envois import SITE, Editeur, build_batch, build_beacon, describe_site, make_lines
from tests.ingest.collecte.servi.outils import Essai, Fil

LENTS = 60 * int(os.environ.get("DNMA_HOSTILE", "1"))
VITE_S = 5.0  # far below the ten seconds that headers are waited for, on a busy machine


@pytest.fixture
def lents() -> Iterator[list[Fil]]:
    """Connections that the test leaves half-way, closed after it."""
    fils: list[Fil] = []
    yield fils
    for fil in fils:
        fil.close()


@pytest.mark.parametrize(
    "debut",
    [
        b"",
        b"POST /v1/evenem",
        b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\nx: y",
        b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\ncontent-length: 8000000\r\n\r\n{",
        b"POST /v1/marquage HTTP/1.1\r\nhost: x\r\norigin: %s\r\ncontent-length: 100\r\n\r\n{" % SITE.encode(),
        b"POST /v1/evenements HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
    ],
    ids=["silent", "line", "headers", "body", "beacon", "chunk"],
)
def test_slow_senders_hold_nobody_up(essai: Essai, lents: list[Fil], debut: bytes) -> None:
    for _ in range(LENTS):
        lents.append(Fil(essai.servie.port))
        lents[-1].send(debut)
    premier = time.perf_counter()

    for n in range(5):
        assert essai.post(make_lines(90_000 + n, 1)).statut == 200
        assert essai.ask(build_beacon(n)).statut == 204
        for lent in lents:
            lent.send(b"a")

    assert time.perf_counter() - premier < VITE_S


def test_senders_that_leave_half_way_leave_nothing_behind(essai: Essai) -> None:
    requete = build_batch(essai.editeur, "coupe", make_lines(95_000, 5000))
    for part in range(40 * max(1, LENTS // 60)):
        fil = Fil(essai.servie.port)
        fil.send(requete[: len(requete) * part // 40])
        fil.close()

    assert essai.ask(requete).comptes in ((5000, 0, ()), (0, 5000, ()))
    assert all(essai.post(make_lines(101_000, 10)).statut == 200 for _ in range(20))  # what they held was released


def test_a_sender_that_goes_too_fast_is_told_when_to_come_back(essai: Essai) -> None:
    presse, table = Editeur.make("presse"), essai.dossiers.table.read_text("utf-8")
    essai.dossiers.declare(table + presse.describe(evenements_s=50))
    end = time.monotonic() + 5
    while essai.ask(build_batch(presse, "a", b"")).statut != 200:
        assert time.monotonic() < end
    lot = build_batch(presse, "trop", make_lines(110_000, 100))

    first = essai.ask(
        build_batch(presse, "plein", make_lines(109_000, 500))
    )  # ten seconds' worth: all that is in reserve
    refused, others = essai.ask(lot), essai.post(make_lines(111_000, 100))
    time.sleep(int(refused.entetes["retry-after"]))
    accepted = essai.ask(lot)

    essai.dossiers.declare(table)
    assert (first.comptes, refused.statut) == ((500, 0, ()), 429)
    assert 1 <= int(refused.entetes["retry-after"]) <= 2
    assert others.comptes == (100, 0, ())
    assert accepted.comptes == (100, 0, ())


def test_a_thousand_connections_are_served(essai: Essai) -> None:
    requetes = [build_beacon(n) for n in range(300)]
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(essai.ask, requetes))

    assert {recu.statut for recu in answers} == {204}
    assert describe_site() in essai.dossiers.table.read_text("utf-8")
