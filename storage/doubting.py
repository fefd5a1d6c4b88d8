"""Why a text may be none that an editor wrote: the beginning of the one before, or another page in its place."""

from collections.abc import Sequence

from storage.comparison.textkey import text_key
from storage.letters import count_words
from storage.records import Article, BlockKind

_TOLD = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM))
_LONG, _NOTICE = 120, 60  # words of a text that can shrink, and of a paywall's notice
_REST = 0.4  # share of the words that a teaser keeps
_HALF, _MANY = 0.6, 3  # or a share as large as this, where so many paragraphs are gone: a metered paywall
_FEW = 250  # words: no wall or error page says more
_GROWN = 1.3  # times the words of the beginning: more than an editor adds to what is free
_BROKEN = 5  # words that a sentence lacks which breaks off
_OPEN = (",", "-", "–", "—", ";", "(", "…", "...")  # what a whole text does not end with, besides letters and digits


def shrunk(old: Article, new: Article) -> str:
    """Why a text looks like the beginning of the one before, as a paywall or a broken page shows it; empty if not.

    Whoever cuts an article down by hand keeps a later part of it too, or writes something, and ends with a sentence.
    """
    before, after = _told(old), _told(new)
    begun = _begun(before, after)
    others = after[begun:]
    if begun == 0 or _word_count(others) > _NOTICE or not set(others).isdisjoint(before):
        return ""
    words, left = _word_count(before), _word_count(after[:begun])
    if not others and _breaks_off(before[begun - 1], after[begun - 1]):
        return f"breaks off amid a sentence, after {left} of {words} words: half a page?"
    rest = _HALF if len(before) - begun >= _MANY else _REST
    if words < _LONG or left > rest * words:
        return ""
    return f"shrank to its beginning, {left} of {words} words: a paywall or half a page?"


def grew(beginning: Article, new: Article) -> bool:
    """Whether a text goes on where the one before, the beginning of an article, broke off."""
    before, after = _told(beginning), _told(new)
    words, now = _word_count(before), _word_count(after)
    return now > words and (now >= _GROWN * words or _begun(after, before) == len(before))


def supplanted(old: Article, new: Article) -> str:
    """Why a text looks like a wall or an error page in place of a dated article; empty if not.

    It is short and has no date, no word of the headline and no paragraph of the article: nobody edits like that. What
    such pages say is told in too many ways to know all of them.
    """
    told = _told(new)
    if old.published is None or new.published is not None or text_key(old.title) == text_key(new.title):
        return ""
    words = _word_count(told)
    if words > _FEW or not set(_told(old)).isdisjoint(told):
        return ""
    return f"another text of {words} words, under another headline and without a date: an error page or a wall?"


def _begun(before: Sequence[str], after: Sequence[str]) -> int:
    """With how many blocks the new text goes along the old one; the last of them may be cut."""
    begun = 0
    for text, key in zip(after, before, strict=False):
        if not key.startswith(text.rstrip(" .…")):
            break
        begun += 1
    return begun


def _breaks_off(whole: str, part: str) -> bool:
    """Whether a block ends amid a sentence that the old one has to its end."""
    lacks = count_words(whole) - count_words(part)
    return lacks >= _BROKEN and not _is_open(whole) and _is_open(part)


def _is_open(text: str) -> bool:
    return text[-1:].isalnum() or text.endswith(_OPEN)


def _told(article: Article) -> list[str]:
    """Lead and running text, as keys."""
    blocks = [block.text for block in article.body if block.kind in _TOLD]
    return [text_key(text) for text in (article.lead, *blocks) if text]


def _word_count(texts: Sequence[str]) -> int:
    return sum(map(count_words, texts))
