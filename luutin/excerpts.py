"""The words that an edit changed, with a few around them: for lists, where a whole paragraph would be too much."""

import re

from rich.text import Text

from storage.changes import Change
from storage.comparison.hunks import Hunk
from storage.comparison.tokens import SPACELESS, tokens
from storage.comparison.worddiff import word_diff

REMOVED = "red strike"
ADDED = "green underline"
_AROUND = 10  # words and marks on either side of a change
_AROUND_SPACELESS = 24  # or characters, of which two or three are a word
_LONGEST = 200  # characters of one text
_MOST = 600  # of all of them: about six lines of a terminal
_SPACELESS = re.compile(f"[{SPACELESS}]")
_CLOSING = " ,.;:!?)]”»、。"  # what no excerpt begins with
_MORE = "…"


def excerpt(change: Change) -> tuple[Hunk, ...]:
    """What differs, hunk by hunk, and the words beside it; nothing where a whole text came, went or was rewritten."""
    hunks = word_diff(change.before, change.after) if change.before and change.after else ()
    if all(hunk.equal for hunk in hunks) or not any(hunk.equal and hunk.new.strip() for hunk in hunks):
        return ()
    cut = tuple(_cut(hunk, first=at == 0, last=at == len(hunks) - 1) for at, hunk in enumerate(hunks))
    return cut if sum(len(hunk.new) + len(hunk.old) * (not hunk.equal) for hunk in cut) <= _MOST else ()


def short(text: str) -> str:
    """As much of a text as a line of a list has room for."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}{_MORE}"


def _cut(hunk: Hunk, *, first: bool, last: bool) -> Hunk:
    if hunk.equal:
        beside = _beside(hunk.new, first=first, last=last)
        return Hunk(equal=True, old=beside, new=beside)
    return Hunk(equal=False, old=short(hunk.old), new=short(hunk.new))


def _beside(text: str, *, first: bool, last: bool) -> str:
    """The end of what comes first, the beginning of what comes last, both of what is between."""
    words = tokens(text)
    around = _AROUND_SPACELESS if _SPACELESS.search(text) else _AROUND
    before, after = ([] if first else words[:around]), ([] if last else words[-around:])
    if len(before) + len(after) >= len(words):
        return text
    return f"{''.join(before)}{_MORE}{' ' * (not last)}{''.join(after).lstrip(_CLOSING)}"


def append_hunk(line: Text, hunk: Hunk, *, marked: bool) -> None:
    """Words as they are, or what was taken out and what came in: coloured, or marked as git marks it."""
    if hunk.equal:
        line.append(hunk.new)
        return
    if _is_joined(line.plain[-1:], hunk.old[:1]):  # the new text has a comma there, say, and the old one had a blank
        line.append(" ")
    for text, style, left, right in ((hunk.old, REMOVED, "[-", "-]"), (hunk.new, ADDED, "{+", "+}")):
        bare = text.rstrip()
        if bare:
            line.append(f"{left}{bare}{right}" if marked else bare, style=style)
            line.append(text[len(bare) :] or (" " if style == REMOVED and hunk.new else ""))


def _is_joined(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum() and _SPACELESS.match(before) is None
