"""The commands that list what the archive holds: pages, status."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from crawler.clock import utc_now
from luutin.filters import check_site, filed_sites
from luutin.options import ArchiveOption, JsonOption, SeedsOption, Setup, SiteOption, one_of, setup
from luutin.output import page_fields, print_json, site_fields
from luutin.printing import ago, console, escape, notices, page_lines, print_table
from storage.database import archive_url
from storage.queries import Queries
from storage.rows import SiteRow
from storage.space import MEGABYTE, room


class PageState(StrEnum):
    """Where a page stands: found but never read, live, missing (answered 404 once), gone, or moved."""

    FOUND = "found"
    LIVE = "live"
    MISSING = "missing"
    GONE = "gone"
    MOVED = "moved"


def pages(
    site: SiteOption = None,
    state: Annotated[
        PageState | None, typer.Option(metavar="STATE", help=f"Only pages in this state: {one_of(PageState)}.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the newest first.")] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """List the pages that the archive knows, the newest first.

    Example: luutin pages --site baovidu --state gone
    """
    where = setup(archive, seeds)
    count = 0
    with Queries(where.archive) as queries:
        check_site(site, queries, where.seeds)
        for row in queries.pages(site, state, limit):
            count += 1
            if as_json:
                print_json(page_fields(row))
            else:
                console.print(page_lines(row))
    if not count and not as_json:
        asked = "" if site is state is None else " such"
        notices.print(f"no{asked} pages; fetch some with: luutin crawl, or luutin capture URL")


def status(as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """What is due, overdue and failing, site by site, and how big the archive is.

    A site without a site file holds what `luutin capture` fetched; nothing of it is due, as `luutin run` leaves it
    alone. One line of JSON for each site, then one for the archive.
    """
    where = setup(archive, seeds)
    now = utc_now()
    left = room(where.archive, where.workspace.min_free * MEGABYTE)
    with Queries(where.archive) as queries:
        rows, counts = queries.sites(now), queries.counts()
        stamped, trouble = _stamping(queries, where)
    filed = filed_sites(where.seeds)
    rows = _with_filed(rows, filed)
    if as_json:
        for row in rows:
            print_json({**site_fields(row), "site_file": row.site in filed})
        shown = archive_url(where.archive).render_as_string()
        space = {"free_bytes": left.free, "min_free_bytes": left.floor, "paused": left.short}
        stamps = {"last_stamp": stamped.isoformat() if stamped else None, "stamp_trouble": trouble}
        print_json({"archive": shown, **counts, **space, **stamps})
        return
    print_table(_sites_table(rows, filed, now))
    console.print(f"\n{_size_line(counts)}")
    if left.free is not None:
        console.print(f"[red]crawls are {left.told}[/]" if left.short else f"{left.free / MEGABYTE:,.0f} MB are free")
    if stamped or trouble:
        said = f"[red]; since then {escape(trouble)}[/]" if trouble else ""
        console.print(f"stamped last: {ago(stamped, now)}{said}")


def _stamping(queries: Queries, where: Setup) -> tuple[datetime | None, str]:
    """When the authority of the workspace stamped the chains last, and what came of asking it if that failed."""
    if where.workspace.timestamps is None:
        return None, ""
    url = where.workspace.timestamps.url
    stamp, asked = queries.newest_stamp(url), queries.asked_to_stamp(url)
    trouble = f"{asked.outcome}: {asked.note}" if asked is not None and asked.failures else ""
    return stamp.at if stamp else None, trouble


def _with_filed(rows: Iterable[SiteRow], filed: Sequence[str]) -> list[SiteRow]:
    """The sites of the archive and those that only have a file yet; what has none is never due."""
    known = {row.site: row if row.site in filed else _unwatched(row) for row in rows}
    fresh = {site: _never_crawled(site) for site in filed if site not in known}
    return [row for _, row in sorted((fresh | known).items())]


def _unwatched(row: SiteRow) -> SiteRow:
    return replace(row, due=0, overdue=0, next_due=None)


def _never_crawled(site: str) -> SiteRow:
    return SiteRow(
        site=site,
        last_crawl=None,
        next_discovery=None,
        pages=0,
        live=0,
        gone=0,
        due=0,
        overdue=0,
        failing=0,
        next_due=None,
        sources_failing=0,
    )


def _size_line(counts: dict[str, int]) -> str:
    names = ("page", "visit", "capture", "version", "edit")
    things = ", ".join(f"{counts[name]:,} {name}{'' if counts[name] == 1 else 's'}" for name in names)
    bodies, file = counts["body_bytes"] / 1e6, counts["file_bytes"] / 1e6
    return f"{things}; {bodies:,.1f} MB of bodies" + (f" in an archive of {file:,.1f} MB" if file else "")


def _sites_table(rows: Iterable[SiteRow], filed: Sequence[str], now: datetime) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("site", "pages", "live", "gone", "due", "overdue", "failing", "last crawl", "discovery", ""):
        words = heading in {"site", "last crawl", "discovery", ""}
        table.add_column(heading, no_wrap=True, justify="left" if words else "right")
    for row in rows:
        failing = f"[red]{row.failing}[/]" if row.failing else "0"
        overdue = f"[yellow]{row.overdue}[/]" if row.overdue else "0"
        cells = (escape(row.site), str(row.pages), str(row.live), str(row.gone), str(row.due), overdue, failing)
        discovery = _planned(row.next_discovery, now) if row.site in filed else "no site file"
        table.add_row(*cells, ago(row.last_crawl, now), discovery, f"[red]{'; '.join(_troubles(row))}[/]")
    return table


def _planned(due: datetime | None, now: datetime) -> str:
    """When a site is searched next; what is past is no time of a search, but how long one has been due."""
    if due is None:
        return "due"
    return ago(due, now) if due > now else f"due for {ago(due, now).removesuffix(' ago')}"


def _troubles(row: SiteRow) -> list[str]:
    sources = [f"{row.sources_failing} of its sources failing"] if row.sources_failing else []
    return sources + ([f"no {', no '.join(row.lost_fields)} any more"] if row.lost_fields else [])
