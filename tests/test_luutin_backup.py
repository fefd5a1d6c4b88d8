"""`luutin backup` and `luutin restore`: exact copies, made while others write, and never over anything."""

import sqlite3
import threading
from pathlib import Path

import pytest

from storage.backups import copied
from storage.errors import ArchiveError
from storage.verifying.whole import Verifier
from tests.commanding import fault, here, luutin
from tests.newsroom import EDITED, RAIN, Newsroom
from tests.postgres import Postgres


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    made = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    made.sees(RAIN)
    made.sees(EDITED)
    return made


def _heads(path: Path) -> dict[str, tuple[int, str]]:
    with Verifier(f"sqlite:///{path}") as verifier:
        assert list(verifier.faults()) == []
        return verifier.heads()


def test_a_backup_is_restored_to_the_same_archive(room: Newsroom, tmp_path: Path) -> None:
    before = _heads(tmp_path / "luutin.db")
    made = luutin("backup", "copy.db", cwd=tmp_path)
    assert (made.status, made.out) == (0, ""), made.err
    assert "no fault" in made.err
    assert "made copy.db" in made.err
    room.close()
    (tmp_path / "luutin.db").unlink()
    restored = luutin("restore", "copy.db", cwd=tmp_path)
    assert restored.status == 0, restored.err
    assert _heads(tmp_path / "luutin.db") == _heads(tmp_path / "copy.db") == before
    assert sorted(path.name for path in tmp_path.glob("*part*")) == []


def test_a_backup_is_one_file_and_whole_while_another_writes(room: Newsroom, tmp_path: Path) -> None:
    stop = threading.Event()
    counted = []

    def crawl() -> None:
        while not stop.is_set():
            counted.append(room.sees(RAIN))

    thread = threading.Thread(target=crawl)
    thread.start()
    try:
        for number in range(5):
            with copied(tmp_path / "luutin.db", tmp_path / f"copy{number}.db") as part:
                assert _heads(part)
    finally:
        stop.set()
        thread.join()
    assert counted
    sizes = [_heads(tmp_path / f"copy{number}.db")["vidu"][0] for number in range(5)]
    assert sizes == sorted(sizes)
    assert sorted(path.name for path in tmp_path.glob("copy*")) == [f"copy{number}.db" for number in range(5)]
    room.close()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_nothing_is_ever_written_over(room: Newsroom, tmp_path: Path, command: str) -> None:
    here("backup", "copy.db", cwd=tmp_path)
    before = (tmp_path / "luutin.db").read_bytes(), (tmp_path / "copy.db").read_bytes()
    assert "is there already" in fault(here(command, "copy.db", cwd=tmp_path))
    assert ((tmp_path / "luutin.db").read_bytes(), (tmp_path / "copy.db").read_bytes()) == before
    room.close()


def test_a_file_that_comes_to_be_there_meanwhile_is_not_written_over(room: Newsroom, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with pytest.raises(ArchiveError, match="is there already"), copied(tmp_path / "luutin.db", target):
        target.write_text("another's")
    assert target.read_text() == "another's"
    assert not list(tmp_path.glob("*part*"))
    room.close()


def test_a_faulty_backup_is_restored_only_where_that_is_asked_for(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    here("backup", "copy.db", cwd=tmp_path)
    with sqlite3.connect(tmp_path / "copy.db") as plain:
        plain.execute("UPDATE visit SET note = 'x' WHERE id = 1")
    plain.close()
    new = f"sqlite:///{tmp_path / 'new.db'}"
    refused = here("restore", "copy.db", "--archive", new, cwd=tmp_path)
    assert refused.status == 1
    assert "nothing was restored" in refused.err
    assert not list(tmp_path.glob("new*"))
    wanted = here("restore", "copy.db", "--damaged", "--archive", new, cwd=tmp_path)
    assert wanted.status == 1
    with Verifier(new) as verifier:
        assert len(list(verifier.faults())) == 1


def test_a_damaged_archive_is_backed_up_and_its_faults_are_told(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    with sqlite3.connect(tmp_path / "luutin.db") as plain:
        plain.execute("UPDATE visit SET note = 'x' WHERE id = 1")
    plain.close()
    said = here("backup", "copy.db", cwd=tmp_path)
    assert said.status == 1
    assert "not what its digest was made of" in said.out.replace("\n", " ")
    assert (tmp_path / "copy.db").exists()


def test_what_is_no_archive_is_not_restored(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Kính gửi toà soạn, " * 100)
    assert "not a Luutin archive" in fault(here("restore", "letter.db", cwd=tmp_path))
    with sqlite3.connect(tmp_path / "other.db") as plain:
        plain.execute("CREATE TABLE recipe (id)")
    plain.close()
    assert "not a Luutin archive; it holds recipe" in fault(here("restore", "other.db", cwd=tmp_path))
    (tmp_path / "empty.db").touch()
    assert "no archive" in fault(here("restore", "empty.db", cwd=tmp_path))
    assert "no archive" in fault(here("restore", "none.db", cwd=tmp_path))
    for missing in (("none.db",), ("--from", "sqlite:///none.db")):
        said = fault(here("restore", *missing, cwd=tmp_path))
        assert said == "luutin: none.db: there is no such file, and so no archive to take over\n"
    assert not (tmp_path / "luutin.db").exists()


def test_a_backup_that_cannot_be_read_is_told_as_damaged(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    here("backup", "copy.db", cwd=tmp_path)
    for size in (5_000, 60_000):
        (tmp_path / "short.db").write_bytes((tmp_path / "copy.db").read_bytes()[:size])
        said = here("restore", "short.db", "--archive", f"sqlite:///{tmp_path / 'new.db'}", cwd=tmp_path)
        assert said.status == 1
        assert "short.db: this backup is damaged and cannot be read; take another one\n" in said.err
        assert not list(tmp_path.glob("new*"))


def test_an_empty_file_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    said = fault(here("restore", "empty.db", cwd=tmp_path))
    assert said == "luutin: empty.db: this file is empty: it is no backup, and no archive to take over\n"


def test_a_folder_that_a_copy_is_to_go_to_has_to_be_there(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    said = fault(here("backup", "none/x.db", cwd=tmp_path))
    assert said == "luutin: none/x.db: the folder none does not exist\n"


def test_a_backup_of_a_newer_release_is_not_restored(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    here("backup", "copy.db", cwd=tmp_path)
    with sqlite3.connect(tmp_path / "copy.db") as plain:
        plain.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    plain.close()
    said = fault(here("restore", "copy.db", "--archive", f"sqlite:///{tmp_path / 'new.db'}", cwd=tmp_path))
    assert "schema version 99" in said


def test_a_backup_that_does_not_fit_is_an_error_for_a_person_and_leaves_nothing(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    ended = luutin("backup", "copy.db", cwd=tmp_path, longest=50_000)
    assert ended.status == 2
    assert "cannot be read or written" in ended.err
    assert "Traceback" not in ended.err
    assert not list(tmp_path.glob("copy*"))


def test_an_archive_on_a_server_is_left_to_its_own_tools(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    url = "postgresql+psycopg://editor:s3cret@db.example/news"
    for command in ("backup", "restore"):
        said = fault(here(command, "copy.db", "--archive", url, cwd=tmp_path))
        assert "pg_dump --format=custom --file=FILE news" in said
        assert "s3cret" not in said
        assert "luutin restore --from sqlite:///FILE" in said


def test_an_archive_on_postgresql_comes_back_whole_from_pg_dump(postgres: Postgres, tmp_path: Path) -> None:
    one, other = postgres.make(), postgres.make()
    room = Newsroom(one)
    room.sees(RAIN)
    room.sees(EDITED)
    postgres.copy(one, other, tmp_path / "luutin.dump")
    with Verifier(one) as before, Verifier(other) as after:
        assert list(after.faults()) == []
        assert before.heads() == after.heads()
    room.close()
    postgres.drop(one)
    postgres.drop(other)


def test_an_archive_moves_to_postgresql_and_back(room: Newsroom, postgres: Postgres, tmp_path: Path) -> None:
    room.close()
    server, back = postgres.make(), f"sqlite:///{tmp_path / 'back.db'}"
    there = luutin("restore", "--from", "sqlite:///luutin.db", "--archive", server, cwd=tmp_path)
    assert (there.status, there.out) == (0, ""), there.err
    assert "no fault" in there.err
    assert "moved to postgresql" in there.err
    again = luutin("restore", "--from", server, "--archive", back, cwd=tmp_path)
    assert (again.status, again.out) == (0, ""), again.err
    assert _heads(tmp_path / "back.db") == _heads(tmp_path / "luutin.db")
    for url in (server, back):
        assert (
            here("edits", "--json", "--archive", url, cwd=tmp_path).records
            == here("edits", "--json", cwd=tmp_path).records
        )
        (*_, old), (*_, new) = (
            here("status", "--json", "--archive", where, cwd=tmp_path).records for where in ("sqlite:///luutin.db", url)
        )
        kept = ("page", "visit", "capture", "version", "edit", "body", "body_bytes")
        assert [new[name] for name in kept] == [old[name] for name in kept]
    assert "already" in fault(here("restore", "--from", "sqlite:///luutin.db", "--archive", server, cwd=tmp_path))
    assert "already" in fault(here("restore", "--from", server, cwd=tmp_path))
    postgres.drop(server)


def test_an_archive_with_faults_moves_only_where_that_is_asked_for(room: Newsroom, tmp_path: Path) -> None:
    room.close()
    with sqlite3.connect(tmp_path / "luutin.db") as plain:
        plain.execute("UPDATE visit SET note = 'x' WHERE id = 1")
    plain.close()
    move = ("restore", "--from", "sqlite:///luutin.db", "--archive", "sqlite:///new.db")
    refused = here(*move, cwd=tmp_path)
    assert refused.status == 1
    assert "nothing was restored" in refused.err
    assert not list(tmp_path.glob("new*"))
    assert here(*move, "--damaged", cwd=tmp_path).status == 1
    with Verifier(f"sqlite:///{tmp_path / 'new.db'}") as verifier:
        assert len(list(verifier.faults())) == 1


def test_restore_needs_either_a_file_or_an_archive(tmp_path: Path) -> None:
    assert "either a FILE or --from URL" in fault(here("restore", cwd=tmp_path))
    assert "either a FILE or --from URL" in fault(here("restore", "a.db", "--from", "sqlite:///b.db", cwd=tmp_path))
    assert "no archive" in fault(here("restore", "--from", "sqlite:///b.db", cwd=tmp_path))
    assert "no database URL" in fault(here("restore", "--from", "b.db", cwd=tmp_path))
