"""Visits to a page, recorded in a real archive: outcomes, versions, edits."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from storage.archive import Archive
from storage.records import Outcome, Reading
from storage.visits import FoundPage, PageHistory, Visit
from tests.newsroom import EDITED, FOOTBALL, HOUR, NEW_URL, NOON, OTHER_URL, RAIN, URL, Newsroom, article


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
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
    assert (edit.between, edit.unread) == ((last_old.at, first_new.at), 4)
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
    assert [room.gets(404).version, room.gets(404).version] == [1, 1]
    page = room.queries.page(URL)
    assert page is not None
    assert (page.state, page.failures) == ("gone", 2)
    assert room.sees(RAIN).outcome is Outcome.SAME
    page = room.queries.page(URL)
    assert page is not None
    assert (page.state, page.failures) == ("live", 0)


def test_a_group_is_stored_whole_or_not_at_all(room: Newsroom) -> None:
    good = room.finding(RAIN)
    unread = room.finding(url=OTHER_URL)  # a whole 200 that nobody has read is a fault of ours
    before = room.rows()
    with pytest.raises(ValueError, match="read"):
        room.archive.record([good, unread])
    assert room.rows() == before
    assert room.archive.record([good])[0].outcome is Outcome.NEW


def test_a_finding_with_a_naive_time_leaves_nothing_behind(room: Newsroom) -> None:
    good, naive = room.finding(RAIN), room.finding(RAIN, url=OTHER_URL, at=datetime(2026, 3, 11))  # noqa: DTZ001
    before = room.rows()
    with pytest.raises(Exception, match="naive"):
        room.archive.record([good, naive])
    assert room.rows() == before


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
