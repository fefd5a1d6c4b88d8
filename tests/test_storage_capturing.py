"""Captures: byte for byte, and small beside what they resemble."""

from collections.abc import Iterator
from random import Random

import pytest

from storage.records import Outcome, Reading
from tests.newsroom import RAIN, Newsroom


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def test_a_capture_is_kept_byte_for_byte(room: Newsroom) -> None:
    answer = room.response(
        body="Hoà bình\x00\r\n".encode(),
        wire=b"\x1f\x8b\x00gzip",
        address="127.0.0.1",
        hops=("https://vidu.example/x",),
    )
    visit = room.sees(RAIN, answer=answer)
    kept = room.queries.raw(room.page_id(), 1)
    assert (kept.body, kept.wire, kept.head, kept.request_head) == (
        answer.body,
        answer.wire,
        answer.head,
        answer.request_head,
    )
    assert (kept.address, kept.hops, kept.at, kept.status) == ("127.0.0.1", answer.hops, visit.at, 200)
    assert kept.sha256 == visit.capture_sha256


def test_a_bare_ok_before_the_article_is_no_hindrance(room: Newsroom) -> None:
    unreadable = Reading(reader="r1", unreadable="no text")
    for body in (b"", b"OK", b"<html>1"):
        room.archive.record([room.finding(answer=room.response(body=body), reading=unreadable)])
    assert room.sees(RAIN).outcome is Outcome.NEW


def _page_body(number: int) -> bytes:
    menu = "".join(f'<a href="/muc-{line}">Chuyên mục {line * 7919}</a>' for line in range(800))
    return f"<html>{menu}<p>Bài số {number}</p></html>".encode()


def test_first_captures_are_stored_against_a_template_of_the_site(room: Newsroom) -> None:
    not_found = room.response(404, b"<html>khong tim thay" * 50)
    room.archive.record([room.finding(url="https://vidu.example/0", answer=not_found)])
    for number in range(1, 6):
        url = f"https://vidu.example/{number}"
        room.sees(RAIN, url=url, answer=room.response(url=url, body=_page_body(number)))
    rows = room.sql("SELECT base_id, length(data) FROM body WHERE chain LIKE 'page:%' ORDER BY id")
    ((template, uses),) = room.sql("SELECT body_id, uses FROM template")
    assert [base for base, _ in rows] == [None] + [template] * 4
    assert uses == 4
    assert max(size for _, size in rows[1:]) < 200
    assert room.queries.raw(room.page_id("https://vidu.example/5"), 1).body == _page_body(5)


def _bases(room: Newsroom) -> list[int | None]:
    return [base for (base,) in room.sql("SELECT base_id FROM body WHERE chain LIKE 'page:%' AND seq = 0 ORDER BY id")]


def _numbers(room: Newsroom) -> list[int]:
    return [number for (number,) in room.sql("SELECT id FROM body WHERE chain LIKE 'page:%' AND seq = 0 ORDER BY id")]


def _page_of(kind: int, number: int) -> bytes:
    """A page in one of several templates, which have nothing in common."""
    return f"<html>{Random(kind).randbytes(4000).hex()}<p>Bài số {number}</p></html>".encode()


def _captured(room: Newsroom, *kinds: int) -> None:
    for kind in kinds:
        number = len(_bases(room))
        url = f"https://vidu.example/bai-{number}"
        room.sees(RAIN, url=url, answer=room.response(url=url, body=_page_of(kind, number)))


def test_a_page_is_stored_against_the_template_that_it_resembles(room: Newsroom) -> None:
    _captured(room, 1, 2, 1, 2, 2, 1)
    first, second, *_ = _numbers(room)
    assert _bases(room) == [None, None, first, second, second, first]


def test_the_three_templates_that_were_used_last_are_kept(room: Newsroom) -> None:
    _captured(room, 1, 2, 3, 1, 4)
    numbers = _numbers(room)
    kept = room.sql("SELECT body_id FROM template ORDER BY body_id")
    assert [body_id for (body_id,) in kept] == [numbers[0], numbers[2], numbers[4]]
    _captured(room, 2, 1)
    assert _bases(room)[-2:] == [None, numbers[0]]


def test_a_template_that_was_used_often_is_used_no_more(room: Newsroom) -> None:
    _captured(room, 1)
    room.write("UPDATE template SET uses = 256")
    _captured(room, 1, 1)
    assert _bases(room) == [None, None, _numbers(room)[1]]


def test_a_page_is_kept_where_the_template_is_damaged(room: Newsroom) -> None:
    _captured(room, 1)
    room.damaged = True
    other = "(SELECT data FROM body WHERE chain LIKE 'text:%')"
    room.write(f"UPDATE body SET data = {other} WHERE chain LIKE 'page:%'")
    _captured(room, 1)
    assert _bases(room) == [None, None]


def test_error_pages_do_not_come_between_the_bodies_of_a_page(room: Newsroom) -> None:
    for number in range(4):
        room.sees(RAIN, answer=room.response(body=_page_body(number)))
        room.gets(503)
        room.gets(304)
    chains = room.sql("SELECT chain, count(*) FROM body WHERE chain NOT LIKE 'text:%' GROUP BY chain ORDER BY chain")
    assert chains == [("other:1", 1), ("page:1", 4)]
