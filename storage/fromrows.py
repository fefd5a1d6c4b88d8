"""How a row that was selected becomes a record."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row

from storage import bodies, heads
from storage.changes import Change, ChangeKind
from storage.records import Outcome
from storage.rows import EditRow, HistoryRow, PageRow, RawCapture, VersionRow


def page_row(row: Row[Any]) -> PageRow:
    return PageRow(
        id=row.id,
        url=row.url,
        site=row.site,
        title=row.title,
        versions=row.versions,
        visits=row.visits,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        next_due=row.next_due,
        state=row.state,
        last_outcome=row.last_outcome,
        failures=row.failures,
    )


def history_row(row: Row[Any]) -> HistoryRow:
    return HistoryRow(
        id=row.id,
        at=row.at,
        url=row.url,
        outcome=Outcome(row.outcome),
        status=row.status,
        version=row.number,
        capture_sha256=row.sha256 or "",
        capture_id=row.capture_id,
        note=row.note,
    )


def version_row(row: Row[Any]) -> VersionRow:
    return VersionRow(
        id=row.id,
        number=row.number,
        at=row.at,
        reader=row.reader,
        sources=row.sources,
        capture_id=row.capture_id,
        capture_sha256=row.sha256,
    )


def raw_capture(connection: Connection, row: Row[Any]) -> RawCapture:
    """A capture with its heads and bodies."""
    sent = heads.heads_of(connection, dict(row._mapping))  # noqa: SLF001 - public name
    return RawCapture(
        requested_url=row.url if row.requested_url is None else row.requested_url,
        url=row.url,
        hops=tuple(row.hops),
        at=row.at,
        status=row.status,
        request_head=sent.request,
        head=sent.response,
        body=bodies.get(connection, row.body_id),
        wire=None if row.wire_body_id is None else bodies.get(connection, row.wire_body_id),
        address=row.address,
        sha256=row.sha256,
        fault=row.fault,
        elapsed=timedelta(microseconds=row.elapsed_us),
    )


def edit_row(row: Row[Any]) -> EditRow:
    changes = tuple(
        Change(
            field=change["field"],
            kinds=tuple(ChangeKind(kind) for kind in change["kinds"]),
            removed=tuple(change["removed"]),
            added=tuple(change["added"]),
            before=change["before"],
            after=change["after"],
        )
        for change in row.changes
    )
    return EditRow(
        id=row.id,
        url=row.url,
        site=row.site,
        from_version=row.from_version,
        to_version=row.to_version,
        between=(row.after, row.before),
        unread=row.unread,
        fields=tuple(row.fields),
        kinds=tuple(row.kinds),
        significance=row.significance,
        reasons=tuple(row.reasons),
        acknowledged=row.acknowledged,
        status=row.status,
        changes=changes,
    )
