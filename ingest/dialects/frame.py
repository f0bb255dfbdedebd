"""The raw frame every dialect decodes into, and what goes with it.

It must not know any dialect.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from ingest.lines.batch import Batch
from ingest.lines.encode import encode_frame

TEXT_FIELDS = ("uai", "profil", "service", "visiteur", "agent", "appareil", "type", "plateforme", "id")

RAW_SCHEMA: dict[str, type[pl.DataType]] = {
    "ligne": pl.UInt64,
    "instant": pl.String,
    **dict.fromkeys(TEXT_FIELDS, pl.String),
    "opposition": pl.Boolean,
    "personnel": pl.Boolean,
    "invalide": pl.Boolean,
    "illisible": pl.Boolean,
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Lines decoded, as batches, how often each unknown field was ignored, and how often each personal one was met.

    `release` gives back what the batches lie in, once nothing of them is needed.
    """

    batches: list[Batch]
    ignored: Counter[str]
    release: Callable[[], None] = lambda: None
    personal: Counter[str] = field(default_factory=Counter)


def unreadable_row(number: int) -> tuple[object, ...]:
    """The row of a line that can't be read at all."""
    return (number, *(None,) * (len(TEXT_FIELDS) + 1), False, False, False, True)


def decode_rows(rows: list[tuple[object, ...]], motifs: dict[str, int]) -> Batch:
    """The batch of rows written as RAW_SCHEMA."""
    return encode_frame(pl.DataFrame(rows, schema=RAW_SCHEMA, orient="row"), motifs)
