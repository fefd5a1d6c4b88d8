"""Reads a news page: bytes to an article, with what was left out and where each field came from."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import islice

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.htmlprocessing import convert_tags, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor

from crawler.pages.articletext import Known, Text, read_text
from crawler.pages.blocks import text_key
from crawler.pages.candidates import candidates_of
from crawler.pages.charset import Decoded, decode_html
from crawler.pages.metadata import Metadata, read_metadata
from crawler.pages.paywalls import find_paywall
from crawler.pages.rates import take_out_tickers
from crawler.pages.ruled import take_out
from crawler.pages.selection import Votes, make_votes
from crawler.pages.signatures import find_signature, is_no_text
from crawler.pages.suspects import FEW_WORDS, find_suspicion
from crawler.pages.tree import UnreadableError, load
from crawler.rules import Rules
from storage.comparison.shown import shown_keys
from storage.letters import count_words
from storage.records import EXTENT, Article, Candidate, Reading
from storage.sitememory import NOTHING, Memory, block_key

READING_VERSION = "16"  # raise it with every change of what any page reads as
MOSTLY = 0.8  # of the words
MAX_VOTED_ELEMENTS = 12_000  # trafilatura's time grows with the square; beyond, our own choice decides alone
_MAIN_CONTENT = Extractor(comments=False, tables=True)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # "discarding data" is a value here, not news


def reader_version(rules: Rules, memory: Memory = NOTHING) -> str:
    """Readings compare only within one of these: our version, trafilatura's, the rules and the memory in short.

    Rules of one site file are one, whatever the day: else no edit would be seen across a redesign.
    """
    digest = rules.file or sha256(repr(rules).encode()).hexdigest()[:8]
    learned = f" memory-{memory.digest}" if memory.digest else ""
    return f"luutin-{READING_VERSION} trafilatura-{trafilatura.__version__} rules-{digest}{learned}"


def read(body: bytes, url: str, content_type: str, rules: Rules, memory: Memory = NOTHING) -> Reading:
    """A pure function of all that is passed in; never raises for any bytes: what cannot be read has `unreadable`.

    `memory` is what has been learned of the site; it is passed in so that the same reading can be had again.
    """
    reader = reader_version(rules, memory)
    if kind := find_signature(body):
        return Reading(reader=reader, unreadable=f"the answer is {kind}, no page")
    decoded = decode_html(body, content_type)
    if is_no_text(decoded.text):
        return Reading(reader=reader, unreadable="the answer is no text, no page")
    try:
        root = load(decoded.text)
    except UnreadableError as fault:
        return Reading(reader=reader, unreadable=str(fault))
    taken = take_out(root, rules.drop)
    take_out_tickers(root)
    alive = tuple(root.iter())  # while they live, lxml hands out these elements instead of making new ones
    meta = read_metadata(root, url, rules)
    known = Known(
        url=url,
        canonical_url=meta.canonical_url,
        title=meta.title,
        description=meta.description,
        authors=meta.authors,
        elements=meta.elements,
        tag_list=meta.tag_list,
        memory=memory,
    )
    text = read_text(root, known, rules, _vote)
    suspect = _suspicion(root, meta, text) or _says_missing(memory, meta, text)
    wall = find_paywall(root, blocks=text.texts)
    del alive
    reading = _reading(reader, url, meta, text, suspect or wall, _encoding(decoded))
    if wall and not suspect:
        reading = replace(reading, sources={**reading.sources, EXTENT: f"only the beginning: {wall}"})
    return replace(reading, dropped=(*taken, *reading.dropped))


def _encoding(decoded: Decoded) -> dict[str, str]:
    """How the bytes became text, as a source, where they were anything but sound UTF-8."""
    if decoded.legacy:
        return {"encoding": f"legacy Vietnamese encoding {decoded.legacy}, made into Unicode"}
    plain = decoded.encoding == "utf-8" and "broken" not in decoded.source
    return {} if plain else {"encoding": f"{decoded.encoding}: {decoded.source}"}


def _suspicion(root: HtmlElement, meta: Metadata, text: Text) -> str:
    """Only pages with little text are looked at."""
    words = sum(map(count_words, text.texts))
    if words > FEW_WORDS:
        return ""
    return find_suspicion(root, title=meta.title, body_words=words, dated=meta.published is not None)


def _says_missing(memory: Memory, meta: Metadata, text: Text) -> str:
    """Whether the page says what the site says of pages that do not exist: its headline, or nearly all of its text."""
    if not memory.missing:
        return ""
    title, *blocks = memory.missing
    if title and block_key(meta.title) == title:
        return f"not-found page: this site says {meta.title!r} of a page that cannot exist"
    words = {block_key(block): count_words(block) for block in text.texts}
    same = sum(count for key, count in words.items() if key in set(blocks))
    if words and same >= MOSTLY * sum(words.values()):
        return "not-found page: this site says the same of a page that cannot exist"
    return ""


def _reading(reader: str, url: str, meta: Metadata, text: Text, suspect: str, encoding: Mapping[str, str]) -> Reading:
    article = Article(
        url=url,
        canonical_url=meta.canonical_url,
        title=meta.title,
        section=meta.section,
        lead=text.lead,
        authors=meta.authors,
        published=meta.published,
        modified=meta.modified,
        language=meta.language,
        body=text.body,
        captions=text.captions,
        images=text.images,
        tags=meta.tags,
        shown=shown_keys(
            (*text.shown, *_only_stated(meta, (*text.shown, *text.names_shown))),
            text.images_shown,
            _titles(meta),
            lines=text.lines_shown,
            names=text.names_shown,
        ),
    )
    kept = {name: source for name, source in meta.sources.items() if name not in ("description", "lead_image")}
    nothing = not text.body and not text.lead
    return Reading(
        reader=reader,
        article=None if nothing and not suspect else article,
        unreadable="no article text on the page" if nothing and not suspect else "",
        suspect=suspect,
        dropped=text.dropped,
        learned=text.learned,
        sources={**kept, **text.sources, **encoding},
        candidates=(*meta.candidates, *_lead_candidates(meta, text)),
    )


def _only_stated(meta: Metadata, shown: Collection[str]) -> set[str]:
    """The letters of sections, names and tags that the page states without showing them just so."""
    fields = {"section", "authors", "tags"}
    stated = {name for one in meta.candidates if one.field in fields for name in one.value.split(", ")}
    return set(map(text_key, stated)) - set(shown)


def _titles(meta: Metadata) -> list[str]:
    return [one.value for one in meta.candidates if one.field == "title"]


def _lead_candidates(meta: Metadata, text: Text) -> tuple[Candidate, ...]:
    """What the page shows as its lead, and what it tells machines as one, which is no lead unless it is shown."""
    source = text.sources.get("lead", "")
    return candidates_of("lead", text.lead, source, [(text.lead, source), *meta.descriptions])


def _vote(root: HtmlElement) -> Votes:
    """What trafilatura's main extractor keeps, without what `bare_extraction` does around it.

    Its comparisons, retries and output take half of its time. They were looked at on 398 pages: the selection reads
    all but 5 the same without them, and none better or worse.
    """
    if next(islice(root.iter(), MAX_VOTED_ELEMENTS, None), None) is not None:
        return Votes(whole="", elements=frozenset())
    body, _ = extract_content(convert_tags(tree_cleaning(root, _MAIN_CONTENT), _MAIN_CONTENT), _MAIN_CONTENT)
    texts = [etree.tostring(element, method="text", encoding="unicode", with_tail=False) for element in body.iter()]
    return make_votes(texts)
