"""Refused lines: their numbers, motifs and a redacted excerpt, kept beside the lake.

It must not let a personal value through: only shapes of the fields that name no person are kept.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.lake.files import digest_file, fsync_file, guard_disk, move_into
from ingest.lines.batch import INVALID, Batch, Field
from marking_plan.schema import REJET

_EXCERPT_MAX = 30
_COUNT_ONLY = "opposition"  # design 5: counted, never stored
_ROWS = 131_072  # refused lines held before they are written
_STAGED = pa.schema([field for field in REJET if field.name != "lot"])
REFUSED = {"ligne": pl.UInt64, "motif": pl.String, "extrait": pl.String}  # columns of the refused lines of a batch
_SHOWN = ("uai", "profil", "service")  # never visiteur, agent or a field outside the plan
_NONE = pl.DataFrame(schema=REFUSED)


def refused_rows(batch: Batch, motifs: dict[str, int]) -> pl.DataFrame:
    """Number, motif and redacted excerpt of the refused lines of a batch."""
    rows = np.flatnonzero((batch.motif > 0) & (batch.motif != motifs[_COUNT_ONLY]))
    if not len(rows):
        return _NONE
    names = {rank: motif for motif, rank in motifs.items()}
    shown = {name: batch.textes[name] for name in _SHOWN}
    if batch.recu is not None:  # an instant that was read tells its sender nothing
        codes = np.where(batch.instant == INVALID, batch.recu.codes, -1).astype(np.int32)
        shown = {"instant": Field(batch.recu.values, codes), **shown}
    shapes = [
        np.array([_shape(name, value) for value in field.values], dtype=object)[field.codes[rows]]
        for name, field in shown.items()
    ]
    excerpts = [" ".join(part for part in parts if part) for parts in zip(*shapes, strict=True)]
    return pl.DataFrame(
        {
            "ligne": batch.ligne[rows],
            "motif": [names[rank] for rank in batch.motif[rows].tolist()],
            "extrait": excerpts,
        },
        schema=REFUSED,
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


class Quarantine:
    """The refused lines of one lot, staged in `folder` as they come: however many are refused, few are held in memory."""

    def __init__(self, folder: Path) -> None:
        self._staged = folder / "rejets.parquet"
        self._writer: pq.ParquetWriter | None = None
        self._held: list[pl.DataFrame] = []

    def add(self, parts: list[pl.DataFrame]) -> None:
        """Take the refused lines of one block, all of them after those of the blocks before. Raises DisquePlein."""
        rows = pl.concat(parts).sort("ligne") if parts else pl.DataFrame()
        if rows.height:
            self._held.append(rows)
        if sum(frame.height for frame in self._held) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        with guard_disk(self._staged.name):
            if self._writer is None:
                self._staged.parent.mkdir(parents=True, exist_ok=True)
                self._writer = _open_writer(self._staged, _STAGED)
            self._writer.write_table(pl.concat(self._held).select(_STAGED.names).to_arrow().cast(_STAGED))
        self._held.clear()

    def close(self, target: Path, lot: str) -> str | None:
        """Put the file in its place, under the name that the lot has at last; its digest, None when no line was refused."""
        if self._held:
            self._flush()
        if self._writer is None:
            return None
        named = self._staged.with_name("rejets-nommes.parquet")
        with guard_disk(target.name):
            self._writer.close()
            _name_rows(self._staged, named, lot)
            fsync_file(named)
        sha256 = digest_file(named)
        move_into(named, target)
        return sha256


def _name_rows(staged: Path, named: Path, lot: str) -> None:
    """Copy the rows, a row group at a time, with the lot's name on each."""
    with pq.ParquetFile(staged) as file, _open_writer(named, REJET) as writer:
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number)
            rows = rows.append_column("lot", pa.repeat(lot, rows.num_rows))
            writer.write_table(rows.select(REJET.names).cast(REJET))


def _open_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema, compression="zstd", compression_level=1, write_page_checksum=True)
