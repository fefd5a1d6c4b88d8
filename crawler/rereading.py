"""Reads what the archive holds of pages anew, from their bytes, by today's reader."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime

from crawler.readers import Readers
from crawler.sites import Site, rules_at
from crawler.stillthere import last_alike
from storage.archive import Archive
from storage.articles import article_fields
from storage.errors import DamagedBodyError
from storage.queries import Queries
from storage.records import Reading
from storage.rows import PageRow, RawCapture, ReadableVersion
from storage.sitememory import Memory


async def read_capture(readers: Readers, site: Site, memory: Memory, raw: RawCapture) -> Reading:
    """What a capture reads as, by the rules that the site file has for its day."""
    rules = rules_at(site, raw.at.astimezone(site.zone).date())
    return await readers.read(raw.body, raw.url, raw.content_type, rules, memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReread:
    """A version that reads differently now: the fields that do, or why it does not read any more."""

    number: int
    before: str  # the reader version that read it last
    reader: str
    fields: tuple[str, ...]
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Why a version, from that visit, could not be read or compared; without these, why what was learned could not."""

    text: str
    version: int | None = None
    visit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReread:
    """What reading a page's versions anew came to; edits are counted only where the result was stored."""

    url: str
    versions: int
    differing: tuple[VersionReread, ...]
    damaged: tuple[Damage, ...]
    edits_changed: int
    edits_withdrawn: int


class Rereader:
    """Reads pages of one site anew; with an archive to write to, the readings are kept and the edits judged anew."""

    def __init__(
        self, *, queries: Queries, archive: Archive | None, readers: Readers, site: Site, memory: Memory
    ) -> None:
        self._queries = queries
        self._archive = archive
        self._readers = readers
        self._site = site
        self._memory = memory

    async def pages(self, pages: Iterable[PageRow], at_once: int) -> AsyncIterator[PageReread]:
        """The pages one by one, some of them read ahead."""
        waiting: list[asyncio.Task[PageReread]] = []
        try:
            for page in pages:
                waiting.append(asyncio.ensure_future(self.page(page.id, page.url)))
                if len(waiting) > 2 * at_once:
                    yield await waiting.pop(0)
            while waiting:
                yield await waiting.pop(0)
        finally:  # asyncio prints the traceback of a task that failed when nobody asks what came of it
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)

    async def page(self, page_id: int, url: str, newest: int | None = None) -> PageReread:
        """Every version of a page, or so many of the newest; what is damaged is left out, and told."""
        versions = (await asyncio.to_thread(self._queries.readable, page_id))[-newest if newest else 0 :]
        readings: dict[int, Reading] = {}
        until: dict[int, datetime | None] = {}
        differing: list[VersionReread] = []
        damaged: list[Damage] = []
        for version in versions:
            try:
                readings[version.id] = await self._read(version)
                found = await asyncio.to_thread(self._difference, page_id, version, readings[version.id])
                until |= await self._until(page_id, version, readings[version.id]) if newest is None else {}
            except DamagedBodyError as error:
                visit = await asyncio.to_thread(self._visit, page_id, version)
                damaged.append(Damage(text=str(error), version=version.number, visit=visit))
                continue
            differing += [found] if found else []
        changed = withdrawn = 0
        if self._archive is not None:
            weights = self._site.significance.weights()
            changed, withdrawn = await asyncio.to_thread(self._archive.reread, page_id, readings, weights, until)
        return PageReread(
            url=url,
            versions=len(versions),
            differing=tuple(differing),
            damaged=tuple(damaged),
            edits_changed=changed,
            edits_withdrawn=withdrawn,
        )

    async def _until(self, page_id: int, version: ReadableVersion, reading: Reading) -> dict[int, datetime | None]:
        """Until when a version's text was there, where another reader may have seen it longer than it was."""
        if self._archive is None or version.reader == reading.reader or reading.article is None or reading.suspect:
            return {}
        looks = await asyncio.to_thread(self._queries.looks, page_id, version.number)
        return {version.id: await last_alike(looks, reading.article, self._read_capture)}

    def _visit(self, page_id: int, version: ReadableVersion) -> int | None:
        """The visit that a version was read from."""
        visits = self._queries.history(page_id)
        return next((visit.id for visit in visits if visit.capture_id == version.capture_id), None)

    async def _read(self, version: ReadableVersion) -> Reading:
        return await self._read_capture(version.capture_id)

    async def _read_capture(self, capture_id: int) -> Reading:
        raw = await asyncio.to_thread(self._queries.capture, capture_id)
        return await read_capture(self._readers, self._site, self._memory, raw)

    def _difference(self, page_id: int, version: ReadableVersion, reading: Reading) -> VersionReread | None:
        fault = reading.unreadable or ("" if version.walled and reading.walled else reading.suspect)
        fields: tuple[str, ...] = ()
        old = article_fields(self._queries.article(page_id, version.number))
        if reading.article is not None:
            new = article_fields(reading.article)
            fields = tuple(name for name in new if new[name] != old[name])
        if not fields and not fault:
            return None
        return VersionReread(
            number=version.number, before=version.reader, reader=reading.reader, fields=fields, fault=fault
        )
