"""The command line as a whole: its help, its refusals, and how it ends."""

import inspect
import os
import re
import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from luutin.commands import COMMANDS
from tests.commanding import LUUTIN, environment, fault, here, luutin, newspaper
from tests.newsroom import RAIN, Newsroom

ENGINES = ("scrapy", "trafilatura", "sqlalchemy", "crawler", "schedules", "pydantic", "pytest_httpserver")


def imported_by(*words: str, cwd: Path) -> set[str]:
    """The top-level packages that a command line has imported when it ends."""
    code = (
        "import sys, atexit; atexit.register(lambda: sys.stderr.write('\\n'.join({m.partition('.')[0] for m in "
        f"sys.modules}}))); sys.argv = {['luutin', *words]!r}; from luutin.main import main; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=cwd, env=environment(), check=False
    )
    return set(ended.stderr.split())


def test_help_loads_none_of_the_engines(tmp_path: Path) -> None:
    assert not imported_by("--help", cwd=tmp_path) & set(ENGINES)


def test_a_list_of_the_archive_does_not_load_what_fetches_and_reads(tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    assert not imported_by("pages", cwd=tmp_path) & {"scrapy", "trafilatura", "aiohttp", "rapidfuzz", "schedules"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_command_says_of_itself(name: str) -> None:
    entry = COMMANDS[name]
    found = getattr(import_module(entry.module), entry.name)
    text = found.info.help if isinstance(found, typer.Typer) else inspect.getdoc(found)
    assert text is not None
    assert " ".join(text.split("\n\n")[0].split()) == entry.help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, tmp_path: Path) -> None:
    said = here(name, "--help", cwd=tmp_path)
    assert said.status == 0
    assert f"Usage: luutin {name}" in said.out
    assert "--install-completion" not in said.out
    found = getattr(import_module(COMMANDS[name].module), COMMANDS[name].name)
    text = found.info.help if isinstance(found, typer.Typer) else inspect.getdoc(found) or ""
    assert all(word in said.out for word in re.findall(r"\[[^\]]+\]", text or ""))  # rich takes these for mark-up


def test_the_version_is_that_of_the_distribution(tmp_path: Path) -> None:
    said = luutin("--version", cwd=tmp_path)
    assert (said.status, said.out.split()[0]) == (0, "luutin")


@pytest.mark.parametrize(
    "words",
    [
        ["nope"],
        ["site", "nope"],
        ["pages", "--nope"],
        ["pages", "--state", "lost"],
        ["pages", "--limit", "0"],
        ["edits", "--kind", "nope"],
        ["edits", "--min-significance", "huge"],
        ["edits", "--since", "yesterday"],
        ["edits", "--since", "9999999999d"],
        ["run", "--log-level", "loud"],
        ["capture", "https://a.example/", "--delay", "-1"],
        ["show"],
        ["show", "https://a.example/", "--raw", "--json"],
        ["diff", "https://a.example/", "x"],
        ["try", "--from", "nolist"],
        ["try"],
    ],
)
def test_wrong_words_are_refused_with_status_2(words: list[str], tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    fault(here(*words, cwd=tmp_path))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["pages", "--state", "lost"], "Invalid value for '--state': 'lost' is not one of 'found'"),
        (["pages", "--limit", "0"], "Invalid value for '--limit': must be greater than or equal to 1"),
        (["diff", "https://a.example/", "x"], "Invalid value for 'a': must be a whole number"),
        (["capture", "https://a.example/", "--delay", "soon"], "Invalid value for '--delay': must be a valid number"),
    ],
)
def test_a_wrong_value_is_told_in_words_for_people(words: list[str], told: str, tmp_path: Path) -> None:
    err = fault(here(*words, cwd=tmp_path))
    assert told in err.replace("│\n│ ", "")
    assert "Value error" not in err


@pytest.mark.parametrize("command", ["history", "show", "diff", "copies", "record"])
def test_a_url_that_is_no_utf_8_is_refused_in_one_line(command: str, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    ended = subprocess.run([LUUTIN, command, b"http://a.example/\xff"], cwd=tmp_path, capture_output=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr == b"luutin: 'http://a.example/\\udcff' is not UTF-8, which it has to be here\n"


@pytest.mark.parametrize("zone", ["Asia/Saigonn", "Hanoi", "/no/such/file", "../../etc/passwd", "Asia"])
def test_a_time_zone_that_there_is_none_of_is_refused(zone: str, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    err = fault(here("pages", cwd=tmp_path, env={"TZ": zone}))
    assert (
        err == f"luutin: TZ: {zone!r} is no time zone that is known here; write it like Asia/Ho_Chi_Minh, or unset TZ\n"
    )


@pytest.mark.parametrize("zone", ["", "UTC", ":Asia/Ho_Chi_Minh", "EST5EDT,M3.2.0,M11.1.0", "<+07>-7", "UTC0"])
def test_every_way_to_name_a_time_zone_is_taken(zone: str, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    assert here("pages", cwd=tmp_path, env={"TZ": zone}).status == 0


@pytest.mark.parametrize(
    "words", [["pages"], ["edits"], ["status"], ["history", "https://a.example/"], ["record", "x"]]
)
def test_without_an_archive_one_line_says_how_to_make_one(words: list[str], tmp_path: Path) -> None:
    said = fault(here(*words, cwd=tmp_path))
    assert said.count("\n") == 1
    assert "luutin init" in said


def test_a_file_system_that_refuses_is_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "file" in fault(here("init", "file", cwd=tmp_path))
    assert "file/sub" in fault(here("init", "file/sub", cwd=tmp_path))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
@pytest.mark.parametrize("words", ["status", "status --json", "--help", "site check"])
def test_output_to_a_full_disk_is_told_in_one_line(words: str, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [LUUTIN, *words.split()], stdout=full, stderr=subprocess.PIPE, cwd=tmp_path, env=environment(), check=False
        )
    told = b"luutin: the output cannot be written: No space left on device\n"
    assert (ended.returncode, ended.stderr) == (2, told)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_closed_streams_hinder_no_command(closed: str, tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    script = f"'{LUUTIN}' status {closed}"
    ended = subprocess.run(script, shell=True, capture_output=True, cwd=tmp_path, env=environment(), check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (b"0 pages" in ended.stdout) == (" >&-" not in f" {closed}")


def test_a_closed_pipe_ends_a_command_quietly(tmp_path: Path) -> None:
    here("init", cwd=tmp_path)
    for words in ("status --json", "status"):
        ended = subprocess.run(
            f"set -o pipefail; '{LUUTIN}' {words} | true",
            shell=True,
            executable="/bin/bash",
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment(),
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, "")


def test_a_slip_in_the_name_of_a_command_is_answered_with_the_right_one(tmp_path: Path) -> None:
    assert "Did you mean 'crawl'?" in fault(here("crwal", cwd=tmp_path))
    assert "Did you mean" not in fault(here("xyz", cwd=tmp_path))


def _unread(words: str, cwd: Path) -> tuple[int, str]:
    """Exit status and complaint of a command whose output nobody reads."""
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as pipe:  # noqa: PTH123 - a number, not a path
        ended = subprocess.run(
            [LUUTIN, *words.split()],
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd,
            env=environment(),
            check=False,
        )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("more", ["", " --json"])
def test_a_closed_pipe_makes_no_success_of_faults_that_were_found(more: str, tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN)
    room.close()
    with sqlite3.connect(tmp_path / "luutin.db") as plain:
        plain.execute("UPDATE body SET data = x'00'")
    plain.close()
    status, told = _unread(f"verify{more}", tmp_path)
    assert status == 1
    assert "luutin: stopped before all was done, as whoever read the output has closed it\n" in told
    assert _unread(f"pages{more}", tmp_path) == (0, "")


def test_a_crawl_says_that_it_stopped_where_nobody_reads(tmp_path: Path) -> None:
    with newspaper() as paper:
        here("init", cwd=tmp_path)
        paper.site_file(tmp_path / "seeds")
        status, told = _unread("crawl", tmp_path)
    assert status == 1
    assert "stopped before all was done" in told
