"""Dates and numbers among the words of a sentence that differ, and words that are only spelled otherwise."""

import re
from collections import Counter

from rapidfuzz.distance import OSA

from storage.changes import ChangeKind
from storage.comparison import lexicon
from storage.comparison.counting import VI_SCALES, counts
from storage.comparison.measures import are_units, remeasured
from storage.comparison.measurewords import DAY_PARTS
from storage.comparison.spans import ORDINALS
from storage.comparison.syllables import is_slip
from storage.comparison.words import Setting, Word, has_capital, has_digit, is_word

_LONGEST_WORD = 60
_ORDERED = frozenset(["tháng", "thứ", "quý", "quí", "mười"])
_ROMAN = re.compile("(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3})")
# Behind these a lone letter stands for the name of a person or a firm: Công ty X, bị cáo V.
_LETTERED = {
    *("ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cụ", "cháu", "thầy", "cáo", "can", "nhân", "tượng"),
    *("phạm", "viên", "xế", "ty", "hãng", "hàng", "hiệu", "xã"),
}
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?!\.?\d)")
_PARTS_OF_TIMES = frozenset(["early", "late", "mid", "anfang", "mitte", "ende", "début", "fin", "mi"])  # of a month
_POSSESSIVE = re.compile("['’]s$")  # Tuesday's


def unlike(old: list[Word], new: list[Word]) -> list[Word]:
    """The words of either side that the other one lacks."""
    in_old, in_new = Counter(word.text for word in old), Counter(word.text for word in new)
    return [word for word in old if in_old[word.text] > in_new[word.text]] + [
        word for word in new if in_new[word.text] > in_old[word.text]
    ]


def without_dates(
    old: list[Word], new: list[Word], setting: Setting
) -> tuple[list[Word], list[Word], ChangeKind | None]:
    """Takes dates away and says what became of them: `DATE`, or `SPELLING` where the same one is restated."""
    differ = [word for word in unlike(old, new) if word.dates and _tells_date(word, setting)]
    if not differ and _are_times(old, new, setting):
        return [], [], ChangeKind.DATE
    if not differ or (
        len(old) == len(new) == 1 and not (old[0].dates and new[0].dates) and misspelt(old, new, setting)
    ):
        return old, new, None
    restated = _date_values(old) == _date_values(new) and _digits(old) == _digits(new)
    kind = ChangeKind.SPELLING if restated else ChangeKind.DATE
    old_rest = [word for word in old if not word.dates]
    new_rest = [word for word in new if not word.dates]
    one_sided = any(has_digit(word.text) for word in old_rest) != any(has_digit(word.text) for word in new_rest)
    if one_sided:  # the other one is no valid date: 68 November
        old_rest = [word for word in old_rest if not has_digit(word.text)]
        new_rest = [word for word in new_rest if not has_digit(word.text)]
    return old_rest, new_rest, kind


def _are_times(old: list[Word], new: list[Word], setting: Setting) -> bool:
    """Whether months or weekdays took the place of others, where nothing else says that they are a date."""
    sides = [[word for word in words if is_word(word.text) and word.low not in _PARTS_OF_TIMES] for words in (old, new)]
    return [word.low for word in sides[0]] != [word.low for word in sides[1]] and all(
        words and all(_is_time(word, setting) for word in words) for words in sides
    )


def _is_time(word: Word, setting: Setting) -> bool:
    return lexicon.names_time(word.low, setting.language) or (bool(word.dates) and word.low in DAY_PARTS)


def _tells_date(word: Word, setting: Setting) -> bool:
    named = lexicon.months(setting.language) | lexicon.days(setting.language)
    bare = _POSSESSIVE.sub("", word.low)
    return has_digit(word.text) or bare in named or _in_digits(word) != word.text or not word.dates[0].isascii()


def _date_values(words: list[Word]) -> Counter[str]:
    return Counter(dict.fromkeys((value for word in words for value in word.dates), 1))


def _digits(words: list[Word]) -> Counter[str]:
    runs = (run for word in words if word.dates for run in re.findall(r"\d+", _in_digits(word)))
    return Counter(run.lstrip("0") for run in runs)


def _in_digits(word: Word) -> str:
    """A Vietnamese month, weekday or quarter as its number: tháng Ba, quý II."""
    return ORDINALS.get(word.low, word.text) if word.before in _ORDERED else word.text


def without_numbers(old: list[Word], new: list[Word], setting: Setting) -> tuple[list[Word], list[Word], bool]:
    """Takes numbers away; true when they differ. Number words count where there is nothing else."""
    if remeasured(old, new, setting):
        return [], [], True
    shapes = {_skeleton(word) for word in old} & {_skeleton(word) for word in new}
    old_numbers, new_numbers = _numbers(old, new, shapes, setting), _numbers(new, old, shapes, setting)
    if Counter(word.text for word in old_numbers) != Counter(word.text for word in new_numbers) or _count_each_other(
        old_numbers, new_numbers
    ):
        sides = _without_units(old, old_numbers, setting), _without_units(new, new_numbers, setting)
        return *_without_counted(*sides, [*old_numbers, *new_numbers], setting), True
    differ = unlike([word for word in old if is_word(word.text)], [word for word in new if is_word(word.text)])
    if setting.language == "vi":  # ông Út Mười: capitals in a row, as no number has
        differ = [word for word in differ if not (word.titled and has_capital(word.text))]
    both = any(word in differ for word in old) and any(word in differ for word in new)
    counting = [counts(word.low, word.before, word.after, setting.language) for word in differ]
    if all(counting) and (both or (differ and _is_part_of_number(differ, setting))):
        return [], [], True
    counted = [word for word, counts in zip(differ, counting, strict=True) if counts]
    beside = ([word for word in counted if word in side] for side in (old, new))
    if all(side and _is_part_of_number(side, setting) for side in beside):  # hơn hai trăm, gần ba trăm
        return [word for word in old if word not in counted], [word for word in new if word not in counted], True
    return old, new, False


def _numbers(side: list[Word], other: list[Word], shapes: set[str], setting: Setting) -> list[Word]:
    """The numbers of one side; a lone letter is none where a name took its place."""
    found = [word for word in side if _is_number(word, shapes, setting)]
    named = any(has_capital(word.text) and not _is_number(word, shapes, setting) for word in other)
    return [word for word in found if not (named and len(word.text) == 1 and word.text.isalpha())]


def _is_part_of_number(words: list[Word], setting: Setting) -> bool:
    """Whether number words that came or went alone make a number larger or smaller: hai mươi, hai mươi hai."""
    known = lexicon.number_words(setting.language)
    own, beside = {word.low for word in words}, {words[0].before, words[-1].after}
    if setting.language == "vi":  # năm is a year too, and tư a part of đầu tư
        return not VI_SCALES.isdisjoint(own | beside) and not known.isdisjoint(beside)
    return not known.isdisjoint(own) and not known.isdisjoint(beside)


def _count_each_other(old: list[Word], new: list[Word]) -> bool:
    """Whether the same numbers count the same things, and not the same one each: 3 men and 5 women, 5 men and 3."""
    pairs = [Counter((word.text, word.after) for word in side) for side in (old, new)]
    things = [Counter(word.after for word in side) for side in (old, new)]
    return pairs[0] != pairs[1] and things[0] == things[1]


def _is_number(word: Word, shapes: set[str], setting: Setting) -> bool:
    """A sign, a token that begins with a digit, or one that differs from the other side's in digits only: A320, Q3."""
    if not has_digit(word.text):
        return word.sign or _is_roman(word, setting)
    return not word.text[0].isalpha() or _skeleton(word) in shapes


def _is_roman(word: Word, setting: Setting) -> bool:
    """A Roman numeral behind a word in lower case: khóa XV, but not Charles III. I alone is a word elsewhere."""
    alone = len(word.text) > 1 or (setting.language == "vi" and word.before not in _LETTERED)
    return alone and bool(_ROMAN.fullmatch(word.text)) and word.before[:1].isalpha() and not word.titled


def is_regrouped(one: str, other: str) -> bool:
    """Whether two numbers are one that Vietnamese papers write with a dot between thousands or without: 7.000, 7000."""
    return one != other and _ungrouped(one) == _ungrouped(other)


def _ungrouped(number: str) -> str:
    return _GROUPED.sub(lambda found: found[0].replace(".", ""), number)


def _skeleton(word: Word) -> str:
    return "".join("0" if char.isdigit() else char for char in word.text)


def _without_units(words: list[Word], numbers: list[Word], setting: Setting) -> list[Word]:
    spelled = lexicon.number_words(setting.language)
    return [word for word in words if word not in numbers and word.low not in spelled and is_word(word.text)]


def _without_counted(
    old: list[Word], new: list[Word], numbers: list[Word], setting: Setting
) -> tuple[list[Word], list[Word]]:
    """Takes away units that changed with a number, and the one word that came or went with it: 6 months."""
    rest = [*old, *new]
    if old and new and are_units(rest, setting):
        return [], []
    counted = len(rest) == 1 and any((one.low, one.after) == (rest[0].before, rest[0].low) for one in numbers)
    return ([], []) if counted else (old, new)


def misspelt(old: list[Word], new: list[Word], setting: Setting) -> bool:
    old_words = [word.text for word in old if is_word(word.text)]
    new_words = [word.text for word in new if is_word(word.text)]
    if len(old_words) != len(new_words):
        return False
    slip = is_slip if setting.language == "vi" else _is_misspelling
    return all(
        _is_misspelling(*pair) or slip(*map(str.casefold, pair)) for pair in zip(old_words, new_words, strict=True)
    )


def _is_misspelling(old: str, new: str) -> bool:
    """One letter off (two in a word of six and more); two neighbours swapped count as one."""
    size = max(len(old), len(new))
    if not 4 <= size <= _LONGEST_WORD:
        return False
    return OSA.distance(old.casefold(), new.casefold()) <= (1 if size < 6 else 2)
