"""Reads section pages and front pages: the links to articles, and the feeds and sections they point to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

from crawler.finding.found import MAX_LINKS, Found, FoundLink, SourceLink, each_once, plain_title
from crawler.pages.tree import UnreadableError, load
from crawler.sites import Site, is_article
from crawler.urls import join_url, normal_url, same_site

FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml|(?:text|application)/xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A link of a page: its normal URL, its text, and its place in the tree."""

    url: str
    text: str
    element: HtmlElement


def found_in_page(body: bytes, content_type: str, url: str, site: Site) -> Found:
    """The articles that a page links to, in order, and the feeds that its head names."""
    try:
        root = page_tree(body, content_type)
    except UnreadableError as error:
        return Found(fault=str(error))
    here = normal_url(url)
    links = (
        FoundLink(url=anchor.url, title=anchor.text)
        for anchor in anchors(root, url)
        if anchor.url != here and is_article(site, anchor.url)
    )
    feeds = tuple(SourceLink(kind="feed", url=feed) for feed in named_feeds(root, url) if same_site(url, feed))
    return Found(articles=each_once(links), sources=feeds[:MAX_LINKS])


def page_tree(body: bytes, content_type: str) -> HtmlElement:
    """The tree of a page's bytes. Raises UnreadableError."""
    return load(html_to_unicode(content_type or None, body, default_encoding="utf8")[1])


def anchors(root: HtmlElement, url: str) -> Iterator[Anchor]:
    """Every link of the page to a web address, in order; its `<base href>` is heeded."""
    base = base_url(root, url)
    for element in root.iter("a", "area"):
        address = join_url(base, element.get("href") or "")
        if address:
            yield Anchor(url=address, text=_text(element), element=element)


def named_feeds(root: HtmlElement, url: str) -> list[str]:
    """The feeds that the page's head names (`<link rel="alternate">`), each once."""
    base = base_url(root, url)
    found = (
        join_url(base, link.get("href") or "")
        for link in root.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and FEED_TYPE.match(link.get("type") or "")
    )
    return [feed for feed in dict.fromkeys(found) if feed]


def base_url(root: HtmlElement, url: str) -> str:
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), "")
    return join_url(url, base or "") or url


def _text(element: HtmlElement) -> str:
    text = plain_title("".join(str(part) for part in element.itertext()))
    pictures = (plain_title(picture.get("alt") or "") for picture in element.iter("img"))
    return text or plain_title(element.get("title") or "") or next(pictures, "")
