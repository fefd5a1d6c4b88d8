"""The spiders, which only fetch."""
