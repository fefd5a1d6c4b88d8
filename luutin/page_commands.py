"""The commands that look at one page: history, show, diff."""

from typing import Annotated

import typer

from crawler.sitefiles import load_site
from luutin.diffing import DiffFormat, heading_of, render
from luutin.gaps import gaps
from luutin.lookups import page_named, version_named
from luutin.options import ArchiveOption, JsonOption, SeedsOption, UrlArgument, one_of, setup
from luutin.output import history_fields, print_bytes, print_json
from luutin.printing import article_lines, console, escape, gap_line, history_line, local, notices
from storage.articles import article_fields
from storage.changes import SiteWeights
from storage.comparison.comparing import compare
from storage.errors import ConfigError
from storage.queries import Queries

VersionOption = Annotated[int | None, typer.Option("--version", help="Number of a version; else the latest.")]


def history(
    url: UrlArgument, as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None
) -> None:
    """Every look at a page, the earliest first, and what came of it.

    A line says where nobody looked for long.

    Example: luutin history https://baovidu.example/gia-xang-post101.html
    """
    with Queries(setup(archive, seeds).archive) as queries:
        page = page_named(queries, url)
        rows = queries.history(page.id)
    if as_json:
        for row in rows:
            print_json(history_fields(row))
        return
    for row, gap in zip(rows, gaps([row.at for row in rows]), strict=True):
        if gap is not None:
            console.print(gap_line(gap))
        console.print(history_line(row))


def show(
    url: UrlArgument,
    version: VersionOption = None,
    raw: Annotated[bool, typer.Option("--raw", help="The bytes of the capture, as received and decoded.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Show what a version of a page reads as, or with --raw the bytes that it was read from.

    Example: luutin show URL --version 1 --raw > page.html
    """
    if raw and as_json:
        raise ConfigError(["--raw and --json exclude each other"])
    with Queries(setup(archive, seeds).archive) as queries:
        page = page_named(queries, url)
        chosen = version_named(queries.versions(page.id), version, page.url)
        if raw:
            print_bytes(queries.raw(page.id, chosen.number).body)
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


def diff(
    url: UrlArgument,
    a: Annotated[int | None, typer.Argument(help="The older version; else the one before the latest.")] = None,
    b: Annotated[int | None, typer.Argument(help="The newer version; else the latest, or the one after A.")] = None,
    form: Annotated[
        DiffFormat, typer.Option("--format", metavar="FORMAT", help=f"How to show it: {one_of(DiffFormat)}.")
    ] = DiffFormat.TERMINAL,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Show word by word what changed between two versions of a page.

    Example: luutin diff URL 1 3 --format html > diff.html
    """
    where = setup(archive, seeds)
    with Queries(where.archive) as queries:
        page = page_named(queries, url)
        versions = queries.versions(page.id)
        if len(versions) == 1 and a in {None, 1} and b is None:
            notices.print(f"{escape(page.url)} has 1 version, so there is nothing to compare")
            return
        older = version_named(versions, a if a is not None else max(1, len(versions) - 1), page.url)
        if a is not None and b is None and older == versions[-1]:
            raise ConfigError([_nothing_follows(page.url, older.number)])
        following = older.number + 1 if a is not None else None
        newer = version_named(versions, b if b is not None else following, page.url)
        old, new = queries.article(page.id, older.number), queries.article(page.id, newer.number)
        heading = heading_of(page.url, older, newer, queries.history(page.id))
    site = load_site(where.seeds, page.site)
    weights = site.significance.weights() if site else SiteWeights()
    comparison = compare(old, new, weights=weights, seen=(older.at, newer.at))
    render(form, old, new, comparison, heading)


def _nothing_follows(url: str, latest: int) -> str:
    first = f"luutin diff {url} {latest - 1} {latest}"
    return f"version {latest} of {url} is the latest, and none follows it to compare it with; name two: {first}"
