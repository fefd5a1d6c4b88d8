"""`luutin search` as people and scripts use it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commanding import fault, here
from tests.newsroom import EDITED, FOOTBALL, OTHER_URL, RAIN, URL, Newsroom

KEYS = ["url", "site", "title", "state", "version", "at", "edit", "status", "exact", "snippet", "hits"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search")
    room = Newsroom(f"sqlite:///{made}/luutin.db")
    room.sees(RAIN)
    room.sees(EDITED)
    room.sees(FOOTBALL, url=OTHER_URL, title="Thắng [đậm] ở Hà Nội")
    room.close()
    return made


def test_a_hit_is_printed_with_its_page_and_the_words_in_brackets(folder: Path) -> None:
    said = here("search", "ngap 53", cwd=folder)
    assert said.status == 0
    assert said.lines[0] == "Mưa lớn ở Hà Nội"
    assert said.lines[1].strip() == URL
    assert said.lines[2].strip().startswith("vidu, version 2, 2026-03-11 ")
    assert said.lines[3].strip() == "Mưa lớn làm [ngập 53] tuyến phố ở Hà Nội."


def test_brackets_of_a_page_are_shown_as_they_are(folder: Path) -> None:
    assert "[Thắng] [đậm] ở [Hà Nội]" in here("search", '"hà nội" thắng', cwd=folder).out


def test_json_has_one_object_a_hit_with_the_places_of_the_words(folder: Path) -> None:
    (hit,) = here("search", "ngập", "--json", cwd=folder).records
    assert list(hit) == KEYS
    assert (hit["url"], hit["version"], hit["edit"], hit["exact"]) == (URL, 2, None, True)
    ((start, end),) = hit["hits"]
    assert hit["snippet"][start:end] == "ngập"


def test_what_edits_removed_and_added_is_found_with_the_number_of_the_edit(folder: Path) -> None:
    (removed,) = here("search", "35", "--removed", "--json", cwd=folder).records
    assert (removed["edit"], removed["status"], removed["snippet"]) == (1, "pending", RAIN[0])
    assert "edit #1 (pending)" in here("search", "53", "--added", cwd=folder).out
    assert here("search", "35", "--added", "--json", cwd=folder).records == []


def test_no_more_hits_are_listed_than_asked_for(folder: Path) -> None:
    first, _ = here("search", "hà nội", "--json", cwd=folder).records
    assert here("search", "hà nội", "--limit", "1", "--json", cwd=folder).records == [first]


def test_a_query_of_several_words_has_to_be_quoted(folder: Path) -> None:
    said = fault(here("search", "không", "có", "gì", cwd=folder))
    assert said == "luutin: quote the query, as it has several words: luutin search 'không có gì'\n"


def test_hits_can_be_chosen_by_site_and_time(folder: Path) -> None:
    assert len(here("search", "hà nội", "--site", "vidu", "--json", cwd=folder).records) == 2
    assert len(here("search", "hà nội", "--since", "2026-03-11T15:00Z", "--json", cwd=folder).records) == 1
    assert "--site 'kia' is unknown" in fault(here("search", "hà nội", "--site", "kia", cwd=folder))
    assert "--since" in fault(here("search", "hà nội", "--since", "hôm qua", cwd=folder))


def test_that_nothing_was_found_is_said_beside_the_output(folder: Path) -> None:
    said = here("search", "voi [trắng]", cwd=folder)
    assert (said.status, said.out, said.err) == (0, "", "nothing found: no text has all of voi [trắng]\n")
    as_json = here("search", "voi trắng", "--json", cwd=folder)
    assert (as_json.status, as_json.out, as_json.err) == (0, "", "")


def test_a_damaged_text_is_named_after_all_that_was_found(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN)
    room.sees(FOOTBALL, url=OTHER_URL, title="Thắng ở Hà Nội")
    room.close()
    with closing(sqlite3.connect(tmp_path / "luutin.db")) as plain, plain:
        plain.execute("UPDATE body SET data = x'00' WHERE chain = 'text:2'")
    said = here("search", "hà nội", "--json", cwd=tmp_path)
    assert said.status == 1
    assert [hit["url"] for hit in said.records] == [URL]
    assert said.err == f"left out, as its text in the archive is damaged: {OTHER_URL}\n"
    exported = fault(here("export", "parquet", "-o", "tables", cwd=tmp_path))
    assert exported.startswith(f"luutin: {OTHER_URL}, version 1: ")
    with closing(sqlite3.connect(tmp_path / "luutin.db")) as plain, plain:
        plain.execute("UPDATE body SET data = x'00' WHERE id = (SELECT body_id FROM capture WHERE id = 2)")
    assert fault(here("export", "wacz", "-o", "news.wacz", cwd=tmp_path)).startswith(f"luutin: {OTHER_URL}, visit 2: ")


def test_the_index_can_be_built_anew(folder: Path) -> None:
    said = here("search", "--rebuild", cwd=folder)
    assert (said.status, said.out, said.err) == (0, "", "the index holds 4 texts\n")
    assert len(here("search", "ngập", "--rebuild", "--json", cwd=folder).records) == 1


@pytest.mark.parametrize("words", [[], [""], ["-- ?!"]])
def test_a_search_for_nothing_is_refused(folder: Path, words: list[str]) -> None:
    assert "search" in fault(here("search", *words, cwd=folder))
