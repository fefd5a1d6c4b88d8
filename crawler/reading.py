"""Reads a news page: bytes to an article, with what was left out and where each field came from."""

import logging
from collections.abc import Mapping
from hashlib import sha256

import trafilatura
from lxml.html import HtmlElement

from crawler import captions as captions_of
from crawler.blocks import Piece, fold, segment, text_key
from crawler.boilerplate import find_boilerplate, mistaken
from crawler.charset import decode_html
from crawler.lead import find_lead
from crawler.metadata import Metadata, read_metadata
from crawler.pictures import picture_url
from crawler.rules import Rules
from crawler.selection import Votes, select
from crawler.tree import UnreadableError, load
from storage.records import Article, Block, Dropped, Image, Reading

READER_VERSION = "1"
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its "discarding data" is a value of ours


def reader_version(rules: Rules) -> str:
    """Our version, trafilatura's and the rules' hash: readings compare only within one of these."""
    return f"{READER_VERSION}+trafilatura-{trafilatura.__version__}+{sha256(repr(rules).encode()).hexdigest()[:8]}"


def read(body: bytes, url: str, content_type: str, rules: Rules) -> Reading:
    """Never raises for any bytes: what cannot be read is a reading with `unreadable`."""
    reader = reader_version(rules)
    decoded = decode_html(body, content_type)
    try:
        root = load(decoded.text)
    except UnreadableError as fault:
        return Reading(reader=reader, unreadable=str(fault))
    meta = read_metadata(root, url, rules)
    marks = find_boilerplate(root, frozenset(meta.elements))
    marks |= captions_of.find_captions(root)
    for element in meta.elements:
        marks[element] = "header"
    pieces = segment(root, marks)
    if wrong := mistaken(pieces):
        for element in wrong:
            del marks[element]
        pieces = segment(root, marks)
    usable = {i for i, p in enumerate(pieces) if not p.picture and not p.mark}
    owners = captions_of.caption_pieces(pieces)
    usable -= set(owners)
    for element, mark in marks.items():
        if element.getparent() is not None:
            element.drop_tree()
    votes = main_content(root, url)
    headline = next((i for i, p in enumerate(pieces) if p.mark == "header" ), -1)
    chosen = select(pieces, usable, votes, headline + 1)
    early = [i for i in sorted(usable) if i > headline]
    lead, how = find_lead(pieces, early, chosen, meta.description)
    chosen = [i for i in chosen if i not in lead]
    first, last = (headline if headline >= 0 else 0), (max(chosen) if chosen else -1)
    article = Article(url=url, canonical_url=meta.canonical_url, title=meta.title, section=meta.section,
        lead=" ".join(pieces[i].text for i in lead), authors=meta.authors, published=meta.published, modified=meta.modified,
        language=meta.language, body=tuple(Block(kind=pieces[i].kind, text=pieces[i].text) for i in chosen),
        captions=tuple(c.text for c in captions_of.collect(pieces, owners, first, last)),
        tags=meta.tags)
    return Reading(reader=reader, article=article)


def main_content(root: HtmlElement, url: str) -> Votes:
    """Trafilatura's own extractor, without the fallbacks, on the tree that is left."""
    document = trafilatura.bare_extraction(root, url=url, fast=True, include_comments=False, include_tables=True)
    if document is None or document.body is None:
        return Votes(whole="", elements=frozenset())
    texts = [fold("".join(element.itertext())) for element in document.body.iter()]
    return Votes(whole=text_key("".join(document.body.itertext())), elements=frozenset(map(text_key, texts)))
