"""Opening databases: what the pragmas say, and what a person is told when it fails."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import migrations
from storage.archive import Archive, init
from storage.database import archive_url, explain, open_engine, use_wal
from storage.errors import ArchiveError
from storage.queries import Queries
from tests.permissions import obey_permissions

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
ROOT = Path(__file__).parent.parent


def _url(path: Path) -> str:
    return f"sqlite:///{path}"


def _open(url: str) -> Archive:
    return Archive(url, next_due=lambda _site, _history, _now: None)


def _run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=obey_permissions,
    )


READ = """
import sys
from storage.queries import Queries
with Queries(sys.argv[1]) as queries:
    print(list(queries.pages()))
"""
SITES = """
import sys
from datetime import UTC, datetime
from storage.queries import Queries
with Queries(sys.argv[1]) as queries:
    print([row.site for row in queries.sites(datetime.now(UTC))])
"""
WRITE = """
import sys
from datetime import UTC, datetime
from storage.archive import Archive
from storage.errors import ArchiveError
try:
    with Archive(sys.argv[1], next_due=lambda *_: None) as archive:
        archive.watch_site("vidu", datetime.now(UTC))
except ArchiveError as error:
    print(f"told: {error}")
"""
INIT = """
import sys
from datetime import UTC, datetime
from storage.archive import init
from storage.errors import ArchiveError
try:
    print(init(sys.argv[1], datetime.now(UTC)))
except ArchiveError as error:
    print(f"told: {error}")
"""


def test_a_writer_is_durable_patient_and_checks_references(tmp_path: Path) -> None:
    init(_url(tmp_path / "a.db"), NOON)
    engine = open_engine(archive_url(_url(tmp_path / "a.db")))
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60_000}


def test_a_database_of_somebody_else_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    theirs = sqlite3.connect(path)
    theirs.execute("CREATE TABLE invoices (id INTEGER)")
    theirs.commit()
    theirs.close()
    before = path.read_bytes()
    attempts: list[Callable[[], object]] = [
        lambda: init(_url(path), NOON),
        lambda: _open(_url(path)),
        lambda: Queries(_url(path)),
    ]
    for attempt in attempts:
        with pytest.raises(ArchiveError, match="not a Luutin archive; it holds invoices"):
            attempt()
    assert path.read_bytes() == before


@pytest.mark.parametrize("opened", [_open, Queries, lambda url: init(url, NOON)])
def test_a_file_that_is_no_database_is_called_so(tmp_path: Path, opened: Callable[[str], object]) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Kính gửi toà soạn, " * 100)
    with pytest.raises(ArchiveError, match="not a Luutin archive"):
        opened(_url(path))
    assert path.read_text() == "Kính gửi toà soạn, " * 100


@pytest.mark.parametrize("opened", [_open, Queries])
def test_a_missing_archive_is_not_made_by_opening_it(tmp_path: Path, opened: Callable[[str], object]) -> None:
    with pytest.raises(ArchiveError, match="luutin init"):
        opened(_url(tmp_path / "none" / "a.db"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("opened", [_open, Queries])
def test_an_empty_file_is_no_archive_yet(tmp_path: Path, opened: Callable[[str], object]) -> None:
    (tmp_path / "a.db").touch()
    with pytest.raises(ArchiveError, match="luutin init"):
        opened(_url(tmp_path / "a.db"))


@pytest.mark.parametrize("opened", [_open, Queries, lambda url: init(url, NOON)])
def test_a_folder_is_no_archive(tmp_path: Path, opened: Callable[[str], object]) -> None:
    with pytest.raises(ArchiveError, match=r"cannot be (opened|read)"):
        opened(_url(tmp_path))


def test_an_archive_is_made_with_the_folders_above_it(tmp_path: Path) -> None:
    init(_url(tmp_path / "x" / "y" / "a.db"), NOON)
    _open(_url(tmp_path / "x" / "y" / "a.db")).close()


def test_a_folder_that_cannot_be_made_is_an_error_for_a_person(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file")
    with pytest.raises(ArchiveError, match="folder"):
        init(_url(tmp_path / "x" / "a.db"), NOON)


def test_a_folder_without_the_right_to_write_is_an_error_for_a_person(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    for name in ("a.db", "sub/a.db"):
        ended = _run(INIT, _url(folder / name))
        assert ended.stderr == ""
        assert ended.stdout.startswith("told: ")


def test_a_read_only_archive_refuses_the_writer_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    init(_url(path), NOON)
    path.chmod(0o444)
    ended = _run(WRITE, _url(path))
    assert ended.stderr == ""
    assert "told: " in ended.stdout
    assert "read-only" in ended.stdout


def test_a_read_only_archive_in_a_read_only_folder_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    path = folder / "a.db"
    init(_url(path), NOON)
    path.chmod(0o444)
    folder.chmod(0o555)
    ended = _run(READ, _url(path))
    folder.chmod(0o755)
    assert (ended.stdout, ended.stderr) == ("[]\n", "")


def test_a_reader_without_the_right_to_write_sees_what_a_writer_has_just_stored(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    path = folder / "a.db"
    init(_url(path), NOON)
    with _open(_url(path)) as archive:
        archive.watch_site("vidu", NOON)
        folder.chmod(0o555)
        for file in folder.iterdir():
            file.chmod(0o444)
        ended = _run(SITES, _url(path))
        folder.chmod(0o755)
        for file in folder.iterdir():
            file.chmod(0o644)
    assert (ended.stdout, ended.stderr) == ("['vidu']\n", "")


def test_reading_leaves_the_archive_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    init(_url(path), NOON)
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA journal_mode=DELETE")  # as a copy made with VACUUM INTO has it
    plain.close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    with Queries(_url(path)) as queries:
        assert list(queries.pages()) == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert stat.S_ISREG(path.stat().st_mode)


def test_an_archive_that_was_copied_out_of_wal_mode_is_put_back_into_it_by_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    init(_url(path), NOON)
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA journal_mode=DELETE")
    plain.close()
    _open(_url(path)).close()
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    plain.close()


def test_an_archive_that_another_process_writes_to_is_waited_for_before_its_log_is_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    init(_url(path), NOON)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("PRAGMA journal_mode=DELETE")
    other.execute("BEGIN IMMEDIATE")
    ended = Timer(0.5, other.rollback)
    ended.start()
    engine = open_engine(archive_url(_url(path)))
    use_wal(engine)
    ended.join()
    other.close()
    engine.dispose()
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    plain.close()


def test_a_lock_that_another_process_keeps_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_MS", 50)
    init(_url(tmp_path / "a.db"), NOON)
    with _open(_url(tmp_path / "a.db")) as archive:
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another process kept the archive locked"):
            archive.watch_site("vidu", NOON)
        other.close()


def test_ten_processes_that_make_the_same_archive_at_once_all_succeed(tmp_path: Path) -> None:
    url = _url(tmp_path / "a.db")
    started = [
        subprocess.Popen([sys.executable, "-c", INIT, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(10)
    ]
    said = [process.communicate(timeout=120)[0].strip() for process in started]
    assert sorted(said) == ["0"] + [str(migrations.current())] * 9


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("luutin.db", "no database URL"),
        ("mysql://host/db", "sqlite:///FILE or postgresql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_a_url_that_is_none_of_ours_is_refused_in_words(url: str, said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        archive_url(url)


def test_a_password_is_never_shown() -> None:
    with pytest.raises(ArchiveError) as refused:
        archive_url("postgres://editor:s3cret@db.example/news")
    assert "s3cret" not in str(refused.value)


def test_what_a_server_says_in_several_lines_is_told_in_one() -> None:
    url = archive_url("postgresql+psycopg://editor:s3cret@127.0.0.1:1/news")
    with pytest.raises(OperationalError) as refused:
        open_engine(url).connect()
    told = str(explain(refused.value, url))
    assert "\n" in str(refused.value)
    assert "127.0.0.1" in told
    assert not {"\n", "\t"} & set(told)


def test_a_new_archive_has_pages_that_several_deltas_fit_into(tmp_path: Path) -> None:
    init(_url(tmp_path / "a.db"), NOON)
    connection = sqlite3.connect(tmp_path / "a.db")
    assert connection.execute("PRAGMA page_size").fetchone() == (8192,)
    connection.close()
