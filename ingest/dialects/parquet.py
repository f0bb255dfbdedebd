"""Decode Parquet with the native column names: a row is a line, numbered from 1.

It must not load a file whole: row groups are read by batches.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.dialects.frame import Decoded, decode_rows
from ingest.dialects.records import Fields, Outside, record_row
from ingest.errors import FichierIllisible
from ingest.sources import Delivery

MAGIC = b"PAR1\x15"  # the format's four letters, then the first byte of whatever comes first: no line of text
_ROWS = 50_000


def read_batches(delivery: Delivery) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Batches of rows, each with the number of its first one. A stream is held in memory: the format is read from its end.

    Raises FichierIllisible for a damaged file.
    """
    content = io.BytesIO(delivery.read()) if delivery.path is None else delivery.path
    delivery.drain()
    try:
        with pq.ParquetFile(content) as file:
            first = 1
            for batch in file.iter_batches(_ROWS):
                yield first, batch
                first += batch.num_rows
    except (OSError, pa.ArrowException, ValueError) as error:
        raise FichierIllisible(
            f"{delivery.name} : ce fichier Parquet est abîmé. Demandez au prestataire de l'envoyer à nouveau."
        ) from error


def decode_batch(first: int, batch: pa.RecordBatch, fields: Fields, motifs: dict[str, int]) -> Decoded:
    """Batches of the rows; an instant with a time zone is as good as its text."""
    outside = Outside()
    rows = [
        record_row(number, {name: _plain(value) for name, value in record.items()}, fields, outside)
        for number, record in enumerate(batch.to_pylist(), first)
    ]
    return Decoded([decode_rows(rows, motifs)] if rows else [], outside.ignored, personal=outside.personal)


def _plain(value: object) -> object:
    """Dates as ISO text; absent values stay None."""
    return value.isoformat() if isinstance(value, datetime | date) else value
