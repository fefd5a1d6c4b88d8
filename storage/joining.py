"""Joins a page that has moved to the page that is watched at its new URL already: one article, one history."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from storage import edits, frontier, identity, schema, versions
from storage.comparison.comparing import compare
from storage.deciding import same_article
from storage.records import Outcome
from storage.visits import Finding

_page = schema.page.c
_SAW = [one.value for one in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED)]


def join(connection: Connection, page: Row[Any], finding: Finding) -> bool:
    """Take over the page that is known at the finding's identity, where that is the same article seen later.

    A story that is renamed with a new URL is found there, by a feed, before its old URL is looked at again. The page
    found there becomes the next version of this one, with the edit between the two. That is done while it has one
    version only, read by the same reader version; one with a history of its own stays a page of its own.
    """
    known = frontier.page_at(connection, finding.identity)
    if known is None or known == page.id:
        return False
    other = connection.execute(select(schema.page).where(_page.id == known)).one()
    if other.version_id is None or other.versions != 1 or other.first_seen < page.first_seen:
        return False
    old, reader = versions.current(connection, page.version_id)
    new, other_reader = versions.current(connection, other.version_id)
    if old is None or new is None or reader != other_reader or not same_article(old, new):
        return False
    comparison = compare(old, new)
    if comparison.changes:
        between = _between(connection, page, other)
        _append(connection, page, other)
        edit = edits.add_between(connection, page, other.version_id, between, reader, comparison)
        _is_now(connection, page, other, edit, between[1])
    else:
        _drop_version(connection, page, other)
    identity.merge(connection, other.id, page.id)
    return True


def _between(connection: Connection, page: Row[Any], other: Row[Any]) -> tuple[datetime, datetime]:
    """The last visit that saw the old text before the new one was seen first, and that one."""
    visit, version = schema.visit.c, schema.version.c
    first: datetime = connection.execute(select(version.at).where(version.id == other.version_id)).scalar_one()
    before = select(func.max(visit.at)).where(visit.page_id == page.id, visit.at < first, visit.outcome.in_(_SAW))
    last: datetime | None = connection.execute(before).scalar_one()
    return last or page.first_seen, first


def _append(connection: Connection, page: Row[Any], other: Row[Any]) -> None:
    """The other page's version is the next one of this page."""
    chosen = schema.version.c.id == other.version_id
    connection.execute(update(schema.version).where(chosen).values(page_id=page.id, number=page.versions + 1))


def _is_now(connection: Connection, page: Row[Any], other: Row[Any], edit_id: int, at: datetime) -> None:
    values = {
        "version_id": other.version_id,
        "versions": page.versions + 1,
        "changes": page.changes + 1,
        "last_change": at,
        "pending_edit_id": edit_id,
        "body_sha256": other.body_sha256,
        "title": other.title,
        "last_seen": max(page.last_seen, other.last_seen),
    }
    connection.execute(update(schema.page).where(_page.id == page.id).values(values))


def _drop_version(connection: Connection, page: Row[Any], other: Row[Any]) -> None:
    """The other page said what this one says: its visits saw this page's version."""
    visit = schema.visit.c
    connection.execute(
        update(schema.visit).where(visit.version_id == other.version_id).values(version_id=page.version_id)
    )
    connection.execute(delete(schema.reading).where(schema.reading.c.version_id == other.version_id))
    connection.execute(delete(schema.version).where(schema.version.c.id == other.version_id))
