"""`python -m crawler` as a process of its own: what it prints, how it exits, and what ends it."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from storage.queries import Queries
from tests.crawling import article, feed_of, paths, serve_articles
from tests.raw_server import RawServer

ROOT = Path(__file__).parent.parent
HTML = "text/html; charset=utf-8"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return tmp_path / "seeds"


def _site(seeds: Path, home: str, rest: str = "") -> None:
    (seeds / "bao").mkdir(parents=True, exist_ok=True)
    text = f'name = "Báo Thử"\nhome = "{home}"\nallow_private = true\n{rest}\n'
    (seeds / "bao" / "site.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def start(archive: str, seeds: Path) -> Iterator[Start]:
    """Starts `python -m crawler bao`; whatever still runs in the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str, key: str = "bao") -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "crawler", key, "--archive", archive, "--seeds", str(seeds), "--readers", "1"]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen([*command, *words], cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def _done(process: "subprocess.Popen[str]") -> tuple[int, list[dict[str, Any]], str]:
    out, err = process.communicate(timeout=180)
    return process.returncode, [json.loads(line) for line in out.splitlines()], err


def test_each_visit_is_a_line_of_json(start: Start, seeds: Path, web: HTTPServer) -> None:
    urls = serve_articles(web, 2)
    web.expect_request("/rss").respond_with_data(feed_of([*urls, web.url_for("/mat-post9.html")]))
    _site(seeds, web.url_for("/"), f'[discover]\nfeeds = ["{web.url_for("/rss")}"]\n[pace]\ndelay = 0')
    status, lines, err = _done(start())
    assert (status, err) == (0, "")
    assert {line["url"]: (line["outcome"], line["status"], line["version"]) for line in lines} == {
        urls[0]: ("new", 200, 1),
        urls[1]: ("new", 200, 1),
        web.url_for("/mat-post9.html"): ("gone", 404, None),
    }
    assert set(lines[0]) >= {"url", "outcome", "status", "version", "note", "page", "at", "edit"}


def test_a_site_whose_sources_fail_ends_with_status_1(start: Start, seeds: Path, web: HTTPServer) -> None:
    _site(seeds, web.url_for("/"), f'[discover]\nfeeds = ["{web.url_for("/rss")}"]')
    status, lines, err = _done(start())
    assert (status, lines) == (1, [])
    assert f"bao: source {web.url_for('/rss')}: error: answered 404" in err


def test_a_site_that_is_not_there_ends_with_status_2(start: Start, seeds: Path) -> None:
    _site(seeds, "http://bao.example/")
    status, _, err = _done(start(key="boa"))
    assert status == 2
    assert "holds no site 'boa'; it holds: bao" in err


WRONG = [
    ["--delay", "-1"],
    ["--delay", "nan"],
    ["--reroute", "a"],
    ["--urls", "no-such-file"],
    ["--contact", "tòa soạn"],
]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_use_ends_with_status_2_and_no_trace(start: Start, seeds: Path, words: list[str]) -> None:
    _site(seeds, "http://bao.example/")
    status, _, err = _done(start(*words))
    assert status == 2
    assert "Traceback" not in err


def test_a_site_without_a_file_is_named_by_its_host(start: Start, web: HTTPServer, tmp_path: Path) -> None:
    [url] = serve_articles(web, 1)
    listed = tmp_path / "urls.txt"
    listed.write_text(url, encoding="utf-8")
    key = f"127.0.0.1-{web.port}"
    status, [line], _ = _done(start("--urls", str(listed), "--allow-private", "--delay", "0", key=key))
    assert (status, line["outcome"]) == (0, "new")


def _many(web: HTTPServer, count: int) -> list[str]:
    """Serve so many articles at once and a feed that names them; gives their URLs."""

    def answer(request: Request) -> Response:
        return Response(article(int(re.findall(r"\d+", request.path)[0])), content_type=HTML)

    web.expect_request(re.compile(r"/bai-\d+-post\d+\.html")).respond_with_handler(answer)
    urls = [web.url_for(f"/bai-{number}-post{number}.html") for number in range(count)]
    web.expect_request("/rss").respond_with_data(feed_of(urls))
    return urls


def _watched(seeds: Path, web: HTTPServer, delay: float, concurrent: int = 1) -> None:
    pace = f"[pace]\ndelay = {delay}\nconcurrent = {concurrent}"
    _site(seeds, web.url_for("/"), f'[discover]\nfeeds = ["{web.url_for("/rss")}"]\n{pace}')


def _lines(process: "subprocess.Popen[str]", count: int) -> list[dict[str, Any]]:
    """The next lines that a crawl prints, so many at most."""
    assert process.stdout is not None
    found = []
    for line in process.stdout:
        found.append(json.loads(line))
        if len(found) == count:
            break
    return found


@pytest.mark.parametrize("ending", ["SIGTERM", "SIGINT", "end of input"])
def test_a_crawl_that_is_asked_to_end_gives_its_leases_back(
    start: Start, seeds: Path, web: HTTPServer, ending: str
) -> None:
    urls = _many(web, 60)
    _watched(seeds, web, delay=0.5)
    process = start("--until-eof")
    first = _lines(process, 2)
    if ending == "end of input":
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    else:
        process.send_signal(signal.Signals[ending])
    asked = time.monotonic()
    status, more, err = _done(process)
    assert time.monotonic() - asked < 20  # not the 30 s that the rest of the batch would take
    assert (status, err) == (0, "")
    assert 2 <= len(first) + len(more) <= 6
    status, rest, err = _done(start("--no-discover", "--delay", "0"))
    assert (status, err) == (0, "")
    assert sorted(line["url"] for line in [*first, *more, *rest]) == sorted(urls)


def test_a_server_that_never_answers_does_not_keep_a_crawl_from_ending(
    start: Start, seeds: Path, raw: RawServer
) -> None:
    _site(seeds, raw.url(), "[pace]\ndelay = 0\ntimeout = 3600.0")
    raw.answers["/bai-1-post1.html"] = [600.0]
    process = start("--url", raw.url("/bai-1-post1.html"))
    while "/bai-1-post1.html" not in raw.paths():
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    status, lines, err = _done(process)
    assert (status, lines, err) == (0, [], "")


def test_a_crawl_ends_when_nobody_reads_what_it_prints(start: Start, seeds: Path, web: HTTPServer) -> None:
    _many(web, 60)
    _watched(seeds, web, delay=0.2)
    process = start()
    assert process.stdout is not None
    _lines(process, 1)
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""


def test_nothing_is_left_running_after_a_kill(start: Start, seeds: Path, web: HTTPServer) -> None:
    _many(web, 60)
    _watched(seeds, web, delay=0.2)
    process = start()
    _lines(process, 2)
    family = psutil.Process(process.pid).children(recursive=True)
    assert family
    process.kill()
    gone, alive = psutil.wait_procs(family, timeout=30)
    assert (len(gone), alive) == (len(family), [])


def test_500_pages_are_crawled_though_the_process_is_killed_five_times(
    start: Start, seeds: Path, web: HTTPServer, queries: Queries
) -> None:
    urls = _many(web, 500)
    _watched(seeds, web, delay=0, concurrent=8)
    told: list[dict[str, Any]] = []
    for _ in range(5):
        process = start()
        told += _lines(process, 20)
        process.kill()
        process.wait()
    status, lines, err = _done(start("--readers", "2"))
    assert (status, err) == (0, "")
    assert len(lines) >= 200
    told += lines
    pages = list(queries.pages())
    assert sorted(page.url for page in pages) == sorted(urls)
    assert {page.versions for page in pages} == {1}
    ledger = {(row.url, row.at.isoformat()) for page in pages for row in queries.history(page.id)}
    assert {(line["url"], line["at"]) for line in told} <= ledger
    assert {line["outcome"] for line in lines} <= {"new", "same", "identical"}
    status, lines, err = _done(start("--force", "--readers", "2"))
    assert (status, err) == (0, "")
    assert (len(lines), {line["outcome"] for line in lines}) == (500, {"identical"})


def test_scrapy_itself_can_run_a_crawl(archive: str, seeds: Path, web: HTTPServer, queries: Queries) -> None:
    urls = _many(web, 3)
    _watched(seeds, web, delay=0)
    settings = ["-s", f"LUUTIN_ARCHIVE={archive}", "-s", f"LUUTIN_SEEDS={seeds}", "-s", "LUUTIN_READERS=1"]
    command = [sys.executable, "-m", "scrapy", "crawl", "watch", "-a", "site=bao", *settings]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert {page.url for page in queries.pages() if page.versions == 1} == set(urls)
    assert "/robots.txt" in paths(web)
