"""Decode the native dialect: one JSON object a line, with the fields of design 5.

It must not judge values: steps.py does; here a line only becomes columns and flags.
"""

from collections import Counter

import orjson
import polars as pl

from ingest.dialects.frame import RAW_SCHEMA, TEXT_FIELDS, Decoded
from ingest.sources import Block

MAX_LINE_BYTES = 16 * 1024
_KNOWN = frozenset({*TEXT_FIELDS, "instant", "opposition", "outil", "projet", "exploitant"})
# Accepted and unused today: one folder is one project, so they tell nothing that the lake doesn't know.


def decode(block: Block, champs_personnels: frozenset[str]) -> Decoded:
    """Decode a block of lines into the raw frame (one row a non-empty line) and count the fields ignored."""
    rows: list[tuple[object, ...]] = []
    ignored: Counter[str] = Counter()
    for number, line in enumerate(block.lines, block.first_line):
        if line and not line.isspace():
            rows.append(_decode_line(number, line, champs_personnels, ignored))
    return Decoded(pl.DataFrame(rows, schema=RAW_SCHEMA, orient="row"), ignored)


_UNREADABLE = (None,) * (len(TEXT_FIELDS) + 1) + (False, False, False, True)


def _decode_line(
    number: int, line: bytes, champs_personnels: frozenset[str], ignored: Counter[str]
) -> tuple[object, ...]:
    record = _parse(line)
    if record is None:
        return (number, *_UNREADABLE)
    personal = False
    if not _KNOWN.issuperset(record):
        unknown = record.keys() - _KNOWN
        personal = any(name.lower() in champs_personnels for name in unknown)
        if not personal:
            ignored.update(_printable(name) for name in unknown)
    values, invalid = _text_values(record)
    opposition = record.get("opposition") is True
    return (number, _instant_text(record.get("instant")), *values, opposition, personal, invalid, False)


def _parse(line: bytes) -> dict[str, object] | None:
    if len(line) > MAX_LINE_BYTES:
        return None
    try:
        record = orjson.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _text_values(record: dict[str, object]) -> tuple[list[str | None], bool]:
    """Text of each field; a whole number stands for its digits, anything else makes the line invalid."""
    values: list[str | None] = []
    invalid = False
    for name in TEXT_FIELDS:
        value = record.get(name)
        if value is None or type(value) is str:
            values.append(value)
        elif type(value) is int:
            values.append(str(value))
        else:
            values.append(None)
            invalid = True
    return values, invalid


def _instant_text(value: object) -> str | None:
    if value is None or type(value) is str:
        return value
    return str(value) if type(value) is int else "?"  # present but unreadable: instant_invalide


def _printable(name: str) -> str:
    return name if name.isidentifier() and len(name) <= 40 else "(autre)"
