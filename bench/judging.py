"""Judges what was seen of a story: a false alarm, an edit found or missed, its kind right or wrong, kinds too many."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.mutating.drafts import squeeze
from bench.mutating.kinds import EDITS, STALE
from bench.mutating.made import Made
from bench.mutating.stories import Story
from bench.watching import Watched
from storage.changes import Change, ChangeKind, EditStatus
from storage.records import Outcome

_READ = frozenset([Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL])
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
    shared = {
        "page": page,
        "kind": story.kind,
        "noisy": story.noisy,
        "seconds": seen.seconds / max(1, len(story.forms) - 1),
        "peers": peers,
        "came": tuple(_lines(seen)),
    }
    if story.made is None:
        return Verdict(**shared, edit=False, alarm=_is_alarm(story, seen))
    expected = {name: value for name, value in asdict(story.made).items() if value}
    return Verdict(**shared, edit=True, expected=expected, **_of_edit(story, story.made, seen))


def _is_alarm(story: Story, seen: Watched) -> bool:
    """Whether anything was flagged that stayed, or the page was lost sight of, where the article stayed the same."""
    if any(visit.outcome not in _READ for visit in seen.visits[1:]):
        return True
    kept = [edit for edit in seen.edits if edit.status != EditStatus.REVERTED]
    return len(kept) != (1 if story.kind == STALE else 0)


def _of_edit(story: Story, made: Made, seen: Watched) -> dict[str, Any]:
    edit = EDITS[story.kind]
    last = seen.visits[-1].outcome
    if made == Made(field="body") and last in {Outcome.SUSPECT, Outcome.UNREADABLE}:
        return {"found": True, "right": True}
    changes = [change for row in seen.edits for change in row.changes]
    showing = [change for change in changes if _shows(change, made)]
    right = any(kind in edit.right for change in showing for kind in change.kinds)
    extra = {
        kind.value
        for change in changes
        for kind in change.kinds
        if not (change in showing and (kind in edit.right or change.field in _COPIES)) and kind not in edit.beside
    }
    return {"found": bool(showing), "right": right, "extra": tuple(sorted(extra))}


def _shows(change: Change, made: Made) -> bool:
    if made.field and change.field == made.field:
        return True
    gone, come = squeeze(made.gone), squeeze(made.come)
    before, after = squeeze(" ".join((change.before, *change.removed))), squeeze(" ".join((change.after, *change.added)))
    if ChangeKind.MOVED in change.kinds and gone == come and gone:
        return before in gone or gone in before
    return bool(gone and (gone in before or _overlap(gone, before))) or bool(come and (come in after or _overlap(come, after)))


def _overlap(made: str, shown: str) -> bool:
    """Whether what is shown is a part of what was made: the context of an edit may reach over several sentences."""
    return len(shown) >= 12 and shown in made


def _lines(seen: Watched) -> Iterable[str]:
    for visit in seen.visits[1:]:
        yield f"{visit.outcome.value} {visit.note}".strip()
    for edit in seen.edits:
        for change in edit.changes:
            kinds = "+".join(change.kinds)
            yield f"{edit.status} {change.field} {kinds}: -{_short(change.removed or (change.before,))} +{_short(change.added or (change.after,))}"


def _short(texts: Iterable[str]) -> str:
    return " / ".join(text if len(text) < 160 else f"{text[:150]}…" for text in texts)
