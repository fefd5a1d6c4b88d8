"""The two captures of an edit as WARC 1.1, heads and bodies as sent and received, and back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from luutin import warcwriting
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
    writer = warcwriting.RecordWriter(out)
    for capture in captures:
        address = {"WARC-IP-Address": capture.address} if capture.address else {}
        answer = warcwriting.Record(
            kind="response", uri=capture.url, at=capture.at, head=capture.head, payload=capture.sent, more=address
        )
        about = {"WARC-Concurrent-To": writer.add(answer).urn}
        writer.add(replace(answer, kind="request", head=capture.request_head, payload=b"", more=about))
    return out.getvalue()


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
