"""What a page shows, text by text, whether it is the article's or not."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from crawler.pages.blocks import Piece, text_key
from crawler.pages.pictures import picture_url
from storage.records import BlockKind

MAX_PARTS = 40  # of one text
CAPTION_LINES = 3  # under one picture
CAPTION_WORDS = 90  # of one line
NAMED_WORDS = 20  # of a line that names people among other things
NAME_WORDS = 5
_BETWEEN = re.compile(r"\s+(?:and|und|y|et|e|và|og|och|en|i|и|by|von|par|por)\s+|\s[-–—]\s|[,;:/|&·•()]", re.IGNORECASE)
_SPACE = re.compile(r"(\s\s)\s+")  # of which `_BETWEEN` would look at each character as often as there are others


def shown_texts(pieces: Sequence[Piece]) -> Iterator[str]:
    """The letters of all texts: of each run, of each cell of a row, of each inline element and what is between these.

    Which class names a site gives to an inline element, and so whether a reader cuts the text there, decides nothing.
    """
    said = set[str]()
    for piece in pieces:
        if piece.goes_on and piece.key and piece.key not in said:
            yield piece.key
        elif piece.text and not piece.goes_on:
            keys = _run_keys(piece)
            said = set(keys)
            yield from keys


def _run_keys(piece: Piece) -> list[str]:
    """Of a run of text, given by its first piece: the whole and its parts."""
    whole = text_key(piece.whole) if piece.whole else piece.key
    parts = piece.parts or (piece.text.split(" | ") if piece.kind is BlockKind.TABLE_ROW else ())
    keys = [key for part in islice(parts, MAX_PARTS) if (key := text_key(part)) and key != whole]
    return [whole, *keys] if piece.key == whole or piece.key in keys else [whole, *keys, piece.key]


def lines_shown(pieces: Sequence[Piece]) -> Iterator[str]:
    """The letters of the lines under each picture, run together: a caption and its credit are read as one or as two.

    They are told from texts: two paragraphs under a picture that are made one are not shown as one before.
    """
    under: list[str] = []
    for piece in pieces:
        if piece.picture:
            under = [""]
        elif under and len(under) <= CAPTION_LINES and piece.words <= CAPTION_WORDS:
            yield from (before + piece.key for before in under if before)
            under = [before + piece.key for before in under] + [""]
        else:
            under = []


def names_shown(pieces: Sequence[Piece]) -> Iterator[str]:
    """The letters of each name in lines such as `By A and B` or `5/10/2018 - Published by: A - Health`.

    Whether an author is read out of such a line hangs on what a template calls it.
    """
    for piece in pieces:
        if piece.words <= NAMED_WORDS:
            lines = (piece.text, *islice(piece.parts, MAX_PARTS))
            folded = (_SPACE.sub(r"\1", line) for line in lines)
            parts = {part for line in folded for part in _BETWEEN.split(line) if len(part.split()) <= NAME_WORDS}
            yield from sorted({key for part in parts if (key := text_key(part))}.difference(_run_keys(piece)))


def addresses_of(pieces: Sequence[Piece], url: str) -> dict[int, str]:
    """Index of each picture that has an address (`url` is the page's) -> its address."""
    found = ((index, picture_url(piece.element, url)) for index, piece in enumerate(pieces) if piece.picture)
    return {index: address for index, address in found if address}
