"""Bodies are read within bounds, whatever they inflate to."""

import gzip
import tracemalloc

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from ingest.collecte.corps import EVENEMENTS_MAX, INFLATED_MAX, read_lines
from ingest.errors import CorpsRefuse

ENCODAGES = {"identity": lambda octets: octets, "gzip": gzip.compress, "zstd": zstandard.ZstdCompressor().compress}
EVENTS = [{"uai": "0342332A", "visiteur": f"v{n}", "service": "Café\u202f!\n"} for n in range(20)]


@pytest.mark.parametrize("encodage", ENCODAGES)
@pytest.mark.parametrize("array", [True, False], ids=["array", "lines"])
def test_lines_and_arrays_give_the_same_events(encodage: str, array: bool) -> None:
    texte = orjson.dumps(EVENTS) if array else b"\n".join(orjson.dumps(event) for event in EVENTS)

    lignes, nombre = read_lines(ENCODAGES[encodage](texte), encodage)

    assert [orjson.loads(ligne) for ligne in lignes.splitlines()] == EVENTS
    assert nombre == len(EVENTS)


def test_members_of_a_gzip_body_follow_each_other() -> None:
    halves = [b"".join(orjson.dumps(event) + b"\n" for event in part) for part in (EVENTS[:10], EVENTS[10:])]

    assert read_lines(b"".join(gzip.compress(half) for half in halves), "gzip")[1] == 20


@pytest.mark.parametrize("encodage", ["gzip", "zstd"])
@pytest.mark.parametrize("content", [bytes(1 << 20), b'{"uai":"0342332A"}\n' * 55_000], ids=["zeros", "events"])
def test_a_bomb_stops_early(encodage: str, content: bytes) -> None:
    chunk = ENCODAGES[encodage](content)
    bomb = chunk * 400
    tracemalloc.start()
    with pytest.raises(CorpsRefuse) as refused:
        read_lines(bomb, encodage)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert refused.value.statut == 413
    assert peak < 2 * INFLATED_MAX


def test_a_window_too_large_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=26)
    body = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    octets = body.compress(bytes(range(256)) * 4096) + body.flush()

    with pytest.raises(CorpsRefuse) as refused:
        read_lines(octets, "zstd")

    assert refused.value.statut == 400


@pytest.mark.parametrize(
    ("body", "encodage", "statut"),
    [
        (b"{}\n" * (EVENEMENTS_MAX + 1), "", 413),
        (b"[" + b"{}," * EVENEMENTS_MAX + b"{}]", "", 413),
        (b"[1, 2", "", 400),
        (b"{}", "br", 415),
        (gzip.compress(b"{}\n")[:-3], "gzip", 400),
        (zstandard.ZstdCompressor().compress(b"{}\n")[:-3], "zstd", 400),
        (b"no gzip", "gzip", 400),
    ],
)
def test_what_is_no_body_is_refused_with_its_status(body: bytes, encodage: str, statut: int) -> None:
    with pytest.raises(CorpsRefuse) as refused:
        read_lines(body, encodage)

    assert refused.value.statut == statut


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "zstd"]))
def test_any_bytes_are_read_or_refused(body: bytes, encodage: str) -> None:
    try:
        lignes, nombre = read_lines(body, encodage)
    except CorpsRefuse:
        return
    assert lignes.count(b"\n") == nombre
