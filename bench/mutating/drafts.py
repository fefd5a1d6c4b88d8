"""A page as a tree to be changed, with the places where the paragraphs of its gold reading stand in it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from bench.scoring import Gold
from crawler.pages.languages import page_language
from storage.comparison.corrections import is_note

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_HOLDERS = frozenset(
    [
        *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "section", "article"),
        *("dd", "dt", "td", "span", "pre", "em", "strong", "center", "header"),
    ]
)
_EMBEDDED = re.compile(
    r"(?:twitter|bluesky|mastodon|tiktok|instagram|fb|reddit)-(?:\w+-)*(?:tweet|embed|media|post)\w*"
)
_WRAPPERS = frozenset(["div", "section", "article", "header", "center"])
_SILENT = frozenset(["script", "style", "noscript", "template"])
_RIGHTS = re.compile(r"©|ⓒ|copyright \d{4}|all rights reserved", re.IGNORECASE)
_MOST_OF_THEM = 0.8  # share of the paragraphs that the article's container has to hold


@dataclass(slots=True, kw_only=True)
class Draft:
    """`places` holds for each gold paragraph the element that holds it and nothing else, or None."""

    root: HtmlElement
    gold: Gold
    language: str
    places: tuple[HtmlElement | None, ...]

    @property
    def placed(self) -> list[HtmlElement]:
        """The elements of the paragraphs that were found, in their order."""
        return [place for place in self.places if place is not None]

    @property
    def paragraphs(self) -> list[HtmlElement]:
        """Those of them that are running text of the article: no caption, list item, heading or quote, not the lead.

        The first may be what the page sets off as its lead, and a word of that is an edit of the lead. So is one that
        the page tells machines of as what sums it up.
        """
        text = [
            place
            for number, place in enumerate(self.places)
            if number not in self.gold.optional
            and place is not None
            and _is_running_text(place)
            and not _RIGHTS.search(text_of(place))
        ]
        summaries = {squeeze(one.get("content", "")) for one in self.root.iter("meta") if "description" in _names(one)}
        return [place for place in text[1:] if squeeze(text_of(place)) not in summaries]

    @property
    def container(self) -> HtmlElement | None:
        """The innermost element that holds most of the paragraphs."""
        return _container(self.placed)

    @property
    def html(self) -> str:
        return str(html.tostring(self.root, encoding="unicode", doctype="<!DOCTYPE html>"))


def squeeze(text: str) -> str:
    """A text without white space and invisible characters, for finding it whatever its layout."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def parse(text: str) -> HtmlElement:
    """The tree of a page."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "ignore") or b"<html></html>", parser=parser)
    assert isinstance(root, HtmlElement)
    return root


def elements(root: HtmlElement) -> Iterator[HtmlElement]:
    """The element and those below it, without comments."""
    return (element for element in root.iter() if isinstance(element, HtmlElement) and isinstance(element.tag, str))


def draft_of(text: str, gold: Gold) -> Draft:
    """The draft of a page."""
    root = parse(text)
    sample = " ".join(gold.body)
    language, _ = page_language([(root.get("lang") or "", "lang")], sample)
    return Draft(root=root, gold=gold, language=language or "en", places=_places(root, gold.body))


def is_silent(element: HtmlElement) -> bool:
    """Whether an element is, or stands in, what no reader sees."""
    return element.tag in _SILENT or any(above.tag in _SILENT for above in element.iterancestors())


def is_embedded(name: str) -> bool:
    """Whether a class name is that of a post of another site, whose script looks for it: no template renames it."""
    return bool(_EMBEDDED.fullmatch(name))


def text_of(element: HtmlElement) -> str:
    """What a reader sees of an element, white space folded."""
    return " ".join("".join(part for part, _, _ in slots(element)).split())


def slots(element: HtmlElement) -> Iterator[tuple[str, HtmlElement, bool]]:
    """The visible pieces of text in an element: the text, the node that has it, and whether as its tail."""
    if element.tag in _SILENT or not isinstance(element.tag, str):
        return
    if element.text:
        yield element.text, element, False
    for child in element:
        yield from slots(child)
        if child.tail:
            yield child.tail, child, True


def set_slot(node: HtmlElement, text: str, *, tail: bool) -> None:
    """Give a piece of text another wording."""
    if tail:
        node.tail = text
    else:
        node.text = text


def insert_after(element: HtmlElement, new: HtmlElement) -> None:
    """Put a new element behind one and its tail."""
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element) + 1, new)


def remove(element: HtmlElement) -> None:
    """Take an element away; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def fragment(markup: str) -> HtmlElement:
    """One element from mark-up."""
    made = html.fragment_fromstring(markup)
    assert isinstance(made, HtmlElement)
    return made


def _places(root: HtmlElement, body: Sequence[str]) -> tuple[HtmlElement | None, ...]:
    wanted = {key for paragraph in body if len(key := squeeze(paragraph)) > 1}
    longest = 3 * max(map(len, wanted), default=0) + 200
    found: dict[str, list[HtmlElement]] = {}
    for element in elements(root):
        if element.tag in _HOLDERS:
            raw = str(_TEXT(element))
            if len(raw) <= longest and (key := squeeze(raw)) in wanted and not is_silent(element):
                found.setdefault(key, []).append(element)
    taken: set[HtmlElement] = set()
    places: list[HtmlElement | None] = []
    for paragraph in body:
        holders = [one for one in found.get(squeeze(paragraph), ()) if one not in taken]
        place = _innermost(holders[0]) if holders else None
        if place is not None:
            taken.update(elements(place), holders[:1], place.iterancestors())
        places.append(place)
    return tuple(places)


_TEXT = etree.XPath("string(.)")


def _innermost(element: HtmlElement) -> HtmlElement:
    """The paragraph in wrappers that hold only it."""
    while element.tag in _WRAPPERS:
        whole = squeeze(str(_TEXT(element)))
        inner = [one for one in element if isinstance(one.tag, str) and squeeze(str(_TEXT(one))) == whole]
        if len(inner) != 1 or inner[0].tag not in _HOLDERS:
            break
        element = inner[0]
    return element


def marked(element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    """Whether an element, or what is right around it, is called so."""
    above = element.getparent()
    near = [element, *([above] if above is not None else [])]
    return any(pattern.search(f"{one.get('class', '')} {one.get('itemprop', '')}") for one in near)


def found(root: HtmlElement, path: str) -> list[HtmlElement]:
    """The elements that an XPath leads to."""
    there = etree.XPath(path)(root)
    return [one for one in there if isinstance(one, HtmlElement)] if isinstance(there, list) else []


def _names(meta: HtmlElement) -> str:
    return f"{meta.get('name', '')} {meta.get('property', '')}"


def is_told(text: str) -> bool:
    """Whether a paragraph tells something: no note of what was changed in the article, nor whose it is."""
    return not is_note(text) and not _RIGHTS.search(text)


def _is_running_text(place: HtmlElement) -> bool:
    around = (place, *place.iterancestors())
    apart = any(one.tag == "blockquote" or _is_caption(one) for one in around) or _is_below_a_picture(place)
    return place.tag in {"p", "div"} and not apart


def _is_below_a_picture(place: HtmlElement) -> bool:
    """Whether all of it is set in italics right below a picture, as a caption is that nothing calls one."""
    above = next((one for one in place.itersiblings(preceding=True) if isinstance(one.tag, str)), None)
    if above is None or (above.tail or "").strip() or next(above.iter("img"), None) is None or text_of(above):
        return False
    whole = squeeze(text_of(place))
    return any(squeeze(text_of(one)) == whole for one in place.iter("em", "i", "small") if isinstance(one, HtmlElement))


def _is_caption(element: HtmlElement) -> bool:
    return element.tag in {"figure", "figcaption"} or "caption" in element.get("class", "").lower()


def _container(placed: Sequence[HtmlElement]) -> HtmlElement | None:
    counts: dict[HtmlElement, int] = {}
    for place in placed:
        for above in place.iterancestors():
            counts[above] = counts.get(above, 0) + 1
    enough = [one for one, count in counts.items() if count >= _MOST_OF_THEM * len(placed)]
    return max(enough, key=lambda one: sum(1 for _ in one.iterancestors()), default=None)
