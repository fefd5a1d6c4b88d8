"""The DOM cut into typed pieces of text and pictures, in the order in which a reader meets them."""

from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from crawler.pages.blocks import CAPTION, HEADER, Path, Piece, fold, text_key
from crawler.pages.tagkinds import (
    BREAK,
    HOW,
    IMAGE,
    INLINE,
    KINDS,
    SKIPPED,
    holds_an_article,
    is_data_table,
    is_drawn_as_block,
    is_left_open,
)
from storage.letters import count_unspaced
from storage.records import BlockKind


def segment(root: HtmlElement, marks: Mapping[HtmlElement, str]) -> list[Piece]:
    """The pieces of a tree; `marks` says of elements what they are (a caption, a related-links block, ...)."""
    walker = _Walker(marks)
    walker.visit_children(root, (root,), BlockKind.PARAGRAPH, walker.own_mark(root, None))
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
        self.start_run()

    def start_run(self) -> None:
        self.parts: list[str] = []
        self.spans: list[tuple[int, int]] = []  # of inline elements, in `parts`
        self.begun = 0  # where the piece begins in `parts`
        self.first: Piece | None = None  # of this run
        self.start_piece()

    def start_piece(self) -> None:
        self.broken = -1  # where the last break is in `parts`
        self.hrefs: dict[str, None] = {}  # a set in order; a paragraph may hold 100,000 links
        self.counts: dict[str, int] = {}

    def visit_children(self, element: HtmlElement, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        """Add what is in an element; called for every element, so what each child is is looked up but once."""
        if text := element.text:
            self.add_text(text, path, kind, marker)
        for child in element:
            tag = child.tag
            how = HOW.get(tag)
            if how is INLINE and not is_drawn_as_block(child):
                self.visit_inline(child, path, kind, marker)
            elif how is BREAK:
                self.add_break()
            elif how is IMAGE:
                self.add_picture(child, path, marker)
            elif (how is None and isinstance(tag, str)) or how is INLINE or (how is SKIPPED and is_left_open(child)):
                inside = BlockKind.PARAGRAPH if tag == "li" and holds_an_article(child) else KINDS.get(tag, kind)
                self.visit_block(child, (*path, child), inside, marker)
            if text := child.tail:
                self.add_text(text, path, kind, marker)

    def visit_inline(self, element: HtmlElement, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        """Inline elements only count, but one with a mark of its own is cut out of the text around it."""
        own = self.own_mark(element, marker) if element in self.marks else None
        counted = _COUNTED.get(element.tag, "")
        if own is not None:
            self.end_piece()
        if counted:
            self.depth[counted] += 1
            self.links.append(element.get("href") or "")
        parts, start = self.parts, len(self.parts)
        self.visit_children(element, path, kind, marker if own is None else own)
        if parts is self.parts and len(parts) > start + 1:
            self.spans.append((start, len(parts)))
        if counted:
            self.depth[counted] -= 1
            self.links.pop()
        if own is not None:
            self.end_piece()

    def visit_block(self, element: HtmlElement, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        if self.parts:
            self.flush()
        if element in self.marks:  # few are
            own = self.own_mark(element, marker)
            marker = marker if own is None else own
        if element.tag == "table" and is_data_table(element):
            self.add_rows(element, path, marker)
        else:
            self.visit_children(element, path, kind, marker)
        if self.parts:
            self.flush()

    def add_text(self, text: str, path: Path, kind: BlockKind, marker: HtmlElement | None) -> None:
        blank = text.isspace()
        if blank and len(self.parts) == self.begun:
            return
        self.parts.append(text)
        if not blank:
            self.path, self.kind, self.marker = path, kind, marker
            if self.links:
                self.count(len(text.strip()))

    def count(self, length: int) -> None:
        """So many characters stand in the elements that are open."""
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
            self.parts.append("\n")

    def add_picture(self, element: HtmlElement, path: Path, marker: HtmlElement | None) -> None:
        self.flush()
        own = self.own_mark(element, marker)
        marker = marker if own is None else own
        self.add_piece(BlockKind.PARAGRAPH, [], element, path, marker, picture=True)

    def add_rows(self, table: HtmlElement, path: Path, marker: HtmlElement | None) -> None:
        for row in table.iter("tr"):
            cells = [fold("".join(cell.itertext())) for cell in row.iterchildren("td", "th")]
            if any(cells):
                links = list(row.iter("a"))
                self.hrefs = dict.fromkeys(href for link in links if (href := link.get("href")))
                self.counts["linked"] = sum(len(fold("".join(link.itertext()))) for link in links)
                own = self.own_mark(row, marker)
                marked = marker if own is None else own
                self.add_piece(BlockKind.TABLE_ROW, " | ".join(cells).split(), row, (*path, row), marked)

    def own_mark(self, element: HtmlElement, marker: HtmlElement | None) -> HtmlElement | None:
        """The element if its own mark counts for what is in it; `marker` is the marked element around it."""
        if element not in self.marks:
            return None
        if marker is None:
            return element
        boxed = self.marks[marker] == CAPTION and self.marks[element] not in (CAPTION, HEADER)
        return element if boxed else None

    def flush(self) -> None:
        """The run of text has come to its end, and with it its last piece."""
        if not self.parts:
            return
        cut = self.begun > 0
        self.end_piece()
        if self.first is not None and (cut or len(self.parts) > 1):
            self.first.parts = self.inner_texts()
            self.first.whole = fold("".join(self.parts)) if cut else ""
        self.start_run()

    def inner_texts(self) -> tuple[str, ...]:
        """What single inline elements of the run say, and what stands between them."""
        spans = ("".join(self.parts[start:end]) for start, end in self.spans)
        return tuple(text for text in (*self.parts, *spans) if not text.isspace())

    def end_piece(self) -> None:
        """What has come since the last piece is one, if it says anything."""
        words = "".join(self.parts[self.begun :] if self.begun else self.parts).split()
        self.begun = len(self.parts)
        if words and self.path:
            self.add_piece(self.kind, words, self.path[-1], self.path, self.marker)
            if self.first is None:
                self.first = self.pieces[-1]
            else:
                self.pieces[-1].goes_on = True
        else:
            self.start_piece()

    def add_piece(
        self,
        kind: BlockKind,
        words: Sequence[str],
        element: HtmlElement,
        path: Path,
        marker: HtmlElement | None,
        *,
        picture: bool = False,
    ) -> None:
        text = " ".join(words)
        piece = Piece(
            kind=kind,
            text=text,
            key=text_key(text),
            element=element,
            path=path,
            words=len(words) + count_unspaced(text),
            picture=picture,
            hrefs=tuple(self.hrefs),
            mark="" if marker is None else self.marks[marker],
            marker=marker,
            linked=min(len(text), self.counts.get("linked", 0)),
            emphasised=min(len(text), self.counts.get("emphasised", 0)),
            strong=min(len(text), self.counts.get("strong", 0)),
        )
        self.pieces.append(piece)
        self.start_piece()


_COUNTED = {"a": "linked", "em": "emphasised", "i": "emphasised", "b": "strong", "strong": "strong"}
