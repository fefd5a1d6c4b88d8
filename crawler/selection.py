"""Which pieces are the article: trafilatura's votes, put right by where the pieces stand."""

from collections import Counter
from collections.abc import Sequence, Set as AbstractSet
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.blocks import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What trafilatura kept: all of it run together as one key, and the keys of its single elements."""

    whole: str
    elements: frozenset[str]

    def keeps(self, piece: Piece) -> bool:
        key = piece.key
        if len(key) < 16:
            return bool(key) and key in self.elements
        return key in self.whole or (len(key) > 100 and key[:50] in self.whole and key[-50:] in self.whole)


def select(pieces: Sequence[Piece], usable: AbstractSet[int], votes: Votes, start: int) -> list[int]:
    """Indexes of the pieces that make the body, before boilerplate among them is taken out.

    `usable` are the pieces that may be body at all; `start` is the index after the headline.
    """
    voted = [index for index in sorted(usable) if votes.keeps(pieces[index])]
    if not voted:
        return []
    main = _container(pieces, voted)
    inside = [index for index in sorted(usable) if _within(pieces[index].element, main)]
    kept = set(voted) & set(inside)
    parents = {_parent(pieces[index]) for index in kept if pieces[index].words > 8}
    first, last = min(kept), max(kept)
    low = min(first, start) if start >= 0 else first
    for index in inside:
        if low <= index <= last and index not in kept and _parent(pieces[index]) in parents:
            kept.add(index)
    return sorted(kept)


def _container(pieces: Sequence[Piece], voted: Sequence[int]) -> HtmlElement:
    """The deepest element that holds nine tenths of the voted text."""
    total = sum(len(pieces[index].text) for index in voted)
    weights: Counter[HtmlElement] = Counter()
    for index in voted:
        element = pieces[index].element
        for ancestor in (element, *element.iterancestors()):
            weights[ancestor] += len(pieces[index].text)
    holding = [element for element, weight in weights.items() if weight >= 0.9 * total]
    return max(holding, key=_depth)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _within(element: HtmlElement, box: HtmlElement) -> bool:
    return element is box or any(ancestor is box for ancestor in element.iterancestors())


def _parent(piece: Piece) -> HtmlElement | None:
    return piece.element.getparent()
