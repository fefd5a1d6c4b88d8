"""Answers a question from the index, and shows where: texts with the very spelling first, then those without."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from storage import articles, bodies, schema
from storage.changes import EditStatus
from storage.database import batched
from storage.errors import DamagedBodyError
from storage.rows import Searched, SearchHit
from storage.search import fulltext
from storage.search.documents import passages
from storage.search.question import Question
from storage.search.snippets import Passage, passage, snippet

RANKED = 2000  # entries that are put in order, the newest that answer; then the next ones
_LAST = 1 << 62  # more entries than there ever are
_AT_ONCE = 20  # texts that are read before the first of them is shown; 0.3 ms each

_entry = schema.search_entry.c
_page = schema.page.c
_version = schema.version.c
_edit = schema.edit.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is searched for, and where."""

    question: Question
    what: Searched
    site: str | None
    since: datetime | None


def numbers(connection: Connection, asked: Asked, before: int) -> list[tuple[int, bool]]:
    """The newest entries that answer, of those below `before`: as many as are ranked, the best of them first.

    Each with whether it has all spellings that were asked for. A common word is in too much of a big archive to look at
    all that has it before the first is shown.
    """
    conditions: list[ColumnElement[bool]] = [_entry.what == asked.what.value]
    if asked.site is not None or asked.since is not None:
        conditions.append(_chosen(asked.what, asked.site, asked.since))
    newest = fulltext.having(connection, asked.question, before).where(*conditions)
    last = connection.scalar(newest.offset(RANKED - 1).limit(1))
    span = (0 if last is None else last, before)
    query = fulltext.ranked(connection, asked.question, span).where(*conditions)
    return [(row.id, bool(row.exact)) for row in connection.execute(query)]


def every(look: Callable[[int], list[tuple[int, bool]]]) -> Iterator[list[tuple[int, bool]]]:
    """All that answers, in lists of so many as are ranked; `look` gives those below a number."""
    before = _LAST
    while found := look(before):
        yield found
        if len(found) < RANKED:
            return
        before = min(number for number, _ in found)


def _chosen(what: Searched, site: str | None, since: datetime | None) -> ColumnElement[bool]:
    """Whether an entry is of a site and a time: asked of each that was found, as a site may have most of them."""
    conditions: list[ColumnElement[bool]] = [_page.id == _entry.page_id]
    if site is not None:
        conditions.append(schema.site.c.key == site)
    if what == Searched.CURRENT:
        of_time, at = schema.page.join(schema.version, _version.id == _page.version_id), _version.at
    else:
        conditions.append(_edit.id == _entry.edit_id)
        of_time, at = schema.page.join(schema.edit, _edit.page_id == _page.id), _edit.before
    if since is not None:
        conditions.append(at >= since)
    joined = of_time.join(schema.site, schema.site.c.id == _page.site_id)
    return select(_page.id).select_from(joined).where(*conditions).correlate(schema.search_entry).exists()


def _joined(what: Searched) -> Any:  # noqa: ANN401 - a join, whose kind depends on what was asked for
    pages = schema.search_entry.join(schema.page, _page.id == _entry.page_id).join(schema.site)
    if what == Searched.CURRENT:
        return pages.join(schema.version, _version.id == _page.version_id)
    real = _edit.status != EditStatus.WITHDRAWN.value
    edits = pages.join(schema.edit, and_(_edit.id == _entry.edit_id, real))
    has_it = _edit.to_version_id if what == Searched.ADDED else _edit.from_version_id
    return edits.join(schema.version, _version.id == has_it)


def hits(
    connection: Connection, question: Question, what: Searched, entries: list[int], damaged: set[str]
) -> dict[int, SearchHit]:
    """What there is to show of some entries, by their numbers; those that are gone by now are left out.

    So are those whose text is damaged: the URLs of their pages are put into `damaged`.
    """
    columns: list[Any] = [
        _entry.id,
        _entry.body_id,
        _page.url,
        _page.title,
        _page.state,
        schema.site.c.key.label("site"),
        _version.number,
    ]
    of_edit: list[Any] = [_edit.before.label("at"), _entry.edit_id, _edit.status, _edit.changes]
    columns += [_version.at] if what == Searched.CURRENT else of_edit
    query = select(*columns).select_from(_joined(what)).where(_entry.id.in_(entries))
    found = {}
    for row in connection.execute(query).all():
        try:
            found[row.id] = _hit(connection, question, what, row)
        except DamagedBodyError:
            damaged.add(row.url)
    return found


def in_order(
    found: Sequence[tuple[int, bool]], look: Callable[[list[int]], dict[int, SearchHit]]
) -> Iterator[SearchHit]:
    """The hits as they are shown: first those that have what was asked for exactly, as their texts show."""
    put_off: list[int] = []
    for batch in batched((number for number, exact in found if exact), _AT_ONCE):
        shown = look(batch)
        yield from (shown[number] for number in batch if number in shown and shown[number].exact)
        put_off += [number for number in batch if number in shown and not shown[number].exact]
    for batch in batched(chain(put_off, (number for number, exact in found if not exact)), _AT_ONCE):
        shown = look(batch)
        yield from (shown[number] for number in batch if number in shown)


def _hit(connection: Connection, question: Question, what: Searched, row: Row[Any]) -> SearchHit:
    if what == Searched.CURRENT:
        texts = [passage(text) for text in passages(articles.from_bytes(bodies.get(connection, row.body_id)))]
    else:
        texts = _changed(what, row.changes)
    shown = snippet(question, texts)
    return SearchHit(
        url=row.url,
        site=row.site,
        title=row.title,
        state=row.state,
        version=row.number,
        at=row.at,
        edit_id=None if what == Searched.CURRENT else row.edit_id,
        status=None if what == Searched.CURRENT else row.status,
        exact=shown.exact,
        snippet=shown.text,
        hits=shown.hits,
    )


def _changed(what: Searched, changes: list[dict[str, Any]]) -> list[Passage]:
    """The words that went or came, each in the sentence that it stood in."""
    words, around = ("added", "after") if what == Searched.ADDED else ("removed", "before")
    return [passage(text, change[around]) for change in changes for text in change[words]]
