"""Readers' comments that a page carries: found by their heading, whatever their classes are called."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, text_key
from crawler.pages.tallies import COUNTER, tally_reason
from storage.comparison.corrections import is_note
from storage.letters import count_words
from storage.records import BlockKind

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
# Over what readers wrote, and nothing else; other names of comments are also those of an article's own sections.
_OF_READERS = re.compile(
    r"^\W*+(?:ý kiến (?:bạn đọc|độc giả|bình luận)|bình luận(?: (?:bạn đọc|độc giả|của (?:bạn đọc|độc giả)))?"
    r"|bạn đọc (?:bình luận|phản hồi)|phản hồi (?:của )?(?:bạn đọc|độc giả)|(?:readers?['’]?s?['’]? |user )?comments"
    r"|leserkommentare|kommentare|commentaires|comentarios|comentários|commenti|reacties|komentarze"
    r"|комментарии|коментарі|yorumlar|評論|评论|コメント|댓글|ความคิดเห็น)\W*$",
    re.IGNORECASE,
)
_LONGEST_COMMENT = 200  # words of a paragraph
_SIGNED = 3  # pieces from the last of the text on, of which one may be the author's name
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


def find_bare_comments(pieces: Sequence[Piece], chosen: Sequence[int], authors: Sequence[str]) -> dict[int, str]:
    """What stands below a comments heading to the end of the text, side by side with the text itself.

    Where another heading follows, or the author signs, the heading is one of the text. Correction notes are kept.
    """
    told = [index for index in chosen if pieces[index].words >= _LONG_PARAGRAPH]
    if len(told) <= _PARAGRAPHS:
        return {}
    below = range(told[_PARAGRAPHS - 1] + 1, chosen[-1])
    start = next((index for index in below if _heads_comments(pieces[index])), chosen[-1])
    rest = [index for index in chosen if index > start]
    names = set(map(text_key, authors))
    signed = any(piece.key in names for piece in pieces[start : chosen[-1] + _SIGNED])
    if signed or any(_is_of_text(pieces[index]) for index in rest):
        return {}
    return {index: "comments" for index in chosen if index >= start and rest and not is_note(pieces[index].text)}


def _heads_comments(piece: Piece) -> bool:
    """A heading or all bold; a line that counts them and is neither stands beside the buttons amid many a text."""
    set_off = piece.kind is BlockKind.HEADING or piece.strong >= 0.9 * len(piece.plain.replace(" ", ""))
    if piece.picture or piece.hrefs or not set_off or len(piece.plain) > _LONGEST_HEADING:
        return False
    heading = _HEADING.match(piece.plain)
    counted = heading is not None and bool(heading["before"] or heading["after"])
    return counted or bool(_OF_READERS.match(piece.plain))


def _is_of_text(piece: Piece) -> bool:
    return piece.kind is BlockKind.HEADING or piece.words > _LONGEST_COMMENT


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
