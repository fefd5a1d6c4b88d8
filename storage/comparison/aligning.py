"""Aligns two lists of texts: the same in order, the same elsewhere, then similar in order, then similar elsewhere.

Used on sentences to compare and on blocks to show. Similarity is the share of words in common, in order (Indel
on words, by rapidfuzz). Work is bounded: in a large gap each text is compared only with those near its place.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel

from storage.comparison.patience import encode, matching_runs
from storage.comparison.tokens import tokens

SIMILAR_HERE = 0.45  # between the same neighbours; unrelated sentences of one language share up to 0.35
SIMILAR_ELSEWHERE = 0.75
_LONG_ENOUGH = 6  # words, to be known again in another place with other words
_SHORT = 6  # words: a cell, an item, a sub-heading; it may be replaced whole and still be the same one
_PART = 3  # words of a text that are its beginning or its end, and all that is left of it
_MOST_PAIRS = 1_000_000
_MOST_WORDS = 400  # of a text, from its start, that similarity looks at
_MOST_CANDIDATES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The old text at `old` is the new one at `new`; `same` when their keys are equal, `moved` when out of order."""

    old: int
    new: int
    same: bool
    moved: bool


def align(old_keys: Sequence[str], new_keys: Sequence[str]) -> tuple[Match, ...]:
    """The matches, sorted by their place in the new list; each text is in one at most. Deterministic."""
    old_code, new_code = encode(old_keys, new_keys)
    pairs: dict[int, int] = {}  # old to new, in order
    for i, j, size in matching_runs(old_code, new_code):
        pairs.update(zip(range(i, i + size), range(j, j + size), strict=True))
    moved = _elsewhere(old_keys, new_keys, pairs)
    exact = set(pairs) | set(moved)
    if moved:
        pairs, moved = _less_moved(pairs | moved, old_keys)
    taken_old, taken_new = set(moved), set(moved.values())
    if len(pairs) + len(moved) in {len(old_keys), len(new_keys)}:
        return _matches(pairs, exact, moved, {})
    old_words, new_words = _worded(old_keys, new_keys)
    for old_gap, new_gap in _gaps(pairs, len(old_keys), len(new_keys)):
        old_left = [at for at in old_gap if at not in taken_old]
        new_left = [at for at in new_gap if at not in taken_new]
        pairs.update(_similar_in_order(old_left, new_left, old_words, new_words))
    for old_gap, new_gap in _gaps(pairs, len(old_keys), len(new_keys)):
        old_left = [at for at in old_gap if at not in taken_old]
        new_left = [at for at in new_gap if at not in taken_new]
        pairs.update(_short_in_place(old_left, new_left, old_words, new_words))
    taken_old.update(pairs)
    taken_new.update(pairs.values())
    far = _similar_elsewhere(
        [at for at in range(len(old_keys)) if at not in taken_old],
        [at for at in range(len(new_keys)) if at not in taken_new],
        old_words,
        new_words,
    )
    return _matches(pairs, exact, moved, far)


def _matches(pairs: dict[int, int], exact: set[int], moved: dict[int, int], far: dict[int, int]) -> tuple[Match, ...]:
    matches = [Match(old=i, new=j, same=i in exact, moved=False) for i, j in pairs.items()]
    matches += [Match(old=i, new=j, same=True, moved=True) for i, j in moved.items()]
    matches += [Match(old=i, new=j, same=False, moved=True) for i, j in far.items()]
    return tuple(sorted(matches, key=lambda match: match.new))


def is_similar(old_key: str, new_key: str) -> bool:
    """Whether two texts, by their keys, are alike enough to be one text before and after an edit."""
    old_words, new_words = _worded([old_key], [new_key])
    return Indel.normalized_similarity(old_words[0], new_words[0]) >= SIMILAR_HERE and bool(old_words[0])


def _elsewhere(old_keys: Sequence[str], new_keys: Sequence[str], pairs: dict[int, int]) -> dict[int, int]:
    """Equal texts that are out of order."""
    taken = set(pairs.values())
    places: dict[str, list[int]] = defaultdict(list)
    for j in range(len(new_keys) - 1, -1, -1):
        if j not in taken:
            places[new_keys[j]].append(j)
    moved: dict[int, int] = {}
    for i, key in enumerate(old_keys):
        if i not in pairs and places.get(key):
            moved[i] = places[key].pop()
    return moved


def _less_moved(pairs: dict[int, int], old_keys: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
    """The pairs of equal texts, in order and out of it, so that as little text as can be is out of order.

    Two sentences that change places with two others: either two may be called moved, and people see the shorter ones.
    """
    kept = dict(_heaviest_chain([(i, j, len(old_keys[i]) + 1.0) for i, j in sorted(pairs.items())]))
    return kept, {i: j for i, j in pairs.items() if i not in kept}


def _worded(old_keys: Sequence[str], new_keys: Sequence[str]) -> tuple[list[str], list[str]]:
    """Each text as a string with one character a word, letter case and punctuation left out."""
    words = [_words(key) for key in (*old_keys, *new_keys)]
    codes = encode(*words)
    return codes[: len(old_keys)], codes[len(old_keys) :]


def _words(key: str) -> list[str]:
    bare = [token.rstrip().casefold() for token in tokens(key[: _MOST_WORDS * 12])[:_MOST_WORDS]]
    return [word for word in bare if word[:1].isalnum() or len(word) > 1] or bare


def _gaps(pairs: dict[int, int], old_size: int, new_size: int) -> list[tuple[range, range]]:
    gaps: list[tuple[range, range]] = []
    i = j = 0
    for at, place in [*sorted(pairs.items()), (old_size, new_size)]:
        if at > i and place > j:
            gaps.append((range(i, at), range(j, place)))
        i, j = at + 1, place + 1
    return gaps


def _similar_in_order(
    old_left: list[int], new_left: list[int], old_words: list[str], new_words: list[str]
) -> dict[int, int]:
    """The pairs in order with the greatest sum of similarities."""
    if not old_left or not new_left:
        return {}
    candidates = _candidates(old_left, new_left, old_words, new_words, SIMILAR_HERE)
    return {old_left[i]: new_left[j] for i, j in _heaviest_chain(candidates)}


def _candidates(
    old_left: list[int], new_left: list[int], old_words: list[str], new_words: list[str], least: float
) -> list[tuple[int, int, float]]:
    """Similar pairs as (index in `old_left`, index in `new_left`, similarity)."""
    choices = [new_words[j] for j in new_left]
    window = max(1, _MOST_PAIRS // len(old_left))
    found: list[tuple[int, int, float]] = []
    for i, at in enumerate(old_left):
        first = 0
        if len(choices) > window:
            centre = i * len(choices) // len(old_left)
            first = max(0, min(centre - window // 2, len(choices) - window))
        best = process.extract(
            old_words[at],
            choices[first : first + window],
            scorer=Indel.normalized_similarity,
            score_cutoff=least,
            limit=_MOST_CANDIDATES,
        )
        found.extend((i, first + j, score) for _, score, j in best)
    return found


def _heaviest_chain(candidates: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The chain of pairs, rising on both sides, whose similarities add up to most."""
    ends: list[int] = []  # the last new index of a chain, rising
    sums: list[float] = []  # its weight, rising too
    tails: list[int] = []  # the number of its last candidate
    before: dict[int, int] = {}
    ordered = sorted(candidates, key=lambda pair: (pair[0], -pair[1]))
    for number, (_, j, score) in enumerate(ordered):
        at = bisect_right(ends, j - 1)
        total = score + (sums[at - 1] if at else 0.0)
        if at:
            before[number] = tails[at - 1]
        if at < len(ends) and ends[at] == j and sums[at] >= total:
            continue
        drop = at
        while drop < len(ends) and sums[drop] <= total:
            drop += 1
        ends[at:drop], sums[at:drop], tails[at:drop] = [j], [total], [number]
    chain: list[tuple[int, int]] = []
    number = tails[-1] if tails else -1
    while number >= 0:
        chain.append(ordered[number][:2])
        number = before.get(number, -1)
    return chain[::-1]


def _short_in_place(
    old_left: list[int], new_left: list[int], old_words: list[str], new_words: list[str]
) -> dict[int, int]:
    """One, two or three texts replaced by as many between the same neighbours, short ones or parts of each other."""
    if not 0 < len(old_left) == len(new_left) <= 3:
        return {}
    pairs = list(zip(old_left, new_left, strict=True))
    return dict(pairs) if all(_may_be_one(old_words[i], new_words[j]) for i, j in pairs) else {}


def _may_be_one(old: str, new: str) -> bool:
    """Both are short, or one is the beginning or the end of the other, by words."""
    if max(len(old), len(new)) <= _SHORT:
        return True
    part, whole = sorted((old, new), key=len)
    return len(part) >= _PART and (whole.startswith(part) or whole.endswith(part))


def _similar_elsewhere(
    old_left: list[int], new_left: list[int], old_words: list[str], new_words: list[str]
) -> dict[int, int]:
    """Very similar texts that stand in another place, the most similar ones first."""
    old_left = [at for at in old_left if len(old_words[at]) >= _LONG_ENOUGH]
    new_left = [at for at in new_left if len(new_words[at]) >= _LONG_ENOUGH]
    if not old_left or not new_left:
        return {}
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    candidates = _candidates(old_left, new_left, old_words, new_words, SIMILAR_ELSEWHERE)
    for i, j, _ in sorted(candidates, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if old_left[i] not in pairs and new_left[j] not in taken:
            pairs[old_left[i]] = new_left[j]
            taken.add(new_left[j])
    return pairs
