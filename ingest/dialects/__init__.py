"""The dialects a delivery may be written in: how one is recognised, and how its lines are read.

It must not decode: each dialect is one module beside this one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from ingest.blocks import Block, first_lines, read_blocks
from ingest.dialects import csv, json_lines, natif, parquet, proprietes, xiti
from ingest.dialects.frame import Decoded
from ingest.dialects.records import Fields
from ingest.errors import DialecteInconnu
from ingest.sources import Delivery

DIALECTES = ("natif", "proprietes", "xiti", "csv", "parquet")
_SAMPLE_LINES = 100

Work = Callable[[], Decoded]
Read = Callable[[Delivery], Iterator[Work]]


@dataclass(frozen=True, slots=True)
class DialectOptions:
    """What the sender's files don't say: the named dialect, the XiTi table (s, s2) → uai and the day of bare hits."""

    dialecte: str | None = None
    xiti_table: Path | None = None
    jour: date | None = None
    champs_personnels: frozenset[str] = field(default_factory=frozenset)


def detect(head: bytes, options: DialectOptions) -> str:
    """Name of the dialect of a delivery that begins with `head`: the one asked for, else recognised on the first lines.

    A delivery that looks like none is read as native: each of its lines is then refused with its reason.
    """
    if options.dialecte is not None:
        if options.dialecte not in DIALECTES:
            raise DialecteInconnu(
                f"Le dialecte « {options.dialecte} » n'existe pas. Choisissez parmi : {', '.join(DIALECTES)}."
            )
        return options.dialecte
    if head.startswith(parquet.MAGIC):
        return "parquet"
    sample = [line for _, line in first_lines(head)[:_SAMPLE_LINES]]
    if _most(sample, xiti.looks_xiti):
        return "xiti"
    if sample and csv.read_header(sample[0]):
        return "csv"
    return "proprietes" if _most(sample, proprietes.looks_2021) else "natif"


def _most(sample: list[bytes], looks: Callable[[bytes], bool]) -> bool:
    """Whether more than half of the lines look like a dialect: a stray line doesn't name the whole delivery's."""
    return 2 * sum(looks(line) for line in sample) > len(sample)


def reader(dialecte: str, head: bytes, options: DialectOptions, motifs: dict[str, int]) -> Read:
    """How one lot is read: pieces of work to be done in any order, given in the order of the file.

    `motifs` ranks the motifs that decoding can see.
    """
    if dialecte == "parquet":
        return partial(_read_parquet, fields=natif.fields(options.champs_personnels), motifs=motifs)
    return partial(_read_lines, decode=_line_decoder(dialecte, head, options, motifs))


def _line_decoder(
    dialecte: str, head: bytes, options: DialectOptions, motifs: dict[str, int]
) -> Callable[[Block], Decoded]:
    if dialecte == "xiti":
        return partial(xiti.decode_block, options=xiti.load_options(options.xiti_table, options.jour), motifs=motifs)
    if dialecte == "csv":
        first = next(iter(first_lines(head)), (0, b""))
        return csv.Decoder(first, natif.fields(options.champs_personnels), motifs)
    fields = proprietes.fields if dialecte == "proprietes" else natif.fields
    return json_lines.Decoder(fields(options.champs_personnels), motifs)


def _read_lines(delivery: Delivery, decode: Callable[[Block], Decoded]) -> Iterator[Work]:
    for block in read_blocks(delivery):
        yield partial(_decode_block, block, decode)


def _decode_block(block: Block, decode: Callable[[Block], Decoded]) -> Decoded:
    return replace(decode(block), release=block.release)


def _read_parquet(delivery: Delivery, fields: Fields, motifs: dict[str, int]) -> Iterator[Work]:
    for first, batch in parquet.read_batches(delivery):
        yield partial(parquet.decode_batch, first, batch, fields, motifs)
