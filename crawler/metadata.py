"""The fields beside the text of one article page: title, section, authors, times, language, tags, addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml.html import HtmlElement

from crawler.authors import Authors, read_authors
from crawler.breadcrumbs import Section, read_section
from crawler.bylines import host_names
from crawler.dates import Dates, read_dates
from crawler.jsonld import text_of
from crawler.languages import page_language
from crawler.lines import Line, lines_after, lines_before
from crawler.rules import Rules
from crawler.structured import Structured, read_structured
from crawler.tags import Tags, read_tags
from crawler.times import find_moment, habits_of
from crawler.titles import Headline, read_headline
from crawler.urls import join_url
from storage.records import Moment

HEADER_LINES = 40  # after the headline: lead, picture and share bar may stand between it and the byline
LONGEST_DATELINE = 200  # characters


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
    headline = read_headline(tree, stated)
    language, language_source = _language(tree, stated, headline.text, rules)
    habits = habits_of(language, rules.timezone, url)
    header = _header(headline.element)
    times = [find_moment(line.text, habits) if len(line.text) <= LONGEST_DATELINE else None for line in header]
    dates = read_dates(tree, stated, headline.element, header, times, habits)
    section = read_section(tree, stated, headline.element, headline.text, url)
    others = (*host_names(url), *(name for name in (section.text,) if name))
    authors = read_authors(tree, stated, headline.element, header, times, habits, others)
    tags = read_tags(tree, stated, headline.element)
    canonical, canonical_source = _canonical(stated, url)
    description, description_source = _description(stated)
    image, image_source = _lead_image(stated, url)
    sources = {
        "title": headline.source, "section": section.source, "authors": authors.source, "published": dates.published_source,
        "modified": dates.modified_source, "language": language_source, "tags": tags.source, "canonical_url": canonical_source,
        "description": description_source, "lead_image": image_source,
    }  # fmt: skip
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
        elements=_elements(headline, section, authors, dates, tags) if alive else (),
    )


def _header(headline: HtmlElement | None) -> list[Line]:
    """The visible lines around the headline, nearest first above it, then those below."""
    if headline is None:
        return []
    return [*lines_before(headline, 6), *lines_after(headline, HEADER_LINES)]


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
        "title": headline.text, "section": section.text, "authors": ", ".join(authors.names),
        "published": dates.published.iso if dates.published else "", "modified": dates.modified.iso if dates.modified else "",
    }  # fmt: skip
    return tuple(Candidate(field, value, source, value == chosen[field]) for field, value, source in found)


def _elements(
    headline: Headline, section: Section, authors: Authors, dates: Dates, tags: Tags
) -> tuple[HtmlElement, ...]:
    found = [headline.element, *section.elements, *authors.elements, *dates.elements, *tags.elements]
    return tuple(dict.fromkeys(element for element in found if element is not None))
