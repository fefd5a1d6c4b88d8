"""The DOM cut into typed pieces of text and pictures, in the order in which a reader meets them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from unicodedata import is_normalized, normalize

from lxml.html import HtmlElement

from storage.letters import letters
from storage.records import BlockKind

HEADER = "header"  # the mark of headline, byline, dateline, tags: fields of their own
_SKIPPED_TAGS = (
    "script style noscript template svg math iframe object embed head select option textarea input button "
    "canvas audio video map dialog datalist meter progress link meta track"
)
_SKIPPED = frozenset(_SKIPPED_TAGS.split())
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr data output picture source"
)
_INLINE = frozenset(_INLINE_TAGS.split())
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    "blockquote": BlockKind.QUOTE,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
}
_MAY_BE_OPEN = frozenset(("button", "dialog", "object", "audio", "video", "map"))
_IMAGES = frozenset(("img", "amp-img"))
LINK = 0.8  # share of a line's characters that makes it a link
_BREAK = "\x1f"  # stands for <br>; the tree holds no control characters
_UNSPACED = re.compile("[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_UNSEEN = ("\u00ad", "\u200b", "\u2060", "\ufeff")  # soft hyphen, and no width; joiners change how letters look


Path = tuple[HtmlElement, ...]


@dataclass(frozen=True, kw_only=True, eq=False)  # without slots: `key` is kept once it was asked for
class Piece:
    """A run of text, or a picture (`picture` true, `text` empty).

    `element` is the nearest block-level element, or the image itself; `path` holds the block-level elements around
    it, outermost first, its own last. `linked` counts the characters of `text`
    inside links, `emphasised` those in `em` and `i`, `strong` those in `b` and `strong`; `hrefs` are the links'
    targets as written. `mark` is what the mark-up says of the outermost marked element around it, `marker`.
    """

    kind: BlockKind
    text: str
    element: HtmlElement
    path: Path = ()
    words: int = 0
    picture: bool = False
    linked: int = 0
    emphasised: int = 0
    strong: int = 0
    hrefs: tuple[str, ...] = ()
    mark: str = ""
    marker: HtmlElement | None = None

    @property
    def link_share(self) -> float:
        return self.linked / max(1, len(self.text))

    @property
    def is_link(self) -> bool:
        """A link and no sentence with one."""
        return self.link_share >= LINK and bool(self.hrefs)

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @cached_property
    def key(self) -> str:
        return text_key(self.text)


def count_words(text: str) -> int:
    """Words; where a script writes none apart, two characters count as one."""
    return len(text.split()) + (0 if text.isascii() else len(_UNSPACED.findall(text)) // 2)


def text_key(text: str) -> str:
    """The letters and digits of a text, folded, for finding the same text again."""
    return letters(text)


def fold(text: str) -> str:
    """White space folded, nothing else changed."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """A text as phrases are looked for in it: without characters that nobody sees, its accents composed."""
    if text.isascii():
        return text
    for unseen in _UNSEEN:
        if unseen in text:
            text = text.replace(unseen, "")
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def segment(root: HtmlElement, marks: Mapping[HtmlElement, str]) -> list[Piece]:
    """The pieces of a tree; `marks` says of elements what they are (a caption, a related-links block, ...)."""
    walker = _Walker(marks)
    walker.visit(root, (root,), BlockKind.PARAGRAPH, None)
    walker.flush()
    return walker.pieces


class _Walker:
    """Collects inline text until a block-level boundary; recursion is bounded by the tree's depth."""

    def __init__(self, marks: Mapping[HtmlElement, str]) -> None:
        self.pieces: list[Piece] = []
        self.marks = marks
        self.path: Path = ()
        self.kind = BlockKind.PARAGRAPH
        self.marker: HtmlElement | None = None
        self.links: list[str] = []
        self.depth = dict.fromkeys(_COUNTED.values(), 0)
        self.start()

    def start(self) -> None:
        self.parts: list[str] = []
        self.broken = -1  # where the last break is in `parts`
        self.hrefs: dict[str, None] = {}  # a set in order; a paragraph may hold 100,000 links
        self.counts: dict[str, int] = {}

    def visit(self, element: HtmlElement, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        """Add one element and what is in it, not the text after it."""
        tag = element.tag
        if tag == "br":
            self.add_break()
        elif tag in _IMAGES:
            self.add_picture(element, path, marker)
        elif tag in _INLINE:
            self.visit_inline(element, path, kind, marker)
        elif isinstance(tag, str) and (tag not in _SKIPPED or _is_left_open(element)):
            self.visit_block(element, path, kind, marker if marker is not None else self.marked(element))

    def visit_inline(self, element: HtmlElement, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        """Inline elements only count, but one with a mark of its own is cut out of the text around it."""
        own = self.marked(element) if marker is None else None
        counted = _COUNTED.get(element.tag, "")
        if own is not None:
            self.flush()
        if counted:
            self.depth[counted] += 1
            self.links.append(element.get("href") or "")
        self.visit_children(element, path, kind, marker if own is None else own)
        if counted:
            self.depth[counted] -= 1
            self.links.pop()
        if own is not None:
            self.flush()

    def visit_block(self, element: HtmlElement, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        self.flush()
        path = (*path, element)
        if element.tag == "table" and is_data_table(element):
            self.add_rows(element, path, marker)
        else:
            self.visit_children(element, path, _KINDS.get(element.tag, kind), marker)
        self.flush()

    def visit_children(self, element: HtmlElement, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        if text := element.text:
            self.add_text(text, path, kind, marker)
        for child in element:
            self.visit(child, path, kind, marker)
            if text := child.tail:
                self.add_text(text, path, kind, marker)

    def add_text(self, text: str, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        if not self.parts and text.isspace():
            return
        self.parts.append(text)
        if length := len(text.strip()):
            self.path, self.kind, self.marker = path, kind, marker
            if self.links:
                for name, depth in self.depth.items():
                    if depth:
                        self.counts[name] = self.counts.get(name, 0) + length
                self.hrefs |= dict.fromkeys(filter(None, self.links))

    def add_break(self) -> None:
        """Two breaks with nothing between them end a paragraph, one is white space."""
        if self.broken >= 0 and not any(part.strip() for part in self.parts[self.broken + 1 :]):
            self.flush()
        else:
            self.broken = len(self.parts)
            self.parts.append(_BREAK)

    def add_picture(self, element: HtmlElement, path: Path, marker: HtmlElement | None) -> None:
        self.flush()
        marker = marker if marker is not None else self.marked(element)
        self.add_piece(BlockKind.PARAGRAPH, "", element, path, marker, picture=True)

    def add_rows(self, table: HtmlElement, path: Path, marker: HtmlElement | None) -> None:
        for row in table.iter("tr"):
            cells = [fold("".join(cell.itertext())) for cell in row.iterchildren("td", "th")]
            if any(cells):
                links = list(row.iter("a"))
                self.hrefs = dict.fromkeys(href for link in links if (href := link.get("href")))
                self.counts["linked"] = sum(len(fold("".join(link.itertext()))) for link in links)
                own = marker if marker is not None else self.marked(row)
                self.add_piece(BlockKind.TABLE_ROW, " | ".join(cells), row, (*path, row), own)

    def marked(self, element: HtmlElement) -> HtmlElement | None:
        return element if element in self.marks else None

    def flush(self) -> None:
        if not self.parts:
            return
        text = fold("".join(self.parts).replace(_BREAK, " "))
        if text and self.path:
            self.add_piece(self.kind, text, self.path[-1], self.path, self.marker)
        else:
            self.start()

    def add_piece(
        self,
        kind: BlockKind,
        text: str,
        element: HtmlElement,
        path: Path,
        marker: HtmlElement | None,
        *,
        picture: bool = False,
    ) -> None:
        self.pieces.append(
            Piece(
                kind=kind,
                text=text,
                element=element,
                path=path,
                words=count_words(text),
                picture=picture,
                hrefs=tuple(self.hrefs),
                mark="" if marker is None else self.marks[marker],
                marker=marker,
                **{name: min(len(text), count) for name, count in self.counts.items()},
            )
        )
        self.start()


_COUNTED = {"a": "linked", "em": "emphasised", "i": "emphasised", "b": "strong", "strong": "strong"}


def _is_left_open(element: HtmlElement) -> bool:
    """A button or the like that was never closed holds the rest of the page."""
    return element.tag in _MAY_BE_OPEN and next(element.iter("article", "main", "h1"), None) is not None


def is_data_table(table: HtmlElement) -> bool:
    """Rows and columns of short texts; a table that only lays out the page is read as its contents."""
    if next(table.iterdescendants("table", "img", "h1", "h2"), None) is not None:
        return False
    rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
    if len(rows) < 2 or max(rows, default=0) < 2:
        return False
    return all(len("".join(cell.itertext())) < 600 for cell in table.iter("td"))
