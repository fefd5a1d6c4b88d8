"""Judges what was seen of a story: a false alarm, an edit found or missed, its kind right or wrong, kinds too many."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import dropwhile
from typing import Any

from bench.mutating.drafts import squeeze
from bench.mutating.kinds import EDITS, STALE
from bench.mutating.made import Made
from bench.mutating.stories import Story
from bench.watching import Watched
from storage.changes import Change, ChangeKind, EditStatus
from storage.records import Outcome
from storage.rows import HistoryRow

_READ = frozenset([Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL])
_NEAR = 4  # characters by which the place of an edit is known again
_COPIES = frozenset(["title", "lead", "captions"])  # where a sentence of the text may stand once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One story judged. `alarm`: noise alone was flagged; `found`, `right` and `extra` are about edits."""

    page: str
    kind: str
    noisy: bool
    edit: bool
    alarm: bool = False
    found: bool = False
    right: bool = False
    extra: tuple[str, ...] = ()
    seconds: float = 0.0
    peers: Mapping[str, bool] = field(default_factory=dict)  # whether each would have flagged the story
    expected: Mapping[str, str] = field(default_factory=dict)
    came: tuple[str, ...] = ()

    @property
    def is_miss(self) -> bool:
        return bool(self.alarm or self.extra) or (self.edit and not (self.found and self.right))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(page: str, story: Story, seen: Watched, peers: Mapping[str, bool]) -> Verdict:
    """The verdict on a story."""
    judged = Verdict(
        page=page,
        kind=story.kind,
        noisy=story.noisy,
        edit=story.made is not None,
        seconds=seen.seconds / max(1, len(story.forms) - 1),
        peers=peers,
        came=tuple(_lines(seen)),
    )
    if story.made is None:
        return replace(judged, alarm=_is_alarm(story, seen))
    found, right, extra = _of_edit(story, story.made, seen)
    expected = {name: str(value) for name, value in asdict(story.made).items() if value}
    return replace(judged, expected=expected, found=found, right=right, extra=extra)


def _is_alarm(story: Story, seen: Watched) -> bool:
    """Whether anything was flagged that stayed, or the page was lost sight of, where the article stayed the same.

    A page that shows no more than a teaser before a paywall is told as that at its first visits, or at all of them.
    """
    first, *others = _visits(seen)
    if {visit.outcome for visit in others} - _READ - {first.outcome}:
        return True
    if story.kind == STALE:  # there is one edit, and the old copy is none
        return sum(edit.status != EditStatus.REVERTED for edit in seen.edits) != 1
    return any(edit.status not in {EditStatus.REVERTED, EditStatus.VARIANT} for edit in seen.edits)


def _visits(seen: Watched) -> Sequence[HistoryRow]:
    """The visits from the first at which the page was read on; all of them where it never was."""
    return list(dropwhile(lambda visit: visit.outcome is Outcome.SUSPECT, seen.visits)) or seen.visits


def _of_edit(story: Story, made: Made, seen: Watched) -> tuple[bool, bool, tuple[str, ...]]:
    """Whether it was found, whether its kind is right, and the kinds that it has nothing to do with."""
    edit = EDITS[story.kind]
    last = seen.visits[-1].outcome
    if made == Made(field="body") and last in {Outcome.SUSPECT, Outcome.UNREADABLE}:
        return True, True, ()
    changes = [change for row in seen.edits for change in row.changes]
    showing = [change for change in changes if _shows(change, made)]
    fields = {change.field for change in showing if edit.right & frozenset(change.kinds)}
    copies = [change for change in showing if change.field in _COPIES or (fields and _is_copy(change, made, fields))]
    extra = {
        kind.value
        for change in changes
        for kind in change.kinds
        if not (change in copies or (change in showing and kind in edit.right)) and kind not in edit.beside
    }
    return bool(showing), bool(fields), tuple(sorted(extra))


def _is_copy(change: Change, made: Made, fields: Collection[str]) -> bool:
    """Whether all that was edited is shown in another field too: a headline that the text or a tag says once more."""
    gone, come = squeeze(made.gone), squeeze(made.come)
    whole = bool(gone and come) and gone in squeeze(change.before) and come in squeeze(change.after)
    return whole and change.field not in fields


def _shows(change: Change, made: Made) -> bool:
    if made.field and change.field == made.field:
        return True
    gone, come = squeeze(made.gone), squeeze(made.come)
    before, after = squeeze(change.before), squeeze(change.after)
    if ChangeKind.MOVED in change.kinds and gone == come and gone:
        return True  # of two texts that change places either has moved
    removed = squeeze("".join(change.removed)) or before
    added = squeeze("".join(change.added)) or after
    if made.near:
        left, right = map(squeeze, made.near)
        beside = _stands(before, left, gone, right) or _stands(after, left, come, right)
        return beside and (_holds(removed, gone) or _holds(added, come))
    return _holds(removed, gone) or _holds(before, gone) or _holds(added, come) or _holds(after, come)


def _stands(text: str, left: str, made: str, right: str) -> bool:
    """Whether `made` stands in a text with what is right before or behind it; a sentence may end at either."""
    left, right = left[-_NEAR:], right[:_NEAR]
    return bool(left and left + made in text) or bool(right and made + right in text) or text in {made, left + made}


def _holds(shown: str, made: str) -> bool:
    """Whether one holds the other: an edit may be shown in parts, or with more than what was made."""
    return bool(shown and made) and (made in shown or shown in made)


def _lines(seen: Watched) -> Iterable[str]:
    for visit in _visits(seen)[1:]:
        yield f"{visit.outcome.value} {visit.note}".strip()
    for edit in seen.edits:
        for change in edit.changes:
            kinds = "+".join(change.kinds)
            shown = f"-{_short(change.removed or (change.before,))} +{_short(change.added or (change.after,))}"
            yield f"{edit.status} {change.field} {kinds}: {shown}"


def _short(texts: Iterable[str]) -> str:
    return " / ".join(text if len(text) < 160 else f"{text[:150]}…" for text in texts)
