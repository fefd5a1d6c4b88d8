"""Finds the copies of a page, and says which of them carry an edit."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from storage import articles, bodies, fromrows, schema, selecting
from storage.changes import EditStatus
from storage.copies import carrying, shingles, signatures
from storage.database import batched
from storage.errors import DamagedBodyError
from storage.records import Article
from storage.rows import CarriedEdit, CopyRow, EditRow, Relation

_page = schema.page.c
_edit = schema.edit.c


def copies(connection: Connection, page_id: int) -> list[CopyRow]:
    """A page, then its copies on other sites, then those on its own, the most similar first, with all their edits.

    Empty where the page has no text, or one too short to be a copy of anything.

    Raises:
        DamagedBodyError: the text of one of these pages, which is named, cannot be had.
    """
    alike = signatures.alike(connection, page_id)
    if page_id not in alike:
        return []
    own = _article(connection, page_id, alike.pop(page_id))
    wanted = shingles.shingles(shingles.words_of(own))
    found = {page_id: (own, 1.0)}
    for other, body_id in alike.items():
        article = _article(connection, other, body_id)
        shared = shingles.similarity(wanted, shingles.shingles(shingles.words_of(article)))
        if shared >= shingles.COPY:
            found[other] = article, shared
    edits = _edits(connection, found)
    site_id = connection.execute(select(_page.site_id).where(_page.id == page_id)).scalar_one()
    rows = [_row(page, _relation(page, page_id, site_id), *found[page.id], edits) for page in _pages(connection, found)]
    return sorted(rows, key=lambda row: (list(Relation).index(row.relation), -row.similarity, row.first_seen))


def _article(connection: Connection, page_id: int, body_id: int) -> Article:
    try:
        return articles.from_bytes(bodies.get(connection, body_id))
    except DamagedBodyError as error:
        url = connection.scalar(select(_page.url).where(_page.id == page_id))
        raise DamagedBodyError(f"{url}: {error}") from error


def _edits(connection: Connection, pages: Collection[int]) -> list[EditRow]:
    real = _edit.status != EditStatus.WITHDRAWN.value
    found: list[EditRow] = []
    for batch in batched(pages):
        query = selecting.edits().where(_edit.page_id.in_(batch), real)
        found += [fromrows.edit_row(row) for row in connection.execute(query)]
    return sorted(found, key=lambda edit: (edit.between[1], edit.id))


def _pages(connection: Connection, pages: Collection[int]) -> list[Row[Any]]:
    return [row for batch in batched(pages) for row in connection.execute(selecting.pages().where(_page.id.in_(batch)))]


def _relation(page: Row[Any], asked: int, site_id: int) -> Relation:
    if page.id == asked:
        return Relation.PAGE
    return Relation.SAME_SITE if page.site_id == site_id else Relation.COPY


def _row(page: Row[Any], relation: Relation, article: Article, shared: float, edits: Sequence[EditRow]) -> CopyRow:
    text = carrying.every_shingle(article)
    verdicts = ((edit, carrying.has(text, edit.changes)) for edit in edits)
    carried = (
        CarriedEdit(id=edit.id, url=edit.url, has=has, only_removed=carrying.only_removes(edit.changes))
        for edit, has in verdicts
        if has is not None
    )
    return CopyRow(
        relation=relation,
        url=page.url,
        site=page.site,
        title=page.title,
        state=page.state,
        similarity=shared,
        first_seen=page.first_seen,
        published=page.published,
        edits=tuple(carried),
    )
