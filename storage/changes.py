"""The records of an edit: typed changes, how much they matter, whether the publisher owns up to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ChangeKind(StrEnum):
    HEADLINE = "headline"
    LEAD = "lead"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    IMAGE = "image"
    SECTION = "section"
    TAGS = "tags"
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    QUOTE = "quote"
    NEGATION = "negation"
    SENTENCE_ADDED = "sentence-added"
    SENTENCE_REMOVED = "sentence-removed"
    PARAGRAPH_ADDED = "paragraph-added"
    PARAGRAPH_REMOVED = "paragraph-removed"
    MOVED = "moved"
    WORDING = "wording"
    SPELLING = "spelling"
    ORTHOGRAPHIC = "orthographic"
    CORRECTION_NOTE = "correction-note"


class Significance(StrEnum):
    COSMETIC = "cosmetic"
    MINOR = "minor"
    SUBSTANTIVE = "substantive"

    @property
    def rank(self) -> int:
        return list(Significance).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWeights:
    """How much changes weigh on one site, as far as its file says so: by kind, and by kind within a field.

    Within `title`, `lead` and `captions` the kinds may be those of the words that changed there.
    """

    kinds: Mapping[ChangeKind, Significance] = field(default_factory=dict)
    fields: Mapping[str, Mapping[ChangeKind, Significance]] = field(default_factory=dict)


class Acknowledged(StrEnum):
    DECLARED = "declared"  # a correction note, or a newer modified time
    SILENT = "silent"
    TOUCHED = "touched"  # a newer modified time and nothing else


class EditStatus(StrEnum):
    PENDING = "pending"  # seen on one visit only
    CONFIRMED = "confirmed"  # seen again on a later visit
    REVERTED = "reverted"  # gone again before it was confirmed
    VARIANT = "variant"  # the page alternates between the two texts
    WITHDRAWN = "withdrawn"  # flagged, but no edit: a better reading shows no difference, or the texts alternate


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One typed change: where it is, what stood there and what stands there now.

    `field` is an `Article` field; `removed` and `added` hold the words that differ; `before` and `after` the
    whole sentence, paragraph or value around them (empty where there was none).
    """

    field: str
    kinds: tuple[ChangeKind, ...]
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How one reading differs from an earlier one; `changes` empty means that nothing was edited."""

    changes: tuple[Change, ...] = ()
    significance: Significance = Significance.COSMETIC
    reasons: tuple[str, ...] = ()
    acknowledged: Acknowledged = Acknowledged.SILENT

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(change.field for change in self.changes))

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        return tuple(dict.fromkeys(kind for change in self.changes for kind in change.kinds))
