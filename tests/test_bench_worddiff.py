"""The texts of the word diff's benchmark: made the same each time, and changed as much as they say."""

import random

import pytest

from bench.worddiff import Case, edits, hostile
from storage.comparison.worddiff import word_diff


def share_kept(old: str, new: str) -> float:
    kept = sum(len(hunk.old.split()) for hunk in word_diff(old, new) if hunk.equal)
    return kept / len(old.split())


def test_each_edit_changes_as_much_as_it_says() -> None:
    light, heavy, full = edits(3000, random.Random(1))
    assert light.old == heavy.old == full.old
    assert len(light.old.split()) == 3000
    assert 0.95 < share_kept(light.old, light.new) < 0.99
    assert 0.65 < share_kept(heavy.old, heavy.new) < 0.85
    assert share_kept(full.old, full.new) < 0.01


def test_the_same_seed_makes_the_same_texts() -> None:
    assert list(edits(200, random.Random(3))) == list(edits(200, random.Random(3)))
    assert list(hostile(200, random.Random(3))) == list(hostile(200, random.Random(3)))


@pytest.mark.parametrize("case", list(hostile(300, random.Random(1))), ids=lambda case: case.name)
def test_hostile_texts_differ_and_are_compared_exactly(case: Case) -> None:
    hunks = word_diff(case.old, case.new)
    assert not all(hunk.equal for hunk in hunks)
    assert "".join(hunk.old for hunk in hunks) == case.old
    assert "".join(hunk.new for hunk in hunks) == case.new
