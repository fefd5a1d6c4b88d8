"""Reads sitemaps: index, list of URLs, news sitemap, plain text; gzipped or not; broken ones as far as they go."""

import io
import re
import zlib
from collections.abc import Iterator

from lxml import etree

from crawler.finding.found import MAX_LINKS, Found, FoundLink, SourceLink, each_once, plain_title, stated_time
from crawler.sites import Site, is_article
from crawler.urls import join_url, same_site

MAX_BYTES = 50 * 1024 * 1024
"""A sitemap's size after decompression at most, as sitemaps.org has it."""

_NEWS = "http://www.google.com/schemas/sitemap-news/"


def found_in_sitemap(body: bytes, url: str, site: Site) -> Found:
    """The articles that a sitemap lists, and the sitemaps that a sitemap index lists.

    An entry with a news mark is an article of the site; any other has to look like one. Where the site file
    gives patterns, these decide.
    """
    text, fault = unpacked(body)
    if _declares_entities(text):
        return Found(fault="refused: the sitemap declares entities")
    if not text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and not text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _plain_list(text, url, site, fault)
    return _xml(text, url, site, fault)


def unpacked(body: bytes) -> tuple[bytes, str]:
    """The body with gzip undone, `MAX_BYTES` of it at most, and what was wrong with it."""
    if not body.startswith(b"\x1f\x8b"):
        return body[:MAX_BYTES], "" if len(body) <= MAX_BYTES else f"larger than {MAX_BYTES} bytes"
    inflater = zlib.decompressobj(wbits=31)
    try:
        text = inflater.decompress(body, MAX_BYTES)
    except zlib.error as error:
        return b"", f"does not decompress: {error}"
    if inflater.unconsumed_tail:
        return text, f"larger than {MAX_BYTES} bytes when decompressed"
    return text, "" if inflater.eof else "cut short"


def _declares_entities(text: bytes) -> bool:
    """Sitemaps need no entities of their own; a document that declares some means to grow when it is read."""
    head = text[: 2**20].replace(b"\0", b"")  # UTF-16 too
    root = re.search(rb"<\w", head)
    return b"<!ENTITY" in head[: root.start() if root else None]


def _plain_list(text: bytes, url: str, site: Site, fault: str) -> Found:
    lines = text.decode("utf-8-sig", "replace").splitlines()[: MAX_LINKS * 2]
    links = [join_url(url, line) for line in lines if re.match(r"\s*https?://", line, re.IGNORECASE)]
    if not links:
        return Found(fault=fault or "not a sitemap")
    return Found(
        articles=each_once(FoundLink(url=link) for link in links if link and is_article(site, link)), fault=fault
    )


def _xml(text: bytes, url: str, site: Site, fault: str) -> Found:
    articles: list[FoundLink] = []
    sources: dict[str, SourceLink] = {}
    roots: list[etree._Element] = []
    entries = etree.iterparse(
        io.BytesIO(text), events=("start", "end"), recover=True, resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in entries:
            if event == "start":
                roots = roots or [element]
                continue
            name = _local(element)
            if name == "url":
                articles += _article(element, url, site)
            elif name == "sitemap":
                link = _source(element, url, site)
                sources.setdefault(link.url, link)
            if name in {"url", "sitemap"}:
                _forget(element)
                if len(articles) + len(sources) >= MAX_LINKS:
                    break
    except etree.XMLSyntaxError as error:
        fault = fault or f"broken XML: {error}"[:300]
    sources.pop("", None)
    if not roots or _local(roots[0]) not in {"urlset", "sitemapindex"}:
        return Found(fault=fault or "not a sitemap")
    broken = next((entry.message for entry in entries.error_log if entry.level_name in {"ERROR", "FATAL"}), "")
    fault = fault or (f"broken XML: {broken}"[:300] if broken else "")
    return Found(articles=each_once(articles), sources=tuple(sources.values()), fault=fault)


def _forget(element: etree._Element) -> None:
    """Frees an entry that has been read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and len(parent) > 1:
        del parent[0]


def _article(entry: etree._Element, url: str, site: Site) -> Iterator[FoundLink]:
    texts = dict(_texts(entry))
    address = join_url(url, texts.get("loc", ""))
    is_news = any(name.startswith("news:") for name in texts)
    if not address or not same_site(site.home, address):
        return
    if not (is_article(site, address) or (is_news and not site.discover.articles)):
        return
    yield FoundLink(
        url=address,
        title=plain_title(texts.get("news:title", "")),
        published=stated_time(texts.get("news:publication_date", ""), site),
        modified=stated_time(texts.get("lastmod", ""), site),
    )


def _source(entry: etree._Element, url: str, site: Site) -> SourceLink:
    texts = dict(_texts(entry))
    return SourceLink(
        kind="sitemap",
        url=join_url(url, texts.get("loc", "")),
        modified=stated_time(texts.get("lastmod", ""), site),
    )


def _texts(entry: etree._Element) -> Iterator[tuple[str, str]]:
    """The texts of an entry by name; those of the news extension as `news:…`, of other extensions left out."""
    own, _ = _name(entry)
    for element in entry.iter(etree.Element):
        space, name = _name(element)
        text = (element.text or "").strip()
        if text and space == own:
            yield name.lower(), text
        elif text and space.startswith(_NEWS):
            yield f"news:{name.lower()}", text


def _local(element: etree._Element) -> str:
    return _name(element)[1].lower()


def _name(element: etree._Element) -> tuple[str, str]:
    """Namespace and name; etree.QName would refuse the names that broken XML is salvaged with."""
    space, brace, name = str(element.tag).removeprefix("{").partition("}")
    return (space, name) if brace else ("", space)
