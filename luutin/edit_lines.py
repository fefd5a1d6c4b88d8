"""An edit as people read it on a terminal."""

from collections.abc import Iterator

from rich.text import Text

from luutin.excerpts import append_hunk, excerpt, short
from luutin.printing import console, escape, shown, window
from storage.changes import Change
from storage.comparison.hunks import Hunk
from storage.rows import EditRow

_WEIGHTS = {"substantive": "bold red", "minor": "yellow", "cosmetic": "dim"}


def edit_lines(edit: EditRow) -> Text:
    """An edit in a few lines: what, how much it matters, when, and the words that differ."""
    weight = _WEIGHTS.get(edit.significance, "")
    head = (
        f"[bold]#{edit.id}[/] [{weight}]{edit.significance}[/], {edit.acknowledged}, {edit.status}: "
        f"{', '.join(edit.kinds)} [dim]in {', '.join(edit.fields)}, "
        f"version {edit.from_version} to {edit.to_version}[/]"
    )
    lines = [head, f"    {escape(edit.url)}", f"    {window(edit.between, edit.unread)}"]
    marked = console.no_color or not console.is_terminal
    changes = [line for change in edit.changes for line in _change_lines(change, marked=marked)]
    return Text("\n").join([*map(Text.from_markup, lines), *changes])


def _change_lines(change: Change, *, marked: bool) -> Iterator[Text]:
    """The words that differ among those beside them; what came or went as a whole on a line of its own."""
    hunks = excerpt(change)
    if hunks:
        line = Text("    ")
        for hunk in hunks:
            append_hunk(line, Hunk(hunk.equal, shown(hunk.old), shown(hunk.new)), marked=marked)
        yield line
        return
    for sign, style, texts in (("-", "red", change.removed), ("+", "green", change.added)):
        if texts:
            yield Text(f"    {sign} {shown(short(' … '.join(texts)))}", style=style)
