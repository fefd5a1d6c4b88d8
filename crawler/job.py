"""One crawl of one site, from settings to a report: what `luutin crawl`, the daemon, replay and the tests all run."""

import asyncio
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler.fetching.fetched import Fetched
from crawler.frontdesk import Errand
from crawler.sites import Site
from crawler.spiders.watch import WatchSpider
from crawler.stopping import Stop
from storage.errors import DamagedBodyError, LuutinError
from storage.visits import Visit

OnVisit = Callable[[Visit], None]


@dataclass(slots=True, kw_only=True)
class CrawlReport:
    """What one crawl did; `faults` are sentences for a person, empty when all went well."""

    visits: list[Visit] = field(default_factory=list)
    found: int = 0
    faults: list[str] = field(default_factory=list)


def crawl_settings(own: Mapping[str, Any]) -> Settings:
    """The project's settings, with some of them set for this crawl."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(dict(own), priority="cmdline")
    return settings


def run(site: Site, errand: Errand, own: Mapping[str, Any], on_visit: OnVisit = lambda _visit: None) -> CrawlReport:
    """Crawl a site in this process, until its errand is done or SIGTERM or SIGINT asks for an end.

    `own` are settings on top of the project's; `on_visit` is told of each visit once it is durable.
    """
    return asyncio.run(crawl(site, errand, own, on_visit, stoppable=True))


async def crawl(
    site: Site, errand: Errand, own: Mapping[str, Any], on_visit: OnVisit, *, stoppable: bool = False
) -> CrawlReport:
    """Crawl a site in the running event loop; with `stoppable`, end early on SIGTERM and SIGINT."""
    report = CrawlReport()
    runner = AsyncCrawlerRunner(crawl_settings(own))
    crawler = runner.create_crawler(WatchSpider)

    def visited(item: Visit) -> None:
        report.visits.append(item)
        on_visit(item)

    def failed(failure: Any, item: object = None) -> None:  # noqa: ANN401 - Twisted's Failure
        error = failure.value
        told = str(error) if isinstance(error, LuutinError) else f"{type(error).__name__}: {error}"
        if isinstance(error, DamagedBodyError) and isinstance(item, Fetched):
            told = f"{item.url}: {told}"
        report.faults.append(f"{site.key}: {told}")

    crawler.signals.connect(visited, signal=signals.item_scraped)
    crawler.signals.connect(failed, signal=signals.item_error)
    crawler.signals.connect(failed, signal=signals.spider_error)
    stop = Stop()
    if stoppable:
        _ask_on_signals(stop)
    try:
        await runner.crawl(crawler, site=site, errand=errand, stop=stop)
    finally:
        if isinstance(crawler.spider, WatchSpider):
            await crawler.spider.end()
    _conclude(report, crawler.spider, site)
    return report


def _ask_on_signals(stop: Stop) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.ask)


def _left_alone(host: str, until: datetime) -> str:
    return f"{host} asks to be left alone until {until.isoformat(timespec='seconds')}"


def _conclude(report: CrawlReport, spider: Spider | None, site: Site) -> None:
    assert isinstance(spider, WatchSpider)
    report.found = spider.found
    report.faults.extend(f"{site.key}: {fault}" for fault in (*spider.faults, *spider.desk.faults))
    for host, (until, count) in spider.unfetched.items():
        not_fetched = f"not fetched: {count} URL{'' if count == 1 else 's'}"
        report.faults.append(f"{site.key}: {_left_alone(host, until)}; {not_fetched}")
    held = spider.desk.held_hosts
    for host in sorted(held.keys() - spider.unfetched.keys()):
        pause = held[host]
        why = f"another crawl is at work on {host}; try again later" if pause is None else _left_alone(host, pause)
        report.faults.append(f"{site.key}: {why}")
    if spider.sources_failed and spider.sources_asked == len(spider.sources_failed):
        report.faults.extend(f"{site.key}: source {fault}" for fault in spider.sources_failed)
