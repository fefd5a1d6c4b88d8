"""The DOM cut into typed pieces of text and pictures, in the order in which a reader meets them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from storage.records import BlockKind

_SKIPPED = frozenset(
    "script style noscript template svg math iframe object embed head select option textarea input button "
    "canvas audio video map dialog datalist meter progress link meta source track".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr data output picture".split()
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "blockquote": BlockKind.QUOTE,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
}
_IMAGES = frozenset(("img", "amp-img"))
_BREAK = "\x1f"  # stands for <br>; the tree holds no control characters
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """A run of text, or a picture (`picture` true, `text` empty).

    `element` is the nearest block-level element, or the image itself. `linked` counts the characters of `text`
    inside links, `emphasised` those in `em` and `i`, `strong` those in `b` and `strong`; `hrefs` are the links'
    targets as written. `mark` is what the mark-up says of an element around it, the outermost one first.
    """

    kind: BlockKind
    text: str
    element: HtmlElement
    picture: bool = False
    linked: int = 0
    emphasised: int = 0
    strong: int = 0
    hrefs: tuple[str, ...] = ()
    mark: str = ""

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def link_share(self) -> float:
        return self.linked / max(1, len(self.text))

    @property
    def key(self) -> str:
        return text_key(self.text)


def text_key(text: str) -> str:
    """The letters and digits of a text, folded, for finding the same text again."""
    return "".join(_LETTERS.findall(text)).casefold()


def fold(text: str) -> str:
    """White space folded, nothing else changed."""
    return " ".join(text.split())


def segment(root: HtmlElement, marks: Mapping[HtmlElement, str]) -> list[Piece]:
    """The pieces of a tree; `marks` says of elements what they are (a caption, a related-links block, ...)."""
    walker = _Walker(marks)
    walker.visit(root, root, BlockKind.PARAGRAPH, "")
    walker.flush()
    return walker.pieces


class _Walker:
    """Collects inline text until a block-level boundary; recursion is bounded by the tree's depth."""

    def __init__(self, marks: Mapping[HtmlElement, str]) -> None:
        self.pieces: list[Piece] = []
        self.marks = marks
        self.block: HtmlElement | None = None
        self.kind = BlockKind.PARAGRAPH
        self.mark = ""
        self.links: list[str] = []
        self.depth = dict.fromkeys(_COUNTED.values(), 0)
        self.start()

    def start(self) -> None:
        self.parts: list[str] = []
        self.hrefs: list[str] = []
        self.counts = dict.fromkeys(_COUNTED.values(), 0)

    def visit(self, element: HtmlElement, block: HtmlElement, kind: BlockKind, mark: str) -> None:
        """Add one element and what is in it, not the text after it."""
        tag = element.tag
        if tag == "br":
            self.add_break()
        elif tag in _IMAGES:
            self.add_picture(element, mark)
        elif tag in _INLINE:
            self.visit_inline(element, block, kind, mark)
        elif tag not in _SKIPPED and isinstance(tag, str):
            self.visit_block(element, kind, mark or self.marks.get(element, ""))

    def visit_inline(self, element: HtmlElement, block: HtmlElement, kind: BlockKind, mark: str) -> None:
        """Inline elements only count, but one with a mark of its own is cut out of the text around it."""
        own = "" if mark else self.marks.get(element, "")
        counted = _COUNTED.get(element.tag, "")
        if own:
            self.flush()
        if counted:
            self.depth[counted] += 1
            self.links.append(element.get("href") or "")
        self.visit_children(element, block, kind, mark or own)
        if counted:
            self.depth[counted] -= 1
            self.links.pop()
        if own:
            self.flush()

    def visit_block(self, element: HtmlElement, kind: BlockKind, mark: str) -> None:
        self.flush()
        if element.tag == "table" and is_data_table(element):
            self.add_rows(element, mark)
        else:
            self.visit_children(element, element, _KINDS.get(element.tag, kind), mark)
        self.flush()

    def visit_children(self, element: HtmlElement, block: HtmlElement, kind: BlockKind, mark: str) -> None:
        self.add_text(element.text, block, kind, mark)
        for child in element:
            self.visit(child, block, kind, mark)
            self.add_text(child.tail, block, kind, mark)

    def add_text(self, text: str | None, block: HtmlElement, kind: BlockKind, mark: str) -> None:
        if not text:
            return
        self.parts.append(text)
        if length := len(text.strip()):
            self.block, self.kind, self.mark = block, kind, mark
            for name, depth in self.depth.items():
                if depth:
                    self.counts[name] += length
            self.hrefs.extend(href for href in self.links if href and href not in self.hrefs)

    def add_break(self) -> None:
        """Two breaks with nothing between them end a paragraph, one is white space."""
        since = "".join(self.parts).rpartition(_BREAK)
        if since[1] and not since[2].strip():
            self.flush()
        else:
            self.parts.append(_BREAK)

    def add_picture(self, element: HtmlElement, mark: str) -> None:
        self.flush()
        mark = mark or self.marks.get(element, "")
        self.pieces.append(Piece(kind=BlockKind.PARAGRAPH, text="", element=element, picture=True, mark=mark))

    def add_rows(self, table: HtmlElement, mark: str) -> None:
        for row in table.iter("tr"):
            cells = [fold("".join(cell.itertext())) for cell in row.iterchildren("td", "th")]
            if any(cells):
                self.pieces.append(_row(row, " | ".join(cells), mark or self.marks.get(row, "")))

    def flush(self) -> None:
        text = fold("".join(self.parts).replace(_BREAK, " "))
        if text and self.block is not None:
            counts = {name: min(len(text), count) for name, count in self.counts.items()}
            self.pieces.append(
                Piece(
                    kind=self.kind, text=text, element=self.block, hrefs=tuple(self.hrefs), mark=self.mark, **counts
                )
            )
        self.start()


_COUNTED = {"a": "linked", "em": "emphasised", "i": "emphasised", "b": "strong", "strong": "strong"}


def _row(row: HtmlElement, text: str, mark: str) -> Piece:
    links = list(row.iter("a"))
    linked = sum(len(fold("".join(link.itertext()))) for link in links)
    hrefs = tuple(href for link in links if (href := link.get("href")))
    return Piece(kind=BlockKind.TABLE_ROW, text=text, element=row, linked=linked, hrefs=hrefs, mark=mark)


def is_data_table(table: HtmlElement) -> bool:
    """Rows and columns of short texts; a table that only lays out the page is read as its contents."""
    if next(table.iterdescendants("table", "img", "h1", "h2"), None) is not None:
        return False
    rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
    if len(rows) < 2 or max(rows, default=0) < 2:
        return False
    return all(len("".join(cell.itertext())) < 600 for cell in table.iter("td"))
