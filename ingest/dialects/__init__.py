"""The dialects a delivery may be written in, and how one is recognised.

It must not decode: each dialect is one module beside this one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from ingest.dialects import natif, xiti
from ingest.dialects.frame import Decoded
from ingest.errors import DialecteInconnu
from ingest.sources import Block, Source, read_blocks

DIALECTES = ("natif", "xiti")

Decode = Callable[[Block], Decoded]


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
    first = next(read_blocks(source), Block(0, 1, []))
    sample = list(islice((line for line in first.lines if line.strip()), 100))
    return "xiti" if any(xiti.looks_xiti(line) for line in sample) else "natif"


def decoder(dialecte: str, options: DialectOptions) -> Decode:
    """The function that decodes a block of this dialect."""
    if dialecte == "natif":
        return partial(natif.decode, champs_personnels=options.champs_personnels)
    return partial(xiti.decode_block, options=xiti.load_options(options.xiti_table, options.jour))
