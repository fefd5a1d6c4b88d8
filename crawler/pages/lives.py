"""Boxes that say who an author is: a line that begins with the name, beside a portrait or the name as a link."""

from collections.abc import Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, plain, text_key

OPENING = 3  # pieces of the text where names are bylines
LIFE_WORDS = 90
MORE_WORDS = 4  # of a life, beside the name
MOST_HELD, MOST_WORDS = 8, 140  # pieces and words of such a box, with its label and its links
MOST_ABOVE = 4  # boxes around the line that may be it


def find_lives(pieces: Sequence[Piece], chosen: Sequence[int], authors: Sequence[str]) -> dict[int, str]:
    """Index of each chosen piece within such a box, wherever below the text's opening it stands -> why.

    What an interview says of its author has neither a portrait nor a link of the same name in a small box with it.
    """
    names = [plain(name) for name in authors if " " in name]
    found: set[int] = set()
    for index in chosen[OPENING:]:
        if index not in found and (name := _told(pieces[index], names)):
            found.update(_box_of(pieces, index, name))
    return dict.fromkeys(sorted(found.intersection(chosen)), "about the author")


def _told(piece: Piece, names: Sequence[str]) -> str:
    """The author whose life a line may be: it begins with the full name and goes on."""
    if piece.picture or piece.words > LIFE_WORDS:
        return ""
    begun = (name for name in names if piece.plain.casefold().startswith(name.casefold()))
    return next((name for name in begun if piece.words >= len(name.split()) + MORE_WORDS), "")


def _box_of(pieces: Sequence[Piece], index: int, name: str) -> range:
    """The pieces of the smallest box around the line that holds a portrait or the name as a link, if one does."""
    for box in pieces[index].path[: -MOST_ABOVE - 1 : -1]:
        held = _held(pieces, index, box)
        if len(held) > MOST_HELD or sum(pieces[one].words for one in held) > MOST_WORDS:
            break
        if any(_is_of(pieces[one], name) for one in held if one != index):
            return held
    return range(0)


def _held(pieces: Sequence[Piece], index: int, box: HtmlElement) -> range:
    """The pieces of a box around one of them; of a large box not all, but more than a small one holds."""
    before, after = range(index - 1, max(-1, index - MOST_HELD - 2), -1), range(index + 1, len(pieces))[: MOST_HELD + 1]
    above = sum(1 for _ in takewhile(lambda one: box in pieces[one].path, before))
    below = sum(1 for _ in takewhile(lambda one: box in pieces[one].path, after))
    return range(index - above, index + below + 1)


def _is_of(piece: Piece, name: str) -> bool:
    """A picture that is called so, or a link that says just the name."""
    said = piece.element.get("alt") or "" if piece.picture else piece.text
    return (piece.picture or piece.is_link) and text_key(said) == text_key(name)
