"""Edits of a word inside a sentence: a number, a date, a name, a word, an accent, a negation, a quote, a typo."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from random import Random

from bench.mutating.drafts import Draft, slots, text_of
from bench.mutating.made import Made, Maker
from bench.mutating.rewriting import rewrite
from bench.mutating.stock import Stock
from storage.comparison import lexicon
from storage.comparison.corrections import is_note

Finder = Callable[[str, Draft, Random, Stock], Iterator[tuple[int, int, str]]]  # where in a text, and what comes there

_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{5,}(?![\w'’-])")
_NUMBER = re.compile(r"(?<![\w/.,:-])\d+(?:[.,]\d+)*(?=[\s%),.;]|$)(?![.,/:-]?\d)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_DAY_IN_DIGITS = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d\d|\d{4})$")  # 01.01.2019
_QUOTED = re.compile(r"“([^“”„]*)”|„([^“”„]*)[“”]|«([^«»]*)»|»([^«»]*)«|\"([^\"]*)\"")
_LONG_QUOTE = 25
_MARKS = '“”"«»„‘'
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
_NUMERIC_DATE = re.compile(
    r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)|(?<=ngày )(\d{1,2})/(\d{1,2})(?![/\d])"
)
_LETTERS = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u0e7f])*")  # vowels of Hindi are marks beside letters
_FOLDED = re.compile(r"\s")
_NEIGHBOUR = 45  # characters of the surrounding text that an edit is known by
_BESIDE = 15
_AFTER = {  # a negation may come right behind these
    "en": "is was were are has have had will would could should did does",
    "vi": "sẽ vẫn cũng đã được",
    "de": "ist war sind waren hat wird",
}
_NOT = {"en": "not", "vi": "không", "de": "nicht"}


def edit_words(find: Finder) -> Maker:
    """An edit made where `find` finds something in a paragraph of the article, one place of all of them."""

    def make(draft: Draft, rng: Random, stock: Stock) -> Made | None:
        places = draft.paragraphs[:]
        rng.shuffle(places)
        for place in places:
            said = text_of(place)
            if is_note(said) or (find is not quote and any(mark in said for mark in _MARKS)):
                continue  # a word of a note is the note's; a link or a word in italics may be one of somebody's
            for text, _, _ in list(slots(place)):
                for start, end, new in find(text, draft, rng, stock):
                    if (made := _replace(draft, text, start, end, new)) is not None:
                        return made
        return None

    return make


def replace_within(draft: Draft, text: str, find: Finder, rng: Random, stock: Stock) -> Made | None:
    """The same for one given text of the page."""
    for start, end, new in find(text, draft, rng, stock):
        if (made := _replace(draft, text, start, end, new)) is not None:
            return made
    return None


def _replace(draft: Draft, text: str, start: int, end: int, new: str) -> Made | None:
    text = _FOLDED.sub(" ", text)  # one for one, so that places stay
    left = text.rfind(" ", 0, max(0, start - _NEIGHBOUR)) + 1 if start > _NEIGHBOUR else 0
    right = text.find(" ", end + _NEIGHBOUR)
    right = len(text) if right < 0 else right
    old = " ".join(text[left:right].split())
    whole = " ".join((text[left:start] + new + text[end:right]).split())
    if old == whole or len(old.split()) < 4 or not rewrite(draft.root, old, whole):
        return None
    if start == end or not new:
        near = (text[max(left, start - _BESIDE) : start].strip(), text[end : end + _BESIDE].strip())
        return Made(gone=text[start:end].strip(), come=new.strip(), near=near)
    first, last = text.rfind(" ", 0, start) + 1, text.find(" ", end)
    last = len(text) if last < 0 else last
    near = (text[max(left, first - _BESIDE) : first].strip(), text[last : last + _BESIDE].strip())
    return Made(gone=text[first:last], come=text[first:start] + new + text[end:last], near=near)


def digit(text: str, _draft: Draft, rng: Random, _stock: Stock) -> Iterator[tuple[int, int, str]]:
    """One digit of a number that is no date and no part of a quote."""
    found = [match for match in _NUMBER.finditer(text) if not _is_dated(text, match)]
    if any(mark in text for mark in _MARKS):
        return
    rng.shuffle(found)
    for match in found:
        at = rng.randrange(match.start(), match.end())
        if text[at].isdigit():
            yield at, at + 1, rng.choice([one for one in "123456789" if one != text[at]])


def _is_dated(text: str, match: re.Match[str]) -> bool:
    if _YEAR.match(match[0]) or _DAY_IN_DIGITS.match(match[0]):
        return True
    beside = _LETTERS.findall(text[max(0, match.start() - 16) : match.end() + 16].casefold())
    months = lexicon.months(lexicon.ANY) | {"ngày", "tháng", "năm", "quý", "am", "pm", "giờ", "uhr", "day", "days"}
    return any(word in months for word in beside)


def date(text: str, draft: Draft, rng: Random, _stock: Stock) -> Iterator[tuple[int, int, str]]:
    """The day of a date, or a weekday."""
    if any(mark in text for mark in _MARKS):
        return
    for match in _NUMERIC_DATE.finditer(text):
        group = 1 if match[1] else 5
        yield match.start(group), match.end(group), _another_day(match[group], rng)
    months = "|".join(sorted(lexicon.months(draft.language), key=len, reverse=True)).replace("may|", "")
    for match in re.finditer(
        rf"\b(\d{{1,2}})\.? (?:{months})\b(?=[ ,.])|\b(?:{months}) (\d{{1,2}})(?=[,. ])", text, re.IGNORECASE
    ):
        group = 1 if match[1] else 2
        yield match.start(group), match.end(group), _another_day(match[group], rng)
    days = [one for one in lexicon.days("en") if one.endswith("day") and one not in {"today", "yesterday"}]
    if draft.language == "en":
        for match in re.finditer(rf"\b(?:{'|'.join(days)})\b", text, re.IGNORECASE):
            if match[0][0].isupper():
                yield (
                    match.start(),
                    match.end(),
                    rng.choice([one for one in sorted(days) if one != match[0].lower()]).title(),
                )


def _another_day(day: str, rng: Random) -> str:
    return str(rng.choice([one for one in range(10, 29) if one != int(day)]))


def name(text: str, draft: Draft, rng: Random, stock: Stock) -> Iterator[tuple[int, int, str]]:
    """The second word of a name in the midst of a sentence."""
    if any(mark in text for mark in _MARKS):
        return
    runs = re.finditer(r"(?<=[^\W\d_A-Z] )([A-ZĐ][a-zà-ỹ]{2,}) ([A-ZĐ][^\W\d_A-Z]{2,})(?![\w'’-])", text)
    for match in runs:
        if match[2].casefold() in lexicon.months(lexicon.ANY) | lexicon.days(lexicon.ANY):
            continue  # `Oklahoma Friday`
        others = [one for one in stock.surnames if one[:1].isupper() and one[1:].islower() and one != match[2]]
        if others and draft.language in {"en", "vi", "es", "fr", "pt", "it", "id", "cs", "pl", "de"}:
            yield match.start(2), match.end(2), rng.choice(others)


def word(text: str, draft: Draft, rng: Random, stock: Stock) -> Iterator[tuple[int, int, str]]:
    """A word that is no name, number or date, for another one."""
    if any(mark in text for mark in _MARKS):
        return
    for match in _shuffled(_WORD.finditer(text), rng):
        if match[0].islower() and not _is_listed(match[0], draft.language):
            other = rng.choice(stock.words)
            if other != match[0] and other[:2] != match[0][:2] and not _is_listed(other, draft.language):
                yield match.start(), match.end(), other


def _is_listed(word_: str, language: str) -> bool:
    lists = (lexicon.months(lexicon.ANY), lexicon.days(lexicon.ANY), lexicon.number_words(language))
    return (
        any(word_ in one for one in lists) or word_ in lexicon.negations(language) or word_ in lexicon.negations("en")
    )


def tone(text: str, _draft: Draft, rng: Random, _stock: Stock) -> Iterator[tuple[int, int, str]]:
    """One tone mark or accent of a word in lower case: another one, or none."""
    if any(mark in text for mark in _MARKS):
        return
    for match in _shuffled(re.finditer(r"(?<![\w'’-])[^\W\d_]{2,}(?![\w'’-])", text), rng):
        apart = unicodedata.normalize("NFD", match[0])
        marks = [at for at, char in enumerate(apart) if char in _TONES]
        if marks and match[0].islower():
            at = rng.choice(marks)
            other = rng.choice(["", *(one for one in "\u0300\u0301" if one != apart[at])])
            end = next((to for to in range(at, len(apart)) if not unicodedata.combining(apart[to])), len(apart))
            letters = (
                apart[:at] + apart[at + 1 : end] + other + apart[end:]
            )  # the tone comes after what shapes the vowel
            yield match.start(), match.end(), unicodedata.normalize("NFC", letters)


def negation(text: str, draft: Draft, rng: Random, _stock: Stock) -> Iterator[tuple[int, int, str]]:
    """A negation put in or taken out."""
    language = draft.language
    if language not in _NOT or any(mark in text for mark in _MARKS):
        return
    dropped = [(m.start(), m.end(), "") for m in re.finditer(rf" {_NOT[language]}(?= (?!only|nur|chỉ))", text)]
    after = "|".join(_AFTER[language].split())
    added = [(m.end(), m.end(), f" {_NOT[language]}") for m in re.finditer(rf"(?<= )(?:{after})(?= [^\W\d_])", text)]
    places = [one for one in [*dropped, *added] if "hàng không" not in text[max(0, one[0] - 8) : one[1] + 8]]
    rng.shuffle(places)
    yield from places


def quote(text: str, draft: Draft, rng: Random, stock: Stock) -> Iterator[tuple[int, int, str]]:
    """A word inside quotation marks; where these are not in pairs nothing tells which of them open."""
    if text.count('"') % 2:
        return
    words = [one for one in stock.words if not _is_listed(one, draft.language)]
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastindex or 0)
        if end - start < _LONG_QUOTE:
            continue
        for inner in _shuffled(_WORD.finditer(text, start, end), rng):
            if inner[0].islower() and not _is_listed(inner[0], draft.language):
                yield inner.start(), inner.end(), rng.choice([one for one in words if one != inner[0]])


def typo(text: str, draft: Draft, rng: Random, _stock: Stock) -> Iterator[tuple[int, int, str]]:
    """Two neighbouring letters of a longer word swapped, one left out or doubled; mending one looks the same."""
    if any(mark in text for mark in _MARKS):
        return
    for match in _shuffled(_WORD.finditer(text), rng):
        found = match[0]
        if len(found) < 6 or not found.islower() or _is_listed(found, draft.language):
            continue
        at = rng.randrange(1, len(found) - 2)
        swapped = found[:at] + found[at + 1] + found[at] + found[at + 2 :]
        broken = rng.choice([swapped, found[:at] + found[at + 1 :], found[:at] + found[at] + found[at:]])
        if broken != found:
            yield match.start(), match.end(), broken


def _shuffled(matches: Iterator[re.Match[str]], rng: Random) -> list[re.Match[str]]:
    found = list(matches)
    rng.shuffle(found)
    return found
