"""What a feed, sitemap or page points to: links with their titles and times, each URL once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Literal

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


def stated_time(text: str, zone: tzinfo) -> datetime | None:
    """A time in the notation of Atom and sitemaps (RFC 3339, W3C) or of RSS (RFC 822), in UTC, or None.

    A time without zone is the site's own; a date alone is its midnight there. `GMT+7`, which many feeds write,
    means seven hours ahead of Greenwich, as it says.
    """
    tidy = re.sub(r"\s*\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d\d))?$", _offset, text.strip()[:100])
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(tidy)
            return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _offset(match: re.Match[str]) -> str:
    return f" {match[1]}{int(match[2]):02}{match[3] or '00'}"
