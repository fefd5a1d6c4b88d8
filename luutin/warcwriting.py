"""Writes records of WARC 1.1, heads and bodies byte for byte."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from warcio.warcwriter import WARCWriter

_HTTP = {"response": "response", "revisit": "response", "request": "request"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a record is to say: an HTTP head and what follows it, or a block of a type of its own."""

    kind: str
    uri: str
    at: datetime
    head: bytes = b""
    payload: bytes = b""
    content_type: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record was written, and by which number others refer to it."""

    urn: str
    offset: int
    length: int


class _Head:
    """A head as it was received: what warcio makes of a parsed one may differ in white space and line ends."""

    def __init__(self, head: bytes) -> None:
        self.headers_buff = head

    def compute_headers_buffer(self, _filter: object) -> None:
        """Nothing: the bytes are there."""


def warc_date(at: datetime) -> str:
    """A time as WARC 1.1 writes it, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def payload_digest(payload: bytes) -> str:
    """A digest as records name it."""
    return f"sha256:{hashlib.sha256(payload).hexdigest()}"


class RecordWriter:
    """Writes records one after the other; with `gzip` each in a member of its own."""

    def __init__(self, out: BinaryIO, *, gzip: bool = True) -> None:
        self._out = out
        self._writer = WARCWriter(out, gzip=gzip, warc_version="WARC/1.1")

    def add(self, record: Record) -> Place:
        """Write a record; the same one has the same number whenever it is written."""
        block = hashlib.sha256(record.head)
        block.update(record.payload)
        digest = f"sha256:{block.hexdigest()}"
        urn = f"<{uuid5(NAMESPACE_URL, f'{record.kind} {record.uri} {record.at.isoformat()} {digest}').urn}>"
        headers = {"WARC-Record-ID": urn, "WARC-Date": warc_date(record.at), "WARC-Block-Digest": digest}
        if record.kind not in {"warcinfo", "revisit"}:
            headers["WARC-Payload-Digest"] = payload_digest(record.payload)
        made = self._writer.create_warc_record(
            record.uri,
            record.kind,
            warc_content_type=record.content_type or f"application/http; msgtype={_HTTP[record.kind]}",
            warc_headers_dict={**headers, **record.more},
            http_headers=_Head(record.head) if record.kind in _HTTP else None,
        )
        made.raw_stream, made.length = BytesIO(record.payload), len(record.head) + len(record.payload)
        made.payload_length = len(record.payload) if record.kind in _HTTP else -1
        offset = self._out.tell()
        self._writer.write_record(made)
        return Place(urn=urn, offset=offset, length=self._out.tell() - offset)
