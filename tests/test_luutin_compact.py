"""`luutin compact`: the same archive in less room, told to a person and to a program."""

import re
import shutil
from pathlib import Path

import pytest

from storage.verifying.whole import Verifier
from tests.commanding import fault, here, luutin
from tests.newsroom import RAIN, Newsroom, history


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "luutin.db"
    room = Newsroom(f"sqlite:///{path}")
    history(room)
    for number in range(60):
        room.sees((*RAIN, f"Mực nước dâng {number} cm. " * 40))
    room.write("CREATE TABLE ballast AS SELECT v1.id FROM visit v1, visit v2")
    room.write("DROP TABLE ballast")
    room.close()
    return path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copy(made, tmp_path / "luutin.db")
    return tmp_path


def test_it_says_how_much_less_bodies_take_and_how_to_give_the_room_back(folder: Path) -> None:
    said = luutin("compact", cwd=folder)
    assert said.status == 0, said.err
    assert re.fullmatch(r"\d{3} bodies take \d+\.\d kB less\n", said.out)
    assert "luutin compact --shrink" in said.err
    with Verifier(f"sqlite:///{folder / 'luutin.db'}") as verifier:
        assert list(verifier.faults()) == []


def test_a_program_reads_how_many_bodies_and_bytes(folder: Path) -> None:
    before = (folder / "luutin.db").stat().st_size
    (record,) = here("compact", "--all", "--shrink", "--json", cwd=folder).records
    after = (folder / "luutin.db").stat().st_size
    assert record["bodies"] > 100
    assert record["saved_bytes"] > 1000
    assert (record["file_bytes_before"], record["file_bytes"], record["damaged"]) == (before, after, [])
    assert after < before


def test_a_person_reads_how_large_the_file_was_and_is(folder: Path) -> None:
    said = here("compact", "--shrink", cwd=folder)
    assert "giving room back to the disk" in said.err
    assert "the archive's file had" in said.out


def test_a_second_time_there_is_nothing_to_do(folder: Path) -> None:
    here("compact", "--all", cwd=folder)
    said = here("compact", cwd=folder)
    assert said.out == ""
    assert said.err.startswith("nothing to pack: ")


def test_what_is_damaged_is_named_and_the_exit_status_is_1(folder: Path) -> None:
    room = Newsroom(f"sqlite:///{folder / 'luutin.db'}")
    room.damaged = True
    room.write("UPDATE body SET data = x'00' WHERE chain = 'page:1' AND seq = 4")
    room.close()
    said = here("compact", cwd=folder)
    assert said.status == 1
    assert "page:1: " in said.err
    assert "bodies take" in said.out


def test_where_there_is_no_archive_it_says_how_to_make_one(tmp_path: Path) -> None:
    said = here("compact", cwd=tmp_path)
    assert said.status == 2
    assert "luutin init" in fault(said)
