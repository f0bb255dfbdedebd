"""Turn decoded lines that are rows of text (RAW_SCHEMA) into a batch.

It must not refuse a line beyond what decoding already saw.
"""

import hashlib
import re
import unicodedata

import numpy as np
import polars as pl

from ingest.kernels.blake2b import MAX_TOKEN
from ingest.lines.batch import ABSENT, INVALID, TEXTS, Batch, Ints, encode_texts

TEXT_MAX = 128
# C0 and C1 controls, DEL, and the marks that change the direction of a text (trust.md C7).
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_unfit(text: str | None) -> bool:
    """Whether a text is too long, holds characters that no name or identifier has, or is written in two ways (NFC is one)."""
    if text is None:
        return False
    return len(text) > TEXT_MAX or CONTROLS.search(text) is not None or not unicodedata.is_normalized("NFC", text)


def encode_frame(frame: pl.DataFrame, motifs: dict[str, int]) -> Batch:
    """The batch of a raw frame; `motifs` gives the rank of each motif that decoding can see."""
    visiteurs, ids = (encode_texts(_blank_to_none(frame[name].to_list())) for name in ("visiteur", "id"))
    tokens = [_token(text) for text in visiteurs.values[:-1]]
    id_tokens = [_token(text) for text in ids.values[:-1]]
    lengths = np.array([len(token) for token in tokens + id_tokens], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    id_start = np.append(starts[len(tokens) :], -1)[ids.codes]
    return Batch(
        ligne=frame["ligne"].to_numpy().astype(np.int64),
        instant=_read_instants(frame["instant"]),
        textes={name: encode_texts(frame[name].to_list()) for name in TEXTS},
        buffer=np.frombuffer(b"".join(tokens + id_tokens) + bytes(8), dtype=np.uint8),
        visiteur=visiteurs.codes,
        token_start=starts[: len(tokens)],
        token_length=lengths[: len(tokens)],
        id_start=id_start,
        id_length=np.append(lengths[len(tokens) :], -1)[ids.codes],
        motif=_flagged(frame, motifs),
        invalide=frame["invalide"].to_numpy() | visiteurs.check(is_unfit) | ids.check(is_unfit),
        recu=encode_texts(frame["instant"].to_list()),
    )


def _blank_to_none(texts: list[str | None]) -> list[str | None]:
    """Texts of blanks alone stand for nothing."""
    return [text if text and not text.isspace() else None for text in texts]


def _token(text: str | None) -> bytes:
    """Bytes that are hashed for a token: its own, or a digest of them when they don't fit in one block."""
    octets = (text or "").encode()
    return octets if len(octets) <= MAX_TOKEN else hashlib.blake2b(octets).digest()


def _flagged(frame: pl.DataFrame, motifs: dict[str, int]) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    """What decoding saw: unreadable lines, personal fields, opposed persons; the first wins."""
    flags = ("illisible", "ligne_illisible"), ("personnel", "champ_personnel"), ("opposition", "opposition")
    motif = np.zeros(frame.height, dtype=np.uint8)
    for flag, name in reversed(flags):
        motif[frame[flag].to_numpy()] = motifs[name]
    return motif


def _read_instants(texts: pl.Series) -> Ints:
    """UTC milliseconds of ISO 8601 texts with an offset, or of 11 to 14 digits; ABSENT and INVALID otherwise."""
    text = texts.str.strip_chars()
    iso = text.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False).dt.epoch("ms")
    epoch = text.str.extract(r"^(\d{11,14})$").cast(pl.Int64)
    absent = text.is_null() | (text == "")
    frame = pl.DataFrame({"iso": iso, "epoch": epoch, "absent": absent})
    value = pl.when("absent").then(pl.lit(ABSENT)).otherwise(pl.coalesce("iso", "epoch", pl.lit(INVALID)))
    return frame.select(value.alias("instant"))["instant"].to_numpy().astype(np.int64)
