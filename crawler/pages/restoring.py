"""What is put back of a text that was chosen by votes: lists, headings and rows, who said a quotation, what goes on."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, takewhile

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.manner import Family, family, home, is_posted, is_told, name_of
from storage.records import BlockKind

QUOTED = 6  # words of a quotation at least
SAID_BY = 20  # words of the line that says whose words a quotation is
ENOUGH_ALIKE = 4  # pieces in containers of one name
BOXED = 60  # words
TOP, TOPS = 15, 3  # words of such a line, and how many lines above the text
BOXES_ALIKE = 3
TOLD, TOLD_ALIKE = 12, 5  # words of a sentence in a box, and how many such a box has at least
_ACTIVE = ("a", "button", "input", "form", "select", "iframe", "video", "audio", "img", "svg", "script", "ins")
_LEADING = ("a", "button", "input", "form", "select", "iframe")
_SET_APART = (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM, BlockKind.HEADING)
_QUOTE = re.compile(r"(?:^|[\s_-])(?:pull|block)?-?quotes?(?:$|[\s_-])", re.IGNORECASE)
_ROWS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


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
        if piece.kind in _SET_APART and headed and piece.link_share < 0.3:
            name = name_of(home(piece))
            found |= {index} if name[1] and alike[name] >= ENOUGH_ALIKE else set()
        below = index
    return found


def boxed_apart(pieces: Sequence[Piece], between: Sequence[int], kept: AbstractSet[int]) -> set[int]:
    """Headings, lists and tables in boxes of their own, side by side with boxes that hold a kept paragraph each."""
    rooms = Counter(room for index in kept if (room := _room(pieces, index)) is not None)
    common, count = rooms.most_common(1)[0] if rooms else (None, 0)
    if common is None or count < ENOUGH_ALIKE:
        return set()
    found: set[int] = set()
    below = -1
    for index in reversed(between):
        box = home(pieces[index])
        kind = pieces[index].kind
        alone = box is not None and box.getparent() is common and kind in _SET_APART and not pieces[index].hrefs
        if alone and box is not None and _holds_alone(pieces, index, box):
            headed = kind is not BlockKind.HEADING or below in kept or below in found
            found |= {index} if headed else set()
        below = index
    return found


def _room(pieces: Sequence[Piece], index: int) -> HtmlElement | None:
    """What is around the box that holds this piece and no other."""
    box = home(pieces[index])
    beside = (one for one in (index - 1, index + 1) if 0 <= one < len(pieces))
    if box is None or any(box in pieces[one].path for one in beside):
        return None
    return box.getparent()


def _holds_alone(pieces: Sequence[Piece], index: int, box: HtmlElement) -> bool:
    """Whether a box holds nothing but this heading, or nothing but items or rows without links."""
    first, last = index, index
    while first > 0 and box in pieces[first - 1].path:
        first -= 1
    while last + 1 < len(pieces) and box in pieces[last + 1].path:
        last += 1
    held = pieces[first : last + 1]
    if pieces[index].kind is BlockKind.HEADING:
        return len(held) == 1
    return all(piece.kind in _ROWS and not piece.hrefs for piece in held)


def tables(pieces: Sequence[Piece], between: Sequence[int], homes: Counter[HtmlElement | None]) -> set[int]:
    """Rows without a link of a table that stands alone, or in a box of its own, right in a container of kept text."""
    held: dict[HtmlElement, list[int]] = {}
    for index in between:
        if pieces[index].kind is BlockKind.TABLE_ROW:
            held.setdefault(next(one for one in pieces[index].path if one.tag == "table"), []).append(index)
    return {
        index
        for table, rows in held.items()
        if len(rows) > 1 and homes[_container_of(table)] > 1 and next(table.iter(*_LEADING), None) is None
        for index in rows
    }


def _container_of(table: HtmlElement) -> HtmlElement | None:
    """What a table stands in, but for boxes that hold nothing else."""
    above = table.getparent()
    while above is not None and len(above) == 1 and above.tag in ("figure", "div"):
        above = above.getparent()
    return above


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


def numbers_boxed(
    pieces: Sequence[Piece], inside: Sequence[int], main: HtmlElement, kept: AbstractSet[int]
) -> set[int]:
    """A few words in a box amid the text with nothing to press, see or fill in: a large number, a score."""
    if all(index in kept for index in inside):
        return set()
    words: Counter[HtmlElement] = Counter()
    told: Counter[HtmlElement] = Counter()
    boxes: dict[HtmlElement, list[int]] = {}
    for index in inside:
        for element in pieces[index].path:
            words[element] += pieces[index].words
            told[element] += pieces[index].words if index in kept else 0
    for index in inside:
        path = pieces[index].path
        below = path[path.index(main) + 1 :]
        around = pairwise((main, *below))
        holder, box = next(((up, one) for up, one in around if words[one] <= BOXED), (main, main))
        if box is not main and told[holder] - told[box] > BOXED:
            boxes.setdefault(box, []).append(index)
    return {index for box, members in boxes.items() if _tells(pieces, box, members) for index in members}


def told_apart(pieces: Sequence[Piece], between: Sequence[int], main: HtmlElement, kept: AbstractSet[int]) -> set[int]:
    """A box amid the text that tells in sentences of many things alike, and leads nowhere: a checklist, a glossary.

    Its titles and figures come with its sentences.
    """
    if all(index in kept for index in between):
        return set()
    holding = {element for index in kept for element in pieces[index].path}
    boxes: dict[HtmlElement, list[int]] = {}
    for index in between:
        path = pieces[index].path
        below = path[path.index(main) + 1 :]
        box = next((element for element in below if element not in holding), None)
        if box is not None:
            boxes.setdefault(box, []).append(index)
    apart = {piece.marker for piece in pieces if piece.marker is not None} if boxes else set()
    told = (members for box, members in boxes.items() if _is_told_alike(pieces, box, members, apart))
    return {index for members in told for index in members}


def _is_told_alike(
    pieces: Sequence[Piece], box: HtmlElement, members: Sequence[int], apart: AbstractSet[HtmlElement]
) -> bool:
    """Whether it tells of many things, and neither its text nor most of what tells of one leads anywhere.

    Advertisements, and links to some other articles, may have been put in between.
    """
    alike: dict[Family, list[Piece]] = {}
    for piece in (pieces[index] for index in members):
        if is_told(piece) and piece.words >= TOLD:
            alike.setdefault(family(piece), []).append(piece)
    told = max(alike.values(), key=len, default=[])
    if len(told) < TOLD_ALIKE or any(pieces[index].hrefs for index in members):
        return False
    leading = [one for one in box.iter(*_LEADING) if not any(up in apart for up in (one, *one.iterancestors()))]
    led = {up for one in leading for up in one.iterancestors()}
    pressed = any(one.tag != "a" for one in leading)
    return not pressed and 2 * sum(thing in led for thing in _things(told)) < len(told)


def _things(told: Sequence[Piece]) -> list[HtmlElement]:
    """For each of them what is around it and around none of the others."""
    around = Counter(element for piece in told for element in piece.path)
    return [next((one for one in piece.path if around[one] == 1), piece.element) for piece in told]


def _tells(pieces: Sequence[Piece], box: HtmlElement, members: Sequence[int]) -> bool:
    """Whether there is a number in a box, and nothing but text."""
    counts = any(any(map(str.isdecimal, pieces[index].text)) for index in members)
    return counts and next(box.iter(*_ACTIVE), None) is None


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
    while there and not (is_told(pieces[there[-1]]) or pieces[there[-1]].kind in _ROWS):
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
