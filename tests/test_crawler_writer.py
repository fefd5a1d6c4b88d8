from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from crawler.writer import Writer
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.queries import Queries
from storage.records import Outcome
from storage.visits import Finding, FoundPage, Visit

NOW = datetime(2025, 10, 7, 9, 0, tzinfo=UTC)


class SlowArchive(Archive):
    """An archive that counts its groups, and waits with the first one until it is told."""

    def __init__(self, url: str) -> None:
        super().__init__(url, next_due=lambda _site, _history, _now: None)
        self.go = Event()
        self.groups: list[int] = []

    def record(self, findings: Sequence[Finding], stored: datetime | None = None) -> list[Visit]:
        self.go.wait(30)
        self.groups.append(len(findings))
        return super().record(findings, stored)


@pytest.fixture
def pages(archive: str) -> list[str]:
    urls = [f"http://bao.example/bai-{number}-post{number}.html" for number in range(40)]
    with Archive(archive, next_due=lambda _site, _history, _now: None) as opened:
        opened.watch_site("bao", NOW)
        opened.add_pages("bao", [FoundPage(url=url) for url in urls], NOW)
    return urls


def _finding(page_id: int, url: str) -> Finding:
    return Finding(page_id=page_id, url=url, at=NOW, failure=Outcome.ERROR, note="no answer")


def test_findings_are_stored_in_groups_and_each_has_its_visit(archive: str, pages: list[str], queries: Queries) -> None:
    with SlowArchive(archive) as opened:
        with Writer(opened) as writer:
            futures = [writer.store(_finding(number + 1, url)) for number, url in enumerate(pages)]
            opened.go.set()
            visits = [future.result(30) for future in futures]
        assert [visit.url for visit in visits] == pages
        assert sum(opened.groups) == 40
        assert len(opened.groups) <= 4
    assert queries.counts()["visit"] == 40


def test_closing_stores_what_was_handed_in(archive: str, pages: list[str], queries: Queries) -> None:
    with SlowArchive(archive) as opened:
        writer = Writer(opened)
        futures = [writer.store(_finding(number + 1, url)) for number, url in enumerate(pages)]
        opened.go.set()
        writer.close()
        assert all(future.done() for future in futures)
    assert queries.counts()["visit"] == 40


def test_a_finding_that_cannot_be_stored_takes_no_other_along(archive: str, pages: list[str], queries: Queries) -> None:
    with SlowArchive(archive) as opened, Writer(opened) as writer:
        good = [writer.store(_finding(1, pages[0])), writer.store(_finding(2, pages[1]))]
        bad = writer.store(Finding(page_id=3, url=pages[2], at=NOW))
        good.append(writer.store(_finding(4, pages[3])))
        opened.go.set()
        assert [future.result(30).outcome for future in good] == [Outcome.ERROR] * 3
        with pytest.raises(ValueError, match="a response or a failure"):
            bad.result(30)
    assert queries.counts()["visit"] == 3


def test_a_visit_that_nobody_waits_for_does_not_end_the_writer(archive: str, pages: list[str]) -> None:
    with SlowArchive(archive) as opened, Writer(opened) as writer:
        futures: list[Future[Visit]] = [writer.store(_finding(1, pages[0])), writer.store(_finding(2, pages[1]))]
        futures[1].cancel()
        opened.go.set()
        assert futures[0].result(30).outcome is Outcome.ERROR
        assert writer.store(_finding(3, pages[2])).result(30).outcome is Outcome.ERROR


def test_an_archive_that_fails_is_told_to_whoever_waits(tmp_path: Path, archive: str, pages: list[str]) -> None:
    with SlowArchive(archive) as opened, Writer(opened) as writer:
        opened.go.set()
        opened._engine.dispose()
        for file in tmp_path.glob("luutin.db*"):
            file.unlink()
        (tmp_path / "luutin.db").write_bytes(b"this is no database" * 100)
        with pytest.raises(ArchiveError, match="not a Luutin archive"):
            writer.store(_finding(1, pages[0])).result(30)
