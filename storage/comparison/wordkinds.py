"""Says what kind of change the words of one sentence underwent: a number, a name, a negation, only spelling."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from storage.changes import ChangeKind
from storage.comparison import lexicon
from storage.comparison.denying import is_denied, is_negation
from storage.comparison.figures import is_regrouped, misspelt, unlike, without_dates, without_numbers
from storage.comparison.hunks import Hunk
from storage.comparison.naming import are_titles, initials_turned, may_be_name, without_names
from storage.comparison.syllables import is_slip, is_variant
from storage.comparison.textkey import loose_key, text_key
from storage.comparison.worddiff import word_diff
from storage.comparison.words import Passage, Setting, Word, has_digit, is_word, words_of

_QUOTE_MARKS = frozenset('"“”„«»「」『』')
_MOST_LENGTH = 40_000  # characters of two sentences; what is longer is none, and only its words are compared
_SENTENCE_END = ".!?…。！？"
_CLOSING = " \t\n\"'”’»)]」』"
_INFLECTED = frozenset(("pl", "uk", "ru", "sl", "lt", "lv", "et", "fi", "de"))  # what is denied has another ending
_UNSTOPPED = frozenset(("th", "lo", "km"))
_CLAUSE = 20  # characters
_NEGATION_SLACK = 3  # auxiliaries that come and go with a negation: says / does not say


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
    accompanied = False
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
            sides = (old.text[:i], old.text[i_end:]) if hunk.old.strip() else (new.text[:j], new.text[j_end:])
            whole = _whole_sentence(hunk, old.text[:i], new.text[:j]) or _whole_clause(hunk, sides, setting)
            found = {whole} if whole else _hunk_kinds(here, there, setting)
            if found == {ChangeKind.WORDING} and _accompany((*here, *there), setting):
                accompanied = True
            else:
                kinds |= found
        i, j = i_end, j_end
    if _negation_count(old_words, new_words, setting) == _negation_count(new_words, old_words, setting):
        kinds = {ChangeKind.WORDING if kind is ChangeKind.NEGATION else kind for kind in kinds}
    if ChangeKind.NEGATION in kinds and setting.language in _INFLECTED:
        kinds.discard(ChangeKind.SPELLING)
    if accompanied and ChangeKind.NEGATION not in kinds:
        kinds.add(ChangeKind.WORDING)
    return WordChange(
        kinds=tuple(kind for kind in ChangeKind if kind in kinds) or (ChangeKind.ORTHOGRAPHIC,),
        removed=tuple(words for words in removed if words),
        added=tuple(words for words in added if words),
    )


def _accompany(words: Iterable[Word], setting: Setting) -> bool:
    """Whether the words of a hunk only go with a negation elsewhere in the sentence: *ne* ... *plus*."""
    known = lexicon.companions(setting.language)
    return all(word.low in known for word in words)


def _whole_sentence(hunk: Hunk, before_old: str, before_new: str) -> ChangeKind | None:
    """Whether a lone insertion or removal is a whole sentence, where sentences could not be told apart before."""
    if bool(hunk.old.strip()) == bool(hunk.new.strip()):
        return None
    text, before = (hunk.old, before_old) if hunk.old.strip() else (hunk.new, before_new)
    ends = [part.rstrip(_CLOSING)[-1:] for part in (before, text)]
    if len(text.split()) < 3 or any(end and end not in _SENTENCE_END for end in ends):
        return None
    return ChangeKind.SENTENCE_REMOVED if hunk.old.strip() else ChangeKind.SENTENCE_ADDED


def _whole_clause(hunk: Hunk, around: tuple[str, str], setting: Setting) -> ChangeKind | None:
    """The same where sentences end in a space and nothing else: between two spaces, and as long as one."""
    if setting.language not in _UNSTOPPED or bool(hunk.old.strip()) == bool(hunk.new.strip()):
        return None
    text, (before, after) = hunk.old if hunk.old.strip() else hunk.new, around
    opens = not before or before[-1].isspace() or text[0].isspace()
    ends = not after or after[0].isspace() or text[-1].isspace()
    if len(text.strip()) < _CLAUSE or not (opens and ends):
        return None
    return ChangeKind.SENTENCE_REMOVED if hunk.old.strip() else ChangeKind.SENTENCE_ADDED


def _only_shape(hunk: Hunk) -> bool:
    return loose_key(hunk.old) == loose_key(hunk.new)


def _hunk_kinds(old: list[Word], new: list[Word], setting: Setting) -> set[ChangeKind]:
    """The kinds of one hunk; what one kind explains is taken away before the next is asked."""
    kinds: set[ChangeKind] = set()
    spaced, turned, renamed = _only_spaced(old, new), _turned(old, new), initials_turned(old, new)
    if setting.language == "vi":
        old, new, respelt = _without_alike(old, new, is_variant)
        kinds |= {ChangeKind.SPELLING} if respelt else set()
        old, new, regrouped = _without_alike(old, new, is_regrouped)
        if regrouped and not (old or new):
            return kinds
    if any(word.quoted and is_word(word.text) for word in unlike(old, new)) or _quote_marks(old) != _quote_marks(new):
        kinds.add(ChangeKind.QUOTE)
    if spaced or (setting.language == "vi" and _is_slip(old, new)):
        return kinds | {ChangeKind.SPELLING}
    old, new, dated = without_dates(old, new, setting)
    if dated:
        kinds.add(dated)
    old, new, numbered = without_numbers(old, new, setting)
    if numbered:
        kinds.add(ChangeKind.NUMBER)
    old, new, cased = _without_common(old, new)
    old, new, denied = _without_negations(old, new, setting)
    if denied:
        kinds.add(ChangeKind.NEGATION)
    titles = setting.language == "vi" and are_titles(old, new)
    old, new, named = without_names(old, new, setting)
    if named or renamed:
        kinds.add(ChangeKind.NAME)
        old, new = ([], []) if titles else (old, new)
    left = ChangeKind.WORDING if turned and not kinds else _left_over(old, new, kinds, setting)
    if left is not None and not (left is ChangeKind.WORDING and ChangeKind.QUOTE in kinds):
        kinds.add(left)
    return kinds or ({ChangeKind.SPELLING} if cased else set())


def _only_spaced(old: list[Word], new: list[Word]) -> bool:
    """Whether a space came or went, and nothing else: `30 m` and `30m`. Between two digits it parts numbers."""
    sides = [[word.text for word in words] for words in (old, new)]
    apart = any(first[-1:].isdigit() and second[:1].isdigit() for side in sides for first, second in pairwise(side))
    return len(old) != len(new) and not apart and "".join(sides[0]) == "".join(sides[1])


def _is_slip(old: list[Word], new: list[Word]) -> bool:
    """Whether one small word was mistyped or put right: `chưa` and `chhưa` deny the same."""
    return len(old) == len(new) == 1 and (old[0].text + new[0].text).islower() and is_slip(old[0].low, new[0].low)


def _turned(old: list[Word], new: list[Word]) -> bool:
    """Whether the same words stand in another order."""
    sides = [[word.low for word in words if is_word(word.text)] for words in (old, new)]
    return sides[0] != sides[1] and sorted(sides[0]) == sorted(sides[1])


def _without_alike(
    old: list[Word], new: list[Word], alike: Callable[[str, str], bool]
) -> tuple[list[Word], list[Word], bool]:
    """Takes away what Vietnamese papers write as they please: kỹ or kĩ, tỷ or tỉ, nghìn or ngàn, 7.000 or 7000."""
    rest, other = list(old), list(new)
    for word in old:
        pair = next((one for one in other if alike(one.low, word.low)), None)
        if pair is not None:
            rest.remove(word)
            other.remove(pair)
    return rest, other, len(rest) < len(old)


def _quote_marks(words: list[Word]) -> int:
    return sum(word.text in _QUOTE_MARKS for word in words)


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
    before, after = word.further
    return is_negation(word.low, (before, word.before), (word.after, after), setting.language)


def _negation_count(words: list[Word], others: list[Word], setting: Setting) -> int:
    lows = {word.low for word in others}
    return sum(_denies(word, setting) or is_denied(word.low, lows, setting.language) for word in words)


def _without_negations(old: list[Word], new: list[Word], setting: Setting) -> tuple[list[Word], list[Word], bool]:
    """Takes negations away with the few words that come and go with them; true when one side has more."""
    old_rest = [word for word in old if not _denies(word, setting)]
    new_rest = [word for word in new if not _denies(word, setting)]
    if len(old) - len(old_rest) == len(new) - len(new_rest):
        opposed = len(old) == len(new) == 1 and _negation_count(old, new, setting) != _negation_count(new, old, setting)
        return ([], [], True) if opposed else (old, new, False)
    words = [word for word in (*old_rest, *new_rest) if is_word(word.text)]
    if len(words) <= _NEGATION_SLACK and not any(may_be_name(word, setting) for word in words):
        return [], [], True
    return old_rest, new_rest, True


def _left_over(old: list[Word], new: list[Word], kinds: set[ChangeKind], setting: Setting) -> ChangeKind | None:
    """Wording or spelling, for the words that nothing else explains."""
    old_words = [word.text for word in old if is_word(word.text)]
    new_words = [word.text for word in new if is_word(word.text)]
    if not old_words and not new_words:
        return None if kinds else _of_marks(old, new)
    if "".join(old_words).replace("-", "") == "".join(new_words).replace("-", ""):
        return ChangeKind.SPELLING  # a space or a hyphen that was missing
    if not misspelt(old, new, setting):
        return ChangeKind.WORDING
    counted = ChangeKind.NUMBER in kinds and all(has_digit(word.before) for word in (*old, *new) if is_word(word.text))
    return None if counted else ChangeKind.SPELLING  # 412 метров, 472 метра


def _of_marks(old: list[Word], new: list[Word]) -> ChangeKind:
    """Punctuation alone: a question or an exclamation changes what is said, a comma does not."""
    said = [sum(word.text[:1] in "?!？！" for word in words) for words in (old, new)]
    return ChangeKind.WORDING if said[0] != said[1] else ChangeKind.SPELLING
