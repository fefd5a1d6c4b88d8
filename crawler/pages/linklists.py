"""Lists among the pieces of a page of which every item is only a link: other articles, or the places of this one."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.manner import announces

CONTENTS, LINKS = "table of contents", "list of links"
FEWEST_PLACES = 3  # in a table of contents
FEWEST_WORDS = 4  # of the longest item: shorter ones are names, or sections of the site
LABEL_WORDS = 4  # of a line that stands over such a list


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
        outer = next((element for element in pieces[index].path if element.tag in ("ul", "ol")), None)
        if outer is not box:
            if members:
                yield members
            box, members = outer, []
        if box is not None:
            members.append(index)
    if members:
        yield members


def _kind(items: Sequence[Piece]) -> str:
    if not all(item.is_link for item in items):
        return ""
    within = sum(all(href.startswith("#") for href in item.hrefs) for item in items)
    if within == len(items):
        return CONTENTS if within >= FEWEST_PLACES else ""
    return LINKS if within == 0 and max(item.words for item in items) >= FEWEST_WORDS else ""


def _is_label(piece: Piece, why: str) -> bool:
    """A short line that announces the list: one that ends in a colon, or a heading over a table of contents."""
    return piece.words <= LABEL_WORDS and (why == CONTENTS or announces(piece))
