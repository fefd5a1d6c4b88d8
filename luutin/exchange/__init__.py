"""Archives in the formats of others: how they are written, and how they are read."""
