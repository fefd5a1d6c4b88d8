"""Blocks that stand in other articles of the site too: which of them are the site's furniture."""

from collections import Counter
from collections.abc import Mapping, Sequence

from crawler.pages.blocks import Piece
from crawler.pages.manner import family
from storage.records import BlockKind
from storage.sitememory import Memory, Spread, block_key

WHY = "stands in other articles of the site too"
_FEW_WORDS = 5  # a shorter block says too little to be known by its words alone
_MOST = 0.5  # of a text's words; a site whose memory holds more of an article knows the article, not its furniture
_LINKED, _EMPHASISED = 0.2, 0.8


def find_repeated(pieces: Sequence[Piece], chosen: Sequence[int], memory: Memory) -> dict[int, str]:
    """Indexes of the chosen pieces that are the site's furniture -> why.

    Background that a story shares with an earlier one repeats as well, so place and form count besides: at the edge
    of the text, or written unlike it, a block goes that stands in some articles; amid the text and written like it only
    one that stands in a good part of them all.
    """
    known = {key: Spread(spread) for key, spread in memory.blocks}
    spreads = {i: spread for i in chosen if (spread := known.get(block_key(pieces[i].text)))} if known else {}
    if not spreads:
        return {}
    usual = _usual_family(pieces, [i for i in chosen if i not in spreads])
    unlike = {i for i in spreads if _is_unlike(pieces[i], usual)}
    gone = _at_the_edges(pieces, chosen, spreads, unlike)
    gone |= {i for i in spreads if i not in gone and _goes_amid_text(pieces[i], spreads[i], unlike=i in unlike)}
    if sum(pieces[i].words for i in gone) > _MOST * sum(pieces[i].words for i in chosen):
        return {}
    return dict.fromkeys(gone, WHY)


def _at_the_edges(
    pieces: Sequence[Piece], chosen: Sequence[int], spreads: Mapping[int, Spread], unlike: set[int]
) -> set[int]:
    """What repeats from the first piece on, and up to the last one."""
    found: set[int] = set()
    for order in (chosen, chosen[::-1]):
        for index in order:
            spread = spreads.get(index)
            if spread is None or (spread is Spread.SOME and (index not in unlike or pieces[index].words < _FEW_WORDS)):
                break
            found.add(index)
    return found


def _usual_family(pieces: Sequence[Piece], own: Sequence[int]) -> tuple[str, ...]:
    """How the text that only this article has is written."""
    weights: Counter[tuple[str, ...]] = Counter()
    for index in own:
        weights[family(pieces[index])] += pieces[index].words
    return max(weights, key=lambda one: weights[one], default=())


def _is_unlike(piece: Piece, usual: tuple[str, ...]) -> bool:
    emphasised = max(piece.emphasised, piece.strong) >= _EMPHASISED * len(piece.text)
    return family(piece) != usual or piece.link_share >= _LINKED or emphasised


def _goes_amid_text(piece: Piece, spread: Spread, *, unlike: bool) -> bool:
    """Never a heading or an item: many articles have a `Background` or a `No`, each its own."""
    if piece.kind is not BlockKind.PARAGRAPH or piece.words < _FEW_WORDS:
        return False
    return spread >= (Spread.OFTEN if unlike else Spread.EVERYWHERE)
