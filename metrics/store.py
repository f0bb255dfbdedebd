"""Files of the publications: the next number, a new file built aside, the pointer, and the old ones let go.

It must not know what a publication contains.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from metrics.errors import PublicationAbsente

_POINTER = "courant"
_ROW_GROUP = 16_384  # DuckDB's own is 122,880


def find_current(donnees: Path) -> Path | None:
    """File of the publication in force, if there is one."""
    pointer = donnees / "publication" / _POINTER
    return pointer.with_name(pointer.read_text("utf-8").strip()) if pointer.exists() else None


def current_publication(donnees: Path) -> Path:
    """The same. Raises PublicationAbsente when there is none."""
    current = find_current(donnees)
    if current is None:
        raise PublicationAbsente(f"Aucune publication dans {donnees}. Lancez d'abord « dnma publish ».")
    return current


def next_number(donnees: Path) -> int:
    """Number after the highest one ever seen in the folder."""
    return max((_number(path) for path in (donnees / "publication").glob("dnma-*.duckdb")), default=0) + 1


@contextmanager
def new_publication(
    connection: duckdb.DuckDBPyConnection, donnees: Path, numero: int, base: Path | None
) -> Iterator[Path]:
    """Attach a new file, or a copy of `base`, as the place where tables are made; give it its name only once it is whole.

    Written with an older storage version so that analysts' tools open it (stack.md 1), in groups of rows small enough for
    one territory's to lie in a few of each week: a board skips the others.
    """
    path = donnees / "publication" / f"dnma-{numero}.duckdb"
    temporary = path.with_name(f".{path.name}.tmp")
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary.unlink(missing_ok=True)
    if base is not None:
        shutil.copyfile(base, temporary)
    quoted = str(temporary).replace("'", "''")
    connection.execute(
        f"ATTACH '{quoted}' AS publication_neuve (STORAGE_VERSION 'v1.2.0', ROW_GROUP_SIZE {_ROW_GROUP})"
    )
    connection.execute("USE publication_neuve")
    yield path
    connection.execute("USE memory")
    connection.execute("CHECKPOINT publication_neuve")
    connection.execute("DETACH publication_neuve")
    fsync(temporary)
    temporary.replace(path)
    fsync(path.parent)


def point_to(path: Path, kept: int) -> None:
    """Make `path` the publication in force and drop all but the last `kept`."""
    pointer = path.with_name(_POINTER)
    temporary = path.with_name(f".{_POINTER}.tmp")
    temporary.write_text(f"{path.name}\n", "utf-8")
    fsync(temporary)
    temporary.replace(pointer)
    fsync(path.parent)
    for old in sorted(path.parent.glob("dnma-*.duckdb"), key=_number)[:-kept]:
        old.unlink()


def _number(path: Path) -> int:
    text = path.stem.removeprefix("dnma-")
    return int(text) if text.isdigit() else 0


def fsync(path: Path) -> None:
    """Make a file, or the names in a folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
