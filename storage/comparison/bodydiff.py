"""How two bodies differ: their sentences aligned, and each difference as a typed change."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

from storage.changes import Change, ChangeKind
from storage.comparison.aligning import Match, align
from storage.comparison.corrections import is_note
from storage.comparison.labels import Keyed, label_of, labels_kept
from storage.comparison.relocating import relocated
from storage.comparison.sentences import sentences
from storage.comparison.spans import Span, quote_spans
from storage.comparison.textkey import loose_key, visible
from storage.comparison.worddiff import word_diff
from storage.comparison.wordkinds import word_change
from storage.comparison.words import Passage, Setting
from storage.records import Block, BlockKind

_MOST_WIDENED = 10_000  # characters of two sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    block: int
    text: str
    key: str
    quoted: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Sentences of the old body and those of the new one that they became; one each, unless cut up or joined."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    same: bool
    moved: bool


_Placed = tuple[tuple[float, int], Change]  # the place in the new body that a change is listed by, and the change


def body_changes(
    old: Sequence[Block],
    new: Sequence[Block],
    *,
    setting: Setting,
    elsewhere_old: Collection[str] = (),
    elsewhere_new: Collection[str] = (),
) -> list[Change]:
    """The changes of the body, in the order of the new one, each removal where its text stood.

    How sentences are spread over blocks, and what kind of block they stand in, is template matter and no change.
    `elsewhere_old` and `elsewhere_new` are the loose keys of the other texts of either article (lead, captions):
    what only went there or came from there has neither been added nor removed.
    """
    old_list, new_list = _sentences(old), _sentences(new)
    if labels := labels_kept(_by_block(old_list), _by_block(new_list)):
        old_list, new_list = _sentences(old, labels), _sentences(new, labels)
    matches = align([one.key for one in old_list], [one.key for one in new_list])
    pairs = _widened(matches, old_list, new_list)
    gone = sorted(set(range(len(old_list))) - {at for pair in pairs for at in pair.old})
    come = sorted(set(range(len(new_list))) - {at for pair in pairs for at in pair.new})
    places = _places_of_removed(gone, pairs)
    placed = [
        *_rewritten(pairs, old_list, new_list, setting),
        *_moves(pairs, old_list, new_list, setting),
        *[(places[at], change) for at, change in _lone(gone, old_list, old, elsewhere_new, added=False)],
        *[((float(at), 0), change) for at, change in _lone(come, new_list, new, elsewhere_old, added=True)],
    ]
    return relocated([change for _, change in sorted(placed, key=lambda pair: pair[0])])


def _sentences(blocks: Sequence[Block], labels: Collection[str] = ()) -> list[_Sentence]:
    """All sentences of a body in one list, so that where blocks begin and end does not matter.

    These labels are sentences of their own.
    """
    found: list[_Sentence] = []
    for number, block in enumerate(blocks):
        whole = visible(block.text)
        quoted = quote_spans(whole)
        if block.kind is BlockKind.QUOTE:
            quoted = [Span(start=0, end=len(whole))]
        start = 0
        for text in [whole] if block.kind is BlockKind.TABLE_ROW else _cut(whole, labels):
            key = loose_key(text)
            if key:
                inside = _cropped(quoted, start, start + len(text))
                found.append(_Sentence(block=number, text=text.rstrip(), key=key, quoted=inside))
            start += len(text)
    return found


def _cut(text: str, labels: Collection[str]) -> list[str]:
    first, *others = sentences(text) or [""]
    label = label_of(first) if labels else ""
    parts = [label, first[len(label) :]] if label and loose_key(label) in labels else [first]
    return [*parts, *others]


def _by_block(side: Iterable[_Sentence]) -> list[list[Keyed]]:
    return [[(one.text, one.key) for one in group] for _, group in groupby(side, key=lambda one: one.block)]


def _cropped(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    return tuple(
        Span(start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if span.start < end and span.end > start
    )


def _widened(matches: Sequence[Match], old: list[_Sentence], new: list[_Sentence]) -> list[_Pair]:
    """The matches as pairs; a sentence that was cut in two, or two that were joined, make one pair."""
    free_old = set(range(len(old))) - {match.old for match in matches}
    free_new = set(range(len(new))) - {match.new for match in matches}
    pairs: list[_Pair] = []
    for match in matches:
        here: tuple[int, ...] = (match.old,)
        there: tuple[int, ...] = (match.new,)
        if not match.same and not match.moved:
            here = _grown(here, free_old, old, " ".join(new[at].key for at in there))
            there = _grown(there, free_new, new, " ".join(old[at].key for at in here))
        pairs.append(_Pair(old=here, new=there, same=match.same, moved=match.moved))
    return pairs


def _grown(here: tuple[int, ...], free: set[int], side: list[_Sentence], other: str) -> tuple[int, ...]:
    """`here` with the neighbour, free and in the same block, that makes it more like the other side's text."""
    if len(side[here[0]].key) + len(other) > _MOST_WIDENED:
        return here
    alike = Indel.normalized_similarity(side[here[0]].key, other)
    for wider in ((here[0] - 1, *here), (*here, here[-1] + 1)):
        new_one = wider[0] if wider[0] != here[0] else wider[-1]
        if new_one not in free or side[new_one].block != side[here[0]].block:
            continue
        if Indel.normalized_similarity(" ".join(side[at].key for at in wider), other) > alike:
            free.discard(new_one)
            return wider
    return here


def _passage(places: tuple[int, ...], side: list[_Sentence]) -> Passage:
    text = ""
    quoted: list[Span] = []
    for at in places:
        text += " " if text else ""
        quoted += [Span(start=s.start + len(text), end=s.end + len(text)) for s in side[at].quoted]
        text += side[at].text
    return Passage(text=text, quoted=tuple(quoted))


def _rewritten(pairs: list[_Pair], old: list[_Sentence], new: list[_Sentence], setting: Setting) -> Iterator[_Placed]:
    for pair in pairs:
        if pair.moved:
            continue
        before, after = _passage(pair.old, old), _passage(pair.new, new)
        if not pair.same:
            yield (float(pair.new[0]), 0), _word_change(before, after, setting)
        elif before.text != after.text:
            yield (float(pair.new[0]), 0), shape_change("body", before.text, after.text)


def _word_change(before: Passage, after: Passage, setting: Setting, *, moved: bool = False) -> Change:
    found = word_change(before, after, setting)
    kinds = (ChangeKind.CORRECTION_NOTE,) if is_note(after.text) else found.kinds
    return Change(
        field="body",
        kinds=(*kinds, ChangeKind.MOVED) if moved else kinds,
        removed=found.removed,
        added=found.added,
        before=before.text,
        after=after.text,
    )


def shape_change(field: str, before: str, after: str) -> Change:
    """A change of quote or dash shapes, tone placement or spacing only."""
    hunks = [hunk for hunk in word_diff(before, after) if not hunk.equal]
    return Change(
        field=field,
        kinds=(ChangeKind.ORTHOGRAPHIC,),
        removed=tuple(hunk.old.strip() for hunk in hunks if hunk.old.strip()),
        added=tuple(hunk.new.strip() for hunk in hunks if hunk.new.strip()),
        before=before,
        after=after,
    )


def _moves(pairs: list[_Pair], old: list[_Sentence], new: list[_Sentence], setting: Setting) -> Iterator[_Placed]:
    """What stands elsewhere; neighbours that moved together are one change."""
    group: list[_Pair] = []
    for pair in [*(pair for pair in pairs if pair.moved), None]:
        joins = group and pair and pair.same and group[-1].same and _follows(group[-1], pair)
        if group and not joins:
            yield _one_move(group, old, new, setting)
            group = []
        if pair:
            group.append(pair)


def _follows(first: _Pair, second: _Pair) -> bool:
    return first.old[-1] + 1 == second.old[0] and first.new[-1] + 1 == second.new[0]


def _one_move(group: list[_Pair], old: list[_Sentence], new: list[_Sentence], setting: Setting) -> _Placed:
    before = _passage(tuple(at for pair in group for at in pair.old), old)
    after = _passage(tuple(at for pair in group for at in pair.new), new)
    place = (float(group[0].new[0]), 0)
    if not group[0].same:
        return place, _word_change(before, after, setting, moved=True)
    return place, Change(field="body", kinds=(ChangeKind.MOVED,), before=before.text, after=after.text)


def _places_of_removed(gone: list[int], pairs: list[_Pair]) -> dict[int, tuple[float, int]]:
    """For each removed sentence the place right behind what precedes it and is still there."""
    kept = [pair for pair in pairs if not pair.moved]
    ends = [pair.old[-1] for pair in kept]
    found: dict[int, tuple[float, int]] = {}
    for at in gone:
        before = bisect_left(ends, at)
        found[at] = ((kept[before - 1].new[-1] if before else -1) + 0.5, at)
    return found


def _lone(
    places: list[int], side: list[_Sentence], blocks: Sequence[Block], elsewhere: Collection[str], *, added: bool
) -> Iterator[tuple[int, Change]]:
    """What has no counterpart: whole blocks, or runs of sentences within one."""
    sizes = Counter(one.block for one in side)
    for block, group in groupby(places, key=lambda at: side[at].block):
        lone = list(group)
        whole = len(lone) == sizes[block]
        if whole and loose_key(blocks[block].text) in elsewhere:
            continue
        lone = [at for at in lone if side[at].key not in elsewhere]
        for run in [lone] if whole and lone else _runs(lone):
            yield run[0], _lone_change(" ".join(side[at].text for at in run), whole=whole, added=added)


def _runs(places: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] + 1 == at:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _lone_change(text: str, *, whole: bool, added: bool) -> Change:
    if not added:
        kind = ChangeKind.PARAGRAPH_REMOVED if whole else ChangeKind.SENTENCE_REMOVED
        return Change(field="body", kinds=(kind,), removed=(text,), before=text)
    kind = ChangeKind.PARAGRAPH_ADDED if whole else ChangeKind.SENTENCE_ADDED
    kind = ChangeKind.CORRECTION_NOTE if is_note(text) else kind
    return Change(field="body", kinds=(kind,), added=(text,), after=text)
