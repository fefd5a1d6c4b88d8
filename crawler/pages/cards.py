"""Cards among the pieces of a page: a picture, a linked headline and a summary of another article."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import accumulate, pairwise
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, fold
from crawler.urls import registrable
from storage.letters import count_words

MIN_WORDS = 4  # of a headline
CARD_WORDS = 140
SUMMARY_WORDS = 110
MOST_PARAGRAPHS, PARAGRAPH_WORDS = 3, 8  # of a card
MOST_ITEMS, ITEM_WORDS = 2, 2  # without links: place and date of a card


class Links:
    """Which of a piece's links lead to another page of the same site.

    The site is that of the page's address and that of the one which the page calls its own: a mirror, a cache of AMP
    pages or a replayed archive has another host than what its links name.
    """

    def __init__(self, url: str, canonical_url: str = "") -> None:
        self.url = url
        self.here = frozenset(_address(url, own) for own in {"", canonical_url})
        self.sites = frozenset(_site(host) for host, _ in self.here)

    def leads_away(self, piece: Piece) -> bool:
        """To another page, whichever the site."""
        return any((address := _address(self.url, href))[0] and address not in self.here for href in piece.hrefs)

    def leads_within(self, piece: Piece) -> bool:
        """To another page of the same site."""
        return any(
            (address := _address(self.url, href))[0] and address not in self.here and _site(address[0]) in self.sites
            for href in piece.hrefs
        )


@lru_cache(maxsize=1024)
def _address(base: str, href: str) -> tuple[str, str]:
    if href.startswith(("#", "mailto:", "tel:", "javascript:", "data:")):
        return ("", "")
    try:
        parts = urlsplit(urljoin(base, href))
    except ValueError:
        return ("", "")
    return (parts.netloc.casefold(), parts.path.rstrip("/") + "?" + parts.query)


def _site(host: str) -> str:
    """Of `Links`' addresses: the registered name, without a port."""
    return registrable(host.rpartition("]")[0].removeprefix("[") or host.partition(":")[0])


def is_text(piece: Piece) -> bool:
    return piece.words >= 15 and piece.link_share < 0.5


def written_like(piece: Piece, other: Piece) -> bool:
    ours, theirs = piece.element, other.element
    return ours.getparent() is theirs.getparent() and (ours.tag, ours.get("class")) == (theirs.tag, theirs.get("class"))


def units(pieces: Sequence[Piece], usable: AbstractSet[int], links: Links) -> list[int]:
    """Teasers laid out flat: a picture and a headline that lead to the same page, then a line or two of summary.

    One alone may be an illustration; from two in a row on, what stands between them is theirs. The text after
    the last is its summary only where those before have one that is written alike: else it is the article.
    """
    heads = [(at, index) for index in sorted(usable) if (at := _picture_before(pieces, index, links)) >= 0]
    found: list[int] = []
    summary: int | None = None  # of the teaser before in the same row
    in_row = False
    for (start, head), (later, _) in pairwise([*heads, (len(pieces), -1)]):
        between = [index for index in range(head + 1, later) if not pieces[index].picture]
        goes_on = len(between) <= 2 and later < len(pieces) and not _resumes(pieces, between, start, head)
        if goes_on or in_row:
            found += [index for index in range(start, head + 1) if not pieces[index].picture]
        if goes_on:
            found += between
        elif in_row and between and summary is not None and _is_alike(pieces[between[0]], pieces[summary]):
            found.append(between[0])
        summary = between[0] if goes_on and between else None
        in_row = goes_on
    return found


def _resumes(pieces: Sequence[Piece], between: Sequence[int], start: int, head: int) -> bool:
    """Text after a card that is written like the text above it: the article goes on.

    A few words may be a summary, but not where the card stands in a box of its own, and they beside it.
    """
    above = [pieces[index] for index in range(max(0, start - 8), start) if is_text(pieces[index])]
    apart = [text for text in above if text.element.getparent() not in (None, *pieces[head].path[-2:-1])]
    return any(any(written_like(pieces[i], text) for text in (above if is_text(pieces[i]) else apart)) for i in between)


def run_together(pieces: Sequence[Piece], usable: AbstractSet[int], links: Links) -> list[int]:
    """Headline and summary of another article in one line, below a picture that leads to it."""
    return [
        index
        for index in usable
        if len(pieces[index].hrefs) == 1
        and MIN_WORDS <= pieces[index].words <= SUMMARY_WORDS
        and links.leads_within(pieces[index])
        and _begins_with_headline(pieces[index])
        and _linked_picture(pieces, index) >= 0
    ]


def _is_alike(piece: Piece, summary: Piece) -> bool:
    return piece.words <= SUMMARY_WORDS and piece.element.tag == summary.element.tag


def _picture_before(pieces: Sequence[Piece], index: int, links: Links) -> int:
    """Index of a picture just before a linked headline that leads to the same page, -1 if there is none."""
    piece = pieces[index]
    if not (piece.is_link and piece.words >= MIN_WORDS and links.leads_within(piece)):
        return -1
    return _linked_picture(pieces, index)


def _linked_picture(pieces: Sequence[Piece], index: int) -> int:
    """Index of a picture just before a piece that leads where the piece's link does, -1 if there is none."""
    for before in range(index - 1, max(-1, index - 4), -1):
        link = next(pieces[before].element.iterancestors("a"), None) if pieces[before].picture else None
        if link is not None and link.get("href") in pieces[index].hrefs:
            return before
    return -1


def cards(pieces: Sequence[Piece], usable: AbstractSet[int], links: Links) -> list[tuple[int, str]]:
    """Small boxes that begin with a linked headline: picture, headline, summary."""
    found = []
    for index in sorted(usable):
        piece = pieces[index]
        if not (piece.is_link and piece.words >= MIN_WORDS and links.leads_within(piece)):
            continue
        box = _card_box(piece.element)
        if box is None:
            continue
        members = [other for other in range(index, min(index + 5, len(pieces))) if box in pieces[other].path]
        found += [(member, "card that points to another article") for member in members if not pieces[member].picture]
    return found


def _card_box(element: HtmlElement) -> HtmlElement | None:
    """The largest element around a linked headline that still is one card."""
    box = None
    for ancestor in (element, *list(element.iterancestors())[:4]):
        if ancestor.tag in ("body", "main", "html", "td") or _says_more(ancestor, CARD_WORDS):
            break
        links = [link for link in ancestor.iter("a") if link.get("href")]
        if len({link.get("href") for link in links}) > 2 or _has_several(ancestor, links):
            break
        if _begins_with_link(ancestor):
            box = ancestor
    return box


def _has_several(element: HtmlElement, links: Sequence[HtmlElement]) -> bool:
    """Whether it holds headlines of two articles, as many paragraphs as a short article has, or a list that is told."""
    headlines = {link.get("href") for link in links if _words(link) >= MIN_WORDS}
    paragraphs = sum(_words(paragraph) >= PARAGRAPH_WORDS for paragraph in element.iter("p"))
    items = sum(_words(item) >= ITEM_WORDS and not _is_linked(item) for item in element.iter("li"))
    return len(headlines) > 1 or paragraphs > MOST_PARAGRAPHS or items > MOST_ITEMS


def _is_linked(item: HtmlElement) -> bool:
    return item.find(".//a") is not None or next(item.iterancestors("a"), None) is not None


def _words(element: HtmlElement) -> int:
    return count_words("".join(element.itertext()))


def _says_more(element: HtmlElement, words: int) -> bool:
    """Whether an element holds more words than that; an article's text is not read to its end for it."""
    return any(count > words for count in accumulate(map(count_words, element.itertext())))


def _begins_with_link(box: HtmlElement) -> bool:
    """A linked picture or text comes first in it, short kickers passed over."""
    before = 0
    for element in box.iter():
        if element.tag == "a" and element.get("href") and _shows_something(element):
            return True
        before += count_words(element.text or "")
        if before > 5:
            return False
    return False


def _begins_with_headline(piece: Piece) -> bool:
    """Whether its first words are its link, and as many as a headline has."""
    link = next(piece.element.iter("a"), None)
    text = "" if link is None else fold("".join(link.itertext()))
    return count_words(text) >= MIN_WORDS and piece.text.startswith(text)


def _shows_something(link: HtmlElement) -> bool:
    return link.find(".//img") is not None or bool("".join(link.itertext()).strip())
