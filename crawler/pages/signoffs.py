"""Bylines farther off: elements anywhere that are marked as the author, and the sign-off after the text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.pages.authormarks import is_marked
from crawler.pages.bylines import names_in
from crawler.pages.credits import LIKELY, POSSIBLE, SAYS_BY, SOURCE, Credit, made_credit, without_time
from crawler.pages.header import LONG_PARAGRAPH, LONG_TEXT, in_teaser
from crawler.pages.lines import Line, Piece, is_aside, labels
from crawler.pages.names import is_agency, is_desk, is_full_name, is_name
from crawler.pages.times import Found

_RIGHT = re.compile(r"text-align\s*:\s*right|(?<![a-z])(?:text-right|align-?right|right|text-end|source)(?![a-z])")
_FOR_AGENCY = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,3} ?[(/] ?TTXVN\b[^.]*$")  # Lò Thị Mây (TTXVN)
_SIGNED_FOR = re.compile(r"(?:^|\| )(?:TM|KT|TL|TUQ)\.?\s+[^\W\d_a-z]")  # who signed a document that the text quotes
_MARKABLE = ("a", "address", "span", "div", "p", "strong", "b", "li", "h3", "h4", "h5", "em", "cite")
MOST_MARKED = 200
MOST_LINES = 6
_BREAK = "\n\n"


def marked_credits(
    tree: HtmlElement, around: frozenset[HtmlElement], sites: Sequence[str], find: Callable[[str], Found | None]
) -> list[Credit]:
    """Elements anywhere in the article that are marked up as its author."""
    found: list[Credit] = []
    taken: set[HtmlElement] = set()
    marked = (element for element in tree.iter(*_MARKABLE) if is_marked(element))
    for element in islice(marked, MOST_MARKED):
        if taken & set(element.iterancestors()) or is_aside(element, around):
            continue
        if in_teaser(element, around):
            continue
        pieces = tuple(Piece(" ".join(text.split()), element) for text in element.itertext() if text.strip())
        line = Line(pieces, element)
        if not pieces or len(line.text) > LONG_TEXT:
            continue
        links = [" ".join(link.text_content().split()) for link in element.iter("a") if link is not element]
        text = (
            ", ".join(links)
            if len(links) > 1
            else " ".join(piece.text for piece in without_time(line, find(line.text)))
        )
        source = "author element in the page"
        credit = made_credit(text, sites, source, line, POSSIBLE)
        if credit is None and len(pieces) > 1 and is_full_name(pieces[0].text):  # a role or a life follows
            credit = made_credit(pieces[0].text, sites, source, line, POSSIBLE)
        if credit:
            taken.add(element)
            found.append(credit)
    return found


def sign_off(
    tree: HtmlElement, around: frozenset[HtmlElement], known: Sequence[str], sites: Sequence[str], language: str
) -> list[Credit]:
    """The short paragraph after the text that holds a name and nothing else, as Vietnamese pages sign.

    Elsewhere than on Vietnamese pages only right-aligned ones, agencies, desks, and names that are `known` already.
    """
    keys = {name.casefold() for name in known}
    above: list[Credit] = []
    after = [(element, followed) for element, followed in _after_text(tree) if not _is_anothers(element, around)]
    for element, followed in (*after, *_set_right(tree, around, language)):
        text = _short_text(element)
        names = names_in(text, sites) if text else ()
        if not names or _SIGNED_FOR.search(text) or is_aside(element, around):
            continue
        if any(not is_marked(link) for link in element.iter("a")):
            continue
        if followed and not all(is_agency(name) or is_desk(name) for name in names):
            continue
        if (keys and {name.casefold() for name in names} <= keys) or _signs(element, text, names, language):
            credit = made_credit(text, sites, "sign-off after the text", Line((Piece(text, element),), element), LIKELY)
            source = credit and (SOURCE.match(text) or all(map(is_agency, credit.names)))
            if credit is None or above or followed or not source:
                return _below_source(credit, above)
            above = [credit]  # who wrote it for the paper may follow
    return above


def _is_anothers(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether it stands in another article's card; a box named after the author is none, whatever it links to."""
    box = element.getparent()
    return in_teaser(element, around) and not (is_marked(element) and box is not None and "author" in labels(box))


def _set_right(tree: HtmlElement, around: frozenset[HtmlElement], language: str) -> list[tuple[HtmlElement, bool]]:
    """The last line on the right side that nothing long follows, as Vietnamese pages of few or short lines sign."""
    lines = [el for el in tree.iter("p", "div") if language == "vi" and _is_right(el) and names_in(_short_text(el))]
    lines = [el for el in lines if any(up in around for up in el.iterancestors("article", "main", "div"))]
    long = any(len(el.text_content()) > LONG_PARAGRAPH for el in lines[-1].itersiblings()) if lines else True
    return [] if long else [(lines[-1], False)]


def _is_right(element: HtmlElement) -> bool:
    said = f"{element.get('style') or ''} {labels(element)} {element.get('align') or ''}"
    return _RIGHT.search(said.lower()) is not None


def _below_source(credit: Credit | None, above: Sequence[Credit]) -> list[Credit]:
    """A sign-off below a line that says whence the text came: the person, and with the person an agency."""
    if credit is None or not above or not all(map(is_full_name, credit.names)):
        return [*above] or ([credit] if credit else [])
    agencies = filter(is_agency, above[0].names)
    return [replace(credit, names=tuple(dict.fromkeys((*credit.names, *agencies)))), *above]


def _after_text(tree: HtmlElement) -> list[tuple[HtmlElement, bool]]:
    """Paragraphs that come after the text's last long one, and whether one long paragraph still follows.

    The text is the container whose own paragraphs hold most; what follows is in it, or next to it.
    """
    totals: dict[HtmlElement, int] = {}
    longs: dict[HtmlElement, list[HtmlElement]] = {}
    for element in tree.iter("p", "div"):
        text = element.text_content() if element.tag == "p" else element.text or ""
        size = len(" ".join(text.split()) if "\n" in text or "  " in text else text)
        parent = element.getparent()
        if size > LONG_PARAGRAPH and parent is not None:
            totals[parent] = totals.get(parent, 0) + size
            longs.setdefault(parent, []).append(element)
    body = max(totals, key=lambda parent: totals[parent], default=None)
    if body is None or len(longs[body]) < 2:
        return []
    last = longs[body][-1]
    before = [el for el in last.itersiblings(preceding=True) if el.tag in {"p", "div"}][:2]
    after = list(last.itersiblings())[:8] + [
        el for up in (body, body.getparent()) if up is not None for el in list(up.itersiblings())[:3]
    ]
    inside = [el for outer in after for el in (list(filter(_may_sign, outer.iter()))[:12] or [outer])]
    return [(el, True) for el in before] + [(el, False) for el in inside]


def _may_sign(element: HtmlElement) -> bool:
    return element.tag in {"p", "div", "span"} or (element.tag in {"strong", "b"} and is_marked(element))


def _short_text(element: HtmlElement) -> str:
    """The text of an element of a few short lines, at most 60 characters each; empty for all else."""
    if (
        len(element) > 3
        or len(" ".join((element.text or "").split())) > 200
        or any(len(child) > MOST_LINES for child in element)
    ):
        return ""
    lines = [" ".join(line.split()) for line in _with_breaks(element).split(_BREAK)]
    lines = [line for line in lines if line]
    return " | ".join(lines) if lines and len(lines) <= MOST_LINES and 2 <= max(map(len, lines)) <= 60 else ""


def _with_breaks(element: HtmlElement) -> str:
    """The text of an element, a mark where it has a `br`."""
    if next(element.iter("br"), None) is None:
        return str(element.text_content())
    parts = []
    for event, el in etree.iterwalk(element, events=("start", "end")):
        start = _BREAK if el.tag == "br" else el.text
        parts.append((start if event == "start" else "" if el is element else el.tail) or "")
    return "".join(parts)


def _signs(element: HtmlElement, text: str, names: Sequence[str], language: str) -> bool:
    if all(is_agency(name) or is_desk(name) for name in names) or (language == "vi" and _FOR_AGENCY.match(text)):
        return True
    if text.isupper() and len(text.split()) > 3 and language != "vi":
        return False
    if _is_right(element) or is_marked(element) or SAYS_BY.match(text):
        return True
    bold = len(element) > 0 and not (element.text or "").strip() and element[0].tag in {"strong", "b", "em", "i"}
    return language == "vi" and bold and all(is_name(name) for name in names) and not text.endswith(":")
