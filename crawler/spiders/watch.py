"""The spider that watches one site: asks its sources, then fetches what is due. It parses nothing."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response as ScrapyResponse
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from crawler.configuring import SiteSettings, apply_site, site_named
from crawler.fetching.answers import conditional_headers, nested, reason_of, source_visit
from crawler.fetching.fetched import RESPONSE, RETRY_AFTER, Fetched
from crawler.fetching.fetcher import Fetcher
from crawler.fetching.patience import PausedError
from crawler.finding.found import Found, SourceLink
from crawler.finding.probing import answer_keys, impossible_url
from crawler.frontdesk import Errand, FrontDesk, source_kind
from crawler.learning import settle
from crawler.readers import Readers
from crawler.sites import Site, rules_at
from crawler.stopping import Stop, StoppedError
from crawler.urls import host_key
from storage.errors import LuutinError
from storage.records import Article, Response
from storage.visits import Due, SourceState, SourceVisit

log = logging.getLogger(__name__)

_MOST_SOURCES = 100  # asked in one crawl


class WatchSpider(Spider):
    """Fetches for one crawl of one site; every response goes to the pipelines unread."""

    name = "watch"

    def __init__(
        self,
        *,
        site: Site,
        desk: FrontDesk,
        fetcher: Fetcher,
        readers: Readers,
        stop: Stop,
        clock: Callable[[], datetime],
        settings: SiteSettings,
    ) -> None:
        super().__init__()
        self.site = site
        self.desk = desk
        self.fetcher = fetcher
        self.readers = readers
        self.stop = stop
        self._clock = clock
        self._own = settings
        self.found = 0
        self.faults: list[str] = []
        self.sources_failed: list[str] = []
        self._asked: set[str] = set()
        self._discovering = True
        self._probing = False
        self._probed: Article | None = None
        self._probe_answered = False
        self._ended = False
        self.unfetched: dict[str, tuple[datetime, int]] = {}  # host -> until when it wants to be left alone, URLs

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        site: str | Site = "",
        errand: Errand | None = None,
        url: str = "",
        stop: Stop | None = None,
    ) -> Self:
        chosen = site if isinstance(site, Site) else site_named(crawler.settings, site)
        apply_site(crawler.settings, chosen)
        own = SiteSettings.of(crawler.settings, chosen)
        clock = load_object(crawler.settings["LUUTIN_CLOCK"])
        asked = stop or Stop()
        desk = FrontDesk(
            site=chosen,
            errand=errand or Errand(urls=(url,) if url else ()),
            delay=own.delay,
            archive=own.open_archive(),
            clock=clock,
            next_discovery=own.timetable.discovery_due,
            shortage=lambda: own.room.told,
        )
        fetcher = Fetcher.of(crawler.settings, asked)
        readers = Readers(processes=own.readers, limits=own.limits)
        spider = cls(site=chosen, desk=desk, fetcher=fetcher, readers=readers, stop=asked, clock=clock, settings=own)
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
        try:
            self.desk.open()
            if self._paused():
                return
            for source in self.desk.sources():
                yield self._source_request(source, 0)
            for url, due in self.desk.requested():
                yield self._page_request(url, due)
        except LuutinError as error:  # Scrapy would log it at length and go on
            self.faults.append(str(error))
            self.stop.ask()

    def _paused(self) -> bool:
        """Whether there is too little room on the disk: then the crawl is asked to end in good order."""
        if self.desk.paused() and not self.stop.asked.is_set():
            self.stop.ask()
        return self.stop.asked.is_set()

    def take_more(self) -> None:
        """When nothing is under way: lease the next pages, or let the spider close."""
        if self._paused():
            return
        try:
            batch = self._next_batch()
        except LuutinError as error:  # Scrapy would only log it
            self.faults.append(str(error))
            return
        assert self.crawler.engine is not None
        if batch and not self._probing and self.desk.probe(batch[0][0]):
            self._probing = True
            self.crawler.engine.crawl(self._probe_request(batch[0][0]))
        for url, due in batch:
            self.crawler.engine.crawl(self._page_request(url, due))
        if batch:
            raise DontCloseSpider

    def _next_batch(self) -> list[tuple[str, Due]]:
        if self._discovering:
            self._discovering = False
            self.desk.discovered()
        return self.desk.next_batch()

    async def end(self) -> None:
        """Learn from what was stored, then give back leases, processes and connections; once."""
        if self._ended:
            return
        self._ended = True
        try:
            await self._learn()
            self.desk.close()
        except LuutinError as error:
            self.faults.append(str(error))
        self.readers.close()
        await self.fetcher.close()

    async def _learn(self) -> None:
        """Nothing where the crawl is to end at once: the next one learns as well."""
        if self._probe_answered:  # kept now that the crawl's articles are: what they say too tells nothing
            self.desk.probed(self._probed.title if self._probed else "", answer_keys(self._probed))
        if not self.stop.asked.is_set():
            with suppress(StoppedError):
                for told in await self.stop.unless_over(settle(self._own, self.readers, self.site, self._clock())):
                    log.warning("%s: %s", self.site.key, told)

    def _probe_request(self, url: str) -> Request:
        """Ask for a page that cannot exist; what a site that answers 200 says there is no article."""
        address = impossible_url(url, uuid4().hex[:8])
        return Request(address, callback=self.parse_probe, errback=self.probe_failed)

    async def parse_probe(self, response: ScrapyResponse) -> None:
        """Keep what the site says there, as its articles are read."""
        raw: Response = response.meta[RESPONSE]
        self._after(response)
        self._probe_answered = True
        if raw.status == 200 and not raw.fault:
            rules = rules_at(self.site, raw.at.astimezone(self.site.zone).date())
            reading = await self.readers.read(raw.body, raw.url, raw.header("Content-Type"), rules)
            self._probed = reading.article

    def probe_failed(self, failure: Failure) -> None:
        """No answer tells nothing; the next crawl asks again."""
        self._unasked(failure.value)

    def _page_request(self, url: str, due: Due) -> Request:
        headers = conditional_headers(due.etag, due.last_modified) if due.version is not None else {}
        meta = {"due": due, "url": url}
        return Request(url, headers=headers, meta=meta, callback=self.parse_page, errback=self.page_failed)

    async def parse_page(self, response: ScrapyResponse) -> AsyncIterator[Fetched]:
        """Pass the raw response on."""
        raw: Response = response.meta[RESPONSE]
        until = self._after(response)
        yield Fetched(due=response.meta["due"], url=response.meta["url"], at=raw.at, response=raw, retry_after=until)

    async def page_failed(self, failure: Failure) -> AsyncIterator[Fetched]:
        """Pass on why there is no response; a surprise is raised again."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if self._unasked(failure.value):
            return  # nothing was asked, so there is no visit; the page stays due
        outcome, note, at = reason_of(failure.value)
        due, url = request.meta["due"], request.meta["url"]
        yield Fetched(due=due, url=url, at=at or self._clock(), failure=outcome, note=note)

    def _after(self, response: ScrapyResponse) -> datetime | None:
        """What every answer brings with it: leases are kept, and a host that asks for it is left alone."""
        self.desk.keep()
        self._paused()
        until: datetime | None = response.meta[RETRY_AFTER]
        if until is not None:
            self.desk.pause(host_key(response.url), until)
        return until

    def _unasked(self, error: BaseException | None) -> bool:
        """Whether a request was never sent, because the crawl is to end or the host wants to be left alone."""
        self.desk.keep()
        if isinstance(error, PausedError):
            self.desk.pause(error.host, error.until)
            self.unfetched[error.host] = (error.until, self.unfetched.get(error.host, (error.until, 0))[1] + 1)
        return isinstance(error, PausedError | StoppedError)

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
        raw: Response = response.meta[RESPONSE]
        self._after(response)
        kind = source_kind(response.meta["kind"])
        found = Found()
        if raw.status == 200 and not raw.fault:
            found = await self.readers.found_in(kind, raw.body, raw.header("Content-Type"), raw.url, self.site)
        self._source_done(source_visit(response.meta["url"], raw, found), found)
        for link in nested(found.sources, response.meta["depth"]):
            if link.url not in self._asked and len(self._asked) < _MOST_SOURCES and self.desk.hold(link.url):
                yield self._source_request(link, response.meta["depth"] + 1)

    def source_failed(self, failure: Failure) -> None:
        """Note that a source could not be asked."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if self._unasked(failure.value) and not isinstance(failure.value, PausedError):
            return
        outcome, note, at = reason_of(failure.value)
        visit = SourceVisit(url=request.meta["url"], at=at or self._clock(), outcome=outcome, note=note)
        self._source_done(visit, Found())

    def _source_done(self, visit: SourceVisit, found: Found) -> None:
        self.found += self.desk.source_found(visit, found)
        if visit.failed:
            self.sources_failed.append(f"{visit.url}: {visit.outcome.value}: {visit.note}")
            log.warning("%s: source %s: %s: %s", self.site.key, visit.url, visit.outcome.value, visit.note)
