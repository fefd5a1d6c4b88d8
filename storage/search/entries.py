"""Keeps the search index in step with the archive: an entry for each page's current text, two at most for each edit."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from storage import articles, bodies, schema
from storage.errors import DamagedBodyError
from storage.foreseen import once
from storage.records import Article
from storage.rows import Searched
from storage.search import fulltext
from storage.search.documents import Document, article_document, document

_entry = schema.search_entry.c
_LOST = "lost"  # what it says was damaged when it was to be taken out
_BATCH = 500  # entries that are looked up at once


def follow(connection: Connection, page_id: int, body_id: int | None) -> None:
    """Index what a page reads as now, its reading being `body_id`, instead of what it read as when it was indexed."""
    known = connection.execute(_current_entry(page_id)).one_or_none()
    if body_id == (known.body_id if known else None):
        return
    if known is not None:
        _forget(connection, known.id, known.body_id)
    if body_id is not None:
        values = {"what": Searched.CURRENT.value, "page_id": page_id, "body_id": body_id}
        _add(connection, values, _words(_article(connection, body_id)))


def merge(connection: Connection, stub: int | None, page_id: int | None) -> None:
    """Take a page's current text out of the index, as the page is about to go; its edits are those of another now."""
    known = connection.execute(_current_entry(stub)).one_or_none()
    if known is not None:
        _forget(connection, known.id, known.body_id)
    connection.execute(update(schema.search_entry).where(_entry.page_id == stub).values(page_id=page_id))


def add_edit(connection: Connection, edit_id: int, page_id: int, changes: Sequence[Mapping[str, Any]]) -> None:
    """Index what an edit removed and added; changes as they are stored."""
    for what in (Searched.REMOVED, Searched.ADDED):
        made = _changed(what, changes)
        if made.text:
            _add(connection, {"what": what.value, "page_id": page_id, "edit_id": edit_id}, made)


def replace_edit(
    connection: Connection,
    edit_id: int,
    page_id: int,
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
) -> None:
    """Index what an edit is now said to have removed and added, instead of what it was said to."""
    for row in connection.execute(select(_entry.id, _entry.what).where(_entry.edit_id == edit_id)).all():
        fulltext.take(connection, row.id, _changed(Searched(row.what), old))
        connection.execute(delete(schema.search_entry).where(_entry.id == row.id))
    add_edit(connection, edit_id, page_id, new)


def _changed(what: Searched, changes: Sequence[Mapping[str, Any]]) -> Document:
    return document(text for change in changes for text in change[what.value])


def add_missing_edits(connection: Connection, edits: Sequence[int]) -> None:
    """Index those of some edits that are not in the index."""
    edit = schema.edit.c
    known = set(connection.scalars(select(_entry.edit_id).where(_entry.edit_id.in_(edits))))
    for row in connection.execute(select(edit.id, edit.page_id, edit.changes).where(edit.id.in_(edits))).all():
        if row.id not in known:
            add_edit(connection, row.id, row.page_id, row.changes)


def fill(connection: Connection, on_step: Callable[[int], None]) -> None:
    """Index the texts of all entries, of which the index holds nothing; `on_step` is told how many are done."""
    number, seen = select(_entry.id, _entry.what, _entry.body_id, _entry.edit_id), 0
    while rows := connection.execute(number.where(_entry.id > seen).order_by(_entry.id).limit(_BATCH)).all():
        for row in rows:
            with suppress(DamagedBodyError):  # which verifying names; its page is not found by its text
                fulltext.put(connection, row.id, _document(connection, row))
        seen = rows[-1].id
        on_step(len(rows))


def _document(connection: Connection, row: Row[*tuple[Any, ...]]) -> Document:
    if row.edit_id is None:
        return article_document(_article(connection, row.body_id))
    changes = connection.execute(select(schema.edit.c.changes).where(schema.edit.c.id == row.edit_id)).scalar_one()
    return _changed(Searched(row.what), changes)


def count(connection: Connection) -> int:
    """How many texts are in the index."""
    return int(connection.execute(select(func.count()).select_from(schema.search_entry)).scalar_one())


def clear(connection: Connection) -> None:
    """Empty the index."""
    fulltext.clear(connection)
    connection.execute(delete(schema.search_entry))


def foresee(article: Article) -> None:
    """Take the words of a text, without storing anything."""
    _words(article)


def _words(article: Article) -> Document:
    return once(("document", article), lambda: article_document(article))


def _add(connection: Connection, values: Mapping[str, Any], made: Document) -> None:
    entry_id = connection.execute(insert(schema.search_entry).values(values).returning(_entry.id)).scalar_one()
    fulltext.put(connection, entry_id, made)


def _forget(connection: Connection, entry_id: int, body_id: int) -> None:
    try:
        words = _words(_article(connection, body_id))
    except DamagedBodyError:  # FTS5 takes out only what it is shown: the entry stays, and answers no question
        connection.execute(update(schema.search_entry).where(_entry.id == entry_id).values(what=_LOST, body_id=None))
        return
    fulltext.take(connection, entry_id, words)
    connection.execute(delete(schema.search_entry).where(_entry.id == entry_id))


def _article(connection: Connection, body_id: int) -> Article:
    return once(("article", body_id), lambda: articles.from_bytes(bodies.get(connection, body_id)))


def _current_entry(page_id: int | None) -> Any:  # noqa: ANN401 - a select of two columns
    return select(_entry.id, _entry.body_id).where(_entry.page_id == page_id, _entry.what == Searched.CURRENT.value)
