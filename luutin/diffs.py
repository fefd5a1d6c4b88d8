"""Shows the difference of two versions on a terminal, as a unified diff, or as JSON; `diff_html` shows it as a page."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from luutin.diff_rows import Heading, Row, State, Words, bounds, clean, rows, running
from luutin.excerpts import ADDED, REMOVED, append_hunk
from storage.changes import Change, Comparison
from storage.comparison.hunks import Hunk
from storage.comparison.worddiff import word_diff
from storage.records import Article

_CONTEXT = 2  # unchanged lines around a change in a unified diff
_MOVED = "cyan"
_SIDES = {
    State.SAME: ("same", ""),
    State.REMOVED: ("- ", REMOVED),
    State.ADDED: ("+ ", ADDED),
    State.MOVED_AWAY: ("moved away: ", _MOVED),
    State.MOVED_HERE: ("moved here: ", _MOVED),
}


class TerminalDiff:
    """A word diff to print with rich: colours where there are any, else [-removed-] and {+added+} as git marks it.

    Unchanged paragraphs are folded into a line that counts them.
    """

    def __init__(self, old: Article, new: Article, comparison: Comparison, heading: Heading) -> None:
        self._rows = rows(old, new, comparison)
        self._comparison = comparison
        self._heading = heading

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        marked = console.no_color or not options.is_terminal
        yield from _summary(self._heading, self._comparison)
        for folded, group in groupby(self._rows, key=_is_folded):
            same = list(group)
            if folded:
                yield Text(f"  … {len(same)} unchanged", style="dim")
            else:
                yield from (_line(row, marked=marked) for row in same)


def unified(old: Article, new: Article, comparison: Comparison, heading: Heading) -> str:
    """Plain text in the manner of `diff -u`, one line a field or block, with a line feed at the end."""
    lines = [_unified_lines(row) for row in rows(old, new, comparison)]
    before, after = bounds(heading)
    out = [
        f"--- {clean(heading.url)}\t{before}",
        f"+++ {clean(heading.url)}\t{after}",
        *_unified_hunks([line for row in lines for line in row]),
    ]
    return "\n".join(out) + "\n"


def as_json(old: Article, new: Article, comparison: Comparison, heading: Heading) -> str:
    """One JSON object on one line: the keys of `luutin edits`, and each change with its word diff in `hunks`.

    A hunk has `op` (`equal`, `removed` or `added`) and `text`; the texts of `equal` and `added` joined are
    `after`.
    """
    words = Words(old, new)
    text = json.dumps(
        {
            "url": heading.url,
            "from_version": heading.old_version,
            "to_version": heading.new_version,
            "between": [heading.old_at.isoformat(), heading.new_at.isoformat()],
            "fields": list(comparison.fields),
            "kinds": list(comparison.kinds),
            "significance": comparison.significance,
            "reasons": list(comparison.reasons),
            "acknowledged": comparison.acknowledged,
            "changes": [_change_fields(change, words) for change in comparison.changes],
        },
        ensure_ascii=False,
    )
    return clean(text)


def _change_fields(change: Change, words: Words) -> dict[str, object]:
    return {
        "field": change.field,
        "kinds": list(change.kinds),
        "removed": list(change.removed),
        "added": list(change.added),
        "before": change.before,
        "after": change.after,
        "hunks": [
            {"op": op, "text": text}
            for hunk in words.whole(word_diff(change.before, change.after))
            for op, text in _ops(hunk)
        ],
    }


def _ops(hunk: Hunk) -> list[tuple[str, str]]:
    """A hunk as one or two operations."""
    if hunk.equal:
        return [("equal", hunk.new)]
    return [(op, text) for op, text in (("removed", hunk.old), ("added", hunk.new)) if text]


def _summary(heading: Heading, comparison: Comparison) -> Iterator[Text]:
    yield Text(clean(heading.url), style="bold")
    yield Text(" → ".join(bounds(heading)))
    if not comparison.changes:
        yield Text("nothing was edited", style="dim")
        return
    kinds = ", ".join(comparison.kinds)
    yield Text(f"{comparison.significance}, {comparison.acknowledged}: {kinds}", style="bold yellow")
    yield from (Text(f"  {clean(reason)}") for reason in comparison.reasons)
    yield Text("")


def _is_folded(row: Row) -> bool:
    return row.state is State.SAME and row.label != "title"


def _line(row: Row, *, marked: bool) -> Text:
    line = Text("  ")
    line.append(f"{row.label}: " if row.label else "", style="bold")
    if row.state is State.CHANGED:
        line.append(row.mark)
        for hunk in running(row.hunks):
            append_hunk(line, hunk, marked=marked)
        return line
    if row.state is State.SAME:
        return line.append(row.new)
    sign, style = _SIDES[row.state]
    return line.append(sign, style=style.split()[0]).append(row.mark).append(row.new or row.old, style=style)


def _unified_lines(row: Row) -> list[tuple[str, str]]:
    """The lines of a row with their signs: a space, a minus or a plus."""
    label = f"{row.label}: " if row.label else ""
    old, new = f"{label}{row.mark}{row.old}", f"{label}{row.mark}{row.new}"
    if row.state is State.SAME:
        return [(" ", new)]
    return ([("-", old)] if row.old else []) + ([("+", new)] if row.new else [])


def _unified_hunks(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    changed = [at for at, (sign, _) in enumerate(lines) if sign != " "]
    ranges: list[list[int]] = []
    for at in changed:
        start, end = max(0, at - _CONTEXT), min(len(lines), at + _CONTEXT + 1)
        if ranges and start <= ranges[-1][1]:
            ranges[-1][1] = end
        else:
            ranges.append([start, end])
    for start, end in ranges:
        old_at, new_at = _counts(lines[:start])
        old_size, new_size = _counts(lines[start:end])
        yield f"@@ -{_range(old_at, old_size)} +{_range(new_at, new_size)} @@"
        yield from (sign + text.replace("\n", " ") for sign, text in lines[start:end])


def _counts(lines: Sequence[tuple[str, str]]) -> tuple[int, int]:
    return sum(sign != "+" for sign, _ in lines), sum(sign != "-" for sign, _ in lines)


def _range(before: int, size: int) -> str:
    """As diff -u writes it: an empty range names the line before it."""
    start = before + 1 if size else before
    return f"{start}" if size == 1 else f"{start},{size}"
