"""Texts that come and go: a headline test, servers that do not agree. Variants of one version are flagged once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from storage import edits, schema, versions
from storage.changes import EditStatus
from storage.comparison.comparing import compare
from storage.comparison.textkey import text_key
from storage.records import Article

_edit = schema.edit.c
_version = schema.version.c
REMEMBERED = 8  # the newest versions of a page, among which a text is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A text that an earlier version had: its number and id, and the edits between it and the text before the visit.

    `alternates`: this very step was flagged before, or the two are known to come and go.
    """

    version_id: int
    number: int
    edits: tuple[int, ...]
    alternates: bool


def find_return(
    connection: Connection, page: Row[Any], reader: str, article: Article, shown: int | None = None
) -> Return | None:
    """The newest other version that says what `article` says, if one does; it follows `shown`, or the current one."""
    shown = page.version_id if shown is None else shown
    known = _known(connection, page, reader)
    if shown not in known:
        return None
    there = _same_as(article, known)
    if not there or shown in there:
        return None
    here = _same_as(known[shown][1], known)
    newest = max(there)
    forth, back = _edits(connection, page, here, there), _edits(connection, page, there, here)
    return Return(
        version_id=newest,
        number=known[newest][0],
        edits=tuple(sorted({**forth, **back})),
        alternates=bool(forth) or EditStatus.VARIANT.value in back.values(),
    )


def settle(connection: Connection, found: Return) -> None:
    """Keep the first flag of an alternation and take back the others."""
    first, *others = found.edits
    edits.settle(connection, first, EditStatus.VARIANT)
    for other in others:
        edits.settle(connection, other, EditStatus.WITHDRAWN)


def _known(connection: Connection, page: Row[Any], reader: str) -> dict[int, tuple[int, Article]]:
    """Number and text of the newest versions, as the same reader reads them, by their id."""
    query = select(_version.id, _version.number).where(_version.page_id == page.id).order_by(_version.number.desc())
    found: dict[int, tuple[int, Article]] = {}
    for row in connection.execute(query.limit(REMEMBERED)).all():
        article, read_by = versions.current(connection, row.id)
        if article is not None and read_by == reader:
            found[row.id] = (row.number, article)
    return found


def _same_as(article: Article, known: dict[int, tuple[int, Article]]) -> list[int]:
    """Texts with another headline are not compared: that takes milliseconds, and is done while others wait to write."""
    title = text_key(article.title)
    return [
        version_id
        for version_id, (_, other) in known.items()
        if text_key(other.title) == title and not compare(other, article).changes
    ]


def _edits(connection: Connection, page: Row[Any], start: Sequence[int], end: Sequence[int]) -> dict[int, str]:
    """The edits from one of the versions to one of the others, with their status."""
    query = select(_edit.id, _edit.status).where(
        _edit.page_id == page.id, _edit.from_version_id.in_(start), _edit.to_version_id.in_(end)
    )
    return {row.id: row.status for row in connection.execute(query)}
