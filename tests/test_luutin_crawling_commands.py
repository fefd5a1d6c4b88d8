"""Fetching from the command line: crawl, capture and run."""

import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from storage.queries import Queries
from tests.commanding import LUUTIN, Newspaper, environment, eventually, fault, here, luutin, newspaper, road

_SOON = 60.0  # seconds; what does not come by then fails its test


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with newspaper() as opened:
        yield opened


@pytest.fixture
def workspace(paper: Newspaper, tmp_path: Path) -> Path:
    """A workspace with a site file for the newspaper."""
    here("init", cwd=tmp_path)
    paper.site_file(tmp_path / "seeds")
    return tmp_path


def leases(workspace: Path) -> int:
    """How many pages and hosts are leased to a crawl."""
    with sqlite3.connect(workspace / "luutin.db") as connection:
        pages = connection.execute("select count(*) from page where lease_owner is not null").fetchone()[0]
        hosts = connection.execute("select count(*) from host_lease").fetchone()[0]
    connection.close()
    return int(pages + hosts)


def test_an_unknown_site_is_named_with_those_that_there_are(workspace: Path) -> None:
    err = fault(here("crawl", "bao", "moi", "cu", cwd=workspace))
    assert err.count("it holds: bao") == 2


def test_a_crawl_without_any_site_says_how_to_add_one(tmp_path: Path) -> None:
    assert "luutin site add" in fault(here("crawl", cwd=tmp_path))
    assert not (tmp_path / "luutin.db").exists()


def test_a_wrong_site_file_is_refused_before_anything_is_fetched(workspace: Path) -> None:
    (workspace / "seeds" / "bao" / "site.toml").write_text('name = "Báo"', encoding="utf-8")
    for words in (["crawl"], ["run"], ["capture", "https://a.example/"], ["site", "list"]):
        assert "bao/site.toml: home: is required" in fault(here(*words, cwd=workspace))


def test_an_edit_and_a_diff_weigh_what_the_site_file_says(workspace: Path) -> None:
    with newspaper() as paper:
        file = paper.site_file(workspace / "seeds", "can")
        file.write_text(file.read_text("utf-8") + '[significance.fields.body]\nnumber = "minor"\n', "utf-8")
        url = paper.urls[0]
        assert here("capture", url, cwd=workspace).status == 0
        paper.pages[paper.paths[0]] = road(1, "14,5")
        assert here("capture", url, cwd=workspace).status == 0
    reason = "A number was changed: 12,5 became 14,5; the site file lowers this from substantive to minor."
    (edit,) = here("edits", "--json", cwd=workspace).records
    assert (edit["significance"], edit["reasons"]) == ("minor", [reason])
    (shown,) = here("diff", url, "--format", "json", cwd=workspace).records
    assert (shown["significance"], shown["reasons"]) == ("minor", [reason])
    assert reason in " ".join(here("diff", url, cwd=workspace).out.split())
    file.write_text(file.read_text("utf-8").replace("minor", "cosmetic"), "utf-8")
    assert here("reread", "can", cwd=workspace).status == 0
    assert [edit["significance"] for edit in here("edits", "--json", cwd=workspace).records] == ["cosmetic"]
    file.unlink()
    (usual,) = here("diff", url, "--format", "json", cwd=workspace).records
    assert (usual["significance"], usual["reasons"]) == ("substantive", ["A number was changed: 12,5 became 14,5."])
    file.write_text('[significance]\nnumber = "big"', encoding="utf-8")
    assert "can/site.toml: significance.number: must be 'cosmetic'" in here("diff", url, cwd=workspace).err


def test_a_site_that_cannot_be_reached_is_told_and_the_others_are_crawled(workspace: Path, paper: Newspaper) -> None:
    paper.site_file(workspace / "seeds", "chet", home="http://localhost:9/", feed="http://localhost:9/rss.xml")
    said = here("crawl", "bao", "chet", "bao", "--json", cwd=workspace)
    assert said.status == 1
    assert len(said.records) == 4
    assert "chet: source http://localhost:9/rss.xml" in said.err
    assert "failing" in here("status", cwd=workspace).out


def test_urls_go_to_the_sites_of_their_hosts(workspace: Path, paper: Newspaper) -> None:
    elsewhere = paper.urls[1].replace("127.0.0.1", "localhost")
    (workspace / "list.txt").write_text(
        f"\ufeff{paper.urls[0]}?utm_source=x\r\n\n  # a remark\n  {elsewhere} # another\n{elsewhere}#top\t#x\n",
        encoding="utf-8",
    )
    said = here("capture", "--from", "list.txt", "--allow-private", "--json", cwd=workspace)
    assert said.status == 0, said.err
    assert sorted((record["outcome"], record["version"]) for record in said.records) == [("new", 1), ("new", 1)]
    sites = {record["site"] for record in here("pages", "--json", cwd=workspace).records}
    assert sites == {"bao", paper.key.replace("127.0.0.1", "localhost")}
    (page,) = here("pages", "--site", paper.key.replace("127.0.0.1", "localhost"), "--json", cwd=workspace).records
    assert page["url"] == elsewhere
    assert len(here("history", elsewhere, cwd=workspace).lines) == 1


def test_a_list_may_come_through_standard_input_and_belong_to_a_site(workspace: Path, paper: Newspaper) -> None:
    elsewhere = paper.urls[2].replace("127.0.0.1", "localhost")
    said = here("capture", "--from", "-", "--site", "bao", "--delay", "0", cwd=workspace, stdin=elsewhere)
    assert said.status == 0, said.err
    assert said.lines[0].split() == ["new", "200", "v1", elsewhere]
    assert here("pages", "--json", cwd=workspace).records[0]["site"] == "bao"


def test_a_url_is_fetched_once_however_often_and_in_whatever_spelling_it_is_named(
    tmp_path: Path, paper: Newspaper
) -> None:
    paper.pages["/bai viet.html"] = road(5)
    spellings = [
        paper.url("/bai viet.html"),
        paper.url("/bai%20viet.html#x"),
        paper.url("/bai%20viet.html?utm_source=x"),
    ]
    said = here("capture", *spellings, "--allow-private", "--json", cwd=tmp_path)
    assert [(record["url"], record["outcome"]) for record in said.records] == [(paper.url("/bai%20viet.html"), "new")]


def test_files_of_the_workspace_are_not_imported_in_place_of_our_own(tmp_path: Path, paper: Newspaper) -> None:
    (tmp_path / "crawler").mkdir()
    for name in ("crawler/__init__.py", "calendar.py"):
        (tmp_path / name).write_text("raise SystemExit('imported from the workspace')\n")
    (tmp_path / "page.html").write_text(road(1), encoding="utf-8")
    assert luutin("capture", paper.urls[0], "--allow-private", cwd=tmp_path).out.startswith("new ")
    assert luutin("try", "page.html", "--json", cwd=tmp_path).records[0]["unreadable"] == ""


def test_wrong_urls_are_all_told_before_anything_is_fetched(tmp_path: Path, paper: Newspaper) -> None:
    asked = len(paper.asked)
    err = fault(here("capture", paper.urls[0], "no url", "http://", "--allow-private", cwd=tmp_path))
    assert err == "luutin: not a web address: no url\nnot a web address: http://\n"
    assert len(paper.asked) == asked
    (tmp_path / "list").write_text(f"# a list\n{paper.urls[0]}\nno url\n")
    err = fault(here("capture", "--from", "list", "--allow-private", cwd=tmp_path))
    assert err == "luutin: --from list: line 3: not a web address: no url\n"
    assert len(paper.asked) == asked
    assert "no URL given" in fault(here("capture", cwd=tmp_path))
    assert "cannot be read" in fault(here("capture", "--from", "nolist", cwd=tmp_path))
    assert "holds no site 'bao'" in fault(here("capture", paper.urls[0], "--site", "bao", cwd=tmp_path))
    (tmp_path / "latin").write_bytes("http://a.example/é".encode("latin-1"))
    assert "not UTF-8" in fault(here("capture", "--from", "latin", cwd=tmp_path))


def test_loopback_is_refused_and_the_refusal_is_recorded(tmp_path: Path, paper: Newspaper) -> None:
    said = here("capture", paper.urls[0], cwd=tmp_path)
    assert said.status == 0
    assert said.out.startswith("blocked-address ")
    assert "made a new archive" in said.err
    assert "--allow-private allows them" in said.err
    assert here("history", paper.urls[0], "--json", cwd=tmp_path).records[0]["outcome"] == "blocked-address"


def test_a_person_sees_progress_and_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    with newspaper(60) as paper:
        here("init", cwd=tmp_path)
        paper.site_file(tmp_path / "seeds", delay="0.3")
        screen, terminal = pty.openpty()
        child = subprocess.Popen(
            [LUUTIN, "crawl"], cwd=tmp_path, env=environment(TERM="xterm"), stdout=terminal, stderr=terminal
        )
        os.close(terminal)
        shown = b""
        while b"v1" not in shown and select.select([screen], [], [], _SOON)[0]:
            shown += os.read(screen, 65_536)
        started = psutil.Process(child.pid).children(recursive=True)
        child.send_signal(signal.SIGINT)
        shown += _rest(screen)
        status = child.wait(_SOON)
    os.close(screen)
    assert b"crawls done" in shown
    assert b"stopped: " in shown
    assert status == 1
    assert started
    eventually(lambda: not any(process.is_running() for process in started))
    assert leases(tmp_path) == 0
    with Queries(f"sqlite:///{tmp_path}/luutin.db") as queries:
        assert 1 <= queries.counts()["version"] < 60


def _rest(screen: int) -> bytes:
    shown = b""
    while True:
        try:
            piece = os.read(screen, 65_536)
        except OSError:  # what Linux says where the other end is closed
            return shown
        if not piece:
            return shown
        shown += piece


def test_a_pipe_that_closes_ends_a_crawl_in_good_order(tmp_path: Path) -> None:
    with newspaper(40) as paper:
        here("init", cwd=tmp_path)
        paper.site_file(tmp_path / "seeds", delay="0.2")
        script = f"set -o pipefail; '{LUUTIN}' crawl --json | head -n 1"
        ended = subprocess.run(
            ["/bin/bash", "-c", script], cwd=tmp_path, env=environment(), capture_output=True, check=False
        )
    told = b"luutin: stopped before all was done, as whoever read the output has closed it\n"
    assert (ended.returncode, ended.stderr) == (1, told)
    assert leases(tmp_path) == 0
    assert 1 <= len(here("pages", "--state", "live", "--json", cwd=tmp_path).records) < 40


def test_the_daemon_watches_until_sigterm_and_other_commands_work_meanwhile(workspace: Path, paper: Newspaper) -> None:
    log = workspace / "log"
    with log.open("wb") as file:
        daemon = subprocess.Popen(
            [LUUTIN, "run"], cwd=workspace, env=environment(), stdout=subprocess.PIPE, stderr=file
        )
    try:
        eventually(lambda: "crawl done: 4 visits" in log.read_text())
        assert "works on this archive already" in fault(here("run", cwd=workspace))
        paper.pages[paper.paths[3]] = road(4, "99,5")
        said = here("capture", paper.urls[3], cwd=workspace)
        assert said.out.startswith("changed ")
    finally:
        daemon.send_signal(signal.SIGTERM)
        out, _ = daemon.communicate(timeout=_SOON)
    assert (daemon.returncode, out) == (0, b"")
    lines = log.read_text().splitlines()
    assert sum(" INFO bao: new 200 v1 " in line for line in lines) == 4
    assert lines[-1].endswith("stopped")


def test_urls_of_a_host_that_asks_to_be_left_alone_are_not_dropped_in_silence(tmp_path: Path, web: HTTPServer) -> None:
    busy = Response("busy", status=429, headers={"Retry-After": "600"})
    web.expect_request("/robots.txt").respond_with_data("", status=404)
    web.expect_request(re.compile("/bai-.*")).respond_with_response(busy)
    urls = [f"http://127.0.0.1:{web.port}/bai-viet-so-{number}-post{number}.html" for number in range(3)]
    here("init", cwd=tmp_path)
    said = luutin("capture", *urls, "--allow-private", "--delay", "0", "--json", cwd=tmp_path)
    assert said.status == 1
    assert [record["outcome"] for record in said.records] == ["error"]
    assert "asks to be left alone until" in said.err
    assert "not fetched: 2 URLs" in said.err


def test_a_daemon_with_nothing_to_watch_says_so_and_ends(tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    said = luutin("run", cwd=tmp_path)
    assert said.status == 2
    assert "holds no site" in said.err


def test_a_crawl_with_nothing_due_says_what_to_do(workspace: Path) -> None:
    luutin("crawl", cwd=workspace)
    assert "--force" in luutin("crawl", cwd=workspace).err


def test_an_archive_that_can_grow_no_more_ends_a_crawl_with_one_line(tmp_path: Path) -> None:
    with newspaper(6) as paper:
        here("init", cwd=tmp_path)
        paper.site_file(tmp_path / "seeds")
        ended = luutin("crawl", cwd=tmp_path, longest=150_000)
    assert ended.status == 1
    assert "Traceback" not in ended.err
    (told,) = [line for line in ended.err.splitlines() if line.startswith("bao: ")]
    assert "the archive cannot be read or written" in told
