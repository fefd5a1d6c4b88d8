"""The fields beside the text of one article page: title, section, authors, times, language, tags, addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml.html import HtmlElement

from crawler.pages.authors import Authors, read_authors
from crawler.pages.breadcrumbs import Section, read_section
from crawler.pages.bylines import host_names
from crawler.pages.dates import Dates, read_dates
from crawler.pages.header import read_header
from crawler.pages.jsonld import text_of
from crawler.pages.languages import page_language
from crawler.pages.ruled import ruled_moment, ruled_names, ruled_text, selected
from crawler.pages.structured import Structured, read_structured
from crawler.pages.tags import Tags, read_tags
from crawler.pages.times import Habits, habits_of
from crawler.pages.titles import Headline, read_headline
from crawler.rules import Rules
from crawler.urls import join_url
from storage.records import Moment

SITE_FILE = "the site file's rule"


class Candidate(NamedTuple):
    """A value that a field might have had; `chosen` says that it has it."""

    field: str
    value: str
    source: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article. Empty means that the page does not say.

    `elements` hold the headline, byline, dateline, section line and tag list: no part of the body.
    """

    title: str
    section: str
    authors: tuple[str, ...]
    published: Moment | None
    modified: Moment | None
    language: str
    tags: tuple[str, ...]
    canonical_url: str
    description: str
    lead_image: str
    sources: Mapping[str, str]
    candidates: tuple[Candidate, ...]
    elements: tuple[HtmlElement, ...]


def read_metadata(tree: HtmlElement, url: str, rules: Rules) -> Metadata:
    """Pure: depends on the tree, its address and the rules alone; the tree is left as it is."""
    alive = tuple(tree.iter())  # while they live, lxml hands out these elements instead of making new ones
    stated = read_structured(tree, url)
    headline = _headline(tree, stated, rules)
    language, language_source = _language(tree, stated, headline.text, rules)
    habits = habits_of(language, rules.timezone, url)
    header = read_header(headline.element, habits)
    dates = _dates(tree, read_dates(tree, stated, header, habits), habits, rules)
    section = _section(tree, read_section(tree, stated, header, headline.text, url), rules)
    others = (*host_names(url), *(name for name in (section.text, rules.site_name) if name))
    authors = _authors(tree, read_authors(tree, stated, header, habits, others), rules)
    tags = read_tags(tree, stated, headline.element)
    canonical, canonical_source = _canonical(stated, url)
    description, description_source = _description(stated)
    image, image_source = _lead_image(stated, url)
    sources = {
        "title": headline.source,
        "section": section.source,
        "authors": authors.source,
        "published": dates.published_source,
        "modified": dates.modified_source,
        "language": language_source,
        "tags": tags.source,
        "canonical_url": canonical_source,
        "description": description_source,
        "lead_image": image_source,
    }
    del alive
    return Metadata(
        title=headline.text,
        section=section.text,
        authors=authors.names,
        published=dates.published,
        modified=dates.modified,
        language=language,
        tags=tags.names,
        canonical_url=canonical,
        description=description,
        lead_image=image,
        sources={field: source for field, source in sources.items() if source},
        candidates=_candidates(headline, section, authors, dates),
        elements=_elements(headline, section, authors, dates, tags),
    )


# --- what the site file says goes first -------------------------------------------------------------------


def _headline(tree: HtmlElement, stated: Structured, rules: Rules) -> Headline:
    found = read_headline(tree, stated)
    elements = selected(tree, rules.title)
    text = ruled_text(elements)
    return replace(found, text=text, source=SITE_FILE, element=elements[0]) if text else found


def _dates(tree: HtmlElement, found: Dates, habits: Habits, rules: Rules) -> Dates:
    moment = ruled_moment(selected(tree, rules.published), habits)
    return replace(found, published=moment, published_source=SITE_FILE) if moment else found


def _section(tree: HtmlElement, found: Section, rules: Rules) -> Section:
    elements = selected(tree, rules.section)
    text = ruled_text(elements)
    return replace(found, text=text, source=SITE_FILE, elements=tuple(elements)) if text else found


def _authors(tree: HtmlElement, found: Authors, rules: Rules) -> Authors:
    elements = selected(tree, rules.authors)
    names = ruled_names(elements)
    return replace(found, names=names, source=SITE_FILE, elements=(*elements, *found.elements)) if names else found


# --- the other fields -------------------------------------------------------------------------------------


def _language(tree: HtmlElement, stated: Structured, title: str, rules: Rules) -> tuple[str, str]:
    root = next(tree.iter("html"), tree)
    declared = [
        (rules.language, "site file"),
        (root.get("lang") or root.get("xml:lang") or "", "lang of <html>"),
        (text_of(stated.article.get("inLanguage")), "JSON-LD inLanguage"),
        (stated.first("og:locale"), "meta og:locale"),
        (stated.first("content-language", "language", "dc.language"), "meta language"),
    ]
    sample = [title, stated.first("description", "og:description")]
    for paragraph in tree.iter("p"):
        text = paragraph.text_content()
        if len(text) > 80:
            sample.append(text)
        if len(sample) > 8:
            break
    return page_language(declared, " ".join(sample)[:3000])


def _canonical(stated: Structured, url: str) -> tuple[str, str]:
    for value, source in ((stated.canonical, "link rel=canonical"), (stated.first("og:url"), "meta og:url")):
        absolute = join_url(url, value) if value else ""
        if absolute:
            return absolute, source
    return join_url(url, url) or url, "address of the page"


def _description(stated: Structured) -> tuple[str, str]:
    for name in ("og:description", "description", "twitter:description"):
        text = stated.first(name)
        if text:
            return text, f"meta {name}"
    text = text_of(stated.article.get("description"))
    return text, "JSON-LD description" if text else ""


def _lead_image(stated: Structured, url: str) -> tuple[str, str]:
    value = stated.article.get("image")
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        first = first.get("url") or first.get("contentUrl")
    choices = (
        (stated.first("og:image", "og:image:url", "twitter:image"), "meta og:image"),
        (text_of(first), "JSON-LD image"),
    )
    for text, source in choices:
        absolute = join_url(url, text) if text else ""
        if absolute:
            return absolute, source
    return "", ""


def _candidates(headline: Headline, section: Section, authors: Authors, dates: Dates) -> tuple[Candidate, ...]:
    found = [("title", value, source) for value, source in headline.candidates]
    found += [("section", value, source) for value, source in section.candidates]
    found += [("authors", value, source) for value, source in authors.candidates]
    found += list(dates.candidates)
    chosen = {
        "title": headline.text,
        "section": section.text,
        "authors": ", ".join(authors.names),
        "published": dates.published.iso if dates.published else "",
        "modified": dates.modified.iso if dates.modified else "",
    }
    return tuple(Candidate(field, value, source, value == chosen[field]) for field, value, source in found)


def _elements(
    headline: Headline, section: Section, authors: Authors, dates: Dates, tags: Tags
) -> tuple[HtmlElement, ...]:
    found = [headline.element, *section.elements, *authors.elements, *dates.elements, *tags.elements]
    return tuple(dict.fromkeys(element for element in found if element is not None))
