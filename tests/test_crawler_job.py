import asyncio
import re
from datetime import datetime

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from crawler.clock import utc_now
from crawler.frontdesk import Errand
from crawler.job import CrawlReport, crawl
from crawler.sites import Site
from schedules.site_timetable import SiteTimetable
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.queries import Queries
from storage.records import Outcome
from storage.visits import PageHistory, Visit
from tests import crawling
from tests.crawling import article, feed_of, paths, serve_articles, site_at

HTML = "text/html; charset=utf-8"


def test_one_process_can_crawl_again_and_again(archive: str, web: HTTPServer) -> None:
    urls = serve_articles(web, 2)
    outcomes = [
        visit.outcome for url in urls for visit in crawling.crawl(archive, site_at(web.url_for("/")), [url]).visits
    ]
    assert outcomes == [Outcome.NEW, Outcome.NEW]


def test_visits_are_told_once_they_are_durable(archive: str, web: HTTPServer, queries: Queries) -> None:
    urls = serve_articles(web, 5)
    told: list[tuple[str, int]] = []

    def on_visit(visit: Visit) -> None:
        page = queries.page(visit.url)
        told.append((visit.url, page.visits if page else 0))

    own = {"LUUTIN_ARCHIVE": archive, "LUUTIN_READERS": 1}
    asyncio.run(crawl(site_at(web.url_for("/")), Errand(urls=tuple(urls)), own, on_visit))
    assert sorted(told) == [(url, 1) for url in urls]


def test_of_two_crawls_at_once_one_fetches_and_the_other_says_so(archive: str, web: HTTPServer) -> None:
    urls = serve_articles(web, 6)
    web.expect_request("/rss").respond_with_data(feed_of(urls))
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]}, pace={"delay": 0.05})
    own = {"LUUTIN_ARCHIVE": archive, "LUUTIN_READERS": 1}

    async def both() -> tuple[CrawlReport, CrawlReport]:
        crawls = (crawl(site, Errand(), own, lambda _visit: None) for _ in range(2))
        first, second = await asyncio.gather(*crawls)
        return first, second

    reports = sorted(asyncio.run(both()), key=lambda report: len(report.visits))
    assert [len(report.visits) for report in reports] == [0, 6]
    assert "another crawl is at work on 127.0.0.1" in reports[0].faults[0]
    assert reports[1].faults == []
    fetched = [path for path in paths(web) if path.startswith("/bai-")]
    assert sorted(fetched) == sorted(set(fetched))


def test_a_surprise_while_fetching_is_a_fault_and_the_page_stays_due(archive: str, web: HTTPServer) -> None:
    surprises = 0

    def answer(_: Request) -> Response:
        nonlocal surprises
        surprises = 1
        return Response(article(1), content_type=HTML)

    def clock() -> datetime:
        nonlocal surprises
        if surprises:
            surprises = 0
            raise LookupError("the clock has stopped")
        return utc_now()

    web.expect_request(re.compile("/bai.*")).respond_with_handler(answer)
    url = web.url_for("/bai-1-post1.html")
    report = crawling.crawl(archive, site_at(web.url_for("/")), [url], LUUTIN_CLOCK=clock)
    assert report.visits == []
    assert "LookupError: the clock has stopped" in report.faults[0]
    assert [visit.outcome for visit in crawling.crawl(archive, site_at(web.url_for("/")), [url]).visits] == [
        Outcome.NEW
    ]


class FullDisk(SiteTimetable):
    """A timetable of which asking stands in for an archive that fails."""

    def discovery_due(self, now: datetime) -> datetime:  # noqa: ARG002 - it fails whatever the time
        raise ArchiveError("the disk is full")


class NoVisit(SiteTimetable):
    def page_due(self, history: PageHistory, now: datetime) -> datetime | None:  # noqa: ARG002 - it fails in any case
        raise ArchiveError("the disk is full")


def test_an_archive_that_fails_between_batches_is_a_fault(archive: str, web: HTTPServer) -> None:
    web.expect_request("/rss").respond_with_data(feed_of([]))
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]})
    report = crawling.crawl(archive, site, LUUTIN_TIMETABLE=FullDisk)
    assert report.faults == ["bao: the disk is full"]


def test_an_archive_that_fails_at_the_start_is_a_fault_and_no_page_of_the_log(
    archive: str, web: HTTPServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise ArchiveError("the disk is full")

    monkeypatch.setattr(Archive, "crawl_started", full)
    web.expect_request("/rss").respond_with_data(feed_of(serve_articles(web, 1)))
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]})
    report = crawling.crawl(archive, site)
    assert (report.visits, report.faults) == ([], ["bao: the disk is full"])
    assert "Traceback" not in caplog.text


def test_a_visit_that_cannot_be_stored_is_a_fault_and_shows_no_body_in_the_log(
    archive: str, web: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    [url] = serve_articles(web, 1)
    report = crawling.crawl(archive, site_at(web.url_for("/")), [url], LUUTIN_TIMETABLE=NoVisit)
    assert (report.visits, report.faults) == ([], ["bao: the disk is full"])
    assert "<article>" not in caplog.text
    assert max(len(record.getMessage()) for record in caplog.records) < 2000


def test_a_crawl_without_an_archive_is_refused(web: HTTPServer) -> None:
    site: Site = site_at(web.url_for("/"))
    with pytest.raises(ArchiveError, match="there is no archive here yet"):
        crawling.crawl("sqlite:///no-such-folder/luutin.db", site)
