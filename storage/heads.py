"""The heads of a response and of its request, compressed against those of an earlier capture of the site.

A server says nearly the same with every answer: of 1,000 bytes some 200 are left, most of them a date and tokens.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, update

from storage import bodycodec, schema
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
    alone = _packed(sent, None, response.url)
    if base_id is not None:
        packed = _packed(sent, _standalone(connection, base_id), response.url)
        if _size(packed) * _WORSE <= _size(alone) or response.status != 200:
            return packed | {"head_base_id": base_id}
    return alone | {"head_base_id": None}


def follow(connection: Connection, site_id: int, response: Response, capture_id: int, columns: dict[str, Any]) -> None:
    """Have the next heads of a site compressed against those of a capture that are not compressed against others."""
    if columns["head_base_id"] is None and response.status == 200:
        connection.execute(update(schema.site).where(_site.id == site_id).values(head_capture_id=capture_id))


def heads_of(connection: Connection, row: Row[Any]) -> Heads:
    """The heads of a capture, given its row.

    Raises:
        DamagedBodyError: they do not decode.
    """
    base = None if row.head_base_id is None else _standalone(connection, row.head_base_id)
    return _unpacked(row, base)


def _standalone(connection: Connection, capture_id: int) -> Heads:
    columns = _capture.url, _capture.request_head, _capture.head
    return _unpacked(connection.execute(select(*columns).where(_capture.id == capture_id)).one(), None)


def _packed(sent: Heads, base: Heads | None, url: str) -> dict[str, Any]:
    request, response = _prefixes(base, url)
    return {
        "request_head": bodycodec.compress(sent.request, request),
        "head": bodycodec.compress(sent.response, response),
    }


def _unpacked(row: Row[*tuple[Any, ...]], base: Heads | None) -> Heads:
    request, response = _prefixes(base, row.url)
    return Heads(
        request=bodycodec.decompress(row.request_head, request),
        response=bodycodec.decompress(row.head, response),
    )


def _prefixes(base: Heads | None, url: str) -> tuple[bytes, bytes]:
    """What the two are compressed against: the URL has much of what a request says."""
    known = url.encode("utf-8", "surrogatepass")
    return (known, known) if base is None else (base.request + known, base.response + known)


def _size(packed: dict[str, Any]) -> int:
    return len(packed["request_head"]) + len(packed["head"])
