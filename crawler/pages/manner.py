"""How a piece is written, where it stands and how it ends: its family of elements, its container, posts, sentences."""

import re

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from storage.comparison.sentences import is_ended
from storage.records import BlockKind

Family = tuple[str, str, str, str]
ENOUGH_ALIKE = 4  # pieces in containers of one name
ROWS = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
SET_APART = (*ROWS, BlockKind.HEADING)
_LISTING = frozenset(["ul", "ol", "dl", "table", "tbody", "thead", "tr", "td", "blockquote", "li"])
_POST = re.compile(r"twitter-tweet|bluesky-embed|mastodon-embed|tiktok-embed|instagram-media|threads")


def family(piece: Piece) -> Family:
    """How an element is written: its tag and class, and its parent's."""
    element, parent = piece.element, piece.element.getparent()
    above = ("", "") if parent is None else (parent.tag, _first_class(parent))
    return (element.tag, _first_class(element), *above)


def _first_class(element: HtmlElement) -> str:
    return next(iter(element.get("class", "").split()), "")


def home(piece: Piece) -> HtmlElement | None:
    """The container that a piece stands in, lists, tables and quotations passed over."""
    return next((element for element in piece.path[-2::-1] if element.tag not in _LISTING), None)


def name_of(element: HtmlElement | None) -> tuple[str, str]:
    return ("", "") if element is None else (element.tag, _first_class(element))


def is_posted(piece: Piece) -> bool:
    """Whether it is of somebody's post that the article shows."""
    return piece.kind is BlockKind.QUOTE and any(
        element.tag == "blockquote" and _POST.search(element.get("class", "")) for element in piece.path
    )


def is_told(piece: Piece) -> bool:
    """Whether it is a sentence of some length, and hardly a link."""
    return piece.words >= 6 and is_ended(piece.text) and piece.link_share < 0.3


def announces(piece: Piece) -> bool:
    """Whether it ends in a colon, as what is to be followed by something does."""
    return piece.plain.rstrip().endswith((":", "："))
