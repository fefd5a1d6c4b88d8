"""What is asked of versions and captures: what a page read as, and what it was read from."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from storage import articles, bodies, fromrows, looks, schema, selecting
from storage.asking.pages import PageQueries
from storage.asking.reader import one
from storage.errors import damage_in
from storage.records import EXTENT, Article
from storage.rows import (
    FullVersion,
    HistoryRow,
    Look,
    RawCapture,
    ReadableVersion,
)

_page = schema.page.c
_version = schema.version.c
_capture = schema.capture.c


class TextQueries(PageQueries):
    """Texts of versions, and answers byte for byte."""

    def article(self, page_id: int, number: int) -> Article:
        """What a version of a page reads as."""
        with self._transaction() as connection:
            row = one(
                connection,
                selecting.versions(page_id).where(_version.number == number),
                f"there is no version {number}",
            )
            return articles.from_bytes(bodies.get(connection, row.body_id))

    def every_version(self, site: str | None = None) -> Iterator[FullVersion]:
        """The versions of all pages with what they read as, page by page, the first one first."""
        wanted = select(_version.id).join(schema.page, _page.id == _version.page_id).join(schema.site)
        if site is not None:
            wanted = wanted.where(schema.site.c.key == site)
        rows = selecting.every_version()
        for row in self._in_batches(wanted.order_by(_version.page_id, _version.number), rows, _version.id):
            with damage_in(f"{row.url}, version {row.number}"), self._transaction() as connection:
                read = articles.from_bytes(bodies.get(connection, row.body_id))
            yield FullVersion(url=row.url, site=row.site, version=fromrows.version_row(row), article=read)

    def readable(self, page_id: int) -> list[ReadableVersion]:
        """The versions of a page with the captures that they are read from, the first one first."""
        with self._transaction() as connection:
            return [
                ReadableVersion(
                    id=row.id,
                    number=row.number,
                    capture_id=row.capture_id,
                    reader=row.reader,
                    walled=EXTENT in row.sources,
                )
                for row in connection.execute(selecting.readable(page_id))
            ]

    def looks(self, page_id: int, number: int) -> list[Look]:
        """The looks at a page that showed one of its versions, the earliest first."""
        with self._transaction() as connection:
            rows = connection.execute(looks.looks(page_id, number)).all()
        return [Look(at=row.at, capture_id=row.capture_id, sha256=row.sha256 or "") for row in rows]

    def raw(self, page_id: int, number: int) -> RawCapture:
        """The capture that a version of a page was read from, byte for byte."""
        query = selecting.versions(page_id).where(_version.number == number)
        with self._transaction() as connection:
            version = one(connection, query, f"there is no version {number}")
            return _raw(connection, version.capture_id)

    def capture(self, capture_id: int) -> RawCapture:
        """One capture, byte for byte."""
        with self._transaction() as connection:
            return _raw(connection, capture_id)

    def captures(self, page_id: int) -> Iterator[tuple[HistoryRow, RawCapture | None]]:
        """Every visit to a page with what was received, the earliest first."""
        for row in self.history(page_id):
            with damage_in(f"{row.url}, visit {row.id}"):
                raw = None if row.capture_id is None else self.capture(row.capture_id)
            yield row, raw

    def received(self, url: str, at: datetime) -> RawCapture | None:
        """What the URL answered to a request at that time."""
        pages = select(schema.page_url.c.page_id).where(schema.page_url.c.url == url)
        query = select(_capture.id).where(_capture.page_id.in_(pages), _capture.url == url, _capture.at == at)
        with self._transaction() as connection:
            found = connection.scalars(query).first()
            return None if found is None else _raw(connection, found)


def _raw(connection: Connection, capture_id: int) -> RawCapture:
    row = one(connection, select(schema.capture).where(_capture.id == capture_id), f"there is no capture {capture_id}")
    return fromrows.raw_capture(connection, row)
