"""What stands at the end of an article, or between its paragraphs, and is not its text: sign-offs, credits, notices."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from crawler.pages.blocks import Piece, fold, plain, text_key
from crawler.pages.invitations import find_calls, find_invitations
from crawler.pages.notices import FAREWELL_START, FOLLOW, FOLLOW_US, NOTICE_START, aside_reason, is_contact
from crawler.pages.selection import family
from crawler.pages.tallies import tally_reason
from crawler.pages.wording import CREDIT, FILE_NAME, RIGHTS, SOURCE_LINE
from storage.comparison.lexicon import ANY
from storage.comparison.spans import date_spans
from storage.records import BlockKind

QUOTED = 7, 45  # words of a pull quote
MAX_QUOTES = 60  # of a page
_QUOTABLE = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE))
FAREWELLS = 8  # pieces from the end that may speak to the readers
_IS_SOMEONE = re.compile(
    r"^\W{0,3}(?:\([^)]*\)\s*)?(?:is (?:an?|the|our|based|\w+['’]s)|was an?|writes|covers|reports|works|joined"
    r"|has (?:been|written)|ist|arbeitet|schreibt|est|es (?:un|el|la)|é (?:um|o|a)|è (?:un|il|la)|är|er|là)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}(?:[:.h]\d{2})?|\b(?:uhr|[ap]\.?m|at|um|on|à|a|las|lúc|ngày|thứ|[ecmp][sd]?t|gmt|utc|ist|wib)\b",
    re.IGNORECASE,
)
OPENING = 3  # pieces from the beginning that may be a byline
TAIL = 4  # pieces from the end that may be a sign-off
_DESK = re.compile(
    r"^\W*+(?:(?:additional |with )?reporting (?:and (?:writing|editing) )?by|(?:written|writing|edited|editing) by"
    r"|(?:compiled|produced) by|with files from|with contributions from|bearbeitet von|redigiert von)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^\W*+(?:by|von|par|por|di|door|av|af|autor|autorin|author|tác giả|bài|thực hiện|tin|biên tập|tổng hợp"
    r"|reporting by|văn|text)\b\s*:?\s*",
    re.IGNORECASE,
)
_NAME = re.compile(r"^\(?(?:[^\W\d_][\w.'’-]*)(?:\s+(?:[^\W\d_][\w.'’-]*|&|-|–|và|and|/)){0,6}\)?$")
LONGER_NOTICE = 24  # of one that asks to follow `us`; Vietnamese counts its syllables
SHORT_NOTICE = 14  # words of a notice that a label may stand before, or that asks to follow


class Article(Protocol):
    """What is known of the article beside its text."""

    @property
    def title(self) -> str: ...
    @property
    def authors(self) -> tuple[str, ...]: ...


def find_closing(
    pieces: Sequence[Piece], chosen: Sequence[int], lead: Sequence[int], article: Article
) -> dict[int, str]:
    """Index of each chosen piece that is no text of the article -> why."""
    found = _repeated(pieces, chosen, lead, article.title)
    for index in chosen:
        if why := _notice(pieces[index]):
            found.setdefault(index, why)
    found = find_invitations(pieces, chosen) | find_calls(pieces, chosen) | found
    found |= _run_together(pieces, [index for index in chosen if index not in found])
    found = _pull_quotes(pieces, [index for index in chosen if index not in found]) | found
    found |= _bylines(pieces, [index for index in chosen if index not in found], article.authors)
    found |= _farewell(pieces, [index for index in chosen if index not in found], article.authors)
    found |= _sign_off(pieces, [index for index in chosen if index not in found], article.authors)
    left = [index for index in chosen if index not in found]
    while left and pieces[left[-1]].kind is BlockKind.HEADING:
        found[left.pop()] = "heading with nothing under it"
    return found


def _repeated(pieces: Sequence[Piece], chosen: Sequence[int], lead: Sequence[int], title: str) -> dict[int, str]:
    """Texts that the page shows twice: the headline or lead again, a paragraph for wide and narrow screens.

    Not a line that an article says again further on: the copy stands close by, is written in another way, or
    follows on another copy.
    """
    header = {text_key(title), *(pieces[index].key for index in lead)} - {""}
    found = {index: "repeated text" for index in chosen[:1] if _is_headline(pieces[index], title)}
    first: dict[str, int] = {}
    said = plain(fold(title))
    for at, index in enumerate(chosen):
        key = pieces[index].key
        original = first.setdefault(key, index) if pieces[index].words >= 12 else index
        if (
            key in header
            or _is_headline_and_tally(pieces[index].plain, said)
            or (
                original != index
                and (
                    index - original <= 3
                    or family(pieces[index]) != family(pieces[original])
                    or (at > 0 and chosen[at - 1] in found)
                )
            )
        ):
            found[index] = "repeated text"
    return found


def _run_together(pieces: Sequence[Piece], left: Sequence[int]) -> dict[int, str]:
    """The article again in one piece, as some pages give it to machines, next to its paragraphs."""
    long = [index for index in left if pieces[index].words >= 100][:MAX_QUOTES]
    told = [index for index in left if pieces[index].words >= 12][:MAX_QUOTES]
    found: dict[int, str] = {}
    for index in long:
        held = sum(other != index and pieces[other].key in pieces[index].key for other in told)
        if held >= 3 and held >= 0.5 * (len(told) - len(long)):
            found[index] = "the article again, run together"
    return found


def _pull_quotes(pieces: Sequence[Piece], chosen: Sequence[int]) -> dict[int, str]:
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


def count_or_label(piece: Piece) -> str:
    """What a line is that is nobody's sentence wherever it stands: a count, a label, buttons; empty for all else."""
    if piece.picture:
        return ""
    if why := aside_reason(piece.plain):
        return why
    return "" if piece.kind is BlockKind.TABLE_ROW else tally_reason(piece.plain)


def _notice(piece: Piece) -> str:
    if not piece.key:
        return "no words"
    if why := count_or_label(piece):
        return why
    if CREDIT.match(piece.plain) and piece.words <= 8:
        return "photo credit"
    if FILE_NAME.match(piece.plain):
        return "file name"
    if RIGHTS.match(piece.plain) and piece.words < 60:
        return "rights notice"
    after_label = piece.plain.partition(": ")[2] if piece.words <= SHORT_NOTICE else ""
    notice = NOTICE_START.match(piece.plain) if piece.words <= 60 else None
    if notice or NOTICE_START.match(after_label) or _asks_to_follow(piece):
        return "newsletter, app or follow-us notice"
    return ""


def _bylines(pieces: Sequence[Piece], left: Sequence[int], authors: Sequence[str]) -> dict[int, str]:
    """Above the text: an author's full name, and when it was published."""
    names = [plain(name) for name in authors if " " in name]
    return {
        index: "byline" for index in left[:OPENING] if pieces[index].words <= 14 and _is_byline(pieces[index], names)
    }


def _is_byline(piece: Piece, names: Sequence[str]) -> bool:
    bare = _BY.sub("", piece.plain)
    name = next((name for name in names if bare.startswith(name)), "")
    told = bare.removeprefix(name)
    dates = date_spans(told, ANY) if name else []
    for date in reversed(dates):
        told = told[: date.start] + told[date.end :]
    return bool(dates) and not any(map(str.isalnum, _CLOCK.sub("", told)))


def _asks_to_follow(piece: Piece) -> bool:
    """A sentence of an article may tell who follows what, but hardly who follows `us`."""
    short = piece.words <= SHORT_NOTICE and FOLLOW.match(piece.plain)
    return bool(short or (piece.words <= LONGER_NOTICE and FOLLOW_US.match(piece.plain)))


def _farewell(pieces: Sequence[Piece], left: Sequence[int], authors: Sequence[str]) -> dict[int, str]:
    """What a page says to its readers after the article's last sentence, and who wrote it, from the last piece upwards.

    One line of another kind may stand between; an article's own last words stay where nothing follows them.
    """
    found: dict[int, str] = {}
    names = [plain(name) for name in authors if " " in name]
    passed = 0
    for index in reversed(left[-FAREWELLS:] if len(left) > FAREWELLS else left[2:]):
        piece = pieces[index]
        if piece.words <= 60 and _is_farewell(piece.plain):
            found[index] = "words to the readers after the article"
        elif piece.words <= 90 and _is_about(piece, names):
            found[index] = "about the author"
        elif passed or piece.words > 30:
            break
        else:
            passed += 1
    return found


def _is_farewell(text: str) -> bool:
    return bool(FAREWELL_START.match(text) or FOLLOW.match(text)) or is_contact(text)


def _is_about(piece: Piece, names: Sequence[str]) -> bool:
    """Says who an author is: it begins with the full name, and all of it is set in italics or links to the author."""
    name = next((name for name in names if piece.plain.startswith((name, f"By {name}", f"About {name}"))), "")
    if not name or len(piece.plain) < len(name) + 8:
        return False
    told = piece.emphasised >= 0.8 * len(piece.plain.replace(" ", ""))
    return told or bool(_IS_SOMEONE.match(piece.plain.partition(name)[2]))


def _sign_off(pieces: Sequence[Piece], left: Sequence[int], authors: Sequence[str]) -> dict[int, str]:
    """The author's name again, the source and photo credits, from the last piece upwards."""
    found: dict[int, str] = {}
    names = {text_key(name) for name in authors} - {""}
    for index in reversed(left[-TAIL:]):
        piece = pieces[index]
        why = _signature(piece, names)
        if why:
            found[index] = why
        elif piece.kind is not BlockKind.HEADING:
            break
    return found


def _signature(piece: Piece, names: set[str]) -> str:
    if piece.words <= 70 and _DESK.match(piece.plain):
        return "sign-off: who reported and edited"
    if piece.words > 14 or piece.kind is BlockKind.TABLE_ROW:
        return ""
    bare = _BY.sub("", piece.plain)
    if text_key(bare) in names or (names and _only_names(bare, names)):
        return "sign-off: the author's name"
    if CREDIT.match(piece.plain):
        return "sign-off: credit"
    if SOURCE_LINE.match(piece.plain) and not piece.plain.rstrip().endswith((".", "!", "?", "”")):
        return "sign-off: source"
    if re.fullmatch(r"\W*(?:P\.?V\.?|BBT|TTXVN|VOV|PV|HẾT|Hết|END|Ends?|###)\W*", piece.plain):
        return "sign-off"
    return ""


def _only_names(text: str, names: set[str]) -> bool:
    """Nothing but names of the article's authors, joined by commas, dashes, `and` or an agency in brackets."""
    parts = [
        part for part in re.split(r"\s*(?:[,;/&()–—-]|\bvà\b|\band\b|\bund\b|\bet\b|\by\b)\s*", text) if part.strip()
    ]
    keys = [text_key(part) for part in parts]
    return (
        bool(keys)
        and keys[0] in names
        and all(key in names or len(part) <= 30 for key, part in zip(keys, parts, strict=True))
    )
