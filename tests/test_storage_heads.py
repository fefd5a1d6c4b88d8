"""Heads of responses and requests: as they were sent, and small beside those of the site."""

from collections.abc import Iterator
from random import Random

import pytest

from storage.errors import DamagedBodyError
from tests.newsroom import RAIN, URL, Newsroom

SERVER = (
    "Content-Type: text/html; charset=utf-8\r\nServer: nginx\r\nCache-Control: public, max-age=60\r\n"
    "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\r\nVary: Accept-Encoding\r\n"
    "Content-Security-Policy: upgrade-insecure-requests; frame-ancestors 'self'\r\nConnection: keep-alive\r\n"
)
ASKED = (
    "Host: vidu.example\r\nUser-Agent: Luutin/0.1 (+https://archive.example/about; desk@archive.example)\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Encoding: identity\r\n"
)


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def _head(number: int, says: str = SERVER) -> bytes:
    return f"HTTP/1.1 200 OK\r\nDate: Wed, 11 Mar 2026 12:{number:02}:00 GMT\r\n{says}X-Id: {number}\r\n\r\n".encode()


def _see(room: Newsroom, number: int, head: bytes, url: str = URL) -> None:
    asked = f"GET {url.removeprefix('https://vidu.example')} HTTP/1.1\r\n{ASKED}\r\n".encode()
    body = f"<p>{number}".encode()
    room.sees(RAIN, url=url, answer=room.response(head=head, request_head=asked, url=url, body=body))


def _sizes(room: Newsroom) -> list[tuple[int | None, int]]:
    rows = room.sql("SELECT head_base_id, length(head) + length(request_head) FROM capture ORDER BY id")
    return [(base, size) for base, size in rows]


def test_heads_like_those_before_take_a_few_bytes_and_come_back_exactly(room: Newsroom) -> None:
    for number in range(5):
        _see(room, number, _head(number), URL if number % 2 else f"{URL}?{number}")
    sizes = _sizes(room)
    assert [base for base, _ in sizes] == [None, 1, 1, 1, 1]
    assert max(size for _, size in sizes[1:]) < sizes[0][1] / 3
    for number in range(5):
        kept = room.queries.capture(number + 1)
        assert kept.head == _head(number)
        assert b"Host: vidu.example" in kept.request_head


def test_a_site_that_answers_otherwise_now_gets_new_heads_to_compare_with(room: Newsroom) -> None:
    other = "".join(f"X-{Random(n).randbytes(9).hex()}: {Random(-n).randbytes(9).hex()}\r\n" for n in range(40))
    for number, says in enumerate((SERVER, other, other, other)):
        _see(room, number, _head(number, says))
    assert [base for base, _ in _sizes(room)] == [None, None, 2, 2]
    assert [room.queries.capture(number + 1).head for number in range(4)] == [
        _head(number, says) for number, says in enumerate((SERVER, other, other, other))
    ]


def test_the_head_of_an_error_page_is_no_example_for_others(room: Newsroom) -> None:
    room.gets(503)
    _see(room, 1, _head(1))
    room.gets(404)
    assert [base for base, _ in _sizes(room)][:2] == [None, None]
    assert room.sql("SELECT head_capture_id FROM site") == [(2,)]


def test_the_url_that_was_asked_for_is_kept_where_it_is_not_the_one_that_answered(room: Newsroom) -> None:
    _see(room, 0, _head(0))
    room.sees(RAIN, answer=room.response(requested_url="https://vidu.example/x", hops=("https://vidu.example/x",)))
    assert [room.queries.capture(number).requested_url for number in (1, 2)] == [URL, "https://vidu.example/x"]


def test_a_head_that_does_not_decode_is_noticed(room: Newsroom) -> None:
    _see(room, 0, _head(0))
    room.damaged = True
    room.write("UPDATE capture SET head = body_sha256 FROM page WHERE capture.id = 1")
    with pytest.raises(DamagedBodyError):
        room.queries.capture(1)
