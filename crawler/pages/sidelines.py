"""Lines that are nobody's sentence wherever they stand: counts, labels, clocks and buttons, alone or side by side."""

import re
from itertools import chain, islice

from crawler.pages.blocks import Piece, fold, plain, text_key
from crawler.pages.notices import MINUTES, aside_reason, is_network
from crawler.pages.tallies import COUNTER, tally_reason
from storage.records import BlockKind

_MOST_WORDS = 12  # of a line of several parts
_MOST_PRESSED = 6  # words of links to press
_APART = re.compile(r"\s[-–—/]\s|\s?[|·•]\s?")
# Says nothing alone, but what it counts is said beside it: how long, how many.
_MEASURE = re.compile(
    rf"\W*(?:\d{{1,3}}\s?{MINUTES}|\d{{1,2}}:\d\d(?::\d\d)?(?:\s?/\s?\d{{1,2}}:\d\d(?::\d\d)?)?|\d{{1,3}}(?:[.,]\d+)?[kKmM]?)\W*",
    re.IGNORECASE,
)
_MINUTES = re.compile(rf"\W*\d{{1,3}}\s?{MINUTES}\W*", re.IGNORECASE)
_BEGINS_WITH_COUNT = re.compile(r"\d[\d.,]*[kKmM]?\s")
_NUMBER = re.compile(r"\W*\d[\d.,\u00a0\u202f ]*[kKmM]?\W*")  # and nothing that it counts
_COUNTED_NAME = re.compile(
    r"(?:^|[\s_#-])(?:views?|viewed|eye|hits?|luot-?xem|pvc|reads?|likes?|hearts?|shares?|comments?|binh-?luan|counts?|counter"
    r"|thumbs?-up)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FEW_ELEMENTS = 6
_UNFILLED = re.compile(r"(?:\W{0,3}\{\{[^{}]{1,80}\}\}\W{0,3}){1,6}")
_COUNTED = re.compile(r"\W*\d[\d.,]*[kKmM]?(?:\s[^\W\d]+){1,4}\W*")


def count_or_label(piece: Piece) -> str:
    """What such a line is; empty for all else."""
    if piece.picture:
        return ""
    if why := aside_reason(piece.plain):
        return why
    if _UNFILLED.fullmatch(piece.text):
        return "place in a template that was not filled"
    if piece.kind is BlockKind.TABLE_ROW:
        return ""
    if piece.is_link and is_network(piece.plain):
        return "share buttons"
    if piece.hrefs and piece.words <= _MOST_PRESSED and _is_pressed(piece):
        return "button"
    if piece.goes_on and _MINUTES.fullmatch(piece.plain):
        return "reading time"  # beside when it was published
    return COUNTER if _is_named_count(piece) else tally_reason(piece.plain) or _of_parts(piece)


def _is_named_count(piece: Piece) -> bool:
    """Whether it is a number alone, and called after what it counts, or an icon in it is: an eye, views, comments."""
    if not _NUMBER.fullmatch(piece.plain):
        return False
    said = (f"{one.get('class', '')} {one.get('href', '')}" for one in islice(piece.element.iter(), _FEW_ELEMENTS))
    return any(map(_COUNTED_NAME.search, said))


def _is_pressed(piece: Piece) -> bool:
    """All of it is links that lead nowhere, which a script sees pressed, or such a link and how many pressed it."""
    nowhere = all(href == "#" or href.lower().startswith("javascript:") for href in piece.hrefs)
    return nowhere and (
        piece.linked >= len(piece.text.replace(" ", "")) or _BEGINS_WITH_COUNT.match(piece.plain) is not None
    )


def _of_parts(piece: Piece) -> str:
    """What a line is whose parts each are such: a label beside a clock, how often it was read and how long ago it came.

    The parts stand in elements of their own, however close, or marks that divide them stand between.
    """
    if piece.words > _MOST_WORDS:
        return ""
    held = [] if piece.goes_on else [fold(part) for part in piece.parts]
    parts = [plain(part) for part in chain.from_iterable(map(_APART.split, held or [piece.text])) if text_key(part)]
    if len(parts) < 2 or not all(text_key(part) in piece.key for part in parts):
        return ""
    told = [part for part in parts if not _MEASURE.fullmatch(part)]
    whys = [aside_reason(part) or tally_reason(part) for part in told]
    if COUNTER in whys:  # whatever else is counted beside it
        whys = [why or (COUNTER if _COUNTED.fullmatch(part) else "") for why, part in zip(whys, told, strict=True)]
    return whys[0] if whys and all(whys) else ""
