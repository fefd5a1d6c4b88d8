"""Word diff that reads well: what was taken out and what came in, as whole phrases rather than shreds."""

from collections.abc import Callable, Iterator
from itertools import accumulate, count

from storage.comparison.hunks import Hunk, Part, tidied
from storage.comparison.patience import code_of, matching_runs, subsequence
from storage.comparison.textkey import visible
from storage.comparison.tokens import tokens
from storage.comparison.wordanchors import State, cuts

_Words = list[str]
_FEW_CELLS = 4_000_000  # of two stretches in words: 0.3 ms; anchors would cost more


def word_diff(old: str, new: str, *, key: Callable[[str], str] = visible) -> tuple[Hunk, ...]:
    """The hunks from `old` to `new`, in order, equal and changed ones taking turns.

    Words are equal when `key` is equal for them; it must take words for themselves, whatever stands around them.
    Long texts are first cut where they are the same (`storage.comparison.wordanchors`); what lies between is compared
    word by word. Time is bounded for any input: see `storage.comparison.patience`.
    """
    if old == new:
        return (Hunk(equal=True, old=old, new=new),) if old else ()
    return tidied(old, new, _parts(old, new, _Codes(key)))


class _Codes:
    """A character for each word; words with one key have the same."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key
        self._by_key: dict[str, str] = {}
        self._by_word: dict[str, str] = {}
        self._new = map(code_of, count())

    def of(self, *texts: _Words) -> list[str]:
        """Each list of words as a string with one character a word."""
        self._learn([word for word in set().union(*texts) if word not in self._by_word])
        return ["".join(map(self._by_word.__getitem__, words)) for words in texts]

    def _learn(self, words: _Words) -> None:
        bare = [word.rstrip() for word in words]
        keys = self._key(" ".join(bare)).split(" ")  # in one go, unless the key drops a word
        for word, key in zip(words, keys if len(keys) == len(bare) else map(self._key, bare), strict=True):
            code = self._by_key.get(key)
            if code is None:
                code = self._by_key[key] = next(self._new)
            self._by_word[word] = code


def _parts(old: str, new: str, codes: _Codes) -> Iterator[Part]:
    """Both texts from start to end, as far as they are equal and as far as they are not."""
    i = j = 0
    for state, before, after in cuts(old, new):
        if state is State.OPEN and before and after:
            yield from _compared(tokens(before), tokens(after), codes, i, j)
        i, j = i + len(before), j + len(after)
        if state is not State.OPEN or not (before and after):
            yield Part(state is State.SAME, i, j, before.count(" ") + 1, after.count(" ") + 1)


def _compared(old: _Words, new: _Words, codes: _Codes, start: int, new_start: int) -> Iterator[Part]:
    """The parts of two stretches, given by their words, that start there in their texts."""
    old_code, new_code = codes.of(old, new)
    old_ends = list(accumulate(map(len, old), initial=start))
    new_ends = list(accumulate(map(len, new), initial=new_start))
    runs = subsequence if len(old) * len(new) <= _FEW_CELLS else matching_runs
    i = j = 0
    for at, place, size in [*runs(old_code, new_code), (len(old), len(new), 0)]:
        if at > i or place > j:
            yield Part(False, old_ends[at], new_ends[place], at - i, place - j)
        i, j = at + size, place + size
        if size:
            yield Part(True, old_ends[i], new_ends[j], size, size)
