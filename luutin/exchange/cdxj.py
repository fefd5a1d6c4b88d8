"""The index of a WARC, one CDXJ line a capture, in the order of their keys."""

import json
from datetime import UTC, datetime

import surt

from luutin.warcwriting import Place


class Index:
    """Collects the lines of one WARC."""

    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._lines: list[str] = []

    def add(self, url: str, at: datetime, *, mime: str, status: int, digest: str, place: Place) -> None:
        """Enter a record; `mime` is `warc/revisit` where it refers to another one for its payload."""
        fields = {
            "url": url,
            "mime": mime,
            "status": str(status),
            "digest": digest,
            "length": str(place.length),
            "offset": str(place.offset),
            "filename": self._filename,
        }
        self._lines.append(f"{surt.surt(url)} {at.astimezone(UTC):%Y%m%d%H%M%S} {json.dumps(fields)}\n")

    def lines(self) -> list[str]:
        """The lines, sorted by their bytes, as those who search them need it."""
        return sorted(self._lines, key=str.encode)
