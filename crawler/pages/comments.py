"""Readers' comments that a page carries: found by their heading, whatever their classes are called."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.pages.tallies import COUNTER, tally_reason
from storage.letters import count_words

_WORDS = (
    r"(?:"
    r"ý kiến(?: (?:bạn đọc|độc giả|của bạn|bình luận))?|bình luận(?: của bạn)?|gửi (?:bình luận|ý kiến)"
    r"|thảo luận|phản hồi|(?:reader |readers' |user |all )?comments?|leave a (?:comment|reply)"
    r"|join the (?:discussion|conversation)|discussion"
    r"|responses?|replies|kommentare?|leserkommentare|diskussion|commentaires?|réactions?|vos réactions"
    r"|comentarios?|comentários?|commenti|reacties|opmerkingen|komentarze|komentáře|kommentarer|комментарии|коментарі"
    r"|yorumlar|komentar|評論|评论|コメント|댓글|ความคิดเห็น"
    r")"
)
# A heading over comments, with or without how many there are.
_HEADING = re.compile(
    rf"^\W*+(?P<before>\d[\d.,]*\s+)?{_WORDS}(?P<after>\s*[(\[:]?\s*\d[\d.,]*\s*[)\]]?)?\W*$", re.IGNORECASE
)
_MAY_BEGIN = re.compile(rf"^\W*+(?:\d[\d.,]*\s*(?:$|{_WORDS})|{_WORDS})", re.IGNORECASE)
_LONGEST_HEADING = 60  # characters
_LONGEST_RAW = 4 * _LONGEST_HEADING  # with the white space of the mark-up
_PARAGRAPHS, _LONG_PARAGRAPH = 3, 15  # of an article, and words of one
_FIELDS = ("textarea", "form", "input")
_HOLDERS = ("h2", "h3", "h4", "h5", "div", "p", "span", "strong", "legend", "summary")


def find_counts_of_posts(root: HtmlElement) -> dict[HtmlElement, str]:
    """How often a quoted post was liked and shared, set apart from its words."""
    inline = (part for post in root.iter("blockquote") for part in post.iter("span", "a", "small"))
    texts = ((part, " ".join(part.text_content().split())) for part in inline)
    return {part: COUNTER for part, text in texts if tally_reason(text) == COUNTER}


def find_comments(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """The elements that a comments heading opens, none of which holds an element of `protected`.

    The heading counts the comments, or a field to write one in stands below it; else it may be the name of a section.
    """
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    found: dict[HtmlElement, str] = {}
    for element in _candidates(root):
        text = _short_text(element)
        heading = _HEADING.match(text) if text else None
        if heading is None:
            continue
        box = _opened_by(element, text, safe)
        counted = heading["before"] or heading["after"]
        if box is not element and (counted or next(box.iter(*_FIELDS), None) is not None):
            found[box] = "comments"
    return found


def _candidates(root: HtmlElement) -> Iterator[HtmlElement]:
    """Headings and the like whose first words may begin a comments heading, and the elements around these words.

    Only the elements' own texts are looked at, once each: pages have thousands of elements and few such words.
    """
    for element in root.iter(*_HOLDERS, "b", "a", "i"):
        text = element.text
        if text and len(text) <= _LONGEST_RAW and _MAY_BEGIN.match(text):
            around = [element, *islice(element.iterancestors(), 2)]
            yield from (one for one in around if one.tag in _HOLDERS)


def _short_text(element: HtmlElement) -> str:
    """The text of an element that may be a heading, an empty string where it is longer than one."""
    words = ""
    for piece in element.itertext():
        words += piece
        if len(words) > _LONGEST_RAW:
            return ""
    text = " ".join(words.split())
    return text if len(text) <= _LONGEST_HEADING else ""


def _opened_by(element: HtmlElement, text: str, safe: set[HtmlElement]) -> HtmlElement:
    """The largest element whose text begins with this heading; readers' comments stand below an article."""
    box = element
    for parent in element.iterancestors():
        if parent in safe or parent.tag in {"body", "html"} or not _begins_with(parent, text) or _is_told(parent):
            break
        box = parent
    return box


def _is_told(element: HtmlElement) -> bool:
    """Whether it is an article that begins with a count of its comments: paragraphs side by side, and none so above."""
    inside = list(element.iter("p"))
    if _most_side_by_side(inside) < _PARAGRAPHS:
        return False
    above = takewhile(lambda paragraph: paragraph is not inside[0], element.getroottree().iter("p"))
    return _most_side_by_side(above) < _PARAGRAPHS


def _most_side_by_side(paragraphs: Iterable[HtmlElement]) -> int:
    return max(Counter(one.getparent() for one in paragraphs if _is_long(one)).values(), default=0)


def _is_long(paragraph: HtmlElement) -> bool:
    return count_words("".join(paragraph.itertext())) >= _LONG_PARAGRAPH


def _begins_with(element: HtmlElement, text: str) -> bool:
    seen = ""
    for piece in element.itertext():
        seen = " ".join(f"{seen}{piece}".split()) + (" " if piece[-1:].isspace() else "")
        if len(seen) >= len(text):
            break
    return seen.startswith(text)
