"""Turn a frame or a table into the bytes of a Parquet file with exactly a schema of the lake.

It must not write to disk.
"""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq


def parquet_bytes(frame: pl.DataFrame, schema: pa.Schema) -> bytes:
    """Bytes of a zstd Parquet file; columns, types and comments are the schema's, whatever else the frame holds."""
    return table_bytes(frame.select(schema.names).to_arrow(), schema)


def table_bytes(table: pa.Table, schema: pa.Schema) -> bytes:
    """The same from an Arrow table with the columns of the schema, in their order."""
    buffer = io.BytesIO()
    pq.write_table(table.cast(schema), buffer, compression="zstd", compression_level=1, write_page_checksum=True)
    return buffer.getvalue()
