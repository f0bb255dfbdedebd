"""Find the delivered files and read them as blocks of whole lines, plain, gzip or zstd.

It must not interpret a line, and never writes what it reads.
"""

import glob
import hashlib
import io
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from ingest.errors import FichierIllisible
from ingest.kernels.newlines import count_newlines

BLOCK_BYTES = 16 * 1024 * 1024
LINE_MAX = 16 * 1024  # trust.md C5
PADDING = 32  # bytes after each block: compiled loops read eight at a time, past its end
_RATIO_MAX, _INFLATED_FREE = 1000, 256 * 1024 * 1024  # logs compress 10 to 50 times
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


@dataclass(frozen=True, slots=True)
class Source:
    """One delivery: its name for the report, and its bytes (a file, or standard input held in memory)."""

    name: str
    content: Path | bytes

    def open(self) -> io.RawIOBase | io.BufferedIOBase:
        """Open the bytes as delivered, still compressed."""
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        try:
            return self.content.open("rb", buffering=0)
        except OSError as error:
            raise FichierIllisible(f"{self.name} ne peut pas être lu ({error.strerror}).") from error

    def octets(self) -> int:
        """Size as delivered."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size

    def digest(self) -> str:
        """SHA-256 of the bytes as delivered: the name of the lot."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of whole lines: the first `end` bytes of `content`, zeros after them. `first_line` counts from 1.

    The buffer is lent: `release` gives it back once nothing of the block is needed, and it is filled anew.
    """

    first_line: int
    lines: int
    content: bytearray
    end: int
    release: Callable[[], None] = lambda: None

    def split(self) -> list[bytes]:
        """The lines, empty ones included."""
        return bytes(memoryview(self.content)[: self.end]).split(b"\n")


def find_sources(paths: list[str]) -> list[Source]:
    """Expand files, folders, globs and `-` (standard input), in a fixed order."""
    sources: list[Source] = []
    for text in paths:
        if text == "-":
            sources.append(Source("entrée standard", sys.stdin.buffer.read()))
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


def read_blocks(source: Source, digest: "hashlib._Hash | None" = None, size: int = BLOCK_BYTES) -> Iterator[Block]:
    """Yield the lines of a source, block by block, in order; `digest` hears of every byte as delivered.

    `size` bounds the bytes of a block. A line longer than LINE_MAX is cut there: no line that long is accepted, and none can fill the memory.
    Raises FichierIllisible when the compression is damaged or inflates beyond reason.
    """
    first_line, rest, free = 1, b"", deque[bytearray]()
    with source.open() as raw, _open_inflated(_Heard(raw, digest), source.name) as stream:
        while True:
            buffer = free.popleft() if free else bytearray(LINE_MAX + 1 + size + PADDING)
            buffer[: len(rest)] = rest
            end = len(rest) + stream.fill(memoryview(buffer)[len(rest) : len(rest) + size])
            last = end == len(rest)
            newline = end - 1 if last else buffer.rfind(b"\n", len(rest), end)
            rest = bytes(memoryview(buffer)[newline + 1 : end][: LINE_MAX + 1]) if newline >= 0 else b""
            if newline < 0 and not last:
                rest = bytes(memoryview(buffer)[: min(end, LINE_MAX + 1)])
                free.append(buffer)
                continue
            if newline >= 0:
                memoryview(buffer)[newline + 1 :] = bytes(len(buffer) - newline - 1)
                lines = count_newlines(buffer, newline + 1) + last
                yield Block(first_line, lines, buffer, newline + 1, partial(free.append, buffer))
                first_line += lines
            if last:
                return


class _Heard(io.RawIOBase):
    """A stream whose every byte is also told to a digest."""

    def __init__(self, raw: io.RawIOBase | io.BufferedIOBase, digest: "hashlib._Hash | None") -> None:
        self._raw, self._digest, self.octets = raw, digest, 0

    def peek_start(self) -> bytes:
        """The first bytes, which will be read again."""
        start = self._raw.read(4)
        self._raw.seek(0)
        return start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]
        count = self._raw.readinto(buffer)
        self.octets += count
        if self._digest is not None:
            self._digest.update(memoryview(buffer)[:count])
        return count

    def fill(self, buffer: "memoryview[int]") -> int:
        """Bytes put in the buffer: as many as it holds, but at the end."""
        filled = 0
        while filled < len(buffer) and (count := self.readinto(buffer[filled:])):
            filled += count
        return filled


class _Inflated:
    """The decompressed bytes of a stream, watched: what inflates beyond reason is no delivery."""

    def __init__(self, heard: _Heard, stream: pa.NativeFile, name: str, compression: str) -> None:
        self._heard, self._stream, self._name, self._compression = heard, stream, name, compression
        self._inflated = 0

    def fill(self, buffer: "memoryview[int]") -> int:
        """Bytes put in the buffer: as many as it holds, but at the end."""
        try:
            count = int(self._stream.readinto(buffer))
            if not count:
                while self._heard.read(BLOCK_BYTES):  # what follows is part of the delivery's name all the same
                    pass
        except OSError as error:
            raise FichierIllisible(
                f"{self._name} : la compression {self._compression} est abîmée. "
                "Demandez au prestataire d'envoyer le fichier à nouveau."
            ) from error
        self._inflated += count
        if self._inflated > _INFLATED_FREE and self._inflated > _RATIO_MAX * self._heard.octets:
            raise FichierIllisible(
                f"{self._name} : une fois décompressé, le fichier dépasse {_RATIO_MAX} fois sa taille. "
                "Ce n'est pas une livraison : demandez au prestataire de l'envoyer à nouveau."
            )
        return count


@contextmanager
def _open_inflated(heard: _Heard, name: str) -> "Iterator[_Heard | _Inflated]":
    """The bytes of a stream, decompressed when its first ones say so."""
    peeked = heard.peek_start()
    compression = next((codec for start, codec in _MAGIC.items() if peeked.startswith(start)), None)
    if compression is None:
        yield heard
        return
    with pa.input_stream(heard, compression=compression) as stream:
        yield _Inflated(heard, stream, name, compression)
