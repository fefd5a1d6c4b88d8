"""How databases go about what the archive asks again and again: they look rows up, and never go through a big table."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, UniqueConstraint, event
from sqlalchemy import PrimaryKeyConstraint as PrimaryKey

from storage import schema
from storage.changes import EditStatus
from storage.records import Outcome
from storage.rows import Searched
from storage.verifying.whole import Verifier
from storage.visits import FoundPage, SourceVisit
from tests.newsroom import EDITED, HOUR, NEW_URL, NOON, OTHER_URL, RAIN, URL, Newsroom, history
from tests.postgres import Postgres

BIG = "page|page_url|body|capture|visit|version|reading|edit|link|search_entry|copy_signature|copy_band"
CALLED = "old|new|between|link_1"  # what queries call some of them
RSS = "https://vidu.example/rss"
GOES = {"page", "version", "edit", "search_entry", "copy_signature"}  # tables whose rows may be taken away again
Statements = dict[str, Any]


@pytest.fixture
def room(archive: str) -> Iterator[Newsroom]:
    made = Newsroom(archive)
    yield made
    made.close()


@pytest.fixture
def room_on_server(postgres: Postgres) -> Iterator[Newsroom]:
    made = Newsroom(postgres.make_archive(NOON))
    yield made
    made.close()
    postgres.drop(made.url)


@contextmanager
def _noted() -> Iterator[Statements]:
    """Every statement that is sent to a database meanwhile, with the values of its first use."""
    found: Statements = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        found.setdefault(statement, values[0] if many and values else values)

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


def _scans(url: str, statements: Statements) -> dict[str, list[str]]:
    """The statements that go through a big table, or through an index of it that their LIMIT does not cut short."""
    found: dict[str, list[str]] = {}
    plain = sqlite3.connect(url.removeprefix("sqlite:///"))
    for statement, values in statements.items():
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
            plan = [row[3] for row in plain.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            scans = [step for step in plan if re.match(rf"SCAN ({BIG}|{CALLED})\b", step)]
            sorts = any("TEMP B-TREE" in step for step in plan)
            if scans and ("LIMIT" not in statement or sorts or any("USING" not in step for step in scans)):
                found[statement] = plan
    plain.close()
    return found


def _walks(url: str, statements: Statements) -> dict[str, list[str]]:
    """The statements for which PostgreSQL has to go through a big table, or through all of an index of it.

    It is told to avoid that: its tables are small here, so that it would like to.
    """
    found: dict[str, list[str]] = {}
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as plain:
        plain.execute("SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off")
        for statement, values in statements.items():
            if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
                row = plain.execute(f"EXPLAIN (FORMAT JSON) {statement}".encode(), values).fetchone()
                assert row is not None
                walks = list(_steps(row[0][0]["Plan"], limited=False))
                if walks:
                    found[statement] = walks
    return found


def _steps(plan: dict[str, Any], *, limited: bool) -> Iterator[str]:
    """The steps of a plan that read all of a big table; what a LIMIT above cuts short does not."""
    kind, table, index = plan["Node Type"], plan.get("Relation Name", ""), plan.get("Index Name", "")
    whole = kind == "Seq Scan" or (kind.startswith("Index") and "Index Cond" not in plan and not limited)
    if whole and re.fullmatch(BIG, table):
        yield f"{kind} of {table} {index}"
    limited = (limited or kind == "Limit") and kind not in {"Sort", "Aggregate"}
    for below in plan.get("Plans", ()):
        yield from _steps(below, limited=limited)


def _rounds(url: str, statements: Statements) -> dict[str, list[str]]:
    """The statements for which PostgreSQL may go through all of a big table once for each row of another.

    Such a subplan is hashed where there are few rows, as here, and gone through anew for each row where there are many.
    """
    found: dict[str, list[str]] = {}
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as plain:
        for statement, values in statements.items():
            if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
                row = plain.execute(f"EXPLAIN (FORMAT JSON) {statement}".encode(), values).fetchone()
                assert row is not None
                if rounds := list(_subplans(row[0][0]["Plan"])):
                    found[statement] = rounds
    return found


def _subplans(plan: dict[str, Any]) -> Iterator[str]:
    for below in plan.get("Plans", ()):
        if below.get("Parent Relationship") == "SubPlan":
            yield from _steps(below, limited=False)
        yield from _subplans(below)


def _writing(room: Newsroom) -> None:
    """Whatever a crawl and an import write, with all that may come of a visit."""
    archive, now = room.archive, room.now
    archive.watch_site("vidu", now, [("feed", RSS)])
    archive.crawl_started("vidu", now)
    archive.source_visited("vidu", SourceVisit(url=RSS, at=now, outcome=Outcome.NEW), [FoundPage(url=NEW_URL)])
    archive.discovered("vidu", now)
    archive.claim_due("vidu", "c", now, 5)
    archive.claim_known("vidu", "c", now, 5, now)
    archive.claim_urls("c", now, [URL])
    archive.lease_found("vidu", "c", now, {URL: now})
    archive.hold_host("h", "c", now)
    archive.pause_host("h", now, now)
    archive.release("c")
    history(room)
    for title, later in (("A", EDITED), ("B", RAIN)):  # renamed with an edit, and without one
        room.sees(RAIN, url=f"{URL}?{title}", title=title)
        room.sees(RAIN, url=f"{NEW_URL}?{title}", title=title)
        room.sees(later, url=f"{URL}?{title}", title=title, identity=f"{NEW_URL}?{title}")
    for hours, text in enumerate((EDITED, RAIN, (*EDITED, "Đến tối, nước đã rút.")) * 6):  # and visits stored late
        late = replace(room.finding(text), at=NOON + (hours * 2 + 0.5) * HOUR)
        archive.record([late], stored=room.now)
    archive.note_lost("vidu", ["lead"])
    archive.probe_due("vidu", now)
    archive.probed("vidu", "Không tìm thấy", [1], now)


def _reading(room: Newsroom) -> None:
    """What is asked of one page, of the newest edits, by a crawl of a site and by the daemon."""
    queries, now = room.queries, room.now
    for asked in (URL, OTHER_URL):
        page = queries.page(asked)
        assert page is not None
        queries.history(page.id)
        queries.versions(page.id)
        queries.article(page.id, 1)
        queries.raw(page.id, 1)
        queries.readable(page.id)
        queries.copies(page.id)
        queries.around(page.id, now)
        list(queries.edits(page_id=page.id))
    queries.seen(URL, now)
    queries.received(URL, now)
    queries.edit(1)
    list(queries.edits(newest=50))
    list(queries.edits(newest=50, site="vidu", status=EditStatus.PENDING))
    list(queries.edits(since=now - timedelta(days=1), site="vidu"))
    list(queries.pages("vidu", limit=50))
    list(queries.pages(state="live", limit=50))
    for what in Searched:
        list(queries.search("mưa lớn", what=what))
        list(queries.search("mưa", what=what, site="vidu", since=now))
    queries.memory("vidu")
    queries.memories("vidu")
    queries.to_learn("vidu")
    queries.restless_pages("vidu", 5)
    queries.newest_articles("vidu")
    queries.lost_fields("vidu")
    queries.due_sites(now)
    queries.site_keys()


def test_no_hot_query_scans_a_big_table(room: Newsroom) -> None:
    with _noted() as statements:
        _writing(room)
        _reading(room)
    assert len(statements) > 150
    assert _scans(room.url, statements) == {}


def test_postgresql_scans_no_big_table_for_a_hot_query_either(room_on_server: Newsroom) -> None:
    room = room_on_server
    for table in BIG.split("|"):  # else it may look at their few rows meanwhile, and plan for these
        room.write(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
    with _noted() as statements:
        _writing(room)
        _reading(room)
    assert len(statements) > 150
    assert _walks(room.url, statements) == {}


def test_verifying_goes_through_no_big_table_for_each_row_of_another(room_on_server: Newsroom) -> None:
    """It took hours on 2 million visits: `NOT IN` a table is no join."""
    room = room_on_server
    _writing(room)
    with _noted() as statements, Verifier(room.url) as verifier:
        assert list(verifier.faults()) == []
    assert any("FROM visit" in statement for statement in statements)
    assert _rounds(room.url, statements) == {}


def test_a_table_that_is_gone_through_for_each_row_would_be_found(room_on_server: Newsroom) -> None:
    room = room_on_server
    with _noted() as statements:
        room.sql("SELECT id FROM visit WHERE id NOT IN (SELECT visit_id FROM link WHERE visit_id IS NOT NULL)")
        room.sql("SELECT visit.id FROM visit LEFT JOIN link ON visit_id = visit.id WHERE visit_id IS NULL")
    assert ["NOT IN" in said for said in _rounds(room.url, statements)] == [True]


def test_a_scan_by_postgresql_would_be_found(room_on_server: Newsroom) -> None:
    room = room_on_server
    with _noted() as statements:
        room.queries.counts()
        room.sql("SELECT id FROM visit WHERE version_id = 1")
        room.sql("SELECT id FROM page ORDER BY title LIMIT 5")
        room.sql("SELECT count(*) FROM (SELECT id FROM edit ORDER BY id LIMIT 5)")
    found = {re.search(r"FROM (\w+)", said)[1] for said in _walks(room.url, statements)}  # type: ignore[index]
    assert found >= {"visit", "page"}
    assert not any("LIMIT 5)" in said for said in _walks(room.url, statements))


def test_a_scan_would_be_found(room: Newsroom) -> None:
    with _noted() as statements:
        room.queries.counts()
        room.sql("SELECT id FROM visit WHERE version_id = 1")
        room.sql("SELECT id FROM page ORDER BY title LIMIT 5")
    assert {re.search(r"FROM (\w+)", said)[1] for said in _scans(room.url, statements)} >= {"visit", "page"}  # type: ignore[index]


def test_what_refers_to_a_row_that_may_go_is_indexed() -> None:
    """SQLite looks for such rows before it lets one go (https://sqlite.org/foreignkeys.html#fk_indexes)."""
    for table in schema.metadata.tables.values():
        found = [index.columns.keys() for index in table.indexes]
        found += [made.columns.keys() for made in table.constraints if isinstance(made, UniqueConstraint | PrimaryKey)]
        for key in table.foreign_keys:
            if key.column.table.name in GOES:
                assert any(names[0] == key.parent.name for names in found), f"{table.name}.{key.parent.name}"
