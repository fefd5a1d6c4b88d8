"""The headline of the article: the visible one that agrees best with what the page tells machines."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement
from rapidfuzz import fuzz, utils

from crawler.pages.lines import is_aside, is_outside, labels, lines_before
from crawler.pages.machinetitles import machine_titles, plain_title, site_headings
from crawler.pages.structured import Structured
from storage.letters import count_words

_TITLE_MARK = re.compile(
    r"title|headline|heading|(?:article|news|detail|post)-?header|titel|titulo|titre|tieu-?de", re.IGNORECASE
)
_HIDDEN = re.compile(r"visually-?hidden|sr-only|screen-?reader|d-none|\bhidden\b", re.IGNORECASE)
_EDGE = "\ue000"  # where an element starts or ends; a private-use character that no headline holds
_GLUED = re.compile(rf"(?<=[a-zß-ÿ?!.:]){_EDGE}+(?=[A-ZÀ-ÞĐ„“«\"])")  # two lines in spans that CSS makes blocks
_BREAKING = frozenset({"br", "p", "div", "h2", "h3"})
_NOT_HEADLINE = frozenset({"nav", "footer", "aside"})
_BREADCRUMB = re.compile(r"crumb", re.IGNORECASE)
LONGEST = 400
MOST_HEADINGS = 60
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
    text, note = _without_or_with_kicker(element, text, machine)
    source = f"<{element.tag}> in the page{note}"
    return Headline(text=text, source=source, element=element, candidates=candidates)


def visible_text(element: HtmlElement) -> str:
    """The text of a heading without what only screen readers get."""
    parts: list[str] = []

    def walk(el: HtmlElement, depth: int) -> None:
        if not isinstance(el.tag, str) or el.tag in {"script", "style", "svg", "button"}:
            return
        if depth and (_HIDDEN.search(el.get("class") or "") or el.get("hidden") is not None):
            return
        parts.append(_EDGE + (el.text or ""))
        for child in el:
            if depth < 20:
                walk(child, depth + 1)
            parts.append(" " if child.tag in _BREAKING else _EDGE)
            parts.append(child.tail or "")

    walk(element, 0)
    return " ".join(_GLUED.sub(" ", "".join(parts)).replace(_EDGE, "").split())


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


def _in_breadcrumb(element: HtmlElement) -> bool:
    """Whether a heading is the last step of a breadcrumb: often a title made for search engines."""
    return any(_BREADCRUMB.search(labels(up)) for up in (element, *islice(element.iterancestors(), 3)))


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
    if titled and (best is None or _is_better(titled[0][0], best, votes)):
        return titled[0]
    if best is None:  # some pages call the headline the name of their application as well
        return next((one for one in named if len(one[0].split()) >= NAME_WORDS and one[0] in machine), None)
    likely = best.agreement > (UNLIKE if len(headings) == 1 else FAR) and plain_title(best.text) not in names
    if best.agreement >= (FAR if titled else AGREES) or (likely and not _is_home_link(best.element)):
        return best.text, best.element
    rewritten = [] if titled else list(filter(_is_for_readers, rated))
    return (rewritten[0].text, rewritten[0].element) if len(rewritten) == 1 else None


def _is_for_readers(one: _Rated) -> bool:
    """Whether a heading that machines are told nothing like may be a headline all the same: it is too long for a name.

    Who edits a headline may leave what search engines and social media are told as it was.
    """
    linked = next(one.element.iter("a"), None) is not None or _in_breadcrumb(one.element)
    article = next((up for up in one.element.iterancestors() if up.tag in {"article", "main"}), None)
    around = frozenset() if article is None else frozenset([article])  # beyond, it may be a wrap of text and sidebar
    outside = one.place < 0 or is_aside(one.element, around)
    return not linked and not outside and count_words(one.text) >= NAME_WORDS


def _rated(text: str, element: HtmlElement, machine: Sequence[str]) -> _Rated:
    tags = {up.tag for up in element.iterancestors()}
    place = 5 * bool(tags & {"article", "main"}) - 40 * bool(tags & _NOT_HEADLINE) - 20 * is_outside(element)
    agreement = max((_agreement(text, title) for title in machine), default=AGREES)
    return _Rated(text=text, element=element, agreement=agreement, place=place)


def _is_agreed(best: _Rated, votes: Counter[str]) -> bool:
    """Whether a heading says what most machine titles say, and is no step of a breadcrumb."""
    most = max(votes.values(), default=0)
    agreed = best.agreement >= AGREES and votes[plain_title(best.text)] >= most - 1
    return agreed and not _in_breadcrumb(best.element)


def _is_better(titled: str, best: _Rated, votes: Counter[str]) -> bool:
    """Whether the title of another element that machines are told too goes before the best heading."""
    return (
        best.agreement < AGREES
        or _in_breadcrumb(best.element)
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


def _without_or_with_kicker(element: HtmlElement, text: str, machine: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """A kicker (a word or two above the headline) is kept or left as the page's own machine titles have it.

    A headline made of several elements takes the punctuation between them from the machine title with its words.
    """
    titles = [title for title, _ in machine]
    plain = plain_title(text)
    same = next((title for title in titles if plain_title(title) == plain), "")
    for part in _parts(element, text) if titles and plain_title(titles[0]) != plain else ():
        if len(part) >= 12 and plain_title(part) == plain_title(titles[0]):
            return part, ", its kicker left out"
    if same and (len(element) or len(same.split()) > len(text.split())) and _only_adds(same, text):
        return same, ", punctuated as the page's machine titles are"
    longer = [title for title in titles[:3] if plain_title(title).endswith(plain) and len(title) > len(text)]
    if not same and len(longer) >= 2:
        before = longer[0][: len(longer[0]) - len(text)].rstrip()
        kicker = before.strip(" :-–—|")
        if not before.endswith("|") and any(
            plain_title(line.text) == plain_title(kicker) for line in lines_before(element, 3)
        ):
            return longer[0], " with its kicker"
    return text, ""


def _only_adds(longer: str, text: str) -> bool:
    """Whether `longer` is `text` with something put between its characters: a punctuation mark seen is not replaced."""
    rest = iter(longer)
    return len(longer) > len(text) and all(char in rest for char in text if not char.isspace())


def _parts(element: HtmlElement, text: str) -> list[str]:
    """The headline less a kicker or a subtitle that is an element of its own, or a kicker that ends in a colon."""
    parts = [" ".join((element.text or "").split())]
    parts += [visible_text(child) for child in element if isinstance(child.tag, str)]
    parts += [" ".join((child.tail or "").split()) for child in element]
    return [*(part for part in parts if part), text.partition(": ")[2]]
