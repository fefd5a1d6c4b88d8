"""Crawls of a site on loopback, over real HTTP into a real archive: what is asked for, and what comes of it."""

import gzip
import re
import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import monotonic

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from storage.queries import Queries
from storage.records import Outcome
from tests.crawling import article, crawl, feed_of, paths, serve_articles, site_at
from tests.raw_server import RawServer

HTML = "text/html; charset=utf-8"
PAGE = "/bai-1-post1.html"


def _redirect(web: HTTPServer, path: str, to: str, status: int = 302) -> None:
    web.expect_request(path).respond_with_data("", status=status, headers={"Location": to})


def _raw_answer(status: str, body: bytes, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def test_a_page_is_new_and_then_identical(archive: str, web: HTTPServer, queries: Queries) -> None:
    [url] = serve_articles(web, 1)
    site = site_at(web.url_for("/"))
    first, second = crawl(archive, site, [url]), crawl(archive, site, [url])
    assert [visit.outcome for visit in (*first.visits, *second.visits)] == [Outcome.NEW, Outcome.IDENTICAL]
    assert (first.faults, second.faults) == ([], [])
    page = queries.page(url)
    assert page is not None
    assert (page.versions, page.visits) == (1, 2)
    assert queries.article(page.id, 1).title == "Khởi công tuyến đường số 0"


def test_the_archive_holds_what_came_over_the_wire(archive: str, raw: RawServer, queries: Queries) -> None:
    coded = gzip.compress(article(1).encode())
    head = (
        b"HTTP/1.1 200 Tot\r\ncontent-type: "
        + HTML.encode()
        + b"\r\nX-A: 1\r\nContent-Encoding: gzip\r\nX-A: 2\r\n\r\n"
    )
    raw.answers[PAGE] = head + coded
    url = raw.url(PAGE)
    [visit] = crawl(archive, site_at(raw.url()), [url]).visits
    page = queries.page(url)
    assert page is not None
    capture = queries.raw(page.id, 1)
    assert (capture.head, capture.body, capture.wire) == (head, article(1).encode(), coded)
    assert capture.request_head == raw.asked[-1]
    assert (capture.at, capture.address) == (visit.at, "127.0.0.1")
    assert re.search(rb"\r\nUser-Agent: Luutin/\S+ \(news archive; no contact given\)\r\n", raw.asked[-1])
    assert raw.paths() == ["/robots.txt", PAGE]


def test_the_contact_is_part_of_the_user_agent(archive: str, web: HTTPServer) -> None:
    [url] = serve_articles(web, 1)
    crawl(archive, site_at(web.url_for("/")), [url], LUUTIN_CONTACT="mailto:toa-soan@bao.example")
    agents = {request.headers["User-Agent"] for request, _ in web.log}
    assert len(agents) == 1
    assert agents.pop().endswith("(news archive; contact: mailto:toa-soan@bao.example)")


OUTCOMES = {
    "gone": (_raw_answer("404 Not Found", b"", "Content-Length: 0"), Outcome.GONE, ""),
    "gone for good": (_raw_answer("410 Gone", b"", "Content-Length: 0"), Outcome.GONE, ""),
    "broken": (_raw_answer("500 Oh", b"", "Content-Length: 0"), Outcome.ERROR, "answered 500"),
    "cut": (_raw_answer("200 OK", b"<html>", "Content-Length: 99"), Outcome.TRUNCATED, "cut short after 6 of 99 bytes"),
    "cut chunk": (
        _raw_answer("200 OK", b"9\r\n<html>", "Transfer-Encoding: chunked"),
        Outcome.TRUNCATED,
        "cut short after 6 bytes",
    ),
    "cut gzip": (
        _raw_answer("200 OK", gzip.compress(article(1).encode())[:300], "Content-Encoding: gzip"),
        Outcome.TRUNCATED,
        "its gzip coding is cut short",
    ),
    "unknown coding": (
        _raw_answer("200 OK", b"abc", "Content-Encoding: sdch", "Content-Length: 3"),
        Outcome.UNREADABLE,
        "unknown content coding 'sdch'",
    ),
    "bomb": (
        _raw_answer("200 OK", gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip"),
        Outcome.TOO_LARGE,
        "unfolds to more than 1000000 bytes",
    ),
    "too large": (
        _raw_answer("200 OK", b"x" * 2_000_000, "Content-Type: text/html"),
        Outcome.TOO_LARGE,
        "more than 1000000 bytes",
    ),
    "silence": (b"", Outcome.ERROR, "the connection was closed without an answer"),
    "nowhere": (_raw_answer("302 Found", b"", "Location: http://[::1/"), Outcome.ERROR, "answered 302"),
    "no port": (_raw_answer("302 Found", b"", "Location: http://a.example:77777/"), Outcome.ERROR, "answered 302"),
    "no location": (_raw_answer("302 Found", b"", "Content-Length: 0"), Outcome.ERROR, "answered 302"),
    "another scheme": (_raw_answer("302 Found", b"", "Location: ftp://a.example/"), Outcome.ERROR, "answered 302"),
}


@pytest.mark.parametrize("case", OUTCOMES)
def test_whatever_a_server_does_is_an_outcome(archive: str, raw: RawServer, queries: Queries, case: str) -> None:
    raw.answers[PAGE], outcome, note = OUTCOMES[case]
    site = site_at(raw.url(), pace={"max_size": 1_000_000, "timeout": 5.0})
    report = crawl(archive, site, [raw.url(PAGE)])
    assert [(visit.outcome, visit.note) for visit in report.visits] == [(outcome, note)]
    assert report.faults == []
    page = queries.page(raw.url(PAGE))
    assert page is not None
    assert page.versions == 0


def test_a_server_that_does_not_answer_in_time_is_an_error(archive: str, raw: RawServer) -> None:
    raw.answers[PAGE] = [20.0]
    before = datetime.now(UTC)
    report = crawl(archive, site_at(raw.url(), pace={"timeout": 0.8}), [raw.url(PAGE)])
    [visit] = report.visits
    assert (visit.outcome, visit.note, visit.status) == (Outcome.ERROR, "no answer within 0.8 s", None)
    assert visit.at - before < datetime.now(UTC) - visit.at + timedelta(seconds=60)
    assert datetime.now(UTC) - visit.at >= timedelta(seconds=0.8)


def test_a_visit_without_an_answer_is_dated_when_its_request_was_sent(archive: str, raw: RawServer) -> None:
    raw.answers[PAGE] = [20.0]
    [visit] = crawl(archive, site_at(raw.url(), pace={"timeout": 1.5}), [raw.url(PAGE)]).visits
    assert datetime.now(UTC) - visit.at >= timedelta(seconds=1.5)


def test_hosts_that_cannot_be_reached_are_errors(archive: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    urls = [f"http://127.0.0.1:{port}{PAGE}", "http://no-such-host.invalid/bai-2-post2.html"]
    report = crawl(archive, site_at(urls[0]), urls)
    notes = {visit.url: (visit.outcome, visit.note) for visit in report.visits}
    assert notes[urls[0]] == (Outcome.ERROR, "robots.txt cannot be fetched: no connection: Connection refused")
    assert notes[urls[1]][0] is Outcome.ERROR
    assert "does not resolve" in notes[urls[1]][1]
    assert report.faults == []


def test_what_is_no_web_address_is_a_fault_and_the_rest_is_fetched(archive: str, web: HTTPServer) -> None:
    [url] = serve_articles(web, 1)
    report = crawl(archive, site_at(web.url_for("/")), ["nonsense", url])
    assert [visit.outcome for visit in report.visits] == [Outcome.NEW]
    assert report.faults == ["bao: not a web address: 'nonsense'"]


def test_redirects_are_followed_and_told(archive: str, web: HTTPServer, queries: Queries) -> None:
    _redirect(web, "/cu-1", "/cu-2", 301)
    _redirect(web, "/cu-2", PAGE, 308)
    web.expect_request(PAGE).respond_with_data(article(1), content_type=HTML)
    [visit] = crawl(archive, site_at(web.url_for("/")), [web.url_for("/cu-1")]).visits
    assert (visit.outcome, visit.page_url) == (Outcome.NEW, web.url_for(PAGE))
    page = queries.page(web.url_for("/cu-1"))
    assert page is not None
    capture = queries.raw(page.id, 1)
    assert capture.hops == (web.url_for("/cu-1"), web.url_for("/cu-2"))
    assert (capture.requested_url, capture.url) == (web.url_for("/cu-1"), web.url_for(PAGE))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_leads_to_the_article(archive: str, web: HTTPServer, status: int) -> None:
    _redirect(web, "/cu", PAGE, status)
    web.expect_request(PAGE).respond_with_data(article(1), content_type=HTML)
    [visit] = crawl(archive, site_at(web.url_for("/")), [web.url_for("/cu")]).visits
    assert (visit.outcome, visit.status) == (Outcome.NEW, 200)


def test_redirects_that_do_not_end_are_an_error(archive: str, web: HTTPServer) -> None:
    _redirect(web, "/a", "/b")
    _redirect(web, "/b", "/a")
    [visit] = crawl(archive, site_at(web.url_for("/")), [web.url_for("/a")]).visits
    assert (visit.outcome, visit.note) == (Outcome.ERROR, "max redirections reached")
    assert len(paths(web)) < 15


def test_a_redirect_to_another_host_asks_its_robots_txt_first(archive: str, web: HTTPServer, raw: RawServer) -> None:
    _redirect(web, "/a", raw.url(PAGE))
    raw.answers["/robots.txt"] = _raw_answer("200 OK", b"User-agent: *\nDisallow: /\n")
    [visit] = crawl(archive, site_at(web.url_for("/")), [web.url_for("/a")]).visits
    assert (visit.outcome, visit.note) == (Outcome.DISALLOWED, "robots.txt does not allow it")
    assert raw.paths() == ["/robots.txt"]


LOOPBACK = [
    "http://127.0.0.1:{}",
    "http://localhost:{}",
    "http://2130706433:{}",
    "http://0x7f.1:{}",
    "http://[::ffff:7f00:1]:{}",
]


@pytest.mark.parametrize("base", LOOPBACK)
def test_a_redirect_to_loopback_is_refused_at_every_hop(
    archive: str, web: HTTPServer, raw: RawServer, base: str
) -> None:
    inside = base.format(raw.port)
    raw.answers[PAGE] = _raw_answer("200 OK", article(1).encode(), "Content-Type: " + HTML)
    _redirect(web, "/a", "/b")
    _redirect(web, "/b", inside + PAGE)
    site = site_at("http://bao.example/", allow_private=False)
    reroute = {"bao.example": web.url_for("").rstrip("/")}
    [visit] = crawl(archive, site, ["http://bao.example/a"], LUUTIN_REROUTE=reroute).visits
    assert visit.outcome is Outcome.BLOCKED_ADDRESS
    assert "is not a public address" in visit.note
    assert raw.asked == []


def test_a_page_on_loopback_is_refused_unless_allowed(archive: str, web: HTTPServer) -> None:
    [url] = serve_articles(web, 1)
    site = site_at(web.url_for("/"), allow_private=False)
    [refused] = crawl(archive, site, [url]).visits
    assert refused.outcome is Outcome.BLOCKED_ADDRESS
    assert paths(web) == []
    [allowed] = crawl(archive, site, [url], LUUTIN_ALLOW_PRIVATE=True).visits
    assert allowed.outcome is Outcome.NEW


def test_only_a_known_page_is_asked_for_conditionally(archive: str, web: HTTPServer) -> None:
    seen: list[dict[str, str]] = []

    def answer(request: Request) -> Response:
        seen.append({name: value for name, value in request.headers.items() if name.startswith("If-")})
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304, headers={"ETag": '"v1"', "Content-Encoding": "gzip"})
        return Response(
            article(1), content_type=HTML, headers={"ETag": '"v1"', "Last-Modified": "Tue, 07 Oct 2025 02:20:00 GMT"}
        )

    web.expect_request(PAGE).respond_with_handler(answer)
    site, url = site_at(web.url_for("/")), web.url_for(PAGE)
    outcomes = [visit.outcome for _ in range(2) for visit in crawl(archive, site, [url]).visits]
    assert outcomes == [Outcome.NEW, Outcome.NOT_MODIFIED]
    assert seen == [{}, {"If-None-Match": '"v1"', "If-Modified-Since": "Tue, 07 Oct 2025 02:20:00 GMT"}]


def test_validators_of_a_page_that_never_read_well_are_not_sent(archive: str, web: HTTPServer) -> None:
    seen: list[str | None] = []

    def answer(request: Request) -> Response:
        seen.append(request.headers.get("If-None-Match"))
        return Response("<html></html>", content_type=HTML, headers={"ETag": '"v1"'})

    web.expect_request(PAGE).respond_with_handler(answer)
    for _ in range(2):
        [visit] = crawl(archive, site_at(web.url_for("/")), [web.url_for(PAGE)]).visits
        assert visit.outcome is Outcome.UNREADABLE
    assert seen == [None, None]


def test_validators_are_not_carried_over_a_redirect(archive: str, web: HTTPServer) -> None:
    moved = False
    seen: dict[str, list[str | None]] = {PAGE: [], "/moi-post1.html": []}

    def answer(request: Request) -> Response:
        seen[request.path].append(request.headers.get("If-None-Match"))
        if moved and request.path == PAGE:
            return Response(status=302, headers={"Location": "/moi-post1.html"})
        return Response(article(1), content_type=HTML, headers={"ETag": '"v1"'})

    for path in seen:
        web.expect_request(path).respond_with_handler(answer)
    site, url = site_at(web.url_for("/")), web.url_for(PAGE)
    crawl(archive, site, [url])
    moved = True
    crawl(archive, site, [url])
    assert seen == {PAGE: [None, '"v1"'], "/moi-post1.html": [None]}


@pytest.mark.parametrize(
    ("robots", "fetched"),
    [
        (_raw_answer("200 OK", b"User-agent: *\nDisallow: /rieng/\n"), True),
        (_raw_answer("404 Not Found", b"", "Content-Length: 0"), True),
        (_raw_answer("200 OK", b"User-agent: luutin\nDisallow: /\n"), False),
        (_raw_answer("500 Oh", b"", "Content-Length: 0"), False),
        (_raw_answer("200 OK", b"User-agent: *\n", "Content-Length: 999"), False),
        ([20.0], False),
        (b"", False),
    ],
)
def test_robots_txt_is_kept(archive: str, raw: RawServer, robots: bytes, fetched: bool) -> None:
    raw.answers["/robots.txt"] = robots
    raw.answers[PAGE] = _raw_answer("200 OK", article(1).encode(), "Content-Type: " + HTML)
    [visit] = crawl(archive, site_at(raw.url(), pace={"timeout": 1.0}), [raw.url(PAGE)]).visits
    assert (visit.outcome is Outcome.NEW) is fetched
    assert (PAGE in raw.paths()) is fetched


def test_robots_txt_is_fetched_once_a_crawl(archive: str, web: HTTPServer) -> None:
    urls = serve_articles(web, 5)
    crawl(archive, site_at(web.url_for("/"), pace={"concurrent": 4}), urls)
    assert paths(web).count("/robots.txt") == 1


def _times(web: HTTPServer, count: int) -> list[float]:
    """The times at which the server is asked for so many articles, and for robots.txt, as they come."""
    times: list[float] = []

    def answer(request: Request) -> Response:
        times.append(monotonic())
        if request.path == "/robots.txt":
            return Response("", status=404)
        return Response(article(int(re.findall(r"\d+", request.path)[0])), content_type=HTML)

    web.expect_request(re.compile("/robots.txt|/bai-.*")).respond_with_handler(answer)
    return times


@pytest.mark.parametrize("concurrent", [1, 3])
def test_the_delay_is_kept_between_all_requests_to_a_host(archive: str, web: HTTPServer, concurrent: int) -> None:
    times = _times(web, 4)
    urls = [web.url_for(f"/bai-{number}-post{number}.html") for number in range(4)]
    report = crawl(archive, site_at(web.url_for("/"), pace={"delay": 0.8, "concurrent": concurrent}), urls)
    assert len(report.visits) == 4
    assert times[-1] - times[0] >= 3.1
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.4  # a busy machine answers late by as much


@pytest.mark.parametrize("concurrent", [1, 3])
def test_no_more_requests_are_under_way_than_the_site_file_allows(
    archive: str, web: HTTPServer, concurrent: int
) -> None:
    under_way: list[int] = []
    count, lock = 0, threading.Lock()

    def answer(_: Request) -> Response:
        nonlocal count
        with lock:
            count += 1
            under_way.append(count)
        time.sleep(0.05)
        with lock:
            count -= 1
        return Response(status=404)

    web.expect_request(re.compile("/bai-.*")).respond_with_handler(answer)
    urls = [web.url_for(f"/bai-{number}-post{number}.html") for number in range(10)]
    report = crawl(archive, site_at(web.url_for("/"), pace={"concurrent": concurrent}), urls)
    assert len(report.visits) == 10
    assert max(under_way) == concurrent


def test_pages_are_fetched_in_the_order_of_the_frontier(archive: str, web: HTTPServer) -> None:
    urls = serve_articles(web, 12)
    web.expect_request("/rss").respond_with_data(feed_of(urls))
    crawl(archive, site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]}))
    assert [web.url_for(path) for path in paths(web) if path.startswith("/bai-")] == urls


def test_the_larger_of_the_two_delays_is_kept(archive: str, raw: RawServer) -> None:
    raw.answers["/robots.txt"] = _raw_answer("200 OK", b"User-agent: *\nCrawl-delay: 0.4\n")
    for number in range(3):
        raw.answers[f"/bai-{number}-post{number}.html"] = _raw_answer("404 No", b"", "Content-Length: 0")
    urls = [raw.url(f"/bai-{number}-post{number}.html") for number in range(3)]
    started = monotonic()
    crawl(archive, site_at(raw.url(), pace={"delay": 0.05, "concurrent": 3}), urls)
    assert monotonic() - started >= 1.2


def test_a_delay_on_the_command_line_weighs_more_than_the_site_file(archive: str, web: HTTPServer) -> None:
    # Measured here and not between arrivals: a server's thread that gets no core for a while sees two arrive together.
    web.expect_request(re.compile("/bai-.*")).respond_with_data("", status=404)
    urls = [web.url_for(f"/bai-{number}-post{number}.html") for number in range(6)]
    started = monotonic()
    crawl(archive, site_at(web.url_for("/"), pace={"delay": 3600.0}), urls, DOWNLOAD_DELAY=0.4)
    assert monotonic() - started >= 5 * 0.4


def test_a_short_retry_after_is_waited_out(archive: str, web: HTTPServer) -> None:
    times: list[float] = []

    def answer(_: Request) -> Response:
        times.append(monotonic())
        if len(times) == 1:
            return Response(status=429, headers={"Retry-After": "1"})
        return Response(article(1), content_type=HTML)

    web.expect_request(PAGE).respond_with_handler(answer)
    report = crawl(archive, site_at(web.url_for("/")), [web.url_for(PAGE)])
    assert [visit.outcome for visit in report.visits] == [Outcome.NEW]
    assert times[1] - times[0] >= 0.95


def test_a_server_that_is_always_busy_is_left_after_three_tries(archive: str, web: HTTPServer) -> None:
    web.expect_request(re.compile("/bai-.*")).respond_with_data("", status=503, headers={"Retry-After": "0"})
    urls = [web.url_for(f"/bai-{number}-post{number}.html") for number in range(5)]
    report = crawl(archive, site_at(web.url_for("/")), urls)
    assert [(visit.outcome, visit.note) for visit in report.visits] == [(Outcome.ERROR, "answered 503")]
    assert len(paths(web)) == 4


@pytest.mark.parametrize("nonsense", ["soon", "-1", "\xb2", ""])
def test_a_retry_after_that_says_nothing_is_an_error_like_any_other(
    archive: str, web: HTTPServer, nonsense: str
) -> None:
    web.expect_request(PAGE).respond_with_data("", status=429, headers={"Retry-After": nonsense})
    report = crawl(archive, site_at(web.url_for("/")), [web.url_for(PAGE)])
    assert [(visit.outcome, visit.note) for visit in report.visits] == [(Outcome.ERROR, "answered 429")]
    assert paths(web).count(PAGE) == 1


def test_a_long_retry_after_ends_the_crawl_of_that_host_and_is_remembered(
    archive: str, web: HTTPServer, queries: Queries
) -> None:
    until = datetime.now(UTC) + timedelta(hours=2)
    header = {"Retry-After": until.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    web.expect_request("/rss").respond_with_data(
        feed_of([web.url_for(f"/bai-{number}-post{number}.html") for number in range(10)])
    )
    web.expect_request(re.compile("/bai-.*")).respond_with_data("", status=429, headers=header)
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]}, pace={"concurrent": 4})
    first = crawl(archive, site)
    assert {visit.outcome for visit in first.visits} == {Outcome.ERROR}
    asked = len(paths(web))
    assert asked <= 3 + 4  # robots.txt, the feed, the page that cannot exist
    second = crawl(archive, site)
    assert (second.visits, len(paths(web))) == ([], asked)
    said = f"asks to be left alone until {until.replace(microsecond=0).isoformat()}"
    assert [said in fault for fault in second.faults] == [True]
    assert len(list(queries.pages())) == 10


def _discovering(web: HTTPServer, count: int = 3) -> list[str]:
    return serve_articles(web, count)


def test_a_feed_is_followed(archive: str, web: HTTPServer) -> None:
    urls = _discovering(web)
    web.expect_request("/rss").respond_with_data(feed_of(urls), content_type="application/rss+xml")
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]})
    report = crawl(archive, site)
    assert sorted(visit.url for visit in report.visits) == sorted(urls)
    assert {visit.outcome for visit in report.visits} == {Outcome.NEW}
    assert (report.found, report.faults) == (3, [])


def test_nothing_is_fetched_again_before_it_is_due_unless_it_is_forced(archive: str, web: HTTPServer) -> None:
    urls = _discovering(web)
    web.expect_request("/rss").respond_with_data(feed_of(urls))
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]})
    crawl(archive, site)
    assert crawl(archive, site).visits == []
    forced = crawl(archive, site, force=True)
    assert sorted(visit.url for visit in forced.visits) == sorted(urls)
    assert {visit.outcome for visit in forced.visits} == {Outcome.IDENTICAL}


def _sitemap(urls: list[str]) -> str:
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def _index(urls: list[str]) -> str:
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


def test_a_sitemap_index_is_followed_down_to_its_articles(archive: str, web: HTTPServer) -> None:
    urls = _discovering(web)
    web.expect_request("/sitemap.xml").respond_with_data(_index([web.url_for("/1.xml"), web.url_for("/2.xml.gz")]))
    web.expect_request("/1.xml").respond_with_data(_sitemap(urls[:1]))
    web.expect_request("/2.xml.gz").respond_with_data(gzip.compress(_sitemap(urls[1:]).encode()))
    site = site_at(
        web.url_for("/"), discover={"sitemaps": [web.url_for("/sitemap.xml")], "articles": [r"-post\d+\.html$"]}
    )
    report = crawl(archive, site)
    assert sorted(visit.url for visit in report.visits) == sorted(urls)


def test_an_index_that_stands_still_does_not_hide_a_sitemap_that_changes(archive: str, web: HTTPServer) -> None:
    urls = _discovering(web)

    def index(request: Request) -> Response:
        if "If-None-Match" in request.headers:
            return Response(status=304)
        return Response(_index([web.url_for("/1.xml")]), headers={"ETag": '"never changes"'})

    listed = urls[:1]
    web.expect_request("/sitemap.xml").respond_with_handler(index)
    web.expect_request("/1.xml").respond_with_handler(lambda _: Response(_sitemap(listed)))
    site = site_at(
        web.url_for("/"), discover={"sitemaps": [web.url_for("/sitemap.xml")], "articles": [r"-post\d+\.html$"]}
    )
    assert len(crawl(archive, site).visits) == 1
    listed = urls
    assert len(crawl(archive, site).visits) == 2


def test_indexes_within_indexes_are_followed_within_limits(archive: str, web: HTTPServer) -> None:
    def index(request: Request) -> Response:
        return Response(_index([web.url_for(f"{request.path}/{number}") for number in range(30)]))

    web.expect_request(re.compile("/maps.*")).respond_with_handler(index)
    site = site_at(web.url_for("/"), discover={"sitemaps": [web.url_for("/maps")]}, pace={"concurrent": 8})
    report = crawl(archive, site)
    assert (report.visits, report.faults) == ([], [])
    asked = [path for path in paths(web) if path.startswith("/maps")]
    assert len(asked) == len(set(asked)) == 100


def test_a_section_page_is_followed(archive: str, web: HTTPServer) -> None:
    urls = _discovering(web)
    links = "".join(f"<h3><a href='{url}'>Bài số {number} của hôm nay</a></h3>" for number, url in enumerate(urls))
    web.expect_request("/chinh-tri/").respond_with_data(f"<html><body>{links}</body></html>", content_type=HTML)
    site = site_at(
        web.url_for("/"), discover={"sections": [web.url_for("/chinh-tri/")], "articles": [r"-post\d+\.html$"]}
    )
    assert len(crawl(archive, site).visits) == 3


def test_a_source_that_has_not_changed_costs_a_304(archive: str, web: HTTPServer) -> None:
    urls = _discovering(web)
    statuses: list[int] = []

    def feed(request: Request) -> Response:
        fresh = request.headers.get("If-None-Match") != '"1"'
        statuses.append(200 if fresh else 304)
        return Response(feed_of(urls) if fresh else "", status=statuses[-1], headers={"ETag": '"1"'})

    web.expect_request("/rss").respond_with_handler(feed)
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]})
    crawl(archive, site)
    report = crawl(archive, site)
    assert (statuses, report.faults) == ([200, 304], [])


def test_broken_sources_are_told_and_the_crawl_goes_on(
    archive: str, web: HTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    urls = _discovering(web)
    web.expect_request("/tot").respond_with_data(feed_of(urls))
    web.expect_request("/trang").respond_with_data(
        "<!DOCTYPE html><html><body>Trang chủ</body></html>", content_type=HTML
    )
    web.expect_request("/loi").respond_with_data("", status=500)
    web.expect_request("/hong").respond_with_data("<rss><channel><item><title>Nửa chừng")
    web.expect_request("/trong").respond_with_data("")
    feeds = [web.url_for(path) for path in ("/trang", "/loi", "/hong", "/trong", "/mat", "/tot")]
    report = crawl(archive, site_at(web.url_for("/"), discover={"feeds": feeds}))
    assert len(report.visits) == 3
    assert report.faults == []
    told = [record.getMessage() for record in caplog.records if "source" in record.getMessage()]
    for path in ("/trang", "/loi", "/hong", "/trong", "/mat"):
        assert any(web.url_for(path) in line for line in told), path


def test_a_site_whose_sources_all_fail_could_not_be_crawled(archive: str, web: HTTPServer) -> None:
    web.expect_request("/rss").respond_with_data("", status=503)
    report = crawl(archive, site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]}))
    assert report.faults == [f"bao: source {web.url_for('/rss')}: error: answered 503"]


def test_a_busy_source_pauses_its_host(archive: str, web: HTTPServer) -> None:
    web.expect_request("/rss").respond_with_data("", status=503, headers={"Retry-After": "7200"})
    site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]})
    crawl(archive, site)
    asked = len(paths(web))
    report = crawl(archive, site)
    assert len(paths(web)) == asked
    assert "asks to be left alone until " in report.faults[0]


def test_pages_that_kill_their_readers_are_unreadable_and_are_kept(
    archive: str, web: HTTPServer, queries: Queries
) -> None:
    urls = serve_articles(web, 3)
    site = site_at(web.url_for("/"))
    report = crawl(archive, site, urls, LUUTIN_READING_LIMITS={"memory": 60 * 1024**2})
    assert {visit.outcome for visit in report.visits} == {Outcome.UNREADABLE}
    assert (len(report.visits), report.faults) == (3, [])
    page = queries.page(urls[0])
    assert page is not None
    [(_, capture)] = queries.captures(page.id)
    assert capture is not None
    assert capture.body == article(0).encode()
    assert {visit.outcome for visit in crawl(archive, site, urls).visits} == {Outcome.NEW}
