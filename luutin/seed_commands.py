"""The commands that work on recorded pages: try, replay, record."""

import asyncio
import gzip
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from crawler.client import FetchError, Limits
from crawler.clock import utc_now
from crawler.configuring import user_agent
from crawler.looking import Looker
from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from crawler.sites import default_site, rules_at, site_for_url
from crawler.urls import host_key, is_web_url
from luutin.cases import Case, case_folders, load_case, write_expected
from luutin.expectations import mismatches
from luutin.options import ArchiveOption, JsonOption, PrivateOption, SeedsOption, Setup, page_named, setup
from luutin.output import print_json
from luutin.printing import article_lines, console, is_terminal, notices
from luutin.recording import record_case
from luutin.replaying import replay
from storage.articles import article_fields
from storage.errors import ConfigError, LuutinError
from storage.records import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Something to read: where it came from, its bytes and its URL."""

    path: str
    body: bytes
    url: str
    content_type: str


def try_reading(
    pages: Annotated[
        list[str] | None, typer.Argument(metavar="[URL|FILE]...", help="URLs, or saved pages (.html, .html.gz).")
    ] = None,
    url: Annotated[str, typer.Option("--url", help="The URL that a saved page was served at.")] = "",
    from_list: Annotated[
        Path | None, typer.Option("--from", help="A file with one `PATH URL` a line; gives one JSON line each.")
    ] = None,
    as_json: JsonOption = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Show how a page would be read, where each field came from, and what was left out and why. Stores nothing."""
    where = setup(archive, seeds)
    given = pages or []
    if not given and from_list is None:
        raise ConfigError(["nothing to read: name a URL or a file, or a list of them with --from"])
    asyncio.run(_try_all(where, given, url, from_list, allow_private, as_json or from_list is not None))


async def _try_all(
    where: Setup, given: Sequence[str], url: str, from_list: Path | None, allow_private: bool, as_json: bool
) -> None:
    """Read everything, two pages a process ahead, and print in the order given."""
    processes = where.workspace.readers or os.cpu_count() or 1
    waiting: list[tuple[Page, asyncio.Task[Reading]]] = []
    with Readers(processes=processes, limits=ReadingLimits()) as readers:

        async def print_first() -> None:
            page, task = waiting.pop(0)
            _print_reading(page, await task, as_json)

        for name, address in [*((name, url) for name in given), *(_listed(from_list) if from_list else [])]:
            page = await _fetched(name, where, allow_private) if _is_remote(name) else _saved(name, address)
            rules = _rules(where, page.url)
            waiting.append((page, asyncio.ensure_future(readers.read(page.body, page.url, page.content_type, rules))))
            if len(waiting) > 2 * processes:
                await print_first()
        while waiting:
            await print_first()


def _is_remote(name: str) -> bool:
    return "://" in name and is_web_url(name)


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    """The pairs of a list; a relative path is taken from the current folder, else from the list's own."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise ConfigError([f"--from {path}: cannot be read: {error}"]) from error
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            continue
        if len(words) != 2 or not is_web_url(words[1]):
            raise ConfigError([f"{path}: line {number}: must be a path and a URL; got {line!r}"])
        beside = path.parent / words[0]
        yield (words[0] if Path(words[0]).exists() or not beside.exists() else str(beside)), words[1]


def _saved(name: str, url: str) -> Page:
    """A page from a file, unpacked where its name ends in .gz."""
    path = Path(name)
    try:
        data = path.read_bytes()
        body = gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError) as error:
        raise ConfigError([f"{name}: cannot be read: {error}"]) from error
    return Page(path=name, body=body, url=url or path.absolute().as_uri(), content_type="text/html")


async def _fetched(url: str, where: Setup, allow_private: bool) -> Page:
    """One GET within robots.txt, redirects followed."""
    site = site_for_url(where.sites(), url) or default_site(host_key(url), url)
    agent = user_agent(site, where.workspace.contact)
    private = allow_private or site.allow_private
    limits = Limits(timeout=site.pace.timeout, max_size=site.pace.max_size)
    try:
        async with Looker(user_agent=agent, allow_private=private, delay=0, limits=limits) as looker:
            response = await looker.look(url)
    except FetchError as error:
        raise LuutinError(f"{url}: {error.outcome.value}: {error.note}") from error
    if response.status != 200 or response.fault:
        raise LuutinError(f"{url}: {response.fault or f'answered {response.status}'}")
    return Page(path=url, body=response.body, url=response.url, content_type=response.header("Content-Type"))


def _rules(where: Setup, url: str) -> Rules:
    site = site_for_url(where.sites(), url) if is_web_url(url) else None
    return rules_at(site, utc_now().astimezone(site.zone).date()) if site else Rules()


def reading_fields(page: Page, reading: Reading) -> dict[str, Any]:
    """A reading as `luutin try --json` prints it; without an article its fields are left out."""
    fields = article_fields(reading.article) if reading.article else {"url": page.url}
    return {
        "path": page.path,
        **fields,
        "dropped": [{"text": drop.text, "why": drop.why} for drop in reading.dropped],
        "sources": dict(reading.sources),
        "unreadable": reading.unreadable,
        "suspect": reading.suspect,
        "reader": reading.reader,
    }


def _print_reading(page: Page, reading: Reading, as_json: bool) -> None:
    if as_json:
        print_json(reading_fields(page, reading))
        return
    console.print(f"[dim]{escape(page.path)}[/]")
    if reading.unreadable or reading.suspect:
        said = f"unreadable: {reading.unreadable}" if reading.unreadable else f"suspect: {reading.suspect}"
        console.print(f"[red]{escape(said)}[/]")
    if reading.article:
        console.print(article_lines(reading.article))
    console.print("\n[bold]where each field came from[/]")
    for name, source in reading.sources.items():
        console.print(f"  {name:<14} {escape(source)}")
    console.print(f"\n[bold]left out[/] ({len(reading.dropped)})")
    for drop in reading.dropped:
        console.print(f"  [dim]{escape(drop.why)}:[/] {escape(_short(drop.text))}")
    console.print("")


def _short(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:160]}… ({len(text)} characters)"


def replay_cases(
    cases: Annotated[list[str] | None, typer.Argument(metavar="[SITE[/CASE]]...", help="Which; else all.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Write what was read as what is expected.")] = False,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Replay recorded cases over real HTTP, through the real crawl and an archive of their own, and compare.

    Exit status 1 when one differs from its expected.json; the differing places are printed.
    """
    where = setup(archive, seeds)
    folders = case_folders(where.seeds, cases or [])
    if not folders:
        raise ConfigError([f"{where.seeds} holds no recorded case; make one with: luutin record URL"])
    loaded = [load_case(folder) for folder in folders]
    failed = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=notices, transient=True, disable=not is_terminal()) as progress:
        task = progress.add_task("replaying", total=len(loaded))
        for case in loaded:
            progress.update(task, description=case.name)
            failed += not _replay_one(case, update, as_json)
            progress.advance(task)
    if not as_json:
        console.print(f"{len(loaded)} cases replayed, {failed} {'updated' if update else 'differ'}")
    if failed and not update:
        raise typer.Exit(1)


def _replay_one(case: Case, update: bool, as_json: bool) -> bool:
    """Whether the case came out as expected."""
    made = replay(case)
    faults = [] if update and not case.has_expected else mismatches(case.expected(), made)
    changed = bool(faults) or (update and not case.has_expected)
    if update and changed:
        write_expected(case, made)
    if as_json:
        print_json({"case": case.name, "ok": not changed, "mismatches": faults})
        return not changed
    state = "[green]ok[/]     " if not changed else "[yellow]updated[/]" if update else "[red]differs[/]"
    console.print(f"{state} {case.name}  [dim]{escape(case.about)}[/]")
    for fault in faults:
        console.print(f"        {escape(fault)}")
    return not changed


def record(
    url: Annotated[str, typer.Argument(help="URL of a page in the archive.")],
    case: Annotated[str | None, typer.Option(help="Name of the case's folder; else made from the URL.")] = None,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Write a new case from the archive: every visit to a page with its response, and what Luutin makes of them."""
    where = setup(archive, seeds)
    with where.queries() as queries:
        page = page_named(queries, url)
        folder = record_case(queries, page, where.seeds, where.sites().get(page.site), case)
    try:
        loaded = load_case(folder)
        write_expected(loaded, replay(loaded))
    except BaseException:
        shutil.rmtree(folder)
        raise
    sys.stdout.write(f"wrote {folder}; read its expected.json: from now on it is what must come out\n")
