"""Finds out from a home page what a site file needs: name, language, feeds, sitemaps, sections, article URLs."""

import re
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.finding.discovery import found_in
from crawler.finding.found import Found, SourceKind
from crawler.finding.homepages import FEED_WORD, is_private, section_links, site_key, site_language, site_name
from crawler.finding.sections import Anchor, anchors, named_feeds, page_tree
from crawler.finding.sitedrafts import SiteDraft
from crawler.finding.urllearning import learned_patterns
from crawler.finding.zoneguess import guessed_zone
from crawler.pages.signatures import find_signature
from crawler.pages.tree import UnreadableError
from crawler.sites import Discover, Site, default_site
from crawler.urls import host_key, is_web_url, join_url, normal_url
from storage.errors import LuutinError
from storage.records import Response

MAX_FEEDS = 20
MAX_SECTIONS = 12
_SECTION_HOLDS = 3  # links to articles at least
_MAX_TRIED = 30  # of each kind: a home page may name hundreds, and every look costs the site a request
_FEED_PATHS = ("/rss", "/rss.xml", "/feed", "/feed.xml", "/atom.xml", "/index.xml", "/rss/home.rss", "/feeds")
_SITEMAP_PATHS = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap.xml", "/sitemap_index.xml")
_NO_SOURCE = "No feed, sitemap or section with articles was found: the links of the home page are all there is."
_NO_SECTION = "The page that was named links to no article, so it is not among the sections."
_NOT_NEWS = re.compile(r"comment|podcast|/tag/|/author/", re.IGNORECASE)
_NAMED = re.compile(r"(?im)^[^\S\n]*+sitemap\s*+:\s*+(\S+)")  # in robots.txt
_FRESH = re.compile(r"news|latest|recent|today|moi-nhat|tin-moi", re.IGNORECASE)

Fetch = Callable[[str], Awaitable[Response | None]]
"""Fetches a URL, with redirects followed; None where nothing answered or it may not be fetched."""


class SiteNotFoundError(LuutinError):
    """The home page does not answer, or is no page."""


async def find_site(home: str, fetch: Fetch) -> SiteDraft:
    """What the home page and what it points to say about the site; a section may stand in for the home page.

    Every feed, sitemap and section that is handed back was fetched and held articles. Raises SiteNotFoundError.
    """
    home = home.strip() if "://" in home else f"https://{home.strip()}"
    page = await _home_page(home, fetch)
    root = _tree(page)
    site = _provisional(page, root)
    links = list(anchors(root, page.url))
    feeds, feed_items = await _feeds(root, links, site, fetch)
    sitemaps, sitemap_items = await _sitemaps(site, fetch)
    named, elsewhere = section_links(links, site.home)
    listed = _listed(page, site)
    patterns = learned_patterns([*feed_items, *sitemap_items, *listed], [site.home, *named])
    if patterns:
        site = site.model_copy(update={"discover": Discover(articles=patterns)})
    others, section_items = await _sections([url for url in named or elsewhere if url != site.home], site, fetch)
    sections = (site.home, *others)[:MAX_SECTIONS] if listed else others
    if not patterns:
        home_items = [link.url for link in _read("home", page, site).articles]
        patterns = learned_patterns([*section_items, *listed] or home_items, [site.home, *named])
    return SiteDraft(
        key=site_key(site.home),
        name=site.name,
        home=site.home,
        language=site.language,
        timezone=guessed_zone(urlsplit(site.home).hostname or "", site.language),
        allow_private=is_private(site.home),
        feeds=feeds,
        sitemaps=sitemaps,
        sections=sections,
        articles=patterns,
        notes=(*_notes(feeds, sitemaps, sections), *([_NO_SECTION] if _is_below(site.home) and not listed else [])),
    )


async def _home_page(home: str, fetch: Fetch) -> Response:
    if not is_web_url(home):
        raise SiteNotFoundError(f"{home}: not a web address")
    page = await fetch(normal_url(home))
    if page is None:
        raise SiteNotFoundError(f"{home}: does not answer")
    if page.status != 200 or not page.body.strip():
        raise SiteNotFoundError(f"{home}: answers with status {page.status} and {len(page.body)} bytes")
    if kind := find_signature(page.body):
        raise SiteNotFoundError(f"{home}: the answer is {kind}, no page")
    return page


def _tree(page: Response) -> HtmlElement:
    try:
        return page_tree(page.body, page.header("content-type"))
    except UnreadableError as error:
        raise SiteNotFoundError(f"{page.url}: {error}") from error


def _provisional(page: Response, root: HtmlElement) -> Site:
    """A site to read the found sources with: no patterns yet, so that the shape of a URL decides."""
    home = normal_url(page.url)
    host = host_key(home)
    plain = default_site(host, home)
    return plain.model_copy(
        update={"home": home, "name": site_name(root, home) or host, "language": site_language(root)}
    )


def _read(kind: SourceKind, page: Response, site: Site) -> Found:
    return found_in(kind, page.body, page.header("content-type"), page.url, site)


async def _look(kind: SourceKind, url: str, site: Site, fetch: Fetch) -> tuple[Response | None, Found]:
    page = await fetch(url)
    if page is None or page.status != 200:
        return None, Found(fault="does not answer")
    return page, _read(kind, page, site)


def _listed(page: Response, site: Site) -> list[str]:
    """The articles of a page below the host's front page, which was named as it is a section: that one is not left out.

    The front page itself is none: it is followed where there is nothing else.
    """
    return [link.url for link in _read("section", page, site).articles] if _is_below(site.home) else []


def _is_below(home: str) -> bool:
    return urlsplit(home).path not in {"", "/"}


async def _feeds(root: HtmlElement, links: list[Anchor], site: Site, fetch: Fetch) -> tuple[tuple[str, ...], list[str]]:
    """The feeds that hold articles, and these: named by the head, linked, listed on a linked page, or well known."""
    linked = [anchor.url for anchor in links if FEED_WORD.search(urlsplit(anchor.url).path)]
    feeds, items = await _true_feeds([*named_feeds(root, site.home), *linked], site, fetch)
    if not feeds:
        feeds, items = await _true_feeds([join_url(site.home, path) for path in _FEED_PATHS], site, fetch)
    return tuple(feeds), items


async def _true_feeds(urls: Iterable[str], site: Site, fetch: Fetch) -> tuple[list[str], list[str]]:
    waiting = [url for url in dict.fromkeys(urls) if not _NOT_NEWS.search(url)]
    tried: set[str] = set()
    feeds: list[str] = []
    items: list[str] = []
    while waiting and len(tried) < _MAX_TRIED and len(feeds) < MAX_FEEDS:
        url = waiting.pop(0)
        if url in tried:
            continue
        tried.add(url)
        page, found = await _look("feed", url, site, fetch)
        if found.articles:
            feeds.append(url)
            items += [link.url for link in found.articles]
        elif page is not None and "HTML" in found.fault:
            waiting += _listed_feeds(page, tried)
    return feeds, items


def _listed_feeds(page: Response, tried: set[str]) -> list[str]:
    """The feeds that a page of feeds lists: `/rss` on many sites is one."""
    try:
        root = page_tree(page.body, page.header("content-type"))
    except UnreadableError:
        return []
    listed = [*named_feeds(root, page.url), *(anchor.url for anchor in anchors(root, page.url))]
    return [
        url for url in listed if url not in tried and FEED_WORD.search(urlsplit(url).path) and not _NOT_NEWS.search(url)
    ]


async def _sitemaps(site: Site, fetch: Fetch) -> tuple[tuple[str, ...], list[str]]:
    robots = await fetch(join_url(site.home, "/robots.txt"))
    text = robots.body.decode("utf-8", "replace") if robots is not None and robots.status == 200 else ""
    named = [join_url(site.home, url) for url in _NAMED.findall(text)]
    waiting = list(dict.fromkeys(url for url in named if url)) or [join_url(site.home, path) for path in _SITEMAP_PATHS]
    found = [(url, (await _look("sitemap", url, site, fetch))[1]) for url in waiting[:_MAX_TRIED]]
    for url, index in list(found):
        fresh = [link.url for link in index.sources if _FRESH.search(urlsplit(link.url).path)][:3]
        children = [(child, (await _look("sitemap", child, site, fetch))[1]) for child in fresh]
        if any(child.articles for _, child in children):
            found.remove((url, index))  # the rest of the index is the site's past
            found += children
    kept = [(url, held) for url, held in found if held.articles or held.sources]
    return tuple(dict.fromkeys(url for url, _ in kept)), [link.url for _, held in kept for link in held.articles]


async def _sections(urls: list[str], site: Site, fetch: Fetch) -> tuple[tuple[str, ...], list[str]]:
    sections: list[str] = []
    items: list[str] = []
    for url in urls[:_MAX_TRIED]:
        if len(sections) == MAX_SECTIONS:
            break
        _, found = await _look("section", url, site, fetch)
        if len(found.articles) >= _SECTION_HOLDS:
            sections.append(url)
            items += [link.url for link in found.articles]
    return tuple(sections), items


def _notes(feeds: tuple[str, ...], sitemaps: tuple[str, ...], sections: tuple[str, ...]) -> tuple[str, ...]:
    return () if feeds or sitemaps or sections else (_NO_SOURCE,)
