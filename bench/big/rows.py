"""The rows that visits to some pages leave in an archive, as plain values: pure, so that processes can share."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from bench.big.stories import BETWEEN, FIRST, READER, SITES, Layout, Page, first_page, page_at, site_key
from bench.big.visits import FRESH, LEVEL, Visits
from storage import articles, bodycodec, heads, schema
from storage.chain import forms
from storage.changes import Acknowledged, Change, ChangeKind, EditStatus, Significance
from storage.columns import PackedJson
from storage.digests import sha256
from storage.edits import change_fields
from storage.plainrows import Values
from storage.records import Outcome

NOTHING = 1  # the body of an answer without one
_NOTHING = sha256(b"")
_STATUS = {Outcome.NOT_MODIFIED: 304, Outcome.ERROR: None}
_SOURCES = {
    "title": "<h1> in the page",
    "section": "line above the headline",
    "lead": "visible text that equals the meta description",
    "authors": "JSON-LD NewsArticle.author, as the page shows",
    "published": "meta article:published_time",
    "body": "trafilatura's main content, repaired by the page's structure",
    "language": "lang of <html>",
}
_PACKED = PackedJson()
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry of a site's chain says, and the columns of its row that do not follow from its place."""

    site: int
    said: Mapping[str, object]
    visit: int | None = None
    page: int | None = None
    version: int | None = None


@dataclass(slots=True)
class Made:
    """Rows by table, and entries, in their order."""

    rows: dict[str, list[Values]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        """Add a row, its values in the order of the table's columns."""
        names = [name for name in schema.metadata.tables[table].c.keys() if name != "words"]  # noqa: SIM118 - no dict
        self.rows.setdefault(table, []).append([row[name] for name in names])


@lru_cache(maxsize=SITES)
def _first_heads(page: Page) -> heads.Heads:
    return page.heads(0, 200, len(page.html(1, 0)))


def visited(layout: Layout, turn: int, first: int, last: int) -> Made:
    """What the visits to some pages at a turn leave."""
    made = Made()
    for page in map(page_at, range(first, last + 1)):
        seen = Visits(layout, page, turn)
        if seen.outcome in FRESH:
            _add_body(made, seen)
        capture = None if seen.outcome is Outcome.ERROR else _add_capture(made, seen)
        if seen.outcome in {Outcome.NEW, Outcome.CHANGED}:
            _add_version(made, seen)
        if seen.outcome is Outcome.CHANGED:
            _add_edit(made, seen)
        _add_visit(made, seen, capture)
    return made


def _add_body(made: Made, seen: Visits) -> None:
    frame, base_id = seen.frame()
    row = {"id": seen.body_id(), "sha256": seen.digest, "size": len(seen.html), "base_id": base_id, "data": frame}
    _body(made, row | {"chain": f"page:{seen.page.number}", "seq": len(seen.fresh) - 1})


def _body(made: Made, row: Row) -> None:
    made.add("body", row | {"crc32": schema.body_crc32(row), "sha256": bytes.fromhex(row["sha256"])})


def nothing(made: Made) -> None:
    """The body of answers without one."""
    row = {"id": NOTHING, "sha256": _NOTHING, "size": 0, "base_id": None, "data": bodycodec.pack(b"", [])}
    _body(made, row | {"chain": "other:1", "seq": 0})


def _add_capture(made: Made, seen: Visits) -> Row:
    page, status = seen.page, _STATUS.get(seen.outcome, 200)
    assert status is not None
    size, digest = (0, _NOTHING) if status == 304 else (len(seen.html), seen.digest)
    sent = page.heads(seen.turn, status, size)
    base_page = first_page(page.site)
    base_id = None if base_page == page and seen.turn == 0 else seen.layout.visit(base_page.number, 0)
    base = None if base_id is None else _first_heads(base_page)
    row: Row = {
        "id": seen.number(),
        "page_id": page.number,
        "requested_url": None,
        "url": page.url,
        "hops": "[]",
        "at": seen.at(),
        "elapsed_us": 180_000 + page.number % 50_000,
        "address": "192.0.2.7",
        "status": status,
        "body_id": NOTHING if status == 304 else seen.body_id(),
        "wire_body_id": None,
        "fault": "",
    }
    stored = {"sha256": bytes.fromhex(digest), "wire_sha256": bytes.fromhex(digest)}
    made.add("capture", row | stored | heads.packed(sent, base_id, base, page.url, LEVEL))
    said = {"requested_url": page.url, "hops": [], "request_head": sent.request, "head": sent.response}
    return row | said | {"sha256": digest, "wire_sha256": digest}


def _add_version(made: Made, seen: Visits) -> None:
    number, page = seen.number(), seen.page
    texts = [articles.to_bytes(page.article(one)) for one in range(1, seen.version + 1)]
    line, base = list[bytes](), bodycodec.base_of(seen.version - 1)
    base_id = None if base is None else 2 * seen.version_id(base + 1) + 1
    while base is not None:
        line.append(texts[base])
        base = bodycodec.base_of(base)
    text = texts[-1]
    frame = bodycodec.pack(text, line, LEVEL)
    row = {"id": 2 * number + 1, "sha256": sha256(text), "size": len(text), "base_id": base_id, "data": frame}
    _body(made, row | {"chain": f"text:{page.number}", "seq": seen.version - 1})
    version = {"id": number, "page_id": page.number, "number": seen.version, "capture_id": number, "at": seen.at()}
    reading: Row = {"id": number, "version_id": number, "reader": READER, "body_id": 2 * number + 1, "current": True}
    made.add("version", version)
    made.add("reading", reading | {"sources": _packed(_SOURCES), "learned": "[]"})
    stated = reading | {"body": sha256(text), "sources": _SOURCES, "learned": []}
    rows: dict[str, Row] = {"reading": stated, "version": version}
    if seen.version == 1:
        rows["page"] = {"id": page.number, "site_id": page.site, "url": page.url}
    _enter(made, page.site, {(table, row["id"]): row for table, row in rows.items()})


def change(seen: Visits, version: int) -> Change:
    """The change that brought a version."""
    pairs = zip(seen.page.paragraphs(version - 1), seen.page.paragraphs(version), strict=True)
    old, new = next((old, new) for old, new in pairs if old != new)
    before, after = (f"Có{text.rpartition(' Có')[2]}" for text in (old, new))
    removed, added = ((text.split()[1],) for text in (before, after))
    return Change(field="body", kinds=(ChangeKind.NUMBER,), removed=removed, added=added, before=before, after=after)


def _add_edit(made: Made, seen: Visits) -> None:
    number, changes = seen.number(), [change_fields(change(seen, seen.version))]
    row = {
        "id": number,
        "page_id": seen.page.number,
        "site_id": seen.page.site,
        "from_version_id": seen.version_id(seen.version - 1),
        "to_version_id": number,
        "after": seen.at(seen.last_seen(seen.turn)),
        "before": seen.at(),
        "reader": READER,
        "significance": Significance.SUBSTANTIVE.value,
        "significance_rank": Significance.SUBSTANTIVE.rank,
        "acknowledged": Acknowledged.SILENT.value,
        "status": EditStatus.CONFIRMED.value,
    }
    said = {"fields": ["body"], "kinds": [ChangeKind.NUMBER.value], "reasons": ["A number in the text was changed."]}
    made.add("edit", row | {name: json.dumps(value) for name, value in said.items()} | {"changes": _packed(changes)})
    _enter(made, seen.page.site, {("edit", number): row | said | {"changes": changes}})


def _add_visit(made: Made, seen: Visits, capture: Row | None) -> None:
    number, page, version_id = seen.number(), seen.page.number, seen.version_id(seen.version)
    row = {
        "id": number,
        "page_id": page,
        "at": seen.at(),
        "url": seen.page.url,
        "outcome": seen.outcome.value,
        "status": _STATUS.get(seen.outcome, 200),
        "capture_id": None if capture is None else number,
        "version_id": version_id,
        "note": "timed out" if capture is None else "",
    }
    made.add("visit", row)
    said = forms.visit_said(row, capture, page, version_id)
    made.entries.append(Entry(seen.page.site, said, number, page, version_id))


def _enter(made: Made, site: int, rows: Mapping[tuple[str, int], Row]) -> None:
    stated: dict[str, dict[str, str]] = {}
    for (table, number), row in rows.items():
        stated.setdefault(table, {})[str(number)] = forms.row_digest(table, row)
    made.entries.append(Entry(site, {"rows": stated}))


def _packed(value: object) -> bytes:
    packed = _PACKED.process_bind_param(value, None)  # type: ignore[arg-type]  # it asks nothing of the database
    assert packed is not None
    return packed


def known(layout: Layout, first: int, last: int) -> Made:
    """The rows of some pages themselves, as they are after their last visit."""
    made = Made()
    for page in map(page_at, range(first, last + 1)):
        seen = Visits(layout, page, layout.visits - 1)
        made.add("page", _page(seen))
        first_seen, last_seen = seen.at(0), seen.at()
        alias = {"url": page.url, "page_id": page.number, "first_seen": first_seen, "last_seen": last_seen}
        made.add("page_url", alias | {"how": "found"})
    return made


def _page(seen: Visits) -> Row:
    page, changes = seen.page, seen.version - 1
    changed = seen.versions.index(seen.version)
    body = seen.digest
    return {
        "id": page.number,
        "site_id": page.site,
        "url": page.url,
        "host": f"{site_key(page.site)}.example",
        "state": "live",
        "title": page.title,
        "published": FIRST - timedelta(minutes=page.number % 5000),
        "first_seen": seen.at(0),
        "last_seen": seen.at(seen.last_seen(seen.turn + 1)),
        "last_visit": seen.at(),
        "last_outcome": seen.outcome.value,
        "last_change": seen.at(changed) if changes else None,
        "next_due": seen.at() + BETWEEN,
        "retry_after": None,
        "visits": len(seen.outcomes),
        "versions": seen.version,
        "changes": changes,
        "unchanged_visits": seen.turn - changed,
        "failures": int(seen.outcome is Outcome.ERROR),
        "etag": f'"{body[:20]}"',
        "last_modified": "",
        "body_sha256": bytes.fromhex(body),
        "version_id": seen.version_id(seen.version),
        "pending_edit_id": None,
        "lease_owner": None,
        "lease_until": None,
    }


def chunks(layout: Layout, size: int) -> Sequence[tuple[int, int]]:
    """The first and the last page of each part of an archive."""
    return [(first, min(first + size - 1, layout.pages)) for first in range(1, layout.pages + 1, size)]
