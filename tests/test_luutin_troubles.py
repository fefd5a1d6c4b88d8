"""What a person is told when the archive cannot be used: a clear word each, exit status 2, and no traceback."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from storage.errors import ArchiveError
from storage.migrations import current
from storage.verifying.whole import Verifier
from tests.commanding import LUUTIN, Said, environment, fault, here, luutin
from tests.newsroom import EDITED, RAIN, URL, Newsroom
from tests.permissions import obey_permissions
from tests.test_luutin_import import Warc, page

READERS = (["verify"], ["pages"], ["edits"], ["status"], ["backup", "copy.db"])
MAKERS = (
    ["evidence", "1", "-o", "edit.zip"],
    ["export", "warc", "-o", "news.warc"],
    ["export", "wacz", "-o", "news.wacz"],
    ["export", "jsonl", "-o", "news"],
    ["record", URL],
)
WRITERS = (["search", "--rebuild"], ["reread"], ["import", "news.warc.gz"], ["stamp"])
CRAWLERS = (["crawl"], ["capture", URL], ["run"])


def _say(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as plain:
        plain.execute(statement)
    plain.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN)
    room.sees(EDITED)
    room.close()
    (tmp_path / "luutin.toml").write_text('[timestamps]\nurl = "http://127.0.0.1:1/nobody-listens"\n')
    (tmp_path / "seeds" / "vidu").mkdir(parents=True)
    (tmp_path / "seeds" / "vidu" / "site.toml").write_text('name = "Ví dụ"\nhome = "https://vidu.example/"\n')
    warc = Warc(tmp_path / "news.warc.gz")
    warc.answer("2026-03-10T05:00:00Z", page())
    warc.close()
    _say(tmp_path / "luutin.db", "PRAGMA wal_checkpoint(TRUNCATE)")  # else what is put in its place is written over
    return tmp_path / "luutin.db"


def _one_line(said: Said) -> str:
    """A complaint in one line, which names the archive."""
    assert len(fault(said).splitlines()) == 1, said.err
    assert "luutin.db: " in said.err
    return said.err


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


USERS = [*READERS, *MAKERS, *WRITERS]
_DAMAGED = "the archive is damaged; restore a backup"


@pytest.mark.parametrize("command", USERS, ids=" ".join)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_of_a_newer_release, f"schema version 99; this release of Luutin knows {current()}. Upgrade Luutin"),
        (_of_an_older_release, f"has to be brought to {current()}: luutin init"),
        (_a_letter, "this file is not a Luutin archive"),
        (_other_tables, "not a Luutin archive; it holds recipe"),
        (_nothing, "there is no archive here yet; make one with: luutin init"),
    ],
)
def test_an_archive_that_is_none_is_told_as_what_it_is(
    path: Path, command: list[str], spoil: Callable[[Path], None], said: str
) -> None:
    spoil(path)
    before = _names(path.parent)
    assert said in _one_line(here(*command, cwd=path.parent))
    assert _names(path.parent) == before


@pytest.mark.parametrize("command", [words for words in USERS if words != ["verify"]], ids=" ".join)
def test_an_archive_that_is_damaged_is_told_as_what_it_is(path: Path, command: list[str]) -> None:
    _cut_short(path)
    before = _names(path.parent)
    assert _DAMAGED in _one_line(here(*command, cwd=path.parent))
    assert _names(path.parent) == before


def test_to_verify_an_archive_that_is_damaged_finds_that_it_is(path: Path) -> None:
    _cut_short(path)
    before = _names(path.parent)
    said = here("verify", cwd=path.parent)
    assert said.status == 1
    assert f"luutin.db: {_DAMAGED}" in said.out
    (found,) = here("verify", "--json", cwd=path.parent).records
    assert (found["what"], _DAMAGED in found["fault"]) == ("database", True)
    assert _names(path.parent) == before


def _overwrite(path: Path, table: str) -> None:
    """Overwrite where the table begins in the file."""
    with sqlite3.connect(path) as plain:
        (number,) = plain.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = plain.execute("PRAGMA page_size").fetchone()
    plain.close()
    data = bytearray(path.read_bytes())
    data[(number - 1) * size : (number - 1) * size + 64] = b"\xff" * 64
    path.write_bytes(data)


@pytest.mark.parametrize("table", ["link", "stamp", "search_entry", "ix_page_url_page_id"])
def test_a_table_that_cannot_be_read_is_a_fault_of_the_archive(path: Path, table: str) -> None:
    _overwrite(path, table)
    said = here("verify", cwd=path.parent)
    assert said.status == 1
    assert "the file cannot be read whole" in said.out
    assert "rows checked" in said.err


def test_an_altered_row_is_found_beside_a_table_that_cannot_be_read(path: Path) -> None:
    _say(path, "UPDATE visit SET note = 'x' WHERE id = 2")
    _say(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    _overwrite(path, "search_entry")
    found = here("verify", "--json", cwd=path.parent).records
    assert [one["what"] for one in found] == ["database", "chain"]


@pytest.mark.parametrize("archive", ["sqlite:///lutin.db", "sqlite:///srv/luutin.db"])
def test_the_daemon_begins_no_archive_where_none_is(path: Path, archive: str) -> None:
    before = _names(path.parent)
    said = fault(here("run", "--archive", archive, cwd=path.parent))
    made = f"make one with: luutin init --archive {archive}"
    assert said == f"luutin: {archive}: there is no archive here yet; {made}\n"
    assert _names(path.parent) == before


def _names(folder: Path) -> list[str]:
    """What is in a folder, but for what SQLite keeps beside an archive while it is open."""
    return sorted(file.name for file in folder.rglob("*") if file.suffix not in {".db-wal", ".db-shm"})


@pytest.mark.parametrize("command", [["init"], *CRAWLERS], ids=" ".join)
@pytest.mark.parametrize("spoil", [_of_a_newer_release, _a_letter, _other_tables, _cut_short])
def test_what_is_no_archive_of_this_release_is_not_made_one(
    path: Path, command: list[str], spoil: Callable[[Path], None]
) -> None:
    spoil(path)
    before = path.read_bytes()
    _one_line(here(*command, cwd=path.parent))
    assert path.read_bytes() == before


HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute(f"PRAGMA locking_mode={sys.argv[2]}")
held.execute("BEGIN IMMEDIATE")
held.execute("UPDATE meta SET value = value")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def _held(path: Path, mode: str) -> Iterator[None]:
    """The archive while another process has locked it, from whoever writes or, EXCLUSIVE, from everybody."""
    words = [sys.executable, "-c", HOLD, str(path), mode]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.communicate()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second in place of a minute."""
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 1000)


@pytest.mark.usefixtures("impatient")
def test_a_lock_that_another_process_keeps_is_told_and_readers_need_not_wait_for_a_writer(path: Path) -> None:
    with _held(path, "NORMAL"):
        for command in (["init"], *WRITERS, *CRAWLERS):
            said = _one_line(here(*command, cwd=path.parent))
            assert "another process kept the archive locked for 1 s (database is locked)" in said, command
        for command in READERS:
            assert here(*command, cwd=path.parent).status == 0, command


@pytest.mark.usefixtures("impatient")
def test_a_lock_that_keeps_readers_out_too_is_told(path: Path) -> None:
    with _held(path, "EXCLUSIVE"):
        for command in (*READERS, *MAKERS):
            said = _one_line(here(*command, cwd=path.parent))
            assert "another process kept the archive locked for 1 s (database is locked)" in said, command


@pytest.fixture
def read_only(path: Path) -> Iterator[Path]:
    """The folder of an archive with all that is in it, for nobody to write to."""
    made = [path.parent, *path.parent.rglob("*")]
    for one in made:
        one.chmod(0o555 if one.is_dir() else 0o444)
    yield path.parent
    for one in made:
        one.chmod(0o755 if one.is_dir() else 0o644)


def _obeying(command: list[str], folder: Path) -> Said:
    ended = subprocess.run(
        [LUUTIN, *command],
        cwd=folder,
        env=environment(),
        capture_output=True,
        timeout=120,
        check=False,
        preexec_fn=obey_permissions,
    )
    return Said(ended.returncode, ended.stdout, ended.stderr.decode())


def test_a_read_only_folder_is_told_to_who_writes_and_who_reads_need_not_care(read_only: Path) -> None:
    for command in (["init"], *WRITERS, *CRAWLERS):
        assert "the archive is read-only here" in _one_line(_obeying(command, read_only)), command
    for command in READERS[:-1]:
        assert _obeying(command, read_only).status == 0, command


def test_an_archive_in_a_read_only_folder_is_backed_up_elsewhere(
    read_only: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = tmp_path_factory.mktemp("elsewhere") / "copy.db"
    said = _obeying(["backup", str(target)], read_only)
    assert said.status == 0, said.err
    assert "no fault" in said.err
    assert target.exists()


def test_what_cannot_be_made_in_a_read_only_folder_is_told_by_its_name(read_only: Path) -> None:
    for command, name in (
        (["backup", "copy.db"], "copy.db: the archive cannot be opened"),
        (["evidence", "1", "-o", "edit.zip"], "edit.zip: Permission denied"),
        (["export", "warc", "-o", "news.warc"], "news.warc: Permission denied"),
        (["export", "wacz", "-o", "news.wacz"], "news.wacz: Permission denied"),
        (["export", "parquet", "-o", "news"], "news: Permission denied"),
        (["record", URL], "mua-lon-post1: Permission denied"),
        (["init", "new"], "new: Permission denied"),
    ):
        said = fault(_obeying(command, read_only))
        assert name in said
        assert len(said.splitlines()) == 1, said


def _rebuild(path: Path, limit: int) -> Said:
    """Build an archive's index anew, in a process that can write no file longer than `limit` bytes."""
    return luutin("search", "--rebuild", cwd=path.parent, longest=limit)


def test_a_file_that_may_grow_no_more_is_told_and_leaves_the_archive_sound(path: Path) -> None:
    ended = _rebuild(path, 8_192)
    assert ended.status == 2, ended
    assert "cannot be read or written" in ended.err
    assert "Traceback" not in ended.err
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
