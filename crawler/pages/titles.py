"""The headline of the article: the visible one that agrees best with what the page tells machines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml.html import HtmlElement
from rapidfuzz import fuzz, utils

from crawler.pages.headings import (
    depth_of_text,
    in_breadcrumb,
    is_called_headline,
    is_called_so,
    is_for_readers,
    is_in_article,
    is_of_a_list,
    is_of_a_player,
)
from crawler.pages.kickers import visible_text, without_or_with_kicker
from crawler.pages.lines import Line, is_outside, labels, lines_after, own_element
from crawler.pages.machinetitles import machine_titles, plain_title, site_headings
from crawler.pages.structured import Structured
from storage.letters import count_words

_TITLE_MARK = re.compile(
    r"title|headline|heading|(?:article|news|detail|post)-?header|titel|titulo|titre|tieu-?de", re.IGNORECASE
)
_NOT_HEADLINE = frozenset({"nav", "footer", "aside"})
LONGEST = 400
MOST_HEADINGS = 60
_HEADER_LINES = 40
_RUNNING_WORDS, _TEXT_WORDS = 20, 60  # of a line that is running text, and of so many lines that the text has begun
NAME_WORDS = 6  # fewer may be a name of the site
SAME, AGREES, FAR, UNLIKE = 85, 70, 50, 35  # of 100: how alike a heading is to a machine title


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The headline's text, where it came from, its element (None where it is in no visible heading), candidates."""

    text: str
    source: str
    element: HtmlElement | None
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rated:
    """A heading, how alike it is to what machines are told, and how good its place is."""

    text: str
    element: HtmlElement
    agreement: float
    place: int


def read_headline(tree: HtmlElement, stated: Structured, hosts: Sequence[str] = ()) -> Headline:
    """`hosts` are names that the page's address implies for its site."""
    visible = _headings(tree)
    machine = machine_titles(stated, stated.publishers, hosts)
    logos = tuple(site_headings(visible, machine, stated.head_title))
    if logos:
        machine = machine_titles(stated, (*stated.publishers, *logos), hosts)
    candidates = tuple(dict.fromkeys([*((text, "<h1> in the page") for text, _ in visible), *machine]))
    best = _best_heading(tree, visible, [text for text, _ in machine], (*stated.publishers, *hosts, *logos))
    if best is None:
        text, source = machine[0] if machine else ("", "")
        return Headline(text=text, source=source, element=None, candidates=candidates)
    element, text = best[1], best[0]
    text, note = without_or_with_kicker(element, text, machine)
    source = f"<{element.tag}> in the page{note}"
    return Headline(text=text, source=source, element=element, candidates=candidates)


def _headings(tree: HtmlElement) -> list[tuple[str, HtmlElement]]:
    """All `h1` with a text that can be a headline."""
    texts = ((visible_text(element), element) for element in islice(tree.iter("h1"), MOST_HEADINGS))
    return [(text, element) for text, element in texts if 3 <= len(text) <= LONGEST]


def _titled_elements(tree: HtmlElement, machine: Sequence[str]) -> list[tuple[str, HtmlElement]]:
    """Other headings and title elements that say just what one of the machine titles says."""
    wanted = {plain_title(title) for title in machine}
    found = []
    for element in tree.iter("h2", "h3", "h4", "div", "p", "span"):
        if element.tag in {"div", "p", "span"} and not _TITLE_MARK.search(labels(element)) and not _fell_out(element):
            continue
        if len(element) > 6 or any(up.tag in {*_NOT_HEADLINE, "a", "li"} for up in element.iterancestors()):
            continue
        text = visible_text(element)
        if 3 <= len(text) <= LONGEST and plain_title(text) in wanted:
            found.append((text, element))
    return found


def _fell_out(element: HtmlElement) -> bool:
    """Whether an element stands behind an empty `h1`: the parser closes a heading where a block opens in it."""
    before = element.getprevious()
    return before is not None and before.tag == "h1" and not before.text_content().strip()


def _in_header(
    titled: Sequence[tuple[str, HtmlElement]], tree: HtmlElement, heading: HtmlElement
) -> list[tuple[str, HtmlElement]]:
    """Those that stand before a heading, or after it where the text has not begun: others entitle boxes and dialogs.

    What stands before the article or `main` that the heading is in is a bar that stays in sight while one reads.
    """
    whole = next(reversed(list(heading.iterancestors("article", "main"))), tree)
    before = set(takewhile(lambda element: element is not heading, whole.iter()))
    near = _until_text(heading)
    return [(text, one) for text, one in titled if (one in before or one in near) and not is_of_a_player(one)]


def _told_below(heading: _Rated, machine: Sequence[str]) -> list[tuple[str, HtmlElement]]:
    """A line of the header with what machines are told, under a heading that says something else: the headline."""
    wanted = {plain_title(title) for title in machine} if heading.agreement < AGREES else set()
    lines = (line for line in _header_lines(heading.element) if plain_title(line.text) in wanted) if wanted else ()
    told = ((line.text, own_element(line)) for line in lines)
    return [(text, one) for text, one in told if one is not None and not (is_of_a_list(one) or is_of_a_player(one))][:1]


def _until_text(heading: HtmlElement) -> set[HtmlElement]:
    """The elements after a heading in which its header's lines are."""
    near: set[HtmlElement] = set()
    for line in _header_lines(heading):
        for element in (line.element, *(piece.element for piece in line.pieces)):
            near.update((element, *element.iterancestors()))
    return near


def _header_lines(heading: HtmlElement) -> Iterator[Line]:
    """The lines after a heading up to where the text has begun."""
    words = 0
    for line in lines_after(heading, _HEADER_LINES):
        yield line
        count = count_words(line.text)
        words += count if count >= _RUNNING_WORDS else 0
        if words >= _TEXT_WORDS:
            return


def _best_heading(
    tree: HtmlElement, headings: Sequence[tuple[str, HtmlElement]], machine: Sequence[str], publishers: Sequence[str]
) -> tuple[str, HtmlElement] | None:
    names = {plain_title(name) for name in publishers}
    only = len(headings) == 1 and all(plain_title(title) in names for title in machine)
    named = [] if only else [heading for heading in headings if plain_title(heading[0]) in names]
    rated = [_rated(*heading, machine) for heading in headings if heading not in named]
    best = max(rated, key=lambda one: one.agreement + one.place, default=None)
    votes = Counter(plain_title(title) for title in machine)
    if best and _is_agreed(best, votes):
        return best.text, best.element
    titled = _titled_elements(tree, machine)
    if best and best.place >= 0 and not _is_home_link(best.element):
        titled = _in_header(titled, tree, best.element) or _told_below(best, machine)
    if titled and (best is None or _is_better(titled[0][0], best, votes)):
        return titled[0]
    if best is None:  # some pages call the headline the name of their application as well
        return next((one for one in named if len(one[0].split()) >= NAME_WORDS and one[0] in machine), None)
    likely = best.agreement > (UNLIKE if len(headings) == 1 else FAR) and plain_title(best.text) not in names
    if best.agreement >= (FAR if titled else AGREES) or (likely and not _is_home_link(best.element)):
        return best.text, best.element
    rewritten = None if titled else _rewritten([one for one in rated if one.place >= 0])
    return (rewritten.text, rewritten.element) if rewritten else None


def _rewritten(rated: Sequence[_Rated]) -> _Rated | None:
    """The one heading that may be a headline which machines are not told; in an article the one above all its text.

    Without an article it is the one that a box holds together with most of the page's paragraphs.
    """
    found = [one for one in rated if is_for_readers(one.element, one.text)]
    found = _once(found or [one for one in rated if is_called_headline(one.element, one.text)])
    if len(found) > 1 and is_in_article(found[0].element):
        header = _until_text(found[0].element)
        found = [found[0], *(one for one in found[1:] if one.element in header)]
    elif len(found) > 1:
        depths = [depth_of_text(one.element) for one in found]
        found = [one for one, depth in zip(found, depths, strict=True) if depth == max(depths)]
    return found[0] if len(found) == 1 else None


def _once(found: Sequence[_Rated]) -> list[_Rated]:
    """The headings without what one says again: a header may have a form for each size of screen, an article's too."""
    known = {plain_title(one.text) for one in found if is_in_article(one.element) or is_called_so(one.element)}
    once: list[_Rated] = []
    for one in found:
        said = plain_title(one.text)
        if said not in known or said not in {plain_title(other.text) for other in once}:
            once.append(one)
    return once


def _rated(text: str, element: HtmlElement, machine: Sequence[str]) -> _Rated:
    tags = {up.tag for up in element.iterancestors()}
    place = 5 * bool(tags & {"article", "main"}) - 40 * bool(tags & _NOT_HEADLINE) - 20 * is_outside(element)
    agreement = max((_agreement(text, title) for title in machine), default=AGREES)
    return _Rated(text=text, element=element, agreement=agreement, place=place)


def _is_agreed(best: _Rated, votes: Counter[str]) -> bool:
    """Whether a heading says what most machine titles say, and is no step of a breadcrumb."""
    most = max(votes.values(), default=0)
    agreed = best.agreement >= AGREES and votes[plain_title(best.text)] >= most - 1
    return agreed and not in_breadcrumb(best.element)


def _is_better(titled: str, best: _Rated, votes: Counter[str]) -> bool:
    """Whether the title of another element that machines are told too goes before the best heading."""
    return (
        best.agreement < AGREES
        or in_breadcrumb(best.element)
        or (votes[plain_title(titled)] > votes[plain_title(best.text)] + 1 and _agreement(best.text, titled) < SAME)
        or _agreement(best.text, titled) < FAR
    )


def _is_home_link(element: HtmlElement) -> bool:
    return any(
        (link.get("href") or "").rstrip("/").count("/") <= 2 and link.get("href") != "#" for link in element.iter("a")
    )


def _agreement(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100; a title that the other one only shortens or extends stays high."""
    plain = fuzz.ratio(one, other, processor=utils.default_process)
    shared = fuzz.token_set_ratio(one, other, processor=utils.default_process)
    return max(plain, shared - (25 if min(len(one), len(other)) < 15 else 3))
