"""From the lake's Parquet to counted, published numbers. It must not know deliveries (ingest) or screens (dashboards)."""
