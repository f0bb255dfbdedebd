"""Read the plain lines of a block of NDJSON in one pass: flat objects, text without escapes, each field at most once.

It must not judge, and never guess: any other line is left, with its bounds, to the decoder that reads one line at a time.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.kernels.compiled import compiled, inlined
from ingest.kernels.instants import parse_epoch, parse_iso
from ingest.kernels.texts import encode, read_text
from ingest.lines.batch import Codes, Ints

Words = npt.NDArray[np.uint64]

NAME_MAX = 16
U = np.uint64
_ONE, _EIGHT = U(1), U(8)
_TRUE, _FALS, _NULL = U(0x65757274), U(0x736C6166), U(0x6C6C756E)  # little-endian words of the JSON constants
_WORD = U(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a block holds. Per plain line: `line` (from 0), `instant` (UTC ms), `codes[field]`, bounds of its id (-1: none).

    Per encoded field: bounds of its distinct values. Per other line: its number and bounds.
    """

    line: Ints
    instant: Ints
    codes: Codes
    id_start: Ints
    id_length: Ints
    values: list[tuple[Ints, Ints]]
    other: Ints
    ignored: Ints


class Scratch:
    """Tables of distinct values, lent to one scan at a time: fresh memory for each block cost a tenth of the whole way."""

    def __init__(self) -> None:
        self._free: deque[tuple[Codes, Words]] = deque()

    @contextmanager
    def lend(self, encoded: int, lines: int) -> Iterator[tuple[Codes, Words]]:
        """Slots, all free, and room for the hash and bounds of as many values as there are lines, for each field."""
        capacity = 1 << (2 * lines).bit_length()
        tables, distinct = self._free.popleft() if self._free else (np.empty((0, 0), np.int32), np.empty(0, np.uint64))
        if tables.shape[1] < capacity:
            tables = np.empty((encoded, capacity), dtype=np.int32)
            distinct = np.empty((encoded, capacity // 2, 4), dtype=np.uint64)
        tables.fill(-1)
        yield tables, distinct
        self._free.append((tables, distinct))


def scan_block(
    block: bytearray,
    end: int,
    lines: int,
    sent: Sequence[str],
    encoded: int,
    line_max: int,
    keys: Words,
    scratch: Scratch,
) -> Scan:
    """Read the `lines` lines of a block, `end` bytes long and followed by zeros.

    `keys` are eight secret words. `sent` names the fields: the first `encoded` become codes, the last of them being the one that names a person;
    then come the event's id, its instant and the opposition, then those that are skipped and counted.
    """
    octets = np.frombuffer(block, dtype=np.uint8)
    words = np.ndarray((len(block) - 7,), dtype="<u8", buffer=block, strides=(1,))
    names, lengths = _pack_names(sent)
    counts = np.zeros(encoded, dtype=np.int64)
    codes = np.empty((encoded, lines), dtype=np.int32)
    plain = np.empty((4, lines), dtype=np.int64)
    other = np.empty((3, lines), dtype=np.int64)
    seen = np.zeros(len(names), dtype=np.int64)
    order = np.zeros(len(names) + 1, dtype=np.uint64)
    high = _high_bytes_allowed(block)
    with scratch.lend(encoded, lines) as (tables, distinct):
        rows, others = _scan(
            octets, words, U(end), names, lengths, U(encoded), U(encoded - 1), high, U(line_max), keys,
            tables, distinct, counts, codes, plain, other, seen, order,
        )  # fmt: skip
        values = [
            (distinct[f, :n, 1].astype(np.int64), distinct[f, :n, 2].astype(np.int64))
            for f, n in enumerate(counts.tolist())
        ]
    line, instant, id_start, id_length = plain[:, :rows]
    return Scan(line, instant, codes[:, :rows], id_start, id_length, values, other[:, :others], seen[encoded + 3 :])


def _high_bytes_allowed(block: bytearray) -> bool:
    """Whether bytes above 127 may be taken as they are: only when the whole block is valid UTF-8."""
    if block.isascii():
        return False
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _pack_names(names: Sequence[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Each name as two words and their masks, and its length."""
    raw = [name.encode("ascii") for name in names]
    packed = [name.ljust(NAME_MAX, b"\0") + (b"\xff" * len(name)).ljust(NAME_MAX, b"\0") for name in raw]
    words = np.frombuffer(b"".join(packed), dtype="<u8").reshape(len(raw), 4)
    return words, np.array([len(name) for name in raw], dtype=np.uint64)


@inlined
def _is_name(octets, words, i, names, lengths, n):
    same = (words[i] & names[n, 2]) == names[n, 0] and (words[i + _EIGHT] & names[n, 3]) == names[n, 1]
    return same and octets[i + lengths[n]] == 34


@inlined
def _find_name(octets, words, i, names, lengths, guess):
    """Field whose name stands at `i`, tried first where the line before had it; len(names) when there is none."""
    if _is_name(octets, words, i, names, lengths, guess):
        return guess
    n = U(0)
    while n < len(names) and not _is_name(octets, words, i, names, lengths, n):
        n += _ONE
    return n


@inlined
def _skip_scalar(octets, words, i):
    """End of null, true, false or a whole number that stands at `i`; 0 for anything else."""
    word = words[i] & _WORD
    if word == _NULL or word == _TRUE:
        return i + U(4)
    if word == _FALS and octets[i + U(4)] == 101:
        return i + U(5)
    n = i
    while n < i + U(18) and octets[n] >= 48 and octets[n] <= 57:
        n += _ONE
    return n if n > i and (octets[i] != 48 or n == i + _ONE) else U(0)


@inlined
def _take_text(octets, words, i, field, encoded, token, high, keys, tables, distinct, counts, codes, plain, row):
    """Take the text of a field, from its opening quote: where it ends, or 0 when it isn't plain."""
    start = i + _ONE
    end, h, top = read_text(octets, start, keys, high)
    length = end - start
    personal = field == token or field == encoded
    if end == U(0) or (personal and (top or length == U(0) or length > U(128) or octets[start] == 32)):
        return U(0)
    if field < encoded:
        count = U(counts[field])
        code = encode(octets, tables, distinct, field, count, start, length, h)
        if code == count:
            counts[field] += 1
        codes[field, row] = code
    elif field == encoded:
        plain[2, row], plain[3, row] = start, length
    elif field == encoded + _ONE:
        plain[1, row] = parse_iso(octets, start, length)
    return U(0) if field == encoded + U(2) else end + _ONE


@inlined
def _take_scalar(octets, words, i, field, encoded, plain, row):
    """Take a number or a constant: where it ends, or 0 when the field can't plainly hold it."""
    if field == encoded + _ONE:
        plain[1, row], end = parse_epoch(octets, i)
        return end
    constant = words[i] & _WORD
    if (field <= encoded and constant != _NULL) or (field == encoded + U(2) and constant == _TRUE):
        return U(0)
    return _skip_scalar(octets, words, i)


@inlined
def _reset_row(codes, plain, row, encoded):
    plain[1, row], plain[2, row], plain[3, row] = -1, -1, -1
    n = U(0)
    while n < encoded:
        codes[n, row] = -1
        n += _ONE


@inlined
def _skip_space(octets, i):
    return i + _ONE if octets[i] == 32 else i


@compiled
def _read_line(
    octets, words, i, names, lengths, encoded, token, high, keys, tables, distinct, counts, codes, plain, row, order
):
    """Read one line from `i`: (where it ends, bits of the fields met), or (0, 0) when it isn't plain."""
    met, position, mark = U(0), U(0), 44
    _reset_row(codes, plain, row, encoded)
    if octets[i] != 123:
        return U(0), met
    while mark == 44:
        i = _skip_space(octets, i + _ONE)
        if octets[i] != 34:
            return U(0), met
        i += _ONE
        field = _find_name(octets, words, i, names, lengths, order[position])
        if field >= len(names) or met >> field & _ONE:
            return U(0), met
        order[position] = field
        position += _ONE
        met |= _ONE << field
        i += lengths[field] + _ONE
        if octets[i] != 58:
            return U(0), met
        i = _skip_space(octets, i + _ONE)
        if octets[i] == 34:
            i = _take_text(
                octets, words, i, field, encoded, token, high, keys, tables, distinct, counts, codes, plain, row
            )
        else:
            i = _take_scalar(octets, words, i, field, encoded, plain, row)
        if i == U(0):
            return U(0), met
        mark = octets[i]
    if mark != 125:
        return U(0), met
    i += _ONE
    return (i + _ONE if octets[i] == 13 else i), met


@inlined
def _count_ignored(met, first, seen):
    """Add the fields met, from `first` on, to the counts."""
    rest, n = met >> first, first
    while rest:
        if rest & _ONE:
            seen[n] += 1
        rest >>= _ONE
        n += _ONE


@compiled
def _scan(
    octets, words, end, names, lengths, encoded, token, high, line_max, keys,
    tables, distinct, counts, codes, plain, other, seen, order,
):  # fmt: skip
    """Every line of the block: a plain one fills a row, another gives its bounds, an empty one nothing."""
    i, line, row, others = U(0), U(0), U(0), U(0)
    while i < end:
        start = i
        i, met = _read_line(
            octets, words, start, names, lengths, encoded, token, high, keys,
            tables, distinct, counts, codes, plain, row, order,
        )  # fmt: skip
        has_instant = met >> (encoded + _ONE) & _ONE and plain[1, row] >= 0
        if i and i <= end and (i == end or octets[i] == 10) and i - start <= line_max and has_instant:
            plain[0, row] = line
            _count_ignored(met, encoded + U(3), seen)
            row += _ONE
        else:
            i = start
            while i < end and octets[i] != 10:
                i += _ONE
            other[0, others], other[1, others], other[2, others] = line, start, i
            if i > start:
                others += _ONE
        i += _ONE
        line += _ONE
    return row, others
