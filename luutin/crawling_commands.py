"""The commands that fetch: crawl, capture, run."""

import logging
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.status import Status

from crawler.sites import default_site, site_for_url
from crawler.urls import host_key, is_web_url
from luutin.options import ArchiveOption, JsonOption, PrivateOption, SeedsOption, Setup, check_known, setup
from luutin.output import print_json
from luutin.printing import console, is_terminal, notices, visit_line
from schedules.children import Command, Ended, Logged, Printed, run_children
from schedules.crawls import crawler_command
from schedules.daemon import Limits
from schedules.service import LOG_FORMAT, run_service
from schedules.stopping import stop_on_signals
from storage.errors import ConfigError
from storage.records import Outcome

SitesArgument = Annotated[list[str] | None, typer.Argument(metavar="[SITE]...", help="Keys of sites; else all.")]


def crawl(
    sites: SitesArgument = None,
    force: Annotated[bool, typer.Option("--force", help="Fetch all known pages, due or not.")] = False,
    as_json: JsonOption = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Ask the sites' feeds, sitemaps and sections, then fetch what is new and what is due, now.

    One line for each visit, once it is stored. Exit status 1 when a site could not be crawled.
    """
    where = setup(archive, seeds)
    known = where.sites()
    check_known(sites or [], known, where.seeds)
    chosen = sites or sorted(known)
    if not chosen:
        raise ConfigError([f"{where.seeds} holds no site; add one with: luutin site add URL"])
    options = ["--force"] if force else []
    where.make_archive()
    _run([_command(where, key, [*options, *_private(allow_private)]) for key in chosen], where, as_json)


def capture(
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL]...", help="What to fetch.")] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", help="A file with one URL a line; - for standard input.", allow_dash=True)
    ] = None,
    site: Annotated[
        str | None, typer.Option(help="The site that the URLs belong to; else the one of their host.")
    ] = None,
    delay: Annotated[
        float | None, typer.Option(min=0, help="Seconds between requests to a host; else what the site file says.")
    ] = None,
    as_json: JsonOption = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Fetch just these URLs, now, whether they are due or not.

    A URL of a site without a site file belongs to a site named by its host. One line for each visit.
    """
    where = setup(archive, seeds)
    wanted = [*(urls or []), *(_lines(from_file) if from_file else [])]
    groups = _by_site(where, wanted, site)
    where.make_archive()
    options = [*_private(allow_private), *([] if delay is None else ["--delay", str(delay)])]
    with tempfile.TemporaryDirectory(prefix="luutin-") as folder:
        commands = []
        for number, (key, group) in enumerate(groups.items()):
            path = Path(folder) / f"{number}.txt"
            path.write_text("\n".join(group), encoding="utf-8")
            commands.append(_command(where, key, ["--urls", str(path), *options]))
        _run(commands, where, as_json)


def run(
    log_level: Annotated[str, typer.Option(help="How much to log: debug, info, warning or error.")] = "info",
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Watch all sites until SIGTERM or Ctrl-C: crawl each when it is due, one log line for each outcome.

    What is due lives in the archive: after a stop, a crash or a night asleep, the next start makes up for it, once a
    site. Site files are read again when they change.
    """
    levels = logging.getLevelNamesMapping()
    if log_level.upper() not in levels:
        raise ConfigError([f"--log-level {log_level!r} is none of debug, info, warning, error"])
    logging.basicConfig(level=levels[log_level.upper()], format=LOG_FORMAT, stream=sys.stderr)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    where = setup(archive, seeds)
    where.make_archive()
    with stop_on_signals() as stop:
        options = [*_contact(where), *_private(allow_private)]
        run_service(
            where.archive, where.seeds, stop=stop, limits=Limits(at_once=where.workspace.at_once), options=options
        )


def _private(allowed: bool) -> list[str]:
    return ["--allow-private"] if allowed else []


def _contact(where: Setup) -> list[str]:
    return ["--contact", where.workspace.contact] if where.workspace.contact else []


def _command(where: Setup, key: str, options: Sequence[str]) -> Command:
    own = [*_contact(where), "--readers", str(where.workspace.readers)]
    return crawler_command(key, archive=where.archive, seeds=where.seeds, options=[*own, *options])


def _lines(path: Path) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise ConfigError([f"--from {path}: cannot be read: {error}"]) from error
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _by_site(where: Setup, urls: Iterable[str], site: str | None) -> dict[str, list[str]]:
    """The URLs by the key of their site, each once."""
    known = where.sites()
    faults: list[str] = []
    groups: dict[str, list[str]] = {}
    if site is not None and site not in known:
        check_known([site], known, where.seeds)
    for url in dict.fromkeys(urls):
        if not is_web_url(url):
            faults.append(f"not a web address: {url}")
            continue
        found = known[site] if site else site_for_url(known, url) or default_site(host_key(url), url)
        groups.setdefault(found.key, []).append(url)
    if faults:
        raise ConfigError(faults)
    if not groups:
        raise ConfigError(["no URL given; name some, or a file of them with --from"])
    return groups


def _run(commands: Sequence[Command], where: Setup, as_json: bool) -> None:
    """Run the crawls and print their visits; exits with 1 when one of them reports faults, 2 when one is refused."""
    watcher = _Watcher(as_json=as_json, total=len(commands))
    with stop_on_signals() as stop, watcher.status:
        run_children(commands, limit=where.workspace.at_once, on_line=watcher.heard, on_exit=watcher.ended, stop=stop)
        watcher.conclude(stop)


def _visit_line(outcome: Outcome, record: Mapping[str, Any]) -> str:
    return visit_line(outcome, record["status"], record["version"], record["url"], record["note"])


class _Watcher:
    """Prints what the crawls say, and keeps count."""

    def __init__(self, *, as_json: bool, total: int) -> None:
        self._json = as_json
        self._total = total
        self._done = 0
        self._worst = 0
        self._counts: dict[str, int] = {}
        live = is_terminal() and not as_json
        self.status: Any = Status("starting", console=console) if live else nullcontext()

    def heard(self, line: Printed | Logged) -> None:
        """One line of a crawl: a visit, or something to say to a person."""
        if isinstance(line, Logged):
            notices.print(escape(line.text))
            return
        if line.fault:
            notices.print(escape(f"{line.name}: {line.fault}"))
            return
        record = dict(line.record)
        outcome = Outcome(str(record["outcome"]))
        self._counts[outcome.value] = self._counts.get(outcome.value, 0) + 1
        if self._json:
            print_json(record)
        else:
            console.print(_visit_line(outcome, record))
        self._show()

    def ended(self, end: Ended) -> None:
        """The end of a crawl."""
        self._done += 1
        status = end.status if end.status is not None else 1
        self._worst = max(self._worst, status)
        if end.status is None and not end.told:
            notices.print(escape(f"{end.name}: the crawl was ended by {end.signal}"))
        self._show()

    def _show(self) -> None:
        if isinstance(self.status, Status):
            self.status.update(f"{self._said()} [dim]· {self._done} of {self._total} crawls done[/]")

    def _said(self) -> str:
        return ", ".join(f"{count} {outcome}" for outcome, count in sorted(self._counts.items())) or "no visits"

    def conclude(self, stop: Event) -> None:
        """Sum up, and exit with the worst status of the crawls."""
        if not self._json:
            notices.print(f"{'stopped: ' if stop.is_set() else ''}{self._said()}")
        if self._worst or stop.is_set():
            raise typer.Exit(self._worst or 1)
