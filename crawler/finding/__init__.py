"""Finding articles and sites: what feeds, sitemaps, sections and home pages point to."""
