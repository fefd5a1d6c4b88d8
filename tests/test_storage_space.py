"""Room on the disk, and crawls that pause where there is too little of it."""

import logging
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from schedules.service import Service, watched_sites
from schedules.sitewatch import SiteWatch
from storage.archive import Archive, init
from storage.queries import Queries
from storage.space import MEGABYTE, Room, room
from tests.commanding import here, luutin, newspaper
from tests.crawling import article, crawl, paths, serve_articles, site_at
from tests.newsroom import NOON

PETABYTE = 10**9  # MB; no disk of today has so much


class Usage(NamedTuple):
    """What `shutil.disk_usage` gives."""

    free: int


class Disk:
    """What the system says is free."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.free = 900
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(self.free * MEGABYTE))


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_less_than_the_floor_is_too_little(disk: Disk, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    assert room(url, 900 * MEGABYTE) == Room(free=900 * MEGABYTE, floor=900 * MEGABYTE)
    assert room(url, 900 * MEGABYTE).told == ""
    disk.free = 899
    assert room(url, 900 * MEGABYTE).short
    assert "899 MB are free where the archive lies, and min_free is 900 MB" in room(url, 900 * MEGABYTE).told


def test_what_cannot_be_told_is_no_reason_to_pause(tmp_path: Path) -> None:
    assert room("postgresql+psycopg://db.example/news", PETABYTE * MEGABYTE) == Room(
        free=None, floor=PETABYTE * MEGABYTE
    )
    assert not room("postgresql+psycopg://db.example/news", PETABYTE * MEGABYTE).short
    assert room(f"sqlite:///{tmp_path / 'none' / 'a.db'}", 1).free is None


def test_a_crawl_without_room_asks_nobody_and_says_why(archive: str, web: HTTPServer) -> None:
    urls = serve_articles(web, 3)
    report = crawl(archive, site_at(web.url_for("/")), urls, LUUTIN_MIN_FREE=PETABYTE)
    assert (report.visits, paths(web)) == ([], [])
    (fault,) = report.faults
    assert fault.startswith("bao: paused: ")
    assert "stays due" in fault


def test_a_crawl_that_runs_out_of_room_stores_what_it_has_and_leaves_the_rest_due(
    archive: str, web: HTTPServer, disk: Disk
) -> None:
    def answer(request: Request) -> Response:
        number = int(request.path.removeprefix("/bai-").partition(".")[0])
        if number == 4:
            disk.free = 1
        return Response(article(number), content_type="text/html; charset=utf-8")

    for number in range(40):
        web.expect_request(f"/bai-{number}.html").respond_with_handler(answer)
    urls = [web.url_for(f"/bai-{number}.html") for number in range(40)]
    site = site_at(web.url_for("/"), pace={"delay": 0.05, "concurrent": 1})
    report = crawl(archive, site, urls, LUUTIN_MIN_FREE=500)
    assert 4 <= len(report.visits) < 20
    assert ["paused" in fault for fault in report.faults] == [True]
    with Queries(archive) as queries:
        assert len(list(queries.pages(state="live"))) == len(report.visits)
        assert all(page.next_due is not None for page in queries.pages(state="found"))
    disk.free = 900
    rest = crawl(archive, site_at(web.url_for("/")), LUUTIN_MIN_FREE=500)
    assert len(report.visits) + len(rest.visits) == 40


def test_the_daemon_starts_nothing_until_there_is_room_again(
    tmp_path: Path, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "seeds" / "bao").mkdir(parents=True)
    (tmp_path / "seeds" / "bao" / "site.toml").write_text('name = "Báo"\nhome = "https://bao.example/"\n', "utf-8")
    url = f"sqlite:///{tmp_path / 'a.db'}"
    init(url, NOON)
    caplog.set_level(logging.INFO)
    with ExitStack() as stack:
        queries = stack.enter_context(Queries(url))
        writer = stack.enter_context(Archive(url, next_due=lambda *_: None))
        watch = SiteWatch(tmp_path / "seeds", tmp_path / "scratch", watched_sites)
        service = Service(url, watch, queries, writer, (), lambda: room(url, 500 * MEGABYTE).told)
        service.changed(NOON)
        started = []
        for free in (900, 1, 1, 900):
            disk.free = free
            started.append(len(service.due(NOON)))
    assert started == [1, 0, 0, 1]
    said = [record.getMessage() for record in caplog.records]
    assert [("paused" in line, "room again" in line) for line in said] == [(True, False), (False, True)]


def test_a_person_sees_that_crawls_pause(tmp_path: Path) -> None:
    with newspaper() as paper:
        here("init", cwd=tmp_path)
        paper.site_file(tmp_path / "seeds")
        free = here("status", cwd=tmp_path)
        assert free.lines[-1].endswith(" MB are free")
        with (tmp_path / "luutin.toml").open("a") as file:
            file.write(f"min_free = {PETABYTE}\n")
        said = luutin("crawl", cwd=tmp_path)
        assert said.status == 1
        assert "bao: paused: " in said.err
        assert paper.asked == []
    assert "crawls are paused" in here("status", cwd=tmp_path).out
    record = here("status", "--json", cwd=tmp_path).records[-1]
    assert record["paused"] is True
    assert record["min_free_bytes"] == PETABYTE * MEGABYTE
    assert 0 < record["free_bytes"] < PETABYTE * MEGABYTE
