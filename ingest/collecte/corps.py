"""The body of a request as native lines, within bounds on every step (trust.md C5, C6): inflated, then one event a line.

It must not judge an event, nor check who sent it: signatures are checked on the bytes as received, before. A large body
is inflated twice, once to know that it is sound, once to be read: it is never held whole.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import zstandard

from ingest.errors import CorpsRefuse
from ingest.kernels.json_array import split_array

CORPS_MAX = 8 * 1024 * 1024  # as received
INFLATED_MAX = 64 * 1024 * 1024
TABLEAU_MAX = 8 * 1024 * 1024  # of a JSON array, which is held whole: larger batches come as lines
EVENEMENTS_MAX = 20_000
LIGNE_MAX = 1024 * 1024  # a line is refused alone from 16 KiB on; from there on, the whole body is
MORCEAU = 1024 * 1024  # what is read of a body at once
_RATIO_MAX, _RATIO_FREE = 100, 1024 * 1024  # a ratio says nothing of a small body
_FENETRE_MAX = 8 * 1024 * 1024
_PIECE, _LU, _ZSTD_LU = 256 * 1024, 4096, 128
_MAGIES = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")  # of gzip and zstd: no text begins so
_PARTIES_MAX = 1000  # gzip members or zstd frames: each costs more than its bytes


@dataclass(frozen=True, slots=True)
class Morceau:
    """Native lines of a part of a body, each ended by a newline, and how many."""

    lignes: bytes
    nombre: int


@dataclass(slots=True)
class _Releve:
    """What a first look at a body tells: its bytes while they are few, its lines, and how it begins and ends."""

    texte: bytearray
    octets: int = 0
    lignes: int = 0
    courante: int = 0
    debut: bytes = b""
    fin: bytes = b""

    def add(self, piece: bytes) -> None:
        self.octets += len(piece)
        self.lignes += piece.count(b"\n")
        self.debut = self.debut or piece.lstrip()[:1]
        self.fin = piece[-1:] or self.fin
        array = self.debut in (b"[", b"")  # blanks may still come before one
        if self.octets <= (TABLEAU_MAX if array else MORCEAU):
            self.texte += piece
        elif array:
            raise CorpsRefuse(
                413, f"Un tableau JSON fait {TABLEAU_MAX >> 20} Mio au plus. Au-delà, envoyez un événement par ligne."
            )
        else:
            self.texte = bytearray()


@dataclass(frozen=True, slots=True)
class Corps:
    """A sound body: how many lines it has, its parts, to be read once, and how many bytes are held meanwhile."""

    nombre: int
    morceaux: Iterator[Morceau]
    octets: int


def read_body(corps: bytes, encodage: str) -> Corps:
    """The events of a body of NDJSON, or of a JSON array. `encodage`: identity, gzip or zstd.

    Raises CorpsRefuse, which bears the status to answer with.
    """
    releve = _Releve(bytearray())
    for piece in _pieces(corps, encodage):
        releve.add(piece)
        _check_line(releve, piece)
    if releve.debut == b"[":
        nombre = _split(releve.texte)
    else:
        nombre = _check_count(releve.lignes + (releve.fin not in (b"", b"\n")))
    held = len(releve.texte) == releve.octets
    return Corps(nombre, _cut(_slice(releve.texte) if held else _pieces(corps, encodage)), len(releve.texte) or MORCEAU)


def _check_line(releve: _Releve, piece: bytes) -> None:
    """Refuse a body one of whose lines has no end: the others would not be found."""
    if releve.debut == b"[":
        return
    if (last := piece.rfind(b"\n")) < 0:
        releve.courante += len(piece)
    else:
        releve.courante = max(releve.courante + piece.find(b"\n"), len(piece) - last)
    if releve.courante > LIGNE_MAX or _has_long_line(piece):
        raise CorpsRefuse(413, f"Une ligne dépasse {LIGNE_MAX >> 20} Mio. Envoyez un événement par ligne.")
    if last >= 0:
        releve.courante = len(piece) - last - 1


def _has_long_line(octets: bytes | bytearray) -> bool:
    """Whether a line is longer than LIGNE_MAX. They are not listed: there may be millions."""
    place = 0
    while len(octets) - place > LIGNE_MAX:
        if (fin := octets.rfind(b"\n", place, place + LIGNE_MAX + 1)) < 0:
            return True
        place = fin + 1
    return False


def _split(texte: bytearray) -> int:
    count = split_array(texte)
    if count < 0:
        raise CorpsRefuse(400, "Le corps commence comme un tableau JSON, mais n'en est pas un. Corrigez sa syntaxe.")
    if _has_long_line(texte):
        raise CorpsRefuse(413, f"Un événement dépasse {LIGNE_MAX >> 20} Mio. Vérifiez vos données.")
    return _check_count(count)


def _slice(octets: bytes | bytearray) -> Iterator[bytes]:
    view = memoryview(octets)
    for place in range(0, len(view), _PIECE):
        yield bytes(view[place : place + _PIECE])


def _cut(pieces: Iterable[bytes]) -> Iterator[Morceau]:
    """Whole lines, MORCEAU bytes at most at a time."""
    reste = b""
    for piece in pieces:
        reste += piece
        while len(reste) > MORCEAU:
            fin = reste.rfind(b"\n", 0, MORCEAU) + 1
            yield Morceau(reste[:fin], reste.count(b"\n", 0, fin))
            reste = reste[fin:]
    if reste.strip():
        lignes = reste if reste.endswith(b"\n") else reste + b"\n"
        yield Morceau(lignes, lignes.count(b"\n"))


def _pieces(corps: bytes, encodage: str) -> Iterator[bytes]:
    """The body without its compression, piece by piece, within the bounds."""
    octets = 0
    for piece in _inflate(corps, encodage):
        octets += len(piece)
        if octets > INFLATED_MAX or (octets > _RATIO_FREE and octets > _RATIO_MAX * len(corps)):
            raise CorpsRefuse(
                413,
                f"Le corps décompressé dépasse {INFLATED_MAX >> 20} Mio, ou {_RATIO_MAX} fois sa taille reçue. Envoyez moins d'événements à la fois.",
            )
        yield piece


def _inflate(corps: bytes, encodage: str) -> Iterator[bytes]:
    try:
        if encodage in ("", "identity"):
            if corps.startswith(_MAGIES):
                raise CorpsRefuse(
                    415, "Le corps est compressé sans le dire. Annoncez-le : Content-Encoding gzip ou zstd."
                )
            yield from _slice(corps)
        elif encodage == "gzip":
            yield from _gunzip(corps)
        elif encodage == "zstd":
            yield from _unzstd(corps)
        else:
            raise CorpsRefuse(
                415, "Compression inconnue. Envoyez sans compression, en gzip ou en zstd (Content-Encoding)."
            )
    except (zlib.error, zstandard.ZstdError) as error:
        raise CorpsRefuse(
            400, f"La compression {encodage} est abîmée, ou sa fenêtre dépasse {_FENETRE_MAX >> 20} Mio."
        ) from error


def _gunzip(corps: bytes) -> Iterator[bytes]:
    """Members follow each other."""
    member, members = None, 0
    for place in range(0, len(corps), _LU):
        reste = corps[place : place + _LU]
        while reste:
            if member is None:
                member, members = zlib.decompressobj(wbits=31), _check_parts(members + 1)
            yield member.decompress(reste, _PIECE)
            reste = member.unused_data if member.eof else member.unconsumed_tail
            member = None if member.eof else member
    while member is not None:
        if not (piece := member.decompress(b"", _PIECE)):
            raise zlib.error("cut short")
        yield piece
        member = None if member.eof else member


def _unzstd(corps: bytes) -> Iterator[bytes]:
    """Frames follow each other. Few bytes are given at once, for a block of four may hold 128 KiB."""
    decompressor, frame, frames = zstandard.ZstdDecompressor(max_window_size=_FENETRE_MAX), None, 0
    for place in range(0, len(corps), _ZSTD_LU):
        reste = corps[place : place + _ZSTD_LU]
        while reste:
            if frame is None:
                frame, frames = decompressor.decompressobj(), _check_parts(frames + 1)
            yield frame.decompress(reste)
            reste = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise zstandard.ZstdError("cut short")


def _check_parts(count: int) -> int:
    if count > _PARTIES_MAX:
        raise CorpsRefuse(
            413, f"Le corps est fait de plus de {_PARTIES_MAX} parties compressées. Compressez-le d'un seul tenant."
        )
    return count


def _check_count(count: int) -> int:
    if count > EVENEMENTS_MAX:
        raise CorpsRefuse(413, f"Un envoi porte {EVENEMENTS_MAX} événements au plus. Coupez-le en plusieurs.")
    return count
