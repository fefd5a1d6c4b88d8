"""The looks at a page that showed a version, and which of them was the last."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from storage import schema
from storage.neighbours import SAW

_visit = schema.visit.c
_version = schema.version.c
_capture = schema.capture.c


def looks(page_id: int, number: int) -> Select[Any]:
    """Times of the looks at a version, with the capture of those that got the article's bytes; the earliest first."""
    sent = and_(_capture.id == _visit.capture_id, _capture.status == 200)
    return (
        select(_visit.at, _capture.id.label("capture_id"), _capture.sha256)
        .join(schema.version, _version.id == _visit.version_id)
        .outerjoin(schema.capture, sent)
        .where(_visit.page_id == page_id, _version.number == number, _visit.outcome.in_(SAW))
        .order_by(_visit.at, _visit.id)
    )


def last(
    connection: Connection, version_id: int, *, until: datetime | None, before: datetime | None = None
) -> datetime | None:
    """The last look at a version, of those up to `until` and `before` a time."""
    query = select(func.max(_visit.at)).where(_visit.version_id == version_id, _visit.outcome.in_(SAW))
    query = query if until is None else query.where(_visit.at <= until)
    found: datetime | None = connection.execute(query if before is None else query.where(_visit.at < before)).scalar()
    return found
