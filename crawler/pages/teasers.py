"""Pointers to other articles among the pieces of a page: cards, lists under headings, lines that are only a link."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from lxml.html import HtmlElement

from crawler.pages.blocks import HEADER, Piece
from crawler.pages.cards import (
    CARD_WORDS,
    MIN_WORDS,
    SUMMARY_WORDS,
    Links,
    cards,
    is_text,
    run_together,
    units,
    written_like,
)
from crawler.pages.labels import counted_link, headed_line, labelled_link
from crawler.pages.roundups import find_heads
from crawler.pages.wording import RELATED_BEGINNING, RELATED_HEADING, RELATED_OPEN_HEADING, RELATED_START
from storage.comparison.sentences import CLOSING, STOPS
from storage.records import BlockKind

_BETWEEN = frozenset(("advertisement", "newsletter or app box", "form", "share buttons"))  # marks of what is no teaser
MAX_ZONE, MAX_ZONES = 120, 60  # pieces of one zone; zones of a page


def find_teasers(pieces: Sequence[Piece], usable: AbstractSet[int], links: Links) -> dict[int, str]:
    """Index of each piece that points to other articles -> why."""
    found: dict[int, str] = {}
    texts = [index for index, piece in enumerate(pieces) if not piece.picture and piece.mark not in _BETWEEN]
    place = {index: at for at, index in enumerate(texts)}
    sure = {index for index in usable if is_related_heading(pieces[index])}
    headings = sorted(sure | {index for index in usable if _may_head_teasers(pieces[index])})
    for index in headings[:MAX_ZONES]:
        zone = _zone(pieces, texts, place[index]) if index not in found else []
        if index in sure or len(zone) > 1:
            found |= dict.fromkeys(zone, f"related links under {pieces[index].text[:60]!r}")
    for index in (*units(pieces, usable, links), *run_together(pieces, usable, links)):
        found.setdefault(index, "picture, headline and summary of another article")
    for index, why in cards(pieces, usable, links):
        found.setdefault(index, why)
    for index in usable - set(found):
        if why := _line(pieces[index], links):
            found[index] = why
    for index in find_heads(pieces, usable, links):
        found.pop(index, None)
    return found


def is_related_heading(piece: Piece) -> bool:
    return piece.words <= 12 and bool(RELATED_HEADING.match(piece.plain))


def _may_head_teasers(piece: Piece) -> bool:
    """A heading such as "More on ...", which may be the article's own where no teasers follow.

    With a link behind a colon it points to one article by itself, and heads nothing.
    """
    points = bool(piece.hrefs) and ":" in piece.plain.rstrip(": ")
    short = 2 <= piece.words <= 10 and not piece.is_link and not points
    return short and bool(RELATED_OPEN_HEADING.match(piece.plain))


def _line(piece: Piece, links: Links) -> str:
    """Why one line by itself is a pointer elsewhere, empty for a line of the article."""
    if piece.kind is BlockKind.TABLE_ROW:
        return ""
    if _is_read_also(piece):
        return "read-also line"
    if piece.is_link and piece.plain.startswith("#") and links.leads_away(piece):
        return "hashtag"
    if piece.is_link and len(set(piece.hrefs)) > 1 and links.leads_away(piece):
        return "line of links"
    if piece.is_link and piece.words >= MIN_WORDS and links.leads_away(piece):
        if piece.kind is BlockKind.HEADING and not links.leads_within(piece):
            return ""
        return "line that is only a link"
    return labelled_link(piece, links) or counted_link(piece, links) or headed_line(piece, links)


def _is_read_also(piece: Piece) -> bool:
    """It begins with "Read also" or the like, and then comes a colon, or little but a link."""
    if piece.words > 60:
        return False
    if RELATED_START.match(piece.plain) and (piece.hrefs or piece.words <= 25):
        return True
    begun = RELATED_BEGINNING.match(piece.plain) if piece.hrefs else None
    return begun is not None and piece.linked >= 0.6 * (len(piece.plain) - begun.end())


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
    following: list[int] = []
    for index in texts[at + 1 : at + MAX_ZONE]:
        if around not in pieces[index].path or _heads_instead(pieces, following, index):
            break
        following.append(index)
    return [texts[at], *(_linked_list(pieces, following) or _run(pieces, _up_to_text(pieces, texts, at, following)))]


def _heads_instead(pieces: Sequence[Piece], following: Sequence[int], index: int) -> bool:
    """A heading over related links before the first link: what stands above it is no summary of theirs."""
    linked = any(pieces[before].is_link for before in following)
    return bool(following) and not linked and not pieces[index].is_link and is_related_heading(pieces[index])


def _up_to_text(pieces: Sequence[Piece], texts: Sequence[int], at: int, following: Sequence[int]) -> Sequence[int]:
    """`following` up to text written like the text above the heading: from three teasers on, it is a summary.

    Not where it is the first that follows: no teaser begins with its summary. Nor where links stand above it one after
    another, which have none either.
    """
    above = [pieces[index] for index in texts[max(0, at - 3) : at] if is_text(pieces[index])]
    first = pieces[following[0]] if following else None
    if above and first is not None and is_text(first) and written_like(first, above[-1]):
        return []
    if not above:
        return following
    ends = (n for n, i in enumerate(following) if is_text(pieces[i]) and written_like(pieces[i], above[-1]))
    end = next(ends, len(following))
    heads = [pieces[index] for index in following[:end] if not is_related_heading(pieces[index])]
    bare = len(heads) > 1 and all(piece.is_link for piece in heads)
    return following if sum(pieces[index].is_link for index in following[:12]) > 2 and not bare else following[:end]


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
        pointer = piece.is_link or _begins_with_link(piece)
        links += pointer
        told += 0 if piece.is_link else piece.words
        run = run + 1 if piece.words >= 15 and not pointer else 0
        if run > 2:
            return False
    return links > 0 and len(members) <= 4 * links + 1 and told <= SUMMARY_WORDS * links


def _begins_with_link(piece: Piece) -> bool:
    """A linked headline, and its summary in the same line."""
    if len(piece.hrefs) != 1 or piece.kind is not BlockKind.PARAGRAPH:
        return False
    first = next((element for element in piece.element.iter() if (element.text or "").strip()), None)
    return first is not None and (first.tag == "a" or next(first.iterancestors("a"), None) is not None)


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
    run = _teasers_from(pieces, following, [at for at, i in enumerate(following) if pieces[i].is_link])
    if run:
        return run
    bare = [at for at, index in enumerate(following) if _is_bare_headline(pieces[index])]
    return _teasers_from(pieces, following, bare) if len(bare) >= 3 else []


def _teasers_from(pieces: Sequence[Piece], following: Sequence[int], anchors: Sequence[int]) -> list[int]:
    if not anchors or anchors[0] > 2 or any(is_text(pieces[index]) for index in following[: anchors[0]]):
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
    return MIN_WORDS <= piece.words <= 30 and not piece.plain.rstrip(CLOSING).endswith((*STOPS, ":", ";", ","))


def _trailing(pieces: Sequence[Piece], following: Sequence[int], end: int, gap: int) -> int:
    """How many lines after the last headline are its summary."""
    rest = following[end + 1 :]
    if len(rest) <= gap:
        return len(rest)
    if gap == 0 or pieces[following[end]].kind is BlockKind.LIST_ITEM:
        return 0
    return 1 if pieces[rest[0]].words <= SUMMARY_WORDS else 0
