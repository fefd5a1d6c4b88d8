"""Word diff that reads well: what was taken out and what came in, as whole phrases rather than shreds."""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from storage.comparison.hunks import Hunk, Part, tidied
from storage.comparison.patience import FEW_CELLS, encode, matching_runs, subsequence
from storage.comparison.textkey import visible
from storage.comparison.tokens import tokens
from storage.comparison.wordanchors import State, cuts

_Key = Callable[[str], str]
_PHRASE = 100  # characters of both sides
_SHORT = 500  # characters; nothing is won by looking twice at less


def word_diff(old: str, new: str, *, key: _Key = visible) -> tuple[Hunk, ...]:
    """The hunks from `old` to `new`, in order, equal and changed ones taking turns.

    Words are equal when `key` is equal for them; it must take words for themselves, whatever stands around them.
    Long texts are first cut where they are the same (`storage.comparison.wordanchors`); what lies between is compared
    word by word. Time is bounded for any input: see `storage.comparison.patience`.
    """
    if old == new:
        return (Hunk(equal=True, old=old, new=new),) if old else ()
    return tidied(old, new, _parts(old, new, key))


def _parts(old: str, new: str, key: _Key) -> Iterator[Part]:
    """Both texts from start to end, as far as they are equal and as far as they are not."""
    i = j = 0
    for state, before, after in cuts(old, new):
        sides = _Side(before, i), _Side(after, j)
        i, j = i + len(before), j + len(after)
        if state is State.SAME:
            size = before.count(" ") + 1
            yield Part(True, i, j, size, size)
        elif state is State.REWRITTEN or not before or not after:
            yield _unlike(*sides)
        elif min(len(before), len(after)) < _SHORT:
            yield from _by_tokens(*sides, key)
        else:
            yield from _by_spaces(*sides, key)


class _Side(NamedTuple):
    """One side of a stretch to compare, and where it starts in its text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def starts(self, words: Iterable[str]) -> list[int]:
        """Where each word starts, as if nothing stood between them, and where the last one ends."""
        return list(accumulate(map(len, words), initial=self.start))

    def part(self, start: int, end: int) -> "_Side":
        return _Side(self.text[start - self.start : end - self.start], start)


def _by_spaces(old: _Side, new: _Side, key: _Key) -> Iterator[Part]:
    """The parts of two long stretches: words as they stand between spaces first, and what differs more finely."""
    here, there = old.text.split(" "), new.text.split(" ")
    if len(here) * len(there) > FEW_CELLS:
        yield from _by_tokens(old, new, key)
        return
    old_starts, new_starts = old.starts(here), new.starts(there)
    old_starts[-1] -= 1  # no space follows the last one
    new_starts[-1] -= 1
    i = j = 0
    for at, place, size in [*subsequence(here, there), (len(here), len(there), 0)]:
        i_end, j_end = old_starts[at] + at, new_starts[place] + place
        if at > i and place > j:
            before, after = old.part(old_starts[i] + i, i_end), new.part(new_starts[j] + j, j_end)
            if _is_phrase(before.text, after.text, key):
                yield _unlike(before, after)
            else:
                yield from _by_tokens(before, after, key)
        elif at > i or place > j:
            yield Part(False, i_end, j_end, at - i, place - j)
        i, j = at + size, place + size
        if size:
            yield Part(True, old_starts[i] + i, new_starts[j] + j, size, size)


def _is_phrase(old: str, new: str, key: _Key) -> bool:
    """Whether two stretches without a word in common are so short that the one is best shown as put for the other.

    The marks that they share at their ends are set apart later (`storage.comparison.hunks`). Words that are not their
    own keys may be equal all the same. A third of the time for a text with many edits is saved by not looking closer.
    """
    return len(old) + len(new) <= _PHRASE and key(old) == old.rstrip() and key(new) == new.rstrip()


def _by_tokens(old: _Side, new: _Side, key: _Key) -> Iterator[Part]:
    """The parts of two stretches, by words without the marks beside them."""
    before, after = tokens(old.text), tokens(new.text)
    here, there = _keys(before, key), _keys(after, key)
    few = len(here) * len(there) <= FEW_CELLS
    runs = subsequence(here, there) if few else matching_runs(*encode(here, there))
    if not runs:
        yield _unlike(old, new)
        return
    old_starts, new_starts = old.starts(before), new.starts(after)
    i = j = 0
    for at, place, size in [*runs, (len(here), len(there), 0)]:
        if at > i or place > j:
            yield Part(False, old_starts[at], new_starts[place], at - i, place - j)
        i, j = at + size, place + size
        if size:
            yield Part(True, old_starts[i], new_starts[j], size, size)


def _unlike(old: _Side, new: _Side) -> Part:
    return Part(False, old.end, new.end, len(old.text.split()), len(new.text.split()))


def _keys(words: list[str], key: _Key) -> list[str]:
    """The key of each word without its trailing space."""
    bare = [word.rstrip() for word in words]
    keys = key(" ".join(bare)).split(" ")  # in one go, unless the key drops a word
    return keys if len(keys) == len(bare) else list(map(key, bare))
