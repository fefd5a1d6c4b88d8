"""CSS selectors for elements of a page: short, selective, and made of names that a person gave."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from cssselect import SelectorError
from lxml import etree
from lxml.html import HtmlElement

_NAME = re.compile(r"-?[A-Za-z_][\w-]{1,39}", re.ASCII)
_MADE_BY_TOOLS = re.compile(
    r"^(?:css|sc|jsx|jss|emotion|svelte|makestyles|styled|chakra|mui|ng|v|el|yui|ember|react|vc|elementor-element)-|"
    r"\d{3,}|[-_]\d+$|[a-z]\d+[a-z]|__[A-Za-z0-9-]*(?:\d|[a-z][A-Z])[A-Za-z0-9-]*$|^_",
    re.IGNORECASE,
)
_LOOKS = re.compile(  # utility classes and states: they say how an element looks now, not what it is
    r"^(?:[mp][trblxy]?|w|h|gap|font|fw|fs|lh|z|d|float|pull|align|justify|items|order|leading|tracking|space|shadow|"
    r"rounded|border|opacity|overflow|position)-[\w-]+$|"
    r"^(?:col|row|grid|flex|text|bg|color|size)(?:-(?:xs|sm|md|lg|xl|\d+|auto|left|right|center|white|black|gr[ae]y|"
    r"red|blue|wrap|row|col|base|bold|\w+-\d+))+$|^[mp][trblxy]?\d+$|"
    r"^(?:is|has|js)-|^(?:active|open|show|hide|hidden|visible|selected|current|first|last|odd|even|left|right|center|"
    r"clearfix|clear|row|col|cf|container|wrapper|inner|outer|block|flex|grid|bold|italic|small|big|lazy|loaded)$",
    re.IGNORECASE,
)
_CAMEL_CHUNK = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_SEMANTIC_TAGS = frozenset(("article", "main", "header", "h1", "time", "address", "figure", "figcaption"))
_ATTRIBUTES = ("itemprop", "rel", "data-role")
MOST_PARTS = 4  # of a name; an id with more is a headline made into one
MOST_NAMES, MOST_AROUND, MOST_TRIED = 5, 6, 150


def is_given(name: str) -> bool:
    """Whether a class name or id looks like one that a person gave and keeps, not like a hash or a number."""
    if (
        not _NAME.fullmatch(name)
        or len(re.split(r"[-_]+", name)) > MOST_PARTS
        or _MADE_BY_TOOLS.search(name)
        or _LOOKS.match(name)
    ):
        return False
    return not any(_is_hash(part) for part in re.split(r"[-_]+", name))


def _is_hash(part: str) -> bool:
    """`bdVaJa` and `xkcdqrt`, but not `articleBody` or `sapo`."""
    chunks = _CAMEL_CHUNK.findall(part)
    short = len(chunks) >= 3 and sum(map(len, chunks)) / len(chunks) < 3
    unspoken = [chunk for chunk in chunks if len(chunk) >= (3 if len(chunks) > 1 else 5) and not _VOWEL.search(chunk)]
    return short or bool(unspoken)


def selectors_for(root: HtmlElement, targets: Sequence[HtmlElement], wanted: re.Pattern[str]) -> Iterator[str]:
    """Selectors that pick just the targets, in their page: names before places, one step before two.

    Names in which `wanted` is found go first.
    """
    tried: set[str] = set()
    for selector in islice(_candidates(targets, wanted), MOST_TRIED):
        if selector not in tried and picked(root, selector) == list(targets):
            yield selector
        tried.add(selector)


def picked(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that a selector picks, in page order; none where it is unusable."""
    try:
        return list(root.cssselect(selector))
    except (SelectorError, etree.XPathError):
        return []


def _candidates(targets: Sequence[HtmlElement], wanted: re.Pattern[str]) -> Iterator[str]:
    own = _names(targets, wanted)
    tags = {str(target.tag) for target in targets}
    tag = tags.pop() if len(tags) == 1 else ""
    around = _around(targets, wanted)
    yield from own
    if tag in _SEMANTIC_TAGS:
        yield tag
    yield from (f"{tag}{name}" for name in own if tag)
    yield from ("".join(pair) for pair in combinations([name for name in own if name[0] == "."], 2))
    yield from (f"{place} {name}" for place in around for name in own)
    yield from (f"{place} {link}{tag}" for link in ("", "> ") for place in around if tag)
    yield from (f"{outer} {inner} {tag}" for inner, outer in combinations(around, 2) if tag)


def _names(elements: Sequence[HtmlElement], wanted: re.Pattern[str]) -> list[str]:
    """What all of the elements are called, as simple selectors."""
    found = [_names_of(element) for element in elements]
    shared = [name for name in found[0] if all(name in others for others in found[1:])] if found else []
    return sorted(shared, key=lambda name: (not wanted.search(name), name[0] == "[", len(name)))[:MOST_NAMES]


def _names_of(element: HtmlElement) -> list[str]:
    names = [f".{name}" for name in (element.get("class") or "").split() if is_given(name)]
    own = element.get("id") or ""
    names += [f"#{own}"] if is_given(own) else []
    for attribute in _ATTRIBUTES:
        value = element.get(attribute) or ""
        names += [f'[{attribute}="{value}"]'] if re.fullmatch(r"[A-Za-z][\w-]{1,30}", value, re.ASCII) else []
    return names


def _around(targets: Sequence[HtmlElement], wanted: re.Pattern[str]) -> list[str]:
    """Simple selectors of what is around all of the targets, the nearest first, two for each element."""
    shared = [up for up in targets[0].iterancestors() if all(up in target.iterancestors() for target in targets[1:])]
    found: list[str] = []
    for up in shared:
        if up.tag in ("html", "body") or len(found) >= 2 * MOST_AROUND:
            break
        found += _names([up], wanted)[:2]
        found += [str(up.tag)] if up.tag in _SEMANTIC_TAGS else []
    return found
