"""The audit file as commands write and read it: what was exported exactly and purged, when and why (trust.md A16).

It must not hold a person's data, nor a figure of a school.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import orjson

from ingest.lake.files import guard_disk
from marking_plan.audit import FICHIER, append_line


def append_audit(donnees: Path, now: datetime, commande: str, details: dict[str, object]) -> None:
    """Add a line, durable when this returns. Raises DisquePlein."""
    with guard_disk(FICHIER, "sans cette trace, la commande ne s'achève pas"):
        append_line(donnees, now, commande, details)


def read_audit(donnees: Path) -> list[tuple[datetime | None, bytes]]:
    """Every line with its instant; a line that a kill cut short has that of the next one, none when it is the last."""
    path = donnees / FICHIER
    lines = path.read_bytes().splitlines() if path.exists() else []
    dated: list[tuple[datetime | None, bytes]] = []
    following: datetime | None = None
    for line in reversed([line for line in lines if line.strip()]):
        following = _read_instant(line) or following
        dated.append((following, line))
    return dated[::-1]


def join_lines(lines: Sequence[bytes]) -> bytes:
    """Content of the file made of these lines."""
    return b"".join(line + b"\n" for line in lines)


def _read_instant(line: bytes) -> datetime | None:
    try:
        return datetime.fromisoformat(orjson.loads(line)["instant"])
    except (ValueError, KeyError, TypeError):
        return None
