"""The kinds of noise and of edits, each by its name, and what Luutin should call an edit of that kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from bench.mutating import blocks, fields, markup, passages, pictures, redesign, tagging, words
from bench.mutating.blocks import Noise
from bench.mutating.made import Maker
from storage.changes import ChangeKind as Kind

BLOCKS: dict[str, Noise] = {
    "related links inside rotated": blocks.related_inside,
    "related links behind rotated": blocks.related_behind,
    "related links outside rotated": blocks.related_outside,
    "teasers rotated": blocks.teasers,
    "ticker": blocks.ticker,
    "most read": blocks.most_read,
    "counters": blocks.counters,
    "times and today's date": blocks.times,
    "advertisements": blocks.advertisements,
    "newsletter and paywall boxes": blocks.boxes,
}
MARKUP = {
    "tokens, nonces, inline state": markup.tokens,
    "asset hashes": markup.hashes,
    "tracking parameters": markup.tracking,
    "attribute order": markup.attribute_order,
    "white space": markup.white_space,
    "no-break spaces": markup.no_break_spaces,
    "zero-width characters": markup.zero_width,
    "decomposed accents": markup.decomposed,
}
TEMPLATES = {
    "redesign": redesign.redesign,
    "lazy loading": redesign.lazy_loading,
    "mobile page": redesign.small_screen,
    "AMP page": redesign.accelerated,
}
HASHED = "hashed class names"
ENTITIES = "entity spelling"
APPEARING = "all blocks appear"
FLIPPING = "A/B headline flips back"
STALE = "old copy served once more"
ALL = "all together"
ALL_REDESIGNED = "all together and a redesign"
NOISES = (*BLOCKS, APPEARING, *MARKUP, ENTITIES, HASHED, *TEMPLATES, FLIPPING, STALE, ALL, ALL_REDESIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """How an edit is made, which kinds are right for it, which may be there besides, and whether few pages allow it."""

    make: Maker
    right: frozenset[Kind]
    beside: frozenset[Kind] = frozenset()
    rare: bool = False


def _edit(make: Maker, *right: Kind, beside: Iterable[Kind] = (), rare: bool = False) -> Edit:
    return Edit(make=make, right=frozenset(right), beside=frozenset(beside), rare=rare)


_QUOTED = (Kind.QUOTE,)  # the word may be one of somebody's
# A word of a lead of several paragraphs is an edit of the lead, which says no more of a word of no other kind.

EDITS: dict[str, Edit] = {
    "headline": _edit(fields.headline, Kind.HEADLINE),
    "headline shown alone": _edit(fields.headline_shown, Kind.HEADLINE),
    "lead": _edit(fields.lead, Kind.LEAD, rare=True),
    "section": _edit(fields.section, Kind.SECTION, rare=True),
    "byline": _edit(fields.byline, Kind.BYLINE, beside=(Kind.NAME,)),
    "published time": _edit(fields.published, Kind.DATELINE),
    "one digit": _edit(words.edit_words(words.digit), Kind.NUMBER, beside=_QUOTED),
    "date": _edit(words.edit_words(words.date), Kind.DATE, beside=_QUOTED, rare=True),
    "name": _edit(words.edit_words(words.name), Kind.NAME, beside=_QUOTED),
    "one word": _edit(words.edit_words(words.word), Kind.WORDING, Kind.LEAD, beside=_QUOTED),
    "one tone mark": _edit(
        words.edit_words(words.tone), Kind.SPELLING, Kind.WORDING, Kind.LEAD, beside=_QUOTED, rare=True
    ),
    "negation": _edit(words.edit_words(words.negation), Kind.NEGATION, beside=_QUOTED),
    "quote": _edit(words.edit_words(words.quote), Kind.QUOTE, beside=(Kind.WORDING,)),
    "typo": _edit(words.edit_words(words.typo), Kind.SPELLING, Kind.LEAD, beside=_QUOTED),
    "sentence added": _edit(passages.sentence_added, Kind.SENTENCE_ADDED),
    "sentence removed": _edit(passages.sentence_removed, Kind.SENTENCE_REMOVED),
    "sentence moved": _edit(passages.sentence_moved, Kind.MOVED),
    "paragraph added": _edit(passages.paragraph_added, Kind.PARAGRAPH_ADDED),
    "paragraph removed": _edit(passages.paragraph_removed, Kind.PARAGRAPH_REMOVED),
    "paragraph moved": _edit(passages.paragraph_moved, Kind.MOVED),
    "caption": _edit(pictures.caption, Kind.CAPTION, rare=True),
    "image": _edit(pictures.image, Kind.IMAGE, rare=True),
    "tag": _edit(tagging.tag, Kind.TAGS, rare=True),
    "table cell": _edit(fields.table_cell, Kind.NUMBER, beside=(Kind.DATE,), rare=True),
    "correction note": _edit(passages.correction_note, Kind.CORRECTION_NOTE),
    "list item": _edit(passages.list_item, Kind.PARAGRAPH_ADDED, Kind.LEAD, rare=True),
    "whole text": _edit(passages.whole_text, Kind.PARAGRAPH_REMOVED, Kind.WORDING, Kind.LEAD, beside=Kind),
    "emptied": _edit(passages.emptied, Kind.PARAGRAPH_REMOVED, beside=Kind),
}
