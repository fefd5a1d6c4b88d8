"""Texts that come and go: a headline test, servers that do not agree. Variants of one version are flagged once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, func, select

from storage import edits, schema, versions
from storage.changes import EditStatus
from storage.comparison.comparing import compare
from storage.comparison.textkey import text_key
from storage.records import Article, Outcome

_edit = schema.edit.c
_version = schema.version.c
_visit = schema.visit.c
STAYED, LOOKS = timedelta(days=1), 4  # how long one of two texts has to stand, and at how many looks, to have stayed
_SAME = [one.value for one in (Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED)]
REMEMBERED = 8  # the newest versions of a page, among which a text is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A text that an earlier version had: its number and id, and the edits between it and the text before the visit.

    `first` is the one of them that brought a text which no version had before. It is none where no edit did and the
    texts are flagged already: of three that take turns, the step from the last to the first. `alternates`: this very
    step was flagged before, or the two are known to come and go.
    """

    version_id: int
    number: int
    edits: tuple[int, ...]
    first: int | None
    alternates: bool


class _Known(NamedTuple):
    """A version: its number, when it was seen first, and its text."""

    number: int
    at: datetime
    article: Article


def find_return(
    connection: Connection, page: Row[Any], reader: str, article: Article, at: datetime, shown: int | None = None
) -> Return | None:
    """The newest other version that says what `article` says, if one does; it follows `shown`, or the current one."""
    shown = page.version_id if shown is None else shown
    known = _known(connection, page, reader)
    if shown not in known:
        return None
    there = _same_as(article, at, known)
    if not there or shown in there:
        return None
    here = _same_as(known[shown].article, known[shown].at, known)
    newest = max(there)
    forth, back = _edits(connection, page, here, there), _edits(connection, page, there, here)
    between = sorted(edit.id for edit in (*forth, *back))
    fresh = [edit.id for edit in forth if edit.from_version_id < min(there)]
    fresh += [edit.id for edit in back if edit.from_version_id < min(here)]
    if not fresh and not _take_turns(connection, page, here, there):
        fresh = between[:1]
    return Return(
        version_id=newest,
        number=known[newest].number,
        edits=tuple(between),
        first=min(fresh, default=None),
        alternates=bool(forth) or _take_turns(connection, page, here, there),
    )


def settle(connection: Connection, found: Return) -> None:
    """Keep the flag that brought a text, and take back those that only said that it alternates."""
    for edit in found.edits:
        edits.settle(connection, edit, EditStatus.VARIANT if edit == found.first else EditStatus.WITHDRAWN)


def settle_stayed(connection: Connection, page: Row[Any], at: datetime) -> None:
    """Confirm an edit whose texts came and went, where its new text has stayed: servers did not agree for a while.

    `at` is the time of a look that saw the page's current version once more.
    """
    query = select(_edit.id).where(
        _edit.page_id == page.id,
        _edit.to_version_id == page.version_id,
        _edit.status == EditStatus.VARIANT.value,
    )
    edit = connection.execute(query).scalars().first()
    if edit is None:
        return
    other = and_(_visit.page_id == page.id, _visit.version_id != page.version_id)
    turned = connection.execute(select(func.max(_visit.at)).where(other)).scalar_one()
    since = and_(_visit.page_id == page.id, _visit.at > turned, _visit.outcome.in_(_SAME))
    looks = connection.execute(select(func.count()).select_from(schema.visit).where(since)).scalar_one()
    if at - turned >= STAYED and looks >= LOOKS:
        edits.settle(connection, edit, EditStatus.CONFIRMED)


def _known(connection: Connection, page: Row[Any], reader: str) -> dict[int, _Known]:
    """The newest versions that the same reader reads, by their id."""
    query = (
        select(_version.id, _version.number, _version.at)
        .where(_version.page_id == page.id)
        .order_by(_version.number.desc())
    )
    found: dict[int, _Known] = {}
    for row in connection.execute(query.limit(REMEMBERED)).all():
        article, read_by = versions.current(connection, row.id)
        if article is not None and read_by == reader:
            found[row.id] = _Known(row.number, row.at, article)
    return found


def _same_as(article: Article, at: datetime, known: dict[int, _Known]) -> list[int]:
    """Texts with another headline are not compared: that takes milliseconds, and is done while others wait to write."""
    title = text_key(article.title)
    return [
        version_id
        for version_id, other in known.items()
        if text_key(other.article.title) == title and not compare(other.article, article, seen=(other.at, at)).changes
    ]


def _edits(connection: Connection, page: Row[Any], start: Sequence[int], end: Sequence[int]) -> Sequence[Any]:
    """The edits from one of the versions to one of the others."""
    query = select(_edit.id, _edit.status, _edit.from_version_id).where(
        _edit.page_id == page.id, _edit.from_version_id.in_(start), _edit.to_version_id.in_(end)
    )
    return connection.execute(query).all()


def _take_turns(connection: Connection, page: Row[Any], one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two texts are known to come and go: one edit between them is a variant, or several that lead on are."""
    query = select(_edit.from_version_id, _edit.to_version_id).where(
        _edit.page_id == page.id, _edit.status == EditStatus.VARIANT.value
    )
    steps = [{row.from_version_id, row.to_version_id} for row in connection.execute(query)]
    reached = set(one)
    while more := [step for step in steps if step & reached and not step <= reached]:
        reached.update(*more)
    return not reached.isdisjoint(other)
