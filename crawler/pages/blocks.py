"""The pieces of text and pictures that a page is cut into, and their texts in the forms that they are compared in."""

from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from storage.letters import compose, letters
from storage.records import BlockKind

HEADER = "header"  # the mark of headline, byline, dateline, tags: fields of their own
CAPTION = "caption"
LINK = 0.8  # share of a line's characters that makes it a link
_UNSEEN = ("\u00ad", "\u200b", "\u2060", "\ufeff")  # soft hyphen, and no width; joiners change how letters look

Path = tuple[HtmlElement, ...]


@dataclass(kw_only=True, eq=False)  # made by the thousand: a frozen one takes thrice the time to make
class Piece:
    """A run of text, or a picture (`picture` true, `text` empty); never changed once the walk is over.

    `key` holds the letters of `text`. A run of text that marks have cut makes several pieces, of which all but the
    first say so (`goes_on`); the first one has the run's text as `whole`. `parts` are the texts of the inline elements
    in the run, and what stands between them.
    `element` is the nearest block-level element, or the image itself; `path` holds the block-level elements around
    it, outermost first, its own last. `linked` counts the characters of `text`
    inside links, `emphasised` those in `em` and `i`, `strong` those in `b` and `strong`; `hrefs` are the links'
    targets as written. `mark` is what the mark-up says of the outermost marked element around it, `marker`; a
    box within a caption is no part of it.
    """

    kind: BlockKind
    text: str
    key: str
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
    parts: tuple[str, ...] = ()
    whole: str = ""
    goes_on: bool = False

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
    return compose(text)
