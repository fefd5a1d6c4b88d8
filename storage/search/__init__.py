"""Full text search: what was written, what came and what went, with and without diacritics."""
