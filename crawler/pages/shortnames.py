"""Class names that a build cut short and counted up: `ad` is no advertisement where `ac` and `ae` stand beside it."""

import re
from collections import Counter
from collections.abc import Collection

from lxml.html import HtmlElement

_SHORT = re.compile(r"((?:[a-z]+-|_)?[a-z])([a-z])(_+(?=[a-zA-Z]*\d)[0-9a-zA-Z]{4,8})?")  # a hash behind it, perhaps
_SERIES = 3  # names that differ in their last letter alone


def has_short(names: str) -> bool:
    """Whether one of these class names is as short as a counted one."""
    return any(map(_SHORT.fullmatch, names.split()))


def counted_up(root: HtmlElement) -> frozenset[str]:
    """The class names of a page that were counted up."""
    names = {name for element in root.iter("*") for name in element.get("class", "").split()}
    short = {name: match for name in names if (match := _SHORT.fullmatch(name))}
    last = {(match[1], match[3] is None, match[2]) for match in short.values()}
    series = Counter((begun, bare) for begun, bare, _ in last)
    return frozenset(name for name, match in short.items() if series[match[1], match[3] is None] >= _SERIES)


def without(names: str, counted: Collection[str]) -> str:
    """Class names but for those that were counted up."""
    return " ".join(name for name in names.split() if name not in counted)
