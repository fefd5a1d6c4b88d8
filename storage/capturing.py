"""Storing one raw response, its body beside those that it resembles."""

from typing import Any

from sqlalchemy import Connection, Row, insert

from storage import bodies, heads, schema, templates
from storage.digests import sha256
from storage.records import Response


def add(connection: Connection, page: Row[Any], response: Response, *, first: bool) -> int:
    """Store a response and give its capture; `first` says that the page's first version is read from it."""
    body_id = bodies.put(connection, response.body, **_place(connection, page, response))
    if first:
        templates.follow(connection, page.site_id, body_id)
    wire_id = None
    if response.wire is not None:
        wire_id = bodies.put(connection, response.wire, f"wire:{page.id}")
    values = {
        "page_id": page.id,
        "requested_url": None if response.requested_url == response.url else response.requested_url,
        "url": response.url,
        "hops": list(response.hops),
        "at": response.at,
        "elapsed_us": int(response.elapsed.total_seconds() * 1_000_000),
        "address": response.address,
        "status": response.status,
        "body_id": body_id,
        "wire_body_id": wire_id,
        "sha256": sha256(response.body),
        "wire_sha256": sha256(response.body if response.wire is None else response.wire),
        "fault": response.fault,
    }
    sent = heads.columns_of(connection, page.site_id, response)
    added = insert(schema.capture).values(values | sent).returning(schema.capture.c.id)
    capture_id = int(connection.execute(added).scalar_one())
    heads.follow(connection, page.site_id, response, capture_id, sent)
    return capture_id


def foresee(connection: Connection, page: Row[Any], response: Response) -> None:
    """Compress a response's bodies, without storing them."""
    bodies.foresee(connection, response.body, **_place(connection, page, response))
    if response.wire is not None:
        bodies.foresee(connection, response.wire, f"wire:{page.id}")


def _place(connection: Connection, page: Row[Any], response: Response) -> dict[str, Any]:
    """The chain of a response's body, and what its first one may be compressed against."""
    if response.status != 200:  # error pages are like those of other pages, and would spoil the page's own chain
        return {"chain": f"other:{page.site_id}"}
    chain = f"page:{page.id}"
    begins = bodies.begins(connection, chain)
    return {"chain": chain, "sibling": templates.choose(connection, page.site_id, response.body) if begins else None}
