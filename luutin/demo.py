"""The demo: a local news site made of recorded pages, three rounds of crawling, and what a user would see."""

import asyncio
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Annotated
from xml.sax.saxutils import escape as xml_escape

import typer
from rich.markup import escape

from crawler.clock import utc_now
from crawler.finding.discovery import sources_of
from crawler.frontdesk import Errand
from crawler.job import crawl
from crawler.sitefiles import FILE_NAME, site_of
from crawler.sites import Site
from crawler.urls import host_key
from luutin.cases import Case, load_case
from luutin.diffing import DiffFormat, heading_of, render, write_page
from luutin.edit_lines import edit_lines
from luutin.options import SeedsOption, setup
from luutin.printing import console, history_line, is_terminal, visit_line
from luutin.replaying import answers_of
from luutin.stand_in import Answer, StandIn
from luutin.workspace import FILE_NAME as WORKSPACE_FILE
from luutin.workspace import workspace_text
from schedules.stopping import stop_on_signals
from storage.archive import init
from storage.changes import Significance
from storage.comparison.comparing import compare
from storage.errors import ConfigError
from storage.queries import Queries
from storage.rows import EditRow
from storage.visits import Visit

_MARK = ".luutin-demo"  # a folder with this file in it was made by the demo and may be made anew
_BETWEEN = timedelta(hours=4)
_URL_WIDTH = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article of the demo: a recorded case, and which of its rounds is served in each round of the demo."""

    case: str
    rounds: tuple[int, int, int]


STORIES = (
    Story(case="nhatbaotangiang/one-digit-changed", rounds=(1, 2, 3)),
    Story(case="nhatbaotangiang/only-noise-changed", rounds=(1, 2, 3)),
    Story(case="nhatbaotangiang/soft-404-then-back", rounds=(1, 2, 3)),
    Story(case="benlamhangngay/headline-changed", rounds=(1, 2, 2)),
    Story(case="benlamhangngay/correction-note-added", rounds=(1, 1, 2)),
    Story(case="benlamhangngay/removed-410", rounds=(1, 1, 2)),
)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the demo's workspace is made.")] = Path("demo"),
    seeds: SeedsOption = None,
) -> None:
    """Watch a local news site, made of recorded pages, while its articles are edited, pulled and set in new noise.

    The recorded pages are in seeds/ of a checkout of Luutin: run it there, or name that folder with --seeds.

    Example: luutin demo --seeds ~/luutin/seeds
    """
    recorded = setup("", seeds).seeds
    _check_there(recorded)
    cases = {story.case: load_case(recorded / story.case) for story in STORIES}
    sites = _make_workspace(folder, recorded, cases)
    archive = f"sqlite:///{folder / 'luutin.db'}"
    start = utc_now() - 2 * _BETWEEN
    init(archive, start)
    with StandIn() as server, _stopping(folder) as stop:
        console.print(f"[dim]A stand-in for {len(sites)} news sites listens at {server.url}.[/]")
        for number in range(3):
            at = start + number * _BETWEEN
            _say(f"Round {number + 1} of 3, as of {at.astimezone():%H:%M}{_ROUNDS[number]}")
            server.serve(_served(sites, cases, number))
            for site in sites:
                _crawl(site, archive, server, at, force=number > 0)
                if stop.is_set():
                    raise KeyboardInterrupt
    with Queries(archive) as queries:
        _report(queries, folder)


@contextmanager
def _stopping(folder: Path) -> Iterator[Event]:
    """Ctrl-C counts once a crawl has ended, and then leaves nothing of the demo behind: half of it shows nothing."""
    try:
        with stop_on_signals() as stop:
            yield stop
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _check_there(recorded: Path) -> None:
    """Raises ConfigError where the demo's own cases are not: in any folder but that of a checkout."""
    missing = [story.case for story in STORIES if not (recorded / story.case).is_dir()]
    if missing:
        hint = "--seeds names the folder of a checkout of Luutin"
        raise ConfigError([f"{recorded}: holds no {missing[0]}, which the demo shows; {hint}"])


_ROUNDS = (
    ": discovery through feeds and section pages, then a first capture of each article",
    ": four hours later, everything around the articles has changed, and something in some of them",
    ": another four hours later",
)


def _make_workspace(folder: Path, recorded: Path, cases: Mapping[str, Case]) -> list[Site]:
    """A fresh workspace with the site files of the cases."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise ConfigError([f"{folder}: is not empty, and no earlier demo made it; name another folder"])
    shutil.rmtree(folder, ignore_errors=True)
    sites = []
    for key in dict.fromkeys(case.site for case in cases.values()):
        target = folder / "seeds" / key / FILE_NAME
        target.parent.mkdir(parents=True)
        shutil.copy(recorded / key / FILE_NAME, target)
        sites.append(site_of(target.read_text(encoding="utf-8"), key, str(target)))
    (folder / _MARK).touch()
    (folder / WORKSPACE_FILE).write_text(workspace_text("sqlite:///luutin.db", Path("seeds")), encoding="utf-8")
    return sites


def _served(sites: Sequence[Site], cases: Mapping[str, Case], number: int) -> dict[str, Answer]:
    """What the stand-in answers in a round: the articles as they are then, and the sources that name them."""
    served: dict[str, Answer] = {}
    for story in STORIES:
        case = cases[story.case]
        served |= answers_of(case, case.round[story.rounds[number] - 1])
    for site in sites:
        urls = [url for case in cases.values() if case.site == site.key for url in case.urls]
        for source in sources_of(site):
            served[source.url] = _listing(source.kind, urls)
    return served


def _listing(kind: str, urls: Sequence[str]) -> Answer:
    """A feed, a sitemap or a section page that names these articles."""
    quoted = [xml_escape(url, {'"': "&quot;"}) for url in urls]
    if kind == "feed":
        items = "".join(f"<item><link>{url}</link></item>" for url in quoted)
        text, content_type = f'<rss version="2.0"><channel>{items}</channel></rss>', "application/rss+xml"
    elif kind == "sitemap":
        items = "".join(f"<url><loc>{url}</loc></url>" for url in quoted)
        text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'
        content_type = "application/xml"
    else:
        items = "".join(f'<li><a href="{url}">{url}</a></li>' for url in quoted)
        text, content_type = f"<!doctype html><html><body><ul>{items}</ul></body></html>", "text/html"
    return Answer(status=200, headers={"Content-Type": f"{content_type}; charset=utf-8"}, body=text.encode())


def _crawl(site: Site, archive: str, server: StandIn, at: datetime, *, force: bool) -> None:
    own = {
        "LUUTIN_ARCHIVE": archive,
        "LUUTIN_CLOCK": lambda: at,
        "LUUTIN_REROUTE": {host_key(site.home): server.url},
        "LUUTIN_READERS": 1,
        "DOWNLOAD_DELAY": 0,
    }

    def show(visit: Visit) -> None:
        console.print(visit_line(visit.outcome, visit.status, visit.version, _short_url(visit.url), visit.note))

    report = asyncio.run(crawl(site, Errand(force=force), own, show))  # not `run`, which takes Ctrl-C for its own end
    if report.faults:
        raise ExceptionGroup(f"the demo's crawl of {site.key} failed", [RuntimeError(fault) for fault in report.faults])


def _short_url(url: str) -> str:
    """Host and the beginning of the path: enough to tell the demo's articles apart on a narrow terminal."""
    bare = url.partition("://")[2]
    return bare if len(bare) <= _URL_WIDTH else f"{bare[:_URL_WIDTH]}…"


def _say(text: str) -> None:
    console.print(f"\n[bold]{escape(text)}[/]")


def _report(queries: Queries, folder: Path) -> None:
    """The edits, the history and the diff of one, and where to look further."""
    edits = list(queries.edits())
    _say(f"{len(edits)} edits flagged: `luutin edits`")
    for edit in edits:
        console.print(edit_lines(edit))
    shown = _most_telling(edits)
    page = queries.page(shown.url)
    assert page is not None
    _say(f"What was seen of one of them: `luutin history {shown.url}`")
    for row in queries.history(page.id):
        console.print(history_line(row))
    _say("What changed in it, word by word: `luutin diff URL`")
    versions = {version.number: version for version in queries.versions(page.id)}
    older, newer = versions[shown.from_version], versions[shown.to_version]
    old, new = queries.article(page.id, older.number), queries.article(page.id, newer.number)
    comparison = compare(old, new)
    heading = heading_of(page.url, older, newer, queries.history(page.id))
    render(DiffFormat.TERMINAL, old, new, comparison, heading)
    write_page(folder / "diff.html", old, new, comparison, heading)
    _further(folder, shown.url)


def _most_telling(edits: Sequence[EditRow]) -> EditRow:
    """A silent edit of substance, where there is one."""
    return max(edits, key=lambda edit: (edit.acknowledged == "silent", Significance(edit.significance).rank, -edit.id))


def _further(folder: Path, url: str) -> None:
    program = Path(sys.argv[0])
    named = str(Path("..") / program) if not program.is_absolute() and program.parent != Path() else str(program)
    prompt = "[dim]$[/] " if is_terminal() else "$ "
    _say(f"Look further: the archive stays in {folder}/, and this diff side by side in {folder / 'diff.html'}")
    for command in (
        f"cd {folder}",
        f"{named} status",
        f"{named} pages",
        f"{named} edits --min-significance substantive --json",
        f"{named} show {url} --version 1",
        f"{named} diff {url} --format unified",
    ):
        console.print(f"{prompt}{escape(command)}")
