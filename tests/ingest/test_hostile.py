"""Whatever bytes come: no crash, every line accounted for; and the same events count the same however they are cut."""

import gzip
import io
import json
import random
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ingest import blocks
from ingest.blocks import LINE_MAX, read_blocks
from ingest.errors import FichierIllisible
from ingest.lake.verification import verify_lake
from ingest.sources import Delivery
from marking_plan.lake import read_manifests
from tests.engine import EVENT, ingest_files, write_events

GOOD = {**EVENT, "id": "1"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
)
CHANGED = st.dictionaries(st.sampled_from([*GOOD, "nom", "x", "opposition", "appareil"]), JSON, max_size=3)
LINE = st.one_of(
    CHANGED.map(lambda change: json.dumps({**GOOD, **change}).encode()),
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"\xff\xfe" * 20,
            b'{"visiteur": "\x00"}',
            b"[" * 5_000,
            b'{"a":' * 3_000 + b"1" + b"}" * 3_000,
            json.dumps({**GOOD, "id": 10**300}).encode(),
            json.dumps(GOOD)[:-1].encode() + b', "uai": "0342332A", "uai": 5}',
            json.dumps({**GOOD, "service": "x" * 1_048_576}).encode(),
            b"\xef\xbb\xbf" + json.dumps(GOOD).encode(),
            b'{"visiteur":"' + b"\\u0000" * 50 + b'"}',
        ]
    ),
)


# What says by its first bytes that it is compressed, or Parquet, is read as such: other tests damage those.
OTHER_FORMATS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1\x15")


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=12), st.sampled_from([b"\n", b"\r\n"]))
def test_hostile_lines_never_crash_and_every_line_is_accounted_for(lines: list[bytes], end: bytes) -> None:
    content = end.join(lines)
    assume(not content.startswith(OTHER_FORMATS) and b"s=" not in content and b"hit.xiti" not in content)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "e.ndjson").write_bytes(content)
        [result] = ingest_files(Path(folder) / "d", Path(folder) / "e.ndjson")
        found = verify_lake(Path(folder) / "d", Path(folder) / "d.cles")

    manifest = result.manifest
    assert manifest.received == sum(1 for line in content.split(b"\n") if line and not line.isspace())
    assert manifest.received == manifest.kept + manifest.duplicates + manifest.refused_total
    assert (found.defauts, found.orphelins) == ([], [])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(st.binary(max_size=30), st.integers(LINE_MAX - 2, LINE_MAX + 40).map(lambda n: b"x" * n)), max_size=9
    ),
    st.integers(1, 70_000),
)
def test_blocks_hold_every_line_whatever_their_size(lines: list[bytes], size: int) -> None:
    content = b"\n".join(line.replace(b"\n", b" ") for line in lines)
    assume(not content.startswith(OTHER_FORMATS))

    blocks = [(b.first_line, b.lines, b.split()) for b in read_blocks(Delivery(io.BytesIO(content), "e"), size=size)]

    read = {first + n: line for first, _, found in blocks for n, line in enumerate(found) if line}
    expected = {n: line[: LINE_MAX + 1] for n, line in enumerate(content.split(b"\n"), 1) if line}
    assert {n: line[: LINE_MAX + 1] for n, line in read.items()} == expected
    assert all(len(line) <= 2 * LINE_MAX + size for line in read.values())


def bomb(folder: Path, compression: str) -> Path:
    """A small file that inflates to 400 MB of valid, repeated events."""
    chunk = (json.dumps(GOOD) + "\n").encode() * 40_000
    path = folder / f"bombe.{compression}"
    with pa.CompressedOutputStream(str(path), compression) as stream:
        for _ in range(400_000_000 // len(chunk)):
            stream.write(chunk)
    return path


def test_a_file_that_inflates_beyond_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_INFLATED_FREE", 32 * 1024 * 1024)

    with pytest.raises(FichierIllisible, match="fois sa taille"):
        ingest_files(tmp_path / "d", bomb(tmp_path, "zstd"))

    assert read_manifests(tmp_path / "d") == []


def test_a_compressed_line_of_200_megabytes_is_one_refused_line(tmp_path: Path) -> None:
    path = tmp_path / "e.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for _ in range(200):
            stream.write(b"0" * 1_000_000)
        stream.write(b"\n" + json.dumps(GOOD).encode())

    [result] = ingest_files(tmp_path / "d", path)

    assert (result.manifest.received, result.manifest.kept) == (2, 1)
    assert result.manifest.refused == {"ligne_illisible": 1}


def test_the_same_events_in_another_order_and_other_files_count_the_same(tmp_path: Path) -> None:
    rng = random.Random(5)
    instants = [f"2025-10-{day:02}T{hour:02}:12:33+02:00" for day in (6, 12, 13, 31) for hour in (8, 23)]
    events = [
        {**GOOD, "instant": rng.choice(instants), "visiteur": f"v{rng.randrange(9)}", "id": f"{rng.randrange(300)}"}
        for _ in range(400)
    ]
    events += [{**GOOD, "uai": "?"} for _ in range(7)]
    whole = ingest_files(tmp_path / "a", write_events(tmp_path / "a.ndjson", events))

    rng.shuffle(events)
    cuts = [events[:13], events[13:250], events[250:]]
    pieces = ingest_files(
        tmp_path / "b", *(write_events(tmp_path / f"b{n}.ndjson", piece) for n, piece in enumerate(cuts))
    )

    totals = [
        tuple(
            sum(getattr(r.manifest, name) for r in results)
            for name in ("received", "kept", "duplicates", "refused_total")
        )
        for results in (whole, pieces)
    ]
    assert totals[0] == totals[1]
    assert totals[0][0] == 407
