"""Fields that the site file says where to find: they go before all that the general reading finds."""

from collections.abc import Sequence

from cssselect import SelectorError
from lxml import etree
from lxml.html import HtmlElement

from crawler.pages.bylines import names_in
from crawler.pages.machinetimes import machine_moment
from crawler.pages.times import Habits
from storage.records import Dropped, Moment

MIN_DROPPED = 4  # words; shorter texts that are taken out are not worth telling


def selected(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that a CSS selector of the site file picks; none for an empty or unusable one."""
    if not selector:
        return []
    try:
        return list(tree.cssselect(selector))
    except (SelectorError, etree.XPathError):
        return []


def take_out(tree: HtmlElement, selectors: Sequence[str]) -> tuple[Dropped, ...]:
    """Takes what the selectors pick out of the tree, so that nothing is read there; gives the texts that went."""
    gone: list[Dropped] = []
    for selector in selectors:
        for element in selected(tree, selector):
            if element.getparent() is None or element.tag == "body":
                continue
            text = " ".join(element.text_content().split())
            gone += [Dropped(text=text, why=f"site rule {selector!r}")] if len(text.split()) >= MIN_DROPPED else []
            element.drop_tree()
    return tuple(gone)


def ruled_text(elements: list[HtmlElement]) -> str:
    """The text of the first element, or its `content`, as `meta` has it."""
    for element in elements:
        text = " ".join((element.get("content") or element.text_content()).split())
        if text:
            return text
    return ""


def ruled_names(elements: list[HtmlElement]) -> tuple[str, ...]:
    """The names in all the elements; a text that reads as no name is one all the same, as the site file says so."""
    names: list[str] = []
    for element in elements:
        text = ruled_text([element])
        names += names_in(text) or ([text] if text else [])
    return tuple(dict.fromkeys(names))


def ruled_moment(elements: list[HtmlElement], habits: Habits) -> Moment | None:
    """The first time in the elements' `datetime` or `content`, or in their text."""
    for element in elements:
        for text in (element.get("datetime"), element.get("content"), element.text_content()):
            moment = machine_moment(text or "", habits)
            if moment:
                return moment
    return None
