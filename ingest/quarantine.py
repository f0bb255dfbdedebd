"""Refused lines: their numbers, motifs and a redacted excerpt, kept beside the lake.

It must not let a personal value through: only shapes of the fields that name no person are kept.
"""

import numpy as np
import polars as pl

from ingest.batch import INVALID, Batch, Field
from ingest.parquet import parquet_bytes
from marking_plan.schema import REJET

_EXCERPT_MAX = 30
_COUNT_ONLY = "opposition"  # design 5: counted, never stored
_SHOWN = ("uai", "profil", "service")  # never visiteur, agent or a field outside the plan


def refused_rows(batch: Batch, motifs: dict[str, int]) -> pl.DataFrame:
    """Number, motif and redacted excerpt of the refused lines of a batch."""
    rows = np.flatnonzero((batch.motif > 0) & (batch.motif != motifs[_COUNT_ONLY]))
    names = {rank: motif for motif, rank in motifs.items()}
    shown = {name: batch.textes[name] for name in _SHOWN}
    if batch.recu is not None:  # an instant that was read tells its sender nothing
        codes = np.where(batch.instant == INVALID, batch.recu.codes, -1).astype(np.int32)
        shown = {"instant": Field(batch.recu.values, codes), **shown}
    shapes = [
        np.array([_shape(name, value) for value in field.values], dtype=object)[field.codes[rows]]
        for name, field in shown.items()
        if len(rows)
    ]
    excerpts = [" ".join(part for part in parts if part) for parts in zip(*shapes, strict=True)]
    return pl.DataFrame(
        {
            "ligne": batch.ligne[rows],
            "motif": [names[rank] for rank in batch.motif[rows].tolist()],
            "extrait": excerpts,
        },
        schema={"ligne": pl.UInt64, "motif": pl.String, "extrait": pl.String},
    )


def _shape(name: str, value: str | None) -> str:
    """`uai=9999999A`: letters as A, digits as 9, any other character as itself only if it is harmless punctuation."""
    if value is None:
        return ""
    return f"{name}=" + "".join(_shape_of(character) for character in value[:_EXCERPT_MAX])


def _shape_of(character: str) -> str:
    if character.isalpha():
        return "A"
    if character.isdigit():
        return "9"
    return character if character in ":+.,;_ -" else "?"


def quarantine_bytes(parts: list[pl.DataFrame], lot: str) -> bytes | None:
    """The Parquet file of a lot's refused lines in their order, or None when there are none."""
    rows = pl.concat(parts).sort("ligne") if parts else pl.DataFrame()
    return parquet_bytes(rows.with_columns(lot=pl.lit(lot)), REJET) if rows.height else None
