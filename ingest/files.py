"""Write files so that they are either whole or absent, and hold the lake's one writer lock.

It must not know what the bytes mean.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import DisquePlein, VerrouPris


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside, fsync, rename, fsync the folder: a crash leaves the old file or the new one.

    Raises DisquePlein when the system can't write.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _fsync_folder(path.parent)
    except OSError as error:
        raise DisquePlein(
            f"{path.name} n'a pas pu être écrit ({error.strerror}). Libérez de la place puis recommencez."
        ) from error


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def lake_lock(donnees: Path) -> Iterator[None]:
    """Hold the lake's writer lock; a second holder is told so at once (VerrouPris)."""
    donnees.mkdir(parents=True, exist_ok=True)
    with (donnees / ".verrou").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise VerrouPris(
                f"Une autre commande écrit déjà dans {donnees}. Attendez qu'elle finisse, puis recommencez."
            ) from error
        yield
