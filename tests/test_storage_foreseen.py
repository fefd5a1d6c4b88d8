"""Comparing and compressing are done before others have to wait, and done again where things have changed since."""

import sys
from collections.abc import Iterator
from types import FrameType

import pytest
from sqlalchemy import Connection, event

from storage import foreseen
from storage.archive import Archive
from storage.records import Outcome
from tests.newsroom import EDITED, RAIN, URL, Newsroom, an_hour_later

SLOW = {"_compare", "pack", "from_bytes", "signature", "article_document"}


@pytest.fixture
def room(database: str) -> Iterator[Newsroom]:
    made = Newsroom(database)
    yield made
    made.close()


def test_what_is_kept_is_worked_out_once_and_forgotten_at_the_end() -> None:
    done: list[str] = []

    def work() -> int:
        done.append("work")
        return len(done)

    with foreseen.kept():
        assert [foreseen.once("a", work), foreseen.once("a", work), foreseen.once("b", work)] == [1, 1, 2]
    assert [foreseen.once("a", work), foreseen.once("a", work)] == [3, 4]


def test_while_a_changed_visit_is_written_nothing_is_compared_compressed_or_taken_apart(room: Newsroom) -> None:
    room.sees(RAIN)
    room.sees(EDITED)
    finding = room.finding((*EDITED, "Trường học ở ba quận đóng cửa đến hết tuần này."))
    done_while_writing: set[str] = set()

    def note(frame: FrameType, what: str, _argument: object) -> None:
        if what == "call" and frame.f_globals.get("__name__", "").startswith("storage."):
            done_while_writing.add(frame.f_code.co_name)

    engine = room.archive._engine
    event.listen(engine, "begin", lambda _connection: sys.setprofile(note))
    try:
        (visit,) = room.archive.record([finding])
    finally:
        sys.setprofile(None)
    assert visit.outcome is Outcome.CHANGED
    assert "add_edit" in done_while_writing
    assert SLOW & done_while_writing == set()


def test_a_page_that_changes_between_comparing_and_writing_is_compared_again(room: Newsroom) -> None:
    room.sees(RAIN)
    between = room.finding(EDITED)
    finding = room.finding(EDITED)
    waiting = [between]

    def overtake(_connection: Connection) -> None:
        while waiting:
            with Archive(room.url, next_due=an_hour_later) as other:
                other.record([waiting.pop()])

    engine = room.archive._engine
    event.listen(engine, "engine_connect", overtake)
    (visit,) = room.archive.record([finding])
    assert (visit.outcome, visit.version) == (Outcome.SAME, 2)
    page = room.queries.page(URL)
    assert page is not None
    assert [row.outcome.value for row in room.queries.history(page.id)] == ["new", "changed", "same"]
    assert [edit.status for edit in room.queries.edits()] == ["confirmed"]
