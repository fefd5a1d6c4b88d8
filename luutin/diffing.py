"""How a difference is shown: picks the rendering that `--format` names and writes it to standard output."""

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from luutin.diff_html import inline_page, side_by_side_page
from luutin.diff_rows import Heading
from luutin.diffs import TerminalDiff, as_json, unified
from luutin.printing import console
from storage.changes import Comparison
from storage.records import Article, Outcome
from storage.rows import HistoryRow, VersionRow


class DiffFormat(StrEnum):
    """The forms of `luutin diff`."""

    TERMINAL = "terminal"
    UNIFIED = "unified"
    SIDE_BY_SIDE = "side-by-side"
    HTML = "html"
    JSON = "json"


_SAW = {Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED}
_TEXTS: dict[DiffFormat, Callable[[Article, Article, Comparison, Heading], str]] = {
    DiffFormat.UNIFIED: unified,
    DiffFormat.SIDE_BY_SIDE: side_by_side_page,
    DiffFormat.HTML: inline_page,
    DiffFormat.JSON: as_json,
}


def heading_of(url: str, older: VersionRow, newer: VersionRow, visits: Sequence[HistoryRow]) -> Heading:
    """What stands above a difference of two versions: when the older was seen last, the newer first."""
    seen = [row.at for row in visits if row.version == older.number and row.at < newer.at and row.outcome in _SAW]
    return Heading(
        url=url, old_version=older.number, new_version=newer.number, old_at=max([older.at, *seen]), new_at=newer.at
    )


def render(form: DiffFormat, old: Article, new: Article, comparison: Comparison, heading: Heading) -> None:
    """Write a difference to standard output: with rich for a terminal, else as UTF-8 text."""
    if form is DiffFormat.TERMINAL:
        console.print(TerminalDiff(old, new, comparison, heading))
        return
    text = _TEXTS[form](old, new, comparison, heading)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.write(b"" if text.endswith("\n") else b"\n")


def write_page(path: Path, old: Article, new: Article, comparison: Comparison, heading: Heading) -> None:
    """Write a difference side by side, as an HTML page."""
    path.write_text(side_by_side_page(old, new, comparison, heading), encoding="utf-8", errors="backslashreplace")
