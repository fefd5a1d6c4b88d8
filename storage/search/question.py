"""What a person searches for, read from what was typed: words that all have to be there, and phrases in quotes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage.comparison.textkey import text_key
from storage.errors import ConfigError
from storage.search.words import Word, words_of

_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that stand one after the other: their spellings as typed, and folded."""

    forms: tuple[str, ...]
    folded: tuple[str, ...]

    def places(self, words: Sequence[Word], *, exact: bool) -> list[tuple[int, int]]:
        """Where among some words the phrase stands, as first and last plus one; `exact` with the same diacritics."""
        wanted = self.forms if exact else self.folded
        size = len(wanted)
        shown = [word.form if exact else word.folded for word in words]
        return [
            (at, at + size)
            for at, word in enumerate(shown)
            if word == wanted[0] and tuple(shown[at : at + size]) == wanted
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The phrases that all have to be in a text, anywhere; a word by itself is a phrase of one."""

    phrases: tuple[Phrase, ...]

    @property
    def together(self) -> Phrase:
        """All of its words as one phrase: `Hà Nội` is wanted less where a text has both syllables far apart."""
        return Phrase(
            forms=tuple(form for phrase in self.phrases for form in phrase.forms),
            folded=tuple(word for phrase in self.phrases for word in phrase.folded),
        )

    @property
    def forms(self) -> tuple[str, ...]:
        """Every spelling in it, once."""
        return tuple(dict.fromkeys(form for phrase in self.phrases for form in phrase.forms))


def parse(query: str) -> Question:
    """The question that a query asks. No sign in it has a meaning but quotes; what is no word parts words.

    Raises:
        ConfigError: there is no word in it.
    """
    parts = (quoted or plain for quoted, plain in _PART.findall(text_key(query)))
    found = (words_of(part) for part in parts)
    phrases = [
        Phrase(forms=tuple(word.form for word in words), folded=tuple(word.folded for word in words))
        for words in found
        if words
    ]
    if not phrases:
        raise ConfigError([f"{query!r} names no word to search for"])
    return Question(phrases=tuple(phrases))
