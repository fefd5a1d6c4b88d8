"""How settings and a site file become the parts of one crawl."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, Self

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler.readers import ReadingLimits
from crawler.sitefiles import load_sites
from crawler.sites import Site
from storage.archive import Archive
from storage.errors import ConfigError
from storage.space import MEGABYTE, Room, room
from storage.visits import PageHistory


class Timetable(Protocol):
    """When the pages and the sources of one site are due again."""

    def page_due(self, history: PageHistory, now: datetime) -> datetime | None:
        """When a page is due again after a visit at `now`; None for never."""

    def discovery_due(self, now: datetime) -> datetime:
        """When the sources, asked at `now`, are to be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """The settings of one crawl of one site, read once."""

    archive: str
    readers: int
    limits: ReadingLimits
    delay: float  # seconds
    timetable: Timetable
    min_free: int  # bytes

    @classmethod
    def of(cls, settings: BaseSettings, site: Site) -> Self:
        timetable: Callable[[Site], Timetable] = load_object(settings["LUUTIN_TIMETABLE"])
        return cls(
            archive=settings["LUUTIN_ARCHIVE"],
            readers=settings.getint("LUUTIN_READERS") or os.cpu_count() or 1,
            limits=ReadingLimits(**settings.getdict("LUUTIN_READING_LIMITS")),
            delay=settings.getfloat("LUUTIN_DELAY"),
            timetable=timetable(site),
            min_free=settings.getint("LUUTIN_MIN_FREE") * MEGABYTE,
        )

    @property
    def room(self) -> Room:
        """The room that there is for the archive now."""
        return room(self.archive, self.min_free)

    def open_archive(self) -> Archive:
        """The archive, with this site's timetable; every page that this crawl visits follows it."""
        return Archive(self.archive, next_due=lambda _site, history, now: self.timetable.page_due(history, now))


def site_named(settings: BaseSettings, key: str) -> Site:
    """The site of that name in the folder that LUUTIN_SEEDS names.

    Raises:
        ConfigError: there is none.
    """
    folder = Path(settings["LUUTIN_SEEDS"])
    sites = load_sites(folder)
    if key not in sites:
        raise ConfigError([f"{folder} holds no site {key!r}; it holds: {', '.join(sorted(sites)) or 'none'}"])
    return sites[key]


def user_agent(site: Site, contact: str) -> str:
    """The honest User-Agent: who we are, which release, and how to reach whoever runs this crawl.

    Raises:
        ConfigError: the contact cannot stand in a header.
    """
    if site.user_agent:
        return site.user_agent
    whom = site.contact or contact
    if not (whom.isascii() and (whom.isprintable() or not whom)):
        raise ConfigError([f"contact: must be one line of ASCII characters; got {whom!r}"])
    return f"Luutin/{version('luutin')} (news archive; {f'contact: {whom}' if whom else 'no contact given'})"


def apply_site(settings: BaseSettings, site: Site) -> None:
    """Put what a site file says about pace, sizes and addresses into the settings of its crawl."""
    chosen = {
        "DOWNLOAD_DELAY": site.pace.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": site.pace.concurrent,
        "DOWNLOAD_TIMEOUT": site.pace.timeout,
        "DOWNLOAD_MAXSIZE": site.pace.max_size,
        "USER_AGENT": user_agent(site, settings["LUUTIN_CONTACT"]),
        "LUUTIN_ALLOW_PRIVATE": settings.getbool("LUUTIN_ALLOW_PRIVATE") or site.allow_private,
    }
    for name, value in chosen.items():
        settings.set(name, value, priority="spider")  # the command line's own word weighs more
    # The fetcher keeps the delay. Scrapy would keep it before the fetcher, where robots.txt, a Crawl-delay, a
    # Retry-After and the end of the crawl come too late.
    settings.set("LUUTIN_DELAY", settings.getfloat("DOWNLOAD_DELAY"), priority="cmdline")
    settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")
