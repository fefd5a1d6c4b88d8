"""The words of a text as they are searched for: as they are spelled, and without case and diacritics."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from storage.comparison.textkey import text_key, visible
from storage.comparison.tokens import MARKS, PUNCTUATION, SPACELESS

# A number or word ends at its punctuation: 7,5 is two words in a row. Scripts without spaces give a word a character.
_WORD = re.compile(rf"[{SPACELESS}][{MARKS}]*|[^\s{PUNCTUATION}{SPACELESS}]+")
_LONGEST_WORD = 64  # characters; PostgreSQL takes 2,046 bytes, and nobody types a longer one

# Marks of lower combining classes make another letter (nukta, voicing, virama), the others are accents and tones.
_FIRST_ACCENT = 10
_OTHER_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and where in its text it stands: `form` has its diacritics, `folded` has none; neither has capitals."""

    start: int
    end: int
    form: str
    folded: str


def words(text: str) -> Iterator[Word]:
    """The words of a text that is `visible` already."""
    for found in _WORD.finditer(text):
        form, folded = _spellings(found[0])
        if folded:
            yield Word(found.start(), found.end(), form, folded)


def spellings(text: str) -> list[tuple[str, str]]:
    """The form and the folded form of every word of any text."""
    return [pair for pair in map(_spellings, _WORD.findall(visible(text))) if pair[1]]


def words_of(text: str) -> list[Word]:
    """The words of any text; the places are those in `visible(text)`."""
    return list(words(visible(text)))


@lru_cache(maxsize=50_000)
def _spellings(word: str) -> tuple[str, str]:
    """The form and the folded form; old and new tone placement (hoà, hòa) have one form."""
    form = "".join(filter(_is_letter, text_key(word).casefold()))[:_LONGEST_WORD]
    if form.isascii():
        return form, form
    apart = unicodedata.normalize("NFKD", form.translate(_OTHER_LETTERS))
    plain = "".join(char for char in apart if unicodedata.combining(char) < _FIRST_ACCENT and _is_letter(char))
    return form, unicodedata.normalize("NFC", plain).casefold()[:_LONGEST_WORD] or form


def _is_letter(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")
