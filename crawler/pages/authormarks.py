"""What mark-up and links say of who wrote the article."""

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.header import AUTHOR_PAGE
from crawler.pages.lines import Line, Piece, is_longer, labels
from crawler.pages.semantics import is_of_comment

_MARK = re.compile(
    r"(?<![a-z])(?:authors?|bylines?|by-line|writers?|autor(?:en|in|es|as)?|auteurs?|autor[ei]|contributors?|"
    r"journalists?|"
    r"tac-?gia|reporters?|creator|author-?name|penulis|skribent|signature|signed|firma|redakt(?:eur|or)|nguon)(?![a-z])"
)
_NOT_MARK = re.compile(
    r"(?<![a-z])(?:bio|about|avatar|image|img|photo|social|follow|share|comments?|related|role|position|"
    r"description|job|"
    r"count|more|archive|box|card|block-?quote|quote|box-author|newsletter|tooltip)(?![a-z])"
)
_CATEGORY = re.compile(r"/(?:categor\w*|tags?|topics?|chuyen-muc|rubrik)/", re.IGNORECASE)


def is_marked_within(piece: Piece, line: Line) -> bool:
    """Whether the piece's element, or one around it within the line, is marked up as the author."""
    element = piece.element
    for _ in range(4):
        if is_marked(element):
            return True
        parent = element.getparent()
        if parent is None or (element is line.element and is_longer(parent, 5 * len(line.text) // 4)):
            return False
        element = parent
    return False


def is_marked(element: HtmlElement) -> bool:
    """Whether an element's own names, `rel`, `itemprop` or link say that it holds an author's name."""
    if (element.get("rel") or "").lower() == "author":
        return True
    if (element.get("itemprop") or "").lower() == "author":
        return not is_of_comment(element)
    if element.tag == "a" and AUTHOR_PAGE.search(element.get("href") or ""):
        return True
    names = labels(element)
    return bool(names) and _marks(names)


@lru_cache(maxsize=8192)
def _marks(names: str) -> bool:
    return bool(_MARK.search(names)) and not _NOT_MARK.search(names)


def is_in_byline(element: HtmlElement) -> bool:
    """Whether it stands in a part of the page that the page calls its byline (`aria-labelledby`)."""
    return any("byline" in up.get("aria-labelledby", "").lower() for up in islice(element.iterancestors(), 5))


def leads_elsewhere(piece: Piece) -> bool:
    """Whether a piece is a link, and to something else than an author's page."""
    for element in (piece.element, piece.element.getparent()):
        if element is not None and element.tag == "a":
            href = element.get("href") or ""
            return (
                bool(href)
                and not href.startswith(("javascript:", "#"))
                and not AUTHOR_PAGE.search(element.get("href") or "")
                and (element.get("rel") or "") != "author"
            )
    return False


def is_category(piece: Piece) -> bool:
    """Whether a piece is a link to a category or a tag, as blogs list them beside the author."""
    return piece.element.tag == "a" and (
        "tag" in (piece.element.get("rel") or "").split() or bool(_CATEGORY.search(piece.element.get("href") or ""))
    )
