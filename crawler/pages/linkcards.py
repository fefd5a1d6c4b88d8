"""Cards that are one link as a whole: a picture and several lines in it, which say what it leads to."""

from collections.abc import Collection
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.boxnames import RELATED
from crawler.pages.pictures import leads_to_page
from crawler.pages.tagkinds import HOW
from storage.letters import count_words

_WORDS = 4, 100  # of such a card
_LINES = 2  # at least: a single one may be the picture's caption
_NOT_WITHIN = ("h1", "figcaption", "table", "article")


def find_link_cards(
    root: HtmlElement, protected: frozenset[HtmlElement], captions: Collection[HtmlElement]
) -> dict[HtmlElement, str]:
    """Links that are cards; none holds an element of `protected`, nor one of `captions`."""
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    return {link: RELATED for link in root.iter("a") if link not in safe and _is_card(link, captions)}


def _is_card(link: HtmlElement, captions: Collection[HtmlElement]) -> bool:
    if not leads_to_page(link.get("href", "")) or next(link.iter("img", "amp-img"), None) is None:
        return False
    if next(link.iter(*_NOT_WITHIN), None) is not None or next(link.iterancestors("figure"), None) is not None:
        return False
    lines = [one for one in link.iterdescendants() if (one.text or "").strip() and _is_line(one, link)]
    words = sum(map(count_words, islice(link.itertext(), _WORDS[1] + 1)))
    return len(lines) >= _LINES and _WORDS[0] <= words <= _WORDS[1] and not any(one in captions for one in link.iter())


def _is_line(element: HtmlElement, link: HtmlElement) -> bool:
    """A block, or what is alone in one."""
    parent = element.getparent()
    if not isinstance(element.tag, str):
        return False
    alone = parent is not None and parent is not link and len(parent) == 1 and not (parent.text or "").strip()
    return HOW.get(element.tag) is None or (alone and HOW.get(parent.tag) is None)
