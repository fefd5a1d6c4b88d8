"""An edit of one of an article's tags."""

import re
from collections.abc import Sequence
from random import Random

from lxml.html import HtmlElement

from bench.mutating.drafts import Draft, elements, found, marked, set_slot, slots, text_of
from bench.mutating.made import Made
from bench.mutating.stock import Stock

_TAGS = re.compile(r"(?:^|[\s_-])tags?(?:$|[\s_-])|tu-?khoa|keywords", re.IGNORECASE)
_CATEGORY = re.compile(r"categor|articleSection", re.IGNORECASE)


def tag(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """One of the tags under the article for another."""
    near = _behind(draft.placed[:1], _around(draft.container))
    links = [one for one in near if one.tag == "a" and _is_tag(one) and not _is_within_a_sentence(one)]
    rng.shuffle(links)
    for link in links:
        old, new = text_of(link).lstrip("# "), " ".join(rng.sample(list(stock.words), k=2))
        if len(old) < 3:
            continue
        said = [slot for slot in slots(link) if old in slot[0]]
        if not said:  # a label and the tag, each by itself
            continue
        for text, node, tail in said:
            set_slot(node, text.replace(old, new), tail=tail)
        link.set("href", f"/tag/{new.replace(' ', '-')}")
        for meta in found(draft.root, "//meta[@property='article:tag' or @name='keywords' or @name='news_keywords']"):
            parts = [new if part.strip() == old else part for part in meta.get("content", "").split(",")]
            meta.set("content", ",".join(parts))
        for script in draft.root.iter("script"):
            if script.text and script.get("type") == "application/ld+json":
                script.text = re.sub(rf'(["\[,]\s*){re.escape(old)}(?=\s*["\],])', rf"\g<1>{new}", script.text)
        return Made(gone=old, come=new, field="tags")
    return None


def _around(container: HtmlElement | None) -> list[HtmlElement]:
    """What stands in the article's container and in the two elements around it, but for columns, menus and feet."""
    if container is None:
        return []
    above = [container, *container.iterancestors()][:3]
    widest = [one for one in above if one.tag not in {"body", "html"}]
    aside = {"aside", "nav", "footer"}
    return [
        one
        for one in (elements(widest[-1]) if widest else ())
        if not any(up.tag in aside for up in one.iterancestors())
    ]


def _behind(first: Sequence[HtmlElement], near: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Those that come after the beginning of the text: above the headline stands the section."""
    places = {one: number for number, one in enumerate(elements(first[0].getroottree().getroot()))} if first else {}
    return [one for one in near if all(places[one] > places[begin] for begin in first)]


def _is_tag(link: HtmlElement) -> bool:
    stated = link.get("rel", "").split()
    if "tag" in stated and text_of(link):
        return "category" not in stated and not marked(link, _CATEGORY) and not _CATEGORY.search(link.get("href", ""))
    parent = link.getparent()
    above = [up for up in (parent, parent.getparent() if parent is not None else None) if up is not None]
    return any(_TAGS.search(up.get("class", "")) for up in above) and "/tag" in link.get("href", "")


def _is_within_a_sentence(link: HtmlElement) -> bool:
    """Whether a word of the text leads to what is said of it elsewhere; tags have commas and bars between them."""
    before = link.getprevious()
    parent = link.getparent()
    around = (before.tail if before is not None else parent.text if parent is not None else "") or "", link.tail or ""
    return any(len(re.findall(r"\w+", text)) > 2 for text in around)
