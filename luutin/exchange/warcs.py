"""Writes what an archive holds of its visits as WARC 1.1: answers, requests, and what Luutin knows of each visit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version

from luutin.exchange import ledger
from luutin.exchange.cdxj import Index
from luutin.warcwriting import Place, Record, RecordWriter, payload_digest, warc_date
from storage.queries import Queries
from storage.records import Outcome
from storage.rows import PageRow, RawCapture

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A response that was written, which revisits refer to for its payload."""

    url: str
    at: datetime
    digest: str
    urn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A capture that shows a version of a page first."""

    page: PageRow
    url: str
    at: datetime
    version: int


def write(
    queries: Queries, writer: RecordWriter, index: Index, site: str | None, now: datetime, on_visit: Callable[[], None]
) -> Iterator[Shown]:
    """Write all visits, or those of a site; gives the captures that versions were read from, while it writes."""
    writer.add(_about(now))
    keys = [key for key in queries.site_keys() if site in {None, key}]
    for key in keys:
        for at, memory in queries.memories(key):
            uri = f"urn:luutin:site:{key}"
            writer.add(_metadata(uri, at, ledger.of_lesson(key, at, memory), {}))
        for page in queries.pages(key):
            yield from _Page(writer, index, page).write(queries, on_visit)


def _about(now: datetime) -> Record:
    lines = {
        "software": f"Luutin/{version('luutin')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    block = "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()
    return Record(kind="warcinfo", uri="", at=now, payload=block, content_type="application/warc-fields")


def _metadata(uri: str, at: datetime, block: bytes, more: dict[str, str]) -> Record:
    return Record(kind="metadata", uri=uri, at=at, payload=block, content_type=ledger.CONTENT_TYPE, more=more)


class _Page:
    """Writes the visits of one page, each payload once."""

    def __init__(self, writer: RecordWriter, index: Index, page: PageRow) -> None:
        self._writer = writer
        self._index = index
        self._page = page
        self._originals: dict[str, Original] = {}  # by digest
        self._newest: dict[str, Original] = {}  # by URL

    def write(self, queries: Queries, on_visit: Callable[[], None]) -> Iterator[Shown]:
        for row, raw in queries.captures(self._page.id):
            about = {"WARC-Concurrent-To": self._answer(raw)} if raw is not None else {}
            told = ledger.of_visit(self._page, row, raw)
            self._writer.add(_metadata(row.url, row.at, told, about))
            on_visit()
            if raw is not None and row.version and row.outcome in {Outcome.NEW, Outcome.CHANGED}:
                yield Shown(page=self._page, url=raw.url, at=raw.at, version=row.version)

    def _answer(self, raw: RawCapture) -> str:
        """Write what was received and what was asked; gives the number of the first."""
        digest = payload_digest(raw.sent)
        address = {"WARC-IP-Address": raw.address} if raw.address else {}
        whole = Record(kind="response", uri=raw.url, at=raw.at, head=raw.head, payload=raw.sent, more=address)
        original = self._original(raw, digest)
        place = self._writer.add(_cut(whole, raw) if original is None else _revisit(whole, raw, original))
        self._keep(raw, digest, place, original)
        self._enter(raw, digest, place, revisit=original is not None)
        self._writer.add(
            replace(whole, kind="request", head=raw.request_head, payload=b"", more={"WARC-Concurrent-To": place.urn})
        )
        return place.urn

    def _original(self, raw: RawCapture, digest: str) -> Original | None:
        """The record that has the payload of this answer, or for a 304 the page that was not modified."""
        if raw.status == 304 and not raw.sent:
            return self._newest.get(raw.url)
        return self._originals.get(digest) if raw.status == 200 and not raw.fault else None

    def _keep(self, raw: RawCapture, digest: str, place: Place, original: Original | None) -> None:
        if raw.status == 200 and not raw.fault and raw.sent:
            made = original or Original(url=raw.url, at=raw.at, digest=digest, urn=place.urn)
            self._originals[digest] = self._newest[raw.url] = made

    def _enter(self, raw: RawCapture, digest: str, place: Place, *, revisit: bool) -> None:
        """Not a 304: who replays it would show nothing, where an answer before it shows the page as it was then."""
        if raw.status == 304:
            return
        mime = "warc/revisit" if revisit else raw.content_type.partition(";")[0].strip().lower() or "unk"
        self._index.add(raw.url, raw.at, mime=mime, status=raw.status, digest=digest, place=place)


def _cut(record: Record, raw: RawCapture) -> Record:
    """Says of an answer that is not whole that it is not."""
    if not raw.fault:
        return record
    why = "length" if not raw.sent else "unspecified"
    return replace(record, more={**record.more, "WARC-Truncated": why})


def _revisit(record: Record, raw: RawCapture, original: Original) -> Record:
    refers = {
        "WARC-Refers-To": original.urn,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": warc_date(original.at),
    }
    if raw.status == 304:
        more = {"WARC-Profile": f"{_PROFILE}server-not-modified", **refers}
    else:
        same = f"{_PROFILE}identical-payload-digest"
        more = {"WARC-Profile": same, "WARC-Payload-Digest": original.digest, **refers}
    return replace(record, kind="revisit", payload=b"", more={**record.more, **more})
