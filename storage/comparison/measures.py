"""What stands beside a number and makes it another one: a unit, the part of the day that an hour is of, a bound.

The lists (`measurewords`) are closed: of a word that is not on them nothing is said.
"""

from collections import Counter

from storage.comparison import lexicon
from storage.comparison.measurewords import DAY_PARTS, bound_parts, bounds, is_loose, units
from storage.comparison.words import Setting, Word, has_digit


def remeasured(old: list[Word], new: list[Word], setting: Setting) -> bool:
    """Whether a number that stays has another unit now, or another bound."""
    if not (old and new):
        return _one_sided(old or new, setting)
    if all(len(side) == 1 and _is_half_of_day(side[0]) for side in (old, new)):
        return old[0].low != new[0].low
    if all(_is_measure(side, setting) for side in (old, new)):
        return _parts(old, setting) != _parts(new, setting)
    sides = [bounds(setting.language).get(_bound(side, setting)) for side in (old, new)]
    return all(sides) and sides[0] != sides[1]


def are_units(words: list[Word], setting: Setting) -> bool:
    known = units(setting.language)
    return all(word.low in known or word.text == "/" for word in words)


def _is_half_of_day(word: Word) -> bool:
    """The first letter of a.m. or p.m., behind an hour."""
    return word.low in {"a", "p"} and (word.after, word.further[1]) == (".", "m") and has_digit(word.before)


def _one_sided(words: list[Word], setting: Setting) -> bool:
    """Whether what came or went bounds a number, or stands between it and its unit: 5 điểm phần trăm."""
    bound = _bound(words, setting)
    if bound:
        return not is_loose(bound, setting.language)
    between = words and words[-1].after in units(setting.language) and words[-1].after not in DAY_PARTS
    return bool(between and _is_measure(words, setting) and _parts(words, setting))


def _is_measure(words: list[Word], setting: Setting) -> bool:
    """Whether the words are nothing but units, behind a number."""
    if not words or not are_units(words, setting):
        return False
    first, known = words[0], units(setting.language)
    earlier = first.further[0]
    if (first.before in known or first.before == "/") and (earlier in known or _is_number(earlier, setting)):
        return True
    return has_digit(first.before) or (first.low not in DAY_PARTS and _is_number(first.before, setting))


def _parts(words: list[Word], setting: Setting) -> Counter[str]:
    known = units(setting.language)
    return Counter(part for word in words for part in known.get(word.low, ()))


def _bound(words: list[Word], setting: Setting) -> str:
    """The whole bound that the words are a part of, where a number follows it."""
    if not words:
        return ""
    known, (starts, ends) = bounds(setting.language), bound_parts(setting.language)
    first, last, own = words[0], words[-1], " ".join(word.low for word in words)
    for begins, goes_on in ((begins, goes_on) for goes_on in (True, False) for begins in (True, False)):
        if (begins and first.before not in starts) or (goes_on and last.after not in ends):
            continue
        phrase = " ".join([first.before] * begins + [own] + [last.after] * goes_on)
        if phrase in known and _is_number(last.further[1] if goes_on else last.after, setting):
            return phrase
    return ""


def _is_number(low: str, setting: Setting) -> bool:
    return has_digit(low[:2]) or low in lexicon.number_words(setting.language)
