"""Puts an answer together from the records of a WARC as the crawl would have received it. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.fetching.codings import Decoded, decode
from luutin.exchange.digesting import from_chunks
from luutin.exchange.httpheads import field, status
from luutin.exchange.ledger import Told
from storage.digests import sha256
from storage.records import Outcome, Response
from storage.rows import header_fields

_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[a-zA-Z!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The parts of an answer as records have them; `payload` is as sent."""

    uri: str
    at: datetime
    head: bytes
    payload: bytes
    request_head: bytes = b""
    address: str = ""
    truncated: str = ""
    status: int = 0


def response(received: Received, told: Told | None, max_size: int) -> Response:
    """The answer; what an archive of ours told of it decides where it was kept as something else than it looks."""
    body = _body(received, told, max_size)
    made = Response(
        requested_url=received.uri,
        url=received.uri,
        at=received.at,
        request_head=received.request_head,
        status=status(received.head) or received.status,
        head=received.head,
        headers=header_fields(received.head),
        body=body.body,
        wire=None if received.payload == body.body else received.payload,
        address=received.address,
        fault=body.fault,
        fault_outcome=body.outcome,
    )
    if told is None:
        return made
    return replace(
        made,
        requested_url=told.requested_url or received.uri,
        hops=told.hops,
        elapsed=told.elapsed,
        fault=told.fault,
        fault_outcome=told.fault_outcome,
    )


def _body(received: Received, told: Told | None, max_size: int) -> Decoded:
    payload = received.payload
    if told is not None and sha256(payload) == told.sha256:
        return Decoded(body=payload)
    if len(payload) > max_size:
        return Decoded(body=b"", fault=f"more than {max_size} bytes", outcome=Outcome.TOO_LARGE)
    chunked = "chunked" in field(received.head, "transfer-encoding").lower()
    undone = from_chunks(payload) if chunked else None
    plain = payload if undone is None else undone.body
    coding = ", ".join(value for name, value in header_fields(received.head) if name.lower() == "content-encoding")
    decoded = decode(plain, coding, max_size)
    if decoded.outcome is Outcome.UNREADABLE and _TEXT.match(plain):
        decoded = Decoded(body=plain)  # browsers that save pages undo the coding and keep the header
    cut = _cut(received, plain, whole=undone is None or undone.whole)
    if decoded.outcome is None and cut:
        return replace(decoded, fault=cut, outcome=Outcome.TRUNCATED)
    return decoded


def _cut(received: Received, plain: bytes, *, whole: bool) -> str:
    """Why an answer is not whole, `whole` saying whether all of its chunks are there; empty where it is."""
    if received.truncated:
        return f"cut short after {len(plain)} bytes: {received.truncated}"
    if not whole:
        return f"cut short after {len(plain)} bytes"
    promised = field(received.head, "content-length")
    short = promised.isdecimal() and len(plain) < int(promised) and len(received.payload) < int(promised)
    return f"cut short after {len(plain)} of {promised} bytes" if short and received.status != 304 else ""
