"""The whole name, number or date of which an edit changed a word: `hai mươi tư` rather than `tư`."""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

from storage.comparison import lexicon
from storage.comparison.compounds import joined, split
from storage.comparison.hunks import Hunk
from storage.comparison.measurewords import bound_words, units
from storage.comparison.spans import Span, date_spans
from storage.comparison.tokens import tokens
from storage.comparison.words import CAPITAL_NOUNS, has_capital, has_digit

_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # N.V.T. is one word, for all the marks in it
_SIGNED = re.compile(r"(?<![^\s(])[-‐‑‒–−﹣－+±<>≤≥] ?\d+(?:[.,]\d+)*%?")
_JOINING = frozenset(["mươi", "mốt", "lăm", "rưỡi", "lẻ", "linh", "phần"])
_SENTENCE_END = ".!?…:"


def number_spans(text: str, language: str) -> list[Span]:
    """Vietnamese numbers of several words: hai mươi mốt. Initials count as one."""
    if language != "vi":
        return []
    return [*_numbers(text), *(Span(start=one.start(), end=one.end()) for one in _INITIALS.finditer(text))]


def telling_spans(text: str, language: str) -> list[Span]:
    """All that is told by its whole only: numbers, also with digits and a word, dates, names of several words."""
    numbers = [*number_spans(text, language), *(_numbers(text, digits=True) if language == "vi" else ())]
    signed = (Span(start=one.start(), end=one.end()) for one in _SIGNED.finditer(text))
    return [*numbers, *signed, *date_spans(text, language), *_name_spans(text, language)]


def measure_spans(text: str, language: str) -> list[Span]:
    """Numbers with their units and bounds, where one of these alone says little: 10 ha."""
    known, begins = units(language), lexicon.number_words(language) | bound_words(language)
    bare = ["", *(token.rstrip().casefold() for token in tokens(text))]
    return _runs(
        text,
        [
            has_digit(word) or word in known or (word in begins and before not in known)
            for before, word in pairwise(bare)
        ],
    )


def _numbers(text: str, *, digits: bool = False) -> list[Span]:
    known = lexicon.number_words("vi") | _JOINING
    bare = (token.rstrip().casefold() for token in tokens(text))
    return _runs(text, [word in known or (digits and has_digit(word)) for word in bare])


def _name_spans(text: str, language: str) -> list[Span]:
    """Words with a capital in a row; that of a word which begins a sentence says nothing."""
    if language in CAPITAL_NOUNS:
        return []
    bare = [token.rstrip() for token in tokens(text)]
    opens = [at == 0 or bare[at - 1][-1:] in _SENTENCE_END for at in range(len(bare))]
    return _runs(text, [has_capital(word) and not first for word, first in zip(bare, opens, strict=True)])


def _runs(text: str, chosen: Sequence[bool]) -> list[Span]:
    """The stretches of two chosen tokens and more with nothing but a space between them."""
    found: list[Span] = []
    start = end = -1
    at = 0
    for token, taken in zip(tokens(text), chosen, strict=True):
        if taken:
            if end != at or text[at - 1 : at] != " ":
                start = at
            end = at + len(token)
            if found and found[-1].start == start:
                found.pop()
            found.append(Span(start=start, end=at + len(token.rstrip())))
        at += len(token)
    return found


def grown(hunks: Iterable[Hunk], old: Sequence[Span], new: Sequence[Span]) -> tuple[Hunk, ...]:
    """The hunks of a word diff with changes grown to the ends of the spans of either text that they cut through."""
    todo = deque(hunks)
    done: list[Hunk] = []
    i = j = 0
    while todo:
        hunk = todo.popleft()
        ends = i + len(hunk.old), j + len(hunk.new)
        if not hunk.equal:
            sides = [_missing(old, i, ends[0]), _missing(new, j, ends[1])]
            hunk = _with_end(done, hunk, [before for before, _ in sides])
            hunk, taken = _with_start(hunk, todo, [behind for _, behind in sides])
            ends = ends[0] + len(taken.old), ends[1] + len(taken.new)
        if done and done[-1].equal == hunk.equal:
            hunk = joined(done.pop(), hunk, equal=hunk.equal)
        done.append(hunk)
        i, j = ends
    return tuple(done)


def _missing(spans: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """How many characters of the spans that a change cuts through stand before it and behind it."""
    cut = [span for span in spans if span.start < end and span.end > start]
    return max([0, *(start - span.start for span in cut)]), max([0, *(span.end - end for span in cut)])


def _with_end(done: list[Hunk], hunk: Hunk, missing: Sequence[int]) -> Hunk:
    """A change with what it lacks from the end of the equal hunk before it."""
    size = _size(done[-1], missing, -1) if done and done[-1].equal else 0
    if not size:
        return hunk
    kept, taken = split(done.pop(), -size)
    done += [kept] if kept.new else []
    return joined(taken, hunk, equal=False)


def _with_start(hunk: Hunk, todo: deque[Hunk], missing: Sequence[int]) -> tuple[Hunk, Hunk]:
    """A change with what it lacks from the start of the equal hunk behind it, and what that was."""
    size = _size(todo[0], missing, 1) if todo and todo[0].equal else 0
    if not size:
        return hunk, Hunk(True, "", "")
    taken, kept = split(todo.popleft(), size)
    todo.extendleft([kept] if kept.new else [])
    return joined(hunk, taken, equal=False), taken


def _size(hunk: Hunk, missing: Sequence[int], step: int) -> int:
    """How many words of an equal hunk hold so many characters of either side, from its start or its end."""
    left = list(missing)
    words = list(zip(tokens(hunk.old)[::step], tokens(hunk.new)[::step], strict=False))
    for size, pair in enumerate(words):
        if max(left) <= 0:
            return size
        left = [rest - len(word) for rest, word in zip(left, pair, strict=True)]
    return len(words)
