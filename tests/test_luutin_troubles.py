"""What a person is told when the archive cannot be used: a clear word each, exit status 2, and no traceback."""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from storage.errors import ArchiveError
from storage.migrations import current
from storage.verifying.whole import Verifier
from tests.commanding import LUUTIN, environment, fault, here
from tests.newsroom import EDITED, RAIN, URL, Newsroom

COMMANDS = (["verify"], ["pages"], ["edits"], ["status"], ["backup", "copy.db"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN)
    room.sees(EDITED)
    room.close()
    return tmp_path / "luutin.db"


def _say(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as plain:
        plain.execute(statement)
    plain.close()


def _of_a_newer_release(path: Path) -> None:
    _say(path, "UPDATE meta SET value = '99' WHERE key = 'schema_version'")


def _of_an_older_release(path: Path) -> None:
    _say(path, "UPDATE meta SET value = '0' WHERE key = 'schema_version'")


def _a_letter(path: Path) -> None:
    path.write_text("Kính gửi toà soạn, " * 100)


def _other_tables(path: Path) -> None:
    path.unlink()
    _say(path, "CREATE TABLE recipe (id)")


def _nothing(path: Path) -> None:
    path.unlink()


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_of_a_newer_release, f"schema version 99; this release of Luutin knows {current()}. Upgrade Luutin"),
        (_of_an_older_release, f"has to be brought to {current()}: luutin init"),
        (_a_letter, "this file is not a Luutin archive"),
        (_other_tables, "not a Luutin archive; it holds recipe"),
        (_nothing, "there is no archive here yet; make one with: luutin init"),
        (_cut_short, "the archive is damaged; restore a backup"),
    ],
)
def test_an_archive_that_is_none_is_told_as_what_it_is(
    path: Path, command: list[str], spoil: Callable[[Path], None], said: str
) -> None:
    spoil(path)
    assert said in fault(here(*command, cwd=path.parent))
    assert not (path.parent / "copy.db").exists()


def _rebuild(path: Path, limit: int) -> subprocess.CompletedProcess[str]:
    """Build an archive's index anew, in a process that can write no file longer than `limit` bytes."""
    return subprocess.run(
        [LUUTIN, "search", "--rebuild"],
        cwd=path.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )


def test_a_file_that_may_grow_no_more_is_told_and_leaves_the_archive_sound(path: Path) -> None:
    ended = _rebuild(path, 8_192)
    assert ended.returncode == 2, ended
    assert "cannot be read or written" in ended.stderr
    assert "Traceback" not in ended.stderr
    with Verifier(f"sqlite:///{path}") as verifier:
        assert list(verifier.faults()) == []


@pytest.fixture
def full_disk() -> Iterator[None]:
    """SQLite may add no page to a file: what it says then is what it says of a full disk."""

    def limit(connection: sqlite3.Connection, _entry: object) -> None:
        connection.execute("PRAGMA max_page_count=1").close()

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


@pytest.mark.usefixtures("path", "full_disk")
def test_a_full_disk_is_told_and_leaves_the_archive_sound(path: Path) -> None:
    url = f"sqlite:///{path}"
    room = Newsroom(url)
    findings = [room.finding(answer=room.response(404, os.urandom(50_000))) for _ in range(20)]
    with pytest.raises(ArchiveError, match="the disk is full"):
        room.archive.record(findings)
    assert room.queries.page(URL) is not None
    room.close()
    with Verifier(url) as verifier:
        assert list(verifier.faults()) == []
