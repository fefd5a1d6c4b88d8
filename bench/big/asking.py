"""What is asked of a big archive, each thing many times at various places, and how long it takes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count, islice
from random import Random
from statistics import median
from time import perf_counter

from bench.big.rows import Visits
from bench.big.stories import BETWEEN, FIRST, READER, Layout, Page, name, page_at, site_key
from storage.archive import Archive
from storage.queries import Queries
from storage.records import Reading, Response
from storage.verifying.whole import Verifier
from storage.visits import Finding, PageHistory

SHOWN = 50  # edits on a list, hits of a search
CLAIMED = 20  # pages that a crawl leases at once
TIMES = 100  # that each thing is asked
_PATIENCE = 30  # seconds for one thing
_ONE_IN_FIVE = "danr"  # a word that this part of the texts has
COMMON = "search for a word that one text in five has"
STATUS = "the status of all sites, all rows counted"
LINEAR = frozenset([COMMON, STATUS])  # what has to look at ever more, the more there is
_BIGGEST = site_key(1)
_OWNER = "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that is asked so many times; `after` is done each time, outside of the clock."""

    ask: Callable[[int], int]
    after: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How long something took: the median, and the slowest of twenty, in seconds; `found` is what it came to."""

    median: float
    slow: float
    found: float = 0


class Asker:
    """An archive that was built by `building.build`; what is written to it stays there."""

    def __init__(self, url: str, layout: Layout) -> None:
        self._url = url
        self._layout = layout
        self._chance = Random(layout.pages)  # noqa: S311 - nothing secret
        self._now = FIRST + layout.visits * BETWEEN + timedelta(hours=1)

    @contextmanager
    def _doors(self) -> Iterator[tuple[Archive, Queries]]:
        with Archive(self._url, next_due=_later) as archive, Queries(self._url) as queries:
            yield archive, queries

    def answers(self, on_step: Callable[[str], None]) -> Mapping[str, Answer]:
        """Everything that is asked again and again."""
        found = {}
        with self._doors() as (archive, queries):
            for what, asked in self.asked(archive, queries).items():
                on_step(what)
                found[what] = _timed(asked)
        return found

    def asked(self, archive: Archive, queries: Queries) -> dict[str, Asked]:
        """What is asked, by what it is called."""
        return self._written(archive) | self._read(queries)

    def _written(self, archive: Archive) -> dict[str, Asked]:
        claim = partial(archive.claim_due, _BIGGEST, _OWNER, self._now, CLAIMED)
        return {
            f"claim {CLAIMED} pages that are due": Asked(
                ask=lambda _: len(claim()), after=lambda: archive.release(_OWNER)
            ),
            "record a visit, the same bytes": self._recording(archive, changed=False),
            "record a visit, an edit": self._recording(archive, changed=True),
        }

    def _read(self, queries: Queries) -> dict[str, Asked]:
        chosen = [self._page() for _ in range(TIMES)]
        found: dict[str, Callable[[int], int]] = {
            f"the newest {SHOWN} edits": lambda _: _count(queries.edits(newest=SHOWN)),
            f"the newest {SHOWN} edits of a site": lambda _: _count(queries.edits(newest=SHOWN, site=_BIGGEST)),
            "a page by its URL": lambda turn: int(queries.page(chosen[turn].url) is not None),
            "a page's history": lambda turn: len(queries.history(chosen[turn].number)),
            "search for a name": lambda turn: _count(queries.search(name(chosen[turn].number))),
            "search for a name and a common word": lambda turn: _count(queries.search(_named(chosen[turn]))),
            "what a crawl learns from": lambda _: len(queries.newest_articles(_BIGGEST)),
            "which sites are due": lambda _: len(queries.due_sites(self._now)),
            COMMON: lambda _: _count(queries.search(_ONE_IN_FIVE)),
            STATUS: lambda _: len(queries.sites(self._now)) and queries.counts()["visit"],
        }
        return {what: Asked(ask=ask) for what, ask in found.items()}

    def _page(self) -> Page:
        """Some page of the biggest site."""
        drawn = (page_at(self._chance.randint(1, self._layout.pages)) for _ in count())
        return next(page for page in drawn if page.site == 1)

    def _recording(self, archive: Archive, *, changed: bool) -> Asked:
        """Recording one visit in a transaction, to another page each time; the finding is made outside of the clock."""
        of_site = [page for page in map(page_at, range(1, self._layout.pages + 1)) if page.site == 1]
        chosen = self._chance.sample(of_site, k=min(TIMES, len(of_site)))
        work = [self._finding(page, turn, changed=changed) for turn, page in enumerate(chosen)]
        return Asked(ask=lambda turn: len(archive.record([work[turn % len(work)]])))

    def _finding(self, page: Page, minute: int, *, changed: bool) -> Finding:
        seen = Visits(self._layout, page, self._layout.visits - 1)
        turn, version = self._layout.visits + changed, seen.version + changed
        body = page.html(version, turn) if changed else seen.html
        sent = page.heads(turn, 200, len(body))
        response = Response(
            requested_url=page.url,
            url=page.url,
            at=self._now + timedelta(minutes=minute, days=changed),
            request_head=sent.request,
            status=200,
            head=sent.response,
            headers=(),
            body=body,
        )
        reading = Reading(reader=READER, article=page.article(version)) if changed else None
        return Finding(
            page_id=page.number, url=page.url, at=response.at, response=response, reading=reading, identity=page.url
        )

    def verified(self, on_step: Callable[[int], None]) -> Answer:
        """Verifying all of it: seconds for each visit."""
        with Verifier(self._url) as verifier:
            started = perf_counter()
            faults = list(verifier.faults(on_step))
            taken = perf_counter() - started
        if faults:
            raise AssertionError(f"the archive has faults: {faults[:3]}")
        visits = self._layout.pages * self._layout.visits
        return Answer(median=taken / visits, slow=taken / visits, found=visits)


def _timed(asked: Asked) -> Answer:
    taken: list[float] = []
    found = 0
    while len(taken) < TIMES and sum(taken) < _PATIENCE:
        started = perf_counter()
        found += asked.ask(len(taken))
        taken.append(perf_counter() - started)
        asked.after()
    return Answer(median=median(taken), slow=sorted(taken)[len(taken) * 19 // 20], found=found / len(taken))


def _count(rows: Iterator[object]) -> int:
    return len(list(islice(rows, SHOWN)))


def _named(page: Page) -> str:
    """A name of a page, and a word that most pages have."""
    return f"{name(page.number)} banh"


def _later(_site: str, _history: PageHistory, now: datetime) -> datetime:
    return now + BETWEEN


def growth(answers: Sequence[Answer]) -> float:
    """How many times as long the last one took as the first."""
    return answers[-1].median / answers[0].median
