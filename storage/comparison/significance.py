"""How much an edit matters, and why, in sentences for people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from storage.changes import Change, ChangeKind, Significance

# What each kind of change weighs. A site may carry a table of its own.
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
    ChangeKind.ORTHOGRAPHIC: "Only quotation marks, dashes, spacing or the placement of tone marks differ.",
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
}
TOUCHED_REASON = "The stated time of the last change is newer, and nothing else differs."
_SHORT = 40  # characters of a word that a reason quotes


def significance(
    changes: Sequence[Change],
    *,
    weights: Mapping[ChangeKind, Significance] = WEIGHTS,
    lead_kinds: Sequence[ChangeKind] = (),
) -> tuple[Significance, tuple[str, ...]]:
    """The weight of the heaviest change, and a reason for each kind, heaviest first.

    `lead_kinds` are the kinds of change among the words of the lead, which weigh as they would in the body.
    """
    counts = Counter(kind for change in changes for kind in change.kinds)
    weighed = [(weights[kind], _reason(kind, count, changes)) for kind, count in counts.items()]
    if lead_kinds and ChangeKind.LEAD in counts:
        at = list(counts).index(ChangeKind.LEAD)
        what = ", ".join(_WHAT[kind] for kind in lead_kinds)
        weighed[at] = max((weights[kind] for kind in lead_kinds), key=_rank), f"The lead was changed: {what}."
    if not weighed:
        return Significance.COSMETIC, ()
    weighed.sort(key=lambda pair: -pair[0].rank)
    return weighed[0][0], tuple(reason for _, reason in weighed)


def _rank(weight: Significance) -> int:
    return weight.rank


def _reason(kind: ChangeKind, count: int, changes: Sequence[Change]) -> str:
    if count > 1 and kind in _MANY:
        return _MANY[kind].format(count=count)
    change = next(change for change in changes if kind in change.kinds)
    return _ONE[kind].format(how=_how(change))


def _how(change: Change) -> str:
    """`: 7,5% became 7,6%`, where that is short and says all."""
    if len(change.removed) > 1 or len(change.added) > 1:
        return ""
    removed, added = "".join(change.removed), "".join(change.added)
    if max(len(removed), len(added)) > _SHORT:
        return ""
    if removed and added:
        return f": {removed} became {added}"
    return f": {added} was added" if added else f": {removed} was removed"
