"""Pages that alternate between two texts, and pages whose old text comes back to stay."""

from collections.abc import Iterator, Sequence

import pytest

from storage.changes import EditStatus
from storage.records import Outcome
from tests.newsroom import EDITED, HOUR, RAIN, Newsroom

LONGER = (*RAIN, "Trường học ở ba quận đóng cửa đến hết tuần này.")


@pytest.fixture
def room(any_archive: str) -> Iterator[Newsroom]:
    made = Newsroom(any_archive)
    yield made
    made.close()


def _see(room: Newsroom, *texts: tuple[str, ...]) -> list[tuple[str, int | None]]:
    return [(visit.outcome.value, visit.version) for visit in map(room.sees, texts)]


def _flags(room: Newsroom) -> list[tuple[int, int, str]]:
    return [(edit.from_version, edit.to_version, edit.status) for edit in room.queries.edits()]


def test_a_headline_test_that_flips_at_every_look_is_flagged_once(room: Newsroom) -> None:
    assert _see(room, *[RAIN, EDITED] * 4) == [("new", 1), ("changed", 2), *[("same", 1), ("same", 2)] * 3]
    assert _flags(room) == [(1, 2, "variant")]


@pytest.mark.parametrize(
    "looks",
    [
        [RAIN, EDITED, EDITED, RAIN, EDITED, RAIN, EDITED],
        [RAIN, RAIN, EDITED, EDITED, RAIN, RAIN, EDITED, EDITED, RAIN, RAIN],
        [RAIN, EDITED, RAIN, RAIN, EDITED, EDITED, RAIN, EDITED],
    ],
)
def test_texts_that_come_and_go_more_slowly_are_flagged_once_too(
    room: Newsroom, looks: Sequence[tuple[str, ...]]
) -> None:
    _see(room, *looks)
    assert _flags(room) == [(1, 2, "variant")]
    assert len(room.queries.versions(room.page_id())) <= 3


@pytest.mark.parametrize("turns", [[RAIN, EDITED, LONGER] * 4, [RAIN, RAIN, EDITED, EDITED, LONGER, LONGER] * 3])
def test_of_texts_that_take_turns_each_is_flagged_once(room: Newsroom, turns: Sequence[tuple[str, ...]]) -> None:
    _see(room, *turns)
    assert _flags(room) == [(1, 2, "variant"), (2, 3, "variant")]


def test_of_texts_that_take_turns_none_is_flagged_again_in_another_order(room: Newsroom) -> None:
    _see(room, *[RAIN, EDITED, LONGER] * 3)
    assert {outcome for outcome, _ in _see(room, EDITED, RAIN, LONGER, RAIN, EDITED, LONGER)} == {"same"}
    assert _flags(room) == [(1, 2, "variant"), (2, 3, "variant")]


def test_a_text_that_comes_back_to_stay_is_an_edit_that_says_so(room: Newsroom) -> None:
    assert _see(room, RAIN, EDITED, EDITED, RAIN, RAIN) == [
        ("new", 1),
        ("changed", 2),
        ("same", 2),
        ("changed", 3),
        ("same", 3),
    ]
    assert _flags(room) == [(1, 2, "confirmed"), (2, 3, "confirmed")]
    *_, restored = room.queries.edits()
    assert "It says again what version 1 said." in restored.reasons


def test_of_two_texts_that_came_and_went_the_newer_one_is_an_edit_once_it_has_stayed_for_a_day(room: Newsroom) -> None:
    _see(room, *[RAIN, EDITED] * 4)
    _see(room, *[EDITED] * 22)
    assert _flags(room) == [(1, 2, "variant")]
    _see(room, *[EDITED] * 2)
    assert _flags(room) == [(1, 2, "confirmed")]
    _see(room, RAIN, EDITED, RAIN)
    assert _flags(room) == [(1, 2, "variant")]


def test_of_two_texts_that_came_and_went_the_older_one_may_stay(room: Newsroom) -> None:
    _see(room, *[RAIN, EDITED] * 4, *[RAIN] * 30)
    assert _flags(room) == [(1, 2, "variant")]


def test_few_looks_in_many_days_do_not_show_that_a_text_has_stayed(room: Newsroom) -> None:
    _see(room, RAIN, EDITED, RAIN, EDITED)
    room.now += 90 * HOUR
    _see(room, EDITED, EDITED)
    assert _flags(room) == [(1, 2, "variant")]


def test_a_further_edit_of_one_of_the_variants_is_flagged(room: Newsroom) -> None:
    _see(room, RAIN, EDITED, RAIN, EDITED, RAIN)
    assert _see(room, LONGER, LONGER) == [("changed", 3), ("same", 3)]
    assert _flags(room) == [(1, 2, "variant"), (1, 3, "confirmed")]


def test_the_note_of_a_visit_names_the_version_that_it_saw_again(room: Newsroom) -> None:
    _see(room, RAIN, EDITED, RAIN)
    assert room.sees(EDITED).note == "says again what version 2 said; the two texts alternate"


def test_what_is_taken_back_is_kept_and_can_be_listed(room: Newsroom) -> None:
    _see(room, RAIN, EDITED, EDITED, RAIN, RAIN, EDITED)
    withdrawn = list(room.queries.edits(status=EditStatus.WITHDRAWN))
    assert [(edit.from_version, edit.to_version) for edit in withdrawn] == [(2, 3)]


def test_a_reader_that_reads_otherwise_knows_no_variants(room: Newsroom) -> None:
    _see(room, RAIN, EDITED)
    assert room.sees(LONGER, reader="r2").outcome is Outcome.NEW
