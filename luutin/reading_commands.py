"""The commands that read the archive: pages, history, show, diff, edits, status."""

import sys
from itertools import islice
from typing import Annotated

import typer
from rich.table import Table

from crawler.clock import utc_now
from luutin.diffing import DiffFormat, heading_of, render
from luutin.options import ArchiveOption, JsonOption, SeedsOption, ago, page_named, parse_since, setup
from luutin.output import edit_fields, history_fields, page_fields, print_json, site_fields
from luutin.printing import article_lines, console, edit_lines, history_line, is_terminal, local, page_lines
from storage.articles import article_fields
from storage.comparing import compare
from storage.errors import ConfigError
from storage.records import ChangeKind, EditStatus, Significance
from storage.rows import SiteRow, VersionRow

UrlArgument = Annotated[str, typer.Argument(help="URL of a page, under any name that it was ever known by.")]
VersionOption = Annotated[int | None, typer.Option("--version", help="Number of a version; else the latest.")]


def pages(
    site: Annotated[str | None, typer.Option(help="Only pages of this site.")] = None,
    state: Annotated[str | None, typer.Option(help="Only found, live, gone or moved pages.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the newest first.")] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """List the pages that the archive knows, the newest first."""
    if state not in {None, "found", "live", "gone", "moved"}:
        raise ConfigError([f"--state {state!r} is none of found, live, gone, moved"])
    with setup(archive, seeds).queries() as queries:
        rows = islice(queries.pages(site, state), limit)
        count = 0
        for row in rows:
            count += 1
            if as_json:
                print_json(page_fields(row))
            else:
                console.print(page_lines(row))
    if not count and not as_json:
        console.print("no pages; fetch some with: luutin crawl, or luutin capture URL")


def history(
    url: UrlArgument, as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None
) -> None:
    """Every look at a page, the earliest first, and what came of it."""
    with setup(archive, seeds).queries() as queries:
        page = page_named(queries, url)
        rows = queries.history(page.id)
    for row in rows:
        if as_json:
            print_json(history_fields(row))
        else:
            console.print(history_line(row))


def show(
    url: UrlArgument,
    version: VersionOption = None,
    raw: Annotated[bool, typer.Option("--raw", help="The bytes of the capture, as received and decoded.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Show what a version of a page reads as, or with --raw the bytes that it was read from."""
    with setup(archive, seeds).queries() as queries:
        page = page_named(queries, url)
        chosen = _version(queries.versions(page.id), version, page.url)
        if raw:
            sys.stdout.buffer.write(queries.raw(page.id, chosen.number).body)
            return
        article = queries.article(page.id, chosen.number)
    if as_json:
        about = {
            "version": chosen.number,
            "at": chosen.at.isoformat(),
            "reader": chosen.reader,
            "capture_sha256": chosen.capture_sha256,
            "sources": dict(chosen.sources),
        }
        print_json(article_fields(article) | about)
        return
    console.print(article_lines(article))
    console.print(f"\n[dim]version {chosen.number} of {page.versions}, seen first {local(chosen.at)}[/]")


def _version(versions: list[VersionRow], number: int | None, url: str) -> VersionRow:
    if not versions:
        raise ConfigError([f"{url} has not been read yet; see: luutin history {url}"])
    if number is None:
        return versions[-1]
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise ConfigError([f"{url} has no version {number}; it has {len(versions)}"])
    return found


def diff(
    url: UrlArgument,
    a: Annotated[int | None, typer.Argument(help="The older version; else the one before the latest.")] = None,
    b: Annotated[int | None, typer.Argument(help="The newer version; else the latest, or the one after A.")] = None,
    form: Annotated[DiffFormat, typer.Option("--format", help="How to show it.")] = DiffFormat.TERMINAL,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Show word by word what changed between two versions of a page."""
    with setup(archive, seeds).queries() as queries:
        page = page_named(queries, url)
        versions = queries.versions(page.id)
        if len(versions) < 2 and b is None:
            console.print(f"{page.url} has {len(versions)} version, so there is nothing to compare")
            return
        older = _version(versions, versions[-2].number if a is None else a, page.url)
        newer = _version(
            versions, versions[-1].number if a is None and b is None else (b or older.number + 1), page.url
        )
        old, new = queries.article(page.id, older.number), queries.article(page.id, newer.number)
    render(form, old, new, compare(old, new), heading_of(page.url, older, newer))


def edits(
    site: Annotated[str | None, typer.Option(help="Only edits of this site's pages.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only edits seen since a time (2026-03-01T08:00) or age (7d).")
    ] = None,
    kind: Annotated[ChangeKind | None, typer.Option(help="Only edits with a change of this kind.")] = None,
    min_significance: Annotated[
        Significance, typer.Option("--min-significance", help="Only edits that matter at least so much.")
    ] = Significance.COSMETIC,
    pending: Annotated[bool, typer.Option("--pending", help="Only edits that wait to be seen a second time.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """List the edits that were noticed, the earliest first."""
    where = setup(archive, seeds)
    from_time = parse_since(since, utc_now()) if since else None
    status = EditStatus.PENDING if pending else None
    count = 0
    with where.queries() as queries:
        found = queries.edits(site=site, since=from_time, kind=kind, min_significance=min_significance, status=status)
        for edit in found:
            count += 1
            if as_json:
                print_json(edit_fields(edit))
            else:
                console.print(edit_lines(edit))
    if not as_json and is_terminal():
        console.print(f"[dim]{count} edits[/]" if count else "no edits")


def status(as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """What is due, overdue and failing, site by site, and how big the archive is."""
    where = setup(archive, seeds)
    now = utc_now()
    with where.queries() as queries:
        rows, counts = queries.sites(now), queries.counts()
    if as_json:
        for row in rows:
            print_json(site_fields(row))
        print_json({"archive": where.archive, **counts})
        return
    console.print(_sites_table(rows))
    console.print(f"\n{_size_line(counts)}")


def _size_line(counts: dict[str, int]) -> str:
    things = ", ".join(f"{counts[name]:,} {name}s" for name in ("page", "visit", "capture", "version", "edit"))
    bodies, file = counts["body_bytes"] / 1e6, counts["file_bytes"] / 1e6
    return f"{things}; {bodies:,.1f} MB of bodies" + (f" in an archive of {file:,.1f} MB" if file else "")


def _sites_table(rows: list[SiteRow]) -> Table:
    now = utc_now()
    table = Table(box=None, pad_edge=False)
    for heading in ("site", "pages", "live", "gone", "due", "overdue", "failing", "last crawl", "discovery"):
        table.add_column(
            heading, no_wrap=True, justify="left" if heading in {"site", "last crawl", "discovery"} else "right"
        )
    for row in rows:
        failing = f"[red]{row.failing}[/]" if row.failing else "0"
        overdue = f"[yellow]{row.overdue}[/]" if row.overdue else "0"
        cells = (row.site, str(row.pages), str(row.live), str(row.gone), str(row.due), overdue, failing)
        table.add_row(*cells, ago(row.last_crawl, now), ago(row.next_discovery, now) if row.next_discovery else "due")
    return table
