"""The read door: everything that is read from an archive is read through `Queries`, which cannot write."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import chain, islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select

from storage import articles, bodies, neighbours, remembering, schema, selecting, sizes
from storage.changes import ChangeKind, EditStatus, Significance
from storage.copies import finding as copying
from storage.database import batched
from storage.door import Door
from storage.errors import ArchiveError
from storage.frontier import PAUSED
from storage.neighbours import Around
from storage.records import Article
from storage.rows import (
    CopyRow,
    DueSite,
    EditRow,
    FullVersion,
    HistoryRow,
    PageRow,
    RawCapture,
    ReadableVersion,
    Searched,
    SearchHit,
    SiteRow,
    VersionRow,
)
from storage.search import finding
from storage.search.question import parse
from storage.sitememory import Memory
from storage.stamps import keeping
from storage.stamps.keeping import Asked
from storage.stamps.statements import Stamp

_page = schema.page.c
_visit = schema.visit.c
_version = schema.version.c
_capture = schema.capture.c
_edit = schema.edit.c


class Queries(Door):
    """An archive open for reading.

    Raises:
        ArchiveError: from any method, when the database fails; the text says what a person can do.
    """

    def __init__(self, url: str) -> None:
        super().__init__(url, read_only=True)

    def _in_batches(
        self, wanted: Select[tuple[int]], rows: Select[Any], number: ColumnElement[int]
    ) -> Iterator[Row[Any]]:
        """The rows with the wanted numbers, in that order.

        No transaction is open while the caller looks at them, however long: an open one keeps the write-ahead log of
        SQLite from being emptied.
        """
        with self._transaction() as connection:
            numbers = list(connection.scalars(wanted))
        for batch in batched(numbers):
            with self._transaction() as connection:
                found = {row.id: row for row in connection.execute(rows.where(number.in_(batch)))}
            yield from (found[one] for one in batch if one in found)

    def page(self, url: str) -> PageRow | None:
        """The page that is or was known under this URL, as the archive writes URLs."""
        alias = schema.page_url.c
        with self._transaction() as connection:
            row = connection.execute(selecting.pages().join(schema.page_url).where(alias.url == url)).one_or_none()
            return None if row is None else selecting.page_row(row)

    def pages(self, site: str | None = None, state: str | None = None, limit: int | None = None) -> Iterator[PageRow]:
        """The pages, the newest first; with a limit so many at most."""
        wanted = selecting.wanted_pages(site, state, limit)
        for row in self._in_batches(wanted, selecting.pages(), _page.id):
            yield selecting.page_row(row)

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
            return [selecting.history_row(row) for row in connection.execute(query)]

    def versions(self, page_id: int) -> list[VersionRow]:
        """The versions of a page, the first one first."""
        with self._transaction() as connection:
            rows = connection.execute(selecting.versions(page_id).order_by(_version.number))
            return [selecting.version_row(row) for row in rows]

    def article(self, page_id: int, number: int) -> Article:
        """What a version of a page reads as."""
        with self._transaction() as connection:
            row = _one(
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
            with self._transaction() as connection:
                read = articles.from_bytes(bodies.get(connection, row.body_id))
            yield FullVersion(url=row.url, site=row.site, version=selecting.version_row(row), article=read)

    def raw(self, page_id: int, number: int) -> RawCapture:
        """The capture that a version of a page was read from, byte for byte."""
        query = selecting.versions(page_id).where(_version.number == number)
        with self._transaction() as connection:
            version = _one(connection, query, f"there is no version {number}")
            return _raw(connection, version.capture_id)

    def capture(self, capture_id: int) -> RawCapture:
        """One capture, byte for byte."""
        with self._transaction() as connection:
            return _raw(connection, capture_id)

    def captures(self, page_id: int) -> Iterator[tuple[HistoryRow, RawCapture | None]]:
        """Every visit to a page with what was received, the earliest first."""
        for row in self.history(page_id):
            yield row, None if row.capture_id is None else self.capture(row.capture_id)

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

    def received(self, url: str, at: datetime) -> RawCapture | None:
        """What the URL answered to a request at that time."""
        pages = select(schema.page_url.c.page_id).where(schema.page_url.c.url == url)
        query = select(_capture.id).where(_capture.page_id.in_(pages), _capture.url == url, _capture.at == at)
        with self._transaction() as connection:
            found = connection.scalars(query).first()
            return None if found is None else _raw(connection, found)

    def edits(
        self,
        *,
        site: str | None = None,
        since: datetime | None = None,
        kinds: Collection[ChangeKind] = (),
        min_significance: Significance = Significance.COSMETIC,
        status: EditStatus | None = None,
        page_id: int | None = None,
        newest: int | None = None,
    ) -> Iterator[EditRow]:
        """Edits, the earliest first; `since` is the time of the visit that saw the new text.

        Withdrawn ones, which a better reading has shown to be none, are among them only where `status` asks for them.
        With `newest` they are so many at most, those that were seen last.
        """
        wanted = selecting.wanted_edits(
            site=site,
            since=since,
            min_significance=min_significance,
            status=status,
            page_id=page_id,
            backwards=newest is not None,
        )
        if newest is None:
            yield from self._edits(wanted, kinds)
        else:
            found = self._edits(wanted if kinds else wanted.limit(newest), kinds)
            yield from reversed(list(islice(found, newest)))

    def _edits(self, wanted: Select[tuple[int]], kinds: Collection[ChangeKind]) -> Iterator[EditRow]:
        for row in self._in_batches(wanted, selecting.edits(), _edit.id):
            if not kinds or any(kind.value in row.kinds for kind in kinds):
                yield selecting.edit_row(row)

    def edit(self, edit_id: int) -> EditRow:
        """One edit by its number."""
        with self._transaction() as connection:
            row = _one(connection, selecting.edits().where(_edit.id == edit_id), f"there is no edit {edit_id}")
            return selecting.edit_row(row)

    def readable(self, page_id: int) -> list[ReadableVersion]:
        """The versions of a page with the captures that they are read from, the first one first."""
        with self._transaction() as connection:
            return [
                ReadableVersion(**row._mapping)  # noqa: SLF001 - public name
                for row in connection.execute(selecting.readable(page_id))
            ]

    def memory(self, site: str) -> Memory:
        """What has been learned of a site; empty for one that the archive does not know."""
        with self._transaction() as connection:
            return remembering.current(connection, site)[0]

    def memories(self, site: str) -> list[tuple[datetime, Memory]]:
        """All that was ever learned of a site, the earliest first, with the time."""
        with self._transaction() as connection:
            return remembering.snapshots(connection, site)

    def to_learn(self, site: str) -> tuple[int, Mapping[int, Mapping[int, int]]] | None:
        """What a site's memory is to be learned from, and the newest reading in it; None where nothing is new."""
        with self._transaction() as connection:
            newest = remembering.newest_reading(connection, site, remembering.current(connection, site)[1])
            return None if newest is None else (newest, remembering.blocks_of_pages(connection, site))

    def restless_pages(self, site: str, limit: int) -> list[int]:
        """The pages of a site that were changed, the last changed first."""
        query = (
            select(_page.id)
            .join(schema.site)
            .where(schema.site.c.key == site, _page.last_change.is_not(None), _page.versions > 1)
            .order_by(_page.last_change.desc(), _page.id.desc())
            .limit(limit)
        )
        with self._transaction() as connection:
            return list(connection.scalars(query))

    def newest_articles(self, site: str) -> list[tuple[str, Article]]:
        """The newest texts that pages of a site have now, the newest first, with the URLs of the pages."""
        with self._transaction() as connection:
            return remembering.newest_articles(connection, site)

    def lost_fields(self, site: str) -> tuple[str, ...]:
        """The fields that a site's newest articles lack though those before had them."""
        with self._transaction() as connection:
            return remembering.lost_fields(connection, site)

    def search(
        self, query: str, *, what: Searched = Searched.CURRENT, site: str | None = None, since: datetime | None = None
    ) -> Iterator[SearchHit]:
        """The texts that answer a query, those with the same diacritics first, and among them the best first.

        All words have to be there, those in quotes one after the other; case does not count. `since` is the time when
        the text was seen first, or its edit. Of very many, the newest are put in this order, and then the next ones.

        Raises:
            ConfigError: there is no word in the query.
        """
        asked = finding.Asked(question=parse(query), what=what, site=site, since=since)

        def numbers(before: int) -> list[tuple[int, bool]]:
            with self._transaction() as connection:
                return finding.numbers(connection, asked, before)

        def look(entries: list[int]) -> dict[int, SearchHit]:
            with self._transaction() as connection:
                return finding.hits(connection, asked.question, what, entries)

        return chain.from_iterable(finding.in_order(found, look) for found in finding.every(numbers))

    def copies(self, page_id: int) -> list[CopyRow]:
        """A page, then the copies of its text on other sites, then those on its own, with which edits each carries.

        Empty for a page that has not been read, or whose text is too short to be a copy of anything.
        """
        with self._transaction() as connection:
            return copying.copies(connection, page_id)

    def site_keys(self) -> list[str]:
        """The sites that the archive knows."""
        with self._transaction() as connection:
            return list(connection.scalars(select(schema.site.c.key).order_by(schema.site.c.key)))

    def sites(self, now: datetime) -> list[SiteRow]:
        """The sites, with what is due, overdue and failing in each."""
        with self._transaction() as connection:
            rows = [dict(row._mapping) for row in connection.execute(selecting.sites(now))]  # noqa: SLF001 - public name
        return [SiteRow(**{**row, "lost_fields": tuple(row["lost_fields"])}) for row in rows]

    def due_sites(self, now: datetime) -> list[DueSite]:
        """The sites that have pages due or whose sources are to be asked again, the longest overdue first.

        Pages of hosts that asked to be left alone are not due before that time.
        """
        site, host = schema.site.c, schema.host_lease.c
        paused = select(host.host).where(host.owner == PAUSED, host.until >= now)
        pages_due = (
            select(_page.next_due)
            .where(_page.site_id == site.id, _page.next_due.is_not(None), _page.host.not_in(paused))
            .order_by(_page.next_due)
            .limit(1)
            .scalar_subquery()
        )
        query = select(site.key, site.next_discovery, pages_due.label("pages_due")).where(
            or_(site.next_discovery.is_(None), site.next_discovery <= now, pages_due <= now)
        )
        with self._transaction() as connection:
            due = [
                DueSite(site=row.key, next_discovery=row.next_discovery, pages_due=row.pages_due)
                for row in connection.execute(query)
            ]
        return sorted(due, key=lambda entry: (entry.since or datetime.min.replace(tzinfo=now.tzinfo), entry.site))

    def heads(self) -> dict[str, tuple[int, bytes]]:
        """Number and digest of the newest entry of each chain, by the site's key; the archive's own under no name."""
        with self._transaction() as connection:
            return keeping.heads(connection)

    def newest_stamp(self, url: str) -> Stamp | None:
        """The last time stamp by the authority at this address."""
        with self._transaction() as connection:
            return keeping.newest(connection, url)

    def asked_to_stamp(self, url: str) -> Asked | None:
        """What came of asking that authority last."""
        with self._transaction() as connection:
            return keeping.asked(connection, url)

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, and the bytes of the database file or of all its tables."""
        with self._transaction() as connection:
            return sizes.counts(connection, self._file)

    def rows_of(self, site: str | None) -> int:
        """How many pages, versions and edits there are of a site, or of all."""
        with self._transaction() as connection:
            tables = (schema.page, schema.version, schema.edit)
            return sum(int(connection.scalar(selecting.sized(table, site)) or 0) for table in tables)


def _one(connection: Connection, query: Select[Any], missing: str) -> Row[Any]:
    row = connection.execute(query).one_or_none()
    if row is None:
        raise ArchiveError(missing)
    return row


def _raw(connection: Connection, capture_id: int) -> RawCapture:
    row = _one(connection, select(schema.capture).where(_capture.id == capture_id), f"there is no capture {capture_id}")
    return selecting.raw_capture(connection, row)
