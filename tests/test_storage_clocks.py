"""Stated times that only tell when a page was asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.changes import Acknowledged
from storage.comparison.clocks import without_clocks
from storage.comparison.comparing import compare
from storage.records import Article, Moment, Reading
from tests.newsroom import EDITED, HOUR, NOON, RAIN, Newsroom, article

SECOND = timedelta(seconds=1)
SEEN = (NOON, NOON + HOUR)


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def _changed(at: datetime, texts: tuple[str, ...] = RAIN) -> Article:
    return replace(article(texts), modified=Moment(at=at, offset=7 * HOUR, text=""))


def _look(room: Newsroom, texts: tuple[str, ...], late: timedelta = SECOND) -> str:
    """A look at a page that says that it was changed a moment ago."""
    reading = Reading(reader="r1", article=_changed(room.now + HOUR + late, texts))
    return room.archive.record([room.finding(reading=reading)])[0].outcome.value


def test_a_time_that_is_that_of_both_requests_is_none() -> None:
    clocks = _changed(NOON), _changed(NOON + HOUR + SECOND)
    assert without_clocks(*clocks, SEEN) == (article(RAIN), article(RAIN))
    assert not compare(*clocks, seen=SEEN).changes
    edited = compare(clocks[0], _changed(NOON + HOUR, EDITED), seen=SEEN)
    assert edited.acknowledged is Acknowledged.SILENT


def test_a_clock_may_be_told_in_a_wrong_zone() -> None:
    off = 7 * HOUR
    assert not compare(_changed(NOON + off), _changed(NOON + off + HOUR), seen=SEEN).changes


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (NOON - HOUR / 4, NOON + HOUR - SECOND),  # saved a moment ago at the second look alone
        (NOON, NOON + HOUR / 4),
        (NOON - 2 * HOUR, NOON + HOUR),
    ],
)
def test_a_time_that_is_that_of_one_request_is_stated(first: datetime, then: datetime) -> None:
    comparison = compare(_changed(first), _changed(then), seen=SEEN)
    assert comparison.acknowledged is Acknowledged.TOUCHED


def test_a_time_without_a_look_is_stated() -> None:
    assert compare(_changed(NOON), _changed(NOON + HOUR)).acknowledged is Acknowledged.TOUCHED


def test_a_page_that_prints_the_present_time_is_not_edited_at_each_look(room: Newsroom) -> None:
    assert [_look(room, RAIN) for _ in range(3)] == ["new", "same", "same"]
    assert [_look(room, EDITED), _look(room, EDITED)] == ["changed", "same"]
    (edit,) = room.queries.edits()
    assert (edit.acknowledged, edit.status) == ("silent", "confirmed")


def test_texts_of_a_page_that_prints_the_present_time_are_known_again(room: Newsroom) -> None:
    assert [_look(room, texts) for texts in (RAIN, EDITED, RAIN, EDITED, RAIN)] == ["new", "changed", *["same"] * 3]
    (edit,) = room.queries.edits()
    assert edit.status == "variant"


def test_edits_of_a_page_that_prints_the_present_time_stay_silent_when_read_anew(room: Newsroom) -> None:
    _look(room, RAIN)
    _look(room, EDITED)
    anew = {
        row.id: Reading(reader="r2", article=_changed(row.at, texts))
        for row, texts in zip(room.queries.versions(room.page_id()), (RAIN, EDITED), strict=True)
    }
    room.archive.reread(room.page_id(), anew)
    (edit,) = room.queries.edits()
    assert edit.acknowledged == "silent"
