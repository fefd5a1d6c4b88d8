"""What a heading is by where it stands and what mark-up calls it: a path's, a box's, or an article's headline."""

import re
from collections import Counter
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.lines import is_aside, labels
from storage.letters import count_words

_POST_TITLE = re.compile(r"(?<![a-z])(?:article|entry|post|news|story|blog|detail)[\s_-]*(?:title|headline|heading)")
_PLAYER = re.compile(
    r"(?<![a-z])(?:gallery|slideshow|carousel|lightbox|overlay|audio|video|player|modal|dialog|popup|nav|navigation"
    r"|sticky)(?![a-z])"
)
_BREADCRUMB = re.compile(r"crumb", re.IGNORECASE)
_NAME_WORDS = 6  # fewer may be a name of the site
_ARTICLE_WORDS = 4  # or, in an article or where mark-up calls it a title, of a section
_LONG_PARAGRAPH = 80  # characters
_MOST_PARAGRAPHS = 200


def in_breadcrumb(element: HtmlElement) -> bool:
    """Whether a heading is the last step of a breadcrumb: often a title made for search engines."""
    return any(_BREADCRUMB.search(labels(up)) for up in (element, *islice(element.iterancestors(), 3)))


def is_of_a_list(element: HtmlElement) -> bool:
    """Whether it is a step of a breadcrumb, or one of a list of articles, which may have this one too."""
    return in_breadcrumb(element) or any(up.tag == "li" for up in (element, *element.iterancestors()))


def is_of_a_player(element: HtmlElement) -> bool:
    """Whether it entitles a recording, a gallery, a dialog or a bar, which may go on saying an old one."""
    return any(_PLAYER.search(labels(up)) for up in (element, *islice(element.iterancestors(), 3)))


def is_in_article(element: HtmlElement) -> bool:
    return next(element.iterancestors("article"), None) is not None


def is_for_readers(heading: HtmlElement, text: str) -> bool:
    """Whether a heading that machines are told nothing like may be a headline all the same: it is too long for a name.

    Who edits a headline may leave what search engines and social media are told as it was.
    """
    return _may_be_headline(heading) and count_words(text) >= (
        _ARTICLE_WORDS if is_in_article(heading) else _NAME_WORDS
    )


def is_called_headline(heading: HtmlElement, text: str) -> bool:
    """Whether a heading may be one, though it is as short as a name, as mark-up calls it the title of an article."""
    return _may_be_headline(heading) and count_words(text) >= _ARTICLE_WORDS and is_called_so(heading)


def _may_be_headline(heading: HtmlElement) -> bool:
    linked = any(True for _ in heading.iter("a")) or any(True for _ in heading.iterancestors("a"))
    return not (linked or is_aside(heading, _around(heading)) or in_breadcrumb(heading))


def _around(heading: HtmlElement) -> frozenset[HtmlElement]:
    """What surely holds the article: its own element, one figure with the picture, or most of the page's paragraphs.

    Beyond it there may be a wrap of text and sidebar, and that may be called after the sidebar.
    """
    article = next(heading.iterancestors("article", "main"), None)
    if article is not None:
        return frozenset((article, *heading.iterancestors("figure")))
    return frozenset(_holding_most(heading))


def depth_of_text(heading: HtmlElement) -> int:
    """How deep the innermost element around a heading stands that holds most of the page's paragraphs; 0 for none."""
    whole = next(iter(_holding_most(heading)), None)
    return 0 if whole is None else sum(1 for _ in whole.iterancestors()) + 1


def _holding_most(heading: HtmlElement) -> list[HtmlElement]:
    above = list(heading.iterancestors())
    found = above[-1].iter("p") if above else iter(())
    paragraphs = list(islice(filter(_may_be_text, found), _MOST_PARAGRAPHS))
    held = Counter(up for one in paragraphs for up in one.iterancestors())
    return [up for up in above if 2 * held[up] > len(paragraphs)]


def _may_be_text(paragraph: HtmlElement) -> bool:
    """Whether a paragraph is long, and in no card of another article, list or footer."""
    beside = next(paragraph.iterancestors("article", "aside", "footer", "li"), None)
    return beside is None and len(paragraph.text_content()) > _LONG_PARAGRAPH


def is_called_so(heading: HtmlElement) -> bool:
    """Whether mark-up calls a heading the title of a post or an article."""
    return any(_POST_TITLE.search(labels(up)) for up in (heading, *islice(heading.iterancestors(), 3)))
