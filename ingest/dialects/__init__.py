"""The dialects a delivery may be written in: how one is recognised, and how its lines are read.

It must not decode: each dialect is one module beside this one.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from ingest.dialects import csv, json_lines, natif, parquet, proprietes, xiti
from ingest.dialects.frame import Decoded
from ingest.dialects.records import Fields
from ingest.errors import DialecteInconnu
from ingest.sources import Block, Source, read_blocks

DIALECTES = ("natif", "proprietes", "xiti", "csv", "parquet")
_SAMPLE_BYTES = 64 * 1024
_SAMPLE_LINES = 100

Work = Callable[[], Decoded]
Read = Callable[[Source, "hashlib._Hash"], Iterator[Work]]


@dataclass(frozen=True, slots=True)
class DialectOptions:
    """What the sender's files don't say: the named dialect, the XiTi table (s, s2) → uai and the day of bare hits."""

    dialecte: str | None = None
    xiti_table: Path | None = None
    jour: date | None = None
    champs_personnels: frozenset[str] = field(default_factory=frozenset)


def detect(source: Source, options: DialectOptions) -> str:
    """Name of the dialect: the one asked for, else recognised on the first lines.

    A delivery that looks like none is read as native: each of its lines is then refused with its reason.
    """
    if options.dialecte is not None:
        if options.dialecte not in DIALECTES:
            raise DialecteInconnu(
                f"Le dialecte « {options.dialecte} » n'existe pas. Choisissez parmi : {', '.join(DIALECTES)}."
            )
        return options.dialecte
    with source.open() as stream:
        if stream.read(len(parquet.MAGIC)) == parquet.MAGIC:
            return "parquet"
    sample = _sample(source)
    if any(xiti.looks_xiti(line) for line in sample):
        return "xiti"
    if sample and csv.read_header(sample[0]):
        return "csv"
    return "proprietes" if any(proprietes.looks_2021(line) for line in sample) else "natif"


def _sample(source: Source) -> list[bytes]:
    first = next(read_blocks(source, size=_SAMPLE_BYTES), None)
    return list(islice((line for line in first.split() if line.strip()), _SAMPLE_LINES)) if first else []


def reader(dialecte: str, source: Source, options: DialectOptions, motifs: dict[str, int]) -> Read:
    """How one lot is read: pieces of work to be done in any order, given in the order of the file.

    `motifs` ranks the motifs that decoding can see.
    """
    if dialecte == "parquet":
        return partial(_read_parquet, fields=natif.fields(options.champs_personnels), motifs=motifs)
    return partial(_read_lines, decode=_line_decoder(dialecte, source, options, motifs))


def _line_decoder(
    dialecte: str, source: Source, options: DialectOptions, motifs: dict[str, int]
) -> Callable[[Block], Decoded]:
    if dialecte == "xiti":
        return partial(xiti.decode_block, options=xiti.load_options(options.xiti_table, options.jour), motifs=motifs)
    if dialecte == "csv":
        header = next(iter(_sample(source)), b"")
        return csv.Decoder(header, natif.fields(options.champs_personnels), motifs)
    fields = proprietes.fields if dialecte == "proprietes" else natif.fields
    return json_lines.Decoder(fields(options.champs_personnels), motifs)


def _read_lines(source: Source, digest: "hashlib._Hash", decode: Callable[[Block], Decoded]) -> Iterator[Work]:
    for block in read_blocks(source, digest):
        yield partial(_decode_block, block, decode)


def _decode_block(block: Block, decode: Callable[[Block], Decoded]) -> Decoded:
    return replace(decode(block), release=block.release)


def _read_parquet(source: Source, digest: "hashlib._Hash", fields: Fields, motifs: dict[str, int]) -> Iterator[Work]:
    for first, batch in parquet.read_batches(source, digest):
        yield partial(parquet.decode_batch, first, batch, fields, motifs)
