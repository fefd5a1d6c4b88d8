"""The write door: everything that is ever written to an archive is written through an `Archive`."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from storage import compacting, foreseen, frontier, indexes, migrations, remembering, rereading, schema, watched
from storage.backups import replace_copy
from storage.changes import SiteWeights
from storage.compacting import Compacted, OnStep
from storage.database import archive_url, batched, explain, open_engine, shrink, use_wal
from storage.door import Door
from storage.errors import ArchiveError
from storage.pagestate import NextDue
from storage.recording import foresee, record
from storage.records import Reading
from storage.rows import Rebuilt
from storage.search import entries, fulltext
from storage.sitememory import Memory
from storage.stamps import keeping
from storage.stamps.keeping import Asked
from storage.visits import Due, Finding, FoundPage, SourceState, SourceVisit, Visit

_USUAL = SiteWeights()
_NOTHING: Mapping[int, datetime | None] = MappingProxyType({})


class Archive(Door):
    """An open archive that can be written to.

    Every method is one transaction and is safe to call from several threads and processes at once; `now` is aware.

    Raises:
        ArchiveError: from any method, when the database fails; the text says what a person can do.
    """

    def __init__(self, url: str, *, next_due: NextDue, create: bool = False) -> None:
        """Open the archive at a database URL; `next_due` says when a page is looked at again after a visit."""
        self._readers = open_engine(archive_url(url), read_only=True)
        super().__init__(url, read_only=False, create=create)
        self._next_due = next_due
        if not create:
            try:
                self._check_writable()
                self._use_wal()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close every connection."""
        self._readers.dispose()
        super().close()

    def _check_writable(self) -> None:
        """Refuse an archive that cannot be written to at once: SQLite says so only when something is written."""
        with self._transaction() as connection:
            connection.execute(update(schema.meta).where(schema.meta.c.key == "").values(value=""))

    def _use_wal(self) -> None:
        try:
            use_wal(self._engine)
        except sqlite3.Error as error:
            raise explain(error, self._url) from error

    def migrate(self, now: datetime) -> int:
        """Make the tables, or bring them to this release's schema; gives the version found (0: none).

        An SQLite archive that is to be brought to another schema is copied first, to a file beside it.
        """
        if self._file is not None:
            _make_folder(self._file.parent)
            self._copy_before(self._file)
        with self._transaction() as connection, self._named():
            found = migrations.migrate(connection, now)
        self._use_wal()
        return found

    def _copy_before(self, file: Path) -> None:
        with self._transaction() as connection, self._named():
            found = migrations.version_of(connection)
        if found is not None and found < migrations.current():
            replace_copy(file, file.with_name(f"{file.name}.version-{found}"))

    def watch_site(self, key: str, now: datetime, sources: Sequence[tuple[str, str]] = ()) -> None:
        """Make a site and its discovery sources (kind, URL) known; sources that it no longer names are dropped."""
        with self._transaction() as connection:
            watched.watch(connection, key, now, sources)

    def sources(self, key: str) -> list[SourceState]:
        """The discovery sources of a site, with what is needed to ask for them cheaply."""
        with self._transaction() as connection:
            return watched.sources(connection, key)

    def source_visited(self, key: str, visit: SourceVisit, found: Sequence[FoundPage]) -> int:
        """Note what came of asking a source, and put the articles it names into the frontier; gives the new ones."""
        with self._transaction() as connection:
            watched.source_visited(connection, key, visit, len(found))
            return frontier.add_pages(connection, watched.number_of(connection, key), found, visit.at, "found")

    def add_pages(self, key: str, pages: Sequence[FoundPage], now: datetime) -> int:
        """Put article URLs into a site's frontier; gives how many were new."""
        with self._transaction() as connection:
            return frontier.add_pages(connection, watched.number_of(connection, key), pages, now, "requested")

    def set_right(self, key: str, now: datetime) -> datetime | None:
        """Make due what was visited by a clock that was ahead of this one; gives the time that it said, else None."""
        with self._transaction() as connection:
            said = watched.last_crawl(connection, key)
            if said is None or said <= now + watched.AHEAD:
                return None
            frontier.recall(connection, watched.number_of(connection, key), now)
            return said

    def crawl_started(self, key: str, now: datetime) -> int:
        """Free what crawls that died on this machine had leased; gives the number of such crawls."""
        with self._transaction() as connection:
            watched.note(connection, key, last_crawl=now)
            return frontier.release_dead(connection)

    def discovered(self, key: str, next_discovery: datetime) -> None:
        """Note that a site's sources have been asked, and when to ask them again."""
        with self._transaction() as connection:
            watched.note(connection, key, next_discovery=next_discovery)

    def claim_due(self, key: str, owner: str, now: datetime, limit: int) -> list[Due]:
        """Lease up to `limit` pages of a site that are due; none whose host another crawl holds."""
        with self._transaction() as connection:
            return frontier.claim_due(connection, watched.number_of(connection, key), owner, now, limit)

    def claim_known(self, key: str, owner: str, now: datetime, limit: int, before: datetime) -> list[Due]:
        """Lease up to `limit` pages of a site that have not been visited since `before`."""
        with self._transaction() as connection:
            return frontier.claim_known(connection, watched.number_of(connection, key), owner, now, limit, before)

    def claim_urls(self, owner: str, now: datetime, urls: Sequence[str]) -> dict[str, Due | None]:
        """Lease the pages that are known under these URLs, of any site; None: another crawl holds it."""
        with self._transaction() as connection:
            pages = frontier.pages_at(connection, urls)
            claimed = frontier.claim_pages(connection, owner, now, list(dict.fromkeys(pages.values())))
            dues = {due.page_id: due for due in claimed}
            return {url: dues.get(pages[url]) if url in pages else None for url in urls}

    def lease_found(self, key: str, owner: str, now: datetime, found: Mapping[str, datetime]) -> dict[str, Due | None]:
        """Lease the pages at these URLs for visits that were made before; None: another holds it.

        One that is not known becomes one of this site, found at the time that stands with its URL.
        """
        with self._transaction() as connection:
            site_id = watched.number_of(connection, key)
            for url, first_seen in found.items():
                frontier.add_pages(connection, site_id, [FoundPage(url=url)], first_seen, "requested")
            pages = frontier.pages_at(connection, found)
            leased = frontier.lease_pages(connection, owner, now, list(dict.fromkeys(pages.values())))
            dues = {due.page_id: due for due in leased}
            return {url: dues.get(pages[url]) for url in found}

    def hold_host(self, host: str, owner: str, now: datetime) -> bool:
        """Take or renew the lease on a host; False when another crawl holds it."""
        with self._transaction() as connection:
            return frontier.lock_host(connection, host, owner, now)

    def paused_until(self, host: str, now: datetime) -> datetime | None:
        """Until when a host asked to be left alone; None where another crawl holds it, or nobody."""
        with self._transaction() as connection:
            return frontier.paused_until(connection, host, now)

    def pause_host(self, host: str, now: datetime, until: datetime) -> None:
        """Let no crawl ask a host before `until`, because it said so."""
        with self._transaction() as connection:
            frontier.pause_host(connection, host, now, until)

    def release(self, owner: str) -> None:
        """Give back every lease of a crawl."""
        with self._transaction() as connection:
            frontier.release(connection, owner)

    def record(self, findings: Sequence[Finding], stored: datetime | None = None) -> list[Visit]:
        """Judge and store findings, all in one transaction; they are durable when this returns.

        `stored` is when that is, for visits that were made before, by others: they enter the chain then.
        """
        with foreseen.kept():
            self._foresee(findings)
            with self._transaction() as connection:
                return [record(connection, finding, self._next_due, stored) for finding in findings]

    def _foresee(self, findings: Sequence[Finding]) -> None:
        """Read, compare and compress before others have to wait for this: most of the time that recording takes.

        A fault is told by the transaction, which comes upon it again.
        """
        with suppress(DatabaseError), self._readers.begin() as connection:
            for finding in findings:
                with suppress(ArchiveError, ValueError):
                    foresee(connection, finding)

    def reread(
        self,
        page_id: int,
        readings: Mapping[int, Reading],
        weights: SiteWeights = _USUAL,
        until: Mapping[int, datetime | None] = _NOTHING,
    ) -> tuple[int, int]:
        """Keep what a page's versions read as anew, and judge its edits by that; gives those changed and withdrawn.

        `until`: of versions, the last look at which the text was still there by these readings; None for all of them.
        """
        with self._transaction() as connection:
            return rereading.reread(connection, page_id, readings, weights, until)

    def remember(self, key: str, memory: Memory, until: int, now: datetime) -> None:
        """Make a snapshot, learned from the readings `until` that one, a site's memory."""
        with self._transaction() as connection:
            remembering.keep(connection, key, memory, until, now)

    def note_lost(self, key: str, fields: Sequence[str]) -> None:
        """Keep which fields a site's newest articles lack, all at once."""
        with self._transaction() as connection:
            remembering.note_lost(connection, key, fields)

    def probe_due(self, key: str, before: datetime) -> bool:
        """Whether a site was not asked for a page that cannot exist since `before`."""
        with self._transaction() as connection:
            return remembering.probe_due(connection, key, before)

    def probed(self, key: str, title: str, blocks: Sequence[int], now: datetime) -> None:
        """Keep what a site answers to a URL that cannot exist: a headline and keys of blocks, or nothing."""
        with self._transaction() as connection:
            remembering.probed(connection, key, title, blocks, now)

    def stamped(self, at: datetime, url: str, said: bytes, token: bytes) -> None:
        """Keep a time stamp of the chains that an authority gave and that was checked."""
        with self._transaction() as connection:
            keeping.keep(connection, at, url, said, token)

    def not_stamped(self, url: str, asked: Asked) -> None:
        """Note that an authority was asked for a time stamp, and gave none."""
        with self._transaction() as connection:
            keeping.note(connection, url, asked)

    def rebuild_search(self) -> Rebuilt:
        """Build the search index and the signatures of copies anew from the stored versions and edits.

        Some at a time, so that others may write meanwhile.
        """
        with self._transaction() as connection:
            indexes.clear(connection)
            edits = list(connection.scalars(select(schema.edit.c.id)))
            pages = list(connection.scalars(select(schema.page.c.id).where(schema.page.c.version_id.is_not(None))))
        damaged: list[str] = []
        for batch in batched(edits):
            with self._transaction() as connection:
                entries.add_missing_edits(connection, batch)
        for batch in batched(pages):
            with self._transaction() as connection:
                damaged += indexes.follow_all(connection, batch)
        with self._transaction() as connection:
            return Rebuilt(texts=entries.count(connection), damaged=tuple(damaged))

    def compact(self, *, few: bool = False, on_step: OnStep = lambda _done, _all: None) -> Compacted:
        """Pack what is stored already more tightly, some at a time; a body that cannot be had stays as it is.

        Pages whose bodies are few as yet are left for another time, unless with `few`.
        """
        reading = partial(self._begun, self._readers)
        return compacting.compact(reading, self._transaction, few=few, on_step=on_step)

    def has_grown(self) -> bool:
        """Whether so much was stored since it was compacted last that it is worth doing again."""
        with self._begun(self._readers) as connection:
            return compacting.has_grown(connection)

    def shrink(self) -> None:
        """Give the room that is free in the database back to the disk. Whoever writes meanwhile has to wait."""
        with self._transaction() as connection:
            fulltext.merge(connection)
        try:
            shrink(self._engine)
        except (DatabaseError, sqlite3.Error) as error:
            raise explain(error, self._url) from error


def init(url: str, now: datetime) -> int:
    """Make an archive, or bring one to this release's schema; gives the schema version found (0: there was none)."""
    with Archive(url, next_due=lambda _site, _history, _now: None, create=True) as archive:
        return archive.migrate(now)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"the folder {folder} for the archive cannot be made: {error.strerror}") from error
