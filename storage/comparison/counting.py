"""Whether a word is a number where it stands: a composed one, an article of one, what joins two of them."""

import re

from storage.comparison import lexicon

VI_SCALES = frozenset(["mười", "mươi", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục"])
# Vietnamese words that count behind this word only (any number where it is empty), and whether a number has to follow.
_VI_BETWEEN = {
    "mốt": ("mươi", False),
    "đôi": ("gấp", False),
    **dict.fromkeys(["phần", "lẻ", "linh"], (lexicon.ANY, True)),
}
# What stands between two number words and belongs to the number: vingt et un, treinta y dos, two hundred and five.
_BETWEEN = {"en": "and", "fr": "et", "es": "y", "pt": "e"}
_TIMES = {"en": "times", "fr": "fois", "es": "veces", "pt": "vezes"}  # three times is as much a number as twice
# Numbers that are one word of the words of others: einundzwanzig, zweihundertste, ventiquattro, achtentwintig. What was
# taken is never given back (`++`), as a long word of two that are also one would take time without end; so a word
# stands before those that it begins with.
_COMPOSED = {
    "de": "(?:und|ein|zwei|drei|vier|fünf|sechs?|sieb(?:en)?|acht|neun|zehn|elf|zwölf|zwan|[sß]ig|zig|hundert|tausend"
    "|halb)++(?:s?te[nrms]?|fache[nrs]?)?",
    "nl": "(?:en|ën|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|der|veer|twin|tach|tig|honderd"
    "|duizend)++",
    "it": "(?:uno|un|due|trent[ai]?|tre|quattro|cinque|sei|sette|otto|nove|dieci|venti?|quarant[ai]?|cinquant[ai]?"
    "|sessant[ai]?|settant[ai]?|ottant[ai]?|novant[ai]?|cento|mila|mille|[aò])++",
}
_LEAST_COMPOSED = 6  # letters; what is shorter is on the lists


def counts(word: str, before: str, after: str, language: str) -> bool:
    """Whether a lower-case word is a number, also a composed one or the article of one: thirty-five, a dozen.

    Some are numbers between others only: hai mươi mốt, hai phần ba, gấp đôi.
    """
    known = lexicon.number_words(language)
    if word in {"a", "an"}:
        return after in known
    if language == "vi" and word in _VI_BETWEEN:
        behind, ahead = _VI_BETWEEN[word]
        return (before in known if behind == lexicon.ANY else before == behind) and (not ahead or after in known)
    if word == _TIMES.get(language):
        return before in known
    if word == _BETWEEN.get(language):
        return before in known and after in known
    return word in known or ("-" in word and _is_joined(word, known, language)) or _is_composed(word, language)


def _is_joined(word: str, known: frozenset[str], language: str) -> bool:
    """thirty-five, vingt-et-un"""
    return all(part in known or part == _BETWEEN.get(language) for part in word.split("-"))


def _is_composed(word: str, language: str) -> bool:
    numbers = _COMPOSED.get(language, "")
    return bool(numbers) and len(word) >= _LEAST_COMPOSED and re.fullmatch(numbers, word) is not None
