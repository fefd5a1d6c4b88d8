"""Finds the articles that a feed, sitemap, section or front page points to. Pure: bytes in, links out."""

import re

from crawler.finding.feeds import found_in_feed
from crawler.finding.found import Found, SourceKind
from crawler.finding.sections import found_in_page
from crawler.finding.sitemaps import found_in_sitemap, unpacked
from crawler.finding.sources import sources_of
from crawler.sites import Site

__all__ = ["found_in", "sources_of"]

_ROOT = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex|rss|feed|rdf)\b", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def found_in(kind: SourceKind, body: bytes, content_type: str, url: str, site: Site) -> Found:
    """What the body of a source points to; `url` is the one that answered.

    A feed may turn out a sitemap, and the other way round: what the body is decides. Made for untrusted bytes,
    yet its memory grows with them: let it run in a process under limits.
    """
    if not body.strip():
        return Found(fault="empty")
    if kind in {"section", "home"}:
        return found_in_page(body, content_type, url, site)
    text, _ = unpacked(body)
    root = _root_name(text)
    if root == "html":
        return Found(fault=f"not a {kind}: an HTML page")
    if root in {"rss", "feed", "rdf"} or (kind == "feed" and not root):
        return found_in_feed(text, content_type, url, site)
    return found_in_sitemap(body, url, site)


def _root_name(text: bytes) -> str:
    """The name of the element that makes the body a feed, a sitemap or a page, or an empty string."""
    head = text[:10_000].replace(b"\0", b"")
    root, page = _ROOT.search(head), _HTML.search(head)
    if page and (not root or page.start() < root.start()):
        return "html"
    return root[1].decode().lower() if root else ""
