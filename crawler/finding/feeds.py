"""Reads RSS and Atom feeds."""

import io
import re

import feedparser

from crawler.finding.found import Found, FoundLink, each_once, plain_title, stated_time
from crawler.sites import Site, is_article
from crawler.urls import join_url, same_site

# What feedparser's lenient parser raises on hostile bytes; `&#x110000;` in a broken feed is enough for the first.
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError)


def found_in_feed(body: bytes, content_type: str, url: str, site: Site) -> Found:
    """The articles of a feed: its entries on the site that the site's patterns take, or all where it has none."""
    try:
        parsed = feedparser.parse(
            io.BytesIO(body),  # bytes themselves might be taken for the name of a file
            response_headers={"content-location": url, "content-type": _charset_only(content_type)},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _STUMBLES as error:
        return Found(fault=f"broken feed: {error!r}"[:300])
    links = [_link(entry, url, site) for entry in parsed.entries]
    fault = ""
    if not parsed.get("version"):  # there is none where there are no bytes: a gzip that held nothing
        fault = "not a feed"
    elif parsed.bozo and not isinstance(parsed.bozo_exception, feedparser.CharacterEncodingOverride):
        fault = f"broken feed: {parsed.bozo_exception}"[:300]
    return Found(articles=each_once(link for link in links if _is_wanted(site, link.url)), fault=fault)


def _link(entry: feedparser.FeedParserDict, url: str, site: Site) -> FoundLink:
    updated = dict.get(entry, "updated") or ""  # its own `get` would answer with `published`, and a warning
    return FoundLink(
        url=join_url(url, entry.get("feedburner_origlink") or entry.get("link") or ""),
        title=plain_title(entry.get("title") or ""),
        published=stated_time(entry.get("published") or "", site),
        modified=stated_time(updated, site),
    )


def _is_wanted(site: Site, url: str) -> bool:
    if not url or not same_site(site.home, url):
        return False
    return not site.discover.articles or is_article(site, url)


def _charset_only(content_type: str) -> str:
    """As an XML type: feedparser would complain of a feed that is sent as `text/html`, which many are."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return f"application/xml; charset={charset[1]}" if charset else "application/xml"
