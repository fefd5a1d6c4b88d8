"""Boxes set apart amid the text whose words are none of it, by how they are made: something to press, loose lines."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.pages.blocks import CAPTION, HEADER, Piece
from crawler.pages.boxelements import (
    controls_in,
    has_address,
    has_empty_place,
    has_paid_link,
    is_comment,
    unfolds,
)
from crawler.pages.cards import MIN_WORDS, Links
from crawler.pages.labels import opening_link
from crawler.pages.looselines import LINE_WORDS, ends_in_clock, find_loose, is_glued_count, is_of_parts
from crawler.pages.manner import is_told, name_of
from crawler.pages.tallies import AGO, tally_reason
from storage.comparison.corrections import is_note
from storage.letters import count_words
from storage.records import BlockKind

COMMENTS, COUNTED, CONTROLS, CONTACT, PAID, LOOSE, ORPHAN, POINTER = (
    "comments",
    "answers and how many gave them",
    "box with something to press",
    "box with somebody's address",
    "box with a paid link",
    "loose line in a box",
    "heading of what was left out",
    "box that points elsewhere",
)
_WHOLE = (CONTROLS, CONTACT, PAID)  # with the pictures in them
MOST_WORDS = 60  # of a box
MOST_PIECES = 80
BELOW = 12  # pieces after the text of which a picture may be taken for the article's
UNFOLDED = 20  # words of a sentence that a button may unfold
MOST_ALIKE = 2  # of one make: more are parts of the article, each a product or a question
LEAST_TOLD = 80  # words of running text, below which nothing tells what is set apart from it
MOST_OF_TEXT = 0.3  # share of the words that boxes may take away together: a report of the hour is all boxes
OF_TEXT = 0.25  # share of the running text that makes an element one of those which hold it
LABEL_WORDS = 8
MOST_LINES = 8  # of a box of loose ones
FEWEST_COUNTED = 2  # answers of a poll
_SECTIONS = ("article", "aside", "div", "fieldset", "figure", "section")
_BOXES = frozenset(("a", "address", "center", "details", "dl", "label", "table", "ul", *_SECTIONS))
_PLAIN = frozenset((BlockKind.PARAGRAPH, BlockKind.HEADING))
_DIVIDED = re.compile(r"\s[-–—|·•]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Islands:
    """`texts`: index of each chosen piece to leave out -> why; `pictures`: indexes of the pictures beside them."""

    texts: Mapping[int, str]
    pictures: Collection[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """An element, and the indexes of the pieces in it."""

    element: HtmlElement
    members: tuple[int, ...]


def find_islands(
    pieces: Sequence[Piece],
    chosen: Sequence[int],
    links: Links,
    gone: Collection[int],
    captions: Collection[int],
) -> Islands:
    """The boxes among the chosen pieces that are no text; `gone` are those left out before, `captions` are none."""
    told = [index for index in chosen if is_told(pieces[index])]
    frame = _frame(pieces, told)
    if not frame:
        return Islands(texts={}, pictures=())
    last = min(len(pieces), chosen[-1] + BELOW)
    pictures = [index for index in range(chosen[0], last) if pieces[index].picture]
    boxes = list(_boxes(pieces, sorted((*chosen, *pictures)), frame))
    makes = Counter(_make(box.element) for box in boxes)
    page = _Page(
        pieces=pieces,
        kept=frozenset(chosen),
        links=links,
        gone=gone,
        captions=captions,
        loose=find_loose(pieces, chosen, told, frame),
    )
    found = [(box, why) for box in boxes if (why := page.reason(box, alike=makes[_make(box.element)]))]
    if page.words(found) > MOST_OF_TEXT * sum(pieces[index].words for index in chosen):
        return Islands(texts={}, pictures=())
    return Islands(
        texts={index: why for box, why in found for index in box.members if index in page.kept},
        pictures={index for box, why in found if why in _WHOLE for index in box.members if pieces[index].picture},
    )


def _frame(pieces: Sequence[Piece], told: Sequence[int]) -> frozenset[HtmlElement]:
    """The elements that hold a good part of the running text, none where there is little of it."""
    held: Counter[HtmlElement] = Counter()
    for index in told:
        for element in pieces[index].path[:-1]:
            held[element] += pieces[index].words
    total = sum(pieces[index].words for index in told)
    least = max(OF_TEXT * total, LEAST_TOLD / 2)
    return frozenset(element for element, words in held.items() if words >= least and total >= LEAST_TOLD)


def _boxes(pieces: Sequence[Piece], chosen: Sequence[int], frame: Collection[HtmlElement]) -> Iterator[_Box]:
    """The largest small box around each chosen piece outside the elements that hold the text."""
    seen: set[HtmlElement] = set()
    for index in chosen:
        around = enumerate(pieces[index].path)
        for depth, element in ((depth, one) for depth, one in around if one not in frame and one.tag in _BOXES):
            members = () if element in seen else _members(pieces, index, depth)
            seen.add(element)
            if members:
                yield _Box(element=element, members=members)
                seen.update(one for other in members for one in pieces[other].path[depth:])
                break


def _members(pieces: Sequence[Piece], index: int, depth: int) -> tuple[int, ...]:
    """The pieces in the element that deep around this one, none where they are many or say much."""
    element = pieces[index].path[depth]
    found, words = [index], pieces[index].words
    for beside in (range(index - 1, -1, -1), range(index + 1, len(pieces))):
        for other in takewhile(lambda one: element in pieces[one].path[depth : depth + 1], beside):
            found.append(other)
            words += pieces[other].words
            if words > MOST_WORDS or len(found) > MOST_PIECES:
                return ()
    return tuple(sorted(found)) if words <= MOST_WORDS else ()


def _make(element: HtmlElement) -> tuple[str, ...]:
    """How an element is written, and the one around it; a page builder numbers its boxes in later classes."""
    return (*name_of(element), *name_of(element.getparent()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The pieces of a page, those that are its text so far, and those of them that are loose lines."""

    pieces: Sequence[Piece]
    kept: Collection[int]
    links: Links
    gone: Collection[int]
    captions: Collection[int]
    loose: Collection[int]

    def words(self, found: Sequence[tuple[_Box, str]]) -> int:
        """How much of the text so far is in these boxes."""
        return sum(self.pieces[index].words for box, _ in found for index in box.members if index in self.kept)

    def reason(self, box: _Box, *, alike: int) -> str:
        """Why a box is none of the text, empty where it may be: questions and their answers, or what was put right."""
        kept = [index for index in box.members if index in self.kept]
        if sum(map(unfolds, controls_in(box.element))) > 1:
            return ""
        why = self._of_elements(box, kept, alike=alike) or (self._of_words(box, kept, alike=alike) if kept else "")
        return "" if why and any(is_note(self.pieces[index].text) for index in kept) else why

    def _of_words(self, box: _Box, kept: Sequence[int], *, alike: int) -> str:
        if self._is_loose(box, kept):
            return LOOSE
        if alike > MOST_ALIKE:
            return ""
        if self._points(box, kept):
            return POINTER
        return ORPHAN if self._is_orphan(box, kept) else ""

    def _of_elements(self, box: _Box, kept: Sequence[int], *, alike: int) -> str:
        """What the elements in it say it is; what has a caption is a picture of the text."""
        if any(index in self.captions for index in box.members):
            return ""
        if is_comment(box.element) or self._is_of_feed(box, alike):
            return COMMENTS
        if sum(is_glued_count(self.pieces[index]) for index in box.members) >= FEWEST_COUNTED:
            return COUNTED
        if alike > MOST_ALIKE or not any(self.pieces[index].text for index in box.members):
            return ""
        if self._is_pressed(box, kept):
            return CONTROLS
        if any(map(self._is_sentence, kept)):
            return ""
        if has_address(box.element):
            return CONTACT
        return PAID if has_paid_link(box.element) else ""

    def _is_of_feed(self, box: _Box, alike: int) -> bool:
        """A line ends in how long ago it was written, behind a name; several such in it, or boxes like it."""
        ends = (part for index in box.members for part in _DIVIDED.split(self.pieces[index].plain)[1:])
        lines = sum(tally_reason(part) == AGO for part in ends)
        return lines > 1 or (lines == 1 and alike > 1)

    def _is_pressed(self, box: _Box, kept: Sequence[int]) -> bool:
        """A heading alone may have a button to copy its address; what unfolds may be a sentence of the text."""
        controls = controls_in(box.element)
        if not controls or all(self.pieces[index].kind is BlockKind.HEADING for index in kept):
            return False
        return not any(map(unfolds, controls)) or not any(map(self._is_sentence, kept))

    def _is_sentence(self, index: int) -> bool:
        return self.pieces[index].words >= UNFOLDED and is_told(self.pieces[index])

    def _is_loose(self, box: _Box, kept: Sequence[int]) -> bool:
        """All that it says is loose, and headings; a line right in the text may be a heading, but hardly of parts.

        Many lines one below another are a listing of code, say.
        """
        lines = [index for index in kept if index in self.loose]
        others = [index for index in kept if index not in self.loose]
        many = len(lines) > MOST_LINES and not any(map(ends_in_clock, map(self.pieces.__getitem__, lines)))
        if not lines or many or any(self.pieces[index].kind is not BlockKind.HEADING for index in others):
            return False
        right_in_text = len(kept) == 1 and self.pieces[kept[0]].element is box.element
        return not right_in_text or is_of_parts(self.pieces[kept[0]]) or has_empty_place(box.element)

    def _points(self, box: _Box, kept: Sequence[int]) -> bool:
        """No sentence but behind a link, and a line that is a link to another page, or begins with one."""
        leading = {index for index in box.members if self._leads(self.pieces[index])}
        said = (self.pieces[index] for index in kept if index not in leading)
        short = all(piece.words < LINE_WORDS and not is_told(piece) and piece.kind in _PLAIN for piece in said)
        return bool(leading) and short

    def _leads(self, piece: Piece) -> bool:
        """To another page of the site, or to another site by a headline that the line begins with."""
        if piece.kind not in _PLAIN or piece.marker is not None:
            return False
        if piece.is_link:
            return self.links.leads_within(piece)
        headed = count_words(opening_link(piece)) >= MIN_WORDS
        return headed and self.links.leads_away(piece) and not self.links.leads_within(piece)

    def _is_orphan(self, box: _Box, kept: Sequence[int]) -> bool:
        """Only labels are left of it."""
        beside = [index for index in box.members if index not in kept and self.pieces[index].text]
        went = [index for index in beside if self.pieces[index].mark not in (HEADER, CAPTION)]
        led = any(self.pieces[index].hrefs or index in self.gone for index in went)
        return led and len(went) == len(beside) and all(_is_label(self.pieces[index]) for index in kept)


def _is_label(piece: Piece) -> bool:
    return piece.words <= LABEL_WORDS and not is_told(piece) and piece.kind in _PLAIN and piece.element.tag != "p"
