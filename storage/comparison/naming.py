"""Names among the words of a sentence that differ: known by their capitals, and by what stands beside them."""

import re

from storage.comparison.words import CAPITAL_NOUNS, Setting, Word, has_capital

_ADDRESSED = frozenset(["ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cụ", "cháu", "thầy"])
_POSSESSIVE = re.compile("['’]s$")
_MOST_TAIL = 2  # Quốc phòng, Viện kiểm sát


def may_be_name(word: Word, setting: Setting) -> bool:
    return has_capital(word.text) and (not word.opens or _is_name(word, setting))


def without_names(old: list[Word], new: list[Word], setting: Setting) -> tuple[list[Word], list[Word], bool]:
    """Takes names away; one that stands in the place of a name is known by that too."""
    old_names = [word for word in old if _is_name(word, setting)]
    new_names = [word for word in new if _is_name(word, setting)]
    if old_names and not new_names:
        new_names = [word for word in new if _is_unknown(word, setting)]
    elif new_names and not old_names:
        old_names = [word for word in old if _is_unknown(word, setting)]
    return (
        [word for word in old if word not in old_names],
        [word for word in new if word not in new_names],
        bool(old_names or new_names),
    )


def _is_unknown(word: Word, setting: Setting) -> bool:
    return has_capital(word.text) and word.low not in setting.lower


def _is_name(word: Word, setting: Setting) -> bool:
    if not has_capital(word.text):
        return False
    if setting.language in CAPITAL_NOUNS:
        return (word.run and not word.opens) or _is_initials(word.text) or word.low in setting.named
    if not word.opens:
        return True
    low = _POSSESSIVE.sub("", word.low)
    return word.low not in setting.lower and (word.run or low in setting.capitalised)


def _is_initials(text: str) -> bool:
    """SPD, EU: more than one capital letter and nothing else."""
    return len(text) > 1 and text.isalpha() and text.isupper()


def initials_turned(old: list[Word], new: list[Word]) -> bool:
    """Whether the same initials stand in another order, and so for another name: T.H.N., N.T.H."""
    sides = [[word.text for word in side if _is_initial(word)] for side in (old, new)]
    return sides[0] != sides[1] and sorted(sides[0]) == sorted(sides[1])


def _is_initial(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isupper() and "." in (word.before, word.after)


def are_titles(old: list[Word], new: list[Word]) -> bool:
    """Whether either side is no more than a Vietnamese office, rank or party, whose other syllables have no capital."""
    sides = [side for side in (old, new) if side]
    return bool(sides) and all(map(_is_title, sides))


def _is_title(words: list[Word]) -> bool:
    first, *rest = words
    if first.opens or not has_capital(first.text) or first.before in _ADDRESSED:
        return False
    return all(word.text.isalpha() for word in rest) and sum(not has_capital(word.text) for word in rest) <= _MOST_TAIL
