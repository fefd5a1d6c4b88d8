"""What the read door gives out."""

from datetime import UTC, datetime, timedelta

from storage.rows import DueSite, RawCapture

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def capture(head: bytes) -> RawCapture:
    return RawCapture(
        requested_url="https://baovidu.example/",
        url="https://baovidu.example/",
        hops=(),
        at=NOON,
        status=200,
        request_head=b"",
        head=head,
        body=b"",
        wire=None,
        address="",
        sha256="",
        fault="",
    )


def test_headers_come_in_the_order_received() -> None:
    found = capture(b"HTTP/1.1 200 OK\r\nB: 1\r\nA: 2\r\nB: 3\r\n\r\n").headers
    assert found == (("B", "1"), ("A", "2"), ("B", "3"))


def test_a_folded_content_type_keeps_its_charset() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n\tcharset=windows-1258\r\n\r\n"
    assert capture(head).content_type == "text/html; charset=windows-1258"


def test_a_header_that_ends_in_a_bare_line_feed_is_not_lost() -> None:
    assert capture(b"HTTP/1.1 200 OK\nServer: x\nContent-Type: text/html\n\n").content_type == "text/html"


def test_a_site_is_due_since_the_earliest_of_its_work() -> None:
    pages, sources = NOON - timedelta(hours=1), NOON
    assert DueSite(site="a", next_discovery=sources, pages_due=pages).since == pages
    assert DueSite(site="a", next_discovery=None, pages_due=pages).since is None
