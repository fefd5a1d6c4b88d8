"""`luutin verify`: exit status, faults with their places, heads of the chains."""

import sqlite3
from pathlib import Path

import pytest

from tests.commanding import fault, here, luutin
from tests.newsroom import EDITED, RAIN, URL, Newsroom


@pytest.fixture
def path(tmp_path: Path) -> Path:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN)
    room.sees(EDITED)
    room.gets(304)
    room.close()
    return tmp_path / "luutin.db"


def _alter(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as plain:
        plain.execute(statement)
    plain.close()


def test_a_sound_archive_is_told_with_the_heads_of_its_chains(path: Path) -> None:
    said = luutin("verify", "--json", cwd=path.parent)
    assert said.status == 0, said.err
    (head,) = said.records
    assert (head["site"], len(head["head"])) == ("vidu", 64)
    for_people = here("verify", cwd=path.parent)
    assert for_people.out == f"vidu {head['entries']} {head['head']}\n"
    assert "no fault" in for_people.err


def test_a_folder_is_told_as_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}"
    assert (
        fault(here("verify", "--archive", url, cwd=tmp_path))
        == f"luutin: {url}: cannot be opened: it is a folder, and no archive\n"
    )


def test_a_fault_is_named_with_its_page_its_visit_and_its_entry(path: Path) -> None:
    _alter(path, "UPDATE visit SET note = 'x' WHERE id = 2")
    said = here("verify", "--json", cwd=path.parent)
    assert said.status == 1
    (fault,) = said.records
    assert (fault["what"], fault["url"], fault["visit"], fault["site"]) == ("chain", URL, 2, "vidu")
    assert fault["sequence"] > 2
    for_people = here("verify", cwd=path.parent)
    assert for_people.status == 1
    assert f"({URL}, visit 2, entry {fault['sequence']} of vidu)" in for_people.out.replace("\n", " ")
    assert "1 fault\n" in for_people.err


@pytest.mark.parametrize(
    ("statement", "what", "text"),
    [
        ("UPDATE body SET data = x'00' WHERE id = 1", "body", "not kept as it was written"),
        ("UPDATE capture SET head = x'00' WHERE id = 2", "chain", "not what its digest was made of"),
        ("UPDATE edit SET significance = 'minor' WHERE id = 1", "edit", "says something else than was entered"),
        ("DELETE FROM reading WHERE id = 2", "reading", "is missing"),
        ("DELETE FROM link WHERE visit_id = 2", "chain", "stands none with the number"),
        ("INSERT INTO version VALUES (9, 1, 9, 1, '2026-03-11 12:00:00.000000')", "version", "is in no chain"),
        ("UPDATE site SET key = 'khac'", "chain", "not what its digest was made of"),
    ],
)
def test_each_kind_of_fault_is_told_as_what_it_is(path: Path, statement: str, what: str, text: str) -> None:
    _alter(path, statement)
    said = here("verify", "--json", cwd=path.parent)
    assert said.status == 1
    assert any(fault["what"] == what and text in fault["fault"] for fault in said.records), said.out


def test_bodies_that_are_packed_against_each_other_in_a_circle_are_a_fault(path: Path) -> None:
    _alter(path, "UPDATE body SET id = CASE id WHEN 1 THEN -4 WHEN 3 THEN -1 ELSE id END")
    _alter(path, "UPDATE body SET id = CASE id WHEN -4 THEN 3 WHEN -1 THEN 1 ELSE id END")
    said = here("verify", "--json", cwd=path.parent)
    assert said.status == 1
    assert any("in a circle" in fault["fault"] for fault in said.records), said.out


def test_a_body_that_is_packed_against_itself_is_told_where_it_is_asked_for(path: Path) -> None:
    _alter(path, "UPDATE body SET base_id = id WHERE id = 1")
    assert "body 1 is damaged: the bodies that it is packed against lead in a circle" in fault(
        here("show", URL, "--version", "1", "--raw", cwd=path.parent)
    )
