"""What is selected of the tables, for the read door first of all."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from storage import schema
from storage.changes import ChangeKind, EditStatus, Significance

OVERDUE = timedelta(hours=1)  # due for longer than this means that no crawl comes round to it

_page = schema.page.c
_version = schema.version.c
_capture = schema.capture.c
_edit = schema.edit.c


def pages() -> Select[Any]:
    return select(schema.page, schema.site.c.key.label("site")).join(schema.site)


def site_id(site: str) -> ScalarSelect[int]:
    """The number of a site, for a condition.

    PostgreSQL takes rows of a site in the order of an index then, and not all of them to put them in order, as it does
    where the table of sites is joined.
    """
    return select(schema.site.c.id).where(schema.site.c.key == site).scalar_subquery()


def wanted_pages(site: str | None, state: str | None) -> Select[int]:
    """The numbers of pages, the newest first."""
    wanted = select(_page.id).order_by(_page.first_seen.desc(), _page.id.desc())
    if site is not None:
        wanted = wanted.where(_page.site_id == site_id(site))
    return wanted if state is None else wanted.where(_page.state == state)


def wanted_edits(
    *,
    site: int | None,
    since: datetime | None,
    kinds: Collection[ChangeKind],
    min_significance: Significance,
    status: EditStatus | None,
    page_id: int | None,
    backwards: bool,
) -> Select[int]:
    """The numbers of edits by their times, or backwards; withdrawn ones only where the status asks for them.

    The site is given by its number, so that PostgreSQL sees whether it has few of all edits.
    """
    wanted = select(_edit.id).where(_edit.significance_rank >= min_significance.rank, _has_status(status))
    if site is not None:
        pending = status is EditStatus.PENDING  # there are few of all sites, and one of a site might be far back
        wanted = wanted.where((_edit.site_id + 0 if pending else _edit.site_id) == site)
    if since is not None:
        wanted = wanted.where(_edit.before >= since)
    if kinds:
        wanted = wanted.where(_is_of(kinds))
    if page_id is not None:
        wanted = wanted.where(_edit.page_id == page_id)
    order = (_edit.before.desc(), _edit.id.desc()) if backwards else (_edit.before, _edit.id)
    return wanted.order_by(*order)


def _is_of(kinds: Collection[ChangeKind]) -> ColumnElement[bool]:
    """Whether an edit is of one of some kinds.

    PostgreSQL would reckon with next to none that are, and put all edits in order for that. Of what is compared with a
    number it reckons with a third, and goes back from the newest.
    """
    found = or_(*(cast(_edit.kinds, Text).contains(f'"{kind.value}"') for kind in kinds))
    return case((found, 1), else_=0) > 0


def _has_status(status: EditStatus | None) -> ColumnElement[bool]:
    """Whether an edit has a status, which is written out: SQLite has to see it to use the index of pending ones."""
    wanted = EditStatus.WITHDRAWN if status is None else status
    written: BindParameter[str] = bindparam("status", wanted.value, literal_execute=True)
    return _edit.status != written if status is None else _edit.status == written


def versions(page_id: int) -> Select[Any]:
    return every_version().where(_version.page_id == page_id)


def every_version() -> Select[Any]:
    """Versions as they are read now, with `url` and `site` of their pages."""
    reading = schema.reading.c
    return (
        select(
            schema.version,
            reading.reader,
            reading.sources,
            reading.body_id,
            _capture.sha256,
            _page.url,
            schema.site.c.key.label("site"),
        )
        .select_from(schema.version)
        .join(schema.reading, and_(reading.version_id == _version.id, reading.current))
        .join(schema.capture, _capture.id == _version.capture_id)
        .join(schema.page, _page.id == _version.page_id)
        .join(schema.site, schema.site.c.id == _page.site_id)
    )


def sized(table: Table, site: str | None) -> Select[int]:
    """How many rows there are of a site's or all sites' pages, or of what belongs to pages."""
    count = select(func.count()).select_from(table)
    if site is None:
        return count
    joined = count if table is schema.page else count.join(schema.page, _page.id == table.c.page_id)
    return joined.join(schema.site, schema.site.c.id == _page.site_id).where(schema.site.c.key == site)


def edits() -> Select[Any]:
    old = schema.version.alias("old")
    new = schema.version.alias("new")
    visit = schema.visit.alias("between")
    unread = select(func.count()).where(
        visit.c.page_id == _edit.page_id, visit.c.at > _edit.after, visit.c.at < _edit.before
    )
    return (
        select(
            schema.edit,
            _page.url,
            schema.site.c.key.label("site"),
            old.c.number.label("from_version"),
            new.c.number.label("to_version"),
            unread.correlate(schema.edit).scalar_subquery().label("unread"),
        )
        .select_from(schema.edit)
        .join(schema.page)
        .join(schema.site, schema.site.c.id == _page.site_id)
        .join(old, old.c.id == _edit.from_version_id)
        .join(new, new.c.id == _edit.to_version_id)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def sites(now: datetime) -> Select[Any]:
    site = schema.site.c
    failing = select(func.count()).where(schema.source.c.site_id == site.id, schema.source.c.failures > 0)
    return (
        select(
            site.key.label("site"),
            site.lost_fields,
            site.last_crawl,
            site.next_discovery,
            func.count(_page.id).label("pages"),
            _count(_page.state.in_(("live", "missing"))).label("live"),
            _count(_page.state == "gone").label("gone"),
            _count(_page.next_due <= now).label("due"),
            _count(_page.next_due <= now - OVERDUE).label("overdue"),
            _count(and_(_page.failures > 0, _page.state.in_(("found", "live")))).label("failing"),
            func.min(_page.next_due).label("next_due"),
            failing.scalar_subquery().label("sources_failing"),
        )
        .outerjoin(schema.page)
        .group_by(site.id)
        .order_by(site.key)
    )


def readable(page_id: int) -> Select[Any]:
    """The versions of a page as they are read now."""
    return (
        select(_version.id, _version.number, _version.capture_id, schema.reading.c.reader, schema.reading.c.sources)
        .join(schema.reading, schema.reading.c.version_id == _version.id)
        .where(_version.page_id == page_id, schema.reading.c.current)
        .order_by(_version.number)
    )
