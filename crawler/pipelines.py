"""The two steps after a fetch: have the page read, then have the visit stored."""

import asyncio
from collections.abc import Callable
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.configuring import SiteSettings
from crawler.fetching.fetched import Fetched
from crawler.findings import Finder
from crawler.readers import Readers
from crawler.sites import Site
from crawler.spiders.watch import WatchSpider
from crawler.stopping import Stop, StoppedError
from crawler.writer import Writer
from storage.archive import Archive
from storage.queries import Queries
from storage.visits import Finding, Visit


class ReadingPipeline:
    """Has a response read where the cheap answers (304, the same bytes) do not settle it."""

    def __init__(
        self, *, readers: Readers, site: Site, queries: Queries, stop: Stop, on_damage: Callable[[str], None]
    ) -> None:
        self._queries = queries
        self._stop = stop
        memory = queries.memory(site.key)  # one snapshot for the whole crawl
        self._finder = Finder(readers=readers, site=site, queries=queries, memory=memory, on_damage=on_damage)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider = _spider(crawler)
        queries = Queries(crawler.settings["LUUTIN_ARCHIVE"])
        return cls(
            readers=spider.readers,
            site=spider.site,
            queries=queries,
            stop=spider.stop,
            on_damage=spider.faults.append,
        )

    def close_spider(self) -> None:
        """Close the archive."""
        self._queries.close()

    async def process_item(self, item: Fetched) -> Finding:
        """The finding that a look at a page amounts to.

        Raises:
            DropItem: the crawl was asked to end, and reading takes longer than it may then.
        """
        try:
            return await self._stop.unless_over(self._finder.finding(item))
        except StoppedError as error:
            raise DropItem(str(error), log_level="DEBUG") from error


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
