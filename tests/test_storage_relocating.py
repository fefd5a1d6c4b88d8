"""Sentences that were moved, though they are cut otherwise where they stand now."""

from storage.changes import ChangeKind
from storage.comparison.bodydiff import body_changes
from storage.comparison.words import Setting
from storage.records import Block, BlockKind

SCORED = "Schreiner added 25 points in his former arena, and Noor had 15."
GUARDS = "The guard had four points and ten assists for the visitors."
RIVAL = "Rosen had eight points and a season-high ten assists."
CROWD = "A crowd of eighteen thousand stayed until the last whistle blew."


def blocks(*texts: str) -> list[Block]:
    return [Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts]


def kinds(old: list[Block], new: list[Block]) -> list[tuple[ChangeKind, ...]]:
    return [change.kinds for change in body_changes(old, new, setting=Setting(language="en"))]


def test_a_sentence_that_is_cut_with_the_next_one_at_its_new_place_was_moved() -> None:
    old = blocks(f"{CROWD} {SCORED}", f"{GUARDS} {RIVAL}")
    new = blocks(CROWD, f"{GUARDS} {SCORED} {RIVAL}")
    assert kinds(old, new) == [(ChangeKind.MOVED,)]
    assert kinds(new, old) == [(ChangeKind.MOVED,)]


def test_a_sentence_that_went_and_another_that_came_are_no_move() -> None:
    old = blocks(f"{CROWD} {SCORED}", f"{GUARDS} {RIVAL}")
    new = blocks(CROWD, f"{GUARDS} Nobody in the hall had seen such a night before. {RIVAL}")
    assert (ChangeKind.MOVED,) not in kinds(old, new)
