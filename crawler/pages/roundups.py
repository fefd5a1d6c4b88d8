"""Links that head the items of a round-up: each leads to another site, and the paragraph below tells what is there."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, pairwise

from crawler.pages.blocks import Piece
from crawler.pages.cards import Links, is_text, written_like

LEAST = 3  # such links of an article
TAKEN_UP = 2  # words of a link that its paragraph says, near its beginning
BEGINNING = 40  # words
_WORD = re.compile(r"\w{3,}")


def find_heads(pieces: Sequence[Piece], usable: AbstractSet[int], links: Links) -> list[int]:
    """Their indices. Headlines and summaries of other articles lead within the site, or stand in boxes of their own."""
    heads = [index for index, below in pairwise(sorted(usable)) if _heads(pieces[index], pieces[below], links)]
    around = Counter(pieces[index].element.getparent() for index in heads)
    return [index for index in heads if around[pieces[index].element.getparent()] >= LEAST]


def _heads(piece: Piece, below: Piece, links: Links) -> bool:
    leads_out = piece.is_link and links.leads_away(piece) and not links.leads_within(piece)
    if not (leads_out and is_text(below) and written_like(piece, below)):
        return False
    said = {word.casefold() for word in islice(_WORD.findall(below.plain), BEGINNING)}
    return len({word.casefold() for word in _WORD.findall(piece.plain)} & said) >= TAKEN_UP
