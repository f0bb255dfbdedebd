"""The raw frame every dialect decodes into, and what goes with it.

It must not know any dialect.
"""

from collections import Counter
from dataclasses import dataclass

import polars as pl

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
    """A block decoded: one row a non-empty line (RAW_SCHEMA), and how often each unknown field was ignored."""

    frame: pl.DataFrame
    ignored: Counter[str]
