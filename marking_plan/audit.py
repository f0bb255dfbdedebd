"""The audit file's contract, shared by the commands and the boards: lines only added, each bearing the digest of the one before.

It must not hold a person's data beyond the subject of a right, nor a figure of a school (trust.md A16).
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import orjson

FICHIER = "audit.jsonl"
ORIGINE = "0" * 64  # what the very first line bears
_REACH = 65_536  # read back at first: far more than most lines


@contextmanager
def hold_audit(donnees: Path) -> Iterator[int]:
    """One writer at a time, by a lock on the folder itself (given open): the boards add lines while a command purges."""
    handle = os.open(donnees, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def append_line(donnees: Path, now: datetime, commande: str, details: dict[str, object]) -> None:
    """Add a line, durable when this returns. Raises OSError; the caller then doesn't do what it wanted traced."""
    path = donnees / FICHIER
    with hold_audit(donnees) as folder:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            last, torn = _read_last(handle)
            record = {"instant": now.astimezone(UTC), "commande": commande, **details, "precedent": _digest(last)}
            line = orjson.dumps(record) + b"\n"
            _write_whole(handle, b"\n" + line if torn else line)
            os.fsync(handle)
        finally:
            os.close(handle)
        os.fsync(folder)


def _write_whole(handle: int, data: bytes) -> None:
    """All of it: the system may take less at once than it is given. Raises OSError where it takes no more."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def find_breaks(lines: Sequence[bytes]) -> list[int]:
    """Numbers (from 1) of the lines that don't follow from the one before: edited, dropped or moved lines show there.

    Lines written before the chain bear no digest: they may only come first. The first line left by a purge follows from
    one that is gone, which the purge's own line names (`ancre`). What nothing follows yet can't be told.
    """
    records = [_parse(line) for line in lines]
    anchors = {str(record["ancre"]) for record in records if record and "ancre" in record}
    broken, previous, chained = [], b"", False
    for number, (line, record) in enumerate(zip(lines, records, strict=True), 1):
        claimed = record.get("precedent") if record else None
        if claimed is None:
            cut_short = record is None  # by a kill: the next line follows from it
            if chained and not cut_short:
                broken.append(number)
        elif claimed != _digest(previous) and not (number == 1 and claimed in anchors):
            broken.append(number)
        chained, previous = chained or claimed is not None, line
    return broken


def read_anchor(donnees: Path) -> str:
    """What the first line of the file follows from: said by a purge, so that the lines it took aren't missed."""
    path = donnees / FICHIER
    first = path.read_bytes().split(b"\n", 1)[0] if path.exists() else b""
    return str((_parse(first) or {}).get("precedent", ORIGINE))


def _read_last(handle: int) -> tuple[bytes, bool]:
    """The last line, and whether a kill cut it short."""
    size, reach, tail = os.fstat(handle).st_size, _REACH, b""
    while len(tail) < size and b"\n" not in tail.rstrip(b"\n"):  # a whole line: a person may hold thousands of nodes
        tail = os.pread(handle, reach, max(0, size - reach))
        reach *= 2
    return tail.rstrip(b"\n").rsplit(b"\n", 1)[-1], bool(tail) and not tail.endswith(b"\n")


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest() if line else ORIGINE


def _parse(line: bytes) -> dict[str, object] | None:
    try:
        record = orjson.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None
