"""Whose a picture is: articles that are told below their pictures and nowhere else, pictures beside a pointer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import chain, takewhile

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, text_key
from crawler.pages.manner import name_of
from crawler.pages.pictures import is_named_small, leads_away, says_anything

_TABLE = frozenset(("table", "tbody", "tr", "td"))  # some pages set a picture and its caption in one
FEWEST = 3  # pictures with a caption


def end_of_gallery(pieces: Sequence[Piece], owners: Mapping[int, int], start: int) -> int:
    """Index of the last caption of the elements of one name that hold most pictures with one, -1 where there are few.

    `owners` are the captions and their pictures. A picture that leads to another page is none of the article's.
    """
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for caption, picture in owners.items():
        if start < picture and not leads_away(pieces[picture].element):
            holder = _around_both(pieces[caption], pieces[picture])
            if holder is not None:
                held[name_of(holder)].append(caption)
    most = max(held.values(), key=len, default=[])
    return max(most) if len(most) >= FEWEST else -1


class Others:
    """Which pictures are none of the article's; a box that holds 40,000 pictures is looked at once.

    `pointers` are the pieces that point to other articles, `names` are the keys of the authors' names.
    """

    def __init__(self, pieces: Sequence[Piece], pointers: AbstractSet[int], names: AbstractSet[str]) -> None:
        self._pieces, self._pointers, self._names = pieces, pointers, names
        self._points: dict[HtmlElement, bool | None] = {}
        self._says = cache(says_anything)

    def hold(self, picture: int) -> bool:
        element = self._pieces[picture].element
        portrait = text_key(element.get("alt", "")) in self._names  # so is a caption that is nothing but the name
        return portrait or is_named_small(element, self._says) or self._is_beside_pointers(picture)

    def _is_beside_pointers(self, picture: int) -> bool:
        """Whether all that the smallest box around a picture says points to other articles."""
        for box in reversed(self._pieces[picture].path):
            if box not in self._points:
                beside = [one for one in _within(self._pieces, picture, box) if not self._pieces[one].picture]
                self._points[box] = self._pointers >= set(beside) if beside else None
            if (points := self._points[box]) is not None:
                return points
        return False


def _within(pieces: Sequence[Piece], index: int, box: HtmlElement) -> Iterator[int]:
    def inside(one: int) -> bool:
        return box in pieces[one].path

    return chain(takewhile(inside, range(index - 1, -1, -1)), takewhile(inside, range(index + 1, len(pieces))))


def _around_both(caption: Piece, picture: Piece) -> HtmlElement | None:
    """What the figure stands in: the element around the smallest one that holds a picture and its caption."""
    both = [element for element in picture.path if element in caption.path]
    holder = both[-1].getparent() if both else None
    while holder is not None and holder.tag in _TABLE:
        holder = holder.getparent()
    return holder
