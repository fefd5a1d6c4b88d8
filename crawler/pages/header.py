"""The header of an article as a reader sees it: the lines around the headline, and the times that they state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from lxml.html import HtmlElement

from crawler.pages.lines import Line, is_longer, lines_after, lines_before
from crawler.pages.times import Found, Habits, find_moment

LINES_ABOVE = 6
LINES_BELOW = 40  # lead, picture and share bar may stand between the headline and the byline
LONGEST_DATELINE = 200  # characters
LONG_TEXT = 140  # characters; a line of the body, or the lead
LONGEST_CARD = 800  # characters
LONG_PARAGRAPH = 80  # characters
LINKED_HEADLINE = 6  # words
LONGEST_ROLE = 12  # words, with the name
BODY_AFTER = 3  # such lines: the lead and two paragraphs may stand above the byline
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|in|ler)?|auteurs?|autori|autore|tac-gia|profiles?|profil[es]?|profils|"
    r"contributors?|writers?|bylines?|journalists?|columnists?|penulis|yazar\w*)s?[/-]|"
    r"/(?:staff|users?|by|redakt\w*|redaktion|team)s?/|"
    r"[?&]_?authors?=|/userprofile/|/@|"
    r"^https?://(?:www\.|mobile\.)?(?:twitter|x|github|linkedin|bsky|threads)\.(?:com|net|app|social)/"
    r"(?!share|intent|sharer|home|hashtag)\w[\w.-]*/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_CLOCK_ALONE = re.compile(
    r"^\W*(?:lúc|at|um)?\s*\d{1,2}\s?[:hg]\s?\d{2}(?:\s?[AaPp][Mm])?(?:\s?\(?(?:GMT|UTC)\s?[+-]\d+\)?)?\W*$"
)


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A line, the first time found in it, whether it stands above the headline, and how many long lines came before."""

    line: Line
    time: Found | None
    above: bool
    long_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`around` are the elements that hold the headline; without a headline in the page all is empty."""

    headline: HtmlElement | None
    around: frozenset[HtmlElement]
    lines: tuple[HeaderLine, ...]


def read_header(headline: HtmlElement | None, habits: Habits) -> Header:
    """The nearest line above the headline first, then those below it, up to where the body has surely begun."""
    if headline is None:
        return Header(headline=None, around=frozenset(), lines=())
    around = frozenset(headline.iterancestors())
    known: dict[HtmlElement, bool | None] = {}
    lines = tuple(line for line in _header_lines(headline, habits) if not in_teaser(line.line.element, around, known))
    return Header(headline=headline, around=around, lines=lines)


def _header_lines(headline: HtmlElement, habits: Habits) -> Iterator[HeaderLine]:
    for line in lines_before(headline, LINES_ABOVE):
        yield HeaderLine(line, _time_in(line, None, habits), above=True, long_lines=0)
    long_lines = 0
    for below, following in pairwise(chain(lines_after(headline, LINES_BELOW), (None,))):
        assert below is not None
        long_lines += len(below.text) > LONG_TEXT
        if long_lines == BODY_AFTER:
            return
        yield HeaderLine(below, _time_in(below, following, habits), above=False, long_lines=long_lines)


def _time_in(line: Line, following: Line | None, habits: Habits) -> Found | None:
    """The first time in a line; a date alone takes the time of day that is all of the following line."""
    found = find_moment(line.text, habits) if len(line.text) <= LONGEST_DATELINE else None
    if found is None or not found.moment.date_only or following is None or not _CLOCK_ALONE.match(following.text):
        return found
    joined = find_moment(f"{line.text[found.start : found.end]} {following.text}", habits)
    return Found(joined.moment, found.start, found.end) if joined else found


def in_teaser(
    element: HtmlElement, around: frozenset[HtmlElement], known: dict[HtmlElement, bool | None] | None = None
) -> bool:
    """Whether an element stands in another article's card: one with a linked heading, or a link as long as one.

    Elements of `around` hold the headline, so they are no cards. `known` keeps what was found of each element, for
    one page and many questions.
    """
    known = {} if known is None else known
    for up in (element, *element.iterancestors()):
        if up in around or up.tag == "body":
            return False
        if up not in known:
            known[up] = _is_card(up)
        if (card := known[up]) is not None:
            return card
    return False


def _is_card(element: HtmlElement) -> bool | None:
    """Whether an element is a card, False where it and all around it are too long for one."""
    if is_longer(element, LONGEST_CARD):
        return False
    if element.tag == "article" and not _holds_text(element):
        return True
    if any(map(_is_linked, element.iter("h2", "h3", "h4", "h5"))):
        return True
    return True if any(map(_is_headline_link, element.iter("a"))) and not _holds_text(element) else None


def _is_headline_link(link: HtmlElement) -> bool:
    """Whether a link is as long as a headline; one to an author's page may hold a name, a role and a place."""
    words = len(link.text_content().split())
    return words >= LINKED_HEADLINE and not (words < LONGEST_ROLE and AUTHOR_PAGE.search(link.get("href") or ""))


def _holds_text(element: HtmlElement) -> bool:
    """Whether an element holds the text of a short report, not just a teaser's line or two."""
    return sum(len(_beginning(paragraph)) > LONG_PARAGRAPH for paragraph in element.iter("p")) > 1


def _beginning(paragraph: HtmlElement) -> str:
    """What it says before anything in it is set apart; an editor may put all of it into a span."""
    text = " ".join((paragraph.text or "").split())
    styled = not text and len(paragraph) > 0 and paragraph[0].tag in ("span", "font")
    return " ".join((paragraph[0].text or "").split()) if styled else text


def _is_linked(heading: HtmlElement) -> bool:
    """Whether a heading is a link and long enough for a headline, in scripts with and without spaces; a name is not."""
    text = heading.text_content().strip()
    if len(text.split()) < 4 and (text.isascii() or len(text) < 14):
        return False
    return next(heading.iter("a"), None) is not None or any(up.tag == "a" for up in heading.iterancestors())
