"""Reads off a home page what the site is called, its language, and which links may lead to sections."""

import re
import unicodedata
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from rapidfuzz import fuzz

from crawler.finding.sections import Anchor
from crawler.urls import host_key, public_suffix, same_site
from crawler.urlshapes import looks_like_article

FEED_WORD = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom)(?:$|[/._-])", re.IGNORECASE)
"""What the path of a feed, or of a page that lists feeds, holds."""

_NAVIGATION = re.compile(r"(?:^|[\s_-])(?:nav|menu|navbar|navigation)", re.IGNORECASE)
# Pages about the paper and its reader's account: no use in spending requests on them.
_SERVICE = re.compile(
    r"/(?:log-?in|log-?out|register|account|users?|newsletters?|subscri\w*|about|contacts?|advertise|imprint|impressum"
    r"|datenschutz|privacy|terms|agb|search|suche|e-?paper|dang-nhap|dang-ky|tim-kiem|lien-he|gioi-thieu|quang-cao|dat-bao"
    r"|tags?|author|tac-gia)(?:$|[/.])",
    re.IGNORECASE,
)


def site_name(root: HtmlElement, home: str) -> str:
    """What the page calls its site; else the part of its title that is most like the host."""
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        said = _meta(root, name)
        if said and "://" not in said:
            return said[:200]
    title = " ".join((root.findtext(".//title") or "").split())
    parts = [part.strip() for part in re.split(r"\s+[|–—·»:-]\s+|\s*\|\s*", title) if part.strip()]
    return max(parts, key=lambda part: (_likeness(part, home), -len(part)), default="")[:200]


def _likeness(part: str, home: str) -> int:
    """How much of the host a part of the title spells, in tenths: `Báo Ví Dụ` of baovidu.vn."""
    bare = unicodedata.normalize("NFD", part.lower()).replace("đ", "d")
    letters = re.sub(r"[^a-z0-9]", "", bare)
    return round(fuzz.ratio(letters, site_key(home)) / 10)


def site_language(root: HtmlElement) -> str:
    said = root.get("lang") or root.get("xml:lang") or _meta(root, "og:locale") or _meta(root, "content-language")
    code = re.match(r"[a-z]{2}(?![a-z])", (said or "").strip().lower())
    return code[0] if code else ""


def _meta(root: HtmlElement, name: str) -> str:
    for element in root.iter("meta"):
        if name in {(element.get(key) or "").lower() for key in ("property", "name", "http-equiv")}:
            return " ".join((element.get("content") or "").split())
    return ""


def section_links(links: Iterable[Anchor], home: str) -> tuple[list[str], list[str]]:
    """The links that may lead to sections: those in the page's navigation, and those elsewhere, each once.

    Those of one folder come before those of two: the former are the main sections.
    """
    lists = sorted((anchor for anchor in links if _may_be_section(anchor, home)), key=lambda anchor: _depth(anchor.url))
    named = [anchor.url for anchor in lists if _is_in_navigation(anchor.element)]
    return list(dict.fromkeys(named)), list(dict.fromkeys(anchor.url for anchor in lists if anchor.url not in named))


def _may_be_section(anchor: Anchor, home: str) -> bool:
    parts = urlsplit(anchor.url)
    return (
        same_site(home, anchor.url)
        and 1 <= _depth(anchor.url) <= 2
        and not parts.query
        and 1 < len(anchor.text) <= 40
        and not looks_like_article(anchor.url)
        and not FEED_WORD.search(parts.path)
        and not _SERVICE.search(parts.path)
    )


def _depth(url: str) -> int:
    return len([segment for segment in urlsplit(url).path.split("/") if segment])


def _is_in_navigation(element: HtmlElement) -> bool:
    return any(
        parent.tag in {"nav", "header"}
        or parent.get("role") == "navigation"
        or bool(_NAVIGATION.search(f"{parent.get('class')} {parent.get('id')}"))
        for parent in element.iterancestors()
    )


def site_key(home: str) -> str:
    """The host without `www.` and public suffix: `baovidu` of `www.baovidu.com.vn`."""
    host = host_key(home)
    short = re.sub(r"^(?:www|m)\.(?=.*\.)", "", host).removesuffix("." + public_suffix(home))
    return re.sub(r"[^a-z0-9._-]+", "-", short).strip("._-") or "site"


def is_private(home: str) -> bool:
    host = urlsplit(home).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
