"""The commands that fetch: crawl, capture, run."""

import logging
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from crawler.sites import Site, default_site, site_for_url
from crawler.urls import host_key, is_web_url, normal_url
from luutin.authorities import authority_of
from luutin.options import ArchiveOption, JsonOption, PrivateOption, SeedsOption, Setup, one_of, setup
from luutin.printing import escape, notices
from luutin.watching import Watcher
from schedules.children import Command, run_children
from schedules.crawls import crawler_command
from schedules.daemon import Limits
from schedules.service import LOG_FORMAT, run_service, timed_sites
from schedules.stopping import stop_on_signals
from storage.archive import Archive, init
from storage.database import archive_url, file_of
from storage.errors import ConfigError

_REMARK = re.compile(r"(?:^|\s)#.*")  # amid a URL # is the beginning of its fragment


class LogLevel(StrEnum):
    """How much `luutin run` logs."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


SitesArgument = Annotated[list[str] | None, typer.Argument(metavar="SITE", help="Keys of sites; else all.")]


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

    Example: luutin crawl baovidu --json
    """
    where = setup(archive, seeds)
    known = timed_sites(where.seeds)
    _check_known(sites or [], known, where.seeds)
    chosen = list(dict.fromkeys(sites or sorted(known)))
    if not chosen:
        raise ConfigError([f"{where.seeds} holds no site; add one with: luutin site add URL"])
    options = ["--force"] if force else []
    _have_archive(where)
    commands = [_command(where, key, [*options, *_private(allow_private)]) for key in chosen]
    _run(commands, Watcher(as_json=as_json, total=len(commands)), where.workspace.at_once)


def capture(
    urls: Annotated[list[str] | None, typer.Argument(metavar="URL", help="What to fetch.")] = None,
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            allow_dash=True,
            help="A file with one URL a line, # before a remark; - for standard input.",
        ),
    ] = None,
    site: Annotated[
        str | None, typer.Option(metavar="SITE", help="The site that the URLs belong to; else the one of their host.")
    ] = None,
    delay: Annotated[
        float | None,
        typer.Option(min=0, max=3600, help="Seconds between requests to a host; else what the site file says."),
    ] = None,
    as_json: JsonOption = False,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Fetch just these URLs, now, whether they are due or not.

    A URL of a site without a site file belongs to a site named by its host. One line for each visit.

    Example: luutin capture --from urls.txt --delay 2 --json
    """
    where = setup(archive, seeds)
    wanted = [*(("", url) for url in urls or []), *(_lines(from_file) if from_file else [])]
    groups = _by_site(where, wanted, site)
    _have_archive(where)
    options = [*_private(allow_private), *([] if delay is None else ["--delay", str(delay)])]
    with tempfile.TemporaryDirectory(prefix="luutin-") as folder:
        commands = []
        for number, (key, group) in enumerate(groups.items()):
            path = Path(folder) / f"{number}.txt"
            path.write_text("\n".join(group), encoding="utf-8")
            commands.append(_command(where, key, ["--urls", str(path), *options]))
        _run(commands, Watcher(as_json=as_json, total=len(commands)), where.workspace.at_once)


def run(
    log_level: Annotated[
        LogLevel, typer.Option(metavar="LEVEL", help=f"How much to log: {one_of(LogLevel)}.")
    ] = LogLevel.INFO,
    allow_private: PrivateOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Watch all sites until SIGTERM or Ctrl-C: crawl each when it is due, one log line for each outcome.

    What is due lives in the archive: after a stop, a crash or a night asleep, the next start makes up for it, once a
    site. Site files are read again when they change. One such daemon at a time works on an SQLite archive, which
    `luutin init` or a crawl has made; the other commands may be used meanwhile.
    """
    logging.basicConfig(level=log_level.upper(), format=LOG_FORMAT, stream=sys.stderr)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    where = setup(archive, seeds)
    authority = authority_of(where)
    with stop_on_signals() as stop:
        run_service(
            where.archive,
            where.seeds,
            stop=stop,
            limits=Limits(at_once=where.workspace.at_once),
            min_free=where.workspace.min_free,
            options=[*_contact(where), *_private(allow_private)],
            authority=authority,
            compact=where.workspace.compact,
        )


def _have_archive(where: Setup) -> None:
    """Make the archive where there is none yet, and say so; raises ArchiveError for one that cannot be written to."""
    file = file_of(archive_url(where.archive))
    if file is not None and not file.exists():
        init(where.archive, utc_now())
        notices.print(f"made a new archive, as there was none: {escape(str(file))}")
    Archive(where.archive, next_due=lambda _site, _history, _now: None).close()


def _check_known(names: Sequence[str], known: Mapping[str, Site], seeds: Path) -> None:
    """Raises ConfigError for names of sites that there are none of."""
    held = ", ".join(known) or "none"
    if missing := [f"{seeds} holds no site {name!r}; it holds: {held}" for name in names if name not in known]:
        raise ConfigError(missing)


def _private(allowed: bool) -> list[str]:
    return ["--allow-private"] if allowed else []


def _contact(where: Setup) -> list[str]:
    return ["--contact", where.workspace.contact] if where.workspace.contact else []


def _command(where: Setup, key: str, options: Sequence[str]) -> Command:
    workspace = where.workspace
    own = [*_contact(where), "--readers", str(workspace.readers), "--min-free", str(workspace.min_free)]
    return crawler_command(key, archive=where.archive, seeds=where.seeds, options=[*own, *options])


def _lines(path: Path) -> list[tuple[str, str]]:
    """The URLs in a file, each with its place for whoever has to mend it."""
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigError([f"--from {path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"--from {path}: not UTF-8 at byte {error.start}"]) from error
    lines = (_REMARK.sub("", line).strip() for line in text.splitlines())
    return [(f"--from {path}: line {number}: ", line) for number, line in enumerate(lines, 1) if line]


def _by_site(where: Setup, urls: Iterable[tuple[str, str]], site: str | None) -> dict[str, list[str]]:
    """The URLs, which come with their places, in their normal spelling and each once, by the key of their site."""
    known = timed_sites(where.seeds)
    faults: list[str] = []
    groups: dict[str, dict[str, None]] = {}  # a dict for its order
    _check_known([] if site is None else [site], known, where.seeds)
    for place, url in urls:
        if not is_web_url(url):
            faults.append(f"{place}not a web address: {url}")
            continue
        found = known[site] if site else site_for_url(known, url) or default_site(host_key(url), url)
        groups.setdefault(found.key, {})[normal_url(url)] = None
    if faults:
        raise ConfigError(faults)
    if not groups:
        raise ConfigError(["no URL given; name some, or a file of them with --from"])
    return {key: list(group) for key, group in groups.items()}


def _run(commands: Sequence[Command], watcher: Watcher, at_once: int) -> None:
    """Run the crawls and print their visits; exits with 1 when one of them reports faults, 2 when one is refused."""
    with stop_on_signals() as stop:
        watcher.stop = stop
        with watcher.status:
            run_children(commands, limit=at_once, on_line=watcher.heard, on_exit=watcher.ended, stop=stop)
        watcher.conclude()
