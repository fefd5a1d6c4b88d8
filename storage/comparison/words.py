"""The words of a passage, each with what telling its part in a change needs: place, neighbours, date, quotation."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from storage.comparison import lexicon
from storage.comparison.spans import Span, date_spans
from storage.comparison.textkey import text_key
from storage.comparison.tokens import tokens

CAPITAL_NOUNS = frozenset({"de", "lb"})  # every noun has a capital: only a run of two may be a name
_MINUS = frozenset("-‐‑‒–−﹣－")  # a longer dash begins what somebody says
_FRACTIONS = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_BOUNDS = frozenset("<>≤≥±")
# What a name may have before its capital: l’ONU, d’Alain; al-Assad, pro-Russian; iPhone.
_BEFORE_CAPITAL = re.compile(r"(?:(?:[cdjlmnst]|qu|[ai]ll|dell|nell|dall|sull|un)['’]|[a-z]{1,6}-|[a-z](?=[A-Z][a-z]))")
_STARTS = frozenset("\"'“‘«„:.!?…|•*-–—([/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the two articles tell about their words: language, and how words are written within sentences."""

    language: str = lexicon.ANY
    capitalised: frozenset[str] = frozenset()  # lower case of words seen with a capital within a sentence
    lower: frozenset[str] = frozenset()  # words seen without a capital
    named: frozenset[str] = frozenset()  # lower case of the last words of what is capitalised in a row: Hans Müller


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence and the stretches of it that are quoted."""

    text: str
    quoted: tuple[Span, ...] = ()


@dataclass(slots=True)
class Word:
    """One token: its text, where it starts, its neighbours in lower case, whether it stands in a quotation."""

    text: str
    start: int
    before: str
    after: str
    further: tuple[str, str]  # the words before and behind those
    opens: bool  # begins a sentence or a quotation, where any word has a capital
    run: bool  # a capitalised word stands beside it
    titled: bool  # it follows one: Charles III
    quoted: bool
    sign: bool = False  # it makes the number behind it another one: -5, <5
    dates: list[str] = field(default_factory=list)

    @property
    def low(self) -> str:
        return self.text.casefold()


def words_of(passage: Passage, setting: Setting) -> list[Word]:
    """The tokens of a passage with all that classifying needs to know about each."""
    texts = tokens(passage.text)
    bare = [text_key(text) for text in texts]
    low = ["", "", *map(str.casefold, bare), "", ""]
    words: list[Word] = []
    start = 0
    opens = True
    for at, text in enumerate(texts):
        before = bare[at - 1] if at else ""
        after = bare[at + 1] if at + 1 < len(bare) else ""
        titled = has_capital(before) and not words[-1].opens
        words.append(
            Word(
                text=bare[at],
                start=start,
                before=low[at + 1],
                after=low[at + 3],
                further=(low[at], low[at + 4]),
                opens=opens,
                run=has_capital(after) or titled,
                titled=titled,
                quoted=any(span.start <= start < span.end for span in passage.quoted),
                sign=_is_sign(text, before, after, parted=not at or texts[at - 1][-1:].isspace()),
            )
        )
        opens = (opens and not is_word(bare[at])) or bare[at][:1] in _STARTS
        start += len(text)
    _mark_dates(words, date_spans(passage.text, setting.language))
    return words


def _is_sign(token: str, before: str, after: str, *, parted: bool) -> bool:
    """Whether a mark changes the value of the number behind it.

    With a space behind it a dash marks an item of a list, and behind a number it makes a range, or a score. A plus
    changes nothing.
    """
    if not _begins_number(after):
        return False
    free = parted or before[-1:] in _STARTS
    return token.rstrip() in _BOUNDS or (token in _MINUS and free and not has_digit(before))


def _begins_number(text: str) -> bool:
    return has_digit(text[:2]) and not text[0].isalpha()


def _mark_dates(words: list[Word], spans: list[Span]) -> None:
    at = 0
    for span in spans:
        while at < len(words) and words[at].start + len(words[at].text) <= span.start:
            at += 1
        while at < len(words) and words[at].start < span.end:
            words[at].dates.append(span.value)
            at += 1


def named_in_a_row(texts: Iterable[str], lower: Container[str], language: str) -> frozenset[str]:
    """The last names of persons and the like where every noun has a capital: what follows another noun directly.

    *12 Prozent Zinsen* and *Ende Januar* name nobody.
    """
    if language not in CAPITAL_NOUNS:
        return frozenset()
    found: set[str] = set()
    for text in texts:
        words = [token.rstrip() for token in tokens(text_key(text))]
        for before, first, second in zip(["", *words], words, words[1:], strict=False):
            if first.istitle() and second.istitle() and is_word(before) and not has_digit(before):
                low = second.casefold()
                told = {first.casefold(), low}.isdisjoint(lexicon.number_words(language))
                if told and first.casefold() not in lower and not lexicon.names_time(low, language):
                    found.add(low)
    return frozenset(found)


def is_word(text: str) -> bool:
    return any(char.isalnum() for char in text[:3])


def has_capital(text: str) -> bool:
    """Whether a word begins with a capital, if need be behind an article or the like that it has taken in."""
    if text[:1].islower() and (before := _BEFORE_CAPITAL.match(text)):
        text = text[before.end() :]
    letter = next((char for char in text[:2] if char.isalpha()), "")
    return letter.isupper() and text != "I"


def has_digit(text: str) -> bool:
    return any(map(str.isdigit, text)) or not _FRACTIONS.isdisjoint(text)
