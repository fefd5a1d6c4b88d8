"""How far an article reaches on its page: from its headline to the captions right below its last paragraph."""

from collections.abc import Collection, Mapping, Sequence

from lxml.html import HtmlElement

from crawler.pages.blocks import HEADER, Piece, text_key
from crawler.pages.boxnames import RELATED
from crawler.pages.manner import home
from crawler.pages.pictures import leads_away
from storage.records import BlockKind

LEAST_TEXT = 12  # words of a piece that may be all of an article
LEAST_TITLE = 12  # letters of a title that is found within a longer heading
HEADING_WORDS = 60


def find_headline(pieces: Sequence[Piece], title: str) -> int:
    """Index of the headline's piece, -1 where the page shows none."""
    wanted = text_key(title)
    exact = (i for i, piece in enumerate(pieces) if piece.mark == HEADER and piece.key == wanted)
    return next(exact, _find_kicked_headline(pieces, wanted))


def _find_kicked_headline(pieces: Sequence[Piece], wanted: str) -> int:
    """Index of the heading that says the title after a kicker, -1 where there is none."""
    if len(wanted) < LEAST_TITLE:
        return -1
    headings = (i for i, piece in enumerate(pieces) if piece.kind is BlockKind.HEADING and piece.words < HEADING_WORDS)
    return next((i for i in headings if pieces[i].key.endswith(wanted)), -1)


def find_end(pieces: Sequence[Piece], owners: Mapping[int, int], used: Collection[int], passed: Collection[int]) -> int:
    """Index of the article's last piece: a captioned picture right after the last paragraph belongs to it.

    Args:
        pieces: those of the page.
        owners: the captions and their pictures.
        used: lead and text.
        passed: what leads elsewhere.
    """
    last = at = max(used, default=-1)
    around = home(pieces[last]) if used else None
    while at + 1 < len(pieces) and (
        pieces[at + 1].picture or at + 1 in owners or _is_passed(pieces, at + 1, around, passed)
    ):
        at += 1
        if at in owners and not _is_linked(pieces, owners[at]):
            last = at
    return last


def _is_passed(pieces: Sequence[Piece], index: int, around: HtmlElement | None, passed: Collection[int]) -> bool:
    """A pointer elsewhere, an advertisement or a label amid the text: a picture may follow that belongs to it."""
    if around not in pieces[index].path or index + 1 == len(pieces):
        return False
    label = pieces[index].words < LEAST_TEXT and _points_away(pieces, index + 1, passed)
    return label or _points_away(pieces, index, passed)


def _points_away(pieces: Sequence[Piece], index: int, passed: Collection[int]) -> bool:
    return index in passed or pieces[index].mark in (RELATED, "advertisement")


def _is_linked(pieces: Sequence[Piece], picture: int) -> bool:
    return picture >= 0 and leads_away(pieces[picture].element)
