"""The command that searches: current, added and removed text; and builds the index for it anew."""

import shlex
from collections.abc import Sequence
from itertools import islice
from typing import Annotated

import typer

from crawler.clock import utc_now
from luutin.filters import check_site, parse_since
from luutin.options import ArchiveOption, JsonOption, SeedsOption, setup
from luutin.output import hit_fields, print_json
from luutin.printing import console, escape, local, notices
from storage.archive import Archive
from storage.errors import ConfigError, DamagedBodyError
from storage.queries import Queries
from storage.rows import Searched, SearchHit


def search(  # noqa: PLR0913, PLR0917 - Typer makes an option of each argument
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]", help="Words that all have to be there; those in quotes one after the other."),
    ] = None,
    added: Annotated[
        bool | None,
        typer.Option("--added/--removed", help="Search what edits added or removed, not what pages say now."),
    ] = None,
    site: Annotated[str | None, typer.Option(metavar="SITE", help="Only of this site, named by its key.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only text seen first since a time (2026-03-01T08:00) or age (7d).")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the best first.")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build the index anew from the archive.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Search what pages say now, or what edits added or removed, with or without diacritics.

    Texts with the very diacritics of the query come first. Example: luutin search '"ngập úng" Hà Nội' --removed
    """
    where = setup(archive, seeds)
    query = _query(words or [])
    if rebuild:
        _rebuild(where.archive)
    if query is None:
        if not rebuild:
            raise ConfigError(["name what to search for: luutin search QUERY"])
        return
    now = utc_now()
    from_time = parse_since(since, now) if since is not None else None
    what = {None: Searched.CURRENT, True: Searched.ADDED, False: Searched.REMOVED}[added]
    count = 0
    with Queries(where.archive) as queries:
        check_site(site, queries, where.seeds)
        try:
            for hit in islice(queries.search(query, what=what, site=site, since=from_time), limit):
                count += 1
                if as_json:
                    print_json(hit_fields(hit))
                else:
                    console.print(_lines(hit))
        except DamagedBodyError as error:  # after all others
            notices.print(f"[red]{escape(str(error))}[/]")
            raise typer.Exit(1) from error
    if not count and not as_json:
        notices.print(f"nothing found: no text has all of {escape(query)}")


def _query(words: Sequence[str]) -> str | None:
    """The query; raises ConfigError where a shell has made several words of it, as quotes have a meaning in one."""
    if len(words) > 1:
        raise ConfigError([f"quote the query, as it has several words: luutin search {shlex.quote(' '.join(words))}"])
    return words[0] if words else None


def _rebuild(archive: str) -> None:
    with Archive(archive, next_due=lambda _site, _history, _now: None) as opened:
        rebuilt = opened.rebuild_search()
    notices.print(f"the index holds {rebuilt.texts} text{'' if rebuilt.texts == 1 else 's'}")
    for url in rebuilt.damaged:
        notices.print(f"left out, as its text in the archive is damaged: {escape(url)}")


def _lines(hit: SearchHit) -> str:
    """A hit in three lines: the headline, where and when, and the text with what was searched for in [brackets]."""
    edit = f", edit #{hit.edit_id} ({hit.status})" if hit.edit_id is not None else ""
    state = "" if hit.state == "live" else f"{hit.state}, "
    about = f"{escape(hit.site)}, {state}version {hit.version}, {local(hit.at)}{edit}"
    return f"[bold]{escape(hit.title)}[/]\n    {escape(hit.url)}\n    [dim]{about}[/]\n    {_marked(hit)}"


def _marked(hit: SearchHit) -> str:
    parts, last = [], 0
    for start, end in hit.hits:
        parts += [escape(hit.snippet[last:start]), rf"[bold yellow]\[{escape(hit.snippet[start:end])}][/]"]
        last = end
    return "".join([*parts, escape(hit.snippet[last:])])
