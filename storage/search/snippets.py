"""Shows where in a text a question is answered: the best passage, cut to a few words around what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storage.comparison.textkey import visible
from storage.search.question import Question
from storage.search.words import Word, words

_AROUND = 12  # words that are shown before the first and after the last hit
_MOST = 40  # words that are shown at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text to look in; only what starts at `start` and ends before `end` counts, the rest is what it stands in."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of text, and the places in it that were searched for; `exact` has them all with the same diacritics."""

    text: str
    hits: tuple[tuple[int, int], ...]
    exact: bool


def passage(text: str, around: str = "") -> Passage:
    """A text by itself, or in the longer one around it where that holds it."""
    inner, outer = visible(text), visible(around)
    start = outer.find(inner)
    if start < 0:
        return Passage(text=inner, start=0, end=len(inner))
    return Passage(text=outer, start=start, end=start + len(inner))


def snippet(question: Question, texts: Iterable[Passage]) -> Snippet:
    """The passage that answers most of the question, exactly where it can; without a hit, the first words there are."""
    shown = [(text, list(words(text.text))) for text in texts]
    within = [[word for word in found if text.start <= word.start and word.end <= text.end] for text, found in shown]
    exact = all(any(phrase.places(found, exact=True) for found in within) for phrase in question.phrases)
    best: tuple[int, int] = (0, 0)
    chosen, spans = 0, list[tuple[int, int]]()
    for number, found in enumerate(within):
        answered, places = _answers(question, found, exact=exact)
        if answered > best[0]:
            best, chosen, spans = (answered, -number), number, places
    if not shown:
        return Snippet(text="", hits=(), exact=False)
    text, every = shown[chosen]
    return _cut(text.text, every, spans, exact=exact)


def _answers(question: Question, found: Sequence[Word], *, exact: bool) -> tuple[int, list[tuple[int, int]]]:
    """How many phrases stand among these words, and from which character to which they do.

    Where all stand one after the other, that counts for more than all of them apart, and is what is shown.
    """
    row = question.together.places(found, exact=exact)
    places = [row] if row else [phrase.places(found, exact=exact) for phrase in question.phrases]
    spans = sorted((found[first].start, found[last - 1].end) for each in places for first, last in each)
    return len(question.phrases) + 1 if row else sum(1 for each in places if each), spans


def _cut(text: str, every: Sequence[Word], spans: Sequence[tuple[int, int]], *, exact: bool) -> Snippet:
    """The words around the first hit, and the hits among them; `…` stands for what was cut off."""
    at = next((n for n, word in enumerate(every) if spans and word.start >= spans[0][0]), 0)
    first = max(0, at - _AROUND)
    last = min(len(every), max(first + _MOST, at + _AROUND))
    start = 0 if first == 0 else every[first].start
    end = len(text) if last == len(every) else every[last - 1].end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    moved = len(before) - start
    hits = tuple((begin + moved, stop + moved) for begin, stop in _merged(spans) if start <= begin and stop <= end)
    return Snippet(text=f"{before}{text[start:end]}{after}", hits=hits, exact=exact)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Hits that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
