"""The article's tags: its visible tag list, else `article:tag`, else keywords that look like tags."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.pages.authormarks import is_marked
from crawler.pages.lines import is_aside
from crawler.pages.structured import Structured

_TAG_MARK = re.compile(
    r"(?<![a-z])(?:tags?|tag-?list|keywords?|topics?|tu-?khoa|schlagw\w+|etiquetas|hashtags?)(?![a-z])", re.IGNORECASE
)
_NOT_TAGS = re.compile(r"trend|hot|popular|cloud|header|menu|nav|gtm|google|footer|noi-bat|share|social", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:tags?|từ khóa|từ khoá|chủ đề|topics?|keywords?|schlagwörter|themen|etiquetas|mots-clés|tagged)\s*:?$",
    re.IGNORECASE,
)
_SET_OFF = frozenset(("span", "strong", "b", "em", "i", "small", "label"))
_CATEGORY = re.compile(r"categor|section|rubri|chuyen-muc", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;]")
MOST = 30
MOST_WORDS = 7  # of a tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """The tags, where they came from, the elements that show them, and all (value, source) candidates."""

    names: tuple[str, ...]
    source: str
    elements: tuple[HtmlElement, ...]
    candidates: tuple[tuple[str, str], ...]


def read_tags(tree: HtmlElement, stated: Structured, headline: HtmlElement | None) -> Tags:
    shown, element = _visible_tags(tree, headline)
    if not shown:
        shown, element = _declared_tags(tree, headline)
    stated_tags = _SEPARATOR.split(";".join(stated.meta.get("article:tag", ())))
    found = [(shown, "tag list in the page"), (_clean(stated_tags), "meta article:tag")]
    found += [(_keywords(stated.first(key), stated), f"meta {key}") for key in ("news_keywords", "keywords")]
    found = [(names, source) for names, source in found if names]
    names, source = found[0] if found else ((), "")
    return Tags(
        names=names,
        source=source,
        elements=(element,) if element is not None else (),
        candidates=tuple((", ".join(names), source) for names, source in found),
    )


def _visible_tags(tree: HtmlElement, headline: HtmlElement | None) -> tuple[tuple[str, ...], HtmlElement | None]:
    """The links of the first tag list after the headline, and the list's element."""
    started = headline is None
    around = _around(headline)
    for element in tree.iter("h1", "h2", "h3", "h4", "ul", "ol", "div", "p", "section", "nav", "span"):
        if element is headline:
            started = True
            continue
        if not started:
            continue
        names, own = element.get("class"), element.get("id")
        marked = bool(names or own) and _is_tag_name(f"{names or ''} {own or ''}")
        if not marked and not _LABEL.match(_said_first(element)):
            continue
        if is_aside(element, around) or _is_in_another_head(element, around):
            continue
        leading = (link for link in element.iter("a") if link.get("href") and not is_marked(link))
        links = [" ".join(link.text_content().split()) for link in leading]
        names = _clean(links)
        if _is_little_else(element, names) and not _are_headlines(names):
            return names, element
    return (), None


def _said_first(element: HtmlElement) -> str:
    """What an element says first itself, or in words that are set off, as a label is."""
    text = element.text
    if not (text and text.strip()) and len(element) and element[0].tag in _SET_OFF:
        text = element[0].text
    return " ".join(text.split()) if text else ""


def _around(headline: HtmlElement | None) -> frozenset[HtmlElement]:
    """What holds the headline, as old pages lay out all in tables, and the footers of its own article."""
    above = () if headline is None else tuple(headline.iterancestors())
    articles = [up for up in above if up.tag == "article"]
    return frozenset((*above, *(footer for up in articles for footer in up.iter("footer"))))


def _are_headlines(names: Sequence[str]) -> bool:
    """Whether a box by the name of a topic lists what else was written of it."""
    return 2 * sum(len(name.split()) > MOST_WORDS for name in names) >= len(names)


def _is_in_another_head(element: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether it stands in a menu or a head, but not in that of the article itself, with the headline."""
    return any(up.tag in {"header", "nav"} and up not in around for up in element.iterancestors())


def _declared_tags(tree: HtmlElement, headline: HtmlElement | None) -> tuple[tuple[str, ...], HtmlElement | None]:
    """The first box after the headline whose links say by `rel` that they are tags, categories left out."""
    links = [link for link in tree.iter("a") if "tag" in link.get("rel", "").split() and not _is_category(link)]
    if not links:
        return (), None
    around = _around(headline)
    order = list(tree.iter("a", "h1", "h2", "h3", *([headline.tag] if headline is not None else [])))
    start = order.index(headline) if headline is not None else 0
    declared = set(links)
    after = [link for link in order[start:] if link in declared]
    boxes = [(box, link) for link in after if (box := _box(link)) is not None and not is_aside(link, around)]
    if not boxes:
        return (), None
    first = boxes[0][0]
    names = _clean([" ".join(link.text_content().split()) for box, link in boxes if box is first])
    return (names, first) if _is_little_else(first, names) else (_clean(_after_label(boxes[0][1])), None)


def _after_label(link: HtmlElement) -> list[str]:
    """The texts of the links that stand by themselves after "Tags:" in a larger element, the first of them given."""
    before = link.getprevious()
    parent = link.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    if not _LABEL.match(" ".join((text or "").split())):
        return []
    texts = [" ".join(link.text_content().split())]
    while (
        (following := link.getnext()) is not None and following.tag == "a" and not (link.tail or "").strip(" ,;|·\n\t")
    ):
        link = following
        texts.append(" ".join(link.text_content().split()))
    return texts


def _is_little_else(box: HtmlElement, names: Sequence[str]) -> bool:
    """Whether an element holds little text beside the names."""
    text = "".join(box.text_content().split())
    return bool(names) and len(names) <= MOST and len("".join(names)) >= 0.5 * len(text) - 20


def _is_category(link: HtmlElement) -> bool:
    above = (link, *link.iterancestors())[:3]
    marks = " ".join(f"{one.get('rel', '')} {one.get('class', '')} {one.get('itemprop', '')}" for one in above)
    return bool(_CATEGORY.search(f"{marks} {link.get('href', '')}"))


def _box(link: HtmlElement) -> HtmlElement | None:
    """What holds the links of a list, their items passed over."""
    box = link.getparent()
    while box is not None and box.tag in {"li", "span"} and len(box) == 1:
        box = box.getparent()
    return box


@lru_cache(maxsize=8192)
def _is_tag_name(names: str) -> bool:
    return bool(_TAG_MARK.search(names)) and not _NOT_TAGS.search(names)


def _clean(texts: Sequence[str]) -> tuple[str, ...]:
    names = (text.strip(" #,;.") for text in texts)
    good = [
        name for name in names if 0 < len(name) <= 60 and not (name[0] == "_" or name[-1] == ":" or _LABEL.match(name))
    ]
    return tuple(dict.fromkeys(good))[:MOST]


def _keywords(content: str, stated: Structured) -> tuple[str, ...]:
    """Keywords, unless they are the headline cut into words, the site's own, or a sentence."""
    names = _clean(_SEPARATOR.split(content))
    if not 1 <= len(names) <= 15 or any(len(name.split()) > MOST_WORDS for name in names):
        return ()
    single = sum(len(name.split()) == 1 for name in names)
    title = {word.casefold() for word in re.findall(r"\w+", stated.head_title)}
    from_title = sum(name.casefold() in title for name in names)
    sites = {name.casefold() for name in stated.publishers}
    if (single == len(names) and from_title > len(names) * 0.6 and len(names) > 3) or any(
        name.casefold() in sites for name in names
    ):
        return ()
    return names
