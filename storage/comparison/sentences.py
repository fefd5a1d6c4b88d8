"""Where sentences end: cuts a block of text into them, for aligning; the same local text is always cut the same way."""

import re
from functools import lru_cache

from storage.letters import decompose

_SPACED, _UNSPACED = ".!?…؟।۔", "。！？"  # marks that end a sentence, with white space behind them or none
ENDS = tuple(_SPACED + _UNSPACED)
STOPS = tuple(mark for mark in ENDS if mark not in "?؟？")  # all but questions, which labels and headlines may be too
CLOSING = ")]\"'”’»」』） "  # what may stand behind the mark

# A closing mark, then white space, then something that can begin a sentence; CJK needs no space.
_END = re.compile(
    rf"(?<![{_SPACED}])[{_SPACED}]+[\"'”’»)\]]*\s+(?=(?:[-–—•*]\s+)?[\"'“‘«„(\[\-–—]*[^\W_])"
    rf"|(?<![{_UNSPACED}])[{_UNSPACED}]+[」』”’）]*\s*"
)
# `am 5. November` goes on after its ordinal; `on June 5. The` does not.
_ORDINAL = re.compile(r"(?:^|[\s(])\d{1,2}\.\s+$")
_LAST_WORD = re.compile(r"(?:^|[\s(\"'“‘.])([^\W\d_]{1,4})\.[\"'”’»)\]]*\s+$")
_MEASURED = re.compile(r"\d ?[KMGT][BW]\.[\"'”’»)\]]*\s+$")  # `600 MW. The` has a unit, no title before a name
# `Dec. 6` and `No. 5`, `10 a.m. Friday` and `10 a.m. ET`.
_COUNTED = re.compile(r"(?:^|[\s(])(?:Jan|Febr?|Mar|Mär|Apr|Aug|Sept?|Oct|Okt|Nov|Dec|Dez|Nos?|Nr)\.\s+$")
# `Vol. 1`, `art. 5 de la loi`, `Abs. 2`, `tel. 5550134`: what is numbered, and no word that a sentence ends with.
_NUMBERED = re.compile(
    r"(?:^|[\s('’])(?:vols?|figs?|arts?|secs?|chs?|pp?|abb|abs|tel|ext|approx|núm)\.\s+$", re.IGNORECASE
)
_HOUR = re.compile(r"\d ?[ap]\.m\.\s+$")
_ITS_DAY = re.compile(r"[A-Z][a-z]+day\b|[A-Z][a-z]{2,}\.? \d|[ECMP][SD]?T\b")
_MONTH_FIRST = re.compile(
    r"(?:^|[\s(])(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.? \d{1,2}\.\s+$"
)
_LOOK_BACK = 16
_REMEMBERED = 1024  # texts: to compare two articles asks for each of theirs several times
_TITLES = frozenset(("PGS", "GS", "TS", "THS", "BS", "KTS", "TSKH", "NSND"))


def is_ended(text: str) -> bool:
    """Whether a text ends as a sentence does, in a script whose sentences end in a mark."""
    return text.rstrip(CLOSING).endswith(ENDS)


@lru_cache(_REMEMBERED)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences with their trailing white space; joined they give back the text exactly."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _goes_on(text, start, end):
            continue
        found.append(text[start : end.end()])
        start = end.end()
    if start < len(text):
        found.append(text[start:])
    return tuple(found)


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    follows = text[end.end() : end.end() + 4].lstrip("\"'“‘«„([-–— ")[:1]
    if follows.islower():
        return True
    last = text[max(start, end.end() - _LOOK_BACK) : end.end()]
    word = _LAST_WORD.search(last)
    if word is not None and _is_abbreviation(word[1]) and not _MEASURED.search(last):
        return True
    if _ORDINAL.search(last):
        return not _MONTH_FIRST.search(last)
    return bool(
        (follows.isdigit() and (_COUNTED.search(last) or _NUMBERED.search(last)))
        or (_HOUR.search(last) and _ITS_DAY.match(text, end.end()))
    )


def _is_abbreviation(word: str) -> bool:
    """`TS. Nguyễn`, `Mr. Smith`, `J. K. Rowling`: one capital, or a short capitalised word without a vowel.

    Three capitals or more are a name (`built for SLS.`), but for the titles that Vietnamese writes so.
    """
    if not word[0].isupper() or (len(word) > 2 and word.isupper() and word not in _TITLES):
        return False
    return len(word) == 1 or not set("aeiouy").intersection(decompose(word.casefold()))
