"""Decode dialects that write one JSON object a line: plain lines all at once, the others one by one.

It must not know how a dialect names its fields, nor judge values.
"""

import secrets
from collections import Counter

import numpy as np
import orjson

from ingest.blocks import LINE_MAX, Block
from ingest.dialects.frame import Decoded, decode_rows, unreadable_row
from ingest.dialects.records import UNUSED, Fields, Outside, record_row
from ingest.kernels.json_lines import NAME_MAX, Scan, Scratch, scan_block
from ingest.lines.batch import TEXTS, Batch, Field

_ENCODED = (*TEXTS, "visiteur")
_SPECIAL = ("id", "instant", "opposition")
_LEARNED_MAX = 12
_KEYS = np.frombuffer(secrets.token_bytes(64), dtype=np.uint64)  # of the tables of distinct values


class Decoder:
    """Decodes the blocks of one lot: plain lines all at once, the others one by one, with the same result.

    Fields outside the format are learned as they come, so that a sender who adds one keeps the fast way.
    """

    def __init__(self, fields: Fields, motifs: dict[str, int]) -> None:
        self._fields = fields
        self._names = [fields.sent(name) for name in (*_ENCODED, *_SPECIAL, *UNUSED)]
        self._motifs = motifs
        self._learned: tuple[str, ...] = ()
        self._scratch = Scratch()

    def __call__(self, block: Block) -> Decoded:
        """Batches of the block's non-empty lines."""
        learned = self._learned
        names = (*self._names, *learned)
        scan = scan_block(block.content, block.end, block.lines, names, len(_ENCODED), LINE_MAX, _KEYS, self._scratch)
        lines = [
            (int(n) + block.first_line, bytes(block.content[start:end])) for n, start, end in scan.other.T.tolist()
        ]
        rest = self.decode_lines(lines)
        counts = scan.ignored[len(UNUSED) :].tolist()
        rest.ignored.update({name: count for name, count in zip(learned, counts, strict=True) if count})
        return Decoded([_batch(block, scan), *rest.batches], rest.ignored, personal=rest.personal)

    def decode_lines(self, lines: list[tuple[int, bytes]]) -> Decoded:
        """The same from lines and their numbers, one by one: slower, and the reference for what a line means."""
        outside = Outside()
        rows = [
            decode_line(number, line, self._fields, outside) for number, line in lines if line and not line.isspace()
        ]
        self._learn(outside.ignored)
        batches = [decode_rows(rows, self._motifs)] if rows else []
        return Decoded(batches, outside.ignored, personal=outside.personal)

    def _learn(self, ignored: Counter[str]) -> None:
        fit = (name for name in ignored if name.isascii() and name.isidentifier() and len(name) <= NAME_MAX)
        self._learned = tuple(dict.fromkeys((*self._learned, *fit)))[:_LEARNED_MAX]


def _batch(block: Block, scan: Scan) -> Batch:
    content, rows = block.content, len(scan.line)
    bounds = [list(zip(starts.tolist(), lengths.tolist(), strict=True)) for starts, lengths in scan.values[:-1]]
    texts = [[content[start : start + length].decode() for start, length in field] for field in bounds]
    return Batch(
        ligne=scan.line + block.first_line,
        instant=scan.instant,
        textes={name: Field([*texts[n], None], scan.codes[n]) for n, name in enumerate(TEXTS)},
        buffer=np.frombuffer(content, dtype=np.uint8),
        visiteur=scan.codes[-1],
        token_start=scan.values[-1][0],
        token_length=scan.values[-1][1],
        id_start=scan.id_start,
        id_length=scan.id_length,
        motif=np.zeros(rows, dtype=np.uint8),
        invalide=np.zeros(rows, dtype=np.bool_),
    )


def decode_line(number: int, line: bytes, fields: Fields, outside: Outside) -> tuple[object, ...]:
    """The row (RAW_SCHEMA) of one line."""
    record = _parse(line)
    return unreadable_row(number) if record is None else record_row(number, record, fields, outside)


def _parse(line: bytes) -> dict[str, object] | None:
    if len(line) > LINE_MAX:
        return None
    try:
        record = orjson.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None
