"""Turn a Polars frame into the bytes of a Parquet file with exactly the schema of the lake.

It must not write to disk.
"""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq


def parquet_bytes(frame: pl.DataFrame, schema: pa.Schema) -> bytes:
    """Bytes of a zstd Parquet file; columns, types and comments are the schema's, whatever else the frame holds."""
    table = frame.select(schema.names).to_arrow().cast(schema)
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", compression_level=1, write_page_checksum=True)
    return buffer.getvalue()
