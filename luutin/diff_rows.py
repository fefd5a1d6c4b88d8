"""Two readings of an article as rows that a renderer can print: what is the same, what changed, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from storage.changes import Comparison
from storage.comparison.aligning import Match, align
from storage.comparison.compounds import Pair, compounds, whole
from storage.comparison.hunks import Hunk
from storage.comparison.phrases import grown, number_spans
from storage.comparison.textkey import loose_key, visible
from storage.comparison.worddiff import word_diff
from storage.records import Article, Block, BlockKind

# Terminal escapes and other controls must not come through from a page.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MARKS = {BlockKind.HEADING: "## ", BlockKind.QUOTE: "> ", BlockKind.LIST_ITEM: "- ", BlockKind.TABLE_ROW: "| "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What is compared: the page, its two versions, and the times (aware) that bound the edit.

    `old_at` is when the old version was seen last before the new one, `new_at` when the new one was seen first.
    """

    url: str
    old_version: int
    new_version: int
    old_at: datetime
    new_at: datetime


def bounds(heading: Heading) -> tuple[str, str]:
    """The two versions with their times, in the zone of this machine, as every rendering names them."""
    old, new = (at.astimezone().isoformat(sep=" ", timespec="seconds") for at in (heading.old_at, heading.new_at))
    return f"version {heading.old_version} (last seen {old})", f"version {heading.new_version} (first seen {new})"


class State(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED_AWAY = "moved-away"
    MOVED_HERE = "moved-here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One field or block: `label` names it (empty for a block), `mark` is what such a block is shown with.

    `old` is empty for what was added, `new` for what was removed; `hunks` hold the word diff of a changed row.
    """

    state: State
    label: str = ""
    mark: str = ""
    old: str = ""
    new: str = ""
    hunks: tuple[Hunk, ...] = ()


def running(hunks: Sequence[Hunk]) -> Iterator[Hunk]:
    """The hunks for running text: an equal one has in `new` what it shows, with the space that parts it from the next.

    Words that only came stand as in the new text, words that only went as in the old one: `Huế{+,+} Vinh`.
    """
    owed = ""  # the space of the new text, where the old one had it behind the words that went
    for hunk, behind in zip(hunks, [*hunks[1:], Hunk(True, "", "")], strict=True):
        if not hunk.equal:
            yield hunk if not owed or _space(hunk.old) else Hunk(False, hunk.old + owed, hunk.new)
            owed = ""
            continue
        old, new = _space(hunk.old), _space(hunk.new)
        gone = bool(behind.old and not behind.new)
        owed = new if gone else ""
        shown = old if gone else new or (old if behind.old else "")
        yield Hunk(True, hunk.old, hunk.new.rstrip() + shown)


def _space(text: str) -> str:
    return text[len(text.rstrip()) :]


def rows(old: Article, new: Article, comparison: Comparison) -> tuple[Row, ...]:
    """Fields first, then the body, then captions, images and tags. Fields that say nothing new are left out."""
    words = Words(old, new)
    return tuple(
        replace(row, hunks=words.whole(row.hunks)) if row.hunks else row for row in _rows(old, new, comparison)
    )


class Words:
    """What is one word, or one number, in two versions of an article: Vietnamese writes its syllables apart."""

    def __init__(self, old: Article, new: Article) -> None:
        self._language = "vi" if "vi" in (old.language, new.language) else ""
        texts = ([article.title, article.lead, *(block.text for block in article.body)] for article in (old, new))
        self._pairs: frozenset[Pair] = frozenset().union(*map(compounds, texts)) if self._language else frozenset()

    def whole(self, hunks: Sequence[Hunk]) -> tuple[Hunk, ...]:
        """The hunks of a word diff with no word and no number cut in two."""
        sides = "".join(hunk.old for hunk in hunks), "".join(hunk.new for hunk in hunks)
        return grown(whole(hunks, self._pairs), *(number_spans(text, self._language) for text in sides))


def _rows(old: Article, new: Article, comparison: Comparison) -> tuple[Row, ...]:
    changed = set(comparison.fields)
    return (
        *_field("title", old.title, new.title, shown=True),
        *_field("section", old.section, new.section, shown="section" in changed),
        *_field("authors", ", ".join(old.authors), ", ".join(new.authors), shown="authors" in changed),
        *_field("published", *_times(old.published, new.published), shown="published" in changed),
        *_field("modified", *_times(old.modified, new.modified), shown="modified" in changed),
        *_field("lead", old.lead, new.lead, shown=bool({"lead", "body"} & changed)),
        *_body(old.body, new.body, changed=bool({"lead", "body"} & changed)),
        *(_listed("caption", old.captions, new.captions) if "captions" in changed else ()),
        *(_listed_change("image", comparison, "images")),
        *(_listed_change("tag", comparison, "tags")),
    )


def clean(text: str) -> str:
    """The text without control characters and lone surrogates."""
    return _CONTROL.sub("", text)


def _times(old: object, new: object) -> tuple[str, str]:
    return getattr(old, "iso", ""), getattr(new, "iso", "")


def _field(label: str, old: str, new: str, *, shown: bool) -> list[Row]:
    return [_row(old, new, label=label)] if shown and (old or new) else []


def _row(old: str, new: str, *, label: str = "", mark: str = "") -> Row:
    old, new = clean(old), clean(new)
    if visible(old) == visible(new):
        return Row(state=State.SAME, label=label, mark=mark, old=old, new=new)
    if not old or not new:
        state = State.ADDED if new else State.REMOVED
        return Row(state=state, label=label, mark=mark, old=old, new=new)
    return Row(state=State.CHANGED, label=label, mark=mark, old=old, new=new, hunks=word_diff(old, new))


def _body(old: Sequence[Block], new: Sequence[Block], *, changed: bool) -> list[Row]:
    if not changed:
        return [_row(block.text, block.text, mark=_MARKS.get(block.kind, "")) for block in new]
    matches = align([loose_key(block.text) for block in old], [loose_key(block.text) for block in new])
    by_old = {match.old: match for match in matches}
    by_new = {match.new: match for match in matches}
    found: list[Row] = []
    i = 0
    for j, block in enumerate(new):
        match = by_new.get(j)
        if match and not match.moved:
            found += [_gone(old[at], by_old.get(at)) for at in range(i, match.old)]
            i = match.old + 1
        found.append(_come(block, match, old))
    return found + [_gone(old[at], by_old.get(at)) for at in range(i, len(old))]


def _come(block: Block, match: Match | None, old: Sequence[Block]) -> Row:
    mark, text = _MARKS.get(block.kind, ""), clean(block.text)
    if match is None:
        return Row(state=State.ADDED, mark=mark, new=text)
    if not match.moved:
        return _row(old[match.old].text, block.text, mark=mark)
    hunks = () if match.same else word_diff(clean(old[match.old].text), text)
    return Row(state=State.MOVED_HERE, mark=mark, new=text, hunks=hunks)


def _gone(block: Block, match: Match | None) -> Row:
    state = State.REMOVED if match is None else State.MOVED_AWAY
    return Row(state=state, mark=_MARKS.get(block.kind, ""), old=clean(block.text))


def _listed(label: str, old: Sequence[str], new: Sequence[str]) -> list[Row]:
    """Values that are a set: those that pair up, then those that only one side has."""
    matches = align([loose_key(text) for text in old], [loose_key(text) for text in new])
    paired_old = {match.old for match in matches}
    paired_new = {match.new for match in matches}
    return [
        *(_row(old[match.old], new[match.new], label=label) for match in matches),
        *(_row(text, "", label=label) for at, text in enumerate(old) if at not in paired_old),
        *(_row("", text, label=label) for at, text in enumerate(new) if at not in paired_new),
    ]


def _listed_change(label: str, comparison: Comparison, field: str) -> list[Row]:
    changes = [change for change in comparison.changes if change.field == field]
    return [
        *(_row(text, "", label=label) for change in changes for text in change.removed),
        *(_row("", text, label=label) for change in changes for text in change.added),
    ]
