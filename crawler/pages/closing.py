"""What stands at the end of an article, or between its paragraphs, and is not its text: sign-offs, credits, notices."""

import re
from collections.abc import Sequence
from typing import Protocol

from crawler.pages.blocks import Piece, plain, text_key
from crawler.pages.bylines import names_in
from crawler.pages.cards import Links
from crawler.pages.comments import find_bare_comments
from crawler.pages.invitations import find_buttoned, find_calls, find_invitations, find_signups
from crawler.pages.lives import find_lives
from crawler.pages.notices import FAREWELL_START, FOLLOW, FOLLOW_US, MINUTES, NOTICE_START, is_contact
from crawler.pages.sidelines import count_or_label
from crawler.pages.tallies import COUNTER
from crawler.pages.twice import find_pull_quotes, find_repeated_text, find_run_together
from crawler.pages.wording import CREDIT, FILE_NAME, RIGHTS, SOURCE_LINE
from storage.comparison.lexicon import ANY
from storage.comparison.sentences import ENDS
from storage.comparison.spans import date_spans
from storage.records import BlockKind

_COUNT = re.compile(r"[+\d][\d.,\u00a0 ]{0,8}[kKmM]?")
LEAST_TOLD = 6  # words of a sentence
FAREWELLS = 8  # pieces from the end that may speak to the readers
_IS_SOMEONE = re.compile(
    r"^\W{0,3}(?:\([^)]*\)\s*)?(?:is (?:an?|the|our|based|\w+['’]s)|was an?|writes|covers|reports|works|joined"
    r"|has (?:been|written)|ist|arbeitet|schreibt|est|es (?:un|el|la)|é (?:um|o|a)|è (?:un|il|la)|är|er|là)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}(?:[:.h]\d{2})?|\b(?:uhr|[ap]\.?m|at|um|on|à|a|las|lúc|ngày|thứ|[ecmp][sd]?t|gmt|utc|ist|wib)\b|น\.",
    re.IGNORECASE,
)
_TIME_ALONE = re.compile(rf"\d{{1,2}}:\d\d(?::\d\d)?|\W*\d{{1,3}}\s?{MINUTES}\W*", re.IGNORECASE)
_TIME_SAID = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0e7f\u200c])*|\d+")
STATED_WORDS = 3  # of a byline beside name and dates: last updated
LONGEST_BYLINE = 100  # characters
OPENING = 3  # pieces from the beginning that may be a byline
TAIL = 4  # pieces from the end that may be a sign-off
_DESK = re.compile(
    r"^\W*+(?:(?:additional |with )?reporting (?:and (?:writing|editing) )?by|(?:written|writing|edited|editing) by"
    r"|(?:compiled|produced) by|with files from|with contributions from|bearbeitet von|redigiert von)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^\W*+(?:by|von|par|por|di|door|av|af|autor|autorin|author|tác giả|bài|thực hiện|tin|biên tập|tổng hợp"
    r"|reporting by|văn|text|nội dung|lời|автор|автори|autorzy|autorka|yazar|haber|muhabir|penulis|oleh|συντάκτης|מאת"
    r"|كتب|بقلم|إعداد|نویسنده|خبرنگار|लेखक|रिपोर्ट|লেখক|লেখা|প্রতিবেদক|โดย|作者|记者|文)(?!\w)\s*:?\s*",
    re.IGNORECASE,
)
_MADE_BY = re.compile(  # besides the pictures, which wording.CREDIT knows
    r"^\W*+(?:thiết kế|trình bày|kỹ thuật|biên tập|hình ảnh|đồ hoạ|dựng|design|layout|graphics?|illustrations?"
    r"|gestaltung|grafik|conception|graphisme|diseño|grafica)\s*[:：]",
    re.IGNORECASE,
)
MADE_BY = 8  # words
_OF_A_DAY = 3  # parts: day, month and year
_TIME = re.compile(r"\b\d{1,2}\s?[:hg]\s?\d\d\b")
_NAME = re.compile(r"^\(?(?:[^\W\d_][\w.'’-]*)(?:\s+(?:[^\W\d_][\w.'’-]*|&|-|–|và|and|/)){0,6}\)?$")
LONGER_NOTICE = 24  # of one that asks to follow `us`; Vietnamese counts its syllables
SHORT_NOTICE = 14  # words of a notice that a label may stand before, or that asks to follow


class Article(Protocol):
    """What is known of the article beside its text."""

    @property
    def url(self) -> str: ...
    @property
    def canonical_url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def authors(self) -> tuple[str, ...]: ...


def find_closing(
    pieces: Sequence[Piece], chosen: Sequence[int], lead: Sequence[int], article: Article
) -> dict[int, str]:
    """Index of each chosen piece that is no text of the article -> why."""
    links = Links(article.url, article.canonical_url)
    found = find_repeated_text(pieces, chosen, lead, article.title)
    found |= find_bare_comments(pieces, chosen, article.authors)
    for index in chosen:
        if why := _notice(pieces[index]):
            found.setdefault(index, why)
    found = find_invitations(pieces, chosen) | find_calls(pieces, chosen) | found
    found |= find_lives(pieces, [index for index in chosen if index not in found], article.authors)
    found = find_buttoned(pieces, chosen, links) | find_signups(pieces, chosen, links) | found
    found |= find_run_together(pieces, [index for index in chosen if index not in found])
    found = find_pull_quotes(pieces, [index for index in chosen if index not in found]) | found
    found |= _bylines(pieces, [index for index in chosen if index not in found], article.authors)
    found |= _counts(pieces, [index for index in chosen if index not in found])
    found |= _lone_clock(pieces, [index for index in chosen if index not in found])
    found |= _farewell(pieces, [index for index in chosen if index not in found], article.authors)
    found |= _sign_off(pieces, [index for index in chosen if index not in found], article.authors)
    left = [index for index in chosen if index not in found]
    while left and pieces[left[-1]].kind is BlockKind.HEADING:
        found[left.pop()] = "heading with nothing under it"
    return found


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
        index: "byline"
        for index in left[:OPENING]
        if len(pieces[index].text) <= LONGEST_BYLINE and _is_byline(pieces[index], names)
    }


def _lone_clock(pieces: Sequence[Piece], left: Sequence[int]) -> dict[int, str]:
    """Above the text: how long a recording of it is. Where a report tells hour by hour, more of its lines are times."""
    clocks = [index for index in left if _TIME_ALONE.fullmatch(pieces[index].plain.strip())]
    return {clocks[0]: "time of a player"} if len(clocks) == 1 and clocks[0] in left[:OPENING] else {}


def _counts(pieces: Sequence[Piece], left: Sequence[int]) -> dict[int, str]:
    """A number alone above the text's first sentence, or below all of it: how often it was shared, say."""
    told = [at for at, index in enumerate(left) if pieces[index].words >= LEAST_TOLD]
    edges = [*left[: told[0]], *left[told[-1] + 1 :]] if told else []
    lines = [index for index in edges if pieces[index].kind is BlockKind.PARAGRAPH]
    return {index: COUNTER for index in lines if _COUNT.fullmatch(pieces[index].plain.strip())}


def _is_byline(piece: Piece, names: Sequence[str]) -> bool:
    bare = _BY.sub("", piece.plain)
    name = next((name for name in names if bare.startswith(name)), "")
    told = bare.removeprefix(name)
    dates = date_spans(told, ANY) if name or _TIME_SAID.search(told) else []
    clocked = bool(_TIME_SAID.search(told))  # as hardly a line of the text above its first sentence is
    for date in reversed(dates):
        told = told[: date.start] + told[date.end :]
    beside = STATED_WORDS if bare != piece.plain or clocked else 0  # a `By` leaves no doubt
    return bool(dates) and len(_WORD.findall(_CLOCK.sub("", told))) <= beside


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
    titled = {text_key(name) for name in names_in(bare)}  # Luật sư Vũ Ba
    if text_key(bare) in names or (names and _only_names(bare, names)) or (titled and titled <= names):
        return "sign-off: the author's name"
    if CREDIT.match(piece.plain) or (piece.words <= MADE_BY and _MADE_BY.match(piece.plain)):
        return "sign-off: credit"
    # A bracket around it does not make a sentence of it, as `is_ended` would have it; a quotation in it does.
    if SOURCE_LINE.match(piece.plain) and not piece.plain.rstrip().endswith((*ENDS, "”")):
        return "sign-off: source"
    if _is_time(piece.plain):
        return "sign-off: when it was published"
    if re.fullmatch(r"\W*(?:P\.?V\.?|BBT|TTXVN|VOV|PV|HẾT|Hết|END|Ends?|###)\W*", piece.plain):
        return "sign-off"
    return ""


def _is_time(text: str) -> bool:
    """Whether a line is a day and nothing else, with its name or a time of day if it has them; a year alone is none."""
    rest, parts = text, 0
    for date in reversed(date_spans(text, ANY)):
        parts = max(parts, len(re.findall(r"\w+", text[date.start : date.end])))
        rest = rest[: date.start] + rest[date.end :]
    told = parts >= _OF_A_DAY or (parts > 0 and _TIME.search(rest))
    return bool(told) and not any(map(str.isalnum, _CLOCK.sub("", _TIME.sub("", rest))))


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
