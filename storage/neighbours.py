"""What a page showed around a time: the looks before and after it that saw the article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from storage import schema
from storage.records import Outcome

_visit = schema.visit.c
_capture = schema.capture.c
SAW = [one.value for one in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One look that saw the article: when, and which version it showed, read by which reader from which capture."""

    visit_id: int
    at: datetime
    version_id: int
    reader: str
    capture_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A time in a page's history. `before` and `after` are the nearest sightings first, two at most.

    `body_sha256` is that of the last answer before it that was read well; `suspects` counts the looks right before it
    that found something else than the article.
    """

    before: tuple[Sighting, ...]
    after: tuple[Sighting, ...]
    body_sha256: str
    suspects: int

    @property
    def shown(self) -> Sighting | None:
        """The last sighting before."""
        return self.before[0] if self.before else None

    @property
    def next(self) -> Sighting | None:
        """The first sighting after, where it shows another version."""
        if not self.after or (self.before and self.after[0].version_id == self.before[0].version_id):
            return None
        return self.after[0]


def around(connection: Connection, page_id: int, at: datetime) -> Around:
    """What a page showed around a time; a look at the very time is before it."""
    earlier = _sightings(page_id).where(_visit.at <= at).order_by(_visit.at.desc(), _visit.id.desc())
    later = _sightings(page_id).where(_visit.at > at).order_by(_visit.at, _visit.id)
    return Around(
        before=tuple(_sighting(row) for row in connection.execute(earlier.limit(2))),
        after=tuple(_sighting(row) for row in connection.execute(later.limit(2))),
        body_sha256=connection.execute(_last_body(page_id, at)).scalar_one_or_none() or "",
        suspects=_suspects(connection, page_id, at),
    )


def _sightings(page_id: int) -> Select[Any]:
    version, reading = schema.version, schema.reading
    current = and_(reading.c.version_id == version.c.id, reading.c.current)
    return (
        select(_visit.id, _visit.at, _visit.version_id, reading.c.reader, version.c.capture_id)
        .join(version, version.c.id == _visit.version_id)
        .join(reading, current)
        .where(_visit.page_id == page_id, _visit.outcome.in_(SAW))
    )


def _sighting(row: Row[Any]) -> Sighting:
    return Sighting(visit_id=row.id, at=row.at, version_id=row.version_id, reader=row.reader, capture_id=row.capture_id)


def _last_body(page_id: int, at: datetime) -> Select[Any]:
    joined = schema.visit.join(schema.capture, _capture.id == _visit.capture_id)
    read_well = and_(_visit.outcome.in_(SAW), _capture.status == 200)
    query = select(_capture.sha256).select_from(joined).where(_visit.page_id == page_id, _visit.at <= at, read_well)
    return query.order_by(_visit.at.desc(), _visit.id.desc()).limit(1)


def _suspects(connection: Connection, page_id: int, at: datetime) -> int:
    query = select(_visit.outcome).where(_visit.page_id == page_id, _visit.at <= at)
    count = 0
    for outcome in connection.scalars(query.order_by(_visit.at.desc(), _visit.id.desc()).limit(10)):
        if outcome != Outcome.SUSPECT.value:
            break
        count += 1
    return count
