"""Keeps the signature of each page's current text, and the bands under which similar ones are found."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, insert, select

from storage import articles, bodies, schema
from storage.copies import shingles
from storage.database import batched
from storage.foreseen import once
from storage.records import Article

_signature = schema.copy_signature.c
_band = schema.copy_band.c


def follow(connection: Connection, page_id: int, body_id: int | None) -> None:
    """Sign what a page reads as now, its reading being `body_id`; a text that is too short has no signature."""
    known = connection.execute(select(_signature.body_id).where(_signature.page_id == page_id)).scalar_one_or_none()
    if known == body_id:
        return
    forget(connection, page_id)
    if body_id is not None:
        article = once(("article", body_id), lambda: articles.from_bytes(bodies.get(connection, body_id)))
        _keep(connection, page_id, body_id, _signed(article))


def foresee(article: Article) -> None:
    """Sign a text, without storing anything."""
    _signed(article)


def _signed(article: Article) -> bytes | None:
    return once(("signature", article), lambda: shingles.signature(shingles.words_of(article)))


def keep(connection: Connection, page_id: int, body_id: int, words: Sequence[str]) -> None:
    """Sign the words of a page that has no signature."""
    _keep(connection, page_id, body_id, shingles.signature(words))


def _keep(connection: Connection, page_id: int, body_id: int, signed: bytes | None) -> None:
    if signed is None:
        return
    connection.execute(insert(schema.copy_signature).values(page_id=page_id, body_id=body_id, signature=signed))
    rows = [{"band": band, "page_id": page_id} for band in set(shingles.bands(signed))]
    connection.execute(insert(schema.copy_band), rows)


def forget(connection: Connection, page_id: int | None) -> None:
    """Take a page's signature away."""
    signed = connection.execute(select(_signature.signature).where(_signature.page_id == page_id)).scalar_one_or_none()
    if signed is not None:
        chosen = _band.band.in_(shingles.bands(signed)), _band.page_id == page_id
        connection.execute(delete(schema.copy_band).where(*chosen))
        connection.execute(delete(schema.copy_signature).where(_signature.page_id == page_id))


def clear(connection: Connection) -> None:
    """Take every signature away, whatever release of ours made it."""
    connection.execute(delete(schema.copy_band))
    connection.execute(delete(schema.copy_signature))


def alike(connection: Connection, page_id: int) -> dict[int, int]:
    """The pages whose text may be a copy of this page's, with the readings that they are signed by, and its own."""
    own = connection.execute(select(schema.copy_signature).where(_signature.page_id == page_id)).one_or_none()
    if own is None:
        return {}
    pages = connection.scalars(select(_band.page_id).where(_band.band.in_(shingles.bands(own.signature))).distinct())
    return dict(_alike(connection, pages.all(), own.signature))


def _alike(connection: Connection, pages: Iterable[int], signed: bytes) -> Iterable[tuple[int, int]]:
    for batch in batched(pages):
        for row in connection.execute(select(schema.copy_signature).where(_signature.page_id.in_(batch))):
            if shingles.looks_alike(row.signature, signed):
                yield row.page_id, row.body_id
