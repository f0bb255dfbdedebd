"""The segments of the journal on disk: one being written, closed ones that wait to be handed over, and what was found damaged.

It must not know what a frame holds. A frame that `write` returned from is on the disk; one that it raised for may or may not be.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.errors import JournalArrete, VerrouPris
from ingest.journal.trames import Abime, Trame, frame, read_frames
from ingest.lake.files import fsync_folder, guard_disk, write_atomically

DOSSIER = "journal"
OUVERT, CLOS, ABIME = ".ouvert", ".segment", ".abime"
_PAUSE_S = 0.05


@dataclass(frozen=True, slots=True)
class Relu:
    """What a closed segment holds: its frames, and how many damaged bytes lie between them."""

    trames: list[bytes]
    octets_abimes: int


class Journal:
    """The writer. Every segment begins with a first frame that `entete` makes, which says how to read the others."""

    def __init__(self, donnees: Path, entete: Callable[[], bytes]) -> None:
        self._folder = donnees / DOSSIER
        self._entete = entete
        self._file: int | None = None
        self._path: Path | None = None
        self.octets = 0
        self.arrete = False

    def write(self, contenus: Sequence[bytes]) -> None:
        """Put frames on the disk, in one wait. Raises JournalArrete: nothing may be written after a failure, whose bytes nobody can vouch for."""
        if self.arrete:
            raise JournalArrete("Le journal est arrêté depuis un échec d'écriture. Redémarrez la collecte.")
        try:
            if self._file is None:
                self._open()
            self._append(b"".join(frame(contenu) for contenu in contenus))
        except OSError as error:
            self.arrete = True
            raise JournalArrete(
                f"Le journal ne peut pas être écrit ({error.strerror or error}). Rien de cet envoi n'est accepté : "
                "réparez le disque ou libérez de la place, puis redémarrez la collecte."
            ) from error

    def _append(self, octets: bytes) -> None:
        assert self._file is not None
        view = memoryview(octets)
        while view:
            view = view[os.write(self._file, view) :]
        os.fdatasync(self._file)
        self.octets += len(octets)

    def _open(self) -> None:
        numero = 1 + max((int(path.stem) for path in self._folder.glob("*.*") if path.stem.isdigit()), default=0)
        self._path = self._folder / f"{numero:08}{OUVERT}"
        self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        fsync_folder(self._folder)
        self._append(frame(self._entete()))

    def close_segment(self) -> None:
        """Close the segment being written, if any: from here on it may be handed over. Raises DisquePlein."""
        if self._file is None or self._path is None:
            return
        os.close(self._file)
        with guard_disk(self._path.name, "le segment reste dans le journal"):
            self._path.replace(self._path.with_suffix(CLOS))
            fsync_folder(self._folder)
        self._file, self._path, self.octets = None, None, 0


@contextmanager
def journal_lock(donnees: Path, patience_s: float = 0.0) -> Iterator[None]:
    """Hold the journal's writer lock, and close what a crash had left open. Raises VerrouPris once patience ends, DisquePlein."""
    folder = donnees / DOSSIER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".verrou").open("w") as file:
        end = time.monotonic() + patience_s
        while not _try_lock(file):
            if time.monotonic() >= end:
                raise VerrouPris(f"Une autre collecte écrit déjà dans {donnees}. Arrêtez-la d'abord.")
            time.sleep(_PAUSE_S)
        for path in sorted(folder.glob(f"*{OUVERT}")):
            _recover(path)
        yield


def _try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def list_closed(donnees: Path) -> list[Path]:
    """Segments that wait to be handed over, oldest first."""
    return sorted((donnees / DOSSIER).glob(f"*{CLOS}"))


def list_damaged(donnees: Path) -> list[Path]:
    """Copies of segments in which bytes had changed, until somebody has seen to them."""
    return sorted((donnees / DOSSIER).glob(f"*{ABIME}"))


def read_segment(path: Path) -> Relu:
    """Frames of a closed segment, and what lies between them that is none."""
    pieces = list(read_frames(path.read_bytes()))
    abimes = [piece for piece in pieces if isinstance(piece, Abime)]
    trames = [piece.contenu for piece in pieces if isinstance(piece, Trame)]
    return Relu(trames, sum(piece.fin - piece.debut for piece in abimes))


def _recover(path: Path) -> None:
    """Close a segment that a crash left open: a frame cut short at its end was never answered for, and goes."""
    octets = path.read_bytes()
    last = next(reversed(list(read_frames(octets))), None)
    fin = last.debut if isinstance(last, Abime) and last.incomplete else len(octets)
    with guard_disk(path.name, "le segment reste dans le journal"):
        # Written anew: after a failed wait for the disk, what reads back may be in memory alone.
        write_atomically(path.with_suffix(CLOS), octets[:fin])
        path.unlink()
        fsync_folder(path.parent)
