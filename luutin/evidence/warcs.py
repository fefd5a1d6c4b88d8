"""The two captures of an edit as WARC 1.1, heads and bodies as sent and received, and back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from storage.digests import sha256
from storage.rows import RawCapture


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of a WARC: `kind` is request or response, `block` all that it holds."""

    kind: str
    uri: str
    block: bytes


def written(captures: Sequence[RawCapture]) -> bytes:
    """A `.warc.gz` with a response and a request record for each capture, in their order."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    for capture in captures:
        response_id, payload = uuid4().urn, capture.body if capture.wire is None else capture.wire
        more = {"WARC-IP-Address": capture.address} if capture.address else {}
        _write(writer, capture, "response", response_id, (capture.head, payload), more)
        _write(
            writer, capture, "request", uuid4().urn, (capture.request_head, b""), {"WARC-Concurrent-To": response_id}
        )
    return out.getvalue()


def _write(
    writer: WARCWriter, capture: RawCapture, kind: str, urn: str, parts: tuple[bytes, bytes], more: dict[str, str]
) -> None:
    block = parts[0] + parts[1]
    headers = {
        "WARC-Record-ID": f"<{urn}>",
        "WARC-Date": capture.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "WARC-Block-Digest": f"sha256:{sha256(block)}",
        "WARC-Payload-Digest": f"sha256:{sha256(parts[1])}",
        **{name: f"<{value}>" if name == "WARC-Concurrent-To" else value for name, value in more.items()},
    }
    record = writer.create_warc_record(
        capture.url,
        kind,
        payload=BytesIO(block),
        length=len(block),
        warc_content_type=f"application/http; msgtype={kind}",
        warc_headers_dict=headers,
    )
    writer.write_record(record)


def read(file: BinaryIO) -> Iterator[Record]:
    """The records of a WARC, blocks as they are.

    Raises:
        ValueError: it is no WARC, or a record is cut short.
    """
    try:
        for record in ArchiveIterator(file, no_record_parse=True):
            block = record.raw_stream.read()
            uri = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield Record(kind=record.rec_type, uri=uri, block=block)
    except (ArchiveLoadFailed, EOFError, OSError) as error:
        raise ValueError(str(error)) from error
