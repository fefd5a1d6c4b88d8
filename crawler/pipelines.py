"""The two steps after a fetch: have the page read, then have the visit stored."""

import asyncio
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.configuring import SiteSettings
from crawler.fetching.fetched import Fetched
from crawler.readers import Readers
from crawler.rereading import read_capture
from crawler.sites import Site, rules_at
from crawler.spiders.watch import WatchSpider
from crawler.stopping import Stop, StoppedError
from crawler.urls import normal_url, page_url
from crawler.writer import Writer
from storage.archive import Archive
from storage.deciding import needs_reading
from storage.queries import Queries
from storage.records import Reading, Response
from storage.visits import Due, Finding, Visit


class ReadingPipeline:
    """Has a response read where the cheap answers (304, the same bytes) do not settle it."""

    def __init__(self, *, readers: Readers, site: Site, queries: Queries, stop: Stop) -> None:
        self._readers = readers
        self._site = site
        self._queries = queries
        self._stop = stop
        self._memory = queries.memory(site.key)  # one snapshot for the whole crawl

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider = _spider(crawler)
        queries = Queries(crawler.settings["LUUTIN_ARCHIVE"])
        return cls(readers=spider.readers, site=spider.site, queries=queries, stop=spider.stop)

    def close_spider(self) -> None:
        """Close the archive."""
        self._queries.close()

    async def process_item(self, item: Fetched) -> Finding:
        """The finding that a look at a page amounts to.

        Raises:
            DropItem: the crawl was asked to end, and reading takes longer than it may then.
        """
        try:
            return await self._stop.unless_over(self._finding(item))
        except StoppedError as error:
            raise DropItem(str(error), log_level="DEBUG") from error

    async def _finding(self, item: Fetched) -> Finding:
        reading = earlier = None
        if item.response is not None and needs_reading(item.due.body_sha256, item.response):
            reading = await self._read(item.response)
            earlier = await self._earlier(item.due, reading)
        return Finding(
            page_id=item.due.page_id,
            url=item.url,
            at=item.at,
            response=item.response,
            reading=reading,
            earlier=earlier,
            identity=_identity(item, reading),
            failure=item.failure,
            note=item.note,
            retry_after=item.retry_after,
            weights=self._site.significance.weights(),
        )

    async def _read(self, response: Response) -> Reading:
        rules = rules_at(self._site, response.at.astimezone(self._site.zone).date())
        content_type = response.header("Content-Type")
        return await self._readers.read(response.body, response.url, content_type, rules, self._memory)

    async def _earlier(self, due: Due, reading: Reading) -> Reading | None:
        """The current version's capture, read anew where another reader version read it."""
        if due.capture_id is None or reading.article is None or due.reader == reading.reader:
            return None
        old = await asyncio.to_thread(self._queries.capture, due.capture_id)
        return await read_capture(self._readers, self._site, self._memory, old)


def _identity(item: Fetched, reading: Reading | None) -> str:
    """The URL that the page is known by after this visit."""
    if item.response is None:
        return ""
    article = reading.article if reading else None
    canonical = article.canonical_url if article else ""
    return page_url(normal_url(item.url), item.response.url, canonical)


class ArchivePipeline:
    """Has a finding stored; an item is scraped only when its visit is durable."""

    def __init__(self, *, archive: Archive) -> None:
        self._archive = archive
        self._writer = Writer(archive)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        own = SiteSettings.of(crawler.settings, _spider(crawler).site)
        return cls(archive=own.open_archive())

    async def process_item(self, item: Finding) -> Visit:
        """The stored visit."""
        return await asyncio.wrap_future(self._writer.store(item))

    async def close_spider(self) -> None:
        """Store what is under way, and close the archive."""
        await asyncio.to_thread(self._writer.close)
        self._archive.close()


def _spider(crawler: Crawler) -> WatchSpider:
    assert isinstance(crawler.spider, WatchSpider)
    return crawler.spider
