"""How a reader meets each element: within a line, as a block, as a picture, as a table of data, or not at all."""

import re
from itertools import islice

from lxml.html import HtmlElement

from storage.records import BlockKind

_SKIPPED_TAGS = (
    "script style noscript template svg math iframe object embed head select option textarea input button "
    "canvas audio video map dialog datalist meter progress link meta track"
)
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr data output picture source"
)
INLINE, SKIPPED, IMAGE, BREAK = "inline", "skipped", "image", "break"
# how each tag is met; all others are block-level
HOW = {
    **dict.fromkeys(_INLINE_TAGS.split(), INLINE),
    **dict.fromkeys(_SKIPPED_TAGS.split(), SKIPPED),
    **dict.fromkeys(("img", "amp-img"), IMAGE),
    "br": BREAK,
}
KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "blockquote": BlockKind.QUOTE,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
}
ARTICLE_PARAGRAPHS = 6
_MAY_BE_OPEN = frozenset(("button", "dialog", "object", "audio", "video", "map"))
_BLOCK_STYLE = re.compile(r"display\s*:\s*block\b", re.IGNORECASE)


def is_drawn_as_block(element: HtmlElement) -> bool:
    style = element.get("style")
    return bool(style) and _BLOCK_STYLE.search(style) is not None


def is_left_open(element: HtmlElement) -> bool:
    """A button or the like that was never closed holds the rest of the page; one may hold a picture, to enlarge it."""
    return element.tag in _MAY_BE_OPEN and next(element.iter("article", "main", "h1", "figcaption"), None) is not None


def holds_an_article(item: HtmlElement) -> bool:
    """Whether an item of a list holds as many paragraphs as an article does: the list only lays out the page."""
    return sum(1 for _ in islice(item.iter("p"), ARTICLE_PARAGRAPHS)) == ARTICLE_PARAGRAPHS


def is_data_table(table: HtmlElement) -> bool:
    """Rows and columns of short texts; a table that only lays out the page is read as its contents."""
    if next(table.iterdescendants("table", "img", "h1", "h2"), None) is not None:
        return False
    rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
    if len(rows) < 2 or max(rows, default=0) < 2:
        return False
    return all(len(" ".join("".join(cell.itertext()).split())) < 600 for cell in table.iter("td"))
