"""Word diff that reads well: what was taken out and what came in, as whole phrases rather than shreds."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from storage.comparison.patience import code_of, matching_runs
from storage.comparison.textkey import visible
from storage.comparison.tokens import tokens

_FEW = 6  # the weight of two or three words
_MOST_SHIFT = 64  # words that a lone insertion may be slid to a better place
_SENTENCE_END = ".!?…。！？;:"
_CLAUSE_END = ',)]”"»、，'


class Hunk(NamedTuple):
    """A stretch of both texts. `equal` says that both sides have the same words (in the texts' own spelling);
    otherwise `old` was taken out and `new` came in, and one of them may be empty. All `old` joined are the old
    text, all `new` the new one.
    """

    equal: bool
    old: str
    new: str


@dataclass(slots=True)
class _Change:
    """Tokens `i` to `i_end` of the old text gave way to `j` to `j_end` of the new one."""

    i: int
    i_end: int
    j: int
    j_end: int


def word_diff(old: str, new: str, *, key: Callable[[str], str] = visible) -> tuple[Hunk, ...]:
    """The hunks from `old` to `new`, in order, equal and changed ones taking turns.

    Words are equal when `key` is equal for them; it must leave ASCII letters and digits alone.
    Time is bounded for any input: see `storage.comparison.patience`.
    """
    if old == new:
        return (Hunk(equal=True, old=old, new=new),) if old else ()
    old_words, new_words = tokens(old), tokens(new)
    codes = _codes({*old_words, *new_words}, key)
    old_code = "".join([codes[word] for word in old_words])
    new_code = "".join([codes[word] for word in new_words])
    changes = _whole(_changes(old_code, new_code), old_words)
    for number, change in enumerate(changes):
        floor = changes[number - 1].i_end if number else 0
        ceiling = changes[number + 1].i if number + 1 < len(changes) else len(old_words)
        _slide(change, floor, ceiling, old_code, new_code, old_words if change.i < change.i_end else new_words)
    return tuple(_hunks(changes, old_words, new_words))


def _codes(words: set[str], key: Callable[[str], str]) -> dict[str, str]:
    """A character for each word; words with one key have the same."""
    by_key: dict[str, str] = {}
    codes: dict[str, str] = {}
    for word in words:
        bare = word.rstrip()
        if not (bare.isascii() and bare.isalnum()):
            bare = key(bare)
        code = by_key.get(bare)
        if code is None:
            code = by_key[bare] = code_of(len(by_key))
        codes[word] = code
    return codes


def _changes(old: str, new: str) -> list[_Change]:
    """What lies between the matches."""
    changes: list[_Change] = []
    i = j = 0
    for at, place, size in matching_runs(old, new):
        if at > i or place > j:
            changes.append(_Change(i, at, j, place))
        i, j = at + size, place + size
    if i < len(old) or j < len(new):
        changes.append(_Change(i, len(old), j, len(new)))
    return changes


def _whole(changes: list[_Change], old_words: list[str]) -> list[_Change]:
    """Joins changes over equal words that weigh too little beside them; one pass with a stack."""
    weight = {word: _weight(word) for word in set(old_words)}
    weights = list(accumulate([weight[word] for word in old_words], initial=0))
    done: list[_Change] = []
    for change in changes:
        while done and _gives_way(weights[change.i] - weights[done[-1].i_end], _size(done[-1]), _size(change)):
            first = done.pop()
            change = _Change(first.i, change.i_end, first.j, change.j_end)  # noqa: PLW2901 grows to the left
        done.append(change)
    return done


def _gives_way(weight: int, left: int, right: int) -> bool:
    """Whether equal words are swallowed: they weigh no more than either change beside them (the rule of
    diff-match-patch's semantic clean-up, on words), or they are few and next to a rewrite.
    """
    return weight <= min(left, right) or (weight <= _FEW and weight * 4 <= left + right)


def _weight(word: str) -> int:
    """How much an equal word speaks for itself: two, and one more for a word of some length; a mark does not."""
    bare = word.rstrip()
    if not bare[:1].isalnum() and len(bare) == 1:
        return 0
    return 2 if len(bare) < 6 else 3


def _size(change: _Change) -> int:
    return 2 * max(change.i_end - change.i, change.j_end - change.j) - 1


def _slide(change: _Change, floor: int, ceiling: int, old: str, new: str, words: list[str]) -> None:
    """Moves a lone insertion or removal along equal words to where it starts or ends a sentence or a clause."""
    removal = change.i < change.i_end
    if removal == (change.j < change.j_end):
        return
    code, start = (old, change.i) if removal else (new, change.j)
    size = change.i_end - change.i if removal else change.j_end - change.j
    most_left = min(change.i - floor, _MOST_SHIFT)
    most_right = min(ceiling - change.i_end, _MOST_SHIFT)
    left = right = 0
    while left < most_left and code[start - left - 1] == code[start + size - left - 1]:
        left += 1
    while right < most_right and code[start + right] == code[start + size + right]:
        right += 1
    if left or right:
        best = max(range(-left, right + 1), key=lambda by: (_boundary(words, start + by, size), by))
        change.i, change.i_end = change.i + best, change.i_end + best
        change.j, change.j_end = change.j + best, change.j_end + best


def _boundary(words: list[str], start: int, size: int) -> int:
    """How well a hunk of `size` words sits at `start`: where it begins, then where it ends."""
    return _edge(words, start) * 2 + _edge(words, start + size)


def _edge(words: list[str], at: int) -> int:
    if at <= 0 or at >= len(words):
        return 3
    last = words[at - 1].rstrip()[-1:]
    if last in _SENTENCE_END:
        return 3
    return 2 if last in _CLAUSE_END else int(last.isalnum())


def _touching_joined(changes: list[_Change]) -> list[_Change]:
    """Sliding may have brought one change up to another."""
    done: list[_Change] = []
    for change in changes:
        if done and done[-1].i_end == change.i and done[-1].j_end == change.j:
            done[-1] = _Change(done[-1].i, change.i_end, done[-1].j, change.j_end)
        else:
            done.append(change)
    return done


def _hunks(changes: list[_Change], old_words: list[str], new_words: list[str]) -> list[Hunk]:
    hunks: list[Hunk] = []
    i = j = 0
    for change in _touching_joined(changes):
        if change.i > i:
            hunks.append(Hunk(True, "".join(old_words[i : change.i]), "".join(new_words[j : change.j])))
        i, j = change.i_end, change.j_end
        hunks.append(Hunk(False, "".join(old_words[change.i : i]), "".join(new_words[change.j : j])))
    if i < len(old_words):
        hunks.append(Hunk(True, "".join(old_words[i:]), "".join(new_words[j:])))
    return hunks
