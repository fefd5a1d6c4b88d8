"""The command that reads pages and keeps nothing: try."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from crawler.sitefiles import load_sites
from crawler.sites import Site, rules_at, site_for_url
from crawler.urls import is_web_url
from luutin.options import ArchiveOption, JsonOption, PrivateOption, SeedsOption, Setup, setup
from luutin.output import print_json
from luutin.try_output import print_reading, reading_fields
from luutin.trying import NotHadError, Wanted, fetched_page, saved_page, wanted_pages
from storage.errors import ConfigError
from storage.records import Reading


def try_reading(
    pages: Annotated[
        list[str] | None, typer.Argument(metavar="URL|FILE", help="URLs, or saved pages (.html, .html.gz).")
    ] = None,
    url: Annotated[str, typer.Option("--url", metavar="URL", help="The URL that a saved page was served at.")] = "",
    from_list: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="LIST",
            allow_dash=True,
            help="A file with one `PATH URL` a line, paths from its folder; one JSON line each, in its order.",
        ),
    ] = None,
    as_json: JsonOption = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Show how a page would be read, where each field came from, and what was left out and why.

    Stores nothing. Exit status 1 when a page could not be had: a site that gives none, a damaged file.

    Example: luutin try saved.html --url https://baovidu.example/gia-xang-post101.html
    """
    where = setup(archive, seeds)
    wanted = wanted_pages(pages or [], url, from_list)
    if not wanted and from_list is None:
        raise ConfigError(["nothing to read: name a URL or a file, or a list of them with --from"])
    reader = _Reader(where, load_sites(where.seeds), allow_private=allow_private)
    asyncio.run(reader.read_all(wanted, as_json or from_list is not None))
    if reader.missed:
        raise typer.Exit(1)


class _Reader:
    """Has pages read in processes of their own, a few ahead, and prints them in the order given."""

    def __init__(self, where: Setup, sites: Mapping[str, Site], *, allow_private: bool) -> None:
        self._where = where
        self._sites = sites
        self._allow_private = allow_private
        self.missed = 0

    async def read_all(self, wanted: Sequence[Wanted], as_json: bool) -> None:
        processes = min(self._where.workspace.readers or os.cpu_count() or 1, len(wanted) or 1)
        waiting: list[tuple[Wanted, asyncio.Task[Reading]]] = []
        with Readers(processes=processes, limits=ReadingLimits()) as readers:
            for page in wanted:
                waiting.append((page, asyncio.ensure_future(self._read(page, readers))))
                if page.file is None or len(waiting) > 2 * processes:
                    await self._print(*waiting.pop(0), as_json)  # and so one request at a time
            for page, task in waiting:
                await self._print(page, task, as_json)

    async def _read(self, wanted: Wanted, readers: Readers) -> Reading:
        if wanted.file is not None:
            page = saved_page(wanted.file, wanted.url)
        else:
            contact = self._where.workspace.contact
            page = await fetched_page(wanted.url, self._sites, contact, allow_private=self._allow_private)
        return await readers.read(page.body, page.url, page.content_type, self._rules(page.url))

    def _rules(self, url: str) -> Rules:
        site = site_for_url(self._sites, url) if is_web_url(url) else None
        return rules_at(site, utc_now().astimezone(site.zone).date()) if site else Rules()

    async def _print(self, page: Wanted, task: asyncio.Task[Reading], as_json: bool) -> None:
        try:
            reading = await task
        except NotHadError as error:
            self.missed += 1
            reading = Reading(article=None, unreadable=str(error), reader="")
        if as_json:
            print_json(reading_fields(page.name, page.url, reading))
        else:
            print_reading(page.name, reading)
