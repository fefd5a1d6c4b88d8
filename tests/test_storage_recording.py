"""Visits to pages, recorded in a real archive: versions, edits, identity, what is kept."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from storage.archive import Archive, init
from storage.errors import ArchiveError
from storage.queries import Queries
from storage.records import (
    Article,
    Block,
    BlockKind,
    EditStatus,
    Finding,
    FoundPage,
    Outcome,
    PageHistory,
    Reading,
    Response,
    Visit,
)

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://vidu.example/mua-lon-post1.html"
NEW_URL = "https://vidu.example/mua-rat-lon-post1.html"
OTHER_URL = "https://vidu.example/bong-da-post2.html"
AMP_URL = "https://vidu.example/amp/mua-lon-post1.html"
RAIN = ("Mưa lớn làm ngập 35 tuyến phố ở Hà Nội.", "Công ty thoát nước ứng trực.", "Người dân nên ở nhà.")
EDITED = ("Mưa lớn làm ngập 53 tuyến phố ở Hà Nội.", *RAIN[1:])
FOOTBALL = ("Đội tuyển thắng ba bàn không gỡ.", "Huấn luyện viên hài lòng.")


def an_hour_later(_site: str, _history: PageHistory, now: datetime) -> datetime:
    return now + HOUR


def article(texts: tuple[str, ...], title: str = "Mưa lớn ở Hà Nội") -> Article:
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text=paragraph) for paragraph in texts)
    return Article(url=URL, canonical_url="", title=title, body=body)


class Newsroom:
    """One archive, one crawl, and a clock that moves on by an hour with each visit."""

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        init(self.url, NOON)
        self.archive = Archive(self.url, next_due=an_hour_later)
        self.archive.watch_site("vidu", NOON)
        self.queries = Queries(self.url)
        self.now = NOON
        self.looks = 0

    def close(self) -> None:
        self.archive.close()
        self.queries.close()

    def page_id(self, url: str = URL) -> int:
        self.archive.add_pages("vidu", [FoundPage(url=url)], self.now)
        page = self.queries.page(url)
        assert page is not None
        return page.id

    def response(self, status: int = 200, body: bytes | None = None, url: str = URL, **more: Any) -> Response:
        self.looks += 1
        made = Response(
            requested_url=url,
            url=url,
            at=self.now,
            request_head=b"GET / HTTP/1.1\r\n\r\n",
            status=status,
            head=b"HTTP/1.1 200 OK\r\nETag: x\r\n\r\n",
            headers=(("ETag", f'"{self.looks}"'), ("Last-Modified", "Wed, 11 Mar 2026 12:00:00 GMT")),
            body=f"<html>look {self.looks}</html>".encode() if body is None else body,
        )
        return replace(made, **more)

    def finding(
        self,
        texts: tuple[str, ...] | None = None,
        *,
        url: str = URL,
        answer: Response | None = None,
        title: str = "Mưa lớn ở Hà Nội",
        reader: str = "r1",
        identity: str = "",
        page: int | None = None,
        **more: Any,
    ) -> Finding:
        self.now += HOUR
        answer = replace(answer, at=self.now) if answer else self.response(url=url)
        reading = Reading(reader=reader, article=article(texts, title)) if texts else None
        made = Finding(
            page_id=self.page_id(url) if page is None else page,
            url=url,
            at=self.now,
            response=answer,
            reading=reading,
            identity=identity or url,
        )
        return replace(made, **more)

    def sees(self, texts: tuple[str, ...], **more: Any) -> Visit:
        return self.archive.record([self.finding(texts, **more)])[0]

    def gets(self, status: int, **more: Any) -> Visit:
        return self.archive.record([self.finding(answer=self.response(status, b"x" * 9, **more))])[0]

    def fails(self) -> Visit:
        self.now += HOUR
        failed = Finding(page_id=self.page_id(), url=URL, at=self.now, failure=Outcome.ERROR, note="timed out")
        return self.archive.record([failed])[0]

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(text(statement))]
        engine.dispose()
        return rows


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    made = Newsroom(tmp_path / "a.db")
    yield made
    made.close()


def test_a_page_has_the_version_after_each_visit_that_it_showed(room: Newsroom) -> None:
    identical = room.response(body=b"<html>look 1</html>")
    visits = [
        room.fails(),
        room.sees(RAIN, answer=identical),
        room.archive.record([room.finding(answer=identical)])[0],
        room.gets(304),
        room.sees(RAIN),
        room.sees(EDITED),
        room.gets(404),
        room.gets(500),
        room.sees(EDITED),
        room.sees(RAIN),
    ]
    assert [(visit.outcome.value, visit.version) for visit in visits] == [
        ("error", None),
        ("new", 1),
        ("identical", 1),
        ("not-modified", 1),
        ("same", 1),
        ("changed", 2),
        ("gone", 2),
        ("error", 2),
        ("same", 2),
        ("changed", 3),
    ]
    history = room.queries.history(room.page_id())
    assert [(row.outcome, row.version, row.at) for row in history] == [(v.outcome, v.version, v.at) for v in visits]
    page = room.queries.page(URL)
    assert page is not None
    assert (page.visits, page.versions, page.state, page.failures) == (10, 3, "live", 0)
    assert [row.number for row in room.queries.versions(page.id)] == [1, 2, 3]
    assert room.queries.article(page.id, 2) == article(EDITED)


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


def test_an_edit_lies_between_the_last_sight_of_the_old_text_and_the_first_of_the_new(room: Newsroom) -> None:
    room.sees(RAIN)
    last_old = room.gets(304)
    room.fails()
    room.gets(503)
    room.gets(404)
    room.archive.record([room.finding(reading=Reading(reader="r1", suspect="a captcha", article=article(FOOTBALL)))])
    first_new = room.sees(EDITED)
    room.sees(EDITED)
    (edit,) = room.queries.edits()
    assert edit.between == (last_old.at, first_new.at)
    assert (edit.from_version, edit.to_version, edit.id) == (1, 2, first_new.edit_id)


@pytest.mark.parametrize("again", ["same", "identical", "not-modified", "moved"])
def test_an_edit_is_confirmed_when_it_is_seen_again(room: Newsroom, again: str) -> None:
    room.sees(RAIN)
    answer = room.response()
    room.sees(EDITED, answer=answer)
    assert [edit.status for edit in room.queries.edits()] == ["pending"]
    looks: dict[str, Callable[[], Visit]] = {
        "same": lambda: room.sees(EDITED),
        "identical": lambda: room.archive.record([room.finding(answer=answer)])[0],
        "not-modified": lambda: room.gets(304),
        "moved": lambda: room.sees(EDITED, identity=NEW_URL),
    }
    assert looks[again]().outcome.value == again
    assert [edit.status for edit in room.queries.edits()] == ["confirmed"]


def test_a_visit_that_did_not_see_the_article_confirms_nothing(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    for look in (
        room.fails,
        lambda: room.gets(404),
        lambda: room.gets(500),
        lambda: room.sees(FOOTBALL, title="Thắng đậm", identity=OTHER_URL),
        lambda: room.archive.record([room.finding(reading=Reading(reader="r1", unreadable="no text"))]),
    ):
        look()
        assert [edit.status for edit in room.queries.edits()] == ["pending"]
    room.sees(EDITED)
    assert [edit.status for edit in room.queries.edits()] == ["confirmed"]


def test_a_pending_edit_that_is_taken_back_is_reverted_and_the_page_shows_its_old_version(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    back = room.sees(RAIN)
    assert (back.outcome, back.version) == (Outcome.SAME, 1)
    assert [edit.status for edit in room.queries.edits()] == ["reverted"]
    third = room.sees((*EDITED, "Trường học đóng cửa."))
    assert third.version == 3
    edits = list(room.queries.edits())
    assert [(edit.from_version, edit.to_version, edit.status) for edit in edits] == [
        (1, 2, "reverted"),
        (1, 3, "pending"),
    ]
    assert edits[1].between == (back.at, third.at)


def test_a_further_edit_confirms_a_pending_one_that_still_stands(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    room.sees((*EDITED, "Trường học ở ba quận đóng cửa đến hết tuần này."))
    assert [edit.status for edit in room.queries.edits()] == ["confirmed", "pending"]


def test_an_edit_that_was_overwritten_before_anyone_saw_it_again_stays_pending(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    room.sees(("Mưa lớn làm ngập 57 tuyến phố ở Hà Nội.", *RAIN[1:]))
    room.gets(304)
    assert [edit.status for edit in room.queries.edits()] == ["pending", "confirmed"]


def test_a_page_that_is_gone_may_come_back(room: Newsroom) -> None:
    room.sees(RAIN)
    assert room.gets(404).version == 1
    page = room.queries.page(URL)
    assert page is not None
    assert (page.state, page.failures) == ("gone", 1)
    assert room.sees(RAIN).outcome is Outcome.SAME
    page = room.queries.page(URL)
    assert page is not None
    assert (page.state, page.failures) == ("live", 0)


def test_a_page_that_once_led_elsewhere_is_looked_at_again(room: Newsroom) -> None:
    """One wrong redirect, of a broken cache say, must not end the watch over an article."""
    room.sees(RAIN)
    moved = room.sees(FOOTBALL, title="Thắng đậm", identity=OTHER_URL)
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 1, URL)
    page = room.queries.page(URL)
    assert page is not None
    assert (page.state, page.next_due) == ("moved", moved.at + HOUR)
    assert room.sees(EDITED).outcome is Outcome.CHANGED


def test_a_page_that_moves_is_known_under_both_urls(room: Newsroom) -> None:
    room.sees(RAIN)
    answer = room.response(url=NEW_URL, hops=(URL,), requested_url=URL)
    moved = room.sees(RAIN, answer=answer, identity=NEW_URL)
    assert (moved.outcome, moved.page_url, moved.version) == (Outcome.MOVED, NEW_URL, 1)
    old, new = room.queries.page(URL), room.queries.page(NEW_URL)
    assert old == new
    assert new is not None
    assert (new.url, new.state) == (NEW_URL, "live")
    assert room.archive.add_pages("vidu", [FoundPage(url=URL), FoundPage(url=NEW_URL)], room.now) == 0


def test_a_page_that_moves_and_is_edited_has_an_edit(room: Newsroom) -> None:
    room.sees(RAIN)
    changed = room.sees(EDITED, identity=NEW_URL)
    assert (changed.outcome, changed.version, changed.page_url) == (Outcome.CHANGED, 2, NEW_URL)


def test_two_urls_that_turn_out_to_be_one_page_become_one(room: Newsroom) -> None:
    room.sees(RAIN)
    room.page_id(AMP_URL)
    failed = Finding(page_id=room.page_id(AMP_URL), url=AMP_URL, at=room.now, failure=Outcome.ERROR)
    room.archive.record([failed])
    visit = room.sees(RAIN, url=AMP_URL, identity=URL)
    assert (visit.outcome, visit.version, visit.page_url, visit.url) == (Outcome.SAME, 1, URL, AMP_URL)
    assert room.queries.page(AMP_URL) == room.queries.page(URL)
    (page,) = room.queries.pages()
    assert page.visits == 3
    assert [row.url for row in room.queries.history(page.id)] == [URL, AMP_URL, AMP_URL]


def test_a_page_found_under_a_lesser_url_takes_its_own(room: Newsroom) -> None:
    visit = room.sees(RAIN, url=AMP_URL, identity=URL)
    assert (visit.outcome, visit.page_url) == (Outcome.NEW, URL)
    (page,) = room.queries.pages()
    assert page.url == URL
    assert room.queries.page(AMP_URL) == page


def test_a_second_visit_under_way_while_its_page_is_merged_belongs_to_the_page_it_became(room: Newsroom) -> None:
    room.sees(RAIN)
    stub = room.page_id(AMP_URL)
    room.sees(RAIN, url=AMP_URL, identity=URL)
    room.page_id(OTHER_URL)  # must not get the stub's number
    late = room.sees(RAIN, url=AMP_URL, identity=URL, page=stub)
    assert (late.outcome, late.page_url) == (Outcome.SAME, URL)
    with pytest.raises(ArchiveError, match="knows no page 999"):
        room.archive.record([room.finding(RAIN, url="https://vidu.example/x", page=999)])


def test_a_page_that_moves_to_a_url_that_was_found_but_never_read_keeps_its_history(room: Newsroom) -> None:
    """A site that renames an article lists the new URL in its feed: the edit made with the move must not be lost."""
    room.sees(RAIN)
    stub = room.page_id(NEW_URL)
    moved = room.sees(EDITED, identity=NEW_URL)
    assert (moved.outcome, moved.page_url, moved.version) == (Outcome.CHANGED, NEW_URL, 2)
    (page,) = room.queries.pages()
    assert (page.url, page.visits) == (NEW_URL, 2)
    late = room.sees(EDITED, url=NEW_URL, page=stub)
    assert (late.outcome, late.version) == (Outcome.SAME, 2)


def test_a_page_that_moves_to_one_with_versions_of_its_own_leaves_it_alone(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(RAIN, url=NEW_URL)
    moved = room.sees(EDITED, identity=NEW_URL)
    assert (moved.outcome, moved.version, moved.page_url) == (Outcome.MOVED, 1, URL)
    assert "watched by itself" in moved.note
    assert {page.url: page.state for page in room.queries.pages()} == {URL: "moved", NEW_URL: "live"}
    assert list(room.queries.edits()) == []


def test_a_group_is_stored_whole_or_not_at_all(room: Newsroom) -> None:
    good = room.finding(RAIN)
    unread = room.finding(url=OTHER_URL)  # a whole 200 that nobody has read is a fault of ours
    before = room.queries.counts()
    with pytest.raises(ValueError, match="read"):
        room.archive.record([good, unread])
    assert room.queries.counts() == before
    assert room.archive.record([good])[0].outcome is Outcome.NEW


def test_a_finding_with_a_naive_time_leaves_nothing_behind(room: Newsroom) -> None:
    good, naive = room.finding(RAIN), room.finding(RAIN, url=OTHER_URL, at=datetime(2026, 3, 11))  # noqa: DTZ001
    before = room.queries.counts()
    with pytest.raises(Exception, match="naive"):
        room.archive.record([good, naive])
    assert room.queries.counts() == before


def test_half_a_character_in_a_headline_is_no_hindrance(room: Newsroom) -> None:
    room.sees(RAIN, title="Mưa \ud83d lớn")
    changed = room.sees(RAIN, title="Mưa \ud83d\x00 to \udfff")
    assert changed.outcome is Outcome.CHANGED
    assert room.queries.article(room.page_id(), 2).title == "Mưa \ud83d\x00 to \udfff"
    (edit,) = room.queries.edits()
    assert "\udfff" in edit.changes[0].after


def test_a_bare_ok_before_the_article_is_no_hindrance(room: Newsroom) -> None:
    unreadable = Reading(reader="r1", unreadable="no text")
    for body in (b"", b"OK", b"<html>1"):
        room.archive.record([room.finding(answer=room.response(body=body), reading=unreadable)])
    assert room.sees(RAIN).outcome is Outcome.NEW


def test_validators_are_those_of_the_last_good_answer(room: Newsroom) -> None:
    room.sees(RAIN)
    room.gets(500)
    (due,) = room.archive.claim_urls("me", room.now, [URL]).values()
    assert due is not None
    assert (due.etag, due.last_modified) == ('"1"', "Wed, 11 Mar 2026 12:00:00 GMT")
    assert (due.version, due.reader, due.url) == (1, "r1", URL)


def test_no_validators_are_sent_for_what_another_url_answered(room: Newsroom) -> None:
    """Else a 304 of the front page would say that a pulled article stands unchanged."""
    room.sees(RAIN, answer=room.response(url=NEW_URL, hops=(URL,)))
    (due,) = room.archive.claim_urls("me", room.now, [URL]).values()
    assert due is not None
    assert (due.etag, due.last_modified) == ("", "")


def test_after_a_not_modified_from_elsewhere_the_page_is_asked_for_whole(room: Newsroom) -> None:
    room.sees(RAIN)
    visit = room.gets(304, hops=(URL,), url="https://vidu.example/")
    assert visit.outcome is Outcome.ERROR
    (due,) = room.archive.claim_urls("me", room.now, [URL]).values()
    assert due is not None
    assert (due.etag, due.last_modified) == ("", "")


def test_what_a_feed_said_about_a_page_stays_where_the_page_says_nothing(room: Newsroom) -> None:
    seen: list[PageHistory] = []
    room.archive.add_pages("vidu", [FoundPage(url=URL, title="Mưa", published=NOON - HOUR)], NOON)
    with Archive(room.url, next_due=lambda _site, history, _now: seen.append(history)) as archive:
        archive.record([room.finding(RAIN, title="")])
        archive.record([room.finding(RAIN, title="")])
    assert [history.published for history in seen] == [NOON - HOUR] * 2
    page = room.queries.page(URL)
    assert page is not None
    assert page.title == "Mưa"


def test_a_new_reader_reads_the_earlier_capture_anew_only_once(room: Newsroom) -> None:
    room.sees(RAIN)
    better = (*RAIN, "Một đoạn mà bản đọc cũ bỏ sót.")
    again = Reading(reader="r2", article=article(better))
    assert room.sees(better, reader="r2", earlier=again).outcome is Outcome.SAME
    (due,) = room.archive.claim_urls("me", room.now, [URL]).values()
    assert due is not None
    assert due.reader == "r2"
    assert room.queries.article(room.page_id(), 1) == article(better)
    assert room.sees(better, reader="r2").outcome is Outcome.SAME
    old = Reading(reader="r1", article=article(RAIN))
    assert room.sees(RAIN, reader="r1", earlier=old).outcome is Outcome.SAME  # and back, after a downgrade
    assert room.sql("SELECT reader, current FROM reading ORDER BY id") == [("r1", 1), ("r2", 0)]


def test_an_edit_under_a_new_reader_is_compared_under_it(room: Newsroom) -> None:
    room.sees(RAIN)
    again = Reading(reader="r2", article=article((*RAIN, "Đoạn cuối.")))
    changed = room.sees((*EDITED, "Đoạn cuối."), reader="r2", earlier=again)
    (edit,) = room.queries.edits()
    assert (changed.outcome, edit.removed, edit.added) == (Outcome.CHANGED, ("35",), ("53",))


def test_a_new_start_makes_a_version_and_no_edit(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    start = room.sees(FOOTBALL, reader="r2", earlier=Reading(reader="r2", unreadable="no text"))
    assert (start.outcome, start.version) == (Outcome.NEW, 3)
    assert room.sees(FOOTBALL, reader="r2").outcome is Outcome.SAME
    assert [edit.status for edit in room.queries.edits()] == [EditStatus.PENDING]  # it was never seen again


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
    (template,) = room.sql("SELECT template_body_id FROM site")[0]
    assert [base for base, _ in rows] == [None] + [template] * 4
    assert max(size for _, size in rows[1:]) < 200
    assert room.queries.raw(room.page_id("https://vidu.example/5"), 1).body == _page_body(5)


def test_error_pages_do_not_come_between_the_bodies_of_a_page(room: Newsroom) -> None:
    for number in range(4):
        room.sees(RAIN, answer=room.response(body=_page_body(number)))
        room.gets(503)
        room.gets(304)
    chains = room.sql("SELECT chain, count(*) FROM body WHERE chain NOT LIKE 'text:%' GROUP BY chain ORDER BY chain")
    assert chains == [("other:1", 1), ("page:1", 4)]
