"""Bodies are read within bounds, whatever they inflate to."""

import gzip
import secrets
import tracemalloc

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from ingest.collecte.corps import EVENEMENTS_MAX, MORCEAU, TABLEAU_MAX, read_body
from ingest.errors import CorpsRefuse


def read_lines(corps: bytes, encodage: str) -> tuple[bytes, int]:
    """All lines of a body, and how many."""
    morceaux = list(read_body(corps, encodage).morceaux)
    return b"".join(morceau.lignes for morceau in morceaux), sum(morceau.nombre for morceau in morceaux)


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
    bomb = ENCODAGES[encodage](content) * 400
    tracemalloc.start()
    with pytest.raises(CorpsRefuse) as refused:
        read_lines(bomb, encodage)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert refused.value.statut == 413
    assert peak < 3 * TABLEAU_MAX


def test_a_window_too_large_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=26)
    body = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    octets = body.compress(bytes(range(256)) * 4096) + body.flush()

    with pytest.raises(CorpsRefuse) as refused:
        read_lines(octets, "zstd")

    assert refused.value.statut == 400


REFUSED = {
    "too many lines": (b"{}\n" * (EVENEMENTS_MAX + 1), "", 413),
    "too many elements": (b"[" + b"{}," * EVENEMENTS_MAX + b"{}]", "", 413),
    "open array": (b"[1, 2", "", 400),
    "hole in an array": (b"[1,, 2]", "", 400),
    "comma at the end": (b"[1, 2,]", "", 400),
    "something after an array": (b"[1, 2] 3", "", 400),
    "too deep": (b"[" * 50 + b"]" * 50, "", 400),
    "array too large": (b"[" + b" " * (9 << 20) + b"]", "", 413),
    "line without end": (b"x" * (3 << 20), "", 413),
    "many gzip members": (b"".join([gzip.compress(b"")] * 2000), "gzip", 413),
    "many zstd frames": (b"".join([zstandard.ZstdCompressor().compress(b"")] * 2000), "zstd", 413),
    "unknown encoding": (b"{}", "br", 415),
    "gzip cut short": (gzip.compress(b"{}\n")[:-3], "gzip", 400),
    "zstd cut short": (zstandard.ZstdCompressor().compress(b"{}\n")[:-3], "zstd", 400),
    "no gzip": (b"no gzip", "gzip", 400),
}


@pytest.mark.parametrize(("body", "encodage", "statut"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_body_is_refused_with_its_status(body: bytes, encodage: str, statut: int) -> None:
    with pytest.raises(CorpsRefuse) as refused:
        read_lines(body, encodage)

    assert refused.value.statut == statut


def test_a_large_body_is_given_in_whole_lines_part_by_part() -> None:
    texte = b"".join(b'{"id":"%d","x":"%s"}\n' % (n, secrets.token_hex(350).encode()) for n in range(19_000))

    morceaux = list(read_body(zstandard.ZstdCompressor().compress(texte), "zstd").morceaux)

    assert b"".join(morceau.lignes for morceau in morceaux) == texte
    assert len(morceaux) > 5
    assert all(len(morceau.lignes) <= MORCEAU and morceau.lignes.endswith(b"\n") for morceau in morceaux)


JSON = st.recursive(
    st.none() | st.integers(-9, 9) | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@given(
    st.lists(JSON | st.dictionaries(st.text(max_size=3), JSON, max_size=3)), st.sampled_from([0, orjson.OPT_INDENT_2])
)
def test_each_element_of_an_array_becomes_its_line(elements: list[object], option: int) -> None:
    lignes, nombre = read_lines(orjson.dumps(elements, option=option), "")

    assert [orjson.loads(ligne) for ligne in lignes.split(b"\n") if ligne.strip()] == elements
    assert nombre == len(elements)


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "zstd"]))
def test_any_bytes_are_read_or_refused(body: bytes, encodage: str) -> None:
    try:
        lignes, nombre = read_lines(body, encodage)
    except CorpsRefuse:
        return
    assert lignes.count(b"\n") == nombre
