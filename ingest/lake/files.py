"""Write files so that they are either whole or absent, and hold the lake's one writer lock.

It must not know what the bytes mean.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import DisquePlein, VerrouPris


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside, fsync, rename, fsync the folder: a crash leaves the old file or the new one.

    Raises DisquePlein when the system can't write.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    with guard_disk(path.name):
        _make_folder(path.parent)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        fsync_folder(path.parent)


def move_into(path: Path, target: Path) -> None:
    """Rename a file already on disk (fsync_file) to its place, durably. Raises DisquePlein."""
    with guard_disk(target.name):
        _make_folder(target.parent)
        path.replace(target)
        fsync_folder(target.parent)


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fsync_file(path: Path) -> None:
    """Wait until the bytes of a file are on disk."""
    _fsync(path, os.O_RDWR)


@contextmanager
def guard_disk(what: str, consequence: str = "rien de cette livraison n'est entré") -> Iterator[None]:
    """Turn the system's refusal to write `what` into one sentence, which says what it left."""
    try:
        yield
    except OSError as error:
        raise DisquePlein(
            f"{what} : écriture impossible ({error.strerror or error}). Libérez de la place puis recommencez : "
            f"{consequence}."
        ) from error


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each entry durable."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        fsync_folder(folder.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder and all in it, durably. Raises DisquePlein."""
    with guard_disk(folder.name):
        shutil.rmtree(folder)
        fsync_folder(folder.parent)


def fsync_folder(folder: Path) -> None:
    """Wait until the entries of a folder are on disk."""
    _fsync(folder, os.O_RDONLY)


def _fsync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
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
