"""`luutin run` put together: the archive says what is due, the site files say when, children crawl."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from crawler.finding.discovery import sources_of
from crawler.sitefiles import FILE_NAME, load_sites
from crawler.sites import Site
from schedules.children import Command
from schedules.crawls import crawl_command, due_crawls
from schedules.daemon import Limits, run_daemon
from schedules.holding import lock_file
from schedules.policies import Policy, policy_of
from schedules.sitewatch import SiteWatch
from schedules.tidying import Tidier
from schedules.timetable import next_discovery
from storage.archive import Archive
from storage.database import archive_url, file_of
from storage.errors import ConfigError
from storage.queries import Queries
from storage.space import MEGABYTE, room
from storage.stamps.terms import Authority

log = logging.getLogger(__name__)

LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A site as its file describes it, and when it is crawled."""

    site: Site
    policy: Policy


def run_service(
    archive: str,
    seeds: Path,
    *,
    stop: Event,
    limits: Limits | None = None,
    min_free: int = 0,
    options: Sequence[str] = (),
    authority: Authority | None = None,
    compact: bool = False,
) -> None:
    """Watch the sites of a seeds folder until `stop` is set; `options` go to every `python -m crawler`.

    Nothing is crawled while fewer than `min_free` MB are free where the archive lies. Once a day the `authority`, where
    there is one, stamps the chains. With `compact`, what is stored is packed more tightly whenever it has grown.

    Raises ConfigError where a site file is wrong at the start or there is none, AlreadyRunningError where another
    daemon works on this archive, ArchiveError where there is none.
    """
    limits = limits or Limits()
    readers = max(1, (os.cpu_count() or 1) // limits.at_once)
    with (
        TemporaryDirectory(prefix="luutin-") as scratch,
        Queries(archive) as queries,
        Archive(archive, next_due=lambda _site, _history, _now: None) as writer,
    ):
        watch = SiteWatch(seeds, Path(scratch), watched_sites)
        if not watch.sites:
            raise ConfigError(
                [f"{seeds} holds no site, so there is nothing to watch; add one with: luutin site add URL"]
            )
        log.info("sites: %s (%s); archive: %s", ", ".join(watch.sites), seeds, archive_url(archive).render_as_string())
        own = ("--readers", str(readers), "--min-free", str(min_free), *options)
        shortage = partial(_shortage, archive, min_free * MEGABYTE)
        service = Service(archive, watch, queries, writer, own, shortage)
        beside = [] if authority is None else [_stamper(writer, queries, authority)]
        beside += [Tidier(writer, stop=stop, shortage=shortage).look] if compact else []
        hold = hold_of(archive)
        run_daemon(service.due, changed=service.changed, beside=beside, stop=stop, hold=hold, limits=limits)


def _shortage(archive: str, floor: int) -> str:
    return room(archive, floor).told


def _stamper(writer: Archive, queries: Queries, authority: Authority) -> Callable[[datetime], None]:
    # Network and cryptography take memory that a daemon without stamps need not give.
    from crawler.fetching.timestamps import ask  # noqa: PLC0415
    from schedules.stamping import Stamper  # noqa: PLC0415

    return Stamper(writer, queries, authority, ask).look


def watched_sites(seeds: Path) -> dict[str, Watched]:
    """Every site of a folder with its policy; raises ConfigError with every fault."""
    sites, faults = load_sites(seeds), []
    found: dict[str, Watched] = {}
    for key, site in sites.items():
        try:
            found[key] = Watched(site=site, policy=policy_of(site))
        except ConfigError as error:
            faults += [f"{seeds / key / FILE_NAME}: {fault.removeprefix(f'{key}: ')}" for fault in error.faults]
    if faults:
        raise ConfigError(faults)
    return found


def timed_sites(seeds: Path) -> dict[str, Site]:
    """Every site of a folder, whose times can come; raises ConfigError with every fault."""
    return {key: watched.site for key, watched in watched_sites(seeds).items()}


def hold_of(archive: str) -> AbstractContextManager[object]:
    """What keeps a second daemon off an SQLite archive: a lock file beside it.

    On a server two daemons do no harm: each host and page is leased to one crawl at a time.
    """
    file = file_of(archive_url(archive))
    return nullcontext() if file is None else lock_file(file.with_name(f"{file.name}.run"))


class Service:
    """The two questions of the daemon, answered from the archive and the site files."""

    def __init__(
        self,
        archive: str,
        watch: SiteWatch[Watched],
        queries: Queries,
        writer: Archive,
        options: Sequence[str],
        shortage: Callable[[], str] = lambda: "",
    ) -> None:
        self._archive = archive
        self._watch = watch
        self._queries = queries
        self._writer = writer
        self._options = options
        self._shortage = shortage
        self._paused = False
        self._unknown: set[str] = set(watch.sites)  # to the archive, as they are now

    def due(self, now: datetime) -> list[Command]:
        """The crawls that may start now, the longest overdue first; none where there is too little room."""
        if self._short():
            return []
        policies = {key: watched.policy for key, watched in self._watch.sites.items()}
        return [
            crawl_command(crawl, archive=self._archive, seeds=self._watch.folder, options=self._options)
            for crawl in due_crawls(self._queries.due_sites(now), policies, now)
        ]

    def _short(self) -> bool:
        """Whether crawls pause for want of room; told when that begins and when it ends."""
        told = self._shortage()
        if told and not self._paused:
            log.error("%s; what is due waits", told)
        if self._paused and not told:
            log.info("there is room again: crawls go on")
        self._paused = bool(told)
        return self._paused

    def changed(self, now: datetime) -> frozenset[str]:
        """The sites whose file in force is another than at the last call; the archive is told of them."""
        refreshed = self._watch.refresh()
        for fault in refreshed.faults:
            log.error("a site file is wrong, and what it said before stays in force: %s", fault)
        for key in sorted(refreshed.changed):
            log.info("%s: the site file was %s", key, "read again" if key in self._watch.sites else "taken away")
        self._unknown = (self._unknown | refreshed.changed) & self._watch.sites.keys()
        if self._unknown:
            self._tell(self._watch.sites, now)
        return refreshed.changed

    def _tell(self, sites: Mapping[str, Watched], now: datetime) -> None:
        """Make sites known to the archive, and let a schedule that was made tighter hold from now on."""
        for key in self._unknown:
            self._writer.watch_site(key, now, [(source.kind, source.url) for source in sources_of(sites[key].site)])
        for row in self._queries.sites(now):
            if row.site in self._unknown and row.next_discovery is not None:
                policy = sites[row.site].policy
                planned = next_discovery(policy.discovery, now, now, policy.timezone)
                if planned < row.next_discovery:
                    self._writer.discovered(row.site, planned)
        self._unknown = set()
