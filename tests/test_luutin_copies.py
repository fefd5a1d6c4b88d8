"""`luutin copies` as people and scripts use it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.visits import FoundPage
from tests.commanding import fault, here
from tests.newsroom import NOON, OTHER_URL, RAIN, URL, Newsroom
from tests.test_storage_copies import CORRECTED, ELSEWHERE, PRINTED, STORY

KEYS = ["relation", "url", "site", "title", "state", "similarity", "first_seen", "published", "edits"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("copies")
    room = Newsroom(f"sqlite:///{made}/luutin.db")
    room.archive.watch_site("kia", NOON)
    room.archive.add_pages("kia", [FoundPage(url=ELSEWHERE)], NOON)
    for url in (URL, PRINTED, ELSEWHERE):
        room.sees(STORY, url=url, title="Khởi công tuyến đường")
    room.sees(CORRECTED, title="Khởi công tuyến đường")
    room.sees(RAIN, url=OTHER_URL)
    room.close()
    return made


def test_copies_are_listed_with_what_they_have_of_each_edit(folder: Path) -> None:
    said = here("copies", URL, cwd=folder)
    assert said.status == 0
    assert said.lines[0] == "Khởi công tuyến đường"
    assert f"    edit #1 of {URL}: has the new words" in said.lines
    elsewhere, same_site = said.out.split("On other sites:\n")[1].split("On the same site:\n")
    for part, url in ((elsewhere, ELSEWHERE), (same_site, PRINTED)):
        assert part.splitlines()[1].strip() == url
        assert f"edit #1 of {URL}: has the old words" in part


def test_of_an_edit_that_only_removed_it_is_told_who_still_has_the_old_words(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path}/luutin.db")
    room.sees(STORY, url=PRINTED)
    room.sees(STORY)
    room.sees(STORY[:2])
    room.close()
    said = here("copies", URL, cwd=tmp_path)
    page, copy = said.out.split("On the same site:\n")
    assert f"    edit #1 of {URL}: no longer has the old words\n" in page
    assert f"edit #1 of {URL}: has the old words" in copy
    assert [row["edits"][0]["has"] for row in here("copies", URL, "--json", cwd=tmp_path).records] == ["neither", "old"]


def test_json_has_one_object_a_page(folder: Path) -> None:
    page, copy, same_site = here("copies", ELSEWHERE, "--json", cwd=folder).records
    assert [list(row) for row in (page, copy, same_site)] == [KEYS] * 3
    assert [row["relation"] for row in (page, copy, same_site)] == ["page", "copy", "copy"]
    assert copy["url"] == PRINTED
    assert copy["similarity"] == 1.0
    assert copy["edits"] == [{"id": 1, "url": URL, "has": "old"}]


def test_a_copy_whose_text_is_damaged_is_named(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with closing(sqlite3.connect(tmp_path / "luutin.db")) as plain, plain:
        of_page = (
            "SELECT body_id FROM reading WHERE current AND version_id = (SELECT version_id FROM page WHERE url = ?)"
        )
        plain.execute(f"UPDATE body SET data = x'00' WHERE id = ({of_page})", (URL,))
    assert fault(here("copies", ELSEWHERE, cwd=tmp_path)).startswith(f"luutin: {URL}: a stored body does not decode")


def test_a_page_without_copies_says_why(folder: Path) -> None:
    said = here("copies", OTHER_URL, cwd=folder)
    assert (said.status, said.out) == (0, "")
    assert "too short" in said.err
    assert here("copies", OTHER_URL, "--json", cwd=folder).records == []
    assert "knows no page" in fault(here("copies", "https://vidu.example/9", cwd=folder))
