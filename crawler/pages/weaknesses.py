"""Where the reading of a page looks weak, and which elements of it would do better."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from lxml.html import HtmlElement
from rapidfuzz import fuzz

from crawler.pages.authormarks import is_marked
from crawler.pages.blocks import Piece, text_key
from crawler.pages.credits import SAYS_BY
from crawler.pages.header import in_teaser
from crawler.pages.kickers import visible_text
from crawler.pages.lead import is_named
from crawler.pages.lines import is_aside, labels
from crawler.pages.looks import LINK_HEAVY, LINK_WORDS, LINKED_WORDS, Look
from crawler.pages.machinetimes import machine_moment
from crawler.pages.times import find_moment
from storage.records import BlockKind

PROSE_WORDS, PROSE_LINKS = 12, 0.3  # a piece with so many words, and fewer of its characters in links, is written text
LONG_BODY = 150  # words
MISSED_WORDS, MISSED_SHARE = 40, 0.25  # of the text in a container; less is not worth a rule
MOST_DROPS, MOST_PARTS = 4, 3  # boxes of one page, and parts of a body that are named one by one
LONGEST_BYLINE = 8  # words
_NOT_TEXT = ("related links", "comments", "footer", "cookie", "navigation", "site rule", "caption", "hidden")
_TITLED = re.compile(r"title|headline|tieu-?de", re.IGNORECASE)
_AUTHORED = re.compile(r"author|byline|writer|tac-?gia|aut(?:o|eu)r|creator|signature|firma", re.IGNORECASE)
_DATED = re.compile(r"date|time|publish|posted|ngay|gio|datum|fecha", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A weakness of a page, and the elements that a rule for `key` should pick.

    `words` is how many a body rule should add.
    """

    key: str
    why: str
    elements: tuple[HtmlElement, ...]
    words: int = 0


def remedies(look: Look, key: str) -> list[Remedy]:
    """What a rule for one key could mend on a page, the likeliest first."""
    return list(_FINDERS[key](look))


def _body(look: Look) -> Iterator[Remedy]:
    """The container of most written text, where the body lacks much of it."""
    why = {text_key(drop.text): drop.why for drop in look.reading.dropped}
    places = _written(look, why)
    score: Counter[HtmlElement] = Counter()
    for place in places:
        for weight, element in zip((2, 1), reversed(look.pieces[place].path[:-1]), strict=False):
            score[element] += weight * look.pieces[place].words
    box = max(score, key=lambda element: score[element], default=None)
    inside = [place for place in places if box in look.pieces[place].path]
    kept = [place for place in inside if look.has(look.pieces[place])]
    missed = [place for place in inside if not look.has(look.pieces[place])]
    if kept and look.words >= LONG_BODY:
        missed = [place for place in missed if place < kept[-1]]  # below a long body stand comments
    lost = sum(look.pieces[place].words for place in missed)
    words = sum(look.pieces[place].words for place in inside)
    if box is not None and box.tag not in ("body", "html") and lost >= max(MISSED_WORDS, MISSED_SHARE * words):
        left = why.get(look.pieces[missed[0]].key, "")
        held = f"the body has {look.words} words" if look.words else "the body is empty"
        more = f", left out as {left!r}" if left else ""
        why_weak = f"{held}, while one container holds {lost} words more{more}"
        good = {up for place in kept for up in look.pieces[place].path}
        parts = dict.fromkeys(_outermost(look.pieces[place], good) for place in missed)
        inner = tuple(part for part in parts if part is not None)[:MOST_PARTS]
        for elements in ((box,), (box, *inner)):  # with the parts named too, no mark in their names counts
            yield Remedy(key="body", why=why_weak, elements=elements, words=lost)


def _written(look: Look, why: Mapping[str, str]) -> list[int]:
    """Indexes of the pieces that are written text, and that were not left out as something else for good reason."""
    return [
        place
        for place, piece in enumerate(look.pieces)
        if piece.words >= PROSE_WORDS
        and piece.link_share < PROSE_LINKS
        and not why.get(piece.key, "").startswith(_NOT_TEXT)
        and not in_teaser(piece.element, look.around)
    ]


def _lead(look: Look) -> Iterator[Remedy]:
    if look.lead:
        return
    top = next((i for i, piece in enumerate(look.pieces) if piece.key == text_key(look.meta.title)), -1)
    first = next((i for i, piece in enumerate(look.pieces) if i > top and piece.key in look.body), len(look.pieces))
    for piece in look.pieces[top + 1 : first + 3]:
        if not 5 <= piece.words <= 160 or not _stands_apart(look, piece) or look.states_time(piece.text):
            continue
        if any(_says(piece.text, text) for text, _ in look.meta.descriptions):
            why = "the lead is empty, while the meta description stands in a visible block"
            yield Remedy(key="lead", why=why, elements=(piece.element,))
        elif is_named(piece) and top >= 0:
            yield Remedy(key="lead", why="the lead is empty, while a block is named as one", elements=(piece.element,))


def _stands_apart(look: Look, piece: Piece) -> bool:
    """Whether a block is the article's, no heading of it, and made otherwise than the paragraphs of the body."""
    element = piece.element
    if look.is_apart(element) or element.tag in ("h1", "title"):
        return False
    alike = (other for other in look.pieces if other.key in look.body and other is not piece)
    return not any(_make(other.element) == _make(element) for other in alike)


def _make(element: HtmlElement) -> tuple[str, str, HtmlElement | None]:
    return str(element.tag), element.get("class") or "", element.getparent()


def _says(text: str, description: str) -> bool:
    """Whether a text is the description, or goes on where the description was cut off."""
    ours, theirs = text_key(text), text_key(description)
    return len(theirs) >= 30 and len(ours) >= len(theirs) - 5 and fuzz.ratio(ours[: len(theirs)], theirs) >= 92


def _title(look: Look) -> Iterator[Remedy]:
    source = look.reading.sources.get("title", "")
    if " in the page" in source or "site file" in source:
        return
    why = f"no heading was taken for the title, it comes from {source}" if source else "the title is empty"
    named = [
        element
        for element in look.root.iter("h1", "h2", "h3", "div", "p", "span", "b", "strong")
        if (element.tag == "h1" or _TITLED.search(labels(element))) and 3 <= len(visible_text(element).split()) <= 60
    ]
    named = [element for element in named if not is_aside(element, frozenset())]
    for element in named:
        if look.meta.title and fuzz.ratio(text_key(visible_text(element)), text_key(look.meta.title)) >= 85:
            yield Remedy(key="title", why=f"{why}, while an element shows one much like it", elements=(element,))
    headings = [element for element in named if element.tag == "h1"]
    if len(headings) == 1:
        yield Remedy(key="title", why=f"{why}, while the page has one <h1>", elements=(headings[0],))


def _authors(look: Look) -> Iterator[Remedy]:
    if look.reading.article is None or look.reading.article.authors:
        return
    marked = [element for element in look.root.iter("*") if is_marked(element) and not look.is_apart(element)]
    holders = {up for element in marked for up in element.iterancestors()}
    shown = [element for element in marked if element not in holders and _is_byline(look, element)]
    why = "no author is read, while an element is marked as one"
    if len(shown) > 1:
        yield Remedy(key="authors", why=why, elements=tuple(shown))
    yield from (Remedy(key="authors", why=why, elements=(element,)) for element in shown[:2])


def _is_byline(look: Look, element: HtmlElement) -> bool:
    """Whether an element shows a name or the like: capitals, no digits, and more than a link to a profile."""
    text = element.text_content().strip()
    named = _AUTHORED.search(f"{labels(element)} {element.get('rel')} {element.get('itemprop')}")
    return (
        bool(named)
        and len(text.split()) <= LONGEST_BYLINE
        and any(map(str.isalpha, text))
        and not any(map(str.isdigit, text))
        and not (text.isascii() and text.islower())
        and not look.states_time(text)
        and not (SAYS_BY.match(text) and len(text.split()) <= 2)
    )


def _published(look: Look) -> Iterator[Remedy]:
    if look.reading.article is None or look.reading.article.published:
        return
    for element in look.root.iter("time", "span", "div", "p", "li", "em", "small", "b"):
        if len(element) > 3 or (element.tag != "time" and not _DATED.search(labels(element))):
            continue
        text = " ".join(element.text_content().split())
        told = machine_moment(element.get("datetime") or text, look.habits) or find_moment(text[:200], look.habits)
        if told and len(text.split()) <= 15 and not look.is_apart(element):
            yield Remedy(
                key="published", why="no time is read, while an element marked as one states it", elements=(element,)
            )


def _drop(look: Look) -> Iterator[Remedy]:
    """Boxes of the body that are mostly links, and texts that bodies of other articles hold too."""
    kept = [piece for piece in look.pieces if piece.key in look.body]
    linked = {piece for piece in kept if _is_link(piece)}
    again = {piece for piece in kept if piece.key in look.shared and piece.words >= LINK_WORDS}
    good = {up for piece in kept if piece not in linked | again for up in piece.path}
    for pieces, why, least in (
        (again, "text that stands in other articles too is read as body", LINK_WORDS),
        (linked, "links are read as body", LINKED_WORDS),
    ):
        boxes: Counter[HtmlElement] = Counter()
        for piece in (piece for piece in kept if piece in pieces):
            box = _outermost(piece, good)
            boxes.update({box: piece.words} if box is not None else {})
        large = [box for box, words in boxes.items() if words >= least]
        yield from (Remedy(key="drop", why=why, elements=(box,)) for box in large[:MOST_DROPS])


def _is_link(piece: Piece) -> bool:
    return piece.link_share >= LINK_HEAVY and piece.words >= LINK_WORDS and piece.kind is not BlockKind.HEADING


def _outermost(piece: Piece, good: AbstractSet[HtmlElement]) -> HtmlElement | None:
    """The outermost element around a piece that holds nothing of the article itself."""
    return next((element for element in piece.path if element not in good and element.tag != "body"), None)


_FINDERS = {
    "body": _body,
    "lead": _lead,
    "title": _title,
    "authors": _authors,
    "published": _published,
    "drop": _drop,
}
