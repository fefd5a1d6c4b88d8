"""What a page says about itself to machines: meta tags, JSON-LD and microdata, collected from its tree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement
from rapidfuzz import fuzz, utils

from crawler.pages.blocks import fold
from crawler.pages.jsonld import Node, parse_script, text_of, texts_of, types_of
from crawler.urls import join_url
from storage.letters import compose

_ARTICLE_TYPES = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
    "AskPublicNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "SocialMediaPosting",
    "TechArticle", "ScholarlyArticle", "AdvertiserContentArticle", "SatiricalArticle", "Report", "Review",
)  # fmt: skip
_PAGE_TYPES = ("WebPage", "ItemPage", "VideoObject", "Recipe", "HowTo", "ImageGallery", "CreativeWork")
_PUBLISHER_TYPES = ("Organization", "NewsMediaOrganization", "WebSite", "Corporation", "organization")
MOST_HEADINGS, MOST_NODES = 60, 400  # what a hostile page may make us compare
SAME_HEADLINE = 60  # rapidfuzz token_set_ratio; a shortened headline stays above, another story's below


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """The page's statements about itself. `article` is the merged JSON-LD of this page's article, often empty.

    `meta` has lower-case keys (property, name or itemprop) and all contents in order; `kind` is the type of
    the JSON-LD article; `publishers` are the names that the site goes by.
    """

    meta: Mapping[str, tuple[str, ...]]
    head_title: str
    canonical: str
    article: Node
    kind: str
    nodes: tuple[Node, ...]
    breadcrumb: tuple[str, ...]
    publishers: tuple[str, ...]

    def first(self, *names: str) -> str:
        """The first non-empty content among meta tags, names tried in order."""
        return next((text for name in names for text in self.meta.get(name, ()) if text), "")


def read_structured(tree: HtmlElement, url: str) -> Structured:
    meta, scripts = _meta_and_scripts(tree)
    head_title = next((fold(el.text_content()) for el in tree.iter("title") if _is_page_title(el)), "")
    nodes = tuple(islice((node for script in scripts for node in parse_script(script)), MOST_NODES))
    titles = [text for name in ("og:title", "twitter:title") for text in meta.get(name, ())] + [head_title]
    titles += [fold(h1.text_content()) for h1 in islice(tree.iter("h1"), MOST_HEADINGS)]
    article = _article_node(nodes, url, [title for title in titles if title])
    return Structured(
        meta=meta,
        head_title=head_title,
        canonical=_canonical(tree),
        article=article,
        kind=next((kind for kind in types_of(article) if kind in _ARTICLE_TYPES), ""),
        nodes=nodes,
        breadcrumb=_breadcrumb(nodes),
        publishers=_publishers(nodes, article, meta),
    )


def _is_page_title(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is None or parent.tag in {"head", "html", "body"}


def _meta_and_scripts(tree: HtmlElement) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = fold(element.get("content") or "")
        keys = {element.get(name) or "" for name in ("property", "name")}
        if not any(keys) and not _in_item(element):
            keys = {element.get("itemprop") or ""}
        for key in keys:
            if key and content:
                meta.setdefault(key.strip().lower(), []).append(content)
    scripts = [script.text for script in tree.iter("script") if script.text and "ld+json" in (script.get("type") or "")]
    return {key: tuple(dict.fromkeys(values)) for key, values in meta.items()}, scripts


def _in_item(element: HtmlElement) -> bool:
    """Whether the element states something about a microdata item, not about the page."""
    return any(up.get("itemscope") is not None and up.tag not in {"html", "body"} for up in element.iterancestors())


def _canonical(tree: HtmlElement) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (link.get("href") or "").strip():
            return str(link.get("href")).strip()
    return ""


# --- which JSON-LD object is this page's article ----------------------------------------------------------


def _article_node(nodes: Sequence[Node], url: str, titles: Sequence[str]) -> Node:
    """The objects that describe this page's article, merged; the best match and most specific type first.

    An object that names another address and another headline is a related article's and is left out.
    """
    ranked = []
    for position, node in enumerate(nodes):
        kinds = types_of(node)
        is_article = any(kind in _ARTICLE_TYPES for kind in kinds)
        if not is_article and not any(kind in _PAGE_TYPES for kind in kinds):
            continue
        fit = _fit(node, url, titles)
        if fit > 0 and (is_article or "datePublished" in node):
            ranked.append((not is_article, -fit, position, node))
    merged: Node = {}
    for not_article, _, _, node in sorted(ranked, key=lambda item: item[:3]):
        for key, value in node.items():
            if value and not (not_article and merged and key in {"author", "name", "headline", "@type"}):
                merged.setdefault(key, value)
    return merged


def _fit(node: Node, url: str, titles: Sequence[str]) -> float:
    """How surely an object is about this page: 0 for surely not."""
    headline = text_of(node.get("headline") or node.get("name"))
    addresses = [join_url(url, address) for address in _addresses(node)]
    page = join_url(url, url)
    named = any(_same_page(address, page) for address in addresses)
    agreement = max((_agreement(headline, title) for title in titles), default=0.0) if headline else 0.0
    if named:
        return 2 + agreement / 100
    if agreement >= SAME_HEADLINE:
        return 1 + agreement / 100
    if headline and titles:
        return 0
    return 0.0 if addresses and not headline else 0.5


def _agreement(headline: str, title: str) -> float:
    return fuzz.token_set_ratio(compose(headline), compose(title), processor=utils.default_process)


def _addresses(node: Node) -> list[str]:
    main = node.get("mainEntityOfPage")
    values = [node.get("url"), node.get("@id"), main]
    if isinstance(main, dict):
        values += [main.get("@id"), main.get("url")]
    return [value.strip() for value in values if isinstance(value, str) and value.strip()]


def _same_page(one: str, other: str) -> bool:
    def shape(url: str) -> str:
        return url.partition("?")[0].partition("#")[0].split("://", 1)[-1].removeprefix("www.").rstrip("/")

    return bool(one) and "/" in shape(one) and shape(one) == shape(other)


# --- names -----------------------------------------------------------------------------------------------


def resolve(value: object, nodes: Sequence[Node]) -> list[Any]:
    """The things that an author or publisher value means, references by `@id` looked up among `nodes`."""
    found: list[Any] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and set(item) <= {"@id", "@type"} and "@id" in item:
            found += [node for node in nodes if node.get("@id") == item["@id"] and len(node) > 1][:1]
        elif item:
            found.append(item)
    return found


def _publishers(nodes: Sequence[Node], article: Node, meta: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    names = list(meta.get("og:site_name", ())) + list(meta.get("application-name", ()))
    names += list(meta.get("apple-mobile-web-app-title", ()))
    for thing in resolve(article.get("publisher"), nodes):
        names += _names(thing)
    for node in nodes:
        if any(kind in _PUBLISHER_TYPES for kind in types_of(node)):
            names += _names(node)
    return tuple(dict.fromkeys(name for name in names if name))


def _names(thing: object) -> list[str]:
    if not isinstance(thing, dict):
        return texts_of(thing)
    return texts_of(thing.get("name")) + texts_of(thing.get("alternateName")) + texts_of(thing.get("legalName"))


def _breadcrumb(nodes: Sequence[Node]) -> tuple[str, ...]:
    """The names of the first breadcrumb list, in order of their positions."""
    for node in nodes:
        lists = [node, *(v for v in [node.get("breadcrumb")] if isinstance(v, dict))]
        for crumbs in lists:
            if "BreadcrumbList" in types_of(crumbs):
                names = tuple(_crumb_names(crumbs))
                if names:
                    return names
    return ()


def _crumb_names(crumbs: Node) -> Iterator[str]:
    items = crumbs.get("itemListElement")
    items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    for item in sorted(items, key=_position):
        name = text_of(item.get("name")) or text_of(item.get("item"))
        if name and not name.startswith(("http://", "https://", "//")):
            yield name


def _position(item: Node) -> int:
    try:
        return int(item.get("position") or 0)
    except (TypeError, ValueError):
        return 0
