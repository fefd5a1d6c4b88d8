"""In-order matches of two sequences: patience diff, with a longest common subsequence where nothing is unique.

Patience diff is Bram Cohen's method: the items that are unique on both sides, their longest increasing run, and
the same again between them. It matches what people see as anchors; a plain longest common subsequence matches
stray words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from operator import lt

from rapidfuzz.distance import LCSseq

_MOST_DEPTH = 3  # deeper, few anchors are left and each round costs as much as the first
FEW_CELLS = 4_000_000  # of the bit-parallel matrix: 0.3 ms; anchors would cost more
_MOST_CELLS = 50_000_000  # 6 MB and a few milliseconds
_SOME_CELLS = 1_000_000  # comparing so many takes longer than a look whether anything is in common
_STEPS = 16
_SURROGATES, _BEYOND, _LAST = 0xD800, 0xE000, 0x10FFFF  # where they begin and end, and the last character


Items = Sequence[Hashable]
Run = tuple[int, int, int]  # so many items (the last) from a place in the old on equal those from one in the new


def encode(*sequences: Sequence[Hashable]) -> list[str]:
    """Each sequence as a string with one character an item; equal items have equal characters.

    Strings are what rapidfuzz compares fastest. What comes after the first 1.1 million items may share a character.
    """
    codes = iter(numbered([item for sequence in sequences for item in sequence]))
    return ["".join(islice(codes, len(sequence))) for sequence in sequences]


def numbered(items: Iterable[Hashable]) -> Iterator[str]:
    """A character for each item, in order; equal items have the same one. Surrogates are left out."""
    codes: dict[Hashable, str] = {}
    fresh = map(chr, chain(range(1, _SURROGATES), range(_BEYOND, _LAST), repeat(_LAST)))
    return map(codes.setdefault, items, fresh)


def matching_runs(old: str, new: str) -> list[Run]:
    """The matches of two encoded sequences, in order; neighbouring ones are one run."""
    found: list[Run] = []
    ranges = [(0, len(old), 0, len(new), 0)]
    while ranges:
        i, i_end, j, j_end, depth = ranges.pop()
        if i == i_end or j == j_end:
            continue
        here, there = old[i:i_end], new[j:j_end]
        if depth == 0:
            anchors = [(0, 0), (len(here) - 1, len(there) - 1)]  # what both begin and end with
            anchors = [(at, place) for at, place in anchors if here[at] == there[place]]
        else:
            anchors = _anchors(here, there) if depth < _MOST_DEPTH else []
        if not anchors and depth:
            found.extend(subsequence(here, there, i, j))
            continue
        runs = grown(anchors, here, there)
        found.extend([(i + at, j + place, size) for at, place, size in runs])
        from_i, from_j = i, j
        for at, place, size in runs:
            ranges.append((from_i, i + at, from_j, j + place, depth + 1))
            from_i, from_j = i + at + size, j + place + size
        ranges.append((from_i, i_end, from_j, j_end, depth + 1))
    return _joined(sorted(found))


def grown(anchors: Sequence[tuple[int, int]], here: Items, there: Items) -> list[Run]:
    """The anchors with the equal items around them; an anchor that lies within such a run is part of it."""
    runs: list[Run] = []
    i = j = 0  # where the last run ends
    for at, place in anchors:
        if at < i or place < j:
            continue
        back = _reach(here, at - 1, there, place - 1, -1, min(at - i, place - j))
        size = 1 + _reach(here, at + 1, there, place + 1, 1, min(len(here) - at, len(there) - place) - 1)
        runs.append((at - back, place - back, back + size))
        i, j = at + size, place + size
    return runs


def _reach(here: Items, at: int, there: Items, place: int, step: int, most: int) -> int:
    """How many items are equal from `at` and `place` on, going by `step`, but no more than `most`.

    The first ones are looked at one by one, then slices of doubling length, then halves of the one that differs.
    """
    size, length = 0, _STEPS
    while size < most and here[at] == there[place]:
        size += 1
        at += step
        place += step
        if size < _STEPS:
            continue
        while length and length <= most - size and _same(here, at, there, place, step * length):
            size += length
            at += step * length
            place += step * length
            length *= 2
        length = min(length, most - size) // 2
    return size


def _same(here: Items, at: int, there: Items, place: int, size: int) -> bool:
    """Whether slices are equal that start at `at` and `place`, or end there where `size` is negative."""
    if size < 0:
        return here[at + 1 + size : at + 1] == there[place + 1 + size : place + 1]
    return here[at : at + size] == there[place : place + size]


def _anchors(here: str, there: str) -> list[tuple[int, int]]:
    """The longest increasing run of the items that are unique on both sides."""
    if len(here) == 1 or len(there) == 1:
        return _lone_anchor(here, there)
    if len(here) * len(there) < 1024:
        unique = [item for item in set(here).intersection(there) if here.count(item) == 1 == there.count(item)]
        return increasing(sorted([(here.index(item), there.index(item)) for item in unique]))
    return increasing(unique_pairs(here, there))


def unique_pairs(here: Items, there: Items) -> list[tuple[int, int]]:
    """The places of the items that are unique on both sides, sorted by the first."""
    in_here, in_there = Counter(here), Counter(there)
    # A counter lists its items by their first place, so these are sorted.
    unique = [item for item, times in in_here.items() if times == 1 and in_there.get(item) == 1]
    if len(unique) < 100:
        return [(here.index(item), there.index(item)) for item in unique]
    at = dict(zip(here, range(len(here)), strict=True))
    place = dict(zip(there, range(len(there)), strict=True))
    return [(at[item], place[item]) for item in unique]


def _lone_anchor(here: str, there: str) -> list[tuple[int, int]]:
    at, place = (0, there.find(here)) if len(here) == 1 else (here.find(there), 0)
    return [(at, place)] if at >= 0 and place >= 0 else []


def increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, sorted by their first number, whose second numbers rise: patience sorting."""
    if len(pairs) < 2:
        return pairs
    places = [place for _, place in pairs]
    if all(map(lt, places, places[1:])):
        return pairs
    tops: list[int] = []  # the lowest end of a run of each length
    ends: list[int] = []  # the pair that has it
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            ends.append(at)
        else:
            tops[pile] = place
            ends[pile] = at
    run: list[tuple[int, int]] = []
    at = ends[-1]
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def subsequence(old: Items, new: Items, i: int = 0, j: int = 0) -> list[Run]:
    """Matches without anchors; none when the two are too long for it."""
    cells = len(old) * len(new)
    if cells > _MOST_CELLS or (cells > _SOME_CELLS and set(old).isdisjoint(new)):
        return []
    blocks = LCSseq.editops(old, new).as_matching_blocks()
    return [(i + block.a, j + block.b, block.size) for block in blocks if block.size]


def _joined(pairs: list[Run]) -> list[Run]:
    runs: list[Run] = []
    i = j = start_i = start_j = 0
    for old, new, size in pairs:
        if old != i or new != j:
            if i > start_i:
                runs.append((start_i, start_j, i - start_i))
            start_i, start_j = old, new
        i, j = old + size, new + size
    if i > start_i:
        runs.append((start_i, start_j, i - start_i))
    return runs
