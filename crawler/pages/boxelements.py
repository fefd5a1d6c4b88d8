"""What the elements in a small box say of it: there is something to press, a link that is paid for, an address."""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.blocks import fold
from crawler.pages.captionmarks import is_paid_for
from crawler.pages.tagkinds import HOW
from crawler.pages.tallies import AGO, tally_reason

MOST_ELEMENTS = 400  # that are looked at
COMMENT_BUTTONS = 2  # to answer, and to agree
_PRESSED = frozenset(("button", "select", "textarea", "input"))
_ROLES = frozenset(("button", "tab", "switch", "slider", "radio", "checkbox", "combobox", "listbox"))


def controls_in(box: HtmlElement) -> Sequence[HtmlElement]:
    """What readers may press, choose or fill in."""
    return [one for one in _elements(box) if _is_control(one)]


def unfolds(control: HtmlElement) -> bool:
    return bool(control.get("aria-expanded") or control.get("aria-controls"))


def has_paid_link(box: HtmlElement) -> bool:
    return any(one.tag == "a" and is_paid_for(one) for one in (box, *_elements(box)))


def has_address(box: HtmlElement) -> bool:
    """Whether there is a link to write to somebody."""
    return any(one.get("href", "").startswith("mailto:") for one in _elements(box))


def is_comment(box: HtmlElement) -> bool:
    """Buttons, and how long ago it was written: what a reader wrote."""
    buttons = [one for one in _elements(box) if one.tag == "button" or one.get("role") == "button"]
    said = (fold(one.text_content()) for one in _elements(box) if one.tag in ("time", "span", "small"))
    return len(buttons) >= COMMENT_BUTTONS and any(tally_reason(text) == AGO for text in said)


def has_empty_place(box: HtmlElement) -> bool:
    """Whether there is a block in it with nothing in it, or a frame: what a script fills, beside a label."""
    if box.find("iframe") is not None:
        return True
    blocks = (one for one in box.iterchildren() if isinstance(one.tag, str) and HOW.get(one.tag) is None)
    return any(not len(one) and not (one.text or "").strip() for one in blocks)


def _elements(box: HtmlElement) -> Iterator[HtmlElement]:
    return islice(box.iterdescendants("*"), MOST_ELEMENTS)


def _is_control(element: HtmlElement) -> bool:
    if element.tag == "input" and (element.get("type") or "").lower() == "hidden":
        return False
    return element.tag in _PRESSED or element.get("role") in _ROLES
