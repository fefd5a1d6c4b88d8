"""What people read on a terminal: times, pages, visits and articles in plain lines, coloured where they are."""

import re
import sys
from datetime import datetime, timedelta
from typing import NoReturn

from rich import markup
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from luutin.output import ReaderGoneError
from storage.records import Article, BlockKind, Outcome
from storage.rows import HistoryRow, PageRow

# What a terminal acts upon instead of showing it, as some pages' titles ask it to; white space is one blank.
_BLANKS = re.compile(r"[\t-\r\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        raise ReaderGoneError


console = _Console(highlight=False, soft_wrap=True, emoji=False)
notices = Console(highlight=False, soft_wrap=True, emoji=False, stderr=True)

_STYLES = {
    Outcome.NEW: "green",
    Outcome.CHANGED: "bold yellow",
    Outcome.GONE: "red",
    Outcome.MOVED: "cyan",
    Outcome.SAME: "dim",
    Outcome.IDENTICAL: "dim",
    Outcome.NOT_MODIFIED: "dim",
}


def shown(text: str) -> str:
    """Text of others without control characters."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", _BLANKS.sub(" ", text))


def escape(text: str) -> str:
    """Text of others for a console: no markup in it, and no control character."""
    return markup.escape(shown(text))


def print_table(table: Table) -> None:
    """A table on as wide lines as it needs, so that a pipe or a narrow terminal cuts nothing off."""
    width = Measurement.get(console, console.options.update(max_width=10_000), table).maximum
    _Console(highlight=False, emoji=False, width=width).print(table)


def is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def local(moment: datetime | None) -> str:
    """A time in the zone of this machine, with its offset."""
    return "" if moment is None else moment.astimezone().isoformat(sep=" ", timespec="seconds")


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago something was, or in how long it will be, in one unit."""
    if moment is None:
        return "never"
    seconds = (now - moment).total_seconds()
    span = _span(timedelta(seconds=abs(seconds)))
    return f"{span} ago" if seconds >= 0 else f"in {span}"


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def outcome_markup(outcome: Outcome) -> str:
    """An outcome in its colour, 15 columns wide."""
    return f"[{_STYLES.get(outcome, 'magenta')}]{outcome.value:<15}[/]"


def visit_line(outcome: Outcome, status: int | None, version: int | None, url: str, note: str) -> str:
    """One visit on one line."""
    place = f"v{version}" if version else "-"
    said = f"  [dim]({escape(note)})[/]" if note else ""
    return f"{outcome_markup(outcome)} {status or '-':>3} {place:>4}  {escape(url)}{said}"


def history_line(row: HistoryRow) -> str:
    """One line of a page's ledger."""
    return f"{local(row.at)}  {visit_line(row.outcome, row.status, row.version, row.url, row.note)}"


def page_lines(page: PageRow) -> str:
    """A page on one line, and its title on a second one."""
    versions = f"{page.versions} version{'' if page.versions == 1 else 's'}"
    line = f"{page.state:<6} {versions:<12} [dim]seen[/] {local(page.last_seen) or 'never':<25} {escape(page.url)}"
    return f"{line}\n       {escape(page.title)}" if page.title else line


def window(between: tuple[datetime, datetime], unread: int) -> str:
    """The time in which an edit was made, how long it is, and the looks within that read nothing."""
    first, last = between
    looks = f"; {unread} look{'' if unread == 1 else 's'} in between read nothing" if unread else ""
    length = _span(last - first) if last >= first else "the clock was set back in between"
    return f"between {local(first)} and {local(last)} [dim]({length}{looks})[/]"


def gap_line(gap: timedelta) -> str:
    """A line in a page's ledger for a time in which nobody looked."""
    return f"[dim]{'':<25}  … not looked at for {_span(gap)}[/]"


def article_lines(article: Article) -> str:
    """An article as a person reads it."""
    lines = [f"[dim]{escape(article.section)}[/]"] if article.section else []
    lines.append(f"[bold]{escape(article.title)}[/]")
    by = ", ".join(article.authors)
    times = [f"published {article.published.iso}"] if article.published else []
    times += [f"modified {article.modified.iso}"] if article.modified else []
    lines += [f"[dim]{escape(' · '.join(part for part in (by, *times) if part))}[/]", ""]
    lines += [f"[italic]{escape(article.lead)}[/]", ""] if article.lead else []
    for block in article.body:
        lines += [_block(block.kind, escape(block.text)), ""]
    lines += [f"[dim]caption: {escape(caption)}[/]" for caption in article.captions]
    lines += [f"[dim]tags: {escape(', '.join(article.tags))}[/]"] if article.tags else []
    return "\n".join(lines).rstrip()


def _block(kind: BlockKind, text: str) -> str:
    shapes = {
        BlockKind.HEADING: f"[bold]{text}[/]",
        BlockKind.QUOTE: f"  > {text}",
        BlockKind.LIST_ITEM: f"  • {text}",
        BlockKind.TABLE_ROW: f"  {text}",
    }
    return shapes.get(kind, text)
