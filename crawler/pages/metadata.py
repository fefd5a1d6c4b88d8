"""The fields beside the text of one article page: title, section, authors, times, language, tags, addresses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from crawler.pages.authors import Authors, read_authors
from crawler.pages.breadcrumbs import Section, read_section
from crawler.pages.candidates import candidates_of
from crawler.pages.dates import Dates, read_dates
from crawler.pages.header import read_header
from crawler.pages.jsonld import text_of
from crawler.pages.languages import language_code, page_language
from crawler.pages.lines import is_within_text
from crawler.pages.ruled import ruled_moment, ruled_names, ruled_text, selected
from crawler.pages.sitenames import host_names
from crawler.pages.structured import Structured, read_structured
from crawler.pages.tags import Tags, read_tags
from crawler.pages.times import Habits, habits_of
from crawler.pages.titles import Headline, read_headline
from crawler.rules import Rules
from crawler.urls import join_url
from storage.records import Candidate, Moment

SITE_FILE = "the site file's rule"
SAMPLED, MOST_SAMPLED = 80, 24  # characters of a paragraph, and paragraphs, by which the language is told


Statements = tuple[tuple[str, str], ...]
"""What the page states of a field, as (value, source), the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article. Empty means that the page does not say.

    `descriptions` are all that it tells machines as its summary. `elements` hold the headline, byline, dateline,
    section line and tag list: no part of the body.
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
    descriptions: tuple[tuple[str, str], ...]
    lead_image: str
    sources: Mapping[str, str]
    candidates: tuple[Candidate, ...]
    elements: tuple[HtmlElement, ...]
    tag_list: tuple[HtmlElement, ...]


def read_metadata(tree: HtmlElement, url: str, rules: Rules) -> Metadata:
    """Pure: depends on the tree, its address and the rules alone; the tree is left as it is."""
    stated = read_structured(tree, url)
    headline = _headline(tree, stated, url, rules)
    declared = _declared_languages(tree, stated, rules)
    language, language_source = page_language(declared, _sample(tree, stated, headline.text))
    habits = habits_of(language, rules.timezone, url, _region(tree, stated))
    header = read_header(headline.element, habits)
    dates = _dates(tree, read_dates(tree, stated, header, habits), habits, rules)
    section = _section(tree, read_section(tree, stated, header, headline.text, url), rules)
    others = (*host_names(url), *(name for name in (section.text, rules.site_name) if name))
    authors = _authors(tree, read_authors(tree, stated, header, habits, others), rules)
    tags = read_tags(tree, stated, headline.element)
    descriptions = _descriptions(stated)
    fields = (
        *_field_rows(headline, section, authors, dates, tags),
        _Field("language", language, language_source, [(language_code(value), source) for value, source in declared]),
        _first("canonical_url", _addresses(stated, url)),
        _first("lead_image", _pictures(stated, url)),
    )
    summary, summary_source = descriptions[0] if descriptions else ("", "")
    sources = {**{field.name: field.source for field in fields}, "description": summary_source}
    return Metadata(
        title=headline.text,
        section=section.text,
        authors=authors.names,
        published=dates.published,
        modified=dates.modified,
        language=language,
        tags=tags.names,
        canonical_url=fields[-2].value,
        description=summary,
        descriptions=descriptions,
        lead_image=fields[-1].value,
        sources={name: source for name, source in sources.items() if source},
        candidates=tuple(one for row in fields for one in candidates_of(*row)),
        elements=_elements(headline, section, authors, dates, tags),
        tag_list=tags.elements,
    )


# --- what the site file says goes first -------------------------------------------------------------------


def _headline(tree: HtmlElement, stated: Structured, url: str, rules: Rules) -> Headline:
    found = read_headline(tree, stated, host_names(url))
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


def _declared_languages(tree: HtmlElement, stated: Structured, rules: Rules) -> Statements:
    root = next(tree.iter("html"), tree)
    declared = (
        (rules.language, "site file"),
        (root.get("lang") or root.get("xml:lang") or "", "lang of <html>"),
        (text_of(stated.article.get("inLanguage")), "JSON-LD inLanguage"),
        (stated.first("og:locale"), "meta og:locale"),
        (stated.first("content-language", "language", "dc.language"), "meta language"),
    )
    return tuple((value, source) for value, source in declared if value)


def _sample(tree: HtmlElement, stated: Structured, title: str) -> str:
    """Some of the page's text, by which its language can be told: that of the element with most of it.

    Boxes from elsewhere may be in another language, and what the language is decides how dates are read.
    """
    told: dict[HtmlElement | None, list[str]] = {}
    long = ((paragraph, text) for paragraph in tree.iter("p") if len(text := paragraph.text_content()) > SAMPLED)
    for paragraph, text in islice(long, MOST_SAMPLED):
        if len(folded := " ".join(text.split())) > SAMPLED:
            told.setdefault(paragraph.getparent(), []).append(folded)
    most = max(told.values(), key=lambda texts: sum(map(len, texts)), default=[])
    return " ".join([title, stated.first("description", "og:description"), *most])[:3000]


def _region(tree: HtmlElement, stated: Structured) -> str:
    """The country that the page declares with its language: `GB` of `en-GB`, else of `og:locale`."""
    root = next(tree.iter("html"), tree)
    declared = (root.get("lang") or root.get("xml:lang") or "", stated.first("og:locale"))
    found = (re.search(r"[-_]([A-Za-z]{2})\b", value) for value in declared)
    return next((match[1] for match in found if match), "")


def _addresses(stated: Structured, url: str) -> Statements:
    given = ((stated.canonical, "link rel=canonical"), (stated.first("og:url"), "meta og:url"))
    found = [(join_url(url, value) if value else "", source) for value, source in given]
    found.append((join_url(url, url) or url, "address of the page"))
    return tuple((value, source) for value, source in found if value)


def _descriptions(stated: Structured) -> Statements:
    names = ("og:description", "description", "twitter:description")
    found = [(stated.first(name), f"meta {name}") for name in names]
    found.append((text_of(stated.article.get("description")), "JSON-LD description"))
    return tuple((value, source) for value, source in found if value)


def _pictures(stated: Structured, url: str) -> Statements:
    value = stated.article.get("image")
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        first = first.get("url") or first.get("contentUrl")
    choices = (
        (stated.first("og:image", "og:image:url", "twitter:image"), "meta og:image"),
        (text_of(first), "JSON-LD image"),
    )
    found = ((join_url(url, text) if text else "", source) for text, source in choices)
    return tuple((value, source) for value, source in found if value)


# --- what each field might have been ----------------------------------------------------------------------


class _Field(NamedTuple):
    name: str
    value: str
    source: str
    stated: Sequence[tuple[str, str]]


def _first(name: str, stated: Statements) -> _Field:
    """A field that has the weightiest statement as it is."""
    value, source = stated[0] if stated else ("", "")
    return _Field(name, value, source, stated)


def _field_rows(headline: Headline, section: Section, authors: Authors, dates: Dates, tags: Tags) -> tuple[_Field, ...]:
    times = {"published": dates.published, "modified": dates.modified}
    sources = {"published": dates.published_source, "modified": dates.modified_source}
    stated = {name: [(value, source) for field, value, source in dates.candidates if field == name] for name in times}
    return (
        _Field("title", headline.text, headline.source, headline.candidates),
        _Field("section", section.text, section.source, section.candidates),
        _Field("authors", ", ".join(authors.names), authors.source, authors.candidates),
        *(_Field(name, at.iso if at else "", sources[name], stated[name]) for name, at in times.items()),
        _Field("tags", ", ".join(tags.names), tags.source, tags.candidates),
    )


def _elements(
    headline: Headline, section: Section, authors: Authors, dates: Dates, tags: Tags
) -> tuple[HtmlElement, ...]:
    """What shows the fields and is no part of the text: a name that the text only mentions stays in it."""
    fields = [*section.elements, *authors.elements, *dates.elements, *tags.elements]
    found = [headline.element, *(element for element in fields if not is_within_text(element))]
    return tuple(dict.fromkeys(element for element in found if element is not None))
