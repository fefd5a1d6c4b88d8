import asyncio
import socket
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from crawler.clock import utc_now
from crawler.fetching.client import Client, Limits, Reach
from crawler.fetching.patience import Turns
from crawler.fetching.robots import DisallowedError, Robots, RobotsFiles, fetch_robots, robots_from
from crawler.stopping import Stop
from storage.records import Outcome, Response
from tests.raw_server import RawServer

AGENT = "Luutin/1 (news archive; contact: a@b.example)"
PAGE = "http://a.example/bai-1-post1.html"


def _answer(status: int, body: bytes = b"", fault: str = "", fault_outcome: Outcome | None = None) -> Response:
    return Response(
        requested_url=PAGE,
        url=PAGE,
        at=datetime(2025, 1, 1, tzinfo=UTC),
        request_head=b"",
        status=status,
        head=b"",
        headers=(),
        body=body,
        fault=fault,
        fault_outcome=fault_outcome,
    )


def _refusal(robots: Robots, url: str = PAGE) -> DisallowedError | None:
    try:
        robots.check(url)
    except DisallowedError as error:
        return error
    return None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418])
def test_a_host_without_robots_txt_allows_all(status: int) -> None:
    assert _refusal(robots_from(_answer(status))) is None


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_a_server_in_trouble_allows_nothing(status: int) -> None:
    refusal = _refusal(robots_from(_answer(status)))
    assert refusal is not None
    assert refusal.outcome is Outcome.DISALLOWED
    assert refusal.note == f"robots.txt answers {status}: nothing is fetched"


@pytest.mark.parametrize("fault", [Outcome.TRUNCATED, Outcome.TOO_LARGE, Outcome.UNREADABLE])
def test_a_robots_txt_that_is_not_whole_allows_nothing(fault: Outcome) -> None:
    refusal = _refusal(robots_from(_answer(200, b"User-agent: *\nAllow: /\n", "cut short", fault)))
    assert refusal is not None
    assert refusal.note == "robots.txt cannot be read: cut short"


RULES = b"User-agent: *\nDisallow: /\n\nUser-agent: Luutin\nDisallow: /rieng/\nAllow: /rieng/tin-\nCrawl-delay: 2.5\n"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_rules_for_our_name_are_kept(mark: bytes) -> None:
    robots = robots_from(_answer(200, mark + RULES))
    assert _refusal(robots) is None
    assert _refusal(robots, "http://a.example/rieng/tin-1.html") is None
    refusal = _refusal(robots, "http://a.example/rieng/x.html")
    assert refusal is not None
    assert (refusal.outcome, refusal.note) == (Outcome.DISALLOWED, "robots.txt does not allow it")
    assert robots.delay == 2.5


def test_a_byte_order_mark_does_not_hide_the_only_group() -> None:
    assert _refusal(robots_from(_answer(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"))) is not None


@pytest.mark.parametrize(("asked", "delay"), [("nan", 0), ("-3", 0), ("inf", 0), ("0", 0), ("60", 60), ("86400", 120)])
def test_a_crawl_delay_is_kept_within_reason(asked: str, delay: float) -> None:
    assert robots_from(_answer(200, f"User-agent: *\nCrawl-delay: {asked}\n".encode())).delay == delay


def test_a_hostile_robots_txt_is_no_trap() -> None:
    body = b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b$\n" * 10_000
    assert _refusal(robots_from(_answer(200, body)), "http://a.example/" + "a" * 4000) is None


def _fetched(base: str, timeout: float = 5.0, reach: Reach | None = None) -> Robots:
    async def one() -> Robots:
        limits = Limits(timeout=timeout, max_size=100_000)
        async with Client(limits=limits, reach=reach or Reach(allow_private=True), clock=utc_now) as client:
            return await fetch_robots(client, base, AGENT)

    return asyncio.run(one())


def _plain(status: str, body: bytes = b"", *lines: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines, "", ""])
    return head.encode() + body


def test_robots_txt_is_asked_for_under_our_name(raw: RawServer) -> None:
    raw.answers["/robots.txt"] = _plain("200 OK", RULES)
    assert _fetched(raw.url("")).delay == 2.5
    assert f"\r\nUser-Agent: {AGENT}\r\n".encode() in raw.asked[0]


def test_a_redirected_robots_txt_counts(raw: RawServer) -> None:
    raw.answers["/robots.txt"] = _plain("301 Moved", b"", "Location: /r2.txt")
    raw.answers["/r2.txt"] = _plain("302 Found", b"", "Location: /r3.txt")
    raw.answers["/r3.txt"] = _plain("200 OK", b"User-agent: *\nDisallow: /\n")
    assert _refusal(_fetched(raw.url(""))) is not None


def test_a_robots_txt_that_redirects_for_ever_allows_nothing(raw: RawServer) -> None:
    raw.answers["/robots.txt"] = _plain("301 Moved", b"", "Location: /robots.txt")
    refusal = _refusal(_fetched(raw.url("")))
    assert refusal is not None
    assert refusal.note == "robots.txt cannot be fetched: more than 5 redirects"


def test_a_robots_txt_that_never_comes_allows_nothing(raw: RawServer) -> None:
    raw.answers["/robots.txt"] = [20.0]
    refusal = _refusal(_fetched(raw.url(""), timeout=0.3))
    assert refusal is not None
    assert refusal.note == "robots.txt cannot be fetched: no answer within 0.3 s"


def test_a_host_that_refuses_connections_allows_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    refusal = _refusal(_fetched(f"http://127.0.0.1:{port}"))
    assert refusal is not None
    assert (refusal.outcome, refusal.note) == (
        Outcome.ERROR,
        "robots.txt cannot be fetched: no connection: Connection refused",
    )


def test_a_robots_txt_beyond_the_largest_size_does_not_allow_all(raw: RawServer) -> None:
    raw.answers["/robots.txt"] = _plain("200 OK", b"User-agent: *\nDisallow: /\n" + b"#" * 200_000)
    assert _refusal(_fetched(raw.url(""))) is not None


def test_a_robots_txt_that_leads_to_loopback_is_not_fetched(raw: RawServer) -> None:
    raw.answers["/robots.txt"] = _plain("301 Moved", b"", f"Location: {raw.url('/inside')}")
    refusal = _refusal(_fetched("http://a.example", reach=Reach(reroute={"a.example": raw.url("")})))
    assert refusal is not None
    assert refusal.outcome is Outcome.BLOCKED_ADDRESS
    assert raw.paths() == ["/robots.txt"]


def test_a_host_is_asked_once_and_then_slowed_down(raw: RawServer) -> None:
    raw.answers["/robots.txt"] = _plain("200 OK", b"User-agent: *\nCrawl-delay: 0.3\n")

    async def many() -> float:
        stop = Stop()
        turns = Turns(delay=0.01, concurrent=1, longest=timedelta(seconds=60), clock=utc_now, stop=stop)
        async with Client(limits=Limits(), reach=Reach(allow_private=True), clock=utc_now) as client:
            files = RobotsFiles(client=client, turns=turns, user_agent=AGENT)
            await asyncio.gather(*(files.check(raw.url(f"/{number}")) for number in range(5)))
            started = monotonic()
            await turns.wait(f"127.0.0.1:{raw.port}")
            await turns.wait(f"127.0.0.1:{raw.port}")
            await files.close()
            return monotonic() - started

    assert asyncio.run(many()) >= 0.4
    assert raw.paths() == ["/robots.txt"]
