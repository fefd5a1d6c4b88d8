"""What a look is compared with where what is stored of the page is damaged: the capture, read anew, or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.commanding import Newspaper, Said, here, luutin, newspaper, road


def test_a_page_whose_stored_text_is_damaged_is_named_by_its_crawl_and_its_edit_found(tmp_path: Path) -> None:
    said, paper = _crawl_damaged(tmp_path, "chain = 'text:1'", "99,5")
    assert {one["outcome"] for one in said.records} == {"changed"}
    assert len(said.records) == len(here("edits", "--json", cwd=tmp_path).records) == 2
    assert f"bao: {paper.urls[0]}, version 1: a stored body does not decode" in said.err
    assert "its capture is read anew instead" in said.err
    assert here("show", paper.urls[0], "--json", cwd=tmp_path).status == 0
    assert len(here("search", "99,5", "--json", cwd=tmp_path).records) == 2
    assert here("search", "12,5", "--json", cwd=tmp_path).records == []  # what was damaged is found no more


def test_a_page_that_says_what_its_damaged_text_said_is_the_same(tmp_path: Path) -> None:
    said, paper = _crawl_damaged(tmp_path, "chain = 'text:1'", "12,5", noise="<p>1.234 lượt xem</p>")
    assert {one["url"]: one["outcome"] for one in said.records} == dict.fromkeys(paper.urls, "same")


def test_a_capture_is_kept_though_all_that_it_could_be_compared_with_is_damaged(tmp_path: Path) -> None:
    said, paper = _crawl_damaged(tmp_path, "chain IN ('text:1', 'page:1')", "99,5")
    outcomes = {one["url"]: (one["outcome"], one["version"]) for one in said.records}
    assert outcomes == {paper.urls[0]: ("new", 2), paper.urls[1]: ("changed", 2)}
    (note,) = [one["note"] for one in said.records if one["outcome"] == "new"]
    assert "a new start: what is stored of the earlier text is damaged" in note
    assert f"{paper.urls[0]}, the capture of its current text: a stored body does not decode" in said.err
    assert "99,5" in here("show", paper.urls[0], "--raw", cwd=tmp_path).out


def test_a_page_is_identical_though_its_stored_text_is_damaged(tmp_path: Path) -> None:
    said, _ = _crawl_damaged(tmp_path, "chain IN ('text:1', 'page:1')", "12,5")
    assert [one["outcome"] for one in said.records] == ["identical"] * 2


def _crawl_damaged(folder: Path, bodies: str, growth: str, *, noise: str = "") -> tuple[Said, Newspaper]:
    """Crawl two articles, damage some bodies, and crawl them again as they are then."""
    with newspaper(2) as paper:
        paper.site_file(folder / "seeds")
        assert luutin("crawl", cwd=folder).status == 0
        with closing(sqlite3.connect(folder / "luutin.db")) as plain, plain:
            plain.execute(f"UPDATE body SET data = x'00' WHERE {bodies}")
        for number, path in enumerate(paper.paths, 1):
            paper.pages[path] = road(number, growth).replace("</article>", f"</article>{noise}")
        said = luutin("crawl", "--force", "--json", cwd=folder)
    assert "Traceback" not in said.err
    return said, paper
