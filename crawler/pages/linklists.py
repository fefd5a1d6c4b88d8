"""Lists among the pieces of a page whose items are links, at most with a date or price behind: what they lead to."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.labels import opening_link
from crawler.pages.manner import announces
from storage.records import BlockKind

CONTENTS, LINKS, LANGUAGES = "table of contents", "list of links", "other languages of the page"
FEWEST_PLACES = 3  # in a table of contents
FEWEST_WORDS = 4  # of the longest item: shorter ones are names, or sections of the site
LABEL_WORDS = 4  # of a line that stands over such a list
LONG_LABEL = 8  # of one that is an item itself
STATED_WORDS = 6  # of a date or price behind a link
FEWEST_LED = 2  # items of a link and what is stated of it
_DIGIT = re.compile(r"\d")
_LISTS = frozenset(("ul", "ol", "dl"))


def find_link_lists(pieces: Sequence[Piece], usable: AbstractSet[int]) -> dict[int, str]:
    """Index of each piece of such a list, and of the label over it -> what it is."""
    found: dict[int, str] = {}
    for members in _lists(pieces, sorted(usable)):
        why = _kind([pieces[index] for index in members])
        if why:
            found |= dict.fromkeys(members, why)
            label = members[0] - 1
            if label in usable and _is_label(pieces[label], why):
                found[label] = why
    return found


def _lists(pieces: Sequence[Piece], usable: Sequence[int]) -> Iterator[list[int]]:
    """The pieces of each outermost list."""
    box: HtmlElement | None = None
    members: list[int] = []
    for index in usable:
        outer = next((element for element in pieces[index].path if element.tag in _LISTS), _table(pieces[index]))
        if outer is not box:
            if members:
                yield members
            box, members = outer, []
        if box is not None:
            members.append(index)
    if members:
        yield members


def _names_language(item: Piece) -> bool:
    return any(link.get("hreflang") for link in item.element.iter("a"))


def _table(piece: Piece) -> HtmlElement | None:
    """The table that a row, or what is right in a cell, stands in."""
    held = piece.kind is BlockKind.TABLE_ROW or piece.element.tag == "td"
    return next((element for element in reversed(piece.path if held else ()) if element.tag == "table"), None)


def _kind(items: Sequence[Piece]) -> str:
    if not all(item.is_link for item in items):
        return LINKS if _are_led(items) else ""
    if len(items) > 1 and all(_names_language(item) for item in items):
        return LANGUAGES
    within = sum(all(href.startswith("#") for href in item.hrefs) for item in items)
    if within == len(items):
        return CONTENTS if within >= FEWEST_PLACES else ""
    return LINKS if within == 0 and max(item.words for item in items) >= FEWEST_WORDS else ""


def _are_led(items: Sequence[Piece]) -> bool:
    """Each begins with a link as long as a headline, and ends in a date or a price; a label may stand over them."""
    below = items[1:] if not items[0].hrefs and items[0].words <= LONG_LABEL else items
    return len(below) >= FEWEST_LED and all(map(_is_led, below))


def _is_led(item: Piece) -> bool:
    if len(item.hrefs) != 1 or item.hrefs[0].startswith("#"):
        return False
    link = opening_link(item)
    stated = item.plain[len(link) :]
    return (
        len(link.split()) >= FEWEST_WORDS
        and len(stated.split()) <= STATED_WORDS
        and (item.is_link or bool(_DIGIT.search(stated)))
    )


def _is_label(piece: Piece, why: str) -> bool:
    """A short line that announces the list: one that ends in a colon, or a heading over a table of contents."""
    return piece.words <= LABEL_WORDS and (why == CONTENTS or announces(piece))
