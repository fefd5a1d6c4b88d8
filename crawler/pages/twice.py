"""Text that a page shows twice: headline, lead or a paragraph again, pull quotes, the whole article in one piece."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, fold, plain, text_key
from crawler.pages.manner import family
from crawler.pages.tallies import tally_reason
from storage.records import BlockKind

QUOTED = 7, 45  # words of a pull quote
MAX_QUOTES = 60  # of a page
_QUOTABLE = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE))
TOLD = 12  # words of a text that is known again when it comes twice
OPENING = 2  # pieces; a paywall's teaser shows them again
_SCREENS = 3  # that a text is shown for; what comes more often is a refrain, as a question that all are asked
LONG_OPENING = 30  # words of a paragraph that no article ends with if it began with them


def find_repeated_text(
    pieces: Sequence[Piece], chosen: Sequence[int], lead: Sequence[int], title: str
) -> dict[int, str]:
    """Texts that the page shows twice: the headline or lead again, a paragraph for wide and narrow screens.

    Not a line that an article says again further on: the copy stands close by, is written in another way,
    follows on another copy, or is how the text began.
    """
    header = {text_key(title), *(pieces[index].key for index in lead)} - {""}
    found = {index: "repeated text" for index in chosen[:1] if _is_headline(pieces[index], title)}
    first: dict[str, int] = {}
    times = Counter(pieces[index].key for index in chosen)
    opening = chosen[:OPENING]
    said = plain(fold(title))
    for before, index in pairwise((-1, *chosen)):
        piece = pieces[index]
        original = first.setdefault(piece.key, index) if piece.words >= TOLD else index
        if (
            piece.key in header
            or _is_headline_and_tally(piece.plain, said)
            or (original != index and _is_copy(pieces, original, index, times[piece.key], follows_copy=before in found))
            or (original in opening and index != original and piece.words >= LONG_OPENING)
        ):
            found[index] = "repeated text"
    return found


def _is_copy(pieces: Sequence[Piece], original: int, index: int, times: int, *, follows_copy: bool) -> bool:
    """Whether words that come so many times are one text shown twice; of a row, whether all of its table is."""
    one, other = pieces[original], pieces[index]
    if one.kind is BlockKind.TABLE_ROW and other.kind is BlockKind.TABLE_ROW:
        return _is_same_table(*(next(row.element.iterancestors("table"), None) for row in (one, other)))
    return index - original <= 3 or follows_copy or (family(one) != family(other) and times <= _SCREENS)


def _is_same_table(one: HtmlElement | None, other: HtmlElement | None) -> bool:
    if one is None or other is None or one is other:
        return False
    return text_key("".join(one.itertext())) == text_key("".join(other.itertext()))


def find_run_together(pieces: Sequence[Piece], left: Sequence[int]) -> dict[int, str]:
    """The article again in one piece, as some pages give it to machines, next to its paragraphs."""
    long = [index for index in left if pieces[index].words >= 100][:MAX_QUOTES]
    told = [index for index in left if pieces[index].words >= TOLD][:MAX_QUOTES]
    found: dict[int, str] = {}
    for index in long:
        held = sum(other != index and pieces[other].key in pieces[index].key for other in told)
        if held >= 3 and held >= 0.5 * (len(told) - len(long)):
            found[index] = "the article again, run together"
    return found


def find_pull_quotes(pieces: Sequence[Piece], chosen: Sequence[int]) -> dict[int, str]:
    """Words of a paragraph that the page shows again, large, between the paragraphs, and so written unlike them."""
    families = Counter(family(pieces[index]) for index in chosen)
    seldom = 0.25 * max(families.values(), default=0)
    short = [i for i in chosen if QUOTED[0] <= pieces[i].words <= QUOTED[1] and pieces[i].kind in _QUOTABLE]
    short = [index for index in short if families[family(pieces[index])] <= seldom][:MAX_QUOTES]
    whole = "\n".join(pieces[index].key for index in chosen) if short else ""
    return {index: "words of the article, set apart" for index in short if _is_within(pieces[index].key, whole)}


def _is_within(key: str, whole: str) -> bool:
    """The key stands in a longer line of the whole."""
    at = whole.find(key)
    while at >= 0:
        end = at + len(key)
        if whole[at - 1 : at] not in ("", "\n") or whole[end : end + 1] not in ("", "\n"):
            return True
        at = whole.find(key, end)
    return False


def _is_headline(piece: Piece, title: str) -> bool:
    """The headline again, with a kicker before it."""
    wanted = text_key(title)
    ends = piece.key.endswith(wanted) and len(piece.key) <= len(wanted) + 50
    return ends and len(wanted) >= 20 and piece.kind is BlockKind.HEADING


def _is_headline_and_tally(text: str, title: str) -> bool:
    """The headline again, and behind it how long ago that was or how many have read it."""
    return bool(title) and text.startswith(title) and bool(tally_reason(text[len(title) :]))
