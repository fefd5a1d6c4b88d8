"""Who wrote the article: what the page tells machines, weighed against its visible byline and its sign-off."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.bylines import host_names, names_in
from crawler.jsonld import Node, text_of
from crawler.lines import Line, is_aside, own_element
from crawler.structured import Structured, resolve
from crawler.times import Habits, find_moment

_BYLINE_MARK = re.compile(
    r"(?<![a-z])(?:author|authors|byline|by-line|writer|writers|autor|autoren|auteur|autori|autore|contributors?|journalist|"
    r"tac-?gia|reporter|creator|authorname|penulis|skribent|signature|firma)(?![a-z])|author-?_?(?:name|info|link)|"
    r"(?:article|post|detail|story|news)_*-*_*author|redakt(?:eur|or)",
    re.IGNORECASE,
)  # fmt: skip
_NOT_BYLINE = re.compile(
    r"bio(?![a-z])|about|avatar|image|img|photo|social|follow|share|date|time|comment|related|role|position|title(?![a-z])|description|"
    r"job|source-?link|count|more",
    re.IGNORECASE,
)
_SAYS_BY = re.compile(
    r"^(?:written by|words by|story by|by|von|par|por|door|oleh|text:|autor\w*:|author:|theo|bài|tin|tác giả|nguồn|thực hiện|автор\w*:|text\s?:)[\s:]",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"text-align\s*:\s*right|text-right|align-?right|\bright\b|text-end|\bsign(?:ed|ature)?\b|tac-?gia|\bauthor\b|\bsource\b|nguon",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    names: tuple[str, ...]
    source: str
    elements: tuple[HtmlElement, ...]
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Byline:
    names: tuple[str, ...]
    source: str
    element: HtmlElement | None


def read_authors(
    tree: HtmlElement,
    stated: Structured,
    headline: HtmlElement | None,
    header: Sequence[Line],
    habits: Habits,
    url: str,
) -> Authors:
    """All authors and nobody else.

    Names told to machines come first, if they are people or agencies and not the site; the visible byline
    completes them where they share a name, and replaces them where the page shows none of theirs.
    """
    sites = (*stated.publishers, *host_names(url))
    machine = _machine_names(stated, sites)
    around = frozenset(headline.iterancestors()) if headline is not None else frozenset()
    visible = _visible_bylines(tree, header, around, sites, habits, headline is not None)
    signed = _sign_off(tree, around, headline, sites)
    shown = [byline for byline in (*visible, *signed) if byline.names]
    elements = tuple(dict.fromkeys(byline.element for byline in shown if byline.element is not None))
    candidates = tuple((", ".join(names), source) for names, source in machine)
    candidates += tuple((", ".join(byline.names), byline.source) for byline in shown)
    names, source = _settle(machine, shown)
    return Authors(names=names, source=source, elements=elements, candidates=tuple(dict.fromkeys(candidates)))


def _settle(machine: Sequence[tuple[tuple[str, ...], str]], shown: Sequence[_Byline]) -> tuple[tuple[str, ...], str]:
    if machine:
        names, source = machine[0]
        keys = {name.casefold() for name in names}
        for byline in shown:
            seen = {name.casefold() for name in byline.names}
            if keys < seen:
                return byline.names, f"{byline.source}, which agrees with {source}"
            if keys & seen:
                return names, source
        if shown and shown[0].source.startswith("byline"):
            return shown[0].names, shown[0].source
        return names, source
    return (shown[0].names, shown[0].source) if shown else ((), "")


# --- told to machines -------------------------------------------------------------------------------------


def _machine_names(stated: Structured, sites: Sequence[str]) -> list[tuple[tuple[str, ...], str]]:
    found = []
    for key in ("author", "creator"):
        names = _node_names(resolve(stated.article.get(key), stated.nodes))
        found.append((names, f"JSON-LD {stated.kind}.{key}"))
    for key in (
        "article:author",
        "author",
        "byl",
        "dc.creator",
        "dc.creator.name",
        "parsely-author",
        "sailthru.author",
        "cxenseparse:author",
        "twitter:data1",
    ):
        if key != "twitter:data1" or "written by" in stated.first("twitter:label1").lower():
            found.append((list(stated.meta.get(key, ())), f"meta {key}"))
    result = []
    for texts, source in found:
        names = tuple(dict.fromkeys(name for text in texts for name in names_in(text, sites)))
        if names:
            result.append((names, source))
    return result


def _node_names(things: Iterable[object]) -> list[str]:
    names = []
    for thing in things:
        if isinstance(thing, dict):
            person: Node = thing
            given = f"{text_of(person.get('givenName'))} {text_of(person.get('familyName'))}".strip()
            value = person.get("name")
            texts = [text_of(item) for item in value] if isinstance(value, list) else [text_of(value)]
            names += [text for text in texts if text] or ([given] if given else [])
        else:
            names.append(text_of(thing))
    return [name for name in names if name]


# --- shown to readers -------------------------------------------------------------------------------------


def _visible_bylines(
    tree: HtmlElement,
    header: Sequence[Line],
    around: frozenset[HtmlElement],
    sites: Sequence[str],
    habits: Habits,
    has_headline: bool,
) -> list[_Byline]:
    found = []
    for element in _marked(tree):
        if has_headline and is_aside(element, around):
            continue
        names = _names_of(element, sites, habits)
        if names:
            found.append(_Byline(names, "byline element in the page", element))
    found = _outermost(found)
    for line in header:
        names = _names_of_line(line, sites, habits)
        if names:
            found.append(_Byline(names, "byline near the headline", own_element(line)))
    return found


def _marked(tree: HtmlElement) -> list[HtmlElement]:
    """Elements whose names say that they hold the byline, in page order."""
    found = []
    for element in tree.iter(
        "a", "address", "span", "div", "p", "strong", "b", "li", "h3", "h4", "h5", "em", "cite", "author"
    ):
        rel = (element.get("rel") or "").lower()
        prop = (element.get("itemprop") or "").lower()
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-role') or ''}"
        if rel == "author" or prop == "author" or (_BYLINE_MARK.search(names) and not _NOT_BYLINE.search(names)):
            found.append(element)
    return found[:40]


def _names_of(element: HtmlElement, sites: Sequence[str], habits: Habits) -> tuple[str, ...]:
    text = " ".join(element.text_content().split())
    if not text or len(text) > 160:
        return ()
    links = [" ".join(link.text_content().split()) for link in element.iter("a") if link is not element]
    if len(links) > 1:
        names = [name for link in links for name in names_in(link, sites)]
        if names:
            return tuple(dict.fromkeys(names))
    return tuple(names_in(_without_time(text, habits), sites))


def _without_time(text: str, habits: Habits) -> str:
    found = find_moment(text, habits)
    if not found:
        return text
    before, after = text[: found.start], text[found.end :]
    before = re.sub(
        r"(?i)[\s,|•·-]*(?:thứ \w+|chủ nhật|t[2-7]|cn|\w{3,9}day|ngày|lúc|on|am|vom|le|el|published|updated)?[\s:,|•·-]*$",
        "",
        before,
    )
    return before if before.strip() else after


def _outermost(bylines: Sequence[_Byline]) -> list[_Byline]:
    """Without those inside another one, or that name nobody new."""
    kept: list[_Byline] = []
    for byline in bylines:
        inside = byline.element is not None and any(
            up is other.element for other in kept for up in byline.element.iterancestors()
        )
        if not inside:
            kept.append(byline)
    return kept


def _names_of_line(line: Line, sites: Sequence[str], habits: Habits) -> tuple[str, ...]:
    """The names in a header line that says `By ...`, or that holds a name and a time and nothing else."""
    text = line.text
    if len(text) > 160:
        return ()
    found = find_moment(text, habits)
    if found:
        rest = _without_time(text, habits)
        return tuple(names_in(rest, sites)) if len(rest.split()) <= 8 else ()
    if _SAYS_BY.match(text):
        return tuple(names_in(text, sites))
    return ()


def _sign_off(
    tree: HtmlElement, around: frozenset[HtmlElement], headline: HtmlElement | None, sites: Sequence[str]
) -> list[_Byline]:
    """A name alone in a right-aligned or bold paragraph after the text, as Vietnamese pages sign."""
    if headline is None:
        return []
    found: list[_Byline] = []
    for element in tree.iter("p", "div"):
        text = element.text_content().strip()
        if not 3 <= len(text) <= 60 or len(element) > 3 or "\n\n" in text:
            continue
        style = f"{element.get('style') or ''} {element.get('class') or ''} {element.get('align') or ''}"
        bold = len(element) >= 1 and element[0].tag in {"strong", "b", "em", "i"} and not (element.text or "").strip()
        if not (_RIGHT.search(style) or bold) or is_aside(element, around):
            continue
        if not _follows_text(element):
            continue
        names = names_in(text, sites)
        if names:
            found.append(_Byline(tuple(names), "sign-off after the text", element))
    return found[-1:]


def _follows_text(element: HtmlElement) -> bool:
    """Whether long paragraphs stand before the element in its own container, and none after it."""
    before = sum(len(el.text_content()) > 80 for el in element.itersiblings("p", preceding=True))
    after = sum(len(el.text_content()) > 80 for el in element.itersiblings("p"))
    return before >= 2 and after == 0
