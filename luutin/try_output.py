"""A reading as `luutin try` shows it: the article, each field's candidates, and what was left out."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.table import Table

from luutin.printing import article_lines, console, escape, is_terminal
from storage.articles import article_fields
from storage.records import Candidate, Dropped, Reading

FIELDS = (
    "title", "section", "lead", "authors", "published", "modified", "language", "tags", "canonical_url", "lead_image",
)  # fmt: skip
LABEL = 15  # columns of a field's name
MOST_DROPPED, LONGEST = 5, 160  # texts shown of one reason, characters of one text

Line = tuple[str, str]  # a mark of one column, and a text with markup


def reading_fields(name: str, url: str, reading: Reading) -> dict[str, Any]:
    """A reading as `luutin try --json` prints it; without an article its fields are left out."""
    fields = article_fields(reading.article) if reading.article else {"url": url}
    return {
        "path": name,
        **fields,
        "dropped": [{"text": drop.text, "why": drop.why} for drop in reading.dropped],
        "sources": dict(reading.sources),
        "candidates": _candidate_fields(reading.candidates),
        "unreadable": reading.unreadable,
        "suspect": reading.suspect,
        "reader": reading.reader,
    }


def _candidate_fields(candidates: Sequence[Candidate]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in candidates:
        row = {"value": one.value, "source": one.source, "chosen": one.chosen}
        found.setdefault(one.field, []).append({**row, "why": one.why} if one.why else row)
    return {name: found[name] for name in FIELDS if name in found}


def print_reading(name: str, reading: Reading) -> None:
    """The article as a person reads it, then why it reads so."""
    console.print(f"[dim]{escape(name)}[/]")
    if reading.unreadable or reading.suspect:
        said = f"unreadable: {reading.unreadable}" if reading.unreadable else f"suspect: {reading.suspect}"
        console.print(f"[red]{escape(said)}[/]")
    if reading.article:
        console.print(article_lines(reading.article), soft_wrap=not is_terminal())
        console.print("\n[bold]where each field came from[/] [dim](* chosen, - passed over)[/]")
        _print_fields(reading)
    if reading.dropped:
        console.print(f"\n[bold]left out[/] ({len(reading.dropped)})")
        _print_dropped(reading.dropped)
    console.print("")


def _print_fields(reading: Reading) -> None:
    for name in FIELDS:
        found = [one for one in reading.candidates if one.field == name]
        _print_row(name, _candidate_lines(found) or [("", "[dim]none: the page states none[/]")])
    for name, source in reading.sources.items():
        if name not in FIELDS:
            _print_row(name, [("", f"[dim]{escape(source)}[/]")])


def _candidate_lines(found: Sequence[Candidate]) -> list[Line]:
    """The chosen one with its reason, and those that say something else."""
    value = next((one.value for one in found if one.chosen), None)
    lines: list[Line] = [] if value is not None or not found else [("", "none chosen")]
    others: dict[str, list[str]] = {}
    for one in found:
        if one.chosen:
            lines += [("*", escape(one.value)), ("", f"[dim]{escape(one.source)}: {escape(one.why)}[/]")]
        elif value is None or one.value.casefold() != value.casefold():
            others.setdefault(one.value, []).append(one.source)
    lines += [("-", f"[dim]{escape(text)} ({escape(', '.join(sources))})[/]") for text, sources in others.items()]
    return lines


def _print_dropped(dropped: Iterable[Dropped]) -> None:
    """By reason, in the order in which the reasons come up first."""
    order = {why: place for place, why in enumerate(dict.fromkeys(drop.why for drop in dropped))}
    for why, drops in groupby(sorted(dropped, key=lambda drop: order[drop.why]), key=lambda drop: drop.why):
        texts = [drop.text for drop in drops]
        console.print(f"  {escape(why)} [dim]({len(texts)})[/]")
        for text in texts[:MOST_DROPPED]:
            _print_row("", [("", f"[dim]{escape(_short(text))}[/]")], indent=0)
        if len(texts) > MOST_DROPPED:
            console.print(f"    [dim]and {len(texts) - MOST_DROPPED} more (--json gives all)[/]")


def _print_row(label: str, lines: Sequence[Line], indent: int = LABEL) -> None:
    """A label and lines beside it, folded at words on a terminal and never in a pipe."""
    table = Table.grid()
    for width in (2 + indent, 2, None):
        table.add_column(width=width, overflow="fold")
    for at, (mark, line) in enumerate(lines):
        name = f"  {'' if at else label}"
        if is_terminal():
            table.add_row(name, mark, line)
        else:
            console.print(f"{name:<{2 + indent}}{mark:<2}{line}")
    if table.row_count:
        console.print(table, soft_wrap=False)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"
