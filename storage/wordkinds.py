"""Says what kind of change the words of one sentence underwent: a number, a name, a negation, only spelling."""

from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from storage import lexicon
from storage.records import ChangeKind
from storage.spans import Span, date_spans
from storage.textkey import loose_key, text_key
from storage.tokens import tokens
from storage.worddiff import Hunk, word_diff

_QUOTE_MARKS = frozenset('"“”„«»「」『』')
_NEGATION_SLACK = 3  # auxiliaries that come and go with a negation: says / does not say
_CAPITAL_NOUNS = frozenset({"de", "lb"})  # every noun has a capital: only a run of two may be a name
_STARTS = frozenset("\"'“‘«„:.!?…|•*-–—([/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the two articles tell about their words: language, and how words are written within sentences."""

    language: str = lexicon.ANY
    capitalised: frozenset[str] = frozenset()  # lower case of words seen with a capital within a sentence
    lower: frozenset[str] = frozenset()  # words seen without a capital


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence and the stretches of it that are quoted."""

    text: str
    quoted: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    kinds: tuple[ChangeKind, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(slots=True)
class _Word:
    """One token: its text, where it starts, its neighbours in lower case, whether it stands in a quotation."""

    text: str
    start: int
    before: str
    after: str
    opens: bool  # begins a sentence or a quotation, where any word has a capital
    run: bool  # a capitalised word stands beside it
    quoted: bool
    dates: list[str] = field(default_factory=list)

    @property
    def low(self) -> str:
        return self.text.casefold()


def word_change(old: Passage, new: Passage, setting: Setting) -> WordChange:
    """The kinds of change between two forms of a sentence, and the words that differ as readable hunks."""
    hunks = word_diff(old.text, new.text, key=text_key)
    old_words, new_words = _words(old, setting), _words(new, setting)
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
            kinds |= _hunk_kinds(here, there, setting)
        i, j = i_end, j_end
    if _negation_count(old_words, setting) == _negation_count(new_words, setting):
        kinds = {ChangeKind.WORDING if kind is ChangeKind.NEGATION else kind for kind in kinds}
    return WordChange(
        kinds=tuple(kind for kind in ChangeKind if kind in kinds) or (ChangeKind.ORTHOGRAPHIC,),
        removed=tuple(words for words in removed if words),
        added=tuple(words for words in added if words),
    )


def _only_shape(hunk: Hunk) -> bool:
    return loose_key(hunk.old) == loose_key(hunk.new)


def _words(passage: Passage, setting: Setting) -> list[_Word]:
    """The tokens of a passage with all that classifying needs to know about each."""
    texts = tokens(passage.text)
    bare = [text_key(text) for text in texts]
    words: list[_Word] = []
    start = 0
    opens = True
    for at, text in enumerate(texts):
        before = bare[at - 1] if at else ""
        after = bare[at + 1] if at + 1 < len(bare) else ""
        before_is_start = at > 0 and words[-1].opens
        words.append(
            _Word(
                text=bare[at],
                start=start,
                before=before.casefold(),
                after=after.casefold(),
                opens=opens,
                run=_capital(after) or (_capital(before) and not before_is_start),
                quoted=any(span.start <= start < span.end for span in passage.quoted),
            )
        )
        opens = (opens and not _is_word(bare[at])) or bare[at][:1] in _STARTS
        start += len(text)
    _mark_dates(words, date_spans(passage.text, setting.language))
    return words


def _mark_dates(words: list[_Word], spans: list[Span]) -> None:
    at = 0
    for span in spans:
        while at < len(words) and words[at].start + len(words[at].text) <= span.start:
            at += 1
        while at < len(words) and words[at].start < span.end:
            words[at].dates.append(span.value)
            at += 1


def _is_word(text: str) -> bool:
    return any(char.isalnum() for char in text[:3])


def _capital(text: str) -> bool:
    letter = next((char for char in text[:2] if char.isalpha()), "")
    return letter.isupper() and text != "I"


def _has_digit(word: _Word) -> bool:
    return any(char.isdigit() for char in word.text)


def _hunk_kinds(old: list[_Word], new: list[_Word], setting: Setting) -> set[ChangeKind]:
    """The kinds of one hunk; what one kind explains is taken away before the next is asked."""
    kinds: set[ChangeKind] = set()
    if any(word.quoted and _is_word(word.text) for word in _unlike(old, new)) or _quote_marks(old) != _quote_marks(new):
        kinds.add(ChangeKind.QUOTE)
    old, new, dated = _without_dates(old, new)
    if dated:
        kinds.add(ChangeKind.DATE)
    old, new, numbered = _without_numbers(old, new, setting)
    if numbered:
        kinds.add(ChangeKind.NUMBER)
    old, new, cased = _without_common(old, new)
    if cased:
        kinds.add(ChangeKind.SPELLING)
    old, new, denied = _without_negations(old, new, setting)
    if denied:
        kinds.add(ChangeKind.NEGATION)
    old, new, named = _without_names(old, new, setting)
    if named:
        kinds.add(ChangeKind.NAME)
    left = _left_over(old, new, kinds)
    if left is not None and not (left is ChangeKind.WORDING and ChangeKind.QUOTE in kinds):
        kinds.add(left)
    return kinds


def _unlike(old: list[_Word], new: list[_Word]) -> list[_Word]:
    """The words of either side that the other one lacks."""
    in_old, in_new = Counter(word.text for word in old), Counter(word.text for word in new)
    return [word for word in old if in_old[word.text] > in_new[word.text]] + [
        word for word in new if in_new[word.text] > in_old[word.text]
    ]


def _quote_marks(words: list[_Word]) -> int:
    return sum(word.text in _QUOTE_MARKS for word in words)


def _without_dates(old: list[_Word], new: list[_Word]) -> tuple[list[_Word], list[_Word], bool]:
    """Takes dates away when they differ."""
    in_old, in_new = Counter(_date_values(old)), Counter(_date_values(new))
    if in_old == in_new:
        return old, new, False
    if not any(word.dates for word in _unlike(old, new) if _is_word(word.text)):
        return old, new, False
    return [word for word in old if not word.dates], [word for word in new if not word.dates], True


def _date_values(words: list[_Word]) -> list[str]:
    return list(dict.fromkeys(value for word in words for value in word.dates))


def _without_numbers(old: list[_Word], new: list[_Word], setting: Setting) -> tuple[list[_Word], list[_Word], bool]:
    """Takes numbers away; true when they differ. Number words count where there is nothing else."""
    in_old = Counter(word.text for word in old if _has_digit(word))
    in_new = Counter(word.text for word in new if _has_digit(word))
    if in_old != in_new:
        rest = [word for word in old if not _has_digit(word)], [word for word in new if not _has_digit(word)]
        return *_without_units(*rest, setting), True
    spelled = lexicon.number_words(setting.language)
    differ = _unlike([word for word in old if _is_word(word.text)], [word for word in new if _is_word(word.text)])
    both = any(word in differ for word in old) and any(word in differ for word in new)
    if both and all(word.low in spelled for word in differ):
        return [], [], True
    return old, new, False


def _without_units(old: list[_Word], new: list[_Word], setting: Setting) -> tuple[list[_Word], list[_Word]]:
    spelled = lexicon.number_words(setting.language)
    return (
        [word for word in old if word.low not in spelled and _is_word(word.text)],
        [word for word in new if word.low not in spelled and _is_word(word.text)],
    )


def _without_common(old: list[_Word], new: list[_Word]) -> tuple[list[_Word], list[_Word], bool]:
    """Takes away words that both sides have; true when some differ in letter case only."""
    exact = Counter(word.text for word in old) & Counter(word.text for word in new)
    old, new = _minus(old, exact, fold=False), _minus(new, exact, fold=False)
    folded = Counter(word.low for word in old) & Counter(word.low for word in new)
    return _minus(old, folded, fold=True), _minus(new, folded, fold=True), bool(folded)


def _minus(words: list[_Word], taken: Counter[str], *, fold: bool) -> list[_Word]:
    left = Counter(taken)
    kept: list[_Word] = []
    for word in words:
        text = word.low if fold else word.text
        if left[text] > 0:
            left[text] -= 1
        else:
            kept.append(word)
    return kept


def _denies(word: _Word, setting: Setting) -> bool:
    return lexicon.is_negation(word.low, word.before, word.after, setting.language)


def _negation_count(words: list[_Word], setting: Setting) -> int:
    return sum(_denies(word, setting) for word in words)


def _without_negations(old: list[_Word], new: list[_Word], setting: Setting) -> tuple[list[_Word], list[_Word], bool]:
    """Takes negations away with the few words that come and go with them; true when one side has more."""
    old_rest = [word for word in old if not _denies(word, setting)]
    new_rest = [word for word in new if not _denies(word, setting)]
    if len(old) - len(old_rest) == len(new) - len(new_rest):
        return old, new, False
    words = [word for word in (*old_rest, *new_rest) if _is_word(word.text)]
    if len(words) <= _NEGATION_SLACK and not any(_capital(word.text) for word in words):
        return [], [], True
    return old_rest, new_rest, True


def _without_names(old: list[_Word], new: list[_Word], setting: Setting) -> tuple[list[_Word], list[_Word], bool]:
    old_rest = [word for word in old if not _is_name(word, setting)]
    new_rest = [word for word in new if not _is_name(word, setting)]
    return old_rest, new_rest, len(old_rest) < len(old) or len(new_rest) < len(new)


def _is_name(word: _Word, setting: Setting) -> bool:
    if not _capital(word.text):
        return False
    if setting.language in _CAPITAL_NOUNS:
        return word.run and not word.opens
    if not word.opens:
        return True
    return word.low not in setting.lower and (word.run or word.low in setting.capitalised)


def _left_over(old: list[_Word], new: list[_Word], kinds: set[ChangeKind]) -> ChangeKind | None:
    """Wording or spelling, for the words that nothing else explains."""
    old_words = [word.text for word in old if _is_word(word.text)]
    new_words = [word.text for word in new if _is_word(word.text)]
    if not old_words and not new_words:
        return None if kinds else _of_marks(old, new)
    if "".join(old_words) == "".join(new_words):
        return ChangeKind.SPELLING  # a space or a hyphen that was missing
    if len(old_words) == len(new_words) and all(map(_is_misspelling, old_words, new_words)):
        return ChangeKind.SPELLING
    return ChangeKind.WORDING


def _of_marks(old: list[_Word], new: list[_Word]) -> ChangeKind:
    """Punctuation alone: a question or an exclamation changes what is said, a comma does not."""
    said = [sum(word.text[:1] in "?!？！" for word in words) for words in (old, new)]
    return ChangeKind.WORDING if said[0] != said[1] else ChangeKind.SPELLING


def _is_misspelling(old: str, new: str) -> bool:
    """One letter off (two in a word of six and more); two neighbours swapped count as one."""
    size = max(len(old), len(new))
    if size < 4:
        return False
    return OSA.distance(old.casefold(), new.casefold()) <= (1 if size < 6 else 2)
