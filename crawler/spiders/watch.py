"""The spider that watches one site: asks its sources, then fetches what is due. It parses nothing."""

import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, IgnoreRequest
from scrapy.http import Response as ScrapyResponse
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from crawler import handler, patience
from crawler.client import FetchError
from crawler.configuring import SiteSettings, apply_site, site_named
from crawler.fetched import Fetched
from crawler.found import Found, SourceLink
from crawler.frontdesk import Errand, FrontDesk, source_kind
from crawler.patience import PausedError
from crawler.readers import Readers, ReadingLimits
from crawler.robots import DisallowedError
from crawler.sites import Site
from storage.records import Due, Outcome, Response, SourceState, SourceVisit

log = logging.getLogger(__name__)

_NESTED_SITEMAPS = 20  # taken from one index: the news sitemaps and the ones changed last
_DEEPEST = 3  # sitemap indexes within one another


class WatchSpider(Spider):
    """Fetches for one crawl of one site; every response goes to the pipelines unread."""

    name = "watch"

    def __init__(self, *, site: Site, desk: FrontDesk, readers: Readers, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.site = site
        self.desk = desk
        self.readers = readers
        self._clock = clock
        self.found = 0
        self.sources_failed: list[str] = []
        self._asked: set[str] = set()
        self._discovering = True

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        site: str | Site = "",
        errand: Errand | None = None,
        url: str = "",
    ) -> Self:
        chosen = site if isinstance(site, Site) else site_named(crawler.settings, site)
        apply_site(crawler.settings, chosen)
        own = SiteSettings.of(crawler.settings, chosen)
        clock = load_object(crawler.settings["LUUTIN_CLOCK"])
        desk = FrontDesk(
            site=chosen,
            errand=errand or Errand(urls=(url,) if url else ()),
            archive=own.open_archive(),
            clock=clock,
            next_discovery=own.timetable.discovery_due,
        )
        readers = Readers(processes=own.readers, limits=ReadingLimits())
        spider = cls(site=chosen, desk=desk, readers=readers, clock=clock)
        spider._set_crawler(crawler)
        crawler.signals.connect(spider.take_more, signal=signals.spider_idle)
        crawler.signals.connect(spider.end, signal=signals.spider_closed)
        return spider

    @property
    def sources_asked(self) -> int:
        """How many sources have been asked."""
        return len(self._asked)

    async def start(self) -> AsyncIterator[Any]:
        """The sources to ask, or the URLs that were asked for."""
        self.desk.open()
        for source in self.desk.sources():
            yield self._source_request(source, 0)
        for url, due in self.desk.requested():
            yield self._page_request(url, due)

    def take_more(self) -> None:
        """When nothing is under way: lease the next pages, or let the spider close."""
        if self._discovering:
            self._discovering = False
            self.desk.discovered()
        batch = self.desk.next_batch()
        assert self.crawler.engine is not None
        for due in batch:
            self.crawler.engine.crawl(self._page_request(due.url, due))
        if batch:
            raise DontCloseSpider

    def end(self) -> None:
        """Give back leases and processes."""
        self.desk.close()
        self.readers.close()

    def _page_request(self, url: str, due: Due) -> Request:
        headers = conditional_headers(due.etag, due.last_modified) if due.version is not None else {}
        meta = {"due": due, "url": url, "at": self._clock()}
        return Request(url, headers=headers, meta=meta, callback=self.parse_page, errback=self.page_failed)

    async def parse_page(self, response: ScrapyResponse) -> AsyncIterator[Fetched]:
        """Pass the raw response on."""
        raw: Response = response.meta[handler.META]
        yield Fetched(
            due=response.meta["due"],
            url=response.meta["url"],
            at=raw.at,
            response=raw,
            retry_after=response.meta.get(patience.META),
        )
        if patience.META in response.meta:
            self.desk.pause(response.meta["download_slot"], response.meta[patience.META])

    async def page_failed(self, failure: Failure) -> AsyncIterator[Fetched]:
        """Pass on why there is no response; a surprise is raised again."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if isinstance(failure.value, PausedError):
            self.desk.pause(failure.value.host, failure.value.until)
            return  # nothing was asked, so there is no visit; the page stays due
        outcome, note = reason_of(failure.value)
        at = self._clock()
        yield Fetched(due=request.meta["due"], url=request.meta["url"], at=at, failure=outcome, note=note)

    def _source_request(self, source: SourceState | SourceLink, depth: int) -> Request:
        self._asked.add(source.url)
        headers = {}
        if isinstance(source, SourceState):
            headers = conditional_headers(source.etag, source.last_modified)
        meta = {"kind": source.kind, "url": source.url, "depth": depth}
        return Request(
            source.url,
            headers=headers,
            meta=meta,
            priority=10,
            callback=self.parse_source,
            errback=self.source_failed,
        )

    async def parse_source(self, response: ScrapyResponse) -> AsyncIterator[Request]:
        """Have a source read in a reading process, and put what it names into the frontier."""
        raw: Response = response.meta[handler.META]
        kind = source_kind(response.meta["kind"])
        found = Found()
        if raw.status == 200 and not raw.fault:
            found = await self.readers.found_in(kind, raw.body, raw.header("Content-Type"), raw.url, self.site)
        self._source_done(source_visit(response.meta["url"], raw, found), found)
        for link in nested(found.sources, response.meta["depth"]):
            if link.url not in self._asked:
                yield self._source_request(link, response.meta["depth"] + 1)

    def source_failed(self, failure: Failure) -> None:
        """Note that a source could not be asked."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if isinstance(failure.value, PausedError):
            self.desk.pause(failure.value.host, failure.value.until)
        outcome, note = reason_of(failure.value)
        visit = SourceVisit(url=request.meta["url"], at=self._clock(), outcome=outcome, note=note)
        self._source_done(visit, Found())

    def _source_done(self, visit: SourceVisit, found: Found) -> None:
        self.found += self.desk.source_found(visit, found)
        if visit.failed:
            self.sources_failed.append(f"{visit.url}: {visit.outcome.value}: {visit.note}")
            log.warning("%s: source %s: %s: %s", self.site.key, visit.url, visit.outcome.value, visit.note)


def conditional_headers(etag: str, last_modified: str) -> dict[str, str]:
    """The request headers that ask for a page only if it has changed (RFC 9110, 13.1)."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def source_visit(url: str, response: Response, found: Found) -> SourceVisit:
    """What came of asking a source."""
    outcome, note = Outcome.NEW, found.fault
    if response.status == 304:
        outcome = Outcome.NOT_MODIFIED
    elif response.status != 200:
        outcome, note = Outcome.ERROR, f"answered {response.status}"
    elif response.fault_outcome is not None:
        outcome, note = response.fault_outcome, response.fault
    elif found.fault and not (found.articles or found.sources):
        outcome = Outcome.UNREADABLE
    return SourceVisit(
        url=url,
        at=response.at,
        outcome=outcome,
        note=note,
        etag=response.header("ETag"),
        last_modified=response.header("Last-Modified"),
    )


def nested(sources: tuple[SourceLink, ...], depth: int) -> list[SourceLink]:
    """Which of the sitemaps that an index names are asked too: news sitemaps first, then the ones changed last."""
    if depth >= _DEEPEST:
        return []
    sitemaps = [source for source in sources if source.kind == "sitemap"]
    oldest = datetime.min.replace(tzinfo=UTC)
    by_age = sorted(sitemaps, key=lambda link: link.modified or oldest, reverse=True)
    return sorted(by_age, key=lambda link: "news" not in link.url)[:_NESTED_SITEMAPS]


def reason_of(error: BaseException | None) -> tuple[Outcome, str]:
    """The outcome and note of a request without a response; a surprise is raised."""
    if isinstance(error, FetchError | DisallowedError):
        return error.outcome, error.note
    if isinstance(error, IgnoreRequest):
        return Outcome.ERROR, str(error) or "the request was given up"
    raise error or AssertionError("a failure without an exception")
