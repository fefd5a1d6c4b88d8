"""The two steps after a fetch: have the page read, then have the visit stored."""

import asyncio
from collections.abc import Callable
from typing import Self

from scrapy.crawler import Crawler

from crawler.configuring import SiteSettings
from crawler.fetched import Fetched
from crawler.readers import Readers
from crawler.sites import Site, rules_at
from crawler.spiders.watch import WatchSpider
from crawler.urls import normal_url, page_url
from crawler.writer import Writer
from storage.deciding import needs_reading
from storage.queries import Queries
from storage.records import Due, Finding, Reading, Response, Visit
from storage.rows import RawCapture


class ReadingPipeline:
    """Has a response read where the cheap answers (304, the same bytes) do not settle it."""

    def __init__(self, *, readers: Readers, site: Site, captures: Callable[[int], RawCapture]) -> None:
        self._readers = readers
        self._site = site
        self._captures = captures

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider = _spider(crawler)
        queries = Queries(SiteSettings.of(crawler.settings, spider.site).archive)
        return cls(readers=spider.readers, site=spider.site, captures=queries.capture)

    async def process_item(self, item: Fetched) -> Finding:
        """The finding that a look at a page amounts to."""
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
        )

    async def _read(self, response: Response) -> Reading:
        rules = rules_at(self._site, response.at.astimezone(self._site.zone).date())
        return await self._readers.read(response.body, response.url, response.header("Content-Type"), rules)

    async def _earlier(self, due: Due, reading: Reading) -> Reading | None:
        """The current version's capture, read anew where another reader version read it."""
        if due.capture_id is None or due.reader == reading.reader:
            return None
        old = await asyncio.to_thread(self._captures, due.capture_id)
        rules = rules_at(self._site, old.at.astimezone(self._site.zone).date())
        return await self._readers.read(old.body, old.url, old.content_type, rules)


def _identity(item: Fetched, reading: Reading | None) -> str:
    """The URL that the page is known by after this visit."""
    if item.response is None:
        return ""
    article = reading.article if reading else None
    canonical = article.canonical_url if article else ""
    return page_url(normal_url(item.url), item.response.url, canonical)


class ArchivePipeline:
    """Has a finding stored; an item is scraped only when its visit is durable."""

    def __init__(self, *, writer: Writer) -> None:
        self._writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        own = SiteSettings.of(crawler.settings, _spider(crawler).site)
        return cls(writer=Writer(own.open_archive()))

    async def process_item(self, item: Finding) -> Visit:
        """The stored visit."""
        return await asyncio.wrap_future(self._writer.store(item))

    async def close_spider(self) -> None:
        """Store what is under way."""
        await asyncio.to_thread(self._writer.close)


def _spider(crawler: Crawler) -> WatchSpider:
    assert isinstance(crawler.spider, WatchSpider)
    return crawler.spider
