"""What is put back of a text that was chosen by votes: items and headings, who said a quotation, what goes on."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.manner import ENOUGH_ALIKE, ROWS, SET_APART, Family, family, home, is_posted, is_told, name_of
from storage.records import BlockKind

QUOTED = 6  # words of a quotation at least
SAID_BY = 20  # words of the line that says whose words a quotation is
TOP, TOPS = 15, 3  # words of such a line, and how many lines above the text
BOXES_ALIKE = 3
_QUOTE = re.compile(r"(?:^|[\s_-])(?:pull|block)?-?quotes?(?:$|[\s_-])", re.IGNORECASE)


def set_apart(
    pieces: Sequence[Piece], between: Sequence[int], homes: Counter[HtmlElement | None], kept: AbstractSet[int]
) -> set[int]:
    """Rows, items, and headings of what was kept, in a container such as the text has several of.

    Each chapter, or each piece of the text, may have one of its own.
    """
    alike: Counter[tuple[str, str]] = Counter()
    for element, count in homes.items():
        alike[name_of(element)] += count
    found: set[int] = set()
    below = -1
    for index in reversed(between):
        piece = pieces[index]
        headed = piece.kind is not BlockKind.HEADING or below in kept or below in found
        if piece.kind in SET_APART and headed and piece.link_share < 0.3:
            name = name_of(home(piece))
            found |= {index} if name[1] and alike[name] >= ENOUGH_ALIKE else set()
        below = index
    return found


def items_alike(pieces: Sequence[Piece], between: Sequence[int], kept: AbstractSet[int]) -> set[int]:
    """Items written like several that were kept, in boxes of the same name: each product's points, say."""
    items = [index for index in between if pieces[index].kind is BlockKind.LIST_ITEM]
    alike = Counter((family(pieces[index]), name_of(home(pieces[index]))) for index in items if index in kept)
    return {
        index
        for index in items
        if pieces[index].link_share < 0.3
        and (name := name_of(home(pieces[index])))[1]
        and alike[(family(pieces[index]), name)] >= ENOUGH_ALIKE
    }


def said_by(pieces: Sequence[Piece], between: Sequence[int], kept: AbstractSet[int]) -> set[int]:
    """Short lines of the quotations that are kept: who said it."""
    told = [index for index in kept if not is_posted(pieces[index])]
    quotations = {box for index in told if (box := _quotation(pieces[index])) is not None}
    return {i for i in between if pieces[i].words <= SAID_BY and _quotation(pieces[i]) in quotations}


def tops(pieces: Sequence[Piece], inside: Sequence[int], kept: AbstractSet[int]) -> set[int]:
    """Short lines above kept text in boxes that are many and alike: time and heading of each entry of a live report."""
    rows: dict[tuple[Family, tuple[str, str]], dict[int, HtmlElement]] = {}
    for index in inside:
        piece, box = pieces[index], pieces[index].element.getparent()
        if piece.words > TOP or piece.hrefs or box is None:
            continue
        if any(below in kept and box in pieces[below].path for below in range(index + 1, index + 1 + TOPS)):
            rows.setdefault((family(piece), name_of(box)), {})[index] = box
    alike = (members for members in rows.values() if len(set(members.values())) >= BOXES_ALIKE)
    return {index for members in alike for index in members}


def _quotation(piece: Piece) -> HtmlElement | None:
    return next((element for element in piece.path if element.tag == "blockquote"), None)


def quoted(pieces: Sequence[Piece], between: Sequence[int]) -> set[int]:
    """Words without a link in an element that calls itself a quotation, and is none to machines."""
    return {
        index
        for index in between
        if pieces[index].words >= QUOTED
        and not pieces[index].hrefs
        and any(_QUOTE.search(element.get("class", "")) for element in pieces[index].path[-2:])
    }


def quoted_apart(pieces: Sequence[Piece], between: Sequence[int], homes: Counter[HtmlElement | None]) -> set[int]:
    """Quotations, each in a figure of its own between the paragraphs."""
    return {
        index
        for index in between
        if pieces[index].kind is BlockKind.QUOTE
        and pieces[index].words >= QUOTED
        and not (pieces[index].hrefs or is_posted(pieces[index]))
        and (box := home(pieces[index])) is not None
        and box.tag in ("figure", "aside")
        and homes[box.getparent()] > 1
    }


def continued(pieces: Sequence[Piece], after: Sequence[int], homes: Counter[HtmlElement | None]) -> set[int]:
    """What goes on right behind the last chosen text, in the container of most of it: a list, a last remark."""
    home_of_most = homes.most_common(1)[0][0] if homes else None
    if home_of_most is None:
        return set()
    there = list(takewhile(lambda index: home(pieces[index]) is home_of_most and pieces[index].link_share < 0.3, after))
    while there and not (is_told(pieces[there[-1]]) or pieces[there[-1]].kind in ROWS):
        there.pop()  # a heading of what is not the text
    return set(there)


def first_heading(pieces: Sequence[Piece], above: Sequence[int], kept: AbstractSet[int]) -> set[int]:
    """The heading right above the first kept text, written like one between the paragraphs."""
    index = above[-1] if above else -1
    if index < 0 or pieces[index].kind is not BlockKind.HEADING or pieces[index].link_share >= 0.5:
        return set()
    ours = family(pieces[index]), home(pieces[index])
    alike = any(pieces[i].kind is BlockKind.HEADING and (family(pieces[i]), home(pieces[i])) == ours for i in kept)
    return {index} if alike else set()
