"""The times that a page tells machines about its article: JSON-LD, microdata, OpenGraph and other metadata."""

from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.pages.jsonld import text_of
from crawler.pages.machinetimes import machine_moment
from crawler.pages.structured import Structured
from crawler.pages.times import Habits
from storage.records import Moment

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "publicationdate",
    "date.available",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "cxenseparse:recs:published_time",
    "bt:pubdate",
    "rnews:datepublished",
    "article.published",
    "originalpublicationdate",
    "citation_publication_date",
    "date",
    "article:created",
    "datecreated",
    "date.created",
    "dcterms.created",
    "dc.date.created",
    "published-date",
    "vr:published_time",
    "time",
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "datemodified",
    "og:updated_time",
    "article:updated_time",
    "article:modified",
    "date.modified",
    "date.updated",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "last_updated",
    "article.updated",
    "moddate",
    "revision_date",
)


_HAS_MICRODATA = etree.XPath("boolean(//@itemprop)")


@dataclass(frozen=True, slots=True)
class StatedTime:
    """One time that the page states."""

    moment: Moment
    source: str
    modified: bool
    rank: int


def told_times(stated: Structured, habits: Habits) -> list[StatedTime]:
    found = []
    for key, modified in (
        ("datePublished", False),
        ("dateModified", True),
        ("dateCreated", False),
        ("uploadDate", False),
    ):
        name = f"JSON-LD {stated.kind}.{key}" if stated.kind else f"JSON-LD {key}"
        found.append(
            (text_of(stated.article.get(key)), name, modified, 0 if key.startswith(("dateP", "dateM")) else 45)
        )
    for names, modified in ((_PUBLISHED, False), (_MODIFIED, True)):
        for place, name in enumerate(names):
            rank = 20 if name.startswith(("article:", "og:")) else 30 + place // 10
            found += [(text, f"meta {name}", modified, rank) for text in stated.meta.get(name, ())[:1]]
    result = []
    for text, source, modified, rank in found:
        moment = machine_moment(text, habits) if text else None
        if moment and moment.at.year > 1971:
            result.append(StatedTime(moment, source, modified, int(rank)))
    return result


def microdata_times(tree: HtmlElement, headline: HtmlElement | None, habits: Habits) -> list[StatedTime]:
    """`itemprop` dates of the item that the headline belongs to; those of teasers belong to other items."""
    if not _HAS_MICRODATA(tree):  # most pages
        return []
    around = frozenset(headline.iterancestors()) if headline is not None else frozenset()
    result = []
    for element in tree.iter("*"):  # half the time of an XPath that names what is wanted
        prop = (element.get("itemprop") or "").lower()
        if prop not in {"datepublished", "datemodified", "datecreated"}:
            continue
        item = next((up for up in element.iterancestors() if up.get("itemscope") is not None), None)
        if item is None or (item not in around and headline is not None):
            continue
        text = element.get("content") or element.get("datetime") or element.text_content()
        moment = machine_moment(text, habits)
        if moment:
            name = element.get("itemprop")
            result.append(
                StatedTime(moment, f"microdata {name}", prop == "datemodified", 15 if prop == "datecreated" else 10)
            )
    return result
