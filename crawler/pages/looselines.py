"""Short lines that stand in no element for text, on a page whose text is written in paragraphs."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.manner import Family, family, is_told
from storage.records import BlockKind

MOST_ALIKE = 2  # of one make: more are headings of the text
MOSTLY, NEARLY_ALL = 0.8, 0.9  # of the running text in elements for text: from here on a line, or a sentence, is loose
LINE_WORDS, SENTENCE_WORDS = 12, 20  # that loose ones have less than
CLOCKED_WORDS = 25  # of a line that ends in how long a recording is
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FOR_TEXT = frozenset(
    ("p", "li", "dt", "dd", "td", "th", "tr", "figcaption", "pre", "blockquote", "q", "cite", *_HEADINGS)
)
_DIGIT = re.compile(r"\d")
_COUNT = re.compile(r"\d[\d.,\u00a0 ]*%?|\d{1,3}:\d\d(?::\d\d)?")
_OF_CODE = re.compile(r"\w=\S|[(,;{=]$")
_CLOCK = re.compile(r"\W*\d{1,3}:\d\d(?::\d\d)?\W*")


def find_loose(
    pieces: Sequence[Piece], chosen: Sequence[int], told: Sequence[int], frame: Collection[HtmlElement]
) -> frozenset[int]:
    """The loose lines among the chosen pieces, of which those that are `told` are running text, held by `frame`.

    Several that are written alike in several boxes, or right in the text, are none: headings, or what is said of each
    of several things.
    """
    total = sum(pieces[index].words for index in told)
    written = sum(pieces[index].words for index in told if pieces[index].element.tag in _FOR_TEXT)
    if written < MOSTLY * total:
        return frozenset()
    lines = [index for index in chosen if _is_loose(pieces[index], sentences=written >= NEARLY_ALL * total)]
    alike: Counter[Family] = Counter(written for written, _ in {_place(pieces[index], frame) for index in lines})
    few = (index for index in lines if alike[family(pieces[index])] <= MOST_ALIKE or ends_in_clock(pieces[index]))
    return frozenset(few)


def _place(piece: Piece, frame: Collection[HtmlElement]) -> tuple[Family, HtmlElement | None]:
    """How a line is written, and where: lines of one box are one."""
    parent = piece.element.getparent()
    return family(piece), piece.element if parent in frame else parent


def is_of_parts(piece: Piece) -> bool:
    """Whether a line holds a number, and is put together of several elements, as no heading is."""
    return len(piece.parts) > 1 and _DIGIT.search(piece.text) is not None


def is_glued_count(piece: Piece) -> bool:
    """Whether a number in an element of its own ends a line without a space: on the screen it stands apart."""
    last = piece.parts[-1].strip() if len(piece.parts) > 1 else ""
    before = piece.text.removesuffix(last)
    return bool(_COUNT.fullmatch(last)) and len(before) < len(piece.text) and before[-1:].isalpha()


def _is_loose(piece: Piece, *, sentences: bool) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or piece.element.tag in _FOR_TEXT:
        return False
    if is_told(piece):
        return piece.words < SENTENCE_WORDS and sentences
    return piece.words < LINE_WORDS and _OF_CODE.search(piece.text) is None


def ends_in_clock(piece: Piece) -> bool:
    """Whether a line is of parts of which the last is how long a recording is."""
    return piece.words <= CLOCKED_WORDS and len(piece.parts) > 1 and _CLOCK.fullmatch(piece.parts[-1]) is not None
