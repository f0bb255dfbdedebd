"""Cut a delivery, plain, gzip or zstd, into blocks of whole lines.

It must not interpret a line, and holds no more than a few blocks whatever the size of the delivery.
"""

import io
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from ingest.errors import FichierIllisible
from ingest.kernels.newlines import count_newlines
from ingest.sources import HEAD_BYTES, Delivery

BLOCK_BYTES = 16 * 1024 * 1024
LINE_MAX = 16 * 1024  # trust.md C5
PADDING = 64  # bytes after each block: compiled loops read that many at a time, past its end
_RATIO_MAX, _INFLATED_FREE = 1000, 256 * 1024 * 1024  # logs compress 10 to 50 times
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_PIECE = 4096


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


def read_blocks(delivery: Delivery, size: int = BLOCK_BYTES) -> Iterator[Block]:
    """Yield the lines of a delivery, block by block, in order. `size` bounds the bytes of a block.

    A line longer than LINE_MAX is cut there: no line that long is accepted, and none can fill the memory.
    Raises FichierIllisible when the compression is damaged or inflates beyond reason.
    """
    first_line, rest, free = 1, b"", deque[bytearray]()
    with _open_inflated(delivery) as stream:
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


def first_lines(head: bytes) -> list[tuple[int, bytes]]:
    """The first lines that are not blank, with their numbers from 1, of a delivery that begins with `head`."""
    lines = _inflate_head(head).split(b"\n")
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _inflate_head(head: bytes) -> bytes:
    """As much of the beginning as `head` tells, HEAD_BYTES at most."""
    compression = _find_compression(head)
    if compression is None:
        return head
    inflated = b""
    try:
        with pa.input_stream(io.BytesIO(head), compression=compression) as stream:
            while len(inflated) < HEAD_BYTES and (piece := stream.read(_PIECE)):
                inflated += piece
    except OSError:  # cut short as a head is, or damaged: reading the whole will tell
        pass
    return inflated


def _find_compression(head: bytes) -> str | None:
    return next((codec for start, codec in _MAGIC.items() if head.startswith(start)), None)


class _Inflated:
    """The decompressed bytes of a delivery, watched: what inflates beyond reason is no delivery."""

    def __init__(self, delivery: Delivery, stream: pa.NativeFile, compression: str) -> None:
        self._delivery, self._stream, self._compression = delivery, stream, compression
        self._inflated = 0

    def fill(self, buffer: "memoryview[int]") -> int:
        """Bytes put in the buffer: as many as it holds, but at the end."""
        name = self._delivery.name
        try:
            count = int(self._stream.readinto(buffer))
        except OSError as error:
            raise FichierIllisible(
                f"{name} : la compression {self._compression} est abîmée. "
                "Demandez au prestataire d'envoyer le fichier à nouveau."
            ) from error
        if not count:
            self._delivery.drain()
        self._inflated += count
        if self._inflated > _INFLATED_FREE and self._inflated > _RATIO_MAX * self._delivery.octets:
            raise FichierIllisible(
                f"{name} : une fois décompressé, le fichier dépasse {_RATIO_MAX} fois sa taille. "
                "Ce n'est pas une livraison : demandez au prestataire de l'envoyer à nouveau."
            )
        return count


@contextmanager
def _open_inflated(delivery: Delivery) -> "Iterator[Delivery | _Inflated]":
    """The bytes of a delivery, decompressed when its first ones say so."""
    compression = _find_compression(delivery.head)
    if compression is None:
        yield delivery
        return
    with pa.input_stream(delivery, compression=compression) as stream:
        yield _Inflated(delivery, stream, compression)
