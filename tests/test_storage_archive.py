"""The write door under load and under fire: nothing is lost, nothing is half there."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.archive import Archive, init
from storage.errors import ArchiveError
from storage.queries import Queries
from storage.records import Outcome
from storage.verifying.whole import Verifier
from storage.visits import FoundPage, SourceVisit

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROOT = Path(__file__).parent.parent
RSS = "https://vidu.example/rss"
WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from storage.archive import Archive
from storage.records import Article, Block, BlockKind, Reading, Response
from storage.visits import Finding, FoundPage

def finding(page_id, url, number):
    at = datetime(2026, 3, 11, 12, tzinfo=UTC) + timedelta(minutes=number)
    body = (Block(kind=BlockKind.PARAGRAPH, text=f"Có {number} người bị thương trong vụ tai nạn ở ngã tư."),)
    article = Article(url=url, canonical_url=url, title="Tai nạn", body=body)
    response = Response(requested_url=url, url=url, at=at, request_head=b"", status=200, head=b"", headers=(),
                        body=f"<html>{url} {number}".encode() * 200)
    reading = Reading(reader="r1", article=article)
    return Finding(page_id=page_id, url=url, at=at, response=response, reading=reading, identity=url)

def work(archive, name, rounds, groups):
    urls = [f"https://{name}.example/{number}" for number in range(groups)]
    now = datetime(2026, 3, 11, 12, tzinfo=UTC)
    archive.watch_site("vidu", now)
    archive.add_pages("vidu", [FoundPage(url=url) for url in urls], now)
    dues = {due.url: due.page_id for due in archive.claim_urls(name, now, urls).values()}
    for number in range(rounds):
        for visit in archive.record([finding(page_id, url, number) for url, page_id in dues.items()]):
            print(visit.url, visit.version, flush=True)
"""
ALONE = """
archive = Archive(sys.argv[1], next_due=lambda _site, _history, now: now)
work(archive, sys.argv[2], int(sys.argv[3]), 5)
archive.close()
"""
THREADS = """
import contextlib, io
from concurrent.futures import ThreadPoolExecutor
archive = Archive(sys.argv[1], next_due=lambda _site, _history, now: now)
with ThreadPoolExecutor(20) as pool:
    done = [pool.submit(work, archive, f"{sys.argv[2]}-{number}", int(sys.argv[3]), 2) for number in range(20)]
    [one.result() for one in done]
archive.close()
"""
PROCESSES = """
import os
begin, go = os.pipe()
children = []
for number in range(20):
    child = os.fork()
    if not child:
        try:
            os.close(go)
            os.read(begin, 1)  # until all are there
            archive = Archive(sys.argv[1], next_due=lambda _site, _history, now: now)
            work(archive, f"{sys.argv[2]}-{number}", int(sys.argv[3]), 3)
            archive.close()
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr, flush=True)
        os._exit(0)
    children.append(child)
os.close(go)
for child in children:
    os.waitpid(child, 0)
"""


@pytest.fixture
def url(database: str) -> str:
    init(database, NOON)
    return database


@pytest.fixture
def archive(url: str) -> Iterator[Archive]:
    with Archive(url, next_due=lambda _site, _history, now: now + HOUR) as opened:
        yield opened


def _start(code: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", WRITER + code, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _is_sound(url: str) -> None:
    """Everything in the archive fits together."""
    engine = create_engine(url)
    with engine.connect() as plain:
        if engine.dialect.name == "sqlite":
            assert plain.execute(text("PRAGMA integrity_check")).all() == [("ok",)]
            assert plain.execute(text("PRAGMA foreign_key_check")).all() == []
        for question in (
            "SELECT count(*) FROM page WHERE visits != (SELECT count(*) FROM visit WHERE page_id = page.id)",
            "SELECT count(*) FROM page WHERE versions != (SELECT count(*) FROM version WHERE page_id = page.id)",
            "SELECT count(*) FROM version WHERE id NOT IN (SELECT version_id FROM reading WHERE current)",
            "SELECT count(*) FROM edit WHERE to_version_id NOT IN (SELECT id FROM version)",
            "SELECT count(*) FROM page WHERE url NOT IN (SELECT url FROM page_url WHERE page_id = page.id)",
            "SELECT count(*) FROM capture WHERE id NOT IN (SELECT capture_id FROM visit WHERE capture_id IS NOT NULL)",
        ):
            assert plain.execute(text(question)).scalar_one() == 0, question
    engine.dispose()


def test_twenty_threads_and_four_processes_at_once_lose_nothing(url: str) -> None:
    processes = [_start(ALONE, url, f"p{number}", "8") for number in range(4)] + [_start(THREADS, url, "t", "4")]
    said = [process.communicate(timeout=300) for process in processes]
    assert [errors for _, errors in said] == [""] * 5
    lines = [line for output, _ in said for line in output.splitlines()]
    assert len(lines) == len(set(lines)) == 4 * 8 * 5 + 20 * 4 * 2
    with Queries(url) as queries:
        counts = queries.counts()
        assert (counts["visit"], counts["version"], counts["page"]) == (320, 320, 60)
        assert counts["edit"] == 320 - 60
        for page in queries.pages():
            for version in queries.versions(page.id):
                assert queries.raw(page.id, version.number).sha256 == version.capture_sha256
    _is_sound(url)


def test_twenty_processes_that_write_at_once_lose_nothing_and_hear_of_no_lock(url: str) -> None:
    output, errors = _start(PROCESSES, url, "p", "4").communicate(timeout=600)
    assert errors == ""
    lines = output.splitlines()
    assert len(lines) == len(set(lines)) == 20 * 4 * 3
    with Queries(url) as queries:
        counts = queries.counts()
        assert (counts["page"], counts["visit"], counts["version"], counts["edit"]) == (60, 240, 240, 180)
        stored = {f"{row.url} {row.version}" for page in queries.pages() for row in queries.history(page.id)}
        assert stored == set(lines)
    _is_sound(url)
    with Verifier(url) as verifier:
        assert list(verifier.faults()) == []
        assert verifier.heads()["vidu"][0] >= 240


def _wait_for_the_server(url: str) -> None:
    """A server may still be storing what a process that is gone sent last."""
    if not url.startswith("postgresql"):
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    engine = create_engine(url)
    with engine.connect() as connection:
        while connection.execute(text(f"{others} AND state <> 'idle'")).scalar_one():
            connection.rollback()  # what is going on is a snapshot of a transaction
            time.sleep(0.02)
    engine.dispose()


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.11, 0.27])
def test_a_kill_in_the_middle_of_recording_loses_no_finished_visit(url: str, delay: float) -> None:
    with _start(ALONE, url, "killed", "100000") as process:
        assert process.stdout is not None
        finished = [process.stdout.readline()]  # it is at work
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        finished += process.stdout.readlines()
    _wait_for_the_server(url)
    reported = {tuple(line.split()) for line in finished if line.endswith("\n")}
    assert reported
    with Queries(url) as queries:
        stored = {(row.url, str(row.version)) for page in queries.pages() for row in queries.history(page.id)}
        assert reported <= stored
        for page in queries.pages():
            numbers = [version.number for version in queries.versions(page.id)]
            assert numbers == list(range(1, page.versions + 1))
            if numbers:
                assert queries.raw(page.id, numbers[-1]).body.startswith(b"<html>")
    _is_sound(url)
    with _start(ALONE, url, "next", "2") as after:
        output, errors = after.communicate(timeout=60)
    assert (len(output.splitlines()), errors) == (10, "")


def test_threads_that_find_the_same_urls_add_each_once(archive: Archive, url: str) -> None:
    archive.watch_site("vidu", NOON)
    found = [FoundPage(url=f"https://vidu.example/{number}") for number in range(50)]
    with ThreadPoolExecutor(20) as pool:
        added = list(pool.map(lambda _: archive.add_pages("vidu", found, NOON), range(40)))
    assert sum(added) == 50
    with Queries(url) as queries:
        assert queries.counts()["page"] == 50


def test_threads_that_claim_at_once_share_the_pages_out(archive: Archive) -> None:
    archive.watch_site("vidu", NOON)
    archive.add_pages("vidu", [FoundPage(url=f"https://h{n}.example/") for n in range(60)], NOON)
    with ThreadPoolExecutor(20) as pool:
        claims = list(pool.map(lambda n: archive.claim_due("vidu", f"crawl-{n}", NOON, 3), range(20)))
    urls = [due.url for claim in claims for due in claim]
    assert len(urls) == len(set(urls)) == 60


def test_a_failed_call_leaves_the_archive_usable(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="no site named 'la'"):
        archive.add_pages("la", [FoundPage(url="https://vidu.example/1")], NOON)
    archive.watch_site("la", NOON)
    assert archive.add_pages("la", [FoundPage(url="https://vidu.example/1")], NOON) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_and_leaves_what_was_stored(archive: Archive, url: str) -> None:
    archive.watch_site("vidu", NOON)
    pages = [FoundPage(url=f"https://vidu.example/{number}" + "x" * 500) for number in range(2000)]
    with archive._engine.connect() as connection:  # a bound on the file does what a full disk does
        size = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {size + 5}"))
    with pytest.raises(ArchiveError, match="disk is full"):
        archive.add_pages("vidu", pages, NOON)
    with Queries(url) as queries:
        assert queries.counts()["page"] == 0
        assert len(queries.sites(NOON)) == 1


def test_sources_follow_the_site_file(archive: Archive) -> None:
    home = ("home", "https://vidu.example/")
    archive.watch_site("vidu", NOON, [("section", RSS), home])
    seen = SourceVisit(url=RSS, at=NOON, outcome=Outcome.NEW, etag='"1"', last_modified="Wed")
    assert archive.source_visited("vidu", seen, [FoundPage(url="https://vidu.example/1")]) == 1
    archive.watch_site("vidu", NOON, [("feed", RSS), ("sitemap", "https://vidu.example/map.xml")])
    found = [(source.kind, source.url, source.etag) for source in archive.sources("vidu")]
    assert found == [("feed", RSS, '"1"'), ("sitemap", "https://vidu.example/map.xml", "")]


def test_a_source_that_fails_keeps_the_validators_of_its_last_answer(archive: Archive) -> None:
    archive.watch_site("vidu", NOON, [("feed", RSS)])
    for outcome, etag in ((Outcome.NEW, '"1"'), (Outcome.NOT_MODIFIED, ""), (Outcome.ERROR, '"2"')):
        archive.source_visited("vidu", SourceVisit(url=RSS, at=NOON, outcome=outcome, etag=etag), [])
    assert [source.etag for source in archive.sources("vidu")] == ['"1"']


def test_what_a_source_names_is_new_only_once(archive: Archive) -> None:
    archive.watch_site("vidu", NOON, [("feed", RSS)])
    named = [FoundPage(url=f"https://vidu.example/{number}") for number in range(3)]
    visit = SourceVisit(url=RSS, at=NOON, outcome=Outcome.NEW)
    assert archive.source_visited("vidu", visit, named[:2]) == 2
    assert archive.source_visited("vidu", visit, named) == 1
    assert archive.add_pages("vidu", named, NOON) == 0
