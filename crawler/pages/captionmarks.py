"""Which elements say by their mark-up that they are captions."""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.blocks import CAPTION
from crawler.pages.boxnames import RELATED
from crawler.pages.pictures import is_tiny, leads_to_page
from storage.letters import count_words

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:p?captions?(?!-?(?:off|hidden|btn|button))(?:[_-]?\w+)?|wp-caption-text|figcaption|legend|leyenda|bildunterschrift|(?:img[-_])?chu[-_]?thich(?:[-_]anh)?(?:[-_]\d+)?|photocms_caption"
    r"|(?:image|img|photo|picture|foto|media)[_-]{0,2}(?:captions?|cap|desc(?:ription)?|text|title|info|credits?|legend|note|copyright|source))(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
MAX_WORDS = 90  # of one caption
HEADLINE_WORDS = 4
MAX_PARAGRAPHS = 2  # as above
MAX_LINKS = 20  # that are looked at
PLAYER = "player, or what readers say"
_SHOWN = ("img", "amp-img", "picture", "video", "svg", "canvas", "object", "table", "pre", "blockquote")


def find_captions(root: HtmlElement) -> dict[HtmlElement, str]:
    """Elements whose mark-up says that they are a caption."""
    found: dict[HtmlElement, str] = {}
    figures: dict[HtmlElement, str] = {}  # what each holds; one may have thousands of captions
    for element in root.iter(
        "figcaption",
        "figure",
        "table",
        "p",
        "div",
        "span",
        "em",
        "td",
        "small",
        "i",
        "h6",
        "h5",
        "h4",
        "dd",
        "amp-img",
        "cite",
    ):
        pictured = element.tag == "table" and _is_picture_table(element)
        if pictured and _leads_twice(element):
            found[element] = RELATED
        elif (
            element.tag == "figcaption"
            or _is_named(element)
            or (element.tag == "figure" and _is_picture_with_words(element))
            or pictured
        ):
            figure = _figure(element)
            found[element] = figures[figure] = figures.get(figure) or _what_it_shows(figure)
        elif element.tag == "figure" and is_card(element):
            found[element] = RELATED
    return found


def _figure(element: HtmlElement) -> HtmlElement:
    return element if element.tag in ("figure", "table") else next(element.iterancestors("figure"), element)


def _what_it_shows(figure: HtmlElement) -> str:
    """A picture and its caption, unless a link in it is paid for; a player, where a frame and a link take its place."""
    links = list(islice(figure.iter("a"), MAX_LINKS))
    if any(is_paid_for(link) for link in links):
        return "advertisement"
    shown = next(figure.iter(*_SHOWN), None) is not None
    return PLAYER if links and not shown and next(figure.iter("iframe", "audio", "q"), None) is not None else CAPTION


def is_paid_for(link: HtmlElement) -> bool:
    """Whether a link says of itself that it is paid for; see Google's `rel=sponsored` of 2019."""
    return "sponsored" in (link.get("rel") or "").lower().split()


def _is_named(element: HtmlElement) -> bool:
    names = element.get("class")
    if not names or not _names_caption(names):
        return False
    holds_more = holds_picture(element) or element.find(".//figcaption") is not None or _holds_headline(element)
    if holds_more or _is_quoted(element):
        return False
    return is_short(element) and len(element.findall(".//p")) <= MAX_PARAGRAPHS


def _is_quoted(element: HtmlElement) -> bool:
    """In a box that calls itself a quotation, and shows no picture: some templates call what was said its caption."""
    boxes = islice(element.iterancestors("div", "blockquote", "figure", "section"), 2)
    box = next((up for up in boxes if "quote" in f"{up.get('class')} {up.get('type')}".lower()), None)
    return box is not None and not holds_picture(box)


def _is_picture_with_words(figure: HtmlElement) -> bool:
    """A picture and a few words; one that holds the page's headline is the head of the article, lead and all."""
    return holds_picture(figure) and not _holds_headline(figure) and is_short(figure) and not is_card(figure)


def is_card(figure: HtmlElement) -> bool:
    """All that it says, and its picture, are one link to a page, and as long as a headline: it shows what is there."""
    said = [text for text in figure.itertext() if text.strip()]
    link = figure.find(".//a[@href]")
    if link is None or figure.find(".//figcaption") is not None or not leads_to_page(link.get("href", "")):
        return False
    inside = [text for text in link.itertext() if text.strip()]
    return said == inside and sum(map(count_words, said)) >= HEADLINE_WORDS and holds_picture(link)


def _holds_headline(element: HtmlElement) -> bool:
    return element.find(".//h1") is not None


def holds_picture(element: HtmlElement) -> bool:
    return next(element.iter("img", "amp-img"), None) is not None


@lru_cache(maxsize=8192)
def _names_caption(names: str) -> bool:
    return ("aption" in names or bool(_NAMED.search(names))) and bool(_NAMED.search(_CAMEL.sub("-", names)))


def is_short(element: HtmlElement) -> bool:
    return count_words("".join(element.itertext())) <= MAX_WORDS


def _is_picture_table(table: HtmlElement) -> bool:
    """A picture in one cell and its caption in another, as older CMS write it; no bullets before lines, nor icons."""
    pictures = list(table.iter("img", "amp-img"))
    rows = sum(1 for _ in table.iter("tr"))
    few = bool(pictures) and rows <= 3 * len(pictures) and table.find(".//h2") is None and is_short(table)
    shown = {picture.get("src") or str(at) for at, picture in enumerate(pictures) if not is_tiny(picture)}
    return few and bool(shown) and len(shown) > len(pictures) / 2


def _leads_twice(table: HtmlElement) -> bool:
    """Whether two links lead to one page, as a picture and a headline do, or a headline and a button below it."""
    leading = Counter(href for link in table.iter("a") if leads_to_page(href := link.get("href", "")))
    return max(leading.values(), default=0) > 1
