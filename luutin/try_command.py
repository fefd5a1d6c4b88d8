"""The command that reads pages and keeps nothing: try."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from crawler.sitefiles import load_sites
from crawler.sites import Site, default_site, site_for_url
from crawler.urls import host_key, is_web_url
from luutin.explaining import Asked, explain
from luutin.lookups import Memories
from luutin.options import ArchiveOption, JsonOption, PrivateOption, SeedsOption, Setup, setup
from luutin.output import print_json
from luutin.try_output import print_reading, reading_fields
from luutin.trying import NotHadError, Wanted, had_page, rules_on, wanted_pages
from storage.errors import ConfigError
from storage.records import Reading


def try_reading(  # noqa: PLR0913, PLR0917 - a command's options are its parameters
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
    explain_it: Annotated[
        bool,
        typer.Option("--explain", help="Instead, propose rules for site.toml where the reading is weak."),
    ] = False,
    on: Annotated[
        str,
        typer.Option("--on", metavar="DATE", help="Read by the rules in force on that day (2026-03-01); else today."),
    ] = "",
    as_json: JsonOption = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Show how a page would be read, where each field came from, and what was left out and why.

    Stores nothing. Each field is shown with what the page states of it: the
    value chosen (*), where it stands and why it was chosen, and what was
    passed over (-). Exit status 1 when a page could not be had: a site that
    gives none, a damaged file.

    With --explain the pages, all of one site, are looked through for what is
    read badly: a body that is empty or lacks text, a lead, title, author or
    time that the page shows and that was not found, links within the body.
    Selectors are made for these and tried by reading the pages anew. What is
    printed goes into the site file as it is. Name several pages: a rule is
    proposed only where it harms none of them. What the archive holds of the
    site is tried too.

    Example: luutin try saved.html --url https://baovidu.example/gia-xang-post101.html

    Example: luutin try --explain URL1 URL2 URL3 >> seeds/baovidu/site.toml
    """
    where = setup(archive, seeds)
    wanted = wanted_pages(pages or [], url, from_list)
    if not wanted and from_list is None:
        raise ConfigError(["nothing to read: name a URL or a file, or a list of them with --from"])
    sites, day = load_sites(where.seeds), _day(on)
    if explain_it:
        asked = Asked(wanted=wanted, sites=sites, where=where, day=day, allow_private=allow_private)
        missed = asyncio.run(explain(asked, as_json=as_json))
    else:
        reader = _Reader(where, sites, day, allow_private=allow_private)
        asyncio.run(reader.read_all(wanted, as_json or from_list is not None))
        missed = reader.missed
    if missed:
        raise typer.Exit(1)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ConfigError([f"--on {text!r} is no day like 2026-03-01"]) from error


def _key(site: Site | None, url: str) -> str:
    """The key by which the archive knows the site of a page."""
    if site is None and is_web_url(url):
        site = default_site(host_key(url), url)
    return site.key if site else ""


class _Reader:
    """Has pages read in processes of their own, a few ahead, and prints them in the order given."""

    def __init__(self, where: Setup, sites: Mapping[str, Site], day: date | None, *, allow_private: bool) -> None:
        self._where = where
        self._sites = sites
        self._day = day
        self._allow_private = allow_private
        self._memories = Memories(where.archive)
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
        contact = self._where.workspace.contact
        page = await had_page(wanted, self._sites, contact, allow_private=self._allow_private)
        site = site_for_url(self._sites, page.url) if is_web_url(page.url) else None
        rules = rules_on(site, self._day, utc_now()) if site else Rules()
        memory = self._memories.of_site(_key(site, page.url))
        return await readers.read(page.body, page.url, page.content_type, rules, memory)

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
