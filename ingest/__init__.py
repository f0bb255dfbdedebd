"""From delivered files to trusted Parquet. It must not count visits or know DuckDB: metrics does."""
