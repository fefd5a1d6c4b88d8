"""Edits of the article's pictures: a caption, an image; advertisements and teasers are none of them."""

import re
from random import Random
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from bench.mutating.drafts import Draft, elements, is_silent, slots, text_of
from bench.mutating.made import Made
from bench.mutating.stock import Stock
from bench.mutating.words import replace_within, word

_PORTRAIT = re.compile(r"author|avatar|profile|bio\b|byline", re.IGNORECASE)
_TEASER = re.compile(r"related|teaser|promo|recommend", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$|/(?:photo|image)s?/", re.IGNORECASE)
_CAPTION = re.compile(r"caption", re.IGNORECASE)
FEWEST_WORDS = 4  # of a caption, and one more


def caption(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """A word of the caption of one of the article's pictures."""
    found = [one for one in inside(draft) if _is_caption(one) and len(text_of(one).split()) > FEWEST_WORDS]
    rng.shuffle(found)
    for one in found:
        for text, _, _ in list(slots(one)):
            if (made := replace_within(draft, text, word, rng, stock)) is not None:
                return made
    return None


def _is_caption(element: HtmlElement) -> bool:
    named = element.tag == "p" and _CAPTION.search(element.get("class", "")) is not None
    figure = next(element.iterancestors("figure"), element)
    return (element.tag == "figcaption" or named) and not any(
        map(_leads_elsewhere, figure.iter("img", "figcaption", "p"))
    )


def _leads_elsewhere(element: HtmlElement) -> bool:
    """Whether a picture or its caption is a link, and not to the picture in full: an advertisement or a teaser is."""
    links = [urlsplit(one.get("href", "")) for one in element.iterancestors("a")]
    return any((one.netloc or one.path) and not _PICTURE_FILE.search(one.path) for one in links)


def image(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """One of the article's pictures for another, in every size it is served in."""
    found = [one for one in inside(draft) if one.tag == "img" and _is_picture(one)]
    rng.shuffle(found)
    for one in found:
        source = one.get("data-src") or one.get("src") or ""
        stem = urlsplit(source).path.rpartition("/")[2].partition(".")[0]
        telling = len(stem) >= 12 and any(char.isdigit() for char in stem)
        if telling and not source.startswith("data:") and not _PORTRAIT.search(stem):
            new = f"anh-{rng.randrange(10**9)}-{rng.randrange(10**6)}"
            _rename_file(draft.root, stem, new)
            return Made(gone=stem, come=new)
    return None


def _is_picture(image_: HtmlElement) -> bool:
    """Whether an image stands in a figure and is no portrait of the author."""
    above = list(image_.iterancestors())
    portrait = any(_PORTRAIT.search(one.get("class", "")) for one in (image_, *above[:4]))
    teaser = any(_TEASER.search(one.get("class", "")) for one in above[:6])
    return any(one.tag == "figure" for one in above) and not (portrait or teaser or _leads_elsewhere(image_))


def _rename_file(root: HtmlElement, old: str, new: str) -> None:
    for element in elements(root):
        for name, value in element.items():
            if old in value:
                element.set(name, value.replace(old, new))
        if element.tag in {"script", "noscript"} and element.text and old in element.text:
            element.text = element.text.replace(old, new)


def inside(draft: Draft) -> list[HtmlElement]:
    """What stands in the article's container and is seen."""
    container = draft.container
    if container is None or container.tag in {"body", "html"}:
        return []
    return [one for one in elements(container) if not is_silent(one)]
