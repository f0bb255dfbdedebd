"""Read which days and schools a vendor declares to have delivered (design 6).

It must not guess: a day that is not declared is not delivered.
"""

from pathlib import Path

import polars as pl

from ingest.errors import FichierIllisible
from ingest.referentiels.table import parse_date, read_table
from marking_plan.codes import is_uai


def read_couverture(path: Path) -> pl.DataFrame:
    """Rows with the columns of COUVERTURE. Raises FichierIllisible on a wrong date or UAI."""
    frame = read_table(path, required=("jour", "uai"))
    days = {text: parse_date(text) for text in frame["jour"].drop_nulls().unique()}
    codes = {code for code in frame["uai"].drop_nulls().unique() if is_uai(code)}
    rows = frame.select(pl.col("jour").replace_strict(days, return_dtype=pl.Date), "uai")
    wrong = rows["jour"].is_null() | ~rows["uai"].is_in(list(codes)).fill_null(False)
    if wrong.any():
        raise FichierIllisible(
            f"{path.name}, ligne {(wrong.arg_max() or 0) + 2} : il faut une date (2025-09-01) et un UAI valides."
        )
    return rows.unique(maintain_order=True)
