"""Edits beside the running text: headline, lead, section, byline, time, table cell."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from bench.mutating.drafts import Draft, elements, found, marked, set_slot, slots, squeeze, text_of
from bench.mutating.made import Made
from bench.mutating.pictures import inside
from bench.mutating.rewriting import rewrite
from bench.mutating.stock import Stock, headline_of
from bench.mutating.words import replace_within, word

_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d)")
_LEAD = re.compile(r"sapo|standfirst|\blead\b|summary|deck|dek\b|intro\b|subtitle|excerpt|article-desc", re.IGNORECASE)
_CRUMB = re.compile(r"breadcrumb|crumb|section|categor|kicker|rubri|chuyen-?muc", re.IGNORECASE)
_MENU = re.compile(r"(?:^|[\s_-])(?:nav|navigation|menu)(?:$|[\s_-])", re.IGNORECASE)
_DIALOG = re.compile(r"(?:^|[\s_-])(?:modal|popup|dialog)(?:$|[\s_-])", re.IGNORECASE)
_SECTIONS = ("Opinion", "Business", "Culture", "Science", "Sport", "Travel", "Health", "World")
_FEWEST_WORDS = 4
_BESIDE_A_NAME = 80  # characters of a byline
_FEWEST_OF_A_MENU = 5  # sections beside each other; a path has fewer


def headline(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """One word of the headline, or all of it, wherever the page has it."""
    old, new = headline_of(draft), _reworded(draft, rng, stock)
    for head in _heads(draft) if new else ():
        head[:] = []
        head.text = old
    return Made(gone=old, come=new) if new and rewrite(draft.root, old, new) else None


def headline_shown(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """The same where readers see it, while search engines and social media are told the old one still."""
    old, new = headline_of(draft), _reworded(draft, rng, stock)
    for head in _heads(draft) if new else ():
        head[:] = []
        head.text = new
    return Made(gone=old, come=new) if new else None


def _heads(draft: Draft) -> list[HtmlElement]:
    said = squeeze(headline_of(draft))
    heads = [one for one in draft.root.iter("h1") if isinstance(one, HtmlElement) and squeeze(text_of(one)) == said]
    return [one for one in heads if not _is_of_the_site(one)]


def _reworded(draft: Draft, rng: Random, stock: Stock) -> str:
    """Another headline; empty where the page has none, or none that is long enough."""
    old = headline_of(draft)
    if len(old.split()) < _FEWEST_WORDS or not _heads(draft) or not stock.titles:
        return ""
    new = rng.choice(stock.titles) if rng.random() < 0.5 else _one_word_else(old, rng, stock)
    return "" if new == old else new


def _is_of_the_site(head: HtmlElement) -> bool:
    """Whether a heading leads to the front page, as the site's name does, ends a path of links or opens a dialog."""
    around = (head, *head.iterancestors())
    path = any("crumb" in f"{one.get('class', '')} {one.get('id', '')}".lower() for one in around[:4])
    path = path or any(_DIALOG.search(one.get("class", "")) or one.get("role") == "dialog" for one in around)
    links = [one for one in (*around, *head.iter("a")) if one.tag == "a"]
    return path or any(urlsplit(one.get("href", "/")).path in {"", "/"} for one in links)


def _one_word_else(text: str, rng: Random, stock: Stock) -> str:
    words = text.split()
    at = rng.choice([number for number, one in enumerate(words) if len(one) > 1] or [0])
    other = rng.choice(stock.words)
    words[at] = other.capitalize() if words[at][0].isupper() else other
    return " ".join(words)


def lead(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """A word of the lead, where the page marks one as such."""
    first = draft.places[0] if draft.places else None
    above = None if first is None else first.getparent()
    if first is None or not marked(first, _LEAD):
        return None
    if above is draft.container and not _LEAD.search(first.get("class", "")):
        return None  # all of the text is called so
    for text, _, _ in list(slots(first)):
        if (made := replace_within(draft, text, word, rng, stock)) is not None:
            return made
    return None


def section(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """The section, as the page states it and as its path of links shows it."""
    path = "//meta[@property='article:section']"
    metas = [one for one in found(draft.root, path) if one.get("content", "").strip()]
    stated = {one.get("content", "").strip() for one in metas}
    if len(stated) != 1:
        return None
    old = stated.pop()
    shown = [
        (node, tail)
        for element in elements(draft.root)
        if _CRUMB.search(f"{element.get('class', '')} {element.get('itemprop', '')}")
        for text, node, tail in slots(element)
        if text.strip() == old and not _is_of_a_menu(node)
    ]
    if not shown:
        return None
    new = rng.choice([one for one in _SECTIONS if one.casefold() not in old.casefold()])
    for meta in metas:
        meta.set("content", new)
    for node, tail in shown:
        set_slot(node, new, tail=tail)
    for script in draft.root.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            script.text = script.text.replace(f'"{old}"', f'"{new}"')
    return Made(gone=old, come=new, field="section")


def _is_of_a_menu(element: HtmlElement) -> bool:
    """Whether it is one of the site's sections, which a menu or a column lists whatever the article's own is."""
    around = (element, *element.iterancestors())
    if any(re.search(r"crumb", f"{one.get('class', '')} {one.get('id', '')}", re.IGNORECASE) for one in around):
        return False
    return any(
        one.tag in {"nav", "footer", "aside"}
        or _MENU.search(one.get("class", ""))
        or len(one.findall("li")) >= _FEWEST_OF_A_MENU
        for one in around
    )


def byline(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """One of the authors, wherever the page names them; not the site itself, which would have to be renamed."""
    sites = [
        squeeze(one.get("content", "")).casefold() for one in found(draft.root, "//meta[@property='og:site_name']")
    ]
    authors = [one for one in draft.gold.authors if len(one.split()) > 1 and not _is_site(one, sites)]
    rng.shuffle(authors)
    for author in authors:
        shown = any(_names(text, author) and not _is_furniture(node) for text, node, _ in slots(draft.root))
        others = [
            one for one in stock.authors if one not in draft.gold.authors and not set(one.split()) & set(author.split())
        ]
        if shown and others and rewrite(draft.root, author, new := rng.choice(others)):
            return Made(gone=author, come=new, field="authors")
    return None


def _is_site(author: str, sites: Sequence[str]) -> bool:
    """Whether an author is the site, behind whose name a slogan may stand."""
    name = squeeze(author).casefold()
    return any(site.startswith(name) and not site[len(name) : len(name) + 1].isalnum() for site in sites)


def _names(text: str, author: str) -> bool:
    """Whether a line names an author and says little else, as what the owner of a site thinks about does not."""
    return author in text and len(" ".join(text.split())) <= len(author) + _BESIDE_A_NAME


def _is_furniture(node: HtmlElement) -> bool:
    """Whether it is of the site: the name over every page of one author's blog is no byline."""
    return any(above.tag in {"nav", "footer", "head"} for above in (node, *node.iterancestors()))


def published(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """The stated time of publication, some days earlier or later."""
    metas = found(draft.root, "//meta[@property='article:published_time']")
    stated = {one.get("content", "").strip() for one in metas}
    match = _ISO.match(next(iter(stated), ""))
    if len(stated) != 1 or match is None:
        return None
    old = datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - as the page writes it
    new = old + timedelta(days=rng.choice([-9, -4, -2, 3, 5, 8]))
    count = 0
    for form in (
        "%Y-%m-%d",
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%d-%m-%Y",
        "%B %-d, %Y",
        "%b %-d, %Y",
        "%-d %B %Y",
        "%d %B %Y",
        "%-d %b %Y",
    ):
        count += _restate(draft.root, old.strftime(form), new.strftime(form))
    return Made(field="published") if count else None


def _restate(root: HtmlElement, old: str, new: str) -> int:
    """Put one day in the place of another in times, their attributes and structured data, but not in the text."""
    count = 0
    for element in elements(root):
        if element.tag in {"meta", "time"} or element.get("datetime"):
            for name, value in element.items():
                if old in value and "mod" not in element.get("property", ""):
                    element.set(name, value.replace(old, new))
                    count += 1
        near = element.tag == "time" or re.search(r"date|time|publish|byline|meta", element.get("class", ""))
        if near and len(text_of(element)) < 120:
            for text, node, tail in list(slots(element)):
                if old in text:
                    set_slot(node, text.replace(old, new), tail=tail)
        if element.tag == "script" and element.text and old in element.text:
            element.text = re.sub(rf'("datePublished"\s*:\s*"\W{{0,2}}){re.escape(old)}', rf"\g<1>{new}", element.text)
    return count


def table_cell(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """A number in a cell of one of the article's tables."""
    gold = squeeze(" ".join(draft.gold.body))
    cells = [one for one in inside(draft) if one.tag == "td" and _in_gold(one, gold)]
    rng.shuffle(cells)
    for cell in cells:
        for text, node, tail in list(slots(cell)):
            if match := re.search(r"\d", text):
                other = rng.choice([one for one in "123456789" if one != match[0]])
                new = text[: match.start()] + other + text[match.end() :]
                set_slot(node, new, tail=tail)
                return Made(gone=text.strip(), come=new.strip(), field="body")
    return None


def _in_gold(cell: HtmlElement, gold: str) -> bool:
    row = cell.getparent()
    text = text_of(cell)
    whole = squeeze(text_of(row)) if row is not None else ""
    return 1 < len(text) < 40 and any(map(str.isdigit, text)) and len(whole) > 5 and squeeze(text) in gold
