"""Boxes amid a text that are put back whole: a table, a list or a heading in one each, a number, what tells much."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.manner import ENOUGH_ALIKE, ROWS, SET_APART, Family, family, home, is_told
from storage.records import BlockKind

BOXED = 60  # words
TOLD, TOLD_ALIKE = 12, 5  # words of a sentence in a box, and how many such a box has at least
_ACTIVE = ("a", "button", "input", "form", "select", "iframe", "video", "audio", "img", "svg", "script", "ins")
_LEADING = ("a", "button", "input", "form", "select", "iframe")


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
        alone = box is not None and box.getparent() is common and kind in SET_APART and not pieces[index].hrefs
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
    return all(piece.kind in ROWS and not piece.hrefs for piece in held)


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
