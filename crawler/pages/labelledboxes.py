"""Small boxes within a text whose first line says what they are: an advertisement."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.notices import AD_LABEL
from crawler.pages.tagkinds import HOW, INLINE
from storage.letters import count_words

_BOXES = frozenset(("div", "section", "aside"))
_LABELS = ("div", "span", "p", "small", "b", "strong", "h3", "h4", "h5", "h6", "label", "section", "aside")
_NO_BOX = ("h1", "article", "main")
_LONGEST = 40  # characters of a label
MOST_WORDS = 80  # of a box


def find_labelled_boxes(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """Boxes that begin with a line that is but a label, and why; none of them holds an element of `protected`."""
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    found: dict[HtmlElement, str] = {}
    for element in root.iter(*_LABELS):
        said = (element.text or "").strip()
        if 1 < len(said) <= _LONGEST and AD_LABEL.match(said) and _is_line(element):
            box = _box_of(element)
            if box is not None and box not in safe and not _is_part_of_text(box):
                found[box] = "advertisement"
    return found


def _is_line(label: HtmlElement) -> bool:
    """Whether the label's line ends with it; else it is the first word of a sentence."""
    following = next(label.iterchildren(), None)
    if following is None and HOW.get(label.tag) is INLINE:
        if (label.tail or "").strip():
            return False
        following = label.getnext()
    return following is None or HOW.get(following.tag) is not INLINE


def _box_of(label: HtmlElement) -> HtmlElement | None:
    """The smallest box that begins with this label and says more, if it is small."""
    text = (label.text or "").strip()
    for around in (label, *islice(label.iterancestors(), 3)):
        told = list(islice((part.strip() for part in around.itertext() if part.strip()), MOST_WORDS))
        if not told or told[0] != text:
            return None
        if len(told) > 1:
            small = sum(map(count_words, told)) <= MOST_WORDS
            return around if small and around.tag in _BOXES and next(around.iter(*_NO_BOX), None) is None else None
    return None


def _is_part_of_text(box: HtmlElement) -> bool:
    """Whether others beside it are like it, without a label: parts of the text, before one of which a label stands."""
    return next(box.iter("p"), None) is not None and any(_holds_text(one) for one in _alike(box))


def _alike(box: HtmlElement) -> Iterator[HtmlElement]:
    parent = box.getparent()
    beside = () if parent is None else parent.iterchildren(box.tag)
    return (one for one in beside if one is not box and one.get("class") == box.get("class"))


def _holds_text(box: HtmlElement) -> bool:
    """Paragraphs, and no label before them."""
    first = next((part.strip() for part in box.itertext() if part.strip()), "")
    return next(box.iter("p"), None) is not None and not AD_LABEL.match(first)
