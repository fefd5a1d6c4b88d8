"""Correction notes that stand apart from the text that they correct: no text is more the article's own."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from crawler.pages.blocks import Piece
from storage.comparison.corrections import is_note

REACH = 12  # pieces before the text and after it in which a note of this article stands
FEWEST_WORDS, MOST_WORDS = 6, 90
_ENDS = (".", "!", "…", "。")  # of a sentence; "Updated 10:01 pm PST, Tuesday, November 19, 2019" is a stamp


def find_amendments(pieces: Sequence[Piece], usable: AbstractSet[int], chosen: Collection[int]) -> list[int]:
    """Indexes of usable pieces around the chosen ones that tell readers what was corrected."""
    if not chosen:
        return []
    first, last = min(chosen) - REACH, max(chosen) + REACH
    return [i for i in sorted(usable) if first <= i <= last and i not in chosen and _is_amendment(pieces[i])]


def _is_amendment(piece: Piece) -> bool:
    told = FEWEST_WORDS <= piece.words <= MOST_WORDS and piece.link_share < 0.5
    return told and piece.plain.rstrip(")]\"”»’' ").endswith(_ENDS) and is_note(piece.text)
