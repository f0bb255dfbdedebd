"""A frame of the journal: magic bytes, length and checksum before what it holds, so that what a crash or a bad disk left is told.

It must not open a file, nor know what a frame holds.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = b"\xd1DNM"  # no UTF-8 text holds its first byte there: damage is stepped over to the next one
_HEAD = struct.Struct("<4sII")
ENTETE = _HEAD.size
TRAME_MAX = 256 * 1024 * 1024  # a length beyond it is damage, whatever the checksum


@dataclass(frozen=True, slots=True)
class Trame:
    """What a frame holds, and where the bytes after it begin."""

    contenu: bytes
    suite: int


@dataclass(frozen=True, slots=True)
class Abime:
    """Bytes from `debut` to `fin` that are no frame. `incomplete` when they may be one that was being written: the end of a file."""

    debut: int
    fin: int
    incomplete: bool


def frame(contenu: bytes) -> bytes:
    """The bytes that hold a frame."""
    return _HEAD.pack(MAGIC, len(contenu), _check(contenu)) + contenu


def read_frames(octets: bytes) -> Iterator[Trame | Abime]:
    """Frames of a segment in order, and the damage between them. What is whole is given, whatever lies around it."""
    place = 0
    while place < len(octets):
        trame = _read_frame(octets, place)
        if trame is None:
            suite = _find_next(octets, place + 1)
            yield Abime(place, suite, incomplete=suite == len(octets) and _is_cut(octets, place))
            place = suite
        else:
            yield trame
            place = trame.suite


def _read_frame(octets: bytes, place: int) -> Trame | None:
    """The frame that begins there, if it is whole."""
    if place + ENTETE > len(octets):
        return None
    magic, longueur, somme = _HEAD.unpack_from(octets, place)
    debut = place + ENTETE
    if magic != MAGIC or longueur > TRAME_MAX or debut + longueur > len(octets):
        return None
    contenu = octets[debut : debut + longueur]
    return Trame(contenu, debut + longueur) if _check(contenu) == somme else None


def _find_next(octets: bytes, place: int) -> int:
    """Where the next whole frame begins; the end when there is none."""
    while (place := octets.find(MAGIC, place)) >= 0:
        if _read_frame(octets, place) is not None:
            return place
        place += 1
    return len(octets)


def _is_cut(octets: bytes, place: int) -> bool:
    """Whether the last bytes look like a write that a crash cut short: a beginning of a frame that ends too early, or zeros."""
    reste = octets[place : place + ENTETE]
    if len(reste) < ENTETE:
        return MAGIC.startswith(reste[:4]) or not any(reste)
    magic, longueur, _ = _HEAD.unpack(reste)
    if magic == MAGIC:
        return longueur <= TRAME_MAX and (place + ENTETE + longueur > len(octets) or not any(octets[place + ENTETE :]))
    return not any(octets[place:])


def _check(contenu: bytes) -> int:
    """Checksum of the length and the content: a length of zeros over zeros is no frame."""
    return zlib.crc32(contenu, zlib.crc32(len(contenu).to_bytes(8, "little")))
