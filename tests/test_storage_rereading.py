"""Versions read anew, and what becomes of the edits between them."""

from collections.abc import Iterator

import pytest

from storage.changes import EditStatus
from storage.records import Outcome, Reading
from tests.newsroom import EDITED, FOOTBALL, RAIN, URL, Newsroom, article

TEASER = "Xem thêm các tin về thời tiết miền Bắc."
OTHER_TEASER = "Xem thêm các tin về giao thông Hà Nội."


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def _reread(room: Newsroom, *texts: tuple[str, ...] | None, reader: str = "r2") -> tuple[int, int]:
    versions = room.queries.readable(room.page_id())
    readings = {
        version.id: Reading(reader=reader, article=article(text)) if text else Reading(reader=reader, unreadable="no")
        for version, text in zip(versions, texts, strict=True)
    }
    return room.archive.reread(room.page_id(), readings)


def test_an_edit_that_was_the_readers_is_withdrawn(room: Newsroom) -> None:
    room.sees((*RAIN, TEASER))
    room.sees((*RAIN, OTHER_TEASER))
    assert _reread(room, RAIN, RAIN) == (0, 1)
    assert list(room.queries.edits()) == []
    assert [edit.to_version for edit in room.queries.edits(status=EditStatus.WITHDRAWN)] == [2]
    assert room.queries.article(room.page_id(), 2) == article(RAIN)


def test_a_withdrawn_edit_waits_for_nothing(room: Newsroom) -> None:
    room.sees((*RAIN, TEASER))
    room.sees((*RAIN, OTHER_TEASER))
    _reread(room, RAIN, RAIN)
    assert room.sees(RAIN, reader="r2").outcome is Outcome.SAME
    assert [edit.status for edit in room.queries.edits(status=EditStatus.WITHDRAWN)] == [EditStatus.WITHDRAWN]
    room.sees(EDITED, reader="r2")
    assert [(edit.from_version, edit.status) for edit in room.queries.edits()] == [(2, EditStatus.PENDING)]


def test_an_edit_keeps_what_the_publisher_did_and_loses_what_the_reader_did(room: Newsroom) -> None:
    room.sees((*RAIN, TEASER))
    room.sees((*EDITED, OTHER_TEASER))
    room.sees((*EDITED, OTHER_TEASER))
    assert _reread(room, RAIN, EDITED) == (1, 0)
    [edit] = room.queries.edits()
    assert (edit.status, edit.kinds, edit.removed, edit.added) == (EditStatus.CONFIRMED, ("number",), ("35",), ("53",))


def test_what_reads_the_same_changes_nothing(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    [before] = room.queries.edits()
    assert _reread(room, RAIN, EDITED) == (0, 0)
    assert list(room.queries.edits()) == [before]
    assert [version.reader for version in room.queries.readable(room.page_id())] == ["r2", "r2"]


def test_a_version_that_cannot_be_read_any_more_keeps_its_reading_and_its_edits(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    assert _reread(room, None, FOOTBALL) == (0, 0)
    assert [edit.added for edit in room.queries.edits()] == [("53",)]
    assert [version.reader for version in room.queries.readable(room.page_id())] == ["r1", "r2"]
    assert room.queries.article(room.page_id(), 1) == article(RAIN)


def test_reading_anew_twice_does_not_count_twice(room: Newsroom) -> None:
    room.sees((*RAIN, TEASER))
    room.sees((*RAIN, OTHER_TEASER))
    assert _reread(room, RAIN, RAIN) == (0, 1)
    assert _reread(room, RAIN, RAIN, reader="r3") == (0, 0)
    assert room.queries.page(URL) is not None
