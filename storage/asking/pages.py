"""What is asked of pages: which there are, and what became of each."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from storage import fromrows, neighbours, schema, selecting
from storage.asking.reader import Reader
from storage.neighbours import Around
from storage.rows import (
    HistoryRow,
    PageRow,
    VersionRow,
)

_page = schema.page.c
_visit = schema.visit.c
_version = schema.version.c
_capture = schema.capture.c


class PageQueries(Reader):
    """Pages and their visits."""

    def page(self, url: str) -> PageRow | None:
        """The page that is or was known under this URL, as the archive writes URLs."""
        alias = schema.page_url.c
        with self._transaction() as connection:
            row = connection.execute(selecting.pages().join(schema.page_url).where(alias.url == url)).one_or_none()
            return None if row is None else fromrows.page_row(row)

    def pages(self, site: str | None = None, state: str | None = None, limit: int | None = None) -> Iterator[PageRow]:
        """The pages, the newest first; with a limit so many at most."""
        if site is None and limit is not None:
            rows = self._numbered(self._newest(state, limit), selecting.pages(), _page.id)
        else:
            rows = self._in_batches(selecting.wanted_pages(site, state).limit(limit), selecting.pages(), _page.id)
        yield from map(fromrows.page_row, rows)

    def _newest(self, state: str | None, limit: int) -> list[int]:
        """The numbers of the newest pages: of the newest of each site, as all pages would have to be sorted else."""
        found: list[tuple[datetime, int]] = []
        with self._transaction() as connection:
            for site in connection.scalars(select(schema.site.c.key)).all():
                newest = selecting.wanted_pages(site, state).limit(limit).add_columns(_page.first_seen)
                found += [(row.first_seen, row.id) for row in connection.execute(newest)]
        return [number for _, number in sorted(found, reverse=True)[:limit]]

    def history(self, page_id: int) -> list[HistoryRow]:
        """Every visit to a page, the earliest first."""
        query = (
            select(schema.visit, _version.number, _capture.sha256)
            .outerjoin(schema.version, _version.id == _visit.version_id)
            .outerjoin(schema.capture, _capture.id == _visit.capture_id)
            .where(_visit.page_id == page_id)
            .order_by(_visit.at, _visit.id)
        )
        with self._transaction() as connection:
            return [fromrows.history_row(row) for row in connection.execute(query)]

    def versions(self, page_id: int) -> list[VersionRow]:
        """The versions of a page, the first one first."""
        with self._transaction() as connection:
            rows = connection.execute(selecting.versions(page_id).order_by(_version.number))
            return [fromrows.version_row(row) for row in rows]

    def seen(self, url: str, at: datetime) -> list[str]:
        """The visits to a URL at a time: the SHA-256 of the body as sent, or nothing where there was no answer."""
        query = (
            select(_capture.wire_sha256)
            .select_from(schema.visit)
            .outerjoin(schema.capture, _capture.id == _visit.capture_id)
            .join(schema.page_url, schema.page_url.c.page_id == _visit.page_id)
            .where(schema.page_url.c.url == url, _visit.url == url, _visit.at == at)
        )
        with self._transaction() as connection:
            return [digest or "" for digest in connection.scalars(query)]

    def around(self, page_id: int, at: datetime) -> Around:
        """What a page showed around a time."""
        with self._transaction() as connection:
            return neighbours.around(connection, page_id, at)
