"""Has Luutin watch a story: serves its forms over HTTP on a host of their own, crawls them, and reads the archive."""

import asyncio
import multiprocessing
import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import forkserver, get_context
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from crawler.frontdesk import Errand
from crawler.job import crawl
from crawler.sites import Site
from crawler.urls import normal_url
from luutin.stand_in import Answer, StandIn
from storage.archive import init
from storage.queries import Queries
from storage.records import Outcome
from storage.rows import EditRow, HistoryRow

_FIRST = datetime(2026, 11, 20, 8, tzinfo=UTC)
_BETWEEN = timedelta(hours=4)
_AGAIN = (timedelta(0), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=35))  # while it is suspect
_HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What the archive holds after a story; `seconds` is how long the visits after the first one took."""

    visits: tuple[HistoryRow, ...]
    edits: tuple[EditRow, ...]
    seconds: float


def start_forkserver(modules: Sequence[str]) -> None:
    """Have reading processes forked from one that has imported these modules and all that reads pages.

    A crawl has reading processes of its own, and each begins by importing the main module anew: that took most of two
    seconds a story.
    """
    get_context("forkserver").set_forkserver_preload([*modules, "crawler.pages.reading", "crawler.finding.discovery"])
    forkserver.ensure_running()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """However the process that started this one ends, killed or not, this one ends too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Watch:
    """Watches the stories of one page; a first form that several stories share is crawled once."""

    def __init__(self, *, folder: Path, host: str, url: str) -> None:
        self._folder = folder
        self._server = StandIn(host=host)
        self._url = url
        self._begun: dict[str, Path] = {}

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def see(self, forms: Sequence[str]) -> Watched:
        """Crawl the forms one after the other, four hours between them, into an archive of their own."""
        first = self._begun.get(forms[0])
        if first is None:
            first = self._folder / f"begun-{len(self._begun)}.db"
            init(f"sqlite:///{first}", _FIRST)
            self._begin(first, forms[0])
            self._begun[forms[0]] = first
        copy = self._folder / "story.db"
        shutil.copy(first, copy)
        started = perf_counter()
        for number, form in enumerate(forms[1:], 1):
            self._crawl(copy, form, number * _BETWEEN)
        seconds = perf_counter() - started
        with Queries(f"sqlite:///{copy}") as queries:
            pages = list(queries.pages())
            visits = tuple(visit for page in pages for visit in queries.history(page.id))
            seen = Watched(visits=visits, edits=tuple(queries.edits()), seconds=seconds)
        for path in self._folder.glob("story.db*"):
            path.unlink()
        return seen

    def _begin(self, archive: Path, form: str) -> None:
        """Look at a first form; once more after a while where it is suspect, as what is behind a paywall is."""
        for after in _AGAIN:
            self._crawl(archive, form, after)
            with Queries(f"sqlite:///{archive}") as queries:
                (page,) = queries.pages()
                if queries.history(page.id)[-1].outcome is not Outcome.SUSPECT:
                    return

    def _crawl(self, archive: Path, form: str, after: timedelta) -> None:
        url = self.address
        self._server.serve({url: Answer(status=200, headers=_HTML, body=form.encode("utf-8", "ignore"))})
        own = {
            "LUUTIN_ARCHIVE": f"sqlite:///{archive}",
            "LUUTIN_CLOCK": lambda: _FIRST + after,
            "LUUTIN_READERS": 1,
        }
        report = asyncio.run(crawl(_site(self._server.url), Errand(urls=(url,)), own, lambda _visit: None))
        if report.faults:
            raise ExceptionGroup(f"the crawl of {url} failed", [RuntimeError(fault) for fault in report.faults])

    @property
    def address(self) -> str:
        """The page's own path on the host that stands in for its own, as a crawl asks for it."""
        base, page = urlsplit(self._server.url), urlsplit(self._url)
        return normal_url(urlunsplit((base.scheme, base.netloc, page.path or "/", page.query, "")))


def _site(home: str) -> Site:
    return Site.model_validate(
        {"key": "page", "name": "page", "home": home, "allow_private": True, "pace": {"delay": 0, "timeout": 60.0}}
    )


def host_of(number: int) -> str:
    """A loopback address for the page of this number."""
    return f"127.{1 + number // 62_500}.{number // 250 % 250}.{2 + number % 250}"
