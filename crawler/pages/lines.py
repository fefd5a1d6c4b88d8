"""The visible lines of a page's header: each with the element and the pieces of text that it is made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from storage.letters import compose

_INLINE_TAGS = """
a abbr acronym b bdi bdo big cite code em font i ins kbd label mark q s small span strong sub sup time tt u var data
ruby rb rt svg path img picture source wbr meta link
"""
_UNSEEN_TAGS = "script style noscript template head title select option textarea iframe object svg button form input"
_INLINE = frozenset(_INLINE_TAGS.split())
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_OUTSIDE = frozenset(["nav", "footer", "aside", "figure", "figcaption", "table", "blockquote"])
_OUTSIDE_MARK = re.compile(
    r"(?<![a-z])(?:related|recommend|lien-?quan|tin-?moi|doc-?them|xem-?them|comments?|binh-?luan|newsletter|"
    r"(?<!has-)(?<!with-)(?<!no-)sidebar|trending|most-?(?:read|viewed|popular)|popular|(?<!story-)(?<!article-)(?<!post-)(?<!entry-)(?<!content-)(?<!art-)(?<!detail-)(?<!news-)footer|megamenu|main-?menu|navbar|nav-?bar|"
    r"caption|(?:image|photo|picture|img|media)-?_?credits?|cookie|breaking|ticker|teaser|menu-item|outbrain|taboola|advert\w*|promo|visually-?hidden|sr-only|"
    r"screen-reader-text|modal|popup)(?![a-z])",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"(?<!\S)(?:category|tag)-\S+")  # what WordPress says of an article: what it is about
_NAVIGATION = re.compile(
    r"(?<![a-z])(?:nav|navigation|menu|site-header|page-header|top-?bar|masthead|toolbar|flyout|logo)(?![a-z])"
)
_BYLINE_FOOTER = re.compile(
    r"(?<![a-z])(?:entry|post|node|article|author|story)[_-]*(?:meta|info|submitted|byline)|submitted"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_BESIDE = 140  # characters that a byline or dateline may say besides
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One text node, folded, and the element whose text it is."""

    text: str
    element: HtmlElement


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a reader sees it. `element` is the block that holds it; `whole` says that it holds nothing else."""

    pieces: tuple[Piece, ...]
    element: HtmlElement

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


@lru_cache(maxsize=8192)
def _split_camel(names: str) -> str:
    return _CAMEL.sub("-", names).lower()


def labels(element: HtmlElement) -> str:
    """What an element's class, id and data attributes call it, in lower case, `camelCase` taken apart."""
    get = element.get  # called for most elements of a page
    names = " ".join(filter(None, (get("class"), get("id"), get("data-role"), get("data-testid"))))
    return _split_camel(names) if names else ""


@lru_cache(maxsize=8192)
def _is_outside_name(names: str) -> bool:
    return bool(_OUTSIDE_MARK.search(_TOPIC.sub("", names)))


def is_outside(element: HtmlElement) -> bool:
    """Whether an element's own tag or names say that it is no part of the article's header or body."""
    if element.get("hidden") is not None or (element.tag in _OUTSIDE and not _is_byline_footer(element)):
        return True
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    names = labels(element)
    return bool(names) and element.tag not in {"body", "html", "main"} and _is_outside_name(names)


def _is_byline_footer(element: HtmlElement) -> bool:
    """Whether an element is a `footer` that HTML5 templates put about author and date, often right below a headline."""
    return element.tag == "footer" and bool(_BYLINE_FOOTER.search(labels(element)))


def is_aside(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an element or one around it is outside the article; elements of `around` hold the article."""
    if is_outside(element):
        return True
    for up in element.iterancestors():
        if up in around:
            return False
        if is_outside(up):
            return True
    return False


def lines_after(start: HtmlElement, limit: int) -> Iterator[Line]:
    """Up to `limit` lines that follow the element `start` in the page, what is outside the article left out."""
    return islice(_lines(_texts_after(start)), limit)


def lines_before(start: HtmlElement, limit: int) -> Iterator[Line]:
    """Up to `limit` lines before `start`, the nearest first."""
    return islice(_lines(_texts_before(start)), limit)


def _lines(texts: Iterator[tuple[str, HtmlElement, bool]]) -> Iterator[Line]:
    """Texts are asked for as lines are, for few readers want all lines of a page."""
    pieces: list[Piece] = []
    holder: HtmlElement | None = None
    for text, element, breaks in texts:
        block = _block(element)
        if pieces and holder is not None and (breaks or block is not holder):
            yield Line(tuple(pieces), holder)
            pieces = []
        if text:
            holder = block
            pieces.append(Piece(compose(text), element))
    if pieces and holder is not None:
        yield Line(tuple(pieces), holder)


def _block(element: HtmlElement) -> HtmlElement:
    """The nearest element around that is no inline one."""
    while element.tag in _INLINE:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _texts_after(start: HtmlElement) -> Iterator[tuple[str, HtmlElement, bool]]:
    """Text nodes after `start` as (text, element, whether a line break stands before it)."""
    element = start
    while True:
        parent = element.getparent()
        if parent is None or element.tag == "body":
            return
        if element.tail and element.tail.strip():
            yield " ".join(element.tail.split()), parent, element.tag == "br"
        for sibling in element.itersiblings():
            yield from _texts_inside(sibling)
            if sibling.tail and sibling.tail.strip():
                yield " ".join(sibling.tail.split()), parent, sibling.tag == "br"
        element = parent


def _texts_inside(element: HtmlElement) -> Iterator[tuple[str, HtmlElement, bool]]:
    """Text nodes within an element and its visible descendants; walks without recursion, however deep they nest."""
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, el in walker:
        if event == "start":
            if not isinstance(el.tag, str) or el.tag in _UNSEEN or is_outside(el):
                walker.skip_subtree()
            elif el.tag == "br":
                yield "", el.getparent(), True
            elif el.text and el.text.strip():
                yield " ".join(el.text.split()), el, False
        elif el is not element and el.tail and el.tail.strip():
            yield " ".join(el.tail.split()), el.getparent(), el.tag == "br"


def _texts_before(start: HtmlElement) -> Iterator[tuple[str, HtmlElement, bool]]:
    """Text nodes before `start`, block by block backwards; the pieces of one block in reading order.

    Ends at the site's navigation or header: what is above those is the site's (today's date, the weather).
    """
    element = start
    while True:
        parent = element.getparent()
        if parent is None or element.tag == "body":
            return
        for sibling in element.itersiblings(preceding=True):
            if sibling.tail and sibling.tail.strip():
                yield " ".join(sibling.tail.split()), parent, True
            if is_site_frame(sibling):
                return
            inside = list(_texts_inside(sibling))
            for group in reversed(_grouped(inside)):
                yield from group
        element = parent


def is_site_frame(element: HtmlElement) -> bool:
    """Whether an element is, or holds, the site's header or navigation; a breadcrumb is none."""
    if not isinstance(element.tag, str):
        return False
    names = labels(element)
    if "crumb" in names or "crumb" in (element.get("aria-label") or "").lower():
        return False
    if element.tag in {"nav", "header"} or (names and _NAVIGATION.search(names)):
        return True
    return next(element.iter("nav"), None) is not None


def _grouped(
    texts: Sequence[tuple[str, HtmlElement, bool]],
) -> list[list[tuple[str, HtmlElement, bool]]]:
    groups: list[list[tuple[str, HtmlElement, bool]]] = []
    for item in texts:
        same = groups and not item[2] and _block(groups[-1][-1][1]) is _block(item[1])
        if same:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def folded_length(element: HtmlElement) -> int:
    """Characters of an element's text, however its mark-up is laid out."""
    return len(" ".join(element.text_content().split()))


def is_longer(element: HtmlElement, limit: int) -> bool:
    """Whether `folded_length` is beyond a limit; of a long text only the beginning is looked at."""
    text = element.text_content()
    return len(text) > limit and len(" ".join(text[: 16 * limit].split())) > limit


def is_within_text(element: HtmlElement) -> bool:
    """Whether an inline element stands within a longer paragraph, which says more than what it holds."""
    block = _block(element)
    if block is element or block.tag != "p":
        return False
    return folded_length(block) - folded_length(element) > _LONGEST_BESIDE


def own_element(line: Line) -> HtmlElement | None:
    """The element that holds this line and (next to) nothing else, so that it can be left out of the body."""
    length = len(line.text)
    element = line.element
    if folded_length(element) <= length + length // 4 + 12:
        return element
    holders = {id(piece.element): piece.element for piece in line.pieces if piece.element is not line.element}
    return next(iter(holders.values())) if len(holders) == 1 and len(line.pieces) == 1 else None
