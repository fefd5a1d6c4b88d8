"""What stands at the end of an article, or between its paragraphs, and is not its text: sign-offs, credits, notices."""

import re
from collections.abc import Sequence
from typing import Protocol

from crawler.pages.blocks import Piece, text_key
from crawler.pages.selection import family
from crawler.pages.wording import CREDIT, FILE_NAME, NOTICE_START, RIGHTS, SOURCE_LINE
from storage.records import BlockKind

TAIL = 4  # pieces from the end that may be a sign-off
_BY = re.compile(
    r"^\W*+(?:by|von|par|por|di|door|av|af|autor|autorin|author|tác giả|bài|thực hiện|tin|biên tập|tổng hợp"
    r"|reporting by|văn|text)\b\s*:?\s*",
    re.IGNORECASE,
)
_NAME = re.compile(r"^\(?(?:[^\W\d_][\w.'’-]*)(?:\s+(?:[^\W\d_][\w.'’-]*|&|-|–|và|and|/)){0,6}\)?$")


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
    first: dict[str, int] = {}
    found: dict[int, str] = {}
    for at, index in enumerate(chosen):
        key = pieces[index].key
        original = first.setdefault(key, index) if pieces[index].words >= 12 else index
        if key in header or (
            original != index
            and (
                index - original <= 3
                or family(pieces[index]) != family(pieces[original])
                or (at > 0 and chosen[at - 1] in found)
            )
        ):
            found[index] = "repeated text"
    return found


def _notice(piece: Piece) -> str:
    if not piece.key:
        return "no words"
    if FILE_NAME.match(piece.text):
        return "file name"
    if RIGHTS.match(piece.text) and piece.words < 60:
        return "rights notice"
    if NOTICE_START.match(piece.text) and piece.words <= 60:
        return "newsletter, app or follow-us notice"
    return ""


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
    if piece.words > 14 or piece.kind is BlockKind.TABLE_ROW:
        return ""
    bare = _BY.sub("", piece.text)
    if text_key(bare) in names or (names and _only_names(bare, names)):
        return "sign-off: the author's name"
    if CREDIT.match(piece.text):
        return "sign-off: credit"
    if SOURCE_LINE.match(piece.text) and not piece.text.rstrip().endswith((".", "!", "?", "”")):
        return "sign-off: source"
    if re.fullmatch(r"\W*(?:P\.?V\.?|BBT|TTXVN|VOV|PV|HẾT|Hết|END|Ends?|###)\W*", piece.text):
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
