"""Which pieces are the article: the element with most running text, or trafilatura's votes; then where pieces stand."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, text_key
from crawler.pages.boxedtext import boxed_apart, numbers_boxed, tables, told_apart
from crawler.pages.manner import Family, family, home, is_posted, is_told
from crawler.pages.restoring import (
    continued,
    first_heading,
    items_alike,
    quoted,
    quoted_apart,
    said_by,
    set_apart,
    tops,
)
from storage.records import BlockKind

MAX_WHOLE = 400_000  # characters; in a longer text only whole elements are looked up
MAX_GAPS = 60  # of a page that are looked at
END_POINTERS = 3  # pieces that point to other articles: more than a "read also" between two paragraphs
ENOUGH_WORDS = 80  # in the element with most running text
BESIDE_SHARE = 0.05  # of its words
LONG_PARAGRAPH = 40  # words: more than what a promotion says
MANY_ALIKE = 5  # paragraphs of a box
BODY_SHARE = 0.15  # of the voted words: a family of elements with as much is where the article is written
_LISTS = frozenset(("ul", "ol", "dl"))  # one may be a part of what its container tells
SHORT_KEY, SHORT_TEXT = 16, 200  # characters; a longer key is found in the whole text, where its element stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What trafilatura kept: all of it run together as one key, and the keys of its single short elements."""

    whole: str
    elements: frozenset[str]

    def keeps(self, piece: Piece) -> bool:
        key = piece.key
        if key in self.elements or len(key) < SHORT_KEY or len(self.whole) > MAX_WHOLE:
            return bool(key) and key in self.elements
        return key in self.whole or (len(key) > 100 and key[:50] in self.whole and key[-50:] in self.whole)


def make_votes(texts: Sequence[str]) -> Votes:
    """`texts` are those of the kept elements; the first holds all of them."""
    whole = text_key(texts[0])
    looked_up = texts if len(whole) > MAX_WHOLE else [text for text in texts if len(text) <= SHORT_TEXT]
    return Votes(whole=whole, elements=frozenset(map(text_key, looked_up)))


def select(pieces: Sequence[Piece], usable: AbstractSet[int], start: int, vote: Callable[[], Votes]) -> list[int]:
    """Indexes of the pieces that make the body, before boilerplate among them is taken out.

    `usable` are the pieces that may be body at all; `start` is the index after the headline. `vote` is asked only
    where the page has running text at more places than one: on the others it decides nothing (on 398 pages, reading
    these without it was .001 better, and votes cost a fifth of the time).
    """
    ordered = sorted(usable)
    voted = dense = densest(pieces, ordered)
    if not _is_all(pieces, dense, [index for index in ordered if index >= start]):
        votes = vote()
        voted = [index for index in ordered if votes.keeps(pieces[index])]
        if _words(pieces, voted) < 0.5 * _words(pieces, dense):
            voted = dense
    if not voted:
        return []
    if _words(pieces, [index for index in voted if index >= start]) < 0.5 * _words(pieces, voted):
        start = 0  # what was taken for the headline stands below the text
    families = _body_families(pieces, voted)
    main = _container(pieces, [*voted, *_of_main_family(pieces, voted, [i for i in ordered if i >= start])])
    inside = [index for index in ordered if index >= start and main in pieces[index].path]
    kept = set(voted) & set(inside)
    kept |= {i for i in inside if family(pieces[i]) in families and pieces[i].link_share < 0.5}
    if not kept:
        return [index for index in voted if main in pieces[index].path]
    homes = Counter(home(pieces[index]) for index in kept if pieces[index].words > 8)
    first, last = min(kept), max(kept)
    between = [index for index in inside if first <= index <= last]
    kept |= {index for index in between if homes[home(pieces[index])] > 1}
    kept |= set_apart(pieces, between, homes, kept) | boxed_apart(pieces, between, kept)
    kept |= said_by(pieces, between, kept) | quoted(pieces, between)
    kept |= tables(pieces, between, homes) | items_alike(pieces, between, kept) | quoted_apart(pieces, between, homes)
    kept |= tops(pieces, inside, kept)
    kept |= numbers_boxed(pieces, [index for index in inside if index <= last], main, kept)
    kept |= told_apart(pieces, between, main, kept)
    kept |= {index for index in set(dense).intersection(between) if is_posted(pieces[index])}
    kept |= continued(pieces, [index for index in inside if index > last], homes)
    kept |= {index for index in voted if start <= index < first}  # an opening set apart from the rest
    kept |= first_heading(pieces, [index for index in inside if index < first], kept)
    kept |= _opening(pieces, [index for index in ordered if start <= index < first]) if start > 0 else set()
    return sorted(kept)


def _is_all(pieces: Sequence[Piece], dense: Sequence[int], after: Sequence[int]) -> bool:
    """Whether next to nothing that reads like an article stands outside of one element, which holds enough of it."""
    inside = frozenset(dense)
    words = _words(pieces, dense)
    beside = _words(pieces, [index for index in after if index not in inside and pieces[index].words >= 12])
    return words > ENOUGH_WORDS and beside <= BESIDE_SHARE * words


def _opening(pieces: Sequence[Piece], above: Sequence[int]) -> set[int]:
    """Sentences written alike, one after another, between headline and body: a single one may be the lead."""
    told = [index for index in above if is_told(pieces[index])]
    families = Counter(family(pieces[index]) for index in told)
    return {index for index in told if families[family(pieces[index])] > 1}


def up_to_end(
    pieces: Sequence[Piece], chosen: Sequence[int], pointers: AbstractSet[int], tags: AbstractSet[int] = frozenset()
) -> list[int]:
    """`chosen` without what stands below a block of pointers or the tags, and is written like none of the text.

    A page goes on there with promotions and other articles. It never takes more than is left.
    """
    gaps = (at for at in range(1, len(chosen)) if _has_ended(pointers, tags, chosen[at - 1], chosen[at]))
    ends = (at for at in islice(gaps, MAX_GAPS) if _is_another(pieces, chosen[:at], chosen[at:]))
    return list(chosen[: next(ends, len(chosen))])


def _has_ended(pointers: AbstractSet[int], tags: AbstractSet[int], before: int, after: int) -> bool:
    between = range(before + 1, after)
    return sum(index in pointers for index in between) >= END_POINTERS or any(index in tags for index in between)


def _is_another(pieces: Sequence[Piece], before: Sequence[int], after: Sequence[int]) -> bool:
    if _words(pieces, after) > 0.8 * _words(pieces, before):
        return False
    if _is_within(pieces, before, after):
        return False
    told = {family(pieces[index]) for index in before if pieces[index].words >= 12}
    return not any(family(pieces[index]) in told for index in after)


def _is_within(pieces: Sequence[Piece], before: Sequence[int], after: Sequence[int]) -> bool:
    """In the container of most of the text, a post, or a box without links: of long paragraphs, or of many alike.

    A promotion says less, and leads somewhere. A list or table without links right in the container is the text's.
    """
    container = Counter(home(pieces[index]) for index in before).most_common(1)[0][0]
    items = [pieces[index] for index in after if pieces[index].kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)]
    if len(items) == len(after) > 1 and not any(item.hrefs or home(item) is not container for item in items):
        return True
    posted = [pieces[index] for index in after if is_posted(pieces[index])]
    told = [pieces[index] for index in after if pieces[index].words >= 12 and pieces[index] not in posted]
    if not (told or posted) or any(piece.hrefs for piece in told):
        return False
    alike = max(Counter(map(family, told)).values(), default=0) >= MANY_ALIKE
    return all(container in piece.path and (alike or piece.words >= LONG_PARAGRAPH) for piece in told) and all(
        container in piece.path for piece in posted
    )


def densest(pieces: Sequence[Piece], usable: Sequence[int]) -> list[int]:
    """The pieces of the element that holds the most running text right in it (a second opinion)."""
    scores: Counter[HtmlElement] = Counter()
    for index in usable:
        piece = pieces[index]
        if piece.words >= 12 and piece.link_share < 0.3:
            shares = (piece.words // 5, piece.words, piece.words // 2)  # its own, its container's, that one's parent's
            holders = [piece.element, *(up for up in piece.path[-2::-1] if up.tag not in _LISTS)]
            for element, words in zip(holders, shares, strict=False):
                scores[element] += words
    if not scores:
        return []
    best = max(scores, key=lambda element: scores[element])
    return [index for index in usable if pieces[index].link_share < 0.5 and best in pieces[index].path]


def _words(pieces: Sequence[Piece], indexes: Iterable[int]) -> int:
    return sum(pieces[index].words for index in indexes if pieces[index].link_share < 0.3)


def _body_families(pieces: Sequence[Piece], voted: Sequence[int]) -> frozenset[Family]:
    weights: Counter[Family] = Counter()
    for index in voted:
        if pieces[index].words >= 12 and pieces[index].link_share < 0.3:
            weights[family(pieces[index])] += pieces[index].words
    total = sum(weights.values())
    return frozenset(sig for sig, words in weights.items() if words >= BODY_SHARE * total)


def _of_main_family(pieces: Sequence[Piece], voted: Sequence[int], after: Sequence[int]) -> list[int]:
    """Running text written just like most of the voted text, where class names make that telling."""
    weights = Counter[Family]()
    for index in voted:
        weights[family(pieces[index])] += pieces[index].words
    top, words = weights.most_common(1)[0]
    if not (top[1] or top[3]) or words < 0.5 * sum(weights.values()):
        return []
    return [i for i in after if pieces[i].words >= 12 and pieces[i].link_share < 0.3 and family(pieces[i]) == top]


def _container(pieces: Sequence[Piece], voted: Sequence[int]) -> HtmlElement:
    """The deepest element that holds nine tenths of the voted text."""
    total = sum(len(pieces[index].text) for index in voted)
    weights: Counter[HtmlElement] = Counter()
    for index in voted:
        for ancestor in pieces[index].path:
            weights[ancestor] += len(pieces[index].text)
    depths = {element: depth for index in voted for depth, element in enumerate(pieces[index].path)}
    return max(
        (element for element, weight in weights.items() if weight >= 0.9 * total), key=lambda element: depths[element]
    )
