"""Cuts a block of text into sentences, for aligning: the same local text is always cut the same way."""

import re
import unicodedata

# A closing mark, then white space, then something that can begin a sentence; CJK needs no space.
_END = re.compile(
    r"(?<![.!?…؟।])[.!?…؟।]+[\"'”’»)\]]*\s+(?=(?:[-–—•*]\s+)?[\"'“‘«„(\[\-–—]*[^\W_])|(?<![。！？])[。！？]+[」』”’）]*\s*"
)
# `am 5. November` goes on after its ordinal.
_ORDINAL = re.compile(r"(?:^|[\s(])\d{1,2}\.\s+$")
_LAST_WORD = re.compile(r"(?:^|[\s(\"'“‘.])([^\W\d_]{1,4})\.[\"'”’»)\]]*\s+$")
_LOOK_BACK = 12
_TITLES = frozenset(("PGS", "GS", "TS", "THS", "BS", "KTS", "TSKH", "NSND"))


def sentences(text: str) -> list[str]:
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
    return found


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    follows = text[end.end() : end.end() + 4].lstrip("\"'“‘«„([-–— ")[:1]
    if follows.islower():
        return True
    last = text[max(start, end.end() - _LOOK_BACK) : end.end()]
    word = _LAST_WORD.search(last)
    return (word is not None and _is_abbreviation(word[1])) or _ORDINAL.search(last) is not None


def _is_abbreviation(word: str) -> bool:
    """`TS. Nguyễn`, `Mr. Smith`, `J. K. Rowling`: one capital, or a short capitalised word without a vowel.

    Three capitals or more are a name (`built for SLS.`), but for the titles that Vietnamese writes so.
    """
    if not word[0].isupper() or (len(word) > 2 and word.isupper() and word not in _TITLES):
        return False
    return len(word) == 1 or not set("aeiouy").intersection(unicodedata.normalize("NFD", word.casefold()))
