"""Looks that are stored after later ones come to the same as if they had been stored in their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from storage.comparison.comparing import compare
from storage.records import Outcome, Reading
from storage.rows import Searched
from storage.visits import Visit
from tests.newsroom import EDITED, HOUR, NOON, RAIN, URL, Newsroom, article

MORE = (*RAIN, "Trường học ở ba quận đóng cửa đến hết tuần này.")
LESS = RAIN[:2]
STORED = NOON + timedelta(days=400)


@pytest.fixture
def room(database: str) -> Iterator[Newsroom]:
    made = Newsroom(database)
    yield made
    made.close()


def sees(room: Newsroom, hour: int, texts: tuple[str, ...], **more: Any) -> Visit:
    """Store what was seen so many hours after noon."""
    room.now = NOON + (hour - 1) * HOUR
    return room.archive.record([room.finding(texts, **more)], STORED)[0]


def gets(room: Newsroom, hour: int, status: int, body: bytes = b"") -> Visit:
    room.now = NOON + (hour - 1) * HOUR
    return room.archive.record([room.finding(answer=room.response(status, body))], STORED)[0]


def flags(room: Newsroom) -> list[tuple[int, int, int, int, str]]:
    """Versions, hours and status of each edit."""
    return [
        (edit.from_version, edit.to_version, _hour(edit.between[0]), _hour(edit.between[1]), edit.status)
        for edit in room.queries.edits()
    ]


def _hour(at: Any) -> int:
    return int((at - NOON) / HOUR)


def texts(room: Newsroom) -> list[tuple[int, str, int]]:
    """Number, text and hour of each version."""
    page_id = room.page_id()
    return [
        (one.number, room.queries.article(page_id, one.number).body[-1].text, _hour(one.at))
        for one in room.queries.versions(page_id)
    ]


def history(room: Newsroom) -> list[tuple[int, str, int | None]]:
    return [(_hour(row.at), row.outcome.value, row.version) for row in room.queries.history(room.page_id())]


def state(room: Newsroom) -> Any:
    page = room.queries.page(URL)
    assert page is not None
    return replace(page, next_due=None)


def test_a_text_between_two_others_is_a_version_of_its_own_and_the_edit_becomes_two(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 5, MORE)
    sees(room, 6, MORE)
    assert sees(room, 3, EDITED).outcome is Outcome.CHANGED
    assert history(room) == [(1, "new", 1), (3, "changed", 2), (5, "changed", 3), (6, "same", 3)]
    assert [(number, hour) for number, _, hour in texts(room)] == [(1, 1), (2, 3), (3, 5)]
    assert flags(room) == [(1, 2, 1, 3, "pending"), (2, 3, 3, 5, "confirmed")]
    first = next(iter(room.queries.edits()))
    assert (first.removed, first.added) == (("35",), ("53",))


def test_the_old_text_seen_later_narrows_the_time_of_the_edit_from_below(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, EDITED)
    assert sees(room, 5, RAIN).outcome is Outcome.SAME
    assert flags(room) == [(1, 2, 5, 9, "pending")]
    assert [number for number, _, _ in texts(room)] == [1, 2]


def test_the_new_text_seen_earlier_narrows_it_from_above_and_confirms_it(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, EDITED)
    visit = sees(room, 5, EDITED)
    assert (visit.outcome, visit.version, visit.edit_id) == (Outcome.CHANGED, 2, 1)
    assert flags(room) == [(1, 2, 1, 5, "confirmed")]
    assert [hour for _, _, hour in texts(room)] == [1, 5]
    raw = room.queries.raw(room.page_id(), 2)
    assert _hour(raw.at) == 5


def test_a_look_before_all_others_is_the_first_version(room: Newsroom) -> None:
    sees(room, 5, EDITED)
    sees(room, 6, EDITED)
    visit = sees(room, 1, RAIN)
    assert (visit.outcome, visit.version) == (Outcome.NEW, 1)
    assert flags(room) == [(1, 2, 1, 5, "confirmed")]
    assert _hour(state(room).first_seen) == 1
    assert sees(room, 0, RAIN).version == 1
    assert [hour for _, _, hour in texts(room)] == [0, 5]
    assert flags(room) == [(1, 2, 1, 5, "confirmed")]


def test_a_text_that_nobody_saw_again_was_taken_back(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 5, RAIN)
    assert sees(room, 3, EDITED).version == 2
    assert flags(room) == [(1, 2, 1, 3, "reverted")]
    assert state(room).versions == 2
    assert sees(room, 7, MORE).version == 3
    assert flags(room)[1] == (1, 3, 5, 7, "pending")


def test_looks_that_read_nothing_change_nothing_but_the_ledger(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, EDITED)
    assert gets(room, 5, 404, b"gone").outcome is Outcome.GONE
    assert gets(room, 6, 500, b"no").outcome is Outcome.ERROR
    assert flags(room) == [(1, 2, 1, 9, "pending")]
    assert [row[1] for row in history(room)] == ["new", "gone", "error", "changed"]
    assert next(iter(room.queries.edits())).unread == 2
    assert state(room).state == "live"


def test_a_304_says_that_the_text_before_it_was_still_there(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, EDITED)
    assert gets(room, 4, 304).outcome is Outcome.NOT_MODIFIED
    assert flags(room) == [(1, 2, 4, 9, "pending")]
    assert gets(room, 0, 304).outcome is Outcome.ERROR


def test_the_same_bytes_need_not_be_read(room: Newsroom) -> None:
    first = room.response(body=b"bytes")
    sees(room, 1, RAIN, answer=first)
    sees(room, 9, EDITED)
    room.now = NOON + 4 * HOUR
    visit = room.archive.record([room.finding(answer=first)], STORED)[0]
    assert (visit.outcome, visit.version) == (Outcome.IDENTICAL, 1)
    assert flags(room) == [(1, 2, 5, 9, "pending")]


def test_an_article_that_only_failed_since_is_current_and_the_failure_stays_the_last_look(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    gets(room, 9, 404, b"gone")
    assert sees(room, 5, EDITED).version == 2
    assert flags(room) == [(1, 2, 1, 5, "pending")]
    page = state(room)
    assert (page.state, page.last_outcome, _hour(page.last_seen)) == ("missing", "gone", 5)
    assert sees(room, 6, EDITED).version == 2
    assert flags(room) == [(1, 2, 1, 5, "confirmed")]
    assert [hit.url for hit in room.queries.search('"53 tuyến phố"')] == [URL]


def test_texts_that_come_and_go_are_flagged_once(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 3, EDITED)
    sees(room, 5, EDITED)
    visit = sees(room, 4, RAIN)
    assert flags(room) == [(1, 2, 1, 3, "variant")], visit
    assert len(texts(room)) == 2


def test_what_another_reader_version_reads_is_compared_as_one_reader_sees_it(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, EDITED)
    anew = [Reading(reader="r2", article=article(said)) for said in (RAIN, EDITED)]
    sees(room, 5, MORE, reader="r2", earlier=anew[0], later=anew[1])
    assert [(one[:2], one[4]) for one in flags(room)] == [((1, 2), "pending"), ((2, 3), "pending")]
    assert {one.reader for one in room.queries.versions(room.page_id())} == {"r2"}


def test_what_cannot_be_compared_is_left_as_it_was(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, EDITED)
    sees(room, 5, MORE, reader="r2")
    assert (1, 3, 1, 9, "pending") in flags(room)


def test_words_that_an_edit_is_no_longer_said_to_have_brought_are_not_found_as_such(room: Newsroom) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, MORE)
    sees(room, 5, (*EDITED, *MORE[3:]))
    found = [(hit.edit_id, hit.version) for hit in room.queries.search("trường học", what=Searched.ADDED)]
    edits = {(edit.from_version, edit.to_version): edit.id for edit in room.queries.edits()}
    assert found == [(edits[1, 2], 2)]


STORIES: Sequence[Sequence[tuple[str, ...]]] = (
    [RAIN, EDITED, EDITED, MORE],
    [RAIN, RAIN, EDITED, EDITED],
    [RAIN, EDITED, EDITED, MORE, MORE, LESS, LESS],
    [RAIN, RAIN, EDITED, EDITED, MORE, MORE],
)


@pytest.mark.parametrize("story", range(len(STORIES)))
def test_whatever_the_order_in_which_looks_are_stored_the_edits_are_the_same(story: int, tmp_path: Path) -> None:
    looks = list(enumerate(STORIES[story]))
    orders = [looks, looks[::-1], *Random(story).sample(list(permutations(looks)), 10)]
    found = [_told(tmp_path / f"{number}.db", order) for number, order in enumerate(orders)]
    for order, one in zip(orders, found, strict=True):
        assert one == found[0], [hour for hour, _ in order]


def _told(path: Path, order: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[Any, ...]:
    room = Newsroom(f"sqlite:///{path}")
    for hour, said in order:
        sees(room, hour, said)
    page = state(room)
    told = (texts(room), [one[:4] for one in flags(room)], page.versions, page.first_seen, page.last_seen, page.title)
    settled = [one[4] for one in flags(room)]
    assert set(settled) <= {"confirmed", "pending"}
    room.close()
    return (*told, settled[:-1])


def test_late_looks_of_any_kind_in_any_order_leave_a_sound_archive(tmp_path: Path) -> None:
    random = Random(7)
    for number in range(10):
        room = Newsroom(f"sqlite:///{tmp_path / f'{number}.db'}")
        said: dict[int, tuple[str, ...]] = {}
        for hour in random.sample(range(40), 16):
            kind = random.randrange(7)
            if kind < 5:
                said[hour] = random.choice([RAIN, EDITED, MORE, LESS])
                sees(room, hour, said[hour])
            else:
                gets(room, hour, random.choice([304, 404, 500]), b"x" * kind)
        _check(room, said)
        room.close()  # which verifies the archive


def _check(room: Newsroom, said: Mapping[int, tuple[str, ...]]) -> None:
    """Each look that saw the article is counted to a version that says what it saw; edits lead from text to text."""
    page_id = room.page_id()
    numbers = [one for one, _, _ in texts(room)]
    read = {one: room.queries.article(page_id, one) for one in numbers}
    assert numbers == list(range(1, len(numbers) + 1))
    assert state(room).versions == len(numbers)
    for hour, outcome, version in history(room):
        if hour in said and outcome != "suspect":
            assert read[version or 0] == article(said[hour]), (hour, outcome)
    for edit in room.queries.edits():
        assert edit.between[0] < edit.between[1]
        made = compare(read[edit.from_version], read[edit.to_version])
        assert (edit.removed, edit.added) == (
            tuple(text for change in made.changes for text in change.removed),
            tuple(text for change in made.changes for text in change.added),
        )


def test_a_late_look_enters_the_chain_when_it_is_stored(room: Newsroom) -> None:
    sees(room, 9, RAIN)
    before = room.sql("SELECT max(seq) FROM link WHERE site_id = 1")
    sees(room, 1, RAIN)
    entries = "SELECT max(seq) FROM link WHERE visit_id = (SELECT max(id) FROM visit)"
    assert room.sql(entries) > before


@pytest.mark.parametrize("damaged", ["<= 2", "= 1", "= 2"])
def test_a_late_look_is_kept_where_the_texts_around_it_are_damaged(room: Newsroom, damaged: str) -> None:
    sees(room, 1, RAIN)
    sees(room, 9, MORE)
    of_texts = f"(SELECT body_id FROM reading WHERE version_id {damaged})"
    room.write(f"UPDATE body SET data = substr(data, 2) WHERE id IN {of_texts}")
    room.damaged = True
    visit = sees(room, 5, EDITED)
    assert visit.outcome is (Outcome.CHANGED if damaged == "= 2" else Outcome.NEW)
    assert [hour for hour, _, _ in history(room)] == [1, 5, 9]
    assert sees(room, 6, EDITED).outcome is Outcome.SAME
    assert room.queries.article(room.page_id(), visit.version or 0) == article(EDITED)
