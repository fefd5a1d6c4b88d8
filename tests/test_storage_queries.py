"""The read door: what it gives out, that it cannot write, and that it keeps nobody waiting."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, text, update
from sqlalchemy.exc import DatabaseError

from storage import schema
from storage.archive import Archive, init
from storage.changes import ChangeKind, EditStatus, Significance
from storage.errors import ArchiveError, DamagedBodyError
from storage.queries import Queries
from storage.records import Article, Block, BlockKind, Outcome, Reading, Response
from storage.visits import Finding, FoundPage, PageHistory, SourceVisit

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def _hourly(_site: str, _history: PageHistory, now: datetime) -> datetime:
    return now + HOUR


@pytest.fixture
def url(database: str) -> str:
    init(database, NOON)
    return database


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    with Archive(url, next_due=_hourly) as opened:
        yield opened


@pytest.fixture
def queries(url: str) -> Iterator[Queries]:
    with Queries(url) as opened:
        yield opened


def _find(archive: Archive, site: str, *urls: str, now: datetime = NOON) -> None:
    archive.watch_site(site, now)
    archive.add_pages(site, [FoundPage(url=url) for url in urls], now)


def _look(archive: Archive, url: str, title: str, at: datetime, *texts: str) -> int | None:
    """Visit a page that shows this headline and these paragraphs; gives the edit, where there is one."""
    (due,) = archive.claim_urls("look", at, [url]).values()
    assert due is not None
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts or ("Không có gì mới.",))
    article = Article(url=url, canonical_url=url, title=title, body=body)
    response = Response(
        requested_url=url,
        url=url,
        at=at,
        request_head=b"",
        status=200,
        head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX: a\r\n\r\n",
        headers=(),
        body=f"<html>{title} {texts} {at}".encode(),
    )
    finding = Finding(
        page_id=due.page_id,
        url=url,
        at=at,
        response=response,
        reading=Reading(reader="r1", article=article, sources={"title": "h1"}),
        identity=url,
    )
    visit = archive.record([finding])[0]
    archive.release("look")
    return visit.edit_id


def _edited(archive: Archive, site: str, url: str, at: datetime, old: str, new: str) -> None:
    _find(archive, site, url, now=at)
    _look(archive, url, "Tin", at, old)
    assert _look(archive, url, "Tin", at + MINUTE, new) is not None


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM site", "CREATE TABLE x (id INTEGER)", "UPDATE page SET title = 'x'"],
)
def test_the_read_door_cannot_write(archive: Archive, queries: Queries, statement: str) -> None:
    archive.watch_site("vidu", NOON)
    with queries._transaction() as connection, pytest.raises(DatabaseError, match=r"read-?only"):
        connection.execute(text(statement))
    assert len(queries.sites(NOON)) == 1


def test_a_reader_sees_what_is_stored_while_it_is_open(archive: Archive, queries: Queries) -> None:
    assert list(queries.pages()) == []
    _find(archive, "vidu", "https://vidu.example/1")
    assert [page.url for page in queries.pages()] == ["https://vidu.example/1"]


def test_pages_come_newest_first_and_can_be_chosen(archive: Archive, queries: Queries) -> None:
    _find(archive, "vidu", "https://vidu.example/1", "https://vidu.example/2")
    _find(archive, "kia", "https://kia.example/1", now=NOON + HOUR)
    _look(archive, "https://vidu.example/2", "Hai", NOON + 2 * HOUR)
    assert [page.url for page in queries.pages()] == [
        "https://kia.example/1",
        "https://vidu.example/2",
        "https://vidu.example/1",
    ]
    for limit in range(1, 5):
        assert list(queries.pages(limit=limit)) == list(queries.pages())[:limit]
    assert [page.url for page in queries.pages(site="vidu", limit=1)] == ["https://vidu.example/2"]
    assert [page.url for page in queries.pages(state="found", limit=9)] == [
        "https://kia.example/1",
        "https://vidu.example/1",
    ]
    assert [page.site for page in queries.pages(site="kia")] == ["kia"]
    (live,) = queries.pages(state="live")
    assert (live.title, live.versions, live.last_seen, live.next_due) == ("Hai", 1, NOON + 2 * HOUR, NOON + 3 * HOUR)


def test_more_pages_than_one_batch_come_each_once(archive: Archive, queries: Queries) -> None:
    urls = [f"https://vidu.example/{number}" for number in range(1201)]
    _find(archive, "vidu", *urls)
    assert [page.url for page in queries.pages()] == urls[::-1]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("listing", [Queries.pages, Queries.edits, lambda queries: queries.captures(1)])
def test_a_list_that_is_read_slowly_keeps_no_transaction_open(
    archive: Archive, url: str, tmp_path: Path, listing: Callable[[Queries], Iterator[Any]]
) -> None:
    """An open one would keep the write-ahead log from being emptied: it grew while somebody read a list in a pager."""
    for number in range(3):
        page = f"https://vidu.example/{number}"
        _edited(archive, "vidu", page, NOON + number * HOUR, "Có 35 người.", "Có 36 người.")
    with Queries(url) as queries:
        rows = listing(queries)
        next(rows)
        archive.watch_site("kia", NOON)
        other = sqlite3.connect(tmp_path / "a.db", timeout=0)
        busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        other.close()
        assert busy == 0
        assert len(list(rows)) >= 1


def test_edits_come_earliest_first_and_can_be_chosen(archive: Archive, queries: Queries) -> None:
    _edited(archive, "vidu", "https://vidu.example/1", NOON + HOUR, "Có 35 người bị thương.", "Có 36 người bị thương.")
    _edited(archive, "kia", "https://kia.example/1", NOON, "Uỷ ban đã họp.", "Ủy ban đã họp.")
    kia, vidu = queries.edits()
    assert (kia.site, vidu.site) == ("kia", "vidu")
    assert vidu.between == (NOON + HOUR, NOON + HOUR + MINUTE)
    assert (vidu.removed, vidu.added, vidu.fields, vidu.status) == (("35",), ("36",), ("body",), "pending")
    assert list(queries.edits(site="kia")) == [kia]
    assert list(queries.edits(since=NOON + MINUTE + MINUTE)) == [vidu]
    assert list(queries.edits(since=NOON + MINUTE)) == [kia, vidu]
    assert list(queries.edits(kinds=[ChangeKind.NUMBER])) == [vidu]
    assert list(queries.edits(kinds=[ChangeKind.ORTHOGRAPHIC])) == [kia]
    assert list(queries.edits(kinds=[ChangeKind.ORTHOGRAPHIC, ChangeKind.NUMBER])) == [kia, vidu]
    assert list(queries.edits(min_significance=Significance.SUBSTANTIVE)) == [vidu]
    assert list(queries.edits(status=EditStatus.CONFIRMED)) == []
    assert list(queries.edits(site="vidu", since=NOON)) == [vidu]
    assert list(queries.edits(newest=1)) == [vidu]
    assert list(queries.edits(newest=9)) == [kia, vidu]
    assert list(queries.edits(newest=1, site="kia")) == [kia]
    assert list(queries.edits(newest=1, kinds=[ChangeKind.ORTHOGRAPHIC])) == [kia]
    page = queries.page("https://vidu.example/1")
    assert page is not None
    assert list(queries.edits(page_id=page.id)) == [vidu]
    assert queries.edit(vidu.id) == vidu


def test_what_is_not_there_is_told(archive: Archive, queries: Queries) -> None:
    _find(archive, "vidu", "https://vidu.example/1")
    assert queries.page("https://vidu.example/2") is None
    assert queries.history(99) == []
    for question, said in (
        (lambda: queries.edit(7), "no edit 7"),
        (lambda: queries.article(1, 3), "no version 3"),
        (lambda: queries.raw(1, 3), "no version 3"),
        (lambda: queries.capture(5), "no capture 5"),
    ):
        with pytest.raises(ArchiveError, match=said):
            question()


def test_a_damaged_body_is_told_and_not_shown(archive: Archive, queries: Queries) -> None:
    _find(archive, "vidu", "https://vidu.example/1")
    _look(archive, "https://vidu.example/1", "Một", NOON)
    with archive._transaction() as connection:
        connection.execute(update(schema.body).values(data=b"\x00"))
    with pytest.raises(DamagedBodyError):
        queries.raw(1, 1)
    with pytest.raises(DamagedBodyError):
        queries.article(1, 1)


def test_a_capture_has_its_headers_in_the_order_received(archive: Archive, queries: Queries) -> None:
    _find(archive, "vidu", "https://vidu.example/1")
    _look(archive, "https://vidu.example/1", "Một", NOON)
    ((row, capture),) = queries.captures(1)
    assert capture is not None
    assert capture.headers == (("Content-Type", "text/html; charset=utf-8"), ("X", "a"))
    assert capture.content_type == "text/html; charset=utf-8"
    assert (row.outcome, row.capture_sha256) == (Outcome.NEW, capture.sha256)
    (version,) = queries.versions(1)
    assert (version.reader, dict(version.sources), version.capture_sha256) == ("r1", {"title": "h1"}, capture.sha256)


def test_sites_say_what_is_due_overdue_and_failing(archive: Archive, queries: Queries) -> None:
    sources = [("feed", "https://vidu.example/rss"), ("home", "https://vidu.example/")]
    archive.watch_site("vidu", NOON, sources)
    archive.add_pages("vidu", [FoundPage(url=f"https://vidu.example/{number}") for number in range(3)], NOON)
    _look(archive, "https://vidu.example/0", "Không", NOON + MINUTE)
    gone = Finding(page_id=2, url="https://vidu.example/1", at=NOON + MINUTE, failure=Outcome.GONE)
    archive.record([gone, gone])
    archive.source_visited(
        "vidu", SourceVisit(url="https://vidu.example/rss", at=NOON, outcome=Outcome.ERROR, note="answered 500"), []
    )
    archive.crawl_started("vidu", NOON)
    archive.discovered("vidu", NOON + HOUR)
    (row,) = queries.sites(NOON + HOUR)
    assert (row.pages, row.live, row.gone, row.due, row.overdue, row.failing) == (3, 1, 1, 1, 1, 0)  # gone is no fault
    assert (row.last_crawl, row.next_discovery, row.next_due, row.sources_failing) == (NOON, NOON + HOUR, NOON, 1)


def test_a_site_is_due_for_its_pages_or_its_sources_the_longest_overdue_first(
    archive: Archive, queries: Queries
) -> None:
    _find(archive, "pages", "https://pages.example/1", now=NOON + 2 * MINUTE)
    archive.watch_site("sources", NOON)
    archive.watch_site("later", NOON)
    archive.watch_site("never", NOON)
    archive.discovered("pages", NOON + HOUR)
    archive.discovered("sources", NOON + MINUTE)
    archive.discovered("later", NOON + HOUR)
    due = queries.due_sites(NOON + 5 * MINUTE)
    assert [(row.site, row.since) for row in due] == [
        ("never", None),
        ("sources", NOON + MINUTE),
        ("pages", NOON + 2 * MINUTE),
    ]
    assert due[2].pages_due == NOON + 2 * MINUTE


def test_a_site_that_a_clock_far_ahead_crawled_is_due_at_once(archive: Archive, queries: Queries) -> None:
    archive.watch_site("vidu", NOON)
    archive.crawl_started("vidu", NOON + 48 * HOUR)
    archive.discovered("vidu", NOON + 49 * HOUR)
    assert [(row.site, row.since) for row in queries.due_sites(NOON)] == [("vidu", None)]
    assert queries.due_sites(NOON + 48 * HOUR) == []


def test_a_site_whose_due_pages_are_all_on_a_paused_host_is_not_due(archive: Archive, queries: Queries) -> None:
    """Else the daemon starts a crawl a minute for it, each of which finds nothing to do."""
    _find(archive, "vidu", "https://vidu.example/1", "https://vidu.example/2")
    archive.discovered("vidu", NOON + 9 * HOUR)
    archive.pause_host("vidu.example", NOON, NOON + HOUR)
    assert queries.due_sites(NOON + MINUTE) == []
    assert [row.site for row in queries.due_sites(NOON + HOUR + MINUTE)] == ["vidu"]
    archive.add_pages("vidu", [FoundPage(url="https://m.vidu.example/3")], NOON + 2 * MINUTE)
    (row,) = queries.due_sites(NOON + 3 * MINUTE)
    assert row.pages_due == NOON + 2 * MINUTE


def test_a_host_that_a_dead_crawl_held_does_not_hide_its_site(archive: Archive, queries: Queries) -> None:
    """The next crawl is what frees it."""
    _find(archive, "vidu", "https://vidu.example/1")
    archive.discovered("vidu", NOON + 9 * HOUR)
    archive.claim_due("vidu", "dead", NOON, 1)
    assert [row.site for row in queries.due_sites(NOON + MINUTE)] == ["vidu"]


def test_counts_say_how_big_the_archive_is(archive: Archive, queries: Queries) -> None:
    _edited(archive, "vidu", "https://vidu.example/1", NOON, "Có 35 người.", "Có 36 người.")
    counts = queries.counts()
    assert {name: counts[name] for name in ("page", "visit", "capture", "version", "edit", "body")} == {
        "page": 1,
        "visit": 2,
        "capture": 2,
        "version": 2,
        "edit": 1,
        "body": 4,
    }
    assert counts["file_bytes"] > 50_000  # the tables alone
    assert counts["body_bytes"] > 0


def _plans(queries: Queries, ask: Callable[[], object]) -> list[str]:
    sent: list[tuple[str, Any]] = []
    event.listen(
        queries._engine, "before_cursor_execute", lambda _c, _cur, sql, values, _x, _many: sent.append((sql, values))
    )
    ask()
    asked = [entry for entry in sent if entry[0].lstrip().startswith("SELECT")]
    with queries._transaction() as connection:
        return [
            "\n".join(row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values))
            for sql, values in asked
        ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_list_of_edits_is_read_in_the_order_of_an_index(archive: Archive, queries: Queries) -> None:
    _edited(archive, "vidu", "https://vidu.example/1", NOON, "Có 35 người.", "Có 36 người.")
    wanted, rows = _plans(queries, lambda: list(queries.edits(since=NOON)))
    assert "SEARCH edit USING INDEX ix_edit_before" in wanted
    assert "TEMP B-TREE" not in wanted
    assert "SCAN" not in wanted + rows


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_history_of_a_page_and_what_is_due_are_read_from_indexes(archive: Archive, queries: Queries) -> None:
    _find(archive, "vidu", "https://vidu.example/1")
    _look(archive, "https://vidu.example/1", "Một", NOON)
    for plan in _plans(queries, lambda: (queries.history(1), queries.page("https://vidu.example/1"))):
        assert "SCAN" not in plan
    (due,) = _plans(queries, lambda: queries.due_sites(NOON))
    assert "SCAN page" not in due
    assert "TEMP B-TREE" not in due


def test_rows_that_vanish_between_two_batches_are_left_out(archive: Archive, url: str) -> None:
    urls = [f"https://vidu.example/{number}" for number in range(600)]
    _find(archive, "vidu", *urls)
    with Queries(url) as queries:
        rows = queries.pages()
        next(rows)
        with archive._transaction() as connection:
            connection.execute(schema.page_url.delete().where(schema.page_url.c.url == urls[0]))
            connection.execute(schema.page.delete().where(schema.page.c.url == urls[0]))
            connection.execute(insert(schema.site).values(key="new", first_seen=NOON))
        assert len(list(rows)) == 598
