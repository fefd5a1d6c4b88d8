"""Says what kind of change the words of one sentence underwent: a number, a name, a negation, only spelling."""

import re
from collections import Counter
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from storage.changes import ChangeKind
from storage.comparison import lexicon
from storage.comparison.hunks import Hunk
from storage.comparison.textkey import loose_key, text_key
from storage.comparison.worddiff import word_diff
from storage.comparison.words import Passage, Setting, Word, has_capital, has_digit, is_word, words_of

_QUOTE_MARKS = frozenset('"“”„«»「」『』')
_MOST_LENGTH = 40_000  # characters of two sentences; what is longer is none, and only its words are compared
_LONGEST_WORD = 60
_SENTENCE_END = ".!?…。！？"
_CLOSING = " \t\n\"'”’»)]」』"
_POSSESSIVE = re.compile("['’]s$")  # Tuesday's
_NEGATION_SLACK = 3  # auxiliaries that come and go with a negation: says / does not say
_CAPITAL_NOUNS = frozenset({"de", "lb"})  # every noun has a capital: only a run of two may be a name


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    kinds: tuple[ChangeKind, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]


def word_change(old: Passage, new: Passage, setting: Setting) -> WordChange:
    """The kinds of change between two forms of a sentence, and the words that differ as readable hunks."""
    hunks = word_diff(old.text, new.text, key=text_key)
    if len(old.text) + len(new.text) > _MOST_LENGTH:
        differing = [hunk for hunk in hunks if not hunk.equal]
        return WordChange(
            kinds=(ChangeKind.WORDING,),
            removed=tuple(hunk.old.strip() for hunk in differing if hunk.old.strip()),
            added=tuple(hunk.new.strip() for hunk in differing if hunk.new.strip()),
        )
    old_words, new_words = words_of(old, setting), words_of(new, setting)
    kinds: set[ChangeKind] = set()
    removed: list[str] = []
    added: list[str] = []
    i = j = 0
    for hunk in hunks:
        i_end, j_end = i + len(hunk.old), j + len(hunk.new)
        if not hunk.equal and not _only_shape(hunk):
            removed.append(hunk.old.strip())
            added.append(hunk.new.strip())
            here = [word for word in old_words if i <= word.start < i_end]
            there = [word for word in new_words if j <= word.start < j_end]
            whole = _whole_sentence(hunk, old.text[:i], new.text[:j])
            kinds |= {whole} if whole else _hunk_kinds(here, there, setting)
        i, j = i_end, j_end
    if _negation_count(old_words, setting) == _negation_count(new_words, setting):
        kinds = {ChangeKind.WORDING if kind is ChangeKind.NEGATION else kind for kind in kinds}
    return WordChange(
        kinds=tuple(kind for kind in ChangeKind if kind in kinds) or (ChangeKind.ORTHOGRAPHIC,),
        removed=tuple(words for words in removed if words),
        added=tuple(words for words in added if words),
    )


def _whole_sentence(hunk: Hunk, before_old: str, before_new: str) -> ChangeKind | None:
    """Whether a lone insertion or removal is a whole sentence, where sentences could not be told apart before."""
    if bool(hunk.old.strip()) == bool(hunk.new.strip()):
        return None
    text, before = (hunk.old, before_old) if hunk.old.strip() else (hunk.new, before_new)
    ends = [part.rstrip(_CLOSING)[-1:] for part in (before, text)]
    if len(text.split()) < 3 or any(end and end not in _SENTENCE_END for end in ends):
        return None
    return ChangeKind.SENTENCE_REMOVED if hunk.old.strip() else ChangeKind.SENTENCE_ADDED


def _only_shape(hunk: Hunk) -> bool:
    return loose_key(hunk.old) == loose_key(hunk.new)


def _hunk_kinds(old: list[Word], new: list[Word], setting: Setting) -> set[ChangeKind]:
    """The kinds of one hunk; what one kind explains is taken away before the next is asked."""
    kinds: set[ChangeKind] = set()
    if any(word.quoted and is_word(word.text) for word in _unlike(old, new)) or _quote_marks(old) != _quote_marks(new):
        kinds.add(ChangeKind.QUOTE)
    old, new, dated = _without_dates(old, new, setting)
    if dated:
        kinds.add(dated)
    old, new, numbered = _without_numbers(old, new, setting)
    if numbered:
        kinds.add(ChangeKind.NUMBER)
    old, new, cased = _without_common(old, new)
    old, new, denied = _without_negations(old, new, setting)
    if denied:
        kinds.add(ChangeKind.NEGATION)
    old, new, named = _without_names(old, new, setting)
    if named:
        kinds.add(ChangeKind.NAME)
    left = _left_over(old, new, kinds)
    if left is not None and not (left is ChangeKind.WORDING and ChangeKind.QUOTE in kinds):
        kinds.add(left)
    return kinds or ({ChangeKind.SPELLING} if cased else set())


def _unlike(old: list[Word], new: list[Word]) -> list[Word]:
    """The words of either side that the other one lacks."""
    in_old, in_new = Counter(word.text for word in old), Counter(word.text for word in new)
    return [word for word in old if in_old[word.text] > in_new[word.text]] + [
        word for word in new if in_new[word.text] > in_old[word.text]
    ]


def _quote_marks(words: list[Word]) -> int:
    return sum(word.text in _QUOTE_MARKS for word in words)


def _without_dates(
    old: list[Word], new: list[Word], setting: Setting
) -> tuple[list[Word], list[Word], ChangeKind | None]:
    """Takes dates away and says what became of them: `DATE`, or `SPELLING` where the same one is restated."""
    differ = [word for word in _unlike(old, new) if word.dates and _tells_date(word, setting)]
    if not differ or (len(old) == len(new) == 1 and not (old[0].dates and new[0].dates) and _misspelt(old, new)):
        return old, new, None
    restated = _date_values(old) == _date_values(new) and _digits(old) == _digits(new)
    kind = ChangeKind.SPELLING if restated else ChangeKind.DATE
    old_rest = [word for word in old if not word.dates]
    new_rest = [word for word in new if not word.dates]
    if any(map(has_digit, old_rest)) != any(map(has_digit, new_rest)):  # one side is no valid date: 68 November
        old_rest = [word for word in old_rest if not has_digit(word)]
        new_rest = [word for word in new_rest if not has_digit(word)]
    return old_rest, new_rest, kind


def _tells_date(word: Word, setting: Setting) -> bool:
    named = lexicon.months(setting.language) | lexicon.days(setting.language)
    bare = _POSSESSIVE.sub("", word.low)
    return has_digit(word) or bare in named or not word.dates[0].isascii()


def _date_values(words: list[Word]) -> Counter[str]:
    return Counter(dict.fromkeys((value for word in words for value in word.dates), 1))


def _digits(words: list[Word]) -> Counter[str]:
    runs = (run for word in words if word.dates for run in re.findall(r"\d+", word.text))
    return Counter(run.lstrip("0") for run in runs)


def _without_numbers(old: list[Word], new: list[Word], setting: Setting) -> tuple[list[Word], list[Word], bool]:
    """Takes numbers away; true when they differ. Number words count where there is nothing else."""
    shapes = {_skeleton(word) for word in old} & {_skeleton(word) for word in new}
    old_numbers = [word for word in old if _is_number(word, shapes)]
    new_numbers = [word for word in new if _is_number(word, shapes)]
    if Counter(word.text for word in old_numbers) != Counter(word.text for word in new_numbers):
        old = [word for word in old if word not in old_numbers]
        new = [word for word in new if word not in new_numbers]
        return *_without_units(old, new, setting), True
    spelled = lexicon.number_words(setting.language)
    differ = _unlike([word for word in old if is_word(word.text)], [word for word in new if is_word(word.text)])
    both = any(word in differ for word in old) and any(word in differ for word in new)
    if both and all(word.low in spelled for word in differ):
        return [], [], True
    return old, new, False


def _is_number(word: Word, shapes: set[str]) -> bool:
    """A token that begins with a digit, or one that differs from the other side's in its digits only: A320, Q3."""
    return has_digit(word) and (not word.text[0].isalpha() or _skeleton(word) in shapes)


def _skeleton(word: Word) -> str:
    return "".join("0" if char.isdigit() else char for char in word.text)


def _without_units(old: list[Word], new: list[Word], setting: Setting) -> tuple[list[Word], list[Word]]:
    spelled = lexicon.number_words(setting.language)
    return (
        [word for word in old if word.low not in spelled and is_word(word.text)],
        [word for word in new if word.low not in spelled and is_word(word.text)],
    )


def _without_common(old: list[Word], new: list[Word]) -> tuple[list[Word], list[Word], bool]:
    """Takes away words that both sides have; true when some differ in letter case only."""
    exact = Counter(word.text for word in old) & Counter(word.text for word in new)
    old, new = _minus(old, exact, fold=False), _minus(new, exact, fold=False)
    folded = Counter(word.low for word in old) & Counter(word.low for word in new)
    return _minus(old, folded, fold=True), _minus(new, folded, fold=True), bool(folded)


def _minus(words: list[Word], taken: Counter[str], *, fold: bool) -> list[Word]:
    left = Counter(taken)
    kept: list[Word] = []
    for word in words:
        text = word.low if fold else word.text
        if left[text] > 0:
            left[text] -= 1
        else:
            kept.append(word)
    return kept


def _denies(word: Word, setting: Setting) -> bool:
    return lexicon.is_negation(word.low, word.before, word.after, setting.language)


def _negation_count(words: list[Word], setting: Setting) -> int:
    return sum(_denies(word, setting) for word in words)


def _without_negations(old: list[Word], new: list[Word], setting: Setting) -> tuple[list[Word], list[Word], bool]:
    """Takes negations away with the few words that come and go with them; true when one side has more."""
    old_rest = [word for word in old if not _denies(word, setting)]
    new_rest = [word for word in new if not _denies(word, setting)]
    if len(old) - len(old_rest) == len(new) - len(new_rest):
        return old, new, False
    words = [word for word in (*old_rest, *new_rest) if is_word(word.text)]
    if len(words) <= _NEGATION_SLACK and not any(has_capital(word.text) for word in words):
        return [], [], True
    return old_rest, new_rest, True


def _without_names(old: list[Word], new: list[Word], setting: Setting) -> tuple[list[Word], list[Word], bool]:
    old_rest = [word for word in old if not _is_name(word, setting)]
    new_rest = [word for word in new if not _is_name(word, setting)]
    return old_rest, new_rest, len(old_rest) < len(old) or len(new_rest) < len(new)


def _is_name(word: Word, setting: Setting) -> bool:
    if not has_capital(word.text):
        return False
    if setting.language in _CAPITAL_NOUNS:
        return word.run and not word.opens
    if not word.opens:
        return True
    return word.low not in setting.lower and (word.run or word.low in setting.capitalised)


def _left_over(old: list[Word], new: list[Word], kinds: set[ChangeKind]) -> ChangeKind | None:
    """Wording or spelling, for the words that nothing else explains."""
    old_words = [word.text for word in old if is_word(word.text)]
    new_words = [word.text for word in new if is_word(word.text)]
    if not old_words and not new_words:
        return None if kinds else _of_marks(old, new)
    if "".join(old_words) == "".join(new_words):
        return ChangeKind.SPELLING  # a space or a hyphen that was missing
    return ChangeKind.SPELLING if _misspelt(old, new) else ChangeKind.WORDING


def _misspelt(old: list[Word], new: list[Word]) -> bool:
    old_words = [word.text for word in old if is_word(word.text)]
    new_words = [word.text for word in new if is_word(word.text)]
    return len(old_words) == len(new_words) and all(map(_is_misspelling, old_words, new_words))


def _of_marks(old: list[Word], new: list[Word]) -> ChangeKind:
    """Punctuation alone: a question or an exclamation changes what is said, a comma does not."""
    said = [sum(word.text[:1] in "?!？！" for word in words) for words in (old, new)]
    return ChangeKind.WORDING if said[0] != said[1] else ChangeKind.SPELLING


def _is_misspelling(old: str, new: str) -> bool:
    """One letter off (two in a word of six and more); two neighbours swapped count as one."""
    size = max(len(old), len(new))
    if not 4 <= size <= _LONGEST_WORD:
        return False
    return OSA.distance(old.casefold(), new.casefold()) <= (1 if size < 6 else 2)
