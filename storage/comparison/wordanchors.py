"""Cuts two long texts where they are the same, at a glance: by their sentences, then by words.

What has one place on either side, in the same order, is an anchor, as in patience diff. Words are what stands between
spaces here, punctuation included: nothing has to be cut finely where nothing was changed, nor where everything was.
"""

from collections.abc import Iterator
from enum import Enum
from itertools import count
from typing import NamedTuple

from storage.comparison.patience import Items, Run, grown, increasing, unique_pairs

_LONG = 8000
_ENOUGH = 64  # words in common, to tell from their order that a text was rewritten
_OUT_OF_ORDER = 3  # so many of these words for each in order: of words in random order 2 times the root are
_LONG_RUN = 8  # words in a row, which no chance brings
_MOST_DEPTH = 3  # deeper, few anchors are left and each round costs as much as the first


class State(Enum):
    SAME = "same"
    OPEN = "open"  # to be compared word by word
    REWRITTEN = "rewritten"  # nothing in it is worth pairing


class Cut(NamedTuple):
    """A piece of the old text over against one of the new."""

    state: State
    old: str
    new: str


def cuts(old: str, new: str) -> Iterator[Cut]:
    """Both texts from start to end. Pieces end between words."""
    if min(len(old), len(new)) < 500:
        yield Cut(State.OPEN, old, new)
        return
    here, there = old.split(". "), new.split(". ")
    for cut in _pieces(here, there, ". ", _with_ends(increasing(unique_pairs(here, there)), here, there)):
        if cut.state is State.OPEN and min(len(cut.old), len(cut.new)) > _LONG:
            yield from _by_words(cut.old, cut.new, 1)
        else:
            yield cut


def _by_words(old: str, new: str, depth: int) -> Iterator[Cut]:
    here, there = old.split(" "), new.split(" ")
    numbers: dict[str, int] = {}  # numbers are compared and hashed faster than words
    old_numbers = list(map(numbers.setdefault, here, count()))
    new_numbers = list(map(numbers.setdefault, there, count(len(here))))
    unique = unique_pairs(old_numbers, new_numbers)
    anchors = increasing(unique)
    runs = _with_ends(anchors, old_numbers, new_numbers)
    rewritten = len(unique) >= _ENOUGH and len(anchors) * _OUT_OF_ORDER < len(unique)
    if rewritten:
        runs = [run for run in runs if run[2] >= _LONG_RUN or run[:2] == (0, 0) or run[0] + run[2] == len(here)]
    if not runs:
        yield Cut(State.REWRITTEN if rewritten else State.OPEN, old, new)
        return
    for cut in _pieces(here, there, " ", runs):
        if cut.state is State.OPEN and min(len(cut.old), len(cut.new)) > _LONG and depth < _MOST_DEPTH:
            yield from _by_words(cut.old, cut.new, depth + 1)
        else:
            yield cut


def _with_ends(anchors: list[tuple[int, int]], here: Items, there: Items) -> list[Run]:
    """The equal runs around the anchors, and what both begin and end with."""
    ends = [(0, 0), (len(here) - 1, len(there) - 1)]
    first, last = [[(at, place)] if here[at] == there[place] else [] for at, place in ends]
    return grown([*first, *anchors, *last], here, there)


def _pieces(here: list[str], there: list[str], separator: str, runs: list[Run]) -> Iterator[Cut]:
    """What the runs are, and what lies between."""
    i = j = 0
    for at, place, size in [*runs, (len(here), len(there), 0)]:
        if at > i or place > j:
            yield Cut(State.OPEN, _text(here, i, at, separator), _text(there, j, place, separator))
        i, j = at + size, place + size
        if size:
            yield Cut(State.SAME, _text(here, at, i, separator), _text(there, place, j, separator))


def _text(items: list[str], start: int, end: int, separator: str) -> str:
    if start == end:
        return ""
    return separator.join(items[start:end]) + (separator if end < len(items) else "")
