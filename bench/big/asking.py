"""What is asked of a big archive, each thing many times at various places, and how long it takes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from statistics import median
from time import perf_counter
from typing import Protocol

from bench.big.questions import TIMES, Asked, Look, reading
from bench.big.stories import BETWEEN, FIRST, READER, Layout, Page, name, page_at, site_key
from storage.archive import Archive
from storage.changes import ChangeKind
from storage.queries import Queries
from storage.records import Reading, Response
from storage.verifying.whole import Verifier
from storage.visits import Finding, PageHistory

CLAIMED = 20  # pages that a crawl leases at once
_PATIENCE = 60  # seconds for one thing
_COMMON = "danr"  # in 38 % of the texts
_BIGGEST = site_key(1)
_OWNER = "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How long something took, in seconds: the median; `found` is what it came to.

    `first` is the median of what was asked for the first time, where it was asked twice.
    """

    median: float
    found: float = 0
    first: float | None = None


class Asker:
    """An archive that was built by `building.build`; what is written to it stays there."""

    def __init__(self, url: str, layout: Layout) -> None:
        self._url = url
        self._layout = layout
        self._chance = Random(layout.pages)  # noqa: S311 - nothing secret
        self._now = FIRST + layout.visits * BETWEEN + timedelta(hours=1)

    @contextmanager
    def opened(self) -> Iterator[dict[str, Asked]]:
        """What is asked, while the archive is open."""
        with Archive(self._url, next_due=_later) as archive, Queries(self._url) as queries:
            yield self.asked(archive, queries)

    def asked(self, archive: Archive, queries: Queries) -> dict[str, Asked]:
        """What is asked, by what it is called."""
        return self._written(archive, queries) | self._read(queries)

    def _written(self, archive: Archive, queries: Queries) -> dict[str, Asked]:
        claim = partial(archive.claim_due, _BIGGEST, _OWNER, self._now, CLAIMED)
        return {
            f"claim {CLAIMED} pages that are due": Asked(
                ask=lambda _: len(claim()), after=lambda: archive.release(_OWNER)
            ),
            "record a visit, the same bytes": self._recording(archive, queries, edited=False),
            "record a visit, an edit": self._recording(archive, queries, edited=True),
        }

    def _read(self, queries: Queries) -> dict[str, Asked]:
        chosen = [self._page() for _ in range(TIMES)]
        looks = [
            Look(number=page.number, url=page.url, words=name(page.number), beside=f"{name(page.number)} banh")
            for page in chosen
        ]
        return reading(queries, _BIGGEST, looks, self._now, common=_COMMON, kind=ChangeKind.NUMBER)

    def _page(self) -> Page:
        """Some page of the biggest site."""
        drawn = (page_at(self._chance.randint(1, self._layout.pages)) for _ in count())
        return next(page for page in drawn if page.site == 1)

    def _recording(self, archive: Archive, queries: Queries, *, edited: bool) -> Asked:
        """Recording one visit in a transaction, to another page each time; the finding is made outside of the clock."""
        of_site = [page for page in map(page_at, range(1, self._layout.pages + 1)) if page.site == 1]
        chosen = self._chance.sample(of_site, k=min(TIMES, len(of_site)))
        work = [_finding(queries, page, edited=edited) for page in chosen]
        return Asked(ask=lambda turn: len(archive.record([work[turn % len(work)]])))

    @property
    def size(self) -> tuple[int, int]:
        """How many pages and visits were built."""
        return self._layout.pages, self._layout.pages * self._layout.visits


class Opens(Protocol):
    """An archive that can be asked."""

    def opened(self) -> AbstractContextManager[dict[str, Asked]]:
        """What is asked, while the archive is open."""

    @property
    def size(self) -> tuple[int, int]:
        """How many pages and visits it has."""


def verified(url: str, visits: int, on_step: Callable[[int], None]) -> Answer:
    """Verifying all of an archive: seconds for each visit."""
    with Verifier(url) as verifier:
        started = perf_counter()
        faults = list(verifier.faults(on_step))
        taken = perf_counter() - started
    if faults:
        raise AssertionError(f"the archive has faults: {faults[:3]}")
    return Answer(median=taken / visits, found=visits)


def _finding(queries: Queries, page: Page, *, edited: bool) -> Finding:
    """What the next visit to a page finds: the bytes of the last one, or one number more in its text."""
    history, version = queries.history(page.number), len(queries.versions(page.number)) + 1
    last = next(row.capture_id for row in reversed(history) if row.status == 200 and row.capture_id is not None)
    body = page.html(version, len(history)) if edited else queries.capture(last).body
    sent = page.heads(len(history), 200, len(body))
    response = Response(
        requested_url=page.url,
        url=page.url,
        at=history[-1].at + BETWEEN,
        request_head=sent.request,
        status=200,
        head=sent.response,
        headers=(),
        body=body,
    )
    reading = Reading(reader=READER, article=page.article(version)) if edited else None
    return Finding(
        page_id=page.number, url=page.url, at=response.at, response=response, reading=reading, identity=page.url
    )


def answers(askers: Sequence[Opens], on_step: Callable[[str], None]) -> list[dict[str, Answer]]:
    """What each archive answers to everything that is asked again and again, and how fast.

    They are asked by turns, so that whatever else runs on the machine slows all of them.
    """
    found: list[dict[str, Answer]] = [{} for _ in askers]
    with ExitStack() as stack:
        opened = [stack.enter_context(asker.opened()) for asker in askers]
        for what in opened[0]:
            on_step(what)
            for answered, answer in zip(found, _timed([asked[what] for asked in opened]), strict=True):
                answered[what] = answer
    return found


def _timed(several: Sequence[Asked]) -> list[Answer]:
    first: list[list[float]] = [[] for _ in several]
    taken: list[list[float]] = [[] for _ in several]
    found = [0 for _ in several]
    for turn in range(TIMES):
        for number, asked in enumerate(several):
            if asked.twice:
                first[number].append(_clocked(asked, turn)[0])
            seconds, came = _clocked(asked, turn)
            taken[number].append(seconds)
            found[number] += came
        if sum(map(sum, taken)) > _PATIENCE:
            break
    return [_answer(*told) for told in zip(first, taken, found, strict=True)]


def _clocked(asked: Asked, turn: int) -> tuple[float, int]:
    started = perf_counter()
    found = asked.ask(turn)
    seconds = perf_counter() - started
    asked.after()
    return seconds, found


def _answer(first: Sequence[float], taken: Sequence[float], found: int) -> Answer:
    return Answer(
        median=median(taken),
        found=found / len(taken),
        first=median(first) if first else None,
    )


def _later(_site: str, _history: PageHistory, now: datetime) -> datetime:
    return now + BETWEEN


def growth(answers: Sequence[Answer]) -> float:
    """How many times as long the last one took as the first."""
    return answers[-1].median / answers[0].median
