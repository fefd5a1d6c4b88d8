"""What microdata and ARIA say of elements: readers' comments, the life of an author, parts of a page, controls."""

from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.blocks import fold
from crawler.pages.tagkinds import HOW
from storage.letters import count_words

COMMENT = "comments"
# schema.org's names for parts of a page that are not what it is about
_TYPES = {
    "Comment": COMMENT,
    "UserComments": COMMENT,
    "WPAdBlock": "advertisement",
    "WPSideBar": "aside",
    "WPFooter": "footer",
    "SiteNavigationElement": "navigation",
}
_OF_PERSON = frozenset(("description", "jobTitle", "sameAs", "email"))
_ROLES = frozenset(("slider", "progressbar", "timer", "status", "marquee", "toolbar", "alertdialog"))
_LIVE_WORDS = 12  # of a line that a script keeps up to date
_NEVER = frozenset(("html", "body", "main", "article", "h1"))


def find_semantic(root: HtmlElement, protected: frozenset[HtmlElement]) -> dict[HtmlElement, str]:
    """Elements that say so of themselves, and why; none of them holds an element of `protected`."""
    safe = {ancestor for element in protected for ancestor in (element, *element.iterancestors())}
    found: dict[HtmlElement, str] = {}
    for element in root.xpath("//*[@itemtype or @itemprop or @role or @tabindex or @aria-live]"):
        if (
            HOW.get(element.tag) is None
            and element.tag not in _NEVER
            and element not in safe
            and (why := _reason(element))
        ):
            found[element] = why
    return found


def is_of_comment(element: HtmlElement) -> bool:
    """Whether it stands in a reader's comment, by microdata."""
    return any(_type(up) == "Comment" or up.get("itemprop") == "comment" for up in (element, *element.iterancestors()))


def _reason(element: HtmlElement) -> str:
    if why := _TYPES.get(_type(element)):
        return why
    if element.get("aria-live") in ("polite", "assertive") and _is_line(element):
        return "page furniture"
    role = element.get("role") or ""
    if role in _ROLES:
        return "page furniture"
    if _is_place(element):
        return "place to skip to"
    prop = element.get("itemprop")
    if prop == "comment" or role == "comment":
        return COMMENT
    return "author box" if prop in _OF_PERSON and _type(_scope(element)) == "Person" else ""


def _is_line(element: HtmlElement) -> bool:
    """Short: a report of the hour has its entries in a live region too."""
    return count_words("".join(islice(element.itertext(), _LIVE_WORDS))) <= _LIVE_WORDS


def _is_place(element: HtmlElement) -> bool:
    """A line that can be focused and is told again to who does not see it: where a box ends that may be skipped."""
    label = fold(element.get("aria-label") or "")
    return bool(label and element.get("tabindex") and element.get("id")) and label == fold(element.text_content())


def _scope(element: HtmlElement) -> HtmlElement | None:
    return next((up for up in element.iterancestors() if up.get("itemscope") is not None), None)


def _type(element: HtmlElement | None) -> str:
    """The last part of a schema.org type."""
    return "" if element is None else (element.get("itemtype") or "").rstrip("/").rpartition("/")[2]
