"""From decoded lines to pseudonymised rows: columnar batches, the steps that judge them, the report's counts."""
