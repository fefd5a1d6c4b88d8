"""The command that shows the copies of an article, and which of them carry its edits."""

from collections.abc import Sequence

from luutin.lookups import page_named
from luutin.options import ArchiveOption, JsonOption, SeedsOption, UrlArgument, setup
from luutin.output import copy_fields, print_json
from luutin.printing import console, escape, local, notices
from storage.queries import Queries
from storage.rows import CarriedEdit, CopyRow, Has, Relation

_HEADINGS = {Relation.COPY: "On other sites:", Relation.SAME_SITE: "On the same site:"}
_SAID = {
    Has.NEW: "[green]has the new words[/]",
    Has.OLD: "[red]has the old words[/]",
    Has.BOTH: "has some of both",
    Has.NEITHER: "[dim]has neither[/]",
}


def copies(
    url: UrlArgument,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Which articles elsewhere say nearly the same as a page, and which of them carry its edits.

    Example: luutin copies https://baovidu.example/gia-xang-post101.html
    """
    with Queries(setup(archive, seeds).archive) as queries:
        page = page_named(queries, url)
        rows = queries.copies(page.id)
    if as_json:
        for row in rows:
            print_json(copy_fields(row))
        return
    if len(rows) < 2:
        why = "the archive knows no copy of it" if rows else "it has no text, or one too short to be a copy of anything"
        notices.print(f"{escape(page.url)}: {why}")
    _print(rows)


def _print(rows: Sequence[CopyRow]) -> None:
    last = None
    for row in rows:
        if row.relation is not last and row.relation in _HEADINGS:
            console.print(f"\n{_HEADINGS[row.relation]}")
        last = row.relation
        console.print(_lines(row))


def _said(row: CopyRow, edit: CarriedEdit) -> str:
    """What a page has of an edit; one that only removed has no new words, so that to lack the old ones is all."""
    if edit.has is Has.NEITHER and edit.only_removed:
        return f"[green]{'no longer has' if row.url == edit.url else 'does not have'} the old words[/]"
    return _SAID[edit.has]


def _lines(row: CopyRow) -> str:
    shared = "" if row.relation is Relation.PAGE else f"[bold]{row.similarity:4.0%}[/]  "
    published = f", published {local(row.published)}" if row.published else ""
    state = "" if row.state == "live" else f", {row.state}"
    lines = [
        f"{shared}[bold]{escape(row.title)}[/]",
        f"    {escape(row.url)}",
        f"    [dim]{escape(row.site)}{state}, seen first {local(row.first_seen)}{published}[/]",
    ]
    lines += [f"    edit #{edit.id} of {escape(edit.url)}: {_said(row, edit)}" for edit in row.edits]
    return "\n".join(lines)
