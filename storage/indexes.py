"""What is kept besides the archive's own record so that texts are found: the search index, and signatures of copies."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, select

from storage import schema
from storage.copies import signatures
from storage.errors import DamagedBodyError
from storage.records import Article
from storage.search import entries


def follow(connection: Connection, page_id: int) -> None:
    """Have a page found by what it reads as now; by nothing where what is stored of that is damaged."""
    with suppress(DamagedBodyError):
        _follow(connection, page_id)


def _follow(connection: Connection, page_id: int) -> None:
    body_id = connection.execute(_current_body(page_id)).scalar_one_or_none()
    entries.follow(connection, page_id, body_id)
    signatures.follow(connection, page_id, body_id)


def foresee(old: Article | None, new: Article) -> None:
    """Take from a page's next text what is kept of it here, and what of its old one is to be found and removed."""
    if old is not None:
        entries.foresee(old)
    entries.foresee(new)
    signatures.foresee(new)


def follow_all(connection: Connection, pages: Iterable[int]) -> list[str]:
    """`follow` for many pages; gives the URLs of those whose text is damaged, which are left out."""
    damaged: list[str] = []
    for page_id in pages:
        try:
            _follow(connection, page_id)
        except DamagedBodyError:
            damaged += connection.scalars(select(schema.page.c.url).where(schema.page.c.id == page_id))
    return damaged


def merge(connection: Connection, stub: int | None, page_id: int | None) -> None:
    """Have one page not be found any more, as it is about to go, and its edits be found as those of another."""
    entries.merge(connection, stub, page_id)
    signatures.forget(connection, stub)


def clear(connection: Connection) -> None:
    """Forget every page and edit, to begin anew."""
    entries.clear(connection)
    signatures.clear(connection)


def _current_body(page_id: int) -> Any:  # noqa: ANN401 - a select of one column
    page, reading = schema.page, schema.reading
    return (
        select(reading.c.body_id)
        .join(page, page.c.version_id == reading.c.version_id)
        .where(page.c.id == page_id, reading.c.current)
    )
