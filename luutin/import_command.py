"""The command that brings WARCs and WACZs of others, or of another archive of ours, into the archive: import."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from crawler.clock import utc_now
from crawler.finding.sources import sources_of
from crawler.readers import Readers, ReadingLimits
from crawler.telling import visit_fields
from luutin.exchange.importing import SiteImport
from luutin.exchange.planning import Item, Plan, Work, plan
from luutin.exchange.scanning import Catalogue, scan
from luutin.exchange.sources import Sources
from luutin.loading import INTERRUPTED
from luutin.options import ArchiveOption, JsonOption, SeedsOption, Setup, setup
from luutin.output import print_json
from luutin.printing import console, escape, notices, visit_line
from luutin.verifying import bar
from schedules.service import timed_sites
from schedules.site_timetable import SiteTimetable
from schedules.stopping import interrupt_on_signals, stop_on_signals
from storage.archive import Archive
from storage.errors import ConfigError
from storage.queries import Queries
from storage.space import MEGABYTE, room
from storage.visits import Visit


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="WARC files, gzipped or not, and WACZ files.")],
    site: Annotated[str | None, typer.Option(metavar="SITE", help="Only what belongs to this site.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the files and list what is in them.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Bring the pages in WARC and WACZ files into the archive, as if they had been crawled when they were captured.

    Every digest is checked first. What is damaged is named and left out, and the exit status is then 1. Visits that the
    archive has already are not stored again. Ctrl-C ends it in good order: the same command goes on later.

    Example: luutin import news.warc.gz crawl.wacz
    """
    where = setup(archive, seeds)
    sites = timed_sites(where.seeds) if where.seeds.is_dir() else {}
    told = _Teller(as_json=as_json)
    try:
        with interrupt_on_signals(), Queries(where.archive) as queries, Sources(files) as sources:
            with bar("checking") as move:
                found = scan(sources, lambda _name: move(advance=1, total=len(sources.all)))
            made = plan(found, sites, utc_now(), site)
            _check_site(site, made)
            if dry_run:
                _list(made, as_json=as_json)
                _conclude(found, made, None)
                return
            _import(_Importing(where, queries, found, told), made, told)
    except KeyboardInterrupt:
        _end("nothing was stored yet")
    _conclude(found, made, told)


def _import(importing: "_Importing", made: Plan, told: "_Teller") -> None:
    """Import what is planned; the first Ctrl-C ends it between visits, a second one at once."""
    try:
        with stop_on_signals() as stop:
            asyncio.run(importing.run(made, stop.is_set))
    except KeyboardInterrupt:
        _end("the visits above are stored and kept, and maybe some more")
    stored = told.outcomes.total()
    if stop.is_set():
        _end(f"{stored} visit{' is' if stored == 1 else 's are'} stored and kept")


def _end(kept: str) -> NoReturn:
    """Say what is kept of an import that was stopped, and how to go on."""
    notices.print(f"stopped: {kept}; the same command goes on from there and stores nothing twice")
    raise typer.Exit(INTERRUPTED)


def _check_site(site: str | None, made: Plan) -> None:
    if site is not None and not made.work and made.skipped["of other sites"]:
        raise ConfigError([f"--site {site!r}: nothing in these files belongs to it"])


class _Teller:
    """Prints each visit that was stored, and sums up."""

    def __init__(self, *, as_json: bool) -> None:
        self._json = as_json
        self.outcomes: Counter[str] = Counter()
        self.known = 0
        self.faults: list[str] = []

    def visit(self, visit: Visit) -> None:
        """Print one that is stored."""
        self.outcomes[visit.outcome.value] += 1
        if self._json:
            print_json(visit_fields(visit))
        else:
            console.print(visit_line(visit.outcome, visit.status, visit.version, visit.url, visit.note))


class _Importing:
    """Imports site after site."""

    def __init__(self, where: Setup, queries: Queries, found: Catalogue, told: _Teller) -> None:
        self._where = where
        self._queries = queries
        self._found = found
        self._told = told

    async def run(self, made: Plan, stopped: Callable[[], bool]) -> None:
        """Import all that is planned."""
        processes = self._where.workspace.readers or os.cpu_count() or 1
        total = sum(len(work.items) for work in made.work.values())
        with Readers(processes=processes, limits=ReadingLimits()) as readers, bar("importing") as move:
            for key in sorted(made.work):
                if not stopped():
                    await self._site(made.work[key], readers, stopped, lambda: move(advance=1, total=total))

    async def _site(self, work: Work, readers: Readers, stopped: Callable[[], bool], moved: Callable[[], None]) -> None:
        def done(visit: Visit | None) -> None:
            moved()
            if visit is not None:
                self._told.visit(visit)

        timetable = SiteTimetable(work.site)
        with Archive(self._where.archive, next_due=lambda _site, known, now: timetable.page_due(known, now)) as archive:
            sources = [(source.kind, source.url) for source in sources_of(work.site)]
            archive.watch_site(work.site.key, utc_now(), sources)
            one = SiteImport(
                work=work,
                sources=self._found.sources,
                archive=archive,
                queries=self._queries,
                readers=readers,
                clock=utc_now,
                room=lambda: room(self._where.archive, self._where.workspace.min_free * MEGABYTE).told,
                on_visit=done,
            )
            await one.run(stopped)
        self._told.known += one.sum.known
        self._told.faults += one.sum.faults


def _list(made: Plan, *, as_json: bool) -> None:
    """What would be imported, the earliest visit of each site first."""
    for key in sorted(made.work):
        for item in made.work[key].items:
            if as_json:
                print_json(_item_fields(key, item))
            else:
                status = item.answer.status if item.answer else "-"
                console.print(f"{item.at.isoformat()} {status} {escape(key)}  {escape(item.url)}")


def _item_fields(key: str, item: Item) -> dict[str, Any]:
    return {
        "url": item.url,
        "site": key,
        "at": item.at.isoformat(),
        "status": item.answer.status if item.answer else None,
    }


def _conclude(found: Catalogue, made: Plan, told: _Teller | None) -> None:
    """Say what was left out and what was wrong; exit status 1 where something was."""
    if told is not None:
        said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(told.outcomes.items()))
        notices.print(f"imported: {said or 'nothing'}")
        if told.known:
            notices.print(f"in the archive already: {told.known}")
    else:
        notices.print(f"to import: {sum(len(work.items) for work in made.work.values())}; nothing was stored")
    left_out = made.skipped + found.others
    if left_out:
        reasons = ", ".join(f"{count} {reason}" for reason, count in left_out.most_common())
        notices.print(f"left out: {escape(reasons)}")
    faults = [*found.faults, *made.faults, *(told.faults if told else ())]
    for fault in faults:
        notices.print(f"[red]{escape(fault)}[/]")
    if faults:
        raise typer.Exit(1)
