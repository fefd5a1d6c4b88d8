"""How much an edit matters, and why, in sentences for people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from storage.changes import Change, ChangeKind, Significance, SiteWeights
from storage.comparison.compounds import compounds, whole
from storage.comparison.hunks import Hunk
from storage.comparison.lexicon import negations, number_words
from storage.comparison.measurewords import bound_words, units
from storage.comparison.phrases import grown, measure_spans, telling_spans
from storage.comparison.textkey import text_key
from storage.comparison.tokens import tokens
from storage.comparison.worddiff import word_diff
from storage.comparison.words import has_digit

# What each kind of change weighs where the site file does not say otherwise.
WEIGHTS: Mapping[ChangeKind, Significance] = MappingProxyType(
    {
        ChangeKind.HEADLINE: Significance.SUBSTANTIVE,
        ChangeKind.NUMBER: Significance.SUBSTANTIVE,
        ChangeKind.DATE: Significance.SUBSTANTIVE,
        ChangeKind.NAME: Significance.SUBSTANTIVE,
        ChangeKind.QUOTE: Significance.SUBSTANTIVE,
        ChangeKind.NEGATION: Significance.SUBSTANTIVE,
        ChangeKind.PARAGRAPH_ADDED: Significance.SUBSTANTIVE,
        ChangeKind.PARAGRAPH_REMOVED: Significance.SUBSTANTIVE,
        ChangeKind.SENTENCE_ADDED: Significance.SUBSTANTIVE,
        ChangeKind.SENTENCE_REMOVED: Significance.SUBSTANTIVE,
        ChangeKind.CORRECTION_NOTE: Significance.SUBSTANTIVE,
        ChangeKind.LEAD: Significance.MINOR,  # and as much as its words say
        ChangeKind.CAPTION: Significance.MINOR,
        ChangeKind.SECTION: Significance.MINOR,
        ChangeKind.TAGS: Significance.MINOR,
        ChangeKind.BYLINE: Significance.MINOR,
        ChangeKind.DATELINE: Significance.MINOR,
        ChangeKind.IMAGE: Significance.MINOR,
        ChangeKind.MOVED: Significance.MINOR,
        ChangeKind.WORDING: Significance.MINOR,
        ChangeKind.SPELLING: Significance.COSMETIC,
        ChangeKind.ORTHOGRAPHIC: Significance.COSMETIC,
    }
)

_ONE: Mapping[ChangeKind, str] = {
    ChangeKind.HEADLINE: "The headline was changed.",
    ChangeKind.NUMBER: "A number was changed{how}.",
    ChangeKind.DATE: "A date was changed{how}.",
    ChangeKind.NAME: "A name was changed{how}.",
    ChangeKind.QUOTE: "The words of a quotation were changed.",
    ChangeKind.NEGATION: "A negation was added or dropped{how}.",
    ChangeKind.PARAGRAPH_ADDED: "A paragraph was added.",
    ChangeKind.PARAGRAPH_REMOVED: "A paragraph was removed.",
    ChangeKind.SENTENCE_ADDED: "A sentence was added.",
    ChangeKind.SENTENCE_REMOVED: "A sentence was removed.",
    ChangeKind.CORRECTION_NOTE: "A correction or update note was added or changed.",
    ChangeKind.LEAD: "The lead was changed.",
    ChangeKind.CAPTION: "A caption was changed.",
    ChangeKind.SECTION: "The section was changed{how}.",
    ChangeKind.TAGS: "The tags were changed.",
    ChangeKind.BYLINE: "The byline was changed.",
    ChangeKind.DATELINE: "The stated time was changed{how}.",
    ChangeKind.IMAGE: "The images were changed.",
    ChangeKind.MOVED: "A passage was moved.",
    ChangeKind.WORDING: "The wording was changed.",
    ChangeKind.SPELLING: "The spelling was mended or changed.",
    ChangeKind.ORTHOGRAPHIC: "Only quotation marks, dashes, spacing, tone placement or the look of numbers differ.",
}
_MANY: Mapping[ChangeKind, str] = {
    ChangeKind.NUMBER: "Numbers were changed in {count} places.",
    ChangeKind.DATE: "Dates were changed in {count} places.",
    ChangeKind.NAME: "Names were changed in {count} places.",
    ChangeKind.QUOTE: "The words of quotations were changed in {count} places.",
    ChangeKind.NEGATION: "Negations were added or dropped in {count} places.",
    ChangeKind.PARAGRAPH_ADDED: "{count} paragraphs were added.",
    ChangeKind.PARAGRAPH_REMOVED: "{count} paragraphs were removed.",
    ChangeKind.SENTENCE_ADDED: "Sentences were added in {count} places.",
    ChangeKind.SENTENCE_REMOVED: "Sentences were removed in {count} places.",
    ChangeKind.CORRECTION_NOTE: "{count} correction or update notes were added or changed.",
    ChangeKind.CAPTION: "{count} captions were changed.",
    ChangeKind.MOVED: "{count} passages were moved.",
    ChangeKind.WORDING: "The wording was changed in {count} places.",
    ChangeKind.SPELLING: "The spelling was mended or changed in {count} places.",
}
_WHAT: Mapping[ChangeKind, str] = {
    ChangeKind.NUMBER: "a number",
    ChangeKind.DATE: "a date",
    ChangeKind.NAME: "a name",
    ChangeKind.QUOTE: "the words of a quotation",
    ChangeKind.NEGATION: "a negation",
    ChangeKind.WORDING: "its wording",
    ChangeKind.SPELLING: "its spelling",
    ChangeKind.ORTHOGRAPHIC: "its spacing",
    ChangeKind.SENTENCE_ADDED: "a sentence that was added",
    ChangeKind.SENTENCE_REMOVED: "a sentence that was removed",
}
TOUCHED_REASON = "The stated time of the last change is newer, and nothing else differs."
_OWN = {"title": ChangeKind.HEADLINE, "lead": ChangeKind.LEAD, "captions": ChangeKind.CAPTION}
_NO_WEIGHTS = SiteWeights()
_NO_KINDS: Mapping[str, Sequence[ChangeKind]] = MappingProxyType({})
_TOLD_WHOLE = frozenset((ChangeKind.NUMBER, ChangeKind.DATE, ChangeKind.NAME))
_MERE_WORDS = (ChangeKind.WORDING, ChangeKind.SPELLING)
_MOST_LENGTH = 4000  # characters of both texts
_SHORT = 40  # characters of a word that a reason quotes


def significance(
    changes: Sequence[Change],
    *,
    weights: SiteWeights = _NO_WEIGHTS,
    word_kinds: Mapping[str, Sequence[ChangeKind]] = _NO_KINDS,
    language: str = "",
) -> tuple[Significance, tuple[str, ...]]:
    """The weight of the heaviest change, and a reason for each kind, heaviest first.

    `word_kinds` are the kinds of change among the words of the lead, which weigh as they would in the body, and
    of the title and the captions, which count only where `weights` says so. A reason says where a site's weight
    is not the usual one; what it quotes is whole as far as the `language` of the article is known.
    """
    fields: dict[ChangeKind, dict[str, None]] = {}
    for change in changes:
        for kind in change.kinds:
            fields.setdefault(kind, {})[change.field] = None
    counts = Counter(kind for change in changes for kind in change.kinds)
    weighed: list[tuple[Significance, str]] = []
    for kind, count in counts.items():
        usual = _heaviest(_weight(kind, field, _NO_WEIGHTS, word_kinds) for field in fields[kind])
        weight = _heaviest(_weight(kind, field, weights, word_kinds) for field in fields[kind])
        reason = _lead_reason(word_kinds) if kind is ChangeKind.LEAD else ""
        weighed.append((weight, _by_site(reason or _reason(kind, count, changes, language), usual, weight)))
    if not weighed:
        return Significance.COSMETIC, ()
    weighed.sort(key=lambda pair: -pair[0].rank)
    return weighed[0][0], tuple(reason for _, reason in weighed)


def _heaviest(levels: Iterable[Significance]) -> Significance:
    return max(levels, key=lambda level: level.rank)


def _weight(
    kind: ChangeKind, field: str, weights: SiteWeights, word_kinds: Mapping[str, Sequence[ChangeKind]]
) -> Significance:
    """What a kind of change weighs in a field: the field's weights come first, then the site's, then the usual ones."""
    own = weights.fields.get(field, {})
    stated = own.get(kind) or weights.kinds.get(kind)
    words = word_kinds.get(field, ()) if kind is _OWN.get(field) else ()
    if not words:
        return stated or WEIGHTS[kind]
    by_words = field == "lead"
    return _heaviest(
        own.get(word) or stated or (weights.kinds.get(word, WEIGHTS[word]) if by_words else WEIGHTS[kind])
        for word in words
    )


def _by_site(reason: str, usual: Significance, weight: Significance) -> str:
    """The reason, and what the site file made of the weight, if anything."""
    if weight is usual:
        return reason
    verb = "raises" if weight.rank > usual.rank else "lowers"
    return f"{reason.removesuffix('.')}; the site file {verb} this from {usual} to {weight}."


def _lead_reason(word_kinds: Mapping[str, Sequence[ChangeKind]]) -> str:
    what = ", ".join(_WHAT[kind] for kind in word_kinds.get("lead", ()))
    return f"The lead was changed: {what}." if what else ""


def _reason(kind: ChangeKind, count: int, changes: Sequence[Change], language: str) -> str:
    if count > 1 and kind in _MANY:
        return _MANY[kind].format(count=count)
    change = next(change for change in changes if kind in change.kinds)
    return _ONE[kind].format(how=_how(_told(change, kind, language)))


def _told(change: Change, kind: ChangeKind, language: str) -> Change:
    """The change with the one place alone that the reason is about: the whole number, date or name, or the negation."""
    if len(change.before) + len(change.after) > _MOST_LENGTH or not (change.before and change.after):
        return change
    texts = change.before, change.after
    if kind in _TOLD_WHOLE:
        hunks = _whole(texts, language)
    elif kind is ChangeKind.NEGATION and len(change.removed) + len(change.added) > 1:
        hunks = [hunk for hunk in word_diff(*texts, key=text_key) if not hunk.equal]
    else:
        return change
    if len(hunks) > 1 and {*change.kinds} <= {kind, *_MERE_WORDS}:
        hunks = [hunk for hunk in hunks if _tells(hunk, kind, language)]
    if len(hunks) != 1 or max(len(hunks[0].old), len(hunks[0].new)) > _SHORT:
        return change
    return replace(change, removed=_stripped(hunks[0].old), added=_stripped(hunks[0].new))


def _stripped(text: str) -> tuple[str, ...]:
    return (text.strip(),) if text.strip() else ()


def _whole(texts: tuple[str, str], language: str) -> list[Hunk]:
    """What differs, as whole numbers, dates and names."""
    words = whole(word_diff(*texts, key=text_key), compounds(()) if language == "vi" else frozenset())
    differ = {word for hunk in words if not hunk.equal for word in f"{hunk.old} {hunk.new}".casefold().split()}
    beside = differ <= units(language).keys() | bound_words(language)
    spans = [telling_spans(text, language) + (measure_spans(text, language) if beside else []) for text in texts]
    return [hunk for hunk in grown(words, *spans) if not hunk.equal]


def _tells(hunk: Hunk, kind: ChangeKind, language: str) -> bool:
    """Whether one of the words that differ is a negation, or a number or what may go with one."""
    old, new = ({token.rstrip().casefold() for token in tokens(text)} for text in (hunk.old, hunk.new))
    if kind is ChangeKind.NEGATION:
        return not negations(language).isdisjoint(old ^ new)
    known = number_words(language) | units(language).keys() | bound_words(language)
    return kind is ChangeKind.NUMBER and any(word in known or has_digit(word) for word in old ^ new)


def _how(change: Change) -> str:
    """`: 7,5% became 7,6%`, where that is short and says all."""
    if len(change.removed) > 1 or len(change.added) > 1:
        return ""
    removed, added = "".join(change.removed), "".join(change.added)
    if max(len(removed), len(added)) > _SHORT:
        return ""
    if removed and added:
        return f": {removed.rstrip('.')} became {added.rstrip('.')}"
    return f": {added} was added" if added else f": {removed} was removed"
