"""The bylines that a reader sees in the lines around the headline, and the agency in the dateline of the text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from crawler.pages.authormarks import is_category, is_in_byline, is_marked_within, leads_elsewhere
from crawler.pages.blocks import text_key
from crawler.pages.bylines import BY, REVIEW, names_in, site_names_in
from crawler.pages.header import BODY_AFTER, LONG_TEXT, Header, HeaderLine
from crawler.pages.lines import Line, Piece, labels, own_element
from crawler.pages.names import is_agency, is_full_name, is_role
from crawler.pages.times import Found
from storage.comparison.updatewords import CHANGED, UPDATED

SOURCE = re.compile(r"\W*(?:theo|nguồn)\b", re.IGNORECASE)
_DATELINE = re.compile(r"[^()!?:]{2,50}\(([^()]{2,40})\)\s*[-–—]")
_ALONE_BY = re.compile(rf"^(?:{BY.pattern})\s*:?$", re.IGNORECASE)
SAYS_BY = re.compile(rf"^(?:{BY.pattern})(?:(?<=[:：／])|(?![^\W\d_]))", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"(?i)[\s,|•·(-]*\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|t[2-7]|cn|ngày|lúc|on|am|vom|le|el|published|"
    r"publiée?|mise? en ligne|publicad[ao]|pubblicat[oa]|veröffentlicht|gepubliceerd|"
    rf"{UPDATED}|{CHANGED}|posted|đăng|xuất bản|\w{{3,9}}day|mon|tue|wed|thu|fri|sat|sun)\b[\s:,|•·)-]*$"
)
_AFTER_REVIEW = re.compile(r"\b(?:written|words|story|text|reported)\s+by\b|[|•·—–;]", re.IGNORECASE)
MOST_OTHER_WORDS = 10  # beside the names, in an element that is left out of the body
SURE, LIKELY, POSSIBLE = 3, 2, 1
ALONE = "name alone above the text"
TOLD = 8  # words of a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Names that a reader sees credited; `site` are names of the site itself that stand in the same place."""

    names: tuple[str, ...]
    site: tuple[str, ...]
    source: str
    element: HtmlElement | None
    strength: int


def header_credits(header: Header, sites: Sequence[str]) -> list[Credit]:
    """Bylines in the lines around the headline, in page order; neighbouring ones of the same make are joined."""
    found: list[Credit] = []
    rest: list[Credit] = []
    last: Line | None = None
    headline = "" if header.headline is None else text_key(header.headline.text_content())
    for place, one in enumerate(header.lines):
        near = header.lines[max(place - 1, 0) : place + 2]
        before = header.lines[place - 1].line.text if place else ""
        beside = "name beside the time" if any(line.time is not None for line in near) else ""
        if not beside and any(is_role(line.line.text) for line in header.lines[place + 1 : place + 2]):
            beside = "name above a role"
        if not beside and is_in_byline(one.line.element):
            beside = "name in a part of the page called byline"
        again = text_key(one.line.text) == headline  # capitals make it look like a name
        credit = None if again else _credit(one, before, sites, beside)
        told = sum(map(_is_told, header.lines[:place])) if credit else 0
        if credit and told >= BODY_AFTER and _is_below_text(credit):
            credit = None  # a document's last lines say who signed it, an article's whence it came
        elif credit and told and SOURCE.match(one.line.text):
            credit = replace(credit, strength=POSSIBLE)
        if credit and found and last and _is_label(found[-1], credit):
            found[-1] = credit
        elif credit and found and last and _go_together(found[-1], credit, last, one.line):
            names = tuple(dict.fromkeys((*found[-1].names, *credit.names)))
            found[-1] = replace(found[-1], names=names)
            rest.append(credit)
        elif credit:
            found.append(credit)
        last = one.line if credit else None
    return [*found, *rest]


def _is_label(above: Credit, below: Credit) -> bool:
    """Whether a single word, marked as the author, only says what those in the next line are: `Haber`, `Teks`."""
    (word, *more) = above.names or ("",)
    alone = bool(word) and not more and " " not in word and not is_agency(word) and not above.site
    return alone and above.strength == below.strength == SURE and all(map(is_full_name, below.names))


def dateline_credits(header: Header) -> list[Credit]:
    """The agency in the dateline that a text begins with: `HÀ NỘI (TTXVN) - ` or `BERLIN (dpa/AFP) — `."""
    for one in header.lines:
        found = None if one.above else _DATELINE.match(one.line.text)
        names = tuple(re.split(r"\s*[/,]\s*", found[1])) if found else ()
        if names and all(map(is_agency, names)):
            return [Credit(names=names, site=(), source="dateline of the text", element=None, strength=POSSIBLE)]
    return []


def _is_below_text(credit: Credit) -> bool:
    """Whether it is what may stand below a short text too: a name alone, an agency."""
    return credit.source == ALONE or (bool(credit.names) and all(map(is_agency, credit.names)))


def _is_told(one: HeaderLine) -> bool:
    """Whether it is a sentence below the headline, or a point of a document; what ends otherwise may be a headline."""
    return not one.above and len(one.line.text.split()) >= TOLD and one.line.text.endswith((".", ";", ":", "”"))


def _go_together(one: Credit, other: Credit, above: Line, below: Line) -> bool:
    """Whether two bylines of neighbouring lines are one, each author in a line of the same make."""
    if one.strength != SURE or other.strength != SURE or not all(map(is_full_name, (*one.names, *other.names))):
        return False
    return above.element.tag == below.element.tag and labels(above.element) == labels(below.element)


def _credit(one: HeaderLine, before: str, sites: Sequence[str], beside: str) -> Credit | None:
    """The byline that a line holds, if it does; `before` is the line above, `beside` says what is near."""
    line = one.line
    pieces = without_time(line, one.time) if len(line.text) <= LONG_TEXT and not REVIEW.search(before) else []
    pieces = _without_label(_without_review(pieces))
    text = " ".join(piece.text for piece in pieces).strip()
    if not text:
        return None
    said = _said(pieces, before, line)
    if said:
        credit = made_credit(said, sites, "byline near the headline", line, SURE)
        return None if credit and _is_sentence(line, credit) else credit
    marked = [piece for piece in pieces if is_marked_within(piece, line) and not is_category(piece)]
    if marked:
        return made_credit(_joined(marked), sites, "byline element near the headline", line, SURE)
    if one.long_lines > 1 or len(text.split()) > 8 or text.endswith(("?", "!", ":")):
        return None
    plain = [piece for piece in pieces if not leads_elsewhere(piece)]
    names = [name for piece in plain for name in names_in(piece.text, sites)]
    if (
        not names
        or not all(is_full_name(name) for name in names)
        or 2 * len(" ".join(names).split()) < sum(len(piece.text.split()) for piece in plain)
        or not (plain == pieces or (one.time and plain == pieces[-len(plain) :]))
    ):
        return None  # a link that stands first beside the time is the section
    if beside:
        return made_credit(", ".join(piece.text for piece in plain), sites, beside, line, LIKELY)
    if _is_bold_alone(line) and len(text.split()) <= (3 if text.isupper() else 4 * len(names)):
        return made_credit(_joined(plain), sites, ALONE, line, LIKELY)
    return None


def _is_sentence(line: Line, credit: Credit) -> bool:
    """Whether a line is a sentence that names more than who wrote it: `Theo dự thảo, đường nối Lý Thái Tổ với …`."""
    others = len(line.text.split()) - len(" ".join(credit.names or credit.site).split())
    return line.text.endswith(".") and others > MOST_OTHER_WORDS


def _without_label(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without a single word before a full name that is a link: what that one is."""
    if len(pieces) > 1 and pieces[1].element.tag == "a" and is_full_name(pieces[1].text):
        word = pieces[0].text.strip()
        if (
            pieces[0].element.tag != "a"
            and not re.search(r"[\s\d@.]", word)
            and not is_agency(word)
            and not SAYS_BY.match(word)
        ):
            return list(pieces[1:])
    return list(pieces)


def made_credit(text: str, sites: Sequence[str], source: str, line: Line, strength: int) -> Credit | None:
    names = names_in(text, sites)
    site = () if names else site_names_in(text, sites)
    if not names and not site:
        return None
    others = len(line.text.split()) - len(" ".join(names or site).split())
    element = own_element(line) if others <= MOST_OTHER_WORDS else None
    return Credit(names=names, site=site, source=source, element=element, strength=strength)


def _said(pieces: Sequence[Piece], before: str, line: Line) -> str:
    """What stands after a `By` in the line, or the whole line after a line that is only a `By`.

    Where a marked author stands before a `Theo` or `Nguồn`, that only names the source: it goes into brackets.
    """
    for place, piece in enumerate(pieces):
        if SAYS_BY.match(piece.text) or _ends_in_by(piece.text):
            after = _after(pieces[place + 1 :]) or pieces[place + 1 : place + 2]
            rest = [_after_by(piece.text), *(one.text for one in after)]
            said = ", ".join(text for text in rest if text.strip(" ,|·•-"))
            before_it = pieces[:place] if SOURCE.match(piece.text) else []
            writers = [one for one in before_it if is_marked_within(one, line) or is_full_name(one.text)]
            return f"{_joined(writers)} ({said.strip('()')})" if writers else said
    return _joined(pieces) if _ALONE_BY.match(before) else ""


def _after(pieces: Sequence[Piece]) -> list[Piece]:
    """Those that are no link to something else than an author's page; a full name may come first wherever it leads."""
    return [one for n, one in enumerate(pieces) if not leads_elsewhere(one) or (n == 0 and _names_people(one.text))]


def _names_people(text: str) -> bool:
    names = names_in(text)
    return bool(names) and all(map(is_full_name, names))


def _ends_in_by(text: str) -> bool:
    return bool(re.search(r"(?:^|[\s|·•])(?:by|von|par|por|theo|bởi)\s*:?$", text, re.IGNORECASE))


def _after_by(text: str) -> str:
    return "" if _ALONE_BY.match(text) or _ends_in_by(text) else text


def _joined(pieces: Sequence[Piece]) -> str:
    """The pieces as one byline: names that are links of their own are set apart."""
    apart = any(piece.element.tag == "a" for piece in pieces[1:])
    texts = [piece.text for piece in pieces if any(map(str.isalnum, piece.text))]
    return (", " if apart or all(is_full_name(text) for text in texts) else " ").join(texts)


def without_time(line: Line, found: Found | None) -> list[Piece]:
    """The line's pieces without the date, the time and the weekday in them."""
    if not found:
        return list(line.pieces)
    kept = []
    for piece, at, before, after in _beside(line.pieces, found.start, found.end):
        ends_at_time = at <= found.start <= at + len(piece.text)
        undated = _WEEKDAY.sub("", before) if ends_at_time or _WEEKDAY.fullmatch(before) else before
        kept += [(undated, piece.element), (after, piece.element)]
    return _with_words(kept)


def _without_review(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without who checked, edited or illustrated the text, up to where the line goes on to who wrote it."""
    text = " ".join(piece.text for piece in pieces)
    review = REVIEW.search(text)
    if not review:
        return list(pieces)
    end = _AFTER_REVIEW.search(text, review.end())
    return _cut(pieces, review.start(), end.start() if end else len(text))


def _cut(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """The pieces without the characters from `start` to `end` of their text joined by spaces."""
    beside = _beside(pieces, start, end)
    return _with_words([(part, piece.element) for piece, _, *parts in beside for part in parts])


def _beside(pieces: Sequence[Piece], start: int, end: int) -> Iterator[tuple[Piece, int, str, str]]:
    """Each piece with the place where it begins, and what of it stands before `start` and behind `end`."""
    at = 0
    for piece in pieces:
        stop = at + len(piece.text)
        yield piece, at, piece.text[: max(start - at, 0)], piece.text[max(end - at, 0) :] if end < stop else ""
        at = stop + 1


def _with_words(parts: Sequence[tuple[str, HtmlElement]]) -> list[Piece]:
    stripped = (Piece(text.strip(" -–—|•·,;()"), element) for text, element in parts)
    return [piece for piece in stripped if re.search(r"[^\W\d_]", piece.text)]


def _is_bold_alone(line: Line) -> bool:
    return line.element.tag in {"p", "div"} and all(
        piece.element.tag in {"strong", "b", "em", "i"} or piece.text.isupper() for piece in line.pieces
    )
