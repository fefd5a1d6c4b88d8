"""Correction notes that stand apart from the text that they correct: no text is more the article's own."""

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from storage.comparison.corrections import is_note
from storage.comparison.sentences import CLOSING, STOPS

REACH = 12  # pieces before the text and after it in which a note of this article stands
FEWEST_WORDS, MOST_WORDS = 6, 90
_UNSTOPPED = re.compile("[\u0e00-\u0eff\u1780-\u17ff]")  # Thai, Lao and Khmer sentences end in nothing
_BESIDE = frozenset(("aside", "footer", "advertisement"))  # what holds a note at times, within the article


def find_amendments(pieces: Sequence[Piece], usable: AbstractSet[int], chosen: Collection[int]) -> list[int]:
    """Indexes of pieces around the chosen ones that tell readers what was corrected.

    They are usable, or stand in an aside, a footer or a box named after advertisements, of the article itself.
    """
    if not chosen:
        return []
    first, last, body = min(chosen), max(chosen), set(chosen)
    around = _article(pieces[first], pieces[last])
    return [
        i
        for i in range(max(0, first - REACH), min(len(pieces), last + REACH + 1))
        if i not in body
        and (i in usable or (pieces[i].mark in _BESIDE and around in pieces[i].path))
        and _is_amendment(pieces[i])
    ]


def _article(first: Piece, last: Piece) -> HtmlElement | None:
    """The element that holds the text: an `article` around it, else the innermost one."""
    both = [element for element in first.path if element in last.path]
    return next((element for element in reversed(both) if element.tag == "article"), both[-1] if both else None)


def _is_amendment(piece: Piece) -> bool:
    told = FEWEST_WORDS <= piece.words <= MOST_WORDS and piece.link_share < 0.5
    text = piece.plain.rstrip(CLOSING)  # "Updated 10:01 pm PST, Tuesday, November 19, 2019" is a stamp
    ended = text.endswith(STOPS) or _UNSTOPPED.match(text[-1:]) is not None
    return told and ended and is_note(piece.text)
