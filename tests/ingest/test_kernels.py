"""What is compiled gives exactly what the reference gives, line by line and token by token."""

import hashlib
import json
import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import PADDING, Block
from ingest.dialects.frame import Decoded
from ingest.dialects.json_lines import Decoder
from ingest.dialects.natif import fields
from ingest.kernels.blake2b import hash_tokens
from ingest.lines.batch import ABSENT, TEXTS, Batch
from marking_plan import load_plan

PLAN = load_plan()
MOTIFS = {motif.code: rank for rank, motif in enumerate(PLAN.motifs, 1)}

NAMES = [*TEXTS, "visiteur", "id", "instant", "opposition", "outil", "projet", "inconnu", "Nom", "page"]
TEXT = st.one_of(
    st.sampled_from(
        ["0342332A", "ELEVE", "é", "", " ", "2025-10-06T08:12:33.120+02:00", "2025-02-30T08:12:33Z", "a\tb"]
    ),
    st.text(max_size=12),
    st.text(alphabet='ab\x7f\u200e\\"/', max_size=20),
    st.integers(0, 140).map(lambda n: "x" * n),
)
INSTANT = st.one_of(
    st.datetimes(timezones=st.timezones()).map(lambda t: t.isoformat()),
    st.datetimes().map(lambda t: t.isoformat(timespec="milliseconds") + "+02:00"),
    st.integers(-(10**6), 10**16),
    st.from_regex(r"\A20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d(\.\d{1,11})?(Z|z|[+-]\d\d:?\d\d)?\Z"),
)
VALUE = st.one_of(
    TEXT, st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False), st.just([1])
)
RECORD = st.dictionaries(st.sampled_from(NAMES), VALUE).flatmap(
    lambda record: st.one_of(st.just(record), INSTANT.map(lambda instant: {**record, "instant": instant}))
)
ONE_LINE = st.one_of(
    st.tuples(RECORD, st.booleans(), st.sampled_from([(",", ":"), (", ", ": ")])).map(
        lambda drawn: json.dumps(drawn[0], ensure_ascii=drawn[1], separators=drawn[2]).encode("utf-8", "surrogatepass")
    ),
    RECORD.map(lambda record: (json.dumps(record)[:-1] + ', "uai": "0"}\r').encode()),
    st.binary(max_size=40).map(lambda octets: octets.replace(b"\n", b"")),
    st.just(b'{"uai": "' + b"x" * 17_000 + b'"}'),
)


def make_block(lines: list[bytes]) -> Block:
    content = b"".join(line + b"\n" for line in lines)
    return Block(1, len(lines) + 1, bytearray(content + bytes(PADDING)), len(content))


def rows_of(decoded: Decoded) -> list[dict[str, object]]:
    """Every line decoded, in order, whatever the batch it came in."""
    rows = [row for batch in decoded.batches for row in _rows_of_batch(batch)]
    return sorted(rows, key=lambda row: int(str(row["ligne"])))


def _rows_of_batch(batch: Batch) -> list[dict[str, object]]:
    buffer = batch.buffer.tobytes()
    tokens = [
        buffer[start : start + length] for start, length in zip(batch.token_start, batch.token_length, strict=True)
    ]
    columns: dict[str, list[object]] = {
        "ligne": batch.ligne.tolist(),
        "instant": batch.instant.tolist(),
        "motif": batch.motif.tolist(),
        "invalide": batch.invalide.tolist(),
        "visiteur": [tokens[code] if code >= 0 else None for code in batch.visiteur.tolist()],
        "id": [
            buffer[start : start + length] if length > 0 else None
            for start, length in zip(batch.id_start.tolist(), batch.id_length.tolist(), strict=True)
        ],
    }
    for name, field in batch.textes.items():
        columns[name] = [field.values[code] for code in field.codes.tolist()]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


@settings(max_examples=400, deadline=None)
@given(st.lists(ONE_LINE, min_size=1, max_size=8))
def test_a_block_read_at_once_gives_what_its_lines_give_one_by_one(lines: list[bytes]) -> None:
    block = make_block(lines)
    fast, slow = (Decoder(fields(PLAN.champs_personnels), MOTIFS) for _ in range(2))
    fast(block)  # the second time, ignored fields are known and take the fast way too

    at_once, one_by_one = fast(block), slow.decode_lines(list(enumerate(block.split(), 1)))

    assert rows_of(at_once) == rows_of(one_by_one)
    assert at_once.ignored == one_by_one.ignored


def test_plain_lines_take_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {"instant": 1759731153120, "uai": "0342332A", "visiteur": "v", "id": "1", "projet": None, "page": 3}
    lines = [
        json.dumps(plain).encode(),
        json.dumps({**plain, "service": "é", "opposition": False}, ensure_ascii=False).encode(),
    ]
    decode = Decoder(fields(PLAN.champs_personnels), MOTIFS)
    decode(make_block(lines))  # learns the field `page`
    monkeypatch.setattr("ingest.dialects.json_lines.decode_line", lambda *_: pytest.fail("a plain line was read alone"))

    [batch] = decode(make_block(lines)).batches

    assert batch.instant.tolist() == [1759731153120] * 2
    assert ABSENT not in batch.instant


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=128), max_size=30))
def test_the_hash_of_tokens_is_keyed_blake2b(tokens: list[bytes]) -> None:
    key = os.urandom(32)
    lengths = np.array([len(token) for token in tokens], dtype=np.int64)
    buffer = np.frombuffer(b"".join(tokens) + b"\xff" * 7, dtype=np.uint8)

    hashes = hash_tokens(buffer, np.cumsum(lengths) - lengths, lengths, key, b"visiteur").tolist()

    digests = [hashlib.blake2b(token, key=key, digest_size=8, person=b"visiteur").digest() for token in tokens]
    assert hashes == [int.from_bytes(digest, "little", signed=True) for digest in digests]
