"""Find the delivered files and read them as blocks of whole lines, plain, gzip or zstd.

It must not interpret a line, and never writes what it reads.
"""

import glob
import hashlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from ingest.errors import FichierIllisible

BLOCK_BYTES = 16 * 1024 * 1024
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


@dataclass(frozen=True, slots=True)
class Source:
    """One delivery: its name for the report, and its bytes (a file, or standard input held in memory)."""

    name: str
    content: Path | bytes

    def open(self) -> io.BufferedIOBase:
        """Open the bytes as delivered, still compressed."""
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        try:
            return self.content.open("rb")
        except OSError as error:
            raise FichierIllisible(f"{self.name} ne peut pas être lu ({error.strerror}).") from error

    def digest(self) -> str:
        """SHA-256 of the bytes as delivered: the name of the lot."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of whole lines; `first_line` counts from 1 and `number` from 0."""

    number: int
    first_line: int
    lines: list[bytes]


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


def read_blocks(source: Source) -> Iterator[Block]:
    """Yield the lines of a source, block by block, in order; empty lines are kept so that numbers stay true.

    Raises FichierIllisible when the compression is damaged.
    """
    number, first_line, rest = 0, 1, b""
    with source.open() as raw:
        for chunk in _read_chunks(raw, source.name):
            whole, newline, tail = chunk.rpartition(b"\n")
            if not newline:
                rest += chunk
                continue
            lines = (rest + whole).split(b"\n")
            rest = tail
            yield Block(number, first_line, lines)
            number, first_line = number + 1, first_line + len(lines)
    if rest:
        yield Block(number, first_line, [rest])


def _read_chunks(raw: io.BufferedIOBase, name: str) -> Iterator[bytes]:
    magic = raw.read(4)
    raw.seek(0)
    compression = next((codec for start, codec in _MAGIC.items() if magic.startswith(start)), None)
    try:
        with pa.input_stream(raw, compression=compression) as stream:
            while chunk := stream.read(BLOCK_BYTES):
                yield chunk
    except OSError as error:
        raise FichierIllisible(
            f"{name} : la compression {compression or ''} est abîmée. Demandez au prestataire d'envoyer le fichier à nouveau."
        ) from error
