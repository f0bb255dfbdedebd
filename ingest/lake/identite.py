"""The keys of one lake: one for each week, month and school year, independent and kept apart (design 7; trust.md P5, P9).

It must not see a token.
"""

import fcntl
import hashlib
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import ClesAbsentes, DossierClesInvalide
from ingest.lake.files import fsync_folder, guard_disk
from ingest.lake.periodes import write_state
from marking_plan.etats import OUVERTE, Etat, read_state

KEY_BYTES = 32


class Cles:
    """The keys of open periods: made on the first event of a period, never derived from one another."""

    def __init__(self, donnees: Path, folder: Path) -> None:
        _check_folder(donnees, folder)
        self._donnees = donnees
        self._folder = folder
        self._keys: dict[str, bytes] = {}
        self._lock = threading.Lock()  # blocks of a lot are worked on by several threads

    def key(self, nom: str) -> bytes:
        """Key of a period (`semaine-2025-10-06`, `mois-2025-10`, `annee-2025-2026`); made if it was never opened.

        Raises ClesAbsentes when the period was opened with another key or its key is missing.
        """
        with self._lock:
            if nom not in self._keys:
                with _hold(self._folder):
                    self._keys[nom] = self._open(nom)
            return self._keys[nom]

    def _open(self, nom: str) -> bytes:
        state, path = read_state(self._donnees, nom), self._folder / nom
        key = path.read_bytes() if path.exists() else None
        if state is not None:
            if key is None or state.empreinte != fingerprint(key):
                raise ClesAbsentes(
                    f"La clé de la période {nom} n'est pas celle qui a servi à ses premières visites. "
                    f"Remettez le dossier de clés d'origine ({self._folder.name}) avant de recommencer."
                )
            return key
        if key is None or len(key) != KEY_BYTES:  # a kill may have left a key cut short, that nothing used yet
            path.unlink(missing_ok=True)
            key = _make_key(path)
        write_state(self._donnees, nom, Etat(etat=OUVERTE, empreinte=fingerprint(key)))
        return key


def destroy_key(folder: Path, nom: str) -> None:
    """Overwrite the key of a period, then remove it, durably; flash memory may keep traces (trust.md 1.4)."""
    path = folder / nom
    if not path.exists():
        return
    with guard_disk(f"clé {nom}"):
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        fsync_folder(folder)


def fingerprint(key: bytes) -> str:
    """Name of a key that tells nothing of it: a keyed hash of a constant (trust.md P6)."""
    return hashlib.blake2b(b"dnma-empreinte", key=key, digest_size=16).hexdigest()


@contextmanager
def _hold(folder: Path) -> Iterator[None]:
    """Let one process open keys at a time: a collector and an ingestion may meet a new period together."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _make_key(path: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    with guard_disk(f"clé {path.name}"):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        fsync_folder(path.parent)
    return key


def _check_folder(donnees: Path, folder: Path) -> None:
    """Refuse a key folder inside the data, or that others may read (trust.md P5)."""
    if folder.resolve().is_relative_to(donnees.resolve()):
        raise DossierClesInvalide(
            f"Le dossier de clés {folder} est dans le dossier des données. Choisissez un dossier à part (DNMA_CLES)."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        raise DossierClesInvalide(
            f"Le dossier de clés {folder} est ouvert à d'autres comptes. Fermez-le : chmod 700 {folder.name}."
        )
