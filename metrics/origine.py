"""What counts kept in the lake were made from: they are made again only when that changed.

It must not count, nor know what the counts are.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from marking_plan.lake import Part
from metrics.engine import read_sql


def digest_origin(context: str, parts: Iterable[Part], steps: Iterable[str]) -> str:
    """One digest of the inputs: plan and referentials (`context`), files of the lake, and the SQL files that count."""
    digest = hashlib.sha256(context.encode())
    for part in parts:
        digest.update(part.sha256.encode())
    for name in steps:
        digest.update(read_sql(f"cubes/{name}").encode())
    return digest.hexdigest()


def is_made_from(mark: Path, origin: str) -> bool:
    """Whether the counts beside this mark were made from exactly these inputs."""
    return mark.exists() and json.loads(mark.read_bytes()) == {"empreinte": origin}


def write_mark(mark: Path, origin: str) -> None:
    """Say what the counts were made from: written last, so that a crash counts again."""
    mark.write_text(json.dumps({"empreinte": origin}))
