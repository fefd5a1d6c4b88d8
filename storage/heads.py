"""The heads of a response and of its request, compressed against those of an earlier capture of the site.

A server says nearly the same with every answer: of 1,000 bytes some 200 are left, most of them a date and tokens.
Each begins with a CRC-32 of all that it is decoded from, as one flipped bit of a frame may leave it saying the same.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Connection, select, update

from storage import bodycodec, schema
from storage.errors import DamagedBodyError
from storage.records import Response

_WORSE = 2  # times what a head of its own takes: the site answers otherwise now
_capture = schema.capture.c
_site = schema.site.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Both heads as they were sent."""

    request: bytes
    response: bytes


def columns_of(connection: Connection, site_id: int, response: Response) -> dict[str, Any]:
    """The columns of a capture that hold its heads."""
    sent = Heads(request=response.request_head, response=response.head)
    base_id = connection.execute(select(_site.head_capture_id).where(_site.id == site_id)).scalar_one()
    alone = packed(sent, None, None, response.url)
    base = None if base_id is None else _sound(connection, base_id)
    if base is not None:
        beside = packed(sent, base_id, base, response.url)
        if _size(beside) * _WORSE <= _size(alone) or response.status != 200:
            return beside
    return alone


def follow(connection: Connection, site_id: int, response: Response, capture_id: int, columns: dict[str, Any]) -> None:
    """Have the next heads of a site compressed against those of a capture that are not compressed against others."""
    if columns["head_base_id"] is None and response.status == 200:
        connection.execute(update(schema.site).where(_site.id == site_id).values(head_capture_id=capture_id))


class Bases:
    """The heads that others are packed against, of the few captures that most others name: read once."""

    def __init__(self, connection: Connection) -> None:
        self.of = lru_cache(maxsize=256)(partial(_standalone, connection))


def heads_of(connection: Connection, row: Mapping[str, Any], bases: Bases | None = None) -> Heads:
    """The heads of a capture, given its row; with `bases` for many of them one after the other.

    Raises:
        DamagedBodyError: they do not decode.
    """
    base_id = row["head_base_id"]
    base = None if base_id is None else (bases or Bases(connection)).of(base_id)
    return _unpacked(row, base)


def as_sent(connection: Connection, row: Mapping[str, Any], bases: Bases | None = None) -> dict[str, Any]:
    """The row of a capture with its heads as they were sent, and with the URL that was asked for.

    Raises:
        DamagedBodyError: the heads do not decode.
    """
    sent = heads_of(connection, row, bases)
    asked = row["url"] if row["requested_url"] is None else row["requested_url"]
    return {**row, "request_head": sent.request, "head": sent.response, "requested_url": asked}


def _sound(connection: Connection, capture_id: int) -> Heads | None:
    """The heads to compress others against; None where they are damaged, as every visit is to be kept."""
    try:
        return _standalone(connection, capture_id)
    except DamagedBodyError:
        return None


def _standalone(connection: Connection, capture_id: int) -> Heads:
    columns = _capture.url, _capture.request_head, _capture.head, _capture.head_base_id
    row = connection.execute(select(*columns).where(_capture.id == capture_id)).mappings().one_or_none()
    if row is None or row["head_base_id"] is not None:
        raise DamagedBodyError(f"the heads of capture {capture_id}, which others are packed against, are missing")
    return _unpacked(dict(row), None)


def packed(sent: Heads, base_id: int | None, base: Heads | None, url: str, level: int | None = None) -> dict[str, Any]:
    """The columns of a capture that hold its heads, compressed against those of another capture of the site."""
    request, response = _prefixes(base, url)
    return {
        "request_head": _sealed(bodycodec.compress(sent.request, request, level), base_id),
        "head": _sealed(bodycodec.compress(sent.response, response, level), base_id),
        "head_base_id": base_id,
    }


def _unpacked(row: Mapping[str, Any], base: Heads | None) -> Heads:
    request, response = _prefixes(base, row["url"])
    return Heads(
        request=bodycodec.decompress(_opened(row["request_head"], row["head_base_id"]), request),
        response=bodycodec.decompress(_opened(row["head"], row["head_base_id"]), response),
    )


def _sealed(frame: bytes, base_id: int | None) -> bytes:
    return zlib.crc32(frame, base_id or 0).to_bytes(4, "big") + frame


def _opened(stored: object, base_id: int | None) -> bytes:
    if not isinstance(stored, bytes) or _sealed(stored[4:], base_id) != stored:
        raise DamagedBodyError("the head of a capture is not as it was written")
    return stored[4:]


def _prefixes(base: Heads | None, url: str) -> tuple[bytes, bytes]:
    """What the two are compressed against: the URL has much of what a request says."""
    known = url.encode("utf-8", "surrogatepass")
    return (known, known) if base is None else (base.request + known, base.response + known)


def _size(columns: dict[str, Any]) -> int:
    return len(columns["request_head"]) + len(columns["head"])
