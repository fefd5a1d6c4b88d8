"""The command that reads the archive anew by today's reader: reread."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from crawler.clock import utc_now
from crawler.learning import lesson
from crawler.readers import Readers, ReadingLimits
from crawler.rereading import Damage, PageReread, Rereader
from crawler.sitefiles import load_sites
from crawler.sites import Site, default_site
from luutin.filters import check_site
from luutin.options import ArchiveOption, JsonOption, SeedsOption, Setup, setup
from luutin.output import print_json
from luutin.printing import console, escape, is_terminal, notices
from storage.archive import Archive
from storage.errors import DamagedBodyError
from storage.queries import Queries
from storage.rows import PageRow
from storage.sitememory import Memory


def reread(
    sites: Annotated[list[str] | None, typer.Argument(metavar="SITE", help="Keys of sites; else all.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would read differently.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Read every version in the archive anew from its bytes, and say which read differently now.

    For a new release, or after a rule in a site file was changed. Edits are judged anew: one that was the old reader's
    and no editor's is withdrawn (`luutin edits --withdrawn`). Else a page is read anew when it changes. Exit status 1
    where what is stored is damaged; the rest is read all the same.

    Example: luutin reread baovidu --dry-run
    """
    where = setup(archive, seeds)
    filed = load_sites(where.seeds)
    with Queries(where.archive) as queries:
        for key in sites or ():
            check_site(key, queries, where.seeds, "the site")
        known = queries.site_keys()
        work = [_Work.of(queries, key, filed) for key in known if not sites or key in sites]
        writer = None if dry_run else Archive(where.archive, next_due=lambda _site, _history, now: now)
        with nullcontext() if writer is None else closing(writer):
            whole = asyncio.run(
                _Rereading(where, queries, writer, as_json=as_json).run([one for one in work if one.pages])
            )
    if not whole:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """The pages of one site that have been read before."""

    site: Site
    pages: Sequence[PageRow]

    @classmethod
    def of(cls, queries: Queries, key: str, filed: Mapping[str, Site]) -> "_Work":
        pages = [page for page in queries.pages(key) if page.versions]
        home = pages[0].url if pages else f"https://{key}/"
        return cls(site=filed.get(key) or default_site(key, home), pages=pages)


@dataclass(slots=True, kw_only=True)
class _Sum:
    versions: int = 0
    differing: int = 0
    damaged: int = 0
    changed: int = 0
    withdrawn: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    def add(self, page: PageReread) -> None:
        self.versions += page.versions
        self.differing += len(page.differing)
        self.damaged += len(page.damaged)
        self.changed += page.edits_changed
        self.withdrawn += page.edits_withdrawn
        for version in page.differing:
            self.fields.update(version.fields)


class _Rereading:
    """Reads site after site, prints what differs, and sums up."""

    def __init__(self, where: Setup, queries: Queries, archive: Archive | None, *, as_json: bool) -> None:
        self._processes = where.workspace.readers or os.cpu_count() or 1
        self._queries = queries
        self._archive = archive
        self._json = as_json
        self._sum = _Sum()

    async def run(self, work: Sequence[_Work]) -> bool:
        """False where something stored is damaged."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        quiet = self._json or not is_terminal()
        with (
            Readers(processes=self._processes, limits=ReadingLimits()) as readers,
            Progress(*columns, console=notices, transient=True, disable=quiet) as progress,
        ):
            for one in work:
                task = progress.add_task(one.site.key, total=len(one.pages))
                try:
                    rereader = self._rereader(readers, one.site)
                except DamagedBodyError as error:
                    self._sum.damaged += 1
                    self._print_damage(one.site.key, "", Damage(text=f"what was learned of {one.site.key}: {error}"))
                    continue
                async for page in rereader.pages(one.pages, self._processes):
                    self._sum.add(page)
                    self._print(one.site.key, page)
                    progress.advance(task)
        self._conclude()
        return not self._sum.damaged

    def _rereader(self, readers: Readers, site: Site) -> Rereader:
        return Rereader(
            queries=self._queries, archive=self._archive, readers=readers, site=site, memory=self._memory(site.key)
        )

    def _memory(self, key: str) -> Memory:
        """What is known of a site, brought up to date first where no text that it is learned from is damaged."""
        try:
            new = lesson(self._queries, key)
        except DamagedBodyError:  # told when the version that has this text is read
            new = None
        if new is None:
            return self._queries.memory(key)
        if self._archive is not None:
            self._archive.remember(key, new.memory, new.until, utc_now())
        return new.memory

    def _print(self, site: str, page: PageReread) -> None:
        if self._json:
            for record in _records(site, page):
                print_json(record)
        else:
            for line in _lines(page):
                console.print(line)
        for damage in page.damaged:
            self._print_damage(site, page.url, damage)

    def _print_damage(self, site: str, url: str, damage: Damage) -> None:
        if self._json:
            told = {"version": damage.version, "visit": damage.visit, "damaged": damage.text}
            print_json({"url": url, "site": site, **told})
        else:
            console.print(_damage_line(url, damage))

    def _conclude(self) -> None:
        if self._json:
            return
        one = self._sum
        would = "read" if self._archive is not None else "would read"
        versions = f"{one.versions:,} version{'' if one.versions == 1 else 's'}"
        notices.print(f"{versions}, of which {one.differing:,} {would} differently")
        if one.fields:
            notices.print(f"  {', '.join(f'{name} of {count:,}' for name, count in one.fields.most_common())}")
        if one.changed or one.withdrawn:
            notices.print(f"edits: {one.changed} judged otherwise, {one.withdrawn} withdrawn")
        if one.damaged:
            what = "fault was" if one.damaged == 1 else "faults were"
            notices.print(f"[red]{one.damaged:,} {what} found in what is stored[/]; luutin verify names all of them")


def _records(site: str, page: PageReread) -> Iterator[dict[str, Any]]:
    """One object a version that reads differently, and one for a page whose edits were judged otherwise."""
    for version in page.differing:
        yield {
            "url": page.url,
            "site": site,
            "version": version.number,
            "fields": list(version.fields),
            "fault": version.fault,
            "before": version.before,
            "reader": version.reader,
        }
    if page.edits_changed or page.edits_withdrawn:
        yield {
            "url": page.url,
            "site": site,
            "edits_changed": page.edits_changed,
            "edits_withdrawn": page.edits_withdrawn,
        }


def _lines(page: PageReread) -> Iterable[str]:
    for version in page.differing:
        said = f"[red]{escape(version.fault)}[/]" if version.fault else ", ".join(version.fields)
        yield f"v{version.number:<3} {said}  [dim]{escape(page.url)}[/]"


def _damage_line(url: str, damage: Damage) -> str:
    version = "" if damage.version is None else f"v{damage.version:<3} "
    places = [escape(url), "" if damage.visit is None else f"visit {damage.visit}"]
    where = ", ".join(place for place in places if place)
    return f"[red]{version}{escape(damage.text)}[/]{f'  [dim]({where})[/]' if where else ''}"
