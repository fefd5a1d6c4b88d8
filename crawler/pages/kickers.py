"""A heading's text as readers see it, with or without the kicker above it and the subtitle in it."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.pages.lines import lines_before
from crawler.pages.machinetitles import plain_title
from storage.comparison.textkey import visible

_HIDDEN = re.compile(r"visually-?hidden|sr-only|screen-?reader|d-none|\bhidden\b", re.IGNORECASE)
_EDGE = "\ue000"  # where an element starts or ends; a private-use character that no headline holds
_GLUED = re.compile(rf"(?<=[a-zß-ÿ?!.:]){_EDGE}+(?=[A-ZÀ-ÞĐ„“«\"])")  # two lines in spans that CSS makes blocks
_BREAKING = frozenset({"br", "p", "div", "h2", "h3"})


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


def without_or_with_kicker(element: HtmlElement, text: str, machine: Sequence[tuple[str, str]]) -> tuple[str, str]:
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
    rest, seen = iter(longer), visible(text)
    return len(longer) > len(seen) and all(char in rest for char in seen if not char.isspace())


def _parts(element: HtmlElement, text: str) -> list[str]:
    """The headline less a kicker or a subtitle that is an element of its own, or a kicker that ends in a colon."""
    parts = [" ".join((element.text or "").split())]
    parts += [visible_text(child) for child in element if isinstance(child.tag, str)]
    parts += [" ".join((child.tail or "").split()) for child in element]
    return [*(part for part in parts if part), text.partition(": ")[2]]
