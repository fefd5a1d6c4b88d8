"""Boxes amid the text that readers may skip: a link to what stands behind them, and what it leads to."""

from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice

from lxml.html import HtmlElement

from storage.letters import count_words

_MOST_WORDS = 150  # of such a box
_TARGET_WORDS = 8  # of what the link leads to: "after newsletter promotion"
_LABEL_WORDS = 8  # of what a box says before its link
_NO_TARGET = ("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")
_LEVELS = 4
_MOST_LINKS = 100  # that are looked at


def find_skipped(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """Elements of boxes below the headline that say where the text goes on; none holds one of `protected`."""
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    targets = {one.get("id"): one for one in root.iter("*") if one.get("id") and one.tag not in _NO_TARGET}
    links = list(islice(_links_below_headline(root), _MOST_LINKS))
    found: dict[HtmlElement, str] = {}
    for link in _lone(root, [(link, targets.get((link.get("href") or "")[1:])) for link in links]):
        target = targets[(link.get("href") or "")[1:]]
        if _words(target, _TARGET_WORDS) <= _TARGET_WORDS:
            box = _between(link, target)
            if box and not safe.intersection(box) and sum(_words(one, _MOST_WORDS) for one in box) <= _MOST_WORDS:
                found |= dict.fromkeys(box, "box that readers may skip")
    return found


def _links_below_headline(root: HtmlElement) -> Iterator[HtmlElement]:
    """Links to a place of the page that are a line by themselves."""
    links = dropwhile(lambda one: one.tag != "h1", root.iter("h1", "a"))
    for link in links:
        href = link.get("href") or ""
        if link.tag == "a" and href.startswith("#") and len(href) > 1 and _is_alone(link):
            yield link


def _lone(root: HtmlElement, links: Sequence[tuple[HtmlElement, HtmlElement | None]]) -> list[HtmlElement]:
    """The links that lead past no other one, and that none leads past: those are a table of contents."""
    if not links:
        return []
    place = {one: at for at, one in enumerate(root.iter())}
    ways = [(place[link], place[target]) for link, target in links if target is not None]
    starts = [place[link] for link, _ in links]
    return [
        link
        for link, target in links
        if target is not None
        and not any(place[link] < start < place[target] for start in starts)
        and not any(start < place[link] < end for start, end in ways)
    ]


def _is_alone(link: HtmlElement) -> bool:
    parent = link.getparent()
    beside = "" if parent is None else f"{parent.text or ''}{link.tail or ''}"
    return parent is not None and not beside.strip() and count_words(link.text_content()) > 1


def _between(link: HtmlElement, target: HtmlElement) -> list[HtmlElement]:
    """The smallest box around both, where it says little else; else its parts from one to the other."""
    ups = list(islice(link.iterancestors(), _LEVELS))
    around = next((up for up in ups if up in target.iterancestors()), None)
    if around is None:
        return []
    parts = list(around)
    first, last = (next(n for n, part in enumerate(parts) if _holds(part, one)) for one in (link, target))
    inner = parts[first : last + 1]
    if not inner:
        return []
    most = sum(_words(part, _MOST_WORDS) for part in inner) + _LABEL_WORDS
    whole = _words(around, most) <= most and around.tag not in ("body", "main", "article")
    return [around] if whole else inner


def _holds(part: HtmlElement, one: HtmlElement) -> bool:
    return part is one or part in one.iterancestors()


def _words(element: HtmlElement, most: int) -> int:
    """How many words an element has, of many only that they are more than `most`."""
    return sum(map(count_words, islice(element.itertext(), most + 1)))
