"""Refused lines: their numbers, motifs and a redacted excerpt, kept beside the lake.

It must not let a personal value through: only shapes of the fields that name no person are kept.
"""

import polars as pl

from ingest.parquet import parquet_bytes
from ingest.steps import SHOWN_IN_QUARANTINE
from marking_plan.schema import REJET

_EXCERPT_MAX = 30
_COUNT_ONLY = "opposition"  # design 5: counted, never stored


def refused_rows(frame: pl.DataFrame, lot: str) -> pl.DataFrame:
    """Rows of the quarantine (columns of REJET) for the refused lines of a batch."""
    kept_out = frame.filter(pl.col("motif").is_not_null() & (pl.col("motif") != _COUNT_ONLY))
    return kept_out.select(
        pl.lit(lot).alias("lot"),
        pl.col("ligne"),
        pl.col("motif"),
        pl.concat_str([_shape(name) for name in SHOWN_IN_QUARANTINE], separator=" ", ignore_nulls=True).alias(
            "extrait"
        ),
    )


def _shape(name: str) -> pl.Expr:
    """`uai=9999999A`: letters as A, digits as 9, any other character as itself only if it is harmless punctuation."""
    letters = (
        pl.col(f"{name}_recu").str.slice(0, _EXCERPT_MAX).str.replace_all(r"\p{L}", "A").str.replace_all(r"\d", "9")
    )
    return pl.lit(f"{name}=") + letters.str.replace_all(r"[^A9:+.,;_ -]", "?")


def quarantine_bytes(parts: list[pl.DataFrame]) -> bytes | None:
    """The Parquet file of a lot's refused lines, or None when there are none."""
    rows = pl.concat(parts) if parts else pl.DataFrame()
    return parquet_bytes(rows, REJET) if rows.height else None
