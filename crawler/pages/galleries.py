"""Articles that are told below their pictures, and nowhere else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece
from crawler.pages.manner import name_of
from crawler.pages.pictures import leads_away

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


def _around_both(caption: Piece, picture: Piece) -> HtmlElement | None:
    """What the figure stands in: the element around the smallest one that holds a picture and its caption."""
    both = [element for element in picture.path if element in caption.path]
    holder = both[-1].getparent() if both else None
    while holder is not None and holder.tag in _TABLE:
        holder = holder.getparent()
    return holder
