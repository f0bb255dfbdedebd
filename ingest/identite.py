"""Period keys, and the pseudonyms made with them (design 7; trust.md P5, P7, P9).

It must not keep a token: callers hand tokens over and drop them before the first write.
"""

import hashlib
import json
import os
import secrets
import threading
from datetime import date
from pathlib import Path

import polars as pl

from ingest.errors import ClesAbsentes, DossierClesInvalide
from ingest.files import write_atomically

KEY_BYTES = 32


class Cles:
    """The week keys of one lake: made on the first event of a week, never derived, kept apart from the data."""

    def __init__(self, donnees: Path, folder: Path) -> None:
        _check_folder(donnees, folder)
        self._periodes = donnees / "periodes"
        self._folder = folder
        self._semaines: dict[date, bytes] = {}
        self._lock = threading.Lock()  # blocks of a lot are worked on by several threads

    def semaine(self, debut: date) -> bytes:
        """Key of the week that begins on Monday `debut`; made if the week was never opened.

        Raises ClesAbsentes when the week was opened with another key or its key is missing.
        """
        with self._lock:
            if debut not in self._semaines:
                self._semaines[debut] = self._open_week(debut)
            return self._semaines[debut]

    def _open_week(self, debut: date) -> bytes:
        name = f"semaine-{debut}"
        state, path = self._periodes / f"{name}.json", self._folder / name
        key = path.read_bytes() if path.exists() else None
        if state.exists():
            if key is None or json.loads(state.read_bytes())["empreinte"] != fingerprint(key):
                raise ClesAbsentes(
                    f"La clé de la semaine du {debut} n'est pas celle qui a servi à ses premières visites. "
                    f"Remettez le dossier de clés d'origine ({self._folder.name}) avant de recommencer."
                )
            return key
        key = key or _make_key(path)
        write_atomically(state, json.dumps({"etat": "ouverte", "empreinte": fingerprint(key)}).encode())
        return key


def fingerprint(key: bytes) -> str:
    """Name of a key that tells nothing of it: a keyed hash of a constant (trust.md P6)."""
    return hashlib.blake2b(b"dnma-empreinte", key=key, digest_size=16).hexdigest()


def _make_key(path: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        os.fsync(file.fileno())
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


def pseudonyms(tokens: pl.Series, key: bytes, purpose: bytes) -> pl.DataFrame:
    """Pseudonym (signed 64 bits, BLAKE2b keyed) of each distinct token: columns `token`, `pseudonyme`.

    `purpose` separates the uses of one key (visitors, event ids).
    """
    distinct = tokens.drop_nulls().unique()
    start = hashlib.blake2b(key=key, digest_size=8, person=purpose)
    values = [_digest(start, token) for token in distinct.to_list()]
    return pl.DataFrame({"token": distinct, "pseudonyme": values}, schema_overrides={"pseudonyme": pl.Int64})


def _digest(start: hashlib.blake2b, token: str) -> int:
    state = start.copy()
    state.update(token.encode())
    return int.from_bytes(state.digest(), "little", signed=True)
