"""Joins a page that has moved to the page that is watched at its new URL already: one article, one history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from storage import edits, frontier, identity, schema, versions
from storage.chain import entering
from storage.comparison.comparing import compare
from storage.deciding import same_article
from storage.records import Outcome
from storage.visits import Finding

_page = schema.page.c
_visit = schema.visit.c
_version = schema.version.c
_edit = schema.edit.c
_reading = schema.reading.c
_SAW = [one.value for one in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED)]


def join(connection: Connection, page: Row[Any], finding: Finding) -> bool:
    """Take over the page that is known at the finding's identity, where that is the same article seen later.

    A story that is renamed with a new URL is found there, by a feed, before its old URL is looked at again. The
    versions of the page found there follow those of this one, with the edit between the two. That is done where the
    same reader version read what the old page says and what the new one said first.
    """
    known = frontier.page_at(connection, finding.identity)
    if known is None or known == page.id:
        return False
    other = connection.execute(select(schema.page).where(_page.id == known)).one()
    if other.version_id is None or other.first_seen < page.first_seen:
        return False
    first = connection.execute(
        select(_version.id, _version.at).where(_version.page_id == other.id).order_by(_version.number).limit(1)
    ).one()
    old, reader = versions.current(connection, page.version_id)
    new, other_reader = versions.current(connection, first.id)
    if old is None or new is None or reader != other_reader or not same_article(old, new):
        return False
    comparison = compare(old, new, weights=finding.weights)
    if comparison.changes:
        _append(connection, page, other, page.versions)
        between = _between(connection, page, first.at)
        edit = edits.add_between(connection, page, (page.version_id, first.id), between, reader, comparison)
        _is_now(connection, page, other, edit, added=1)
    else:
        _drop_first(connection, page, other, first.id)
        _append(connection, page, other, page.versions - 1)
        _is_now(connection, page, other, None, added=0)
    identity.merge(connection, other.id, page.id)
    return True


def _between(connection: Connection, page: Row[Any], first: datetime) -> tuple[datetime, datetime]:
    """The last visit that saw the old text before the new one was seen first, and that one."""
    before = select(func.max(_visit.at)).where(_visit.page_id == page.id, _visit.at < first, _visit.outcome.in_(_SAW))
    last: datetime | None = connection.execute(before).scalar_one()
    return last or page.first_seen, first


def _append(connection: Connection, page: Row[Any], other: Row[Any], after: int) -> None:
    """The other page's versions follow, numbered on from `after`; its edits come along.

    From the last one on, so that no two versions of a page ever have one number.
    """
    rows = connection.execute(
        select(_version.id, _version.number).where(_version.page_id == other.id).order_by(_version.number.desc())
    ).all()
    for row in rows:
        values = {"page_id": page.id, "number": row.number + after}
        connection.execute(update(schema.version).where(_version.id == row.id).values(values))
    moved = connection.scalars(select(_edit.id).where(_edit.page_id == other.id)).all()
    belongs = {"page_id": page.id, "site_id": page.site_id}
    connection.execute(update(schema.edit).where(_edit.page_id == other.id).values(belongs))
    _enter(connection, page, other, [row.id for row in rows], moved)


def _enter(
    connection: Connection, page: Row[Any], other: Row[Any], numbers: Sequence[int], moved: Sequence[int]
) -> None:
    """Enter versions and edits as those of their new page; to another site's they go from chain to chain."""
    rows = {"version": numbers, "edit": moved}
    if other.site_id != page.site_id:
        readings = connection.scalars(select(_reading.id).where(_reading.version_id.in_(numbers))).all()
        rows["reading"] = readings
        entering.enter(connection, other.site_id, {}, gone=rows)
    entering.enter(connection, page.site_id, rows)


def _is_now(connection: Connection, page: Row[Any], other: Row[Any], edit_id: int | None, *, added: int) -> None:
    """What the page is when the other one's later life is its own; `added` counts the edit between the two."""
    alone = other.versions == 1
    values = {
        "version_id": page.version_id if alone and not added else other.version_id,
        "versions": page.versions + other.versions - 1 + added,
        "changes": page.changes + other.changes + added,
        "last_change": other.last_change or (other.first_seen if added else page.last_change),
        "pending_edit_id": edit_id if alone else other.pending_edit_id,
        "body_sha256": other.body_sha256,
        "title": other.title,
        "last_seen": max(page.last_seen, other.last_seen),
    }
    connection.execute(update(schema.page).where(_page.id == page.id).values(values))


def _drop_first(connection: Connection, page: Row[Any], other: Row[Any], first: int) -> None:
    """The other page said at first what this one says: who saw that version saw this page's."""
    own, visits = page.version_id, _visit.page_id == other.id  # a page's versions are in visits to it, and nowhere else
    connection.execute(update(schema.visit).where(visits, _visit.version_id == first).values(version_id=own))
    connection.execute(update(schema.edit).where(_edit.from_version_id == first).values(from_version_id=own))
    connection.execute(update(schema.edit).where(_edit.to_version_id == first).values(to_version_id=own))
    readings = connection.scalars(select(_reading.id).where(_reading.version_id == first)).all()
    gone = {"version": [first], "reading": readings}
    entering.enter(connection, other.site_id, {}, gone=gone, same=[first, own])
    connection.execute(delete(schema.reading).where(_reading.version_id == first))
    connection.execute(delete(schema.version).where(_version.id == first))
