"""Which elements of a page are not the article, by what their mark-up says of itself."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.boxnames import NAMES, RELATED, named
from crawler.pages.shortnames import counted_up, has_short, without
from storage.letters import count_words

_TAGS = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "dialog": "page furniture",
    "menu": "navigation",
    "form": "form",
    "amp-ad": "advertisement",
    "amp-embed": "advertisement",
    "amp-sticky-ad": "advertisement",
}
_ROLES = {
    "navigation": "navigation",
    "complementary": "aside",
    "contentinfo": "footer",
    "search": "navigation",
    "menu": "navigation",
    "dialog": "page furniture",
    "banner": "navigation",
}
_AD_DATA = frozenset(("data-advertisement", "data-ad-slot", "data-ad-unit"))
_TEST_IDS = frozenset(
    f"data-{name}" for name in ("testid", "test-id", "qa", "e2e", "area", "component", "module", "type")
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NEVER = frozenset(
    (
        *("html", "body", "main", "article", "p", "h1", "br", "img", "a", "figure", "figcaption", "em", "strong"),
        *("picture", "source"),  # libxml2 nests the image into its sources
    )
)


_BOXES = frozenset(("div", "section", "aside"))
_FORM_WORDS = 60  # of a box around a form
_ASKING_WORDS = 5  # of a box that asks for something, at least
_BUTTON_WORDS, _BUTTON_LETTERS = 5, 20
MOST_ASKING = 2  # boxes alike
_NO_CONTROLS = ("p", "h1", "article", "figure", "time", "table", "img", "blockquote")
_FIELDS = frozenset(("text", "email", "tel"))
_QUOTE = re.compile(r"(?:^|[\s_-])(?:pull-?)?quot(?:e|ation)(?:$|[\s_-])", re.IGNORECASE)
_CHOICES = frozenset(("radio", "checkbox"))
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)


def find_boilerplate(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """Elements to leave out and why; none of them holds an element of `protected`."""
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    safe.update(*(code.iter("*") for code in root.iter("pre", "code")))  # `class="comment"` colours code there
    found: dict[HtmlElement, str] = {}
    for element in root.iter("*"):
        if (
            (element.tag not in _NEVER or _is_frame(element) or _is_unseen(element))
            and element not in safe
            and (why := _reason(element))
        ):
            found[element] = why
    found = _told_by_words(root, found)
    found |= _form_boxes(found, safe) | _asking_boxes(root, found, safe)
    return found | _choice_boxes(root, safe) | _control_boxes(root, safe)


def _told_by_words(root: HtmlElement, found: Mapping[HtmlElement, str]) -> dict[HtmlElement, str]:
    """`found` without what only a class name tells that is a number in letters."""
    short = {element for element, why in found.items() if why in NAMES and has_short(element.get("class") or "")}
    counted = counted_up(root) if short else frozenset()
    checked = {element: _reason(element, counted) if element in short else why for element, why in found.items()}
    return {element: why for element, why in checked.items() if why}


def _is_frame(figure: HtmlElement) -> bool:
    """A figure around what another page shows, which its names tell, and no picture."""
    framed = figure.tag == "figure" and next(figure.iter("iframe"), None) is not None
    return framed and next(figure.iter("img", "video", "picture"), None) is None


def _is_unseen(element: HtmlElement) -> bool:
    """Words that are hidden from all, or from all but those who have the page read to them."""
    if element.tag == "p":
        return bool(_HIDDEN.search(element.get("style", "")))
    return element.tag in ("strong", "em") and named(element.get("class", "")) == "page furniture"


def _form_boxes(found: Mapping[HtmlElement, str], safe: Collection[HtmlElement]) -> dict[HtmlElement, str]:
    """The small boxes that hold a form to fill in, and a few words on what it is for."""
    boxes: dict[HtmlElement, str] = {}
    for form in (element for element, why in found.items() if why == "form" and element.tag == "form"):
        box = form.getparent()
        if box is None or box.tag not in _BOXES or box in safe or not _is_filled_in(form, box):
            continue
        if _words(box) <= _FORM_WORDS and next(box.iter("h1", "article", "figure", "time"), None) is None:
            boxes[box] = "form"
    return boxes


def _is_filled_in(form: HtmlElement, box: HtmlElement) -> bool:
    """A form has fields; one of buttons alone, of which each is an amount, say, shows no pictures of goods."""
    if next(form.iter("input"), None) is not None:
        return True
    return len(form.findall(".//button")) > 1 and next(box.iter("img"), None) is None


def _asking_boxes(
    root: HtmlElement, found: Mapping[HtmlElement, str], safe: Collection[HtmlElement]
) -> dict[HtmlElement, str]:
    """Small boxes of a few words that end in a field to fill in or a button, whatever they are called.

    Of boxes that are many and alike each may be a part of the article: a product and where to buy it.
    """
    boxes: list[HtmlElement] = []
    for element in root.iter("input", "button", "a"):
        box = element.getparent()
        if box is None or box.tag not in _BOXES or box in safe or box in found or not _asks(element):
            continue
        if _few_words(box) and next(box.iter("h1", "article", "figure", "time", "img", "table"), None) is None:
            boxes.append(box)
    alike = Counter(box.get("class", "") for box in boxes)
    return {box: "form" for box in boxes if alike[box.get("class", "")] <= MOST_ASKING}


def _control_boxes(root: HtmlElement, safe: Collection[HtmlElement]) -> dict[HtmlElement, str]:
    """Small boxes of several buttons, and a few words beside them: a player and what it plays next.

    A button that unfolds something has text of the article below it.
    """
    around = {box for button in root.iter("button") if (box := _box_of_buttons(button)) is not None}
    boxes = [box for box in around if box not in safe and not any(map(_unfolds, box.iter("button")))]
    small = [box for box in boxes if _words(box) <= _FORM_WORDS and next(box.iter(*_NO_CONTROLS), None) is None]
    alike = Counter(box.get("class", "") for box in small)
    return {box: "page furniture" for box in small if alike[box.get("class", "")] <= MOST_ASKING}


def _box_of_buttons(button: HtmlElement) -> HtmlElement | None:
    """The smallest box around a button that holds another one."""
    boxes = (box for box in islice(button.iterancestors(), 4) if box.tag in _BOXES)
    return next((box for box in boxes if len(list(islice(box.iter("button"), 2))) > 1), None)


def _unfolds(button: HtmlElement) -> bool:
    return bool(button.get("aria-expanded") or button.get("aria-controls"))


def _choice_boxes(root: HtmlElement, safe: Collection[HtmlElement]) -> dict[HtmlElement, str]:
    """The largest small boxes around what a reader may choose from: a question, its answers, how many chose each."""
    boxes: dict[HtmlElement, str] = {}
    for choice in root.iter("input"):
        if (choice.get("type") or "").lower() not in _CHOICES or any(up in boxes for up in choice.iterancestors()):
            continue
        small = takewhile(lambda up: up not in safe and _words(up) <= _FORM_WORDS, choice.iterancestors())
        around = [up for up in small if up.tag in _BOXES and next(up.iter("h1", "article", "figure"), None) is None]
        if around and sum((one.get("type") or "").lower() in _CHOICES for one in around[-1].iter("input")) > 1:
            boxes[around[-1]] = "form"
    return boxes


def _asks(element: HtmlElement) -> bool:
    """A field for an address, or a button that is the last of its box."""
    if element.tag == "input":
        return (element.get("type") or "text").lower() in _FIELDS
    if element.getnext() is not None or (element.tail or "").strip():
        return False
    pressed = element.tag == "button" or element.get("role") == "button"
    said = element.text_content().strip()
    short = count_words(said) <= _BUTTON_WORDS or len(said) <= _BUTTON_LETTERS
    return bool(said) and short and (pressed or bool(_BUTTON.search(element.get("class") or "")))


def _words(box: HtmlElement) -> int:
    """How many words an element has, of many only that they are more than a small box has."""
    return sum(map(count_words, islice(box.itertext(), _FORM_WORDS + 1)))


def _few_words(box: HtmlElement) -> int:
    """How many words a box has beside its button; 0 where they are too few to tell, or too many."""
    words = _words(box)
    return words if _ASKING_WORDS <= words <= _FORM_WORDS else 0


_REASONS = frozenset((*NAMES, *_TAGS.values(), *_ROLES.values(), "hidden"))
_STRONG = frozenset((RELATED, "comments", "cookie notice", "footer"))


def mistaken(pieces: Sequence[Piece]) -> frozenset[HtmlElement]:
    """Marked elements that hold the page's text after all: more of it than is left without them."""
    free, held = 0, Counter[HtmlElement]()
    why: dict[HtmlElement, str] = {}
    for piece in pieces:
        if piece.words < 12 or piece.link_share > 0.3:
            continue
        if piece.marker is None:
            free += piece.words
        elif piece.mark in _REASONS:
            held[piece.marker] += piece.words
            why[piece.marker] = piece.mark
    wrong = []
    for element, words in sorted(held.items(), key=lambda item: (why[item[0]] in _STRONG, -item[1])):
        if words > (free if why[element] in _STRONG else 0.5 * free) and (why[element] not in _STRONG or free < 25):
            wrong.append(element)
            free += words
    return frozenset(wrong)


def _reason(element: HtmlElement, counted: Collection[str] = ()) -> str:
    keys = element.keys()
    if not keys and element.tag not in _TAGS:  # a third of all
        return ""
    get = element.get  # called for every element of a page; `attrib` would make an object for each
    style = get("style")
    unsaid = get("aria-hidden") == "true" and not _is_in_caption(element)
    if get("hidden") is not None or unsaid or (style and _HIDDEN.search(style)):
        folded = get("role") == "region" and get("aria-labelledby")  # what its heading or button opens on the spot
        return "" if folded else "hidden"
    if why := _TAGS.get(element.tag) or _ROLES.get(get("role") or ""):
        is_text = (why == "form" and len(element) and _is_page_form(element)) or (
            why == "aside" and _is_quoted(element)
        )
        return "" if is_text else why
    data = [name for name in keys if name.startswith("data-")]
    if not _AD_DATA.isdisjoint(data):
        return "advertisement"
    tested = [get(name) for name in data if name in _TEST_IDS]
    classes = without(get("class") or "", counted) if counted else get("class")
    said = (classes, get("id"), *tested, get("type") if element.tag == "div" else None)
    names = " ".join(filter(None, said))
    return named(names) if names else ""


def _is_in_caption(element: HtmlElement) -> bool:
    """Captions are shown to those who see, and said in another element to those who have the page read to them."""
    return any(up.tag == "figcaption" for up in islice(element.iterancestors(), 2))


def _is_page_form(form: HtmlElement) -> bool:
    """ASP.NET wraps the whole page in one form."""
    return sum(1 for _ in form.iter("p", "h1", "article")) > 3


def _is_quoted(aside: HtmlElement) -> bool:
    """A quotation set off from the text: it calls itself one, or is one, and leads nowhere."""
    named = bool(_QUOTE.search(aside.get("class") or "")) or next(aside.iter("blockquote"), None) is not None
    return named and bool(_few_words(aside)) and next(aside.iter("a", "article", "h2", "h3", "form"), None) is None
