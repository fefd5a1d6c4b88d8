"""The archive as tables for those who calculate: pages, versions and edits, as JSON lines and as Parquet."""
