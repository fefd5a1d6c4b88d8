"""Between the spider and the archive: what a crawl asks for, in which order, and what its sources named."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.finding.found import Found, SourceKind
from crawler.finding.sources import sources_of
from crawler.sites import Site
from crawler.urls import host_key, normal_url
from storage.archive import Archive
from storage.owners import new_owner
from storage.visits import Due, FoundPage, SourceState, SourceVisit

_BATCH_SECONDS = 300.0  # what is leased at once is fetched within this time, a third of a lease
_LARGEST_BATCH = 50
_RENEWAL = timedelta(minutes=1)
PROBE_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What one crawl of a site is to do.

    `urls`: fetch just these. Else: ask the sources where `discover` says so, then fetch what is due, and with `force`
    every page that is known.
    """

    urls: tuple[str, ...] = ()
    discover: bool = True
    force: bool = False


class FrontDesk:
    """Takes work from the frontier for one crawl of one site, and gives its leases back at the end."""

    def __init__(
        self,
        *,
        site: Site,
        errand: Errand,
        delay: float,
        archive: Archive,
        clock: Callable[[], datetime],
        next_discovery: Callable[[datetime], datetime],
        shortage: Callable[[], str] = lambda: "",
    ) -> None:
        self._site = site
        self._errand = errand
        self._delay = delay
        self._archive = archive
        self._clock = clock
        self._next_discovery = next_discovery
        self._shortage = shortage
        self._paused = False
        self._owner = new_owner()
        self._started = clock()
        self._hosts: set[str] = set()
        self._renewed = self._started
        self.held_hosts: dict[str, datetime | None] = {}  # until when they asked to be left alone; None: another's
        self.faults: list[str] = []

    def open(self) -> None:
        """Make the site and its sources known, and free what dead crawls had leased."""
        sources = [(source.kind, source.url) for source in sources_of(self._site)]
        self._archive.watch_site(self._site.key, self._started, sources)
        if (said := self._archive.set_right(self._site.key, self._started)) is not None:
            behind = f"the clock says {_second(self._started)}, and at the last crawl it said {_second(said)}"
            self.faults.append(f"{behind}: see which is wrong; what was visited since is looked at again")
        self._archive.crawl_started(self._site.key, self._started)
        if not self._errand.urls:
            self.hold(self._site.home)

    def paused(self) -> bool:
        """Whether there is too little room to store more. Once there is, this crawl takes no further work."""
        told = "" if self._paused else self._shortage()
        if told:
            self._paused = True
            self.faults.append(f"{told}; what was not fetched stays due")
        return self._paused

    def sources(self) -> Iterator[SourceState]:
        """The sources to ask now, but for those whose host another crawl holds."""
        if self._errand.urls or not self._errand.discover:
            return
        for source in self._archive.sources(self._site.key):
            if self.hold(source.url):
                yield source

    def hold(self, url: str) -> bool:
        """Take the lease on the host of a URL; False where another crawl has it."""
        host = host_key(url)
        held = self._archive.hold_host(host, self._owner, self._clock())
        if held:
            self._hosts.add(host)
        else:
            self._note_held(host)
        return held

    def _note_held(self, host: str) -> None:
        if host not in self.held_hosts:
            self.held_hosts[host] = self._archive.paused_until(host, self._clock())

    def keep(self) -> None:
        """Renew the leases on hosts where that is due: a slow host may take longer than a lease."""
        now = self._clock()
        if now - self._renewed < _RENEWAL:
            return
        self._renewed = now
        for host in sorted(self._hosts):
            self._archive.hold_host(host, self._owner, now)

    def source_found(self, visit: SourceVisit, found: Found) -> int:
        """Note what a source named; gives the number of new pages."""
        pages = [FoundPage(url=link.url, title=link.title, published=link.published) for link in found.articles]
        return self._archive.source_visited(self._site.key, visit, pages)

    def discovered(self) -> None:
        """Note that the sources have been asked."""
        if not self._errand.urls and self._errand.discover:
            self._archive.discovered(self._site.key, self._next_discovery(self._clock()))

    def requested(self) -> list[tuple[str, Due]]:
        """The URLs that the errand names, leased, each with its page."""
        now = self._clock()
        urls = self._wanted()
        self._archive.add_pages(self._site.key, [FoundPage(url=url) for url in urls], now)
        claimed = self._archive.claim_urls(self._owner, now, urls)
        for url, due in claimed.items():
            if due is None:
                self._note_held(host_key(url))
        return self._leased((url, due) for url, due in claimed.items() if due is not None)

    def _wanted(self) -> list[str]:
        wanted: dict[str, None] = {}
        for url in self._errand.urls:
            try:
                wanted[normal_url(url)] = None
            except ValueError as error:
                self.faults.append(str(error))
        return list(wanted)

    def _leased(self, pages: Iterable[tuple[str, Due]]) -> list[tuple[str, Due]]:
        leased = list(pages)
        self._hosts.update(host_key(due.url) for _, due in leased)
        return leased

    def next_batch(self) -> list[tuple[str, Due]]:
        """The next pages to fetch, leased; empty when nothing is left to do."""
        if self._errand.urls:
            return []
        limit = max(1, min(_LARGEST_BATCH, int(_BATCH_SECONDS / self._delay) if self._delay else _LARGEST_BATCH))
        due = self._archive.claim_due(self._site.key, self._owner, self._clock(), limit)
        if not due and self._errand.force:
            due = self._archive.claim_known(self._site.key, self._owner, self._clock(), limit, self._started)
        return self._leased((page.url, page) for page in due)

    def probe(self, url: str) -> bool:
        """Whether it is time to ask the site for a page that cannot exist, like `url` but for its words."""
        crawls = not self._errand.urls
        return crawls and self._archive.probe_due(self._site.key, self._clock() - PROBE_EVERY) and self.hold(url)

    def probed(self, title: str, blocks: Sequence[int]) -> None:
        """Keep what the site says of such a page; nothing where it says rightly that there is none."""
        self._archive.probed(self._site.key, title, blocks, self._clock())

    def pause(self, host: str, until: datetime) -> None:
        """Leave a host alone until it may be asked again."""
        self._hosts.discard(host)
        self._archive.pause_host(host, self._clock(), until)

    def close(self) -> None:
        """Give every lease back and close the archive."""
        try:
            self._archive.release(self._owner)
        finally:
            self._archive.close()


def source_kind(kind: str) -> SourceKind:
    """The kind of a source as the archive wrote it."""
    if kind not in {"feed", "sitemap", "section", "home"}:
        raise ValueError(f"no kind of source: {kind!r}")
    return kind  # type: ignore[return-value]  # checked above


def _second(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
