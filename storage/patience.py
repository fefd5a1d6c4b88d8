"""In-order matches of two sequences: patience diff, with a longest common subsequence where nothing is unique.

Patience diff is Bram Cohen's method: the items that are unique on both sides, their longest increasing run, and
the same again between them. It matches what people see as anchors; a plain longest common subsequence matches
stray words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_MOST_DEPTH = 24
_MOST_CELLS = 50_000_000  # of the bit-parallel matrix: 6 MB and a few milliseconds
_SURROGATES = 0xD800
_MOST_ITEMS = 1_000_000  # distinct ones, so that each has a code point


class Run(NamedTuple):
    """`size` items from `old` on equal as many from `new` on."""

    old: int
    new: int
    size: int


def encode(*sequences: Sequence[Hashable]) -> list[str]:
    """Each sequence as a string with one character an item; equal items have equal characters.

    Strings are what rapidfuzz compares fastest. Items beyond the first million distinct ones share a character.
    """
    codes: dict[Hashable, str] = {}
    return ["".join([codes.get(item) or _new_code(codes, item) for item in items]) for items in sequences]


def _new_code(codes: dict[Hashable, str], item: Hashable) -> str:
    number = min(len(codes), _MOST_ITEMS) + 1
    code = codes[item] = chr(number if number < _SURROGATES else number + 0x800)
    return code


def matching_runs(old: str, new: str) -> list[Run]:
    """The matches of two encoded sequences, in order; neighbouring ones are one run."""
    pairs: list[Run] = []
    ranges = [(0, len(old), 0, len(new), 0)] if old and new else []
    while ranges:
        i, i_end, j, j_end, depth = ranges.pop()
        head = _common_head(old, i, i_end, new, j, j_end)
        if head:
            pairs.append(Run(i, j, head))
            i, j = i + head, j + head
        tail = _common_tail(old, i, i_end, new, j, j_end)
        if tail:
            i_end, j_end = i_end - tail, j_end - tail
            pairs.append(Run(i_end, j_end, tail))
        if i == i_end or j == j_end:
            continue
        here, there = old[i:i_end], new[j:j_end]
        common = set(here).intersection(there)
        if not common:
            continue
        anchors = _anchors(here, there, common) if depth < _MOST_DEPTH else []
        if not anchors:
            pairs.extend(_subsequence(here, there, i, j))
            continue
        ranges.extend(_between(anchors, i, i_end, j, j_end, depth + 1))
        pairs.extend([Run(i + at, j + place, 1) for at, place in anchors])
    return _joined(sorted(pairs))


def _between(
    anchors: list[tuple[int, int]], i: int, i_end: int, j: int, j_end: int, depth: int
) -> list[tuple[int, int, int, int, int]]:
    """The ranges before, between and behind the anchors that have items on both sides."""
    ranges: list[tuple[int, int, int, int, int]] = []
    from_i, from_j = i, j
    for at, place in anchors:
        if i + at > from_i and j + place > from_j:
            ranges.append((from_i, i + at, from_j, j + place, depth))
        from_i, from_j = i + at + 1, j + place + 1
    if i_end > from_i and j_end > from_j:
        ranges.append((from_i, i_end, from_j, j_end, depth))
    return ranges


def _common_head(old: str, i: int, i_end: int, new: str, j: int, j_end: int) -> int:
    if old[i] != new[j]:
        return 0
    most = min(i_end - i, j_end - j)
    size = 1
    while size < most and old[i + size] == new[j + size]:
        size += 1
    return size


def _common_tail(old: str, i: int, i_end: int, new: str, j: int, j_end: int) -> int:
    most = min(i_end - i, j_end - j)
    size = 0
    while size < most and old[i_end - 1 - size] == new[j_end - 1 - size]:
        size += 1
    return size


def _anchors(here: str, there: str, common: set[str]) -> list[tuple[int, int]]:
    """The longest increasing run of the items that are unique on both sides."""
    if len(common) < 20:
        unique = {item for item in common if here.count(item) == 1 == there.count(item)}
    else:
        in_here, in_there = Counter(here), Counter(there)
        unique = {item for item in common if in_here[item] == 1 == in_there[item]}
    if len(unique) < 2:
        return [(here.index(item), there.index(item)) for item in unique]
    if len(unique) < 20:
        return _increasing(sorted((here.index(item), there.index(item)) for item in unique))
    place = {item: at for at, item in enumerate(there)}
    return _increasing([(at, place[item]) for at, item in enumerate(here) if item in unique])


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, sorted by their first number, whose second numbers rise: patience sorting."""
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


def _subsequence(old: str, new: str, i: int, j: int) -> list[Run]:
    """Matches without anchors; none when the two are too long for it."""
    if len(old) * len(new) > _MOST_CELLS:
        return []
    return [
        Run(i + step.src_start, j + step.dest_start, step.src_end - step.src_start)
        for step in LCSseq.opcodes(old, new)
        if step.tag == "equal"
    ]


def _joined(pairs: list[Run]) -> list[Run]:
    runs: list[Run] = []
    i = j = -1  # where the last run ends
    for run in pairs:
        if run.old == i and run.new == j:
            runs[-1] = Run(runs[-1].old, runs[-1].new, runs[-1].size + run.size)
        else:
            runs.append(run)
        i, j = run.old + run.size, run.new + run.size
    return runs
