"""Bombs and rushes leave the collector under 256 MiB (trust.md C5), and its memory doesn't grow with what it takes in.

`make fuzz-collector` sends more of everything (DNMA_HOSTILE).
"""

import gzip
import os
import random
import time

import orjson
import pytest
import zstandard

from bench.collecte.envois import make_event, make_lines
from tests.ingest.collecte.servi.outils import Essai

MEMOIRE_MIO = 256
FOIS = int(os.environ.get("DNMA_HOSTILE", "1"))
EVENT = make_lines(0, 1)
BLOC = 128 * 1024  # the largest of zstd, four bytes when it repeats one
TABLEAU = b"[" + b"11," * (8 * 1024 * 1024 // 3 - 1) + b"1]"


def zstd(octets: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(octets)


def repeat_block(blocs: int) -> bytes:
    """A zstd frame of so many blocks that each repeat a newline."""
    tete = b"\x28\xb5\x2f\xfd\x00\x58"
    return tete + b"".join(((BLOC << 3) | 2 | (n == blocs - 1)).to_bytes(3, "little") + b"\n" for n in range(blocs))


def wide_window() -> bytes:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    body = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return body.compress(EVENT * 10_000) + body.flush()


def noise(lignes: int) -> bytes:
    rng = random.Random(3)
    return b"".join(b'{"id":"%x","x":"%s"}\n' % (n, rng.randbytes(160).hex().encode()) for n in range(lignes))


def agents(lignes: int) -> bytes:
    now = int(time.time() * 1000)
    forged = (f"Mozilla/5.0 (Linux; Android 10; K{n}) ".ljust(600, "x") for n in range(lignes))
    return b"".join(
        orjson.dumps({**make_event(n, now), "agent": agent}) + b"\n" for n, agent in enumerate(forged, 50_000)
    )


BOMBES = {
    "zeros-gzip": (gzip.compress(bytes(100 << 20), 6), "gzip", 413),
    "zeros-zstd": (zstd(bytes(1 << 30)), "zstd", 413),
    "events-gzip": (gzip.compress(EVENT * 19_000), "gzip", 413),
    "events-zstd": (zstd(EVENT * 500_000), "zstd", 413),
    "blocks-zstd": (repeat_block(64) * 900, "zstd", 413),
    "members-gzip": (gzip.compress(b"") * 4000, "gzip", 413),
    "frames-zstd": (zstd(b"") * 4000, "zstd", 413),
    "bomb-in-a-bomb": (gzip.compress(gzip.compress(bytes(50 << 20)) * 100), "gzip", 413),
    "window-zstd": (wide_window(), "zstd", 400),
    "newlines": (b"\n" * (8 << 20), "", 413),
    "elements": (TABLEAU, "", 413),
    "brackets": (b"[" * 8_000_000, "", 400),
    "one-line": (b"x" * (8 << 20), "", 413),
    "unknown": (EVENT, "br", 415),
    "two-encodings": (gzip.compress(EVENT), "gzip, gzip", 415),
}
LOURDS = {  # bodies that are let in
    "array": (b"[" + b",".join([EVENT[:-1]] * 19_000) + b"]", ""),
    "lines-that-are-no-events": (noise(19_000), ""),
    "lines-that-are-no-events-gzip": (gzip.compress(noise(19_000), 1), "gzip"),
    "agents": (agents(400), ""),
}


@pytest.mark.parametrize("bombe", BOMBES)
def test_a_bomb_is_refused_with_its_status(essai: Essai, bombe: str) -> None:
    corps, encodage, statut = BOMBES[bombe]

    assert essai.post(corps, encodage).statut == statut
    assert essai.memoire_mio() <= MEMOIRE_MIO


@pytest.mark.parametrize("lourd", LOURDS)
def test_what_is_heavy_but_sound_is_taken(essai: Essai, lourd: str) -> None:
    recu = essai.post(*LOURDS[lourd])

    assert recu.statut == 200
    refuses = recu.verdict["refuses"]
    assert isinstance(refuses, list)
    assert recu.verdict["recus"] == recu.verdict["acceptes"] + recu.verdict["doublons"] + len(refuses)  # type: ignore[operator]
    assert essai.memoire_mio() <= MEMOIRE_MIO


def test_many_bombs_at_once_leave_the_collector_light_and_at_work(essai: Essai) -> None:
    rush = [(corps, encodage) for corps, encodage, _ in BOMBES.values()] + list(LOURDS.values())

    answers = essai.post_together(rush * 3 * FOIS, fils=40)

    # 503: too much is being received, come back; 0: the answer is lost when the connection closes on what still came.
    assert {recu.statut for recu in answers} <= {200, 400, 413, 415, 503, 0}
    assert all(recu.entetes["retry-after"] for recu in answers if recu.statut == 503)
    assert essai.memoire_mio() <= MEMOIRE_MIO
    assert essai.post(make_lines(70_000, 100)).comptes == (100, 0, ())


def test_memory_is_flat_over_many_events(essai: Essai) -> None:
    lots, reached = 18 * FOIS, list[float]()
    for lot in range(lots):
        assert essai.post(make_lines(10_000_000 + lot * 5000, 5000)).statut == 200
        reached.append(essai.memoire_mio("VmRSS"))

    second, last = max(reached[lots // 3 : 2 * lots // 3]), max(reached[2 * lots // 3 :])
    assert last - second <= 8 + lots * 5000 * 32 / 3 / (1 << 20)  # what is known of each event takes 32 bytes at most
    assert essai.memoire_mio() <= MEMOIRE_MIO
