"""Checks that an archive holds what its chains say: every body, capture, version and entry, in streaming."""
