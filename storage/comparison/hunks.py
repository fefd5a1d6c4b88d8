"""Makes readable hunks of what a comparison of words found: joined over stray words, and moved to where they begin."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage.comparison.tokens import tokens

_FEW = 6  # the weight of two or three words
_KEPT = 18  # the weight of seven words or so in a row, which stay however much was rewritten around them
_MOST_WORDS = 64  # that a lone insertion may be slid to a better place
_WINDOW = 600  # characters, in which these are looked for
_LEAST_WINDOW = 60
_UNSURE = 4  # words at the edge of the window
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


class Part(NamedTuple):
    """A hunk in the making: where it ends in either text, and how many words each side of it has."""

    equal: bool
    old_end: int
    new_end: int
    old_size: int
    new_size: int


def tidied(old: str, new: str, parts: Iterable[Part]) -> tuple[Hunk, ...]:
    """Readable hunks, equal and changed ones taking turns, of parts that make up both texts."""
    hunks = _cut(old, new, _whole(old, _alternating(parts)))
    done: list[Hunk] = []
    for at, hunk in enumerate(hunks):
        if hunk.equal or not _touches_likeness(hunk, done[-1:], hunks[at + 1 : at + 2]):
            _push(done, hunk)
        elif hunk.old and hunk.new:
            for part in _trimmed(hunk):
                _push(done, part)
        else:
            before, lone, hunks[at + 1] = _slid(done.pop(), hunk, hunks[at + 1])
            _push(done, before)
            _push(done, lone)
    return tuple(done)


def _touches_likeness(hunk: Hunk, before: list[Hunk], after: list[Hunk]) -> bool:
    """Whether a change may begin or end with what it should not: the same on both sides, or what stands beside it.

    A quick look at single characters, which saves cutting most changes into words.
    """
    _, old, new = hunk
    if old and new:
        return old[0] == new[0] or old.rstrip()[-1:] == new.rstrip()[-1:]
    if not before or not after:
        return False
    text = old or new
    return text[0] == after[0].new[:1] or text.rstrip()[-1:] == before[0].new.rstrip()[-1:]


def _push(done: list[Hunk], hunk: Hunk) -> None:
    if done and done[-1].equal == hunk.equal:
        done[-1] = Hunk(hunk.equal, done[-1].old + hunk.old, done[-1].new + hunk.new)
    elif hunk.old or hunk.new:
        done.append(hunk)


def _alternating(parts: Iterable[Part]) -> list[Part]:
    done: list[Part] = []
    for part in parts:
        if done and done[-1].equal == part.equal:
            sizes = done[-1].old_size + part.old_size, done[-1].new_size + part.new_size
            done[-1] = Part(part.equal, part.old_end, part.new_end, *sizes)
        else:
            done.append(part)
    return done


def _whole(text: str, parts: list[Part]) -> list[Part]:
    """Joins changes over equal words that weigh too little beside them; one pass with a stack.

    `parts` take turns, and so do those that are given back; `text` is the old one.
    """
    done: list[Part] = []
    for part in parts:
        while not part.equal and len(done) > 1 and _gives_way(text, done[-2], done[-1], part):
            between, first = done.pop(), done.pop()
            old_size = first.old_size + between.old_size + part.old_size
            new_size = first.new_size + between.new_size + part.new_size
            part = Part(False, part.old_end, part.new_end, old_size, new_size)  # noqa: PLW2901 grows to the left
        done.append(part)
    return done


def _cut(old: str, new: str, parts: list[Part]) -> list[Hunk]:
    hunks: list[Hunk] = []
    i = j = 0
    for equal, i_end, j_end, _, _ in parts:
        hunks.append(Hunk(equal, old[i:i_end], new[j:j_end]))
        i, j = i_end, j_end
    return hunks


def _gives_way(text: str, left: Part, between: Part, right: Part) -> bool:
    """Whether equal words are swallowed: they weigh no more than either change beside them (the rule of
    diff-match-patch's semantic clean-up, on words), or they are few and next to a rewrite. A long run is not.
    """
    size = between.old_size
    if size > _KEPT:
        return False
    before = 2 * max(left.old_size, left.new_size) - 1
    after = 2 * max(right.old_size, right.new_size) - 1
    most = min(before, after, _KEPT)
    if most < _FEW:
        most = max(most, min(_FEW, (before + after) // 4))
    if size > most:
        return False
    return sum([_weight(word) for word in text[left.old_end : between.old_end].split()]) <= most


def _weight(word: str) -> int:
    """How much an equal word speaks for itself: two, and one more for a word of some length; a mark does not."""
    if len(word) > 1:
        return 2 if len(word) < 6 else 3
    return 2 if word.isalnum() else 0


def _trimmed(hunk: Hunk) -> Iterable[Hunk]:
    """A change without the words that both its sides begin or end with."""
    _, old, new = hunk
    if old[0] == new[0] and (start := _common(_first(old), _first(new))):
        head = _equal(start)
        yield head
        old, new = old[len(head.old) :], new[len(head.new) :]
    tail = None
    if old and new and old.rstrip()[-1:] == new.rstrip()[-1:] and (end := _common(_last(old), _last(new))):
        tail = _equal(end[::-1])
        old, new = old[: len(old) - len(tail.old)], new[: len(new) - len(tail.new)]
    yield Hunk(False, old, new)
    if tail:
        yield tail


def _equal(words: Iterable[tuple[str, str]]) -> Hunk:
    old, new = zip(*words, strict=True)
    return Hunk(True, "".join(old), "".join(new))


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """The words that both begin with, in either's spelling."""
    found: list[tuple[str, str]] = []
    for before, after in zip(old, new, strict=False):
        if before.rstrip() != after.rstrip():
            break
        found.append((before, after))
    return found


def _first(text: str, window: int = _WINDOW) -> list[str]:
    """The first words of a text; what the window may have cut through is left out."""
    words = tokens(text) if len(text) <= window else tokens(text[:window])[:-_UNSURE]
    return words[:_MOST_WORDS]


def _last(text: str, window: int = _WINDOW) -> list[str]:
    """The last words of a text, the last one first."""
    words = tokens(text) if len(text) <= window else tokens(text[-window:])[_UNSURE:]
    return words[: -_MOST_WORDS - 1 : -1]


def _slid(before: Hunk, lone: Hunk, after: Hunk) -> tuple[Hunk, Hunk, Hunk]:
    """Moves a lone insertion or removal along equal words to where it starts or ends a sentence or a clause."""
    side = 0 if lone.old else 1
    window = min(_WINDOW, 2 * len(lone.old or lone.new) + _LEAST_WINDOW)  # by its own length, the words repeat
    left = _common(_last(before.old, window), _last(before.new, window))[::-1]
    right = _common(_first(after.old, window), _first(after.new, window))
    middle = tokens(lone.old or lone.new)
    words = [*(pair[side] for pair in left), *middle, *(pair[side] for pair in right)]
    by = _best_shift([word.rstrip() for word in words], len(left), len(middle))
    if not by:
        return before, lone, after
    crossed = left[by:] if by < 0 else right[:by]
    shifts = [sum(len(pair[number]) for pair in crossed) for number in (0, 1)]
    if by > 0:
        shifts[side] = sum(map(len, words[len(left) : len(left) + by]))
    sign = 1 if by > 0 else -1
    starts = [len(before.old) + sign * shifts[0], len(before.new) + sign * shifts[1]]
    ends = list(starts)
    ends[side] += sum(map(len, words[len(left) + by : len(left) + by + len(middle)]))
    old, new = before.old + lone.old + after.old, before.new + lone.new + after.new
    return (
        Hunk(True, old[: starts[0]], new[: starts[1]]),
        Hunk(False, old[starts[0] : ends[0]], new[starts[1] : ends[1]]),
        Hunk(True, old[ends[0] :], new[ends[1] :]),
    )


def _best_shift(words: Sequence[str], start: int, size: int) -> int:
    """By how many words the `size` ones from `start` on are best moved, equal words taking their place."""
    left = right = 0
    while left < start and words[start - left - 1] == words[start + size - left - 1]:
        left += 1
    while start + size + right < len(words) and words[start + right] == words[start + size + right]:
        right += 1
    return max(range(-left, right + 1), key=lambda by: (_boundary(words, start + by, size), by))


def _boundary(words: Sequence[str], start: int, size: int) -> int:
    """How well a hunk of `size` words sits at `start`: where it begins, then where it ends."""
    return _edge(words, start) * 2 + _edge(words, start + size)


def _edge(words: Sequence[str], at: int) -> int:
    if at <= 0 or at >= len(words):
        return 3
    last = words[at - 1][-1:]
    if last in _SENTENCE_END:
        return 3
    return 2 if last in _CLAUSE_END else int(last.isalnum())
