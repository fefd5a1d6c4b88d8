from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from crawler.finding.found import Found, FoundLink
from crawler.frontdesk import Errand, FrontDesk
from storage.archive import Archive
from storage.records import Outcome
from storage.visits import Due, Finding, SourceVisit
from tests.crawling import site_at

START = datetime(2025, 10, 7, 9, 0, tzinfo=UTC)
HOST = "http://bao.example"


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **passed: float) -> None:
        self.now += timedelta(**passed)


Desks = Callable[..., FrontDesk]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desks(archive: str, clock: Clock) -> Iterator[Desks]:
    """Front desks of crawls of one site, all on one archive."""
    made: list[FrontDesk] = []

    def desk(errand: Errand | None = None, delay: float = 0.0, **discover: list[str]) -> FrontDesk:
        made.append(
            FrontDesk(
                site=site_at(f"{HOST}/", discover=discover),
                errand=errand or Errand(),
                delay=delay,
                archive=Archive(archive, next_due=lambda _site, _history, now: now + timedelta(days=1)),
                clock=clock,
                next_discovery=lambda now: now + timedelta(minutes=10),
            )
        )
        made[-1].open()
        return made[-1]

    yield desk
    for one in made:
        one.close()


def _find(desk: FrontDesk, count: int) -> None:
    links = tuple(FoundLink(url=f"{HOST}/bai-{number}-post{number}.html") for number in range(count))
    visit = SourceVisit(url=f"{HOST}/rss", at=START, outcome=Outcome.NEW)
    assert desk.source_found(visit, Found(articles=links)) == count


def _visit_all(desk: FrontDesk, archive: str, clock: Clock) -> list[str]:
    """Note a visit to each page of the next batch; gives their URLs."""
    batch = desk.next_batch()
    with Archive(archive, next_due=lambda _site, _history, now: now + timedelta(days=1)) as opened:
        opened.record(
            [Finding(page_id=due.page_id, url=url, at=clock.now, failure=Outcome.ERROR) for url, due in batch]
        )
    return _urls(batch)


def _urls(batch: list[tuple[str, Due]]) -> list[str]:
    return [url for url, _ in batch]


def test_a_site_without_sources_is_looked_at_from_its_home_page(desks: Desks) -> None:
    assert [(source.kind, source.url) for source in desks().sources()] == [("home", f"{HOST}/")]


def test_sources_are_not_asked_where_the_errand_says_so(desks: Desks) -> None:
    feeds = [f"{HOST}/rss"]
    assert list(desks(Errand(discover=False), feeds=feeds).sources()) == []
    assert list(desks(Errand(urls=(f"{HOST}/a",)), feeds=feeds).sources()) == []


def test_a_batch_is_what_can_be_fetched_well_within_a_lease(desks: Desks) -> None:
    desk = desks(delay=60.0)
    _find(desk, 20)
    assert len(desk.next_batch()) == 5
    assert len(desk.next_batch()) == 5


def test_a_second_crawl_gets_nothing_and_is_told_why(desks: Desks) -> None:
    first = desks(feeds=[f"{HOST}/rss"])
    _find(first, 3)
    second = desks(feeds=[f"{HOST}/rss"])
    assert list(second.sources()) == []
    assert second.next_batch() == []
    assert second.held_hosts == {"bao.example": None}
    assert len(first.next_batch()) == 3
    first.close()
    assert second.hold(f"{HOST}/")


def test_a_second_crawl_without_discovery_is_told_too(desks: Desks) -> None:
    _find(desks(), 3)
    second = desks(Errand(discover=False))
    assert (second.next_batch(), second.held_hosts) == ([], {"bao.example": None})


def test_a_long_crawl_keeps_its_host(desks: Desks, clock: Clock) -> None:
    first = desks()
    _find(first, 3)
    assert len(first.next_batch()) == 3
    for _ in range(20):
        clock.forward(minutes=2)
        first.keep()
    second = desks()
    assert second.next_batch() == []
    assert set(second.held_hosts) == {"bao.example"}


def test_what_a_clock_that_was_ahead_planned_does_not_count(desks: Desks, archive: str, clock: Clock) -> None:
    clock.forward(days=400)
    first = desks()
    _find(first, 2)
    _visit_all(first, archive, clock)
    first.discovered()
    first.close()
    clock.forward(days=-400)
    second = desks()
    told = "the clock says 2025-10-07T09:00:00+00:00, and at the last crawl it said 2026-11-11T09:00:00+00:00"
    assert [fault.partition(": see")[0] for fault in second.faults] == [told]
    assert len(_visit_all(second, archive, clock)) == 2
    third = desks()
    assert (third.faults, third.next_batch()) == ([], [])


def test_force_has_pages_fetched_that_a_clock_that_was_ahead_visited(desks: Desks, archive: str, clock: Clock) -> None:
    clock.forward(minutes=30)
    first = desks()
    _find(first, 1)
    _visit_all(first, archive, clock)
    first.close()
    clock.forward(minutes=-30)
    second = desks(Errand(force=True))
    assert len(_visit_all(second, archive, clock)) == 1
    assert _visit_all(second, archive, clock) == []


def test_a_host_that_was_paused_is_not_taken_again(desks: Desks, clock: Clock) -> None:
    first = desks()
    _find(first, 3)
    first.pause("bao.example", clock.now + timedelta(hours=1))
    clock.forward(minutes=2)
    first.keep()
    assert first.next_batch() == []
    first.close()
    second = desks()
    assert (second.next_batch(), set(second.held_hosts)) == ([], {"bao.example"})
    clock.forward(hours=1)
    assert len(desks().next_batch()) == 3


def test_the_urls_of_an_errand_are_leased_once_each_and_nonsense_is_told(desks: Desks) -> None:
    url = f"{HOST}/bai-1-post1.html"
    desk = desks(Errand(urls=(url, f"{url}?utm_source=zalo#a", "nonsense", "ftp://bao.example/")))
    assert _urls(desk.requested()) == [url]
    assert desk.faults == ["not a web address: 'nonsense'", "not a web address: 'ftp://bao.example/'"]
    assert desk.next_batch() == []


def test_a_forced_errand_takes_what_is_known_and_not_due(desks: Desks, archive: str, clock: Clock) -> None:
    desk = desks()
    _find(desk, 2)
    batch = desk.next_batch()
    with Archive(archive, next_due=lambda _site, _history, now: now + timedelta(days=1)) as opened:
        opened.record(
            [Finding(page_id=due.page_id, url=url, at=clock.now, failure=Outcome.ERROR, note="x") for url, due in batch]
        )
    desk.close()
    clock.forward(minutes=1)
    plain = desks()
    assert plain.next_batch() == []
    plain.close()
    assert _urls(desks(Errand(force=True)).next_batch()) == _urls(batch)
