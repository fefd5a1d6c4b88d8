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


def _see_with_teasers(room: Newsroom, *texts: tuple[str, ...]) -> None:
    for text in texts:
        room.sees((*text, TEASER))


def _flags(room: Newsroom) -> list[tuple[int, int, str]]:
    return [(edit.from_version, edit.to_version, edit.status) for edit in room.queries.edits()]


@pytest.mark.parametrize(
    ("texts", "statuses"),
    [
        ((RAIN, EDITED, EDITED), ["confirmed"]),
        ((RAIN, EDITED), ["pending"]),
        ((RAIN, EDITED, RAIN), ["reverted"]),
        ((RAIN, EDITED, EDITED, RAIN, RAIN), ["confirmed", "confirmed"]),
    ],
)
def test_an_edit_that_a_wrong_rule_withdrew_stands_again_once_the_rule_is_mended(
    room: Newsroom, texts: tuple[tuple[str, ...], ...], statuses: list[str]
) -> None:
    _see_with_teasers(room, *texts)
    flagged = list(room.queries.edits())
    count = len(room.queries.readable(room.page_id()))
    shown = [(*text, TEASER) for text, before in zip(texts, (None, *texts), strict=False) if text != before][:count]
    _reread(room, *[RAIN] * count)
    assert _flags(room) == []
    assert _reread(room, *shown, reader="r3") == (len(flagged), 0)
    assert list(room.queries.edits()) == flagged
    assert [edit.status for edit in flagged] == statuses
    assert _reread(room, *shown, reader="r4") == (0, 0)


def test_an_edit_that_stands_again_and_is_seen_again_is_confirmed(room: Newsroom) -> None:
    _see_with_teasers(room, RAIN, EDITED)
    _reread(room, RAIN, RAIN)
    _reread(room, RAIN, EDITED, reader="r3")
    room.sees(EDITED, reader="r3")
    assert _flags(room) == [(1, 2, "confirmed")]


def test_why_an_edit_was_withdrawn_is_one_of_its_reasons(room: Newsroom) -> None:
    _see_with_teasers(room, RAIN, EDITED)
    (flagged,) = room.queries.edits()
    _reread(room, RAIN, RAIN)
    (withdrawn,) = room.queries.edits(status=EditStatus.WITHDRAWN)
    assert withdrawn.reasons == (*flagged.reasons, "A later reading showed no difference.")


@pytest.mark.parametrize("stays", [0, 30])
def test_flags_withdrawn_because_texts_take_turns_stay_so_whatever_they_read_as(room: Newsroom, stays: int) -> None:
    for text in (RAIN, EDITED, EDITED, RAIN, EDITED, RAIN, EDITED, *[EDITED] * stays):
        room.sees(text)
    flagged = _flags(room)
    assert flagged == [(1, 2, "confirmed" if stays else "variant")]
    assert list(room.queries.edits(status=EditStatus.WITHDRAWN))
    versions = len(room.queries.readable(room.page_id()))
    _reread(room, *[RAIN, EDITED, RAIN, EDITED][:versions])
    assert _flags(room) == flagged
