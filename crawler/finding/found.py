"""What a feed, sitemap or page points to: links with their titles and times, each URL once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import Literal

from crawler.pages.machinetimes import machine_moment
from crawler.pages.times import habits_of
from crawler.sites import Site

MAX_LINKS = 50_000
"""Articles, and sources, taken from one body at most: as many URLs as the sitemap protocol allows in one file."""

SourceKind = Literal["feed", "sitemap", "section", "home"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """An article's normal URL; title and times as the source states them, empty or None where it does not."""

    url: str
    title: str = ""
    published: datetime | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """Another place to look; `modified` is when a sitemap index says that it last changed."""

    kind: SourceKind
    url: str
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one body held. `fault` is empty when it was whole; a damaged one may still have given links."""

    articles: tuple[FoundLink, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    fault: str = ""


def each_once(links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """The links in order, each URL once, with the first title and times that were given for it."""
    found: dict[str, FoundLink] = {}
    for link in links:
        first = found.get(link.url)
        if first is None:
            if len(found) == MAX_LINKS:
                break
            found[link.url] = link
        elif not (first.title and first.published):
            found[link.url] = replace(
                first,
                title=first.title or link.title,
                published=first.published or link.published,
                modified=first.modified or link.modified,
            )
    return tuple(found.values())


def plain_title(text: str) -> str:
    """A title without mark-up and with white space folded, 500 characters at most."""
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]*>|<!\[CDATA\[|\]\]>", " ", text)
    return " ".join(unescape(text[:5000]).split())[:500]


def stated_time(text: str, site: Site) -> datetime | None:
    """A time that a feed or sitemap states, in UTC, or None; one without zone is the site's own.

    Feeds keep to RFC 822 less often than not, so a time is read here as it is on a page.
    """
    moment = machine_moment(text[:200], habits_of(site.language, site.stated_timezone, site.home)) if text else None
    return moment.at if moment else None
