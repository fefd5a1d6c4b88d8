"""Whether a text has the words that an edit took away, or those that it put there: does a copy carry the edit?"""

from collections.abc import Iterable

from storage.changes import Change
from storage.copies.shingles import shingles
from storage.records import Article
from storage.rows import Has
from storage.search.documents import passages
from storage.search.words import spellings

_FIELDS = frozenset(["title", "lead", "body", "captions"])  # what a copy may have taken over
_ENOUGH = 0.5  # of the shingles that tell old from new; a copy may be worded a little differently around them


def every_shingle(article: Article) -> set[str]:
    """The shingles of all texts of an article; none reaches from one paragraph into the next."""
    return set().union(*map(_shingles, passages(article)))


def has(text: set[str], changes: Iterable[Change]) -> Has | None:
    """What a text (its shingles) has of an edit; None where the edit has no words to look for.

    A change is told by the shingles around its words that only the old or only the new sentence has. An edit that
    only removes has no new words and one that only adds has no old ones.
    """
    verdicts = {verdict for change in changes if (verdict := _has(text, change)) is not None}
    if not verdicts:
        return None
    found = verdicts - {Has.NEITHER}
    if not found:
        return Has.NEITHER
    return found.pop() if len(found) == 1 else Has.BOTH


def only_removes(changes: Iterable[Change]) -> bool:
    """Whether an edit brought no words that could be looked for."""
    return not any(_shingles(change.after) - _shingles(change.before) for change in changes if change.field in _FIELDS)


def _has(text: set[str], change: Change) -> Has | None:
    if change.field not in _FIELDS:
        return None
    before, after = _shingles(change.before), _shingles(change.after)
    old, new = before - after, after - before
    if not old and not new:
        return None
    had, got = (len(only & text) / len(only) if only else 0.0 for only in (old, new))
    if max(had, got) < _ENOUGH:
        return Has.NEITHER
    return Has.BOTH if min(had, got) >= _ENOUGH else Has.NEW if got > had else Has.OLD


def _shingles(text: str) -> set[str]:
    return shingles([form for form, _ in spellings(text)])
