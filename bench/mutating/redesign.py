"""Another template around the same article: new tags, classes and nesting; lazy images; pages for small screens."""

import re
from random import Random

from lxml.html import HtmlElement

from bench.mutating.drafts import Draft, elements, fragment, is_embedded, remove

# What template authors call the same thing; a name with none of these gets one that says nothing.
_CALLED = (
    ("related", "more-stories"), ("lien-quan", "doc-them"), ("recommend", "suggested"), ("popular", "most-read"),
    ("sidebar", "side-column"), ("comment", "comments-area"), ("share", "social-share"), ("social", "share-tools"),
    ("newsletter", "newsletter-signup"), ("footer", "page-footer"), ("header", "page-header"), ("nav", "navigation"),
    ("menu", "main-menu"), ("breadcrumb", "crumbs breadcrumb"), ("author", "byline-author"),
    ("byline", "article-byline"),
    ("date", "publish-date"), ("time", "timestamp"), ("caption", "figure-caption"), ("sapo", "article-lead"),
    ("lead", "article-lead"), ("standfirst", "article-standfirst"), ("summary", "article-summary"),
    ("tag", "article-tags"),
    ("ad", "advert"), ("cookie", "cookie-banner"), ("promo", "promo-box"), ("teaser", "teaser-card"),
    ("content", "story-content"), ("body", "story-body"), ("article", "story"), ("title", "story-title"),
    ("headline", "story-headline"), ("quote", "pull-quote"), ("gallery", "photo-gallery"), ("video", "video-player"),
)  # fmt: skip
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s_:./-]+")
_SAME = {"b": "strong", "strong": "b", "i": "em", "em": "i", "section": "div"}
_BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WIDE_SCREENS_ONLY = ("aside", "nav", "footer", "iframe", "form", "object", "embed")


def redesign(draft: Draft, rng: Random) -> bool:
    """A new template: every class renamed, tags swapped for their equals, wrappers added and taken away."""
    _rename_classes(draft.root)
    sections: dict[str, bool] = {}  # a template writes elements of one class by one tag
    for element in list(elements(draft.root)):
        if element.tag in _SAME:
            element.tag = _SAME[element.tag]
        elif element.tag == "div" and any(child.tag == "p" for child in element):
            element.tag = "section" if sections.setdefault(element.get("class", ""), rng.random() < 0.2) else "div"
    _drop_wrappers(draft)
    for number, place in enumerate(draft.placed):
        if place.tag == "p" and number % 3 == 0:
            _wrap(place, "div", "story-block")
    if draft.container is not None and draft.container.tag not in {"body", "html"}:
        _wrap(draft.container, "div", "grid-main")
    _shuffle_head(draft.root, rng)
    return bool(draft.placed)


def lazy_loading(draft: Draft, _rng: Random) -> bool:
    """Images whose address is put in place by a script, with a copy for those who have none."""
    images = [image for image in draft.root.iter("img") if image.get("src") and image.getparent() is not None]
    for image in images:
        if isinstance(image, HtmlElement) and not image.get("data-src"):
            image.set("data-src", image.get("src", ""))
            image.set("src", _BLANK)
            image.set("loading", "lazy")
            if srcset := image.attrib.pop("srcset", None):
                image.set("data-srcset", srcset)
    return bool(images)


def small_screen(draft: Draft, rng: Random) -> bool:
    """The page for telephones: no columns, no menus, smaller images."""
    _drop_what_is_wide(draft)
    for image in draft.root.iter("img"):
        if (source := image.get("src", "")).startswith(("/", "http")):
            image.set("src", f"{source}{'&' if '?' in source else '?'}w={rng.choice([320, 480, 640])}")
    return bool(draft.placed)


def accelerated(draft: Draft, _rng: Random) -> bool:
    """The page as AMP: no scripts but the structured data, images in AMP's own tag."""
    _drop_what_is_wide(draft)
    _keep_hidden(draft)
    draft.root.set("amp", "")
    for script in list(draft.root.iter("script")):
        if script.get("type") != "application/ld+json" and isinstance(script, HtmlElement):
            remove(script)
    for element in elements(draft.root):
        element.attrib.pop("style", None)
        if element.tag == "img":
            element.tag = "amp-img"
            element.set("layout", "responsive")
    return bool(draft.placed)


def _drop_what_is_wide(draft: Draft) -> None:
    kept = {above for place in draft.placed for above in (place, *place.iterancestors())}
    for element in list(draft.root.iter(*_WIDE_SCREENS_ONLY)):
        within_picture = next(element.iterancestors("figure"), None) is not None  # a credit may be a `footer`
        own = element.tag == "footer" and next(element.iterancestors("article"), None) in kept
        if isinstance(element, HtmlElement) and element not in kept and not within_picture and not own:
            remove(element)


def _keep_hidden(draft: Draft) -> None:
    """What a style hides is hidden by an attribute: without it readers would see what they did not see before."""
    for element in elements(draft.root):
        if _HIDDEN.search(element.get("style", "")):
            element.set("hidden", "")


def _rename_classes(root: HtmlElement) -> None:
    numbers: dict[str, str] = {}
    for element in elements(root):
        names = element.get("class", "").split()
        if names:
            element.set("class", " ".join(numbers.setdefault(name, _called(name, len(numbers))) for name in names))


def _called(name: str, number: int) -> str:
    if is_embedded(name):
        return name
    parts = {part.lower() for part in _PARTS.split(name)}
    for old, new in _CALLED:
        if old in parts or (len(old) > 4 and old in name.lower()):
            return new
    return f"u-{number:x}"


def _drop_wrappers(draft: Draft) -> None:
    """Take away every second `div` that holds nothing but another one."""
    kept = set(draft.placed)
    lone = [
        element
        for element in elements(draft.root)
        if element.tag == "div" and len(element) == 1 and element[0].tag == "div" and element not in kept
        and not (element.text or "").strip() and not (element[0].tail or "").strip() and not element.get("itemprop")
    ]  # fmt: skip
    for element in lone[::2]:
        if element.getparent() is not None and not element.get("id"):
            element.drop_tag()


def _wrap(element: HtmlElement, tag: str, name: str) -> None:
    parent = element.getparent()
    if parent is None:
        return
    wrapper = fragment(f'<{tag} class="{name}"></{tag}>')
    parent.replace(element, wrapper)
    wrapper.tail, element.tail = element.tail, None
    wrapper.append(element)


def _shuffle_head(root: HtmlElement, rng: Random) -> None:
    head = root.find("head")
    if head is None:
        return
    groups = sorted({str(child.tag) for child in head})
    rng.shuffle(groups)
    for child in sorted(head, key=lambda one: groups.index(str(one.tag))):
        head.append(child)
    for link in [one for one in head if one.tag == "link" and one.get("rel") == "stylesheet"]:
        head.remove(link)
    head.append(fragment('<link rel="stylesheet" href="/static/new-design.css">'))
