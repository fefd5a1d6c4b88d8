"""Whether a publisher owns up to an edit: notes of corrections and updates, and labels of headlines that say so."""

import re

from storage.comparison import lexicon
from storage.comparison.correctionwords import (
    LABELS,
    LABELS_BEFORE_TIMES,
    LABELS_SIGNED,
    LABELS_UNSPACED,
    PREPOSITIONS,
    SAID,
    TITLE_LABELS,
)
from storage.comparison.textkey import text_key

_MOST_LENGTH = 1500  # a note is a paragraph, not an article

# A day or a time that a label may stand before: `Update May 4`, `Update 3. März`, `UPDATE 3/4/25`, `Updated at 5`.
_MONTHS = "|".join(map(re.escape, sorted(lexicon.months(lexicon.ANY), key=lambda name: (-len(name), name))))
_WHEN = (
    rf"\d{{1,4}}[:h/.\-]\d|(?:{_MONTHS})\b\.? \d|\d{{1,2}}\.? (?:{_MONTHS})\b"
    rf"|(?:{PREPOSITIONS})\b[\w .,]{{0,12}}\d"
)
_LABELLED = re.compile(
    rf"^[\W_]*(?:(?:{LABELS})\b(?:[^\w\n]{{0,3}}(?:$|(?<=[:\-(\[\])|.])|(?={_WHEN})))"
    rf"|(?:{LABELS_UNSPACED})(?=$|\W|と|し|いた)|(?:{LABELS_BEFORE_TIMES})"
    rf"|(?:{LABELS_SIGNED})(?=\s?(?:$|[:\-|।)\]])))"
)
_SAID = re.compile(SAID)
_TITLE_LABEL = re.compile(
    rf"^\W*(?:{TITLE_LABELS})(?:\]|\)|:| [-|]| \d[:\-])|^\W*(?:corrected|updated)-"
    rf"|^[(\[【](?:{TITLE_LABELS})[)\]】]|[(\[【](?:{TITLE_LABELS})[)\]】]\W*$| - (?:updated|corrected)\W*$",
    re.IGNORECASE,
)


def is_note(text: str) -> bool:
    """Whether a paragraph or sentence tells readers that the article was corrected or brought up to date."""
    if len(text) > _MOST_LENGTH:
        return False
    key = text_key(text).lower()  # twice as fast as patterns that ignore case
    return _LABELLED.search(key) is not None or _SAID.search(key) is not None


def has_update_label(title: str) -> bool:
    """Whether a headline is marked as corrected or updated: `[Cập nhật] ...`, `UPDATE: ...`."""
    return _TITLE_LABEL.search(text_key(title)) is not None
