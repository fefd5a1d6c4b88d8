"""The JSON that scripts rely on: the stable keys of pages, visits, edits and sites."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.rows import CopyRow, EditRow, HistoryRow, PageRow, SearchHit, SiteRow
from storage.verifying.faults import Fault


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def page_fields(page: PageRow) -> dict[str, Any]:
    """A page as `luutin pages --json` prints it."""
    return {
        "url": page.url,
        "site": page.site,
        "title": page.title,
        "versions": page.versions,
        "first_seen": _time(page.first_seen),
        "last_seen": _time(page.last_seen),
        "next_due": _time(page.next_due),
        "state": page.state,
        "last_outcome": page.last_outcome,
    }


def history_fields(row: HistoryRow) -> dict[str, Any]:
    """A visit as `luutin history --json` prints it."""
    return {
        "at": _time(row.at),
        "outcome": row.outcome.value,
        "status": row.status,
        "version": row.version,
        "capture_sha256": row.capture_sha256,
        "note": row.note,
        "url": row.url,
    }


def edit_fields(edit: EditRow) -> dict[str, Any]:
    """An edit as `luutin edits --json` prints it."""
    return {
        "id": edit.id,
        "url": edit.url,
        "site": edit.site,
        "from_version": edit.from_version,
        "to_version": edit.to_version,
        "between": [_time(moment) for moment in edit.between],
        "unread": edit.unread,
        "fields": list(edit.fields),
        "kinds": list(edit.kinds),
        "significance": edit.significance,
        "reasons": list(edit.reasons),
        "acknowledged": edit.acknowledged,
        "status": edit.status,
        "removed": list(edit.removed),
        "added": list(edit.added),
    }


def hit_fields(hit: SearchHit) -> dict[str, Any]:
    """A text that was found, as `luutin search --json` prints it."""
    return {
        "url": hit.url,
        "site": hit.site,
        "title": hit.title,
        "state": hit.state,
        "version": hit.version,
        "at": _time(hit.at),
        "edit": hit.edit_id,
        "status": hit.status,
        "exact": hit.exact,
        "snippet": hit.snippet,
        "hits": [list(place) for place in hit.hits],
    }


def copy_fields(copy: CopyRow) -> dict[str, Any]:
    """A page or a copy of it, as `luutin copies --json` prints it."""
    return {
        "relation": copy.relation.value,
        "url": copy.url,
        "site": copy.site,
        "title": copy.title,
        "state": copy.state,
        "similarity": round(copy.similarity, 3),
        "first_seen": _time(copy.first_seen),
        "published": _time(copy.published),
        "edits": [{"id": edit.id, "url": edit.url, "has": edit.has.value} for edit in copy.edits],
    }


def site_fields(row: SiteRow) -> dict[str, Any]:
    """A site as `luutin status --json` prints it."""
    return {
        "site": row.site,
        "pages": row.pages,
        "live": row.live,
        "gone": row.gone,
        "due": row.due,
        "overdue": row.overdue,
        "failing": row.failing,
        "sources_failing": row.sources_failing,
        "lost_fields": list(row.lost_fields),
        "last_crawl": _time(row.last_crawl),
        "next_discovery": _time(row.next_discovery),
        "next_due": _time(row.next_due),
    }


def fault_fields(fault: Fault) -> dict[str, Any]:
    """A fault of the archive as `luutin verify --json` prints it."""
    return {
        "fault": fault.text,
        "what": fault.what,
        "number": fault.number,
        "url": fault.url,
        "visit": fault.visit,
        "site": fault.site,
        "sequence": fault.seq,
    }


class ReaderGoneError(Exception):
    """Whoever read standard output has closed it: `| head` has read enough. A text says what that left undone."""


def print_json(fields: Mapping[str, Any]) -> None:
    """One JSON object on one line, in UTF-8 whatever the locale; a lone surrogate is written as its escape."""
    line = json.dumps(fields, ensure_ascii=False)
    print_bytes(line.encode("utf-8", "backslashreplace") + b"\n")


def print_bytes(data: bytes) -> None:
    """Bytes as they are. Raises ReaderGoneError where nobody reads them any more."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise ReaderGoneError from error
