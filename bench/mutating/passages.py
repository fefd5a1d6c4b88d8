"""Edits of sentences, paragraphs and list items: added, removed, moved; the whole text replaced or emptied."""

import re
from collections.abc import Collection
from copy import deepcopy
from random import Random

from lxml.html import HtmlElement

from bench.mutating.drafts import Draft, elements, fragment, insert_after, remove, slots, squeeze, text_of
from bench.mutating.made import Made
from bench.mutating.rewriting import count_texts, rewrite, rewrite_scripts, rewrite_text
from bench.mutating.stock import Stock, sentences_of
from bench.mutating.vocabulary import NOTES, words_for

_HEADS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_POLL = re.compile(r"(?:^|[\s_-])polls?(?:$|[\s_-])", re.IGNORECASE)
_LEAST = 40  # characters of a sentence or paragraph that is worth moving


def sentence_added(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """A sentence of another article behind one of this article's."""
    for _, sentence in _sentences(draft, rng):
        new = stock.sentence(rng)
        if rewrite(draft.root, sentence, f"{sentence} {new}"):
            return Made(come=new)
    return None


def sentence_removed(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """A sentence taken out of a paragraph that has others."""
    for _, sentence in _sentences(draft, rng):
        if rewrite(draft.root, sentence, ""):
            return Made(gone=sentence)
    return None


def sentence_moved(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """A sentence put behind one of another paragraph, two paragraphs off or more; the page says either once."""
    found = [(place, told) for place, told in _sentences(draft, rng) if count_texts(draft.root, told) == 1]
    order = draft.paragraphs
    for place, sentence in found:
        for other, anchor in found:
            if abs(order.index(place) - order.index(other)) > 1 and sentence not in anchor:
                if rewrite(draft.root, sentence, "") and rewrite_text(draft.root, anchor, f"{anchor} {sentence}"):
                    rewrite_scripts(draft.root, anchor, f"{anchor} {sentence}")
                    return Made(gone=sentence, come=sentence)
                return None
    return None


def paragraph_added(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """A paragraph of another article behind one of this article's."""
    places = [place for place in draft.paragraphs if place.tag == "p"]
    if len(places) < 2:
        return None
    place, new = rng.choice(places[:-1]), rng.choice(stock.paragraphs)
    insert_after(place, _like(place, new))
    rewrite_scripts(draft.root, text_of(place), f"{text_of(place)} {new}")
    return Made(come=new)


def paragraph_removed(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """A paragraph taken out."""
    places = _movable(draft)
    if len(places) < 3:
        return None
    place = rng.choice(places)
    text = text_of(place)
    remove(place)
    rewrite_scripts(draft.root, text, "")
    return Made(gone=text)


def paragraph_moved(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """A paragraph put at least two paragraphs further on or back."""
    places = _movable(draft)
    pairs = [
        (one, other) for at, one in enumerate(places) for to, other in enumerate(places) if to - at > 1 or at - to > 2
    ]
    if not pairs:
        return None
    place, anchor = rng.choice(pairs)
    text = text_of(place)
    new = deepcopy(place)
    new.tail = None
    remove(place)
    insert_after(anchor, new)
    rewrite_scripts(draft.root, text, "")
    rewrite_scripts(draft.root, text_of(anchor), f"{text_of(anchor)} {text}")
    return Made(gone=text, come=text)


def list_item(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """One more item in a list of the article."""
    heads = {squeeze(text_of(head)) for head in elements(draft.root) if head.tag in _HEADS}
    items = [place for at, place in enumerate(draft.places) if place is not None and at and _is_item(place)]
    lists = [place for place in items if not _is_of_contents(place, heads)]
    if not lists:
        return None
    place, new = rng.choice(lists), stock.sentence(rng)
    insert_after(place, _like(place, new))
    return Made(come=new)


def _is_item(place: HtmlElement) -> bool:
    """Whether a place is an item of a list that tells something: no menu, no answer of a poll, and no list of links."""
    linked = sum(len(text_of(link)) for link in place.iter("a") if isinstance(link, HtmlElement))
    around = (place, *place.iterancestors())
    menu = any(one.tag in {"nav", "aside", "footer"} or _POLL.search(one.get("class", "")) for one in around)
    return place.tag == "li" and not menu and linked < 0.5 * len(text_of(place))


def _is_of_contents(item: HtmlElement, heads: Collection[str]) -> bool:
    """Whether a list repeats headings of the page: a table of contents, to which no sentence comes."""
    items = [*item.itersiblings(item.tag, preceding=True), item, *item.itersiblings(item.tag)]
    named = sum(squeeze(text_of(one)) in heads for one in items if isinstance(one, HtmlElement))
    return 2 * named > len(items)


def correction_note(draft: Draft, rng: Random, _stock: Stock) -> Made | None:
    """A note of correction behind the last paragraph."""
    if not draft.paragraphs:
        return None
    last, note = draft.paragraphs[-1], rng.choice(words_for(NOTES, draft.language))
    new = _like(last, note)
    if rng.random() < 0.5:
        new.text = None
        new.append(fragment(f"<em>{note}</em>"))
    insert_after(last, new)
    return Made(come=note)


def whole_text(draft: Draft, rng: Random, stock: Stock) -> Made | None:
    """Every paragraph replaced, under the old headline."""
    places = draft.paragraphs
    if len(places) < 3 or len(draft.placed) < len(draft.gold.body) * 0.8:
        return None
    texts = rng.sample(stock.paragraphs, k=min(len(stock.paragraphs), len(places)))
    if len(texts) < len(places):
        return None
    old = text_of(places[0])
    for place, new in zip(places, texts, strict=True):
        rewrite_scripts(draft.root, text_of(place), new)
        place[:] = []
        place.text = new
    return Made(gone=old, come=texts[0], field="body")


def emptied(draft: Draft, _rng: Random, _stock: Stock) -> Made | None:
    """Every paragraph gone; the template and the headline stay."""
    if len(draft.paragraphs) < 3 or len(draft.placed) < len(draft.gold.body) * 0.9:
        return None
    for place in draft.placed:
        rewrite_scripts(draft.root, text_of(place), "")
        remove(place)
    return Made(field="body")


def _like(place: HtmlElement, text: str) -> HtmlElement:
    """A new element of the same kind as a paragraph or list item."""
    new = fragment(f"<{place.tag}></{place.tag}>")
    if name := place.get("class"):
        new.set("class", name)
    new.text = text
    return new


def _movable(draft: Draft) -> list[HtmlElement]:
    """Paragraphs that are long enough, stand there once and side by side."""
    places = [place for place in draft.paragraphs if place.tag == "p" and len(text_of(place)) >= _LEAST]
    parents = [place.getparent() for place in places]
    return [place for place in places if parents.count(place.getparent()) > 2]


def _sentences(draft: Draft, rng: Random) -> list[tuple[HtmlElement, str]]:
    """Sentences of paragraphs that have several, each whole in one piece of text, in any order."""
    found = []
    for place in draft.paragraphs:
        before = ""
        for text, _, _ in slots(place):
            parts = sentences_of(text)
            # What does not follow on a sentence began before this piece: in a link, or in a label.
            begun = 1 if before and before[-1] not in ".!?" else 0
            before = text.rstrip() or before
            if len(parts) > 1:
                ended = (part for part in parts[begun:] if part[-1:] in ".!?" and part in text)
                found += [
                    (place, part) for part in ended if len(part) >= _LEAST and part[0].isupper() and '"' not in part
                ]
    rng.shuffle(found)
    return found
