"""Pointers to other articles among the pieces of a page: cards, lists under headings, lines that are only a link."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import accumulate, pairwise
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.pages.blocks import HEADER, Piece
from crawler.pages.wording import RELATED_HEADING, RELATED_START
from storage.records import BlockKind

LINK = 0.8  # share of a line's characters that makes it a link and no sentence with one
MIN_WORDS = 4
CARD_WORDS = 140
SUMMARY_WORDS = 110
MAX_ZONE, MAX_ZONES = 120, 60  # pieces of one zone; zones of a page


def find_teasers(pieces: Sequence[Piece], usable: AbstractSet[int], url: str) -> dict[int, str]:
    """Index of each piece that points to other articles -> why."""
    found: dict[int, str] = {}
    links = _Links(url)
    texts = [index for index, piece in enumerate(pieces) if not piece.picture]
    place = {index: at for at, index in enumerate(texts)}
    headings = [index for index in sorted(usable) if is_related_heading(pieces[index])]
    for index in headings[:MAX_ZONES]:
        if index not in found:
            for member in _zone(pieces, texts, place[index]):
                found[member] = f"related links under {pieces[index].text[:60]!r}"
    for index in _units(pieces, usable, links):
        found.setdefault(index, "picture, headline and summary of another article")
    for index, why in _cards(pieces, usable, links):
        found.setdefault(index, why)
    for index in usable - set(found):
        if why := _line(pieces[index], links):
            found[index] = why
    return found


class _Links:
    """Which of a piece's links lead to another page of the same site."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.here = _address(url, "")

    def leads_away(self, piece: Piece) -> bool:
        """To another page, whichever the site."""
        return any((address := _address(self.url, href))[0] and address != self.here for href in piece.hrefs)

    def leads_within(self, piece: Piece) -> bool:
        """To another page of the same site."""
        return any(
            (address := _address(self.url, href))[0]
            and address != self.here
            and _site(address[0]) == _site(self.here[0])
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
    return ".".join(host.removeprefix("www.").split(".")[-2:])


def is_related_heading(piece: Piece) -> bool:
    return piece.words <= 12 and bool(RELATED_HEADING.match(piece.text))


def is_link_line(piece: Piece) -> bool:
    return piece.link_share >= LINK and bool(piece.hrefs)


def _line(piece: Piece, links: _Links) -> str:
    """Why one line by itself is a pointer elsewhere, empty for a line of the article."""
    if piece.kind is BlockKind.TABLE_ROW:
        return ""
    if RELATED_START.match(piece.text) and (piece.hrefs or piece.words <= 25) and piece.words <= 60:
        return "read-also line"
    if is_link_line(piece) and piece.words >= MIN_WORDS and links.leads_away(piece):
        if piece.kind is BlockKind.HEADING and not links.leads_within(piece):
            return ""
        return "line that is only a link"
    return ""


def _zone(pieces: Sequence[Piece], texts: Sequence[int], at: int) -> list[int]:
    """The heading and what it heads: its own box if that holds teasers, else the run of teasers that follows."""
    boxed, around = [texts[at]], pieces[texts[at]].element.getparent()
    for box in _own_boxes(pieces, texts, at):
        members = [index for index in texts[at : at + MAX_ZONE] if box in pieces[index].path]
        if len(members) > 1 and not _teasery(pieces, members[1:]):
            break
        boxed, around = members, box.getparent()
    if len(boxed) > 1 or around is None:
        return boxed
    following = []
    for index in texts[at + 1 : at + MAX_ZONE]:
        if around not in pieces[index].path:
            break
        following.append(index)
    return [texts[at], *(_linked_list(pieces, following) or _run(pieces, following))]


def _linked_list(pieces: Sequence[Piece], following: Sequence[int]) -> list[int]:
    """The list right under a heading, where each of its items holds a link, however its texts run together."""
    first = next((index for index in following if not pieces[index].picture), -1)
    boxes = [element for element in pieces[first].path if element.tag in ("ul", "ol")] if first >= 0 else []
    if not boxes:
        return []
    members = [index for index in following if boxes[-1] in pieces[index].path]
    items = [item for item in boxes[-1] if item.tag == "li"]
    linked = [item for item in items if item.find(".//a[@href]") is not None]
    told = sum(pieces[index].words for index in members)
    return members if len(items) > 1 and len(linked) == len(items) and told <= CARD_WORDS * len(items) else []


def _teasery(pieces: Sequence[Piece], members: Sequence[int]) -> bool:
    """Linked headlines with short texts between them, and nothing of an article."""
    links = told = run = 0
    for index in members:
        piece = pieces[index]
        if piece.mark == HEADER:
            return False
        links += is_link_line(piece)
        told += 0 if is_link_line(piece) else piece.words
        run = run + 1 if piece.words >= 15 and not is_link_line(piece) else 0
        if run > 2:
            return False
    return links > 0 and len(members) <= 4 * links + 1 and told <= SUMMARY_WORDS * links


def _own_boxes(pieces: Sequence[Piece], texts: Sequence[int], at: int) -> Iterator[HtmlElement]:
    """The elements whose text begins with this piece, smallest first."""
    before = pieces[texts[at - 1]].path if at else ()
    for element in reversed(pieces[texts[at]].path):
        if element.tag in ("body", "html", "main") or element in before:
            return
        yield element


def _run(pieces: Sequence[Piece], following: Sequence[int]) -> list[int]:
    """The teasers at the start of `following`: headlines, each with at most three lines to the next.

    Headlines are linked lines; where nothing is linked, lines that end like no sentence. The article goes on
    where more lines follow the last headline than followed those before.
    """
    run = _teasers_from(pieces, following, [at for at, i in enumerate(following) if is_link_line(pieces[i])])
    if run:
        return run
    bare = [at for at, index in enumerate(following) if _is_bare_headline(pieces[index])]
    return _teasers_from(pieces, following, bare) if len(bare) >= 3 else []


def _teasers_from(pieces: Sequence[Piece], following: Sequence[int], anchors: Sequence[int]) -> list[int]:
    if not anchors or anchors[0] > 2:
        return []
    end, gaps = anchors[0], []
    for anchor in anchors[1:]:
        between = following[end + 1 : anchor]
        if len(between) > 3 or sum(pieces[index].words for index in between) > 2 * SUMMARY_WORDS:
            break
        gaps.append(len(between))
        end = anchor
    trailing = _trailing(pieces, following, end, max(gaps, default=0))
    return list(following[: end + 1 + trailing])


def _is_bare_headline(piece: Piece) -> bool:
    """A line without the full stop that ends a sentence."""
    return MIN_WORDS <= piece.words <= 30 and not piece.text.rstrip(")\"”»’' ").endswith((".", "!", "…", ":", ";", ","))


def _trailing(pieces: Sequence[Piece], following: Sequence[int], end: int, gap: int) -> int:
    """How many lines after the last headline are its summary."""
    rest = following[end + 1 :]
    if len(rest) <= gap:
        return len(rest)
    if gap == 0 or pieces[following[end]].kind is BlockKind.LIST_ITEM:
        return 0
    return 1 if pieces[rest[0]].words <= SUMMARY_WORDS else 0


def _units(pieces: Sequence[Piece], usable: AbstractSet[int], links: _Links) -> list[int]:
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
        goes_on = len(between) <= 2 and later < len(pieces)
        if goes_on or in_row:
            found += [index for index in range(start, head + 1) if not pieces[index].picture]
        if goes_on:
            found += between
        elif in_row and between and summary is not None and _is_alike(pieces[between[0]], pieces[summary]):
            found.append(between[0])
        summary = between[0] if goes_on and between else None
        in_row = goes_on
    return found


def _is_alike(piece: Piece, summary: Piece) -> bool:
    return piece.words <= SUMMARY_WORDS and piece.element.tag == summary.element.tag


def _picture_before(pieces: Sequence[Piece], index: int, links: _Links) -> int:
    """Index of a picture just before a linked headline that leads to the same page, -1 if there is none."""
    piece = pieces[index]
    if not (is_link_line(piece) and piece.words >= MIN_WORDS and links.leads_within(piece)):
        return -1
    for before in range(index - 1, max(-1, index - 4), -1):
        link = next(pieces[before].element.iterancestors("a"), None) if pieces[before].picture else None
        if link is not None and link.get("href") in piece.hrefs:
            return before
    return -1


def _cards(pieces: Sequence[Piece], usable: AbstractSet[int], links: _Links) -> list[tuple[int, str]]:
    """Small boxes that begin with a linked headline: picture, headline, summary."""
    found = []
    for index in sorted(usable):
        piece = pieces[index]
        if not (is_link_line(piece) and piece.words >= MIN_WORDS and links.leads_within(piece)):
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
        targets = {link.get("href") for link in ancestor.iter("a") if link.get("href")}
        if len(targets) > 2:
            break
        box = ancestor
    return box if box is not None and _begins_with_link(box) else None


def _says_more(element: HtmlElement, words: int) -> bool:
    """Whether an element holds more words than that; an article's text is not read to its end for it."""
    return any(count > words for count in accumulate(len(text.split()) for text in element.itertext()))


def _begins_with_link(box: HtmlElement) -> bool:
    """A linked picture or text comes first in it, short kickers passed over."""
    before = 0
    for element in box.iter():
        if element.tag == "a" and element.get("href") and _shows_something(element):
            return True
        before += len((element.text or "").split())
        if before > 5:
            return False
    return False


def _shows_something(link: HtmlElement) -> bool:
    return link.find(".//img") is not None or bool("".join(link.itertext()).strip())
