"""Find what was delivered, files or standard input, and give its bytes once: counted, and digested on the way.

It must not interpret a byte, and never writes what it reads.
"""

import glob
import hashlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.errors import FichierIllisible

HEAD_BYTES = 64 * 1024
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """One delivery: its name for the report, and where its bytes are. A stream can be opened once only."""

    name: str
    content: "Path | Delivery"

    def open(self) -> "Delivery":
        """The bytes as delivered, still compressed. Raises FichierIllisible."""
        if isinstance(self.content, Delivery):
            return self.content
        try:
            return Delivery(self.content.open("rb", buffering=0), self.name, self.content)
        except OSError as error:
            raise _unreadable(self.name, error) from error

    def octets(self) -> int | None:
        """Size as delivered; None for a stream, which doesn't know. Raises FichierIllisible."""
        if isinstance(self.content, Delivery):
            return None
        try:
            return self.content.stat().st_size
        except OSError as error:
            raise _unreadable(self.name, error) from error


class Delivery(io.RawIOBase):
    """Bytes read once, in order; `octets` and `lot` tell of those read so far. Raises FichierIllisible when they stop coming.

    `head` shows the first bytes, HEAD_BYTES at most, before they are read.
    """

    def __init__(self, stream: BinaryIO | io.RawIOBase, name: str, path: Path | None = None) -> None:
        self.name, self.path = name, path
        self.octets = 0
        self._stream, self._digest = stream, hashlib.sha256()
        self.head = self._read_head()
        self._ahead = memoryview(self.head)

    def _read_head(self) -> bytes:
        head = bytearray(HEAD_BYTES)
        filled = 0
        while filled < HEAD_BYTES and (count := self._pull(memoryview(head)[filled:])):
            filled += count
        return bytes(head[:filled])

    def _pull(self, buffer: "memoryview[int]") -> int:
        try:
            return self._stream.readinto(buffer) or 0  # type: ignore[union-attr]
        except OSError as error:
            raise _unreadable(self.name, error) from error

    @property
    def lot(self) -> str:
        """SHA-256 of the bytes read so far: of all of them, the name of the lot."""
        return self._digest.hexdigest()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]
        view = memoryview(buffer)
        if self._ahead:
            count = min(len(view), len(self._ahead))
            view[:count], self._ahead = self._ahead[:count], self._ahead[count:]
        else:
            count = self._pull(view)
        self.octets += count
        self._digest.update(view[:count])
        return count

    def fill(self, buffer: "memoryview[int]") -> int:
        """Bytes put in the buffer: as many as it holds, but at the end."""
        filled = 0
        while filled < len(buffer) and (count := self.readinto(buffer[filled:])):
            filled += count
        return filled

    def drain(self) -> None:
        """Read what is left: it is part of the lot's name all the same."""
        buffer = bytearray(_CHUNK)
        while self.readinto(buffer):
            pass

    def close(self) -> None:
        self._stream.close()
        super().close()


def _unreadable(name: str, error: OSError) -> FichierIllisible:
    return FichierIllisible(f"{name} ne peut pas être lu ({error.strerror}). Vérifiez qu'il existe et vos droits.")


def find_sources(paths: list[str]) -> list[Source]:
    """Expand files, folders, globs and `-` (standard input), in a fixed order."""
    sources: list[Source] = []
    for text in paths:
        if text == "-":
            sources.append(Source("entrée standard", Delivery(sys.stdin.buffer, "entrée standard")))
        else:
            sources += [Source(path.name, path) for path in _find_files(text)]
    return sources


def _find_files(text: str) -> list[Path]:
    path = Path(text)
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    found = [path] if path.is_file() else sorted(Path(p) for p in glob.glob(text, recursive=True))
    if not found:
        raise FichierIllisible(
            f"{text} : aucun fichier à cet endroit. Donnez un fichier, un dossier ou un motif comme « livraisons/*.gz »."
        )
    return found
