"""The lead (sapo): the summary between headline and body, by its mark-up, its place and the meta description."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement
from rapidfuzz import fuzz

from crawler.pages.blocks import Piece, text_key
from storage.comparison.sentences import is_ended
from storage.letters import count_words
from storage.records import BlockKind

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:sapo|lead|lede|leadin|lead-?text|lead-?paragraph|summary|standfirst|stand-first|chapeau|chapo|teaser-?text|intro|introduction|intro-?text|article-intro|dek|deck|"
    r"sub-?title|sub-?head(?:line|ing|er)?|sottotitolo|sommario|entradilla|bajada|copete|subtitulo|linha-?fina|ingress|vorspann|anriss|kicker-?text|article-?(?:desc(?:ription)?|excerpt|summary|lead)|"
    r"entry-?summary|post-?excerpt|excerpt|description|news-?sapo|detail-sapo|singular-sapo|short-intro|mo-?ta|tom-?tat|perex|zajawka|manchet|underrubrik|doccao|abstract|hat|synopsis|strapline|nut-?graf)(?:$|[\s_-])",
    re.IGNORECASE,
)
_GALLERY = re.compile(r"gallery|lightbox|slide-?show|carousel|caption|swiper", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONGEST_LABEL = 12  # characters
MIN_WORDS, MAX_WORDS = 5, 160
_LINKED = 0.5  # share of a piece's words


def find_lead(
    pieces: Sequence[Piece], candidates: Sequence[int], body: Sequence[int], description: str
) -> tuple[list[int], str]:
    """Indexes of the pieces that make the lead, and how it was found; empty where the page has none.

    `candidates` are the pieces between headline and end of the body, in order, that may be a lead.
    """
    early = [index for index in candidates if not body or index <= body[0] + 6]
    early = [index for index in early if pieces[index].link_share < _LINKED][:14]
    near = sorted({*early[:6], *body[:3]})
    told = [index for index in body if _is_told(pieces[index])]
    near = [index for index in near if index <= told[1]] if len(told) > 1 else near  # one line may stand above a lead
    stated = [index for index in near if _fits(pieces[index]) and agrees(pieces[index].text, description)]
    named = [index for index in early if is_named(pieces[index]) and (_fits(pieces[index]) or _is_point(pieces[index]))]
    if stated and named and stated[0] < named[0]:
        named = []
    if named and (not body or named[0] <= body[min(2, len(body) - 1)]):
        box = _named_box(pieces[named[0]].element)
        together = [index for index in candidates if _is_of(_named_box(pieces[index].element), box)]
        together = [index for index in together if index in named or _is_point(pieces[index])]
        if sum(pieces[index].words for index in together) <= MAX_WORDS:
            return together, f"element with class {_class_of(box)!r}"
        return together[:1], f"element with class {_class_of(box)!r}"
    if stated:
        return stated[:1], "visible text that equals the meta description"
    above = [index for index in early if body and index < body[0] and _fits(pieces[index]) and _is_told(pieces[index])]
    if len(above) == 1 and (body[0] - above[0] <= 8 or not any(above[0] < index < body[0] for index in early)):
        return above, "paragraph between headline and body"
    if _is_set_off(pieces, body):
        return [body[0]], "first paragraph, set off from the others"
    return [], ""


def _is_set_off(pieces: Sequence[Piece], body: Sequence[int]) -> bool:
    """The first paragraph is a heading or all bold or italic, and the next two are neither."""
    if len(body) < 4:
        return False
    first, *others = (pieces[index] for index in body[:3])
    return _fits(first) and _is_told(first) and _stands_out(first) and not any(_stands_out(piece) for piece in others)


def _stands_out(piece: Piece) -> bool:
    letters = 0.9 * len(piece.text.replace(" ", ""))
    return piece.kind is BlockKind.HEADING or piece.strong >= letters or piece.emphasised >= letters


def _is_told(piece: Piece) -> bool:
    """Long enough for a summary, and written as a sentence or as a heading."""
    return piece.words >= 12 and (is_ended(piece.text) or piece.kind is BlockKind.HEADING)


def is_named(piece: Piece) -> bool:
    return _named_box(piece.element) is not None and not _is_of_gallery(piece.element)


def _is_of_gallery(element: HtmlElement) -> bool:
    """A description of pictures: an element around says so, or calls itself their caption."""
    around = (element, *list(element.iterancestors())[:4])
    return any(_GALLERY.search(f"{one.get('class', '')} {one.get('id', '')}") for one in around)


def agrees(text: str, description: str) -> bool:
    """The text says what the description says, whole and not just its start."""
    if not description:
        return False
    ours, theirs = text_key(text), text_key(description)
    return len(ours) >= 20 and abs(len(ours) - len(theirs)) <= 0.15 * len(ours) and fuzz.ratio(ours, theirs) >= 92


def _fits(piece: Piece) -> bool:
    return (
        MIN_WORDS <= piece.words <= MAX_WORDS
        and piece.link_share < _LINKED
        and piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE)
    )


def _is_point(piece: Piece) -> bool:
    """One of the points that sum an article up, of which some may be links."""
    return piece.kind is BlockKind.LIST_ITEM and piece.words >= MIN_WORDS


def _named_box(element: HtmlElement) -> HtmlElement | None:
    """The element itself, or one of two around it, whose names say that it is the lead."""
    for ancestor in (element, *list(element.iterancestors())[:2]):
        names = " ".join(ancestor.get(name, "") for name in ("class", "id", "itemprop", "data-role"))
        if len(names) > 6 and _NAMED.search(_CAMEL.sub("-", names)) and _is_small(ancestor):
            return ancestor
    return None


def _is_of(other: HtmlElement | None, box: HtmlElement | None) -> bool:
    """Whether it is that box, or one like it beside it: some newspapers have leads one below the other."""
    if other is None or box is None or other is box:
        return other is box
    alike = other.tag == box.tag and other.get("class") == box.get("class")
    return alike and other.getparent() is box.getparent()


def _is_small(element: HtmlElement) -> bool:
    return count_words(" ".join(element.itertext())) <= 2 * MAX_WORDS


def _class_of(element: HtmlElement | None) -> str:
    return "" if element is None else element.get("class", "") or element.get("id", "") or element.get("itemprop", "")


def without_label(lead: str, stated: str) -> str:
    """The lead without a word before it that says what it is, where the page states it without: `导语：`."""
    label = lead.removesuffix(stated) if stated else lead
    return stated if label != lead and 0 < len(label) <= LONGEST_LABEL and label.rstrip()[-1:] in ":：" else lead
