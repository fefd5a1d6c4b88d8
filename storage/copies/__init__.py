"""Copies: articles that say nearly the same, as when many sites take over one story of an agency."""
