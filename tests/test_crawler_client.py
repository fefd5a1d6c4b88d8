import asyncio
import gzip
import socket
import ssl
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme
from pytest_httpserver import HTTPServer

from crawler.clock import utc_now
from crawler.fetching.client import Client, FetchError, Limits, Reach, get_following
from storage.records import Outcome, Response
from tests.ending import ended
from tests.raw_server import RawServer

HEADERS = {"User-Agent": "Luutin/1 (news archive; contact: a@b.example)", "Accept-Encoding": "identity"}


def fetch(
    url: str, *, limits: Limits | None = None, reach: Reach | None = None, headers: Mapping[str, str] = HEADERS
) -> Response:
    async def one() -> Response:
        given = limits or Limits(timeout=10)
        async with Client(limits=given, reach=reach or Reach(allow_private=True), clock=utc_now) as client:
            return await client.get(url, headers)

    return asyncio.run(one())


def refused(url: str, *, limits: Limits | None = None, reach: Reach | None = None) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, limits=limits, reach=reach)
    return caught.value


def test_the_head_is_kept_byte_for_byte(raw: RawServer) -> None:
    head = (
        b"HTTP/1.1 200 Duoc \xf0 r\xe9i\r\n"
        b"sErVer:nginx\r\n"
        b"X-Twice: one\r\n"
        b"Content-Type:   text/html;charset=utf-8  \r\n"
        b"X-Twice: two\r\n"
        b"X-Latin: caf\xe9 \xff\r\n"
        b"X-Empty:\r\n"
        b"Content-Length: 3\r\n"
        b"\r\n"
    )
    raw.answers["/"] = head + b"abc"
    response = fetch(raw.url())
    assert response.head == head
    assert response.body == b"abc"
    names = [name for name, _ in response.headers]
    assert names == ["sErVer", "X-Twice", "Content-Type", "X-Twice", "X-Latin", "X-Empty", "Content-Length"]
    assert ("X-Latin", "café ÿ") in response.headers
    assert response.header("x-twice") == "one"
    assert (response.status, response.address, response.fault) == (200, "127.0.0.1", "")


def test_a_folded_header_is_kept_as_it_came(raw: RawServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=utf-8\r\nContent-Length: 3\r\n\r\n"
    raw.answers["/"] = head + b"abc"
    response = fetch(raw.url())
    assert (response.head, response.body) == (head, b"abc")
    assert response.header("Content-Type").replace(" ", "") == "text/html;charset=utf-8"


def test_a_head_that_comes_in_small_pieces_is_whole(raw: RawServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    raw.answers["/"] = [*(piece for byte in head for piece in (bytes([byte]), 0.001)), b"h\r\n\r\n"]
    response = fetch(raw.url())
    assert (response.head, response.body) == (head, b"h\r\n\r\n")


def test_an_interim_answer_is_not_the_answer(raw: RawServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
    raw.answers["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + head + b"ok"
    response = fetch(raw.url())
    assert (response.status, response.head, response.body) == (200, head, b"ok")


@pytest.mark.parametrize(
    "lines", [b"A: b\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n", b"\n"], ids=["lines", "heads", "ends"]
)
def test_a_head_that_goes_on_and_on_does_not_hold_up_who_fetches_it(raw: RawServer, lines: bytes) -> None:
    raw.answers["/"] = [b"HTTP/1.1 200 OK\r\n", lines * (2_000_000 // len(lines))]
    assert "HTTP" in ended(_came_of, raw.url())


def _came_of(url: str) -> str:
    try:
        return fetch(url).head.decode("latin-1")
    except FetchError as error:
        return error.note


def test_every_head_on_one_connection_is_its_own() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    heads = [b"HTTP/1.1 200 OK\r\nX-N: %d\r\nContent-Length: 2\r\n\r\n" % number for number in range(3)]

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            for head in heads:
                connection.recv(65536)
                connection.sendall(head + b"ok")

    thread = threading.Thread(target=serve)
    thread.start()

    async def three() -> list[bytes]:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        async with Client(limits=Limits(), reach=Reach(allow_private=True), clock=utc_now) as client:
            return [(await client.get(url, HEADERS)).head for _ in heads]

    assert asyncio.run(three()) == heads
    thread.join()
    server.close()


def test_the_request_is_recorded_as_it_was_sent(raw: RawServer) -> None:
    raw.answers["/a?b=%20c"] = b"HTTP/1.1 204 No Content\r\n\r\n"
    response = fetch(raw.url("/a?b=%20c"))
    assert response.request_head == raw.asked[0]
    assert b"GET /a?b=%20c HTTP/1.1\r\n" in raw.asked[0]
    assert b"User-Agent: Luutin/1 (news archive; contact: a@b.example)\r\n" in raw.asked[0]
    assert b"aiohttp" not in raw.asked[0]
    assert raw.asked[0].count(b"\r\nAccept-Encoding: identity\r\n") == 1


def test_credentials_in_an_address_are_not_sent(raw: RawServer) -> None:
    response = fetch(raw.url("/").replace("http://", "http://user:secret@"))
    assert b"Authorization" not in raw.asked[0]
    assert response.request_head == raw.asked[0]


def test_a_visit_is_dated_when_its_request_was_sent(raw: RawServer) -> None:
    raw.answers["/"] = [0.3, b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"]
    times = iter([datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 2, tzinfo=UTC)])

    async def one() -> Response:
        async with Client(limits=Limits(), reach=Reach(allow_private=True), clock=lambda: next(times)) as client:
            return await client.get(raw.url(), HEADERS)

    response = asyncio.run(one())
    assert response.at == datetime(2025, 1, 1, tzinfo=UTC)
    assert response.elapsed.total_seconds() > 0.25


def test_the_body_as_sent_is_kept_where_it_was_coded(raw: RawServer) -> None:
    coded = gzip.compress(b"<p>tin</p>" * 100)
    raw.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(coded) + coded
    response = fetch(raw.url())
    assert (response.body, response.wire, response.fault) == (b"<p>tin</p>" * 100, coded, "")


def test_two_content_encoding_lines_count_as_one_list(raw: RawServer) -> None:
    coded = gzip.compress(gzip.compress(b"tin"))
    raw.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n" + coded
    assert fetch(raw.url()).body == b"tin"


def test_a_plain_body_is_its_own_wire_form(raw: RawServer) -> None:
    raw.answers["/"] = b"HTTP/1.0 200 OK\r\n\r\nuntil the end"
    response = fetch(raw.url())
    assert (response.body, response.wire, response.fault) == (b"until the end", None, "")


def test_a_chunked_body_is_put_together(raw: RawServer) -> None:
    raw.answers["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    response = fetch(raw.url())
    assert (response.body, response.wire, response.fault) == (b"abcde", None, "")


CUTS = {
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "cut short after 3 of 10 bytes"),
    "chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "cut short after 3 bytes"),
    "last chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "cut short after 3 bytes"),
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_body_that_ends_early_is_truncated(raw: RawServer, cut: str) -> None:
    raw.answers["/"], fault = CUTS[cut]
    response = fetch(raw.url())
    assert (response.body, response.fault_outcome, response.fault) == (b"abc", Outcome.TRUNCATED, fault)


def test_a_coded_body_cut_in_half_is_truncated_though_its_length_is_right(raw: RawServer) -> None:
    half = gzip.compress(b"<p>tin</p>" * 1000)[:40]
    raw.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 40\r\n\r\n" + half
    response = fetch(raw.url())
    assert (response.fault_outcome, response.fault) == (Outcome.TRUNCATED, "its gzip coding is cut short")
    assert response.wire == half


def test_what_is_announced_as_too_large_is_not_fetched(raw: RawServer) -> None:
    raw.answers["/"] = [b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", 20.0]
    response = fetch(raw.url(), limits=Limits(timeout=5, max_size=1000))
    assert response.fault_outcome is Outcome.TOO_LARGE
    assert response.fault == "more than 1000 bytes: 1001"


def test_what_turns_out_too_large_is_given_up(raw: RawServer) -> None:
    raw.answers["/"] = b"HTTP/1.1 200 OK\r\n\r\n" + bytes(500_000)
    response = fetch(raw.url(), limits=Limits(max_size=1000))
    assert (response.fault_outcome, response.body) == (Outcome.TOO_LARGE, b"")


def test_a_server_that_stalls_within_the_body_leaves_what_came(raw: RawServer) -> None:
    raw.answers["/"] = [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 20.0]
    response = fetch(raw.url(), limits=Limits(timeout=0.5))
    assert (response.body, response.fault_outcome) == (b"abc", Outcome.TRUNCATED)
    assert response.fault == "cut short after 3 bytes: more than 0.5 s"


def test_a_server_that_drips_bytes_for_ever_is_given_up(raw: RawServer) -> None:
    raw.answers["/"] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
        *(p for _ in range(200) for p in (b"x", 0.05)),
    ]
    response = fetch(raw.url(), limits=Limits(timeout=0.5))
    assert response.fault_outcome is Outcome.TRUNCATED


def test_a_server_that_does_not_answer(raw: RawServer) -> None:
    raw.answers["/"] = [20.0]
    error = refused(raw.url(), limits=Limits(timeout=0.3))
    assert (error.outcome, error.note) == (Outcome.ERROR, "no answer within 0.3 s")
    assert error.at is not None


def test_a_connection_that_is_closed_without_an_answer(raw: RawServer) -> None:
    raw.answers["/"] = b""
    assert refused(raw.url()).note == "the connection was closed without an answer"


def test_an_answer_that_is_not_http(raw: RawServer) -> None:
    raw.answers["/"] = b"SSH-2.0-OpenSSH_9.7\r\n\r\n"
    assert refused(raw.url()).note.startswith("the answer is not HTTP")


def test_a_refused_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    error = refused(f"http://127.0.0.1:{port}/")
    assert (error.outcome, error.note) == (Outcome.ERROR, "no connection: Connection refused")


def test_an_unknown_host() -> None:
    error = refused("http://no-such-host.invalid/")
    assert error.outcome is Outcome.ERROR
    assert error.note.startswith("the host name does not resolve")


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/", "javascript:alert(1)", "http://", "http://127.0.0.1:99999/", "http://[::1/", "nonsense"]
)
def test_what_is_no_web_address_is_a_failure_and_not_a_surprise(url: str) -> None:
    error = refused(url)
    assert error.outcome is Outcome.ERROR
    assert error.note.startswith("not a")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "0.0.0.0",
    ],
)
def test_loopback_is_refused_however_it_is_written(raw: RawServer, host: str) -> None:
    error = refused(f"http://{host}:{raw.port}/", reach=Reach())
    assert error.outcome is Outcome.BLOCKED_ADDRESS
    assert raw.asked == []


def test_a_name_that_resolves_to_loopback_is_refused(raw: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", raw.port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    error = refused(f"http://rebind.example:{raw.port}/", reach=Reach())
    assert (error.outcome, raw.asked) == (Outcome.BLOCKED_ADDRESS, [])
    assert error.note == "rebind.example is at 127.0.0.1, which is not a public address"


def test_a_proxy_from_the_environment_is_not_used(raw: RawServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert fetch(raw.url()).status == 404


def test_a_host_can_be_played_by_another_server(raw: RawServer) -> None:
    raw.answers["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    response = fetch("https://baovidu.example/a", reach=Reach(reroute={"baovidu.example": raw.url("")}))
    assert (response.url, response.body) == ("https://baovidu.example/a", b"ok")
    assert b"\r\nHost: baovidu.example\r\n" in raw.asked[0]


def test_redirects_are_not_followed(raw: RawServer) -> None:
    raw.answers["/"] = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    response = fetch(raw.url())
    assert (response.status, raw.paths()) == (302, ["/"])


def _follow(url: str, reach: Reach) -> Response:
    async def one() -> Response:
        async with Client(limits=Limits(timeout=10), reach=reach, clock=utc_now) as client:
            return await get_following(client, url, HEADERS)

    return asyncio.run(one())


def test_what_is_no_article_is_followed_to_its_end(raw: RawServer) -> None:
    raw.answers["/"] = b"HTTP/1.1 301 Moved\r\nLocation: b\r\nContent-Length: 0\r\n\r\n"
    raw.answers["/b"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    assert _follow(raw.url(), Reach(allow_private=True)).body == b"ok"


@pytest.mark.parametrize("location", [b"/", b"http://[::1/", b"ftp://127.0.0.1/"])
def test_a_redirect_that_leads_nowhere_is_a_failure(raw: RawServer, location: bytes) -> None:
    raw.answers["/"] = b"HTTP/1.1 301 Moved\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"
    with pytest.raises(FetchError):
        _follow(raw.url(), Reach(allow_private=True))


def test_a_redirect_to_loopback_is_refused(raw: RawServer) -> None:
    target = raw.url("/inside")
    raw.answers["/"] = f"HTTP/1.1 301 Moved\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
    with pytest.raises(FetchError) as caught:
        _follow("http://public.example/", Reach(reroute={"public.example": raw.url("")}))
    assert caught.value.outcome is Outcome.BLOCKED_ADDRESS
    assert raw.paths() == ["/"]


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def _tls(authority: trustme.CA, name: str) -> HTTPServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    server = HTTPServer(host="127.0.0.1", ssl_context=context)
    server.expect_request("/").respond_with_data("ok")
    server.start()
    return server


def test_a_certificate_that_nobody_vouches_for_is_refused(authority: trustme.CA) -> None:
    server = _tls(authority, "localhost")
    try:
        error = refused(f"https://localhost:{server.port}/")
    finally:
        server.stop()
    assert error.outcome is Outcome.ERROR
    assert error.note.startswith("its TLS certificate is not valid: ")
    assert len(server.log) == 0


@pytest.mark.parametrize(("name", "valid"), [("localhost", True), ("other.example", False)])
def test_a_certificate_has_to_be_for_the_host(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, valid: bool
) -> None:
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
    server = _tls(authority, name)
    try:
        if valid:
            assert fetch(f"https://localhost:{server.port}/").body == b"ok"
        else:
            assert "certificate is not valid" in refused(f"https://localhost:{server.port}/").note
    finally:
        server.stop()


def test_a_server_that_answers_in_the_clear_where_tls_is_expected(httpserver: HTTPServer) -> None:
    error = refused(httpserver.url_for("/").replace("http:", "https:"))
    assert error.outcome is Outcome.ERROR
    assert error.note in {"no TLS connection: wrong version number", "no TLS connection: record layer failure"}


def test_a_server_that_speaks_no_tls(raw: RawServer) -> None:
    error = refused(raw.url().replace("http:", "https:"), limits=Limits(timeout=2))
    assert error.outcome is Outcome.ERROR
