"""Leases on pages and hosts: nothing is fetched twice at once, and nothing is lost with a dead crawl."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from storage import frontier, schema
from storage.archive import Archive, init
from storage.database import archive_url, open_engine
from storage.frontier import LEASE
from storage.queries import Queries
from storage.records import Outcome
from storage.visits import Finding, FoundPage, PageHistory

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ROOT = Path(__file__).parent.parent
URLS = [f"https://vidu.example/{number}" for number in range(5)]
CLAIM = """
import sys, time
from datetime import datetime
from storage.archive import Archive
from storage.owners import new_owner
archive = Archive(sys.argv[1], next_due=lambda *_: None)
print(len(archive.claim_due("vidu", new_owner(), datetime.fromisoformat(sys.argv[2]), 10)), flush=True)
time.sleep(600)
"""


def _next_due(_site: str, history: PageHistory, now: datetime) -> datetime | None:
    return None if history.last_outcome is Outcome.GONE else now + timedelta(hours=1)


@pytest.fixture
def url(database: str) -> str:
    init(database, NOON)
    return database


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    with Archive(url, next_due=_next_due) as opened:
        opened.watch_site("vidu", NOON)
        opened.add_pages("vidu", [FoundPage(url=page) for page in URLS], NOON)
        yield opened


def _claim(archive: Archive, owner: str, now: datetime = NOON, limit: int = 10) -> list[str]:
    return [due.url for due in archive.claim_due("vidu", owner, now, limit)]


def _fail(archive: Archive, url: str, at: datetime, outcome: Outcome = Outcome.ERROR) -> None:
    (due,) = archive.claim_urls("visitor", at, [url]).values()
    assert due is not None
    archive.record([Finding(page_id=due.page_id, url=url, at=at, failure=outcome)])
    archive.release("visitor")


def test_pages_are_leased_once_the_longest_overdue_first(archive: Archive) -> None:
    assert _claim(archive, "one", limit=2) == URLS[:2]
    assert _claim(archive, "one") == URLS[2:]
    assert _claim(archive, "one") == []


def test_a_page_is_not_due_before_its_time(archive: Archive) -> None:
    assert _claim(archive, "one", NOON - MINUTE) == []


def test_another_crawl_gets_no_page_of_a_host_that_is_held(archive: Archive) -> None:
    assert _claim(archive, "one", limit=2) == URLS[:2]
    assert _claim(archive, "two") == []
    assert archive.claim_urls("two", NOON, [URLS[0], URLS[4]]) == {URLS[0]: None, URLS[4]: None}
    assert not archive.hold_host("vidu.example", "two", NOON)


def test_another_site_on_the_same_host_waits_too(archive: Archive) -> None:
    archive.watch_site("kia", NOON)
    archive.add_pages("kia", [FoundPage(url="https://vidu.example/kia"), FoundPage(url="https://kia.example/1")], NOON)
    assert len(_claim(archive, "one")) == 5
    assert [due.url for due in archive.claim_due("kia", "two", NOON, 10)] == ["https://kia.example/1"]


def test_a_lease_that_has_run_out_is_free_again(archive: Archive) -> None:
    assert len(_claim(archive, "one")) == 5
    assert _claim(archive, "two", NOON + LEASE) == []
    assert len(_claim(archive, "two", NOON + LEASE + MINUTE)) == 5


def test_a_crawl_that_keeps_recording_keeps_its_host(archive: Archive) -> None:
    dues = archive.claim_due("vidu", "one", NOON, 10)
    late = NOON + LEASE - MINUTE
    archive.record([Finding(page_id=dues[0].page_id, url=dues[0].url, at=late, failure=Outcome.ERROR)])
    assert _claim(archive, "two", NOON + LEASE + MINUTE) == []
    assert len(_claim(archive, "two", late + LEASE + MINUTE)) == 4  # the fifth was visited and is not due


def test_released_leases_are_free_at_once(archive: Archive) -> None:
    _claim(archive, "one")
    archive.release("one")
    assert len(_claim(archive, "two")) == 5


def test_a_release_frees_nothing_of_another_crawl(archive: Archive) -> None:
    _claim(archive, "one")
    archive.release("two")
    assert _claim(archive, "two") == []


def test_a_killed_crawl_gives_its_pages_and_hosts_back(archive: Archive, url: str) -> None:
    arguments = [sys.executable, "-c", CLAIM, url, NOON.isoformat()]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "5"
        assert archive.crawl_started("vidu", NOON) == 0
        assert _claim(archive, "one") == []
        os.kill(process.pid, signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert archive.crawl_started("vidu", NOON) == 1
        assert _claim(archive, "one") == URLS


def test_a_host_that_asked_to_be_left_alone_is_left_alone_by_all(archive: Archive) -> None:
    until = NOON + timedelta(hours=2)
    _claim(archive, "one", limit=1)
    archive.pause_host("vidu.example", NOON, until)
    for owner in ("one", "two"):
        assert _claim(archive, owner, until) == []
        assert not archive.hold_host("vidu.example", owner, until)
    archive.release("one")
    archive.crawl_started("vidu", NOON)
    assert _claim(archive, "two", until) == []
    assert len(_claim(archive, "two", until + MINUTE)) == 5


def test_a_paused_host_stays_paused_while_late_visits_are_recorded(archive: Archive) -> None:
    dues = archive.claim_due("vidu", "one", NOON, 10)
    archive.pause_host("vidu.example", NOON, NOON + 8 * LEASE)
    archive.record([Finding(page_id=dues[0].page_id, url=dues[0].url, at=NOON + MINUTE, failure=Outcome.ERROR)])
    archive.release("one")
    assert _claim(archive, "two", NOON + 7 * LEASE) == []


def test_a_shorter_pause_does_not_end_a_longer_one(archive: Archive) -> None:
    archive.pause_host("vidu.example", NOON, NOON + timedelta(hours=2))
    archive.pause_host("vidu.example", NOON, NOON + MINUTE)
    assert _claim(archive, "one", NOON + timedelta(hours=1)) == []


def test_a_visit_gives_the_page_back_until_it_is_due_again(archive: Archive) -> None:
    _fail(archive, URLS[0], NOON)
    assert _claim(archive, "one") == URLS[1:]
    assert _claim(archive, "one", NOON + timedelta(hours=1)) == URLS[:1]


def test_every_known_page_can_be_had_by_force_once_a_crawl(archive: Archive) -> None:
    started = NOON + MINUTE
    _fail(archive, URLS[0], NOON, Outcome.GONE)
    claimed = archive.claim_known("vidu", "one", started, 10, started)
    assert sorted(due.url for due in claimed) == URLS  # the one that is gone and given up, too
    archive.record(
        [Finding(page_id=due.page_id, url=due.url, at=started, failure=Outcome.ERROR) for due in claimed[:3]]
    )
    archive.release("one")
    left = archive.claim_known("vidu", "one", started + MINUTE, 10, started)
    assert sorted(due.url for due in left) == sorted(due.url for due in claimed[3:])


def test_by_force_a_page_on_a_held_host_is_still_not_had(archive: Archive) -> None:
    archive.hold_host("vidu.example", "two", NOON)
    assert archive.claim_known("vidu", "one", NOON, 10, NOON + MINUTE) == []


def test_many_thousand_pages_can_be_asked_for_by_name(archive: Archive) -> None:
    urls = [f"https://vidu.example/bai/{number}" for number in range(40_000)]
    found = [FoundPage(url=url) for url in urls]
    assert archive.add_pages("vidu", found, NOON) == 40_000
    assert archive.add_pages("vidu", [*found, FoundPage(url="https://vidu.example/moi")], NOON) == 1
    claimed = archive.claim_urls("one", NOON, urls)
    assert list(claimed) == urls
    assert all(due is not None and due.url == url for url, due in claimed.items())


def test_a_url_that_is_named_twice_is_one_page(archive: Archive, url: str) -> None:
    again = [FoundPage(url="https://vidu.example/x", title=title) for title in ("a", "b")]
    assert archive.add_pages("vidu", again, NOON) == 1
    with Queries(url) as queries:
        page = queries.page("https://vidu.example/x")
    assert page is not None
    assert (page.state, page.next_due, page.visits) == ("found", NOON, 0)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_claiming_asks_an_index_and_sorts_nothing(archive: Archive, url: str) -> None:
    plans = _plans(url, lambda c: frontier.claim_due(c, 1, "one", NOON, 10))
    chosen = next(plan for statement, plan in plans if "LIMIT" in statement)
    assert "SEARCH page USING INDEX ix_page_site_id_next_due" in chosen
    assert not any("SCAN page" in plan for _, plan in plans)
    assert "TEMP B-TREE" not in chosen


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_releasing_asks_an_index(archive: Archive, url: str) -> None:
    plans = _plans(url, lambda c: frontier.release(c, "one"))
    assert not any("SCAN page" in plan for _, plan in plans)


def _plans(url: str, work: Callable[[Connection], object]) -> list[tuple[str, str]]:
    """The statements that `work` sends, each with what SQLite makes of it."""
    engine = open_engine(archive_url(url))
    sent: list[tuple[str, object]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cur, text, values, _x, _many: sent.append((text, values)))
    with engine.begin() as connection:
        connection.execute(schema.page.update().values(lease_owner=None))
        sent.clear()
        work(connection)
        asked = list(sent)
        plans = []
        for statement, values in asked:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
            plans.append((statement, "\n".join(row.detail for row in rows)))
    engine.dispose()
    return plans
