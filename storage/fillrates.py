"""Whether a site's pages have lost a field all at once: a redesign that the reader does not follow, not an edit."""

from collections.abc import Callable, Mapping, Sequence

from storage.letters import count_words
from storage.records import Article

RECENT, BEFORE = 8, 60  # articles: the newest ones, and those that they are held against
_ENOUGH = 20  # of the latter
_USUAL, _LOST, _BACK = 0.8, 0.2, 0.6  # shares of articles that have the field
_WORDS = 40  # of a body that counts as one

_HAS: Mapping[str, Callable[[Article], bool]] = {
    "title": lambda article: bool(article.title),
    "lead": lambda article: bool(article.lead),
    "section": lambda article: bool(article.section),
    "authors": lambda article: bool(article.authors),
    "published": lambda article: article.published is not None,
    "body": lambda article: sum(count_words(block.text) for block in article.body) >= _WORDS,
    "images": lambda article: bool(article.images),
    "tags": lambda article: bool(article.tags),
}


def lost_fields(newest: Sequence[Article], already: Sequence[str] = ()) -> tuple[str, ...]:
    """The fields that most articles of a site had and the newest ones have not; `newest` begins with the newest.

    A field that is lost `already` stays so until most of the newest have it again.
    """
    recent, before = newest[:RECENT], newest[RECENT : RECENT + BEFORE]
    return tuple(name for name, has in _HAS.items() if _is_lost(has, recent, before, already=name in already))


def _is_lost(
    has: Callable[[Article], bool], recent: Sequence[Article], before: Sequence[Article], *, already: bool
) -> bool:
    if len(recent) < RECENT:
        return False
    now = _share(has, recent)
    if already:
        return now < _BACK
    return len(before) >= _ENOUGH and _share(has, before) >= _USUAL and now <= _LOST


def _share(has: Callable[[Article], bool], articles: Sequence[Article]) -> float:
    return sum(map(has, articles)) / len(articles)
