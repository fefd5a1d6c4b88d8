"""A page that is looked at for what its reading lacks: its pieces, which of them are read, what others hold too."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, text_key
from crawler.pages.header import in_teaser
from crawler.pages.lines import is_aside
from crawler.pages.metadata import Metadata
from crawler.pages.segmenting import segment
from crawler.pages.times import Habits, find_moment
from storage.letters import count_words
from storage.records import Reading

LINK_HEAVY, LINK_WORDS, LINKED_WORDS = 0.6, 4, 12  # of a piece, and the words of a box of such


class Look:
    """One page, what it reads as, and its pieces; `shared` are keys of texts that other articles' bodies hold too."""

    def __init__(
        self, root: HtmlElement, meta: Metadata, reading: Reading, habits: Habits, shared: AbstractSet[str]
    ) -> None:
        self.root, self.meta, self.reading, self.habits, self.shared = root, meta, reading, habits, shared
        article = reading.article
        self.lead = article.lead if article else ""
        self.body = frozenset(text_key(block.text) for block in article.body) if article else frozenset()
        self.words = sum(count_words(block.text) for block in article.body) if article else 0

    @cached_property
    def pieces(self) -> list[Piece]:
        return [piece for piece in segment(self.root, {}) if not piece.picture]

    @cached_property
    def around(self) -> frozenset[HtmlElement]:
        """What holds the headline, or all pieces of the body where no heading shows it."""
        shown = [element for element in self.meta.elements if _same(element, self.meta.title)]
        return frozenset(up for element in shown[:1] for up in element.iterancestors())

    @cached_property
    def whole(self) -> str:
        """The key of all that is read as text."""
        article = self.reading.article
        return (
            text_key(" ".join((article.lead, *article.captions, *(block.text for block in article.body))))
            if article
            else ""
        )

    def has(self, piece: Piece) -> bool:
        """Whether a piece is read, maybe as a part of a block or of several."""
        return piece.key in self.whole

    def states_time(self, text: str) -> bool:
        """Whether a short text is mostly a time."""
        return len(text.split()) <= 15 and find_moment(text, self.habits) is not None

    def is_apart(self, element: HtmlElement) -> bool:
        """Whether an element belongs to the site's frame or to another article."""
        return is_aside(element, self.around) or in_teaser(element, self.around)


def _same(element: HtmlElement, text: str) -> bool:
    return bool(text) and text_key(text) in text_key(element.text_content())


def suspicious_keys(look: Look) -> frozenset[str]:
    """The texts of a body that may go without loss: links, and what other articles hold too."""
    linked = {piece.key for piece in look.pieces if piece.link_share >= LINK_HEAVY}
    return frozenset(key for key in look.body if key in look.shared or key in linked)


def shared_keys(readings: Sequence[Reading]) -> frozenset[str]:
    """Texts of four words or more that stand in the bodies of two articles or more.

    Captures of one article are told from two articles by their titles.
    """
    found: dict[str, set[str]] = {}
    for article in (reading.article for reading in readings if reading.article):
        for block in article.body:
            if count_words(block.text) >= LINK_WORDS:
                found.setdefault(text_key(block.text), set()).add(text_key(article.title))
    return frozenset(key for key, titles in found.items() if len(titles) > 1)
