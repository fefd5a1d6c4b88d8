"""Who wrote the article: what the page tells machines, weighed against the bylines that a reader sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.pages.bylines import names_in
from crawler.pages.credits import POSSIBLE, SURE, Credit, dateline_credits, header_credits
from crawler.pages.header import Header
from crawler.pages.jsonld import text_of
from crawler.pages.names import is_full_name
from crawler.pages.signoffs import marked_credits, sign_off
from crawler.pages.sitenames import is_account
from crawler.pages.structured import Structured, resolve
from crawler.pages.times import Habits, find_moment

_META = (
    "article:author", "author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "cxenseparse:author", "citation_author", "twitter:data1",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """The names, where they came from, the elements that show them, and all (value, source) candidates."""

    names: tuple[str, ...]
    source: str
    elements: tuple[HtmlElement, ...]
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Told:
    names: tuple[str, ...]
    source: str


def read_authors(
    tree: HtmlElement, stated: Structured, header: Header, habits: Habits, others: Sequence[str]
) -> Authors:
    """All authors and nobody else.

    Names told to machines come first, if they are people or agencies and not the site. A byline near the headline
    completes them where they share a name, and replaces them where the page shows none of theirs. Then come bylines
    near the headline, sign-offs, and elements marked as the author. The site's own name is an author only where the
    byline that a reader sees names it and nobody else,
    and on Vietnamese pages never. `others` are further names that are no author's: the host's, the
    section's.
    """
    sites = (*stated.publishers, *others)
    told = _told(stated, sites)
    shown = header_credits(header, sites)
    if not told and not any(credit.names and credit.strength > POSSIBLE for credit in shown):
        shown += marked_credits(tree, header.around, sites, lambda text: find_moment(text, habits))
    known = [name for one in told for name in one.names] + [name for credit in shown for name in credit.names]
    shown += sign_off(tree, header.around, known, sites, habits.language)
    shown += dateline_credits(header)
    names, source = _settle(tree, told, shown, habits.language, sites)
    keys = {name.casefold() for name in names}
    elements = [
        credit.element
        for credit in shown
        if credit.element is not None and (credit.strength == SURE or keys & {name.casefold() for name in credit.names})
    ]
    candidates = [(", ".join(one.names), one.source) for one in told]
    candidates += [(", ".join(credit.names or credit.site), credit.source) for credit in shown]
    return Authors(
        names=names,
        source=source,
        elements=tuple(dict.fromkeys(elements)),
        candidates=tuple(dict.fromkeys(candidates)),
    )


def _settle(
    tree: HtmlElement, told: Sequence[_Told], shown: Sequence[Credit], language: str, sites: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    named = sorted((credit for credit in shown if credit.names), key=lambda credit: -credit.strength)
    if told and all(is_account(name, sites) for name in told[0].names):
        people = [one for one in named if one.strength > POSSIBLE and not any(is_account(n, sites) for n in one.names)]
        if people and all(map(is_full_name, people[0].names)):
            return people[0].names, f"{people[0].source}; {told[0].source} names an account of the site"
    if told:
        return _settle_told(tree, told, named)
    signed_by_site = (credit for credit in shown if credit.site and language != "vi")  # there it is but a label
    site = max(signed_by_site, key=lambda credit: credit.strength, default=None)
    if named and (site is None or named[0].strength > POSSIBLE or site.strength < SURE):
        return named[0].names, named[0].source
    return (site.site, f"{site.source}; it names only the site") if site else ((), "")


def _settle_told(tree: HtmlElement, told: Sequence[_Told], named: Sequence[Credit]) -> tuple[tuple[str, ...], str]:
    first = told[0]
    keys = {name.casefold() for name in first.names}
    for credit in named:
        seen = {name.casefold() for name in credit.names}
        if keys < seen and credit.strength == SURE and all(map(is_full_name, credit.names)):
            return credit.names, f"{credit.source}, which agrees with {first.source}"
        if keys & seen and _names_others(tree, credit, keys):
            return credit.names, f"{credit.source}; {first.source} names somebody whom the page does not show"
        if keys & seen:
            return first.names, f"{first.source}, as the page shows"
    if named and named[0].strength == SURE and not _is_shown(tree, keys):
        return named[0].names, f"{named[0].source}; {first.source} names somebody whom the page does not show"
    return first.names, first.source


def _names_others(tree: HtmlElement, credit: Credit, keys: set[str]) -> bool:
    """Whether a byline has as many names as machines are told, and others in place of some that the page has not."""
    gone = keys - {name.casefold() for name in credit.names}
    sure = credit.strength == SURE and len(credit.names) == len(keys) and all(map(is_full_name, credit.names))
    return bool(gone) and sure and not _is_shown(tree, gone)


def _is_shown(tree: HtmlElement, keys: set[str]) -> bool:
    """Whether one of the names stands in the page as a text of its own."""
    for element in tree.iter("a", "span", "p", "div", "strong", "b", "em", "li", "small", "cite", "h3", "h4"):
        text = element.text
        if text and len(text) < 120 and " ".join(text.split()).strip(" ,|-").casefold() in keys:
            return True
    return False


def _told(stated: Structured, sites: Sequence[str]) -> list[_Told]:
    found = [
        (_node_names(resolve(stated.article.get(key), stated.nodes)), f"JSON-LD {stated.kind}.{key}")
        for key in ("author", "creator")
    ]
    found += [
        (list(stated.meta.get(key, ())), f"meta {key}")
        for key in _META
        if key != "twitter:data1" or "written by" in stated.first("twitter:label1").lower()
    ]
    result = []
    for texts, source in found:
        names = tuple(dict.fromkeys(name for text in texts for name in names_in(text, sites)))
        if names:
            result.append(_Told(names, source))
    return result


def _node_names(things: Iterable[object]) -> list[str]:
    """The names of JSON-LD persons and organisations, or of plain strings."""
    names = []
    for thing in things:
        if isinstance(thing, dict):
            value = thing.get("name")
            given = f"{text_of(thing.get('givenName'))} {text_of(thing.get('familyName'))}".strip()
            texts = [text_of(item) for item in value] if isinstance(value, list) else [text_of(value)]
            names += [text for text in texts if text] or ([given] if given else [])
        else:
            names.append(text_of(thing))
    return [name for name in names if name]
