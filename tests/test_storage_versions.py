"""Versions and the readers that read them."""

from collections.abc import Iterator

import pytest

from storage.changes import EditStatus
from storage.records import Outcome, Reading
from tests.newsroom import EDITED, FOOTBALL, RAIN, URL, Newsroom, article


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def test_half_a_character_in_a_headline_is_no_hindrance(room: Newsroom) -> None:
    room.sees(RAIN, title="Mưa \ud83d lớn")
    changed = room.sees(RAIN, title="Mưa \ud83d\x00 to \udfff")
    assert changed.outcome is Outcome.CHANGED
    assert room.queries.article(room.page_id(), 2).title == "Mưa \ud83d\x00 to \udfff"
    (edit,) = room.queries.edits()
    assert "\udfff" in edit.changes[0].after


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
