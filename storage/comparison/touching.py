"""What is told where nothing differs but the time of the last change, as machines or readers are told it."""

from collections.abc import Sequence

from storage.changes import Acknowledged, Change, ChangeKind, Comparison, Significance
from storage.comparison.fields import is_newer, modified_change
from storage.comparison.significance import TOUCHED_REASON, significance
from storage.records import Article


def touched(old: Article, new: Article, lines: tuple[Sequence[str], Sequence[str]]) -> Comparison:
    """The comparison of two readings that say the same.

    Args:
        old: the earlier reading.
        new: the later one.
        lines: the update lines of either.
    """
    change = modified_change(old, new)
    if change is not None and not is_newer(old, new):
        _, reasons = significance([change])
        return Comparison(changes=(change,), significance=Significance.COSMETIC, reasons=reasons)
    change = change or _restated(*lines)
    if change is None:
        return Comparison()
    return Comparison(
        changes=(change,),
        significance=Significance.COSMETIC,
        reasons=(TOUCHED_REASON,),
        acknowledged=Acknowledged.TOUCHED,
    )


def _restated(old: Sequence[str], new: Sequence[str]) -> Change | None:
    """The change of a line that says when the text was brought up to date."""
    if not old or not new or old == new:
        return None
    return Change(
        field="modified",
        kinds=(ChangeKind.DATELINE,),
        removed=tuple(line for line in old if line not in new),
        added=tuple(line for line in new if line not in old),
        before=" ".join(old),
        after=" ".join(new),
    )
