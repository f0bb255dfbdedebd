"""The body of a request as native lines, within bounds on every step (trust.md C5, C6): inflated, then one event a line.

It must not judge an event, nor check who sent it: signatures are checked on the bytes as received, before.
"""

import zlib
from collections.abc import Iterator

import orjson
import zstandard

from ingest.errors import CorpsRefuse

CORPS_MAX = 8 * 1024 * 1024  # as received
INFLATED_MAX = 64 * 1024 * 1024
TABLEAU_MAX = 8 * 1024 * 1024  # of a JSON array, which is held whole: larger batches come as lines
EVENEMENTS_MAX = 20_000
_RATIO_MAX, _RATIO_FREE = 100, 1024 * 1024  # a ratio says nothing of a small body
_FENETRE_MAX = 8 * 1024 * 1024
_PIECE, _ZSTD_PIECE = 256 * 1024, 256


def read_lines(corps: bytes, encodage: str) -> tuple[bytes, int]:
    """Native lines of a body, each ended by a newline, and how many. `encodage`: identity, gzip or zstd.

    The body is NDJSON, or a JSON array. Raises CorpsRefuse, which bears the status to answer with.
    """
    texte = inflate(corps, encodage)
    if texte.lstrip()[:1] == b"[":
        return _split_array(texte)
    lignes = texte if texte.endswith(b"\n") or not texte else texte + b"\n"
    return lignes, _check_count(lignes.count(b"\n"))


def inflate(corps: bytes, encodage: str) -> bytes:
    """The body without its compression, checked piece by piece. Raises CorpsRefuse."""
    if encodage in ("", "identity"):
        return corps
    pieces, octets = [], 0
    for piece in _pieces(corps, encodage):
        octets += len(piece)
        if octets > INFLATED_MAX or (octets > _RATIO_FREE and octets > _RATIO_MAX * len(corps)):
            raise CorpsRefuse(
                413,
                f"Le corps décompressé dépasse {INFLATED_MAX >> 20} Mio, ou {_RATIO_MAX} fois sa taille reçue. Envoyez moins d'événements à la fois.",
            )
        pieces.append(piece)
    return b"".join(pieces)


def _pieces(corps: bytes, encodage: str) -> Iterator[bytes]:
    try:
        if encodage == "gzip":
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
    reste = corps
    while reste:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            if not (piece := member.decompress(reste, _PIECE)) and not member.eof and not member.unconsumed_tail:
                raise zlib.error("cut short")
            yield piece
            reste = member.unused_data if member.eof else member.unconsumed_tail


def _unzstd(corps: bytes) -> Iterator[bytes]:
    """Frames follow each other. Few bytes are given at once, for a block of four may hold 128 KiB."""
    decompressor, reste = zstandard.ZstdDecompressor(max_window_size=_FENETRE_MAX), corps
    while reste:
        frame = decompressor.decompressobj()
        for place in range(0, len(reste), _ZSTD_PIECE):
            yield frame.decompress(reste[place : place + _ZSTD_PIECE])
            if frame.eof:
                reste = frame.unused_data + reste[place + _ZSTD_PIECE :]
                break
        else:
            raise zstandard.ZstdError("cut short")


def _split_array(texte: bytes) -> tuple[bytes, int]:
    if len(texte) > TABLEAU_MAX:
        raise CorpsRefuse(
            413, f"Un tableau JSON fait {TABLEAU_MAX >> 20} Mio au plus. Au-delà, envoyez un événement par ligne."
        )
    try:
        events = orjson.loads(texte)
    except ValueError as error:
        raise CorpsRefuse(
            400, "Le corps commence comme un tableau JSON, mais n'en est pas un. Corrigez sa syntaxe."
        ) from error
    _check_count(len(events))
    return b"".join(orjson.dumps(event) + b"\n" for event in events), len(events)


def _check_count(count: int) -> int:
    if count > EVENEMENTS_MAX:
        raise CorpsRefuse(413, f"Un envoi porte {EVENEMENTS_MAX} événements au plus. Coupez-le en plusieurs.")
    return count
