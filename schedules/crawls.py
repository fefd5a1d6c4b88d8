"""Which crawls are due of what the archive has waiting, and the command that runs one."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from schedules.children import Command
from schedules.policies import Policy
from schedules.timetable import due_since
from storage.rows import DueSite


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCrawl:
    """A site to crawl: due since when, and whether its sources are to be asked or only its pages fetched."""

    site: str
    since: datetime
    discover: bool


def due_crawls(waiting: Sequence[DueSite], policies: Mapping[str, Policy], now: datetime) -> list[DueCrawl]:
    """The crawls that may start now, the longest overdue first; a site without a policy, a site file, has none."""
    found = []
    for row in waiting:
        policy = policies.get(row.site)
        if policy is None:
            continue
        since = due_since(policy.discovery, row.next_discovery, row.pages_due, now, policy.timezone)
        if since is not None:
            discover = row.next_discovery is None or row.next_discovery <= now
            found.append(DueCrawl(site=row.site, since=since, discover=discover))
    return sorted(found, key=lambda crawl: (crawl.since, crawl.site))


def crawl_command(crawl: DueCrawl, *, archive: str, seeds: Path, options: Sequence[str] = ()) -> Command:
    """The child process for a due crawl; `options` are further ones of `python -m crawler`."""
    asked = () if crawl.discover else ("--no-discover",)
    return crawler_command(crawl.site, archive=archive, seeds=seeds, options=(*asked, *options))


def crawler_command(site: str, *, archive: str, seeds: Path, options: Sequence[str] = ()) -> Command:
    """A child process that crawls a site, and ends when this process does."""
    named = ("--archive", archive, "--seeds", str(seeds), "--until-eof")
    return Command(name=site, argv=(sys.executable, "-m", "crawler", site, *named, *options))
