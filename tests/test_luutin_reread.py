"""luutin reread: the archive read anew after a rule was changed, over a real newspaper."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from storage.queries import Queries
from tests.commanding import Newspaper, article_page, fault, here, luutin, newspaper
from tests.newsroom import RAIN, Newsroom

NUMBERS = ("Tổng cộng 12 nghìn lượt xem trong tuần này", "Tổng cộng 15 nghìn lượt xem trong tuần này")


def _page(counted: str) -> str:
    return article_page(
        "Khánh thành cầu treo bắc qua suối Nậm Lúc",
        "Sáng nay, tỉnh khánh thành cầu treo bắc qua suối Nậm Lúc, dài 85 m, nối hai xã vùng cao với quốc lộ.",
        "Công trình có vốn 40 tỷ đồng từ ngân sách, hoàn thành trong mười tám tháng, sớm hơn kế hoạch một quý.",
        f'<span class="x-7">{counted}, theo thống kê của cổng thông tin điện tử huyện và của ban quản lý cầu.</span>',
        "Người dân các xã dọc suối từ nay không còn phải đi bè khi nước lên, trẻ em đến trường bằng xe đạp.",
    )


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, Newspaper]]:
    with newspaper(1) as paper:
        paper.site_file(tmp_path / "seeds")
        for counted in NUMBERS:
            paper.pages[paper.paths[0]] = _page(counted)
            assert luutin("crawl", "--force", cwd=tmp_path).status == 0
        yield tmp_path, paper


def _drop(folder: Path, selector: str) -> None:
    path = folder / "seeds" / "bao" / "site.toml"
    path.write_text(f'{path.read_text(encoding="utf-8")}\n[[reading]]\ndrop = ["{selector}"]\n', encoding="utf-8")


def test_a_rule_withdraws_what_was_none(watched: tuple[Path, Newspaper]) -> None:
    folder, paper = watched
    assert [edit["kinds"] for edit in here("edits", "--json", cwd=folder).records] == [["number"]]
    _drop(folder, "span.x-7")
    dry = here("reread", "--dry-run", "--json", cwd=folder)
    assert [(one["version"], one["fields"], one["fault"]) for one in dry.records] == [
        (1, ["body"], ""),
        (2, ["body"], ""),
    ]
    assert len(here("edits", "--json", cwd=folder).records) == 1
    said = here("reread", "bao", cwd=folder)
    assert said.status == 0, said.err
    assert said.lines == [f"v1   body  {paper.urls[0]}", f"v2   body  {paper.urls[0]}"]
    assert "2 versions, of which 2 read differently" in said.err
    assert "0 judged otherwise, 1 withdrawn" in said.err
    assert here("edits", "--json", cwd=folder).records == []
    assert [edit["status"] for edit in here("edits", "--withdrawn", "--json", cwd=folder).records] == ["withdrawn"]
    assert here("reread", "--json", cwd=folder).records == []


def test_after_a_rule_was_changed_an_edit_is_compared_by_the_new_one(watched: tuple[Path, Newspaper]) -> None:
    folder, paper = watched
    _drop(folder, "span.x-7")
    paper.pages[paper.paths[0]] = _page(NUMBERS[0]).replace("85 m", "95 m")
    assert [one["outcome"] for one in here("crawl", "--force", "--json", cwd=folder).records] == ["changed"]
    assert here("edits", "--json", cwd=folder).records[-1]["added"] == ["95"]


def _alter(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "luutin.db")) as plain, plain:
        for statement in statements:
            plain.execute(statement)


def test_damaged_bodies_are_named_and_the_other_pages_read(tmp_path: Path) -> None:
    with newspaper(8) as paper:
        paper.site_file(tmp_path / "seeds")
        assert luutin("crawl", cwd=tmp_path).status == 0
    _drop(tmp_path, "p:nth-of-type(3)")
    # One of the sound ones is read first, slowly enough for all the others to fail meanwhile.
    ends = "(SELECT min(body_id) FROM capture), (SELECT max(body_id) FROM capture)"
    _alter(
        tmp_path,
        f"UPDATE body SET data = x'00' WHERE id IN (SELECT body_id FROM capture WHERE body_id NOT IN ({ends}))",
    )
    with Queries(f"sqlite:///{tmp_path / 'luutin.db'}") as queries:
        visits = {page.url: queries.history(page.id)[0].id for page in queries.pages()}
    said = luutin("reread", "--json", cwd=tmp_path)
    assert said.status == 1, said.err
    damaged = {one["url"]: one for one in said.records if "damaged" in one}
    sound = {one["url"] for one in said.records if one.get("fields") == ["body"]}
    assert len(damaged) == 6
    assert sound == visits.keys() - damaged.keys()
    for url, one in damaged.items():
        assert (one["site"], one["version"], one["visit"]) == ("bao", 1, visits[url])
        assert "body" in one["damaged"]
    for_people = luutin("reread", cwd=tmp_path)
    assert for_people.status == 1
    assert len(for_people.lines) == 6
    for url, visit in visits.items():
        assert (f"({url}, visit {visit})" in for_people.out) == (url in damaged)
    assert "6 faults were found" in for_people.err
    assert "Traceback" not in for_people.err


def test_a_damaged_text_is_named_though_its_page_can_be_read(watched: tuple[Path, Newspaper]) -> None:
    folder, paper = watched
    _alter(folder, "UPDATE body SET data = x'00' WHERE id = (SELECT body_id FROM reading WHERE version_id = 1)")
    said = here("reread", "--dry-run", "--json", cwd=folder)
    assert said.status == 1
    assert next((one["url"], one["version"]) for one in said.records if "damaged" in one) == (paper.urls[0], 1)


def test_what_a_page_reads_as_now_is_kept_though_what_it_read_as_is_damaged(watched: tuple[Path, Newspaper]) -> None:
    folder, paper = watched
    _drop(folder, "span.x-7")
    _alter(folder, "UPDATE body SET data = x'00' WHERE chain LIKE 'text:%'")
    said = here("reread", "--json", cwd=folder)
    assert said.status == 1
    assert {one["url"] for one in said.records} == {paper.urls[0]}
    assert [one["version"] for one in said.records if "damaged" in one] == [1, 2]
    for version in ("1", "2"):
        assert here("show", paper.urls[0], "--version", version, cwd=folder).status == 0


def test_a_site_whose_memory_is_damaged_is_named(watched: tuple[Path, Newspaper]) -> None:
    folder, _ = watched
    _alter(folder, "UPDATE body SET data = x'00' WHERE chain LIKE 'memory:%'")
    said = here("reread", cwd=folder)
    assert said.status == 1
    assert "what was learned of bao: a stored body does not decode" in said.out
    assert "1 fault was found" in said.err


def test_a_site_that_there_is_none_of_is_refused(watched: tuple[Path, Newspaper]) -> None:
    folder, _ = watched
    assert "the site 'baox' is unknown; the sites are: bao" in fault(here("reread", "baox", cwd=folder))


def test_an_edit_cannot_be_asked_for_as_pending_and_withdrawn(watched: tuple[Path, Newspaper]) -> None:
    folder, _ = watched
    assert "--pending and --withdrawn" in fault(here("edits", "--pending", "--withdrawn", cwd=folder))


@pytest.mark.parametrize("reread", [True, False])
def test_an_edit_was_made_after_the_last_look_whose_bytes_had_the_old_text(tmp_path: Path, *, reread: bool) -> None:
    with newspaper(1) as paper:
        paper.site_file(tmp_path / "seeds")
        file = tmp_path / "seeds" / "bao" / "site.toml"
        right = file.read_text(encoding="utf-8")
        _drop(tmp_path, "span.x-7")  # hides the edit from the second look and the third
        for counted in (NUMBERS[0], NUMBERS[1], NUMBERS[1]):
            _crawl(tmp_path, paper, _page(counted))
        file.write_text(right, encoding="utf-8")
        looks = _seen(tmp_path, paper)
        assert [outcome for outcome, _ in looks] == ["new", "same", "identical"]
        if reread:
            assert here("reread", cwd=tmp_path).status == 0
        _crawl(tmp_path, paper, _page(NUMBERS[1]).replace("hai xã", "ba xã"))
        (edit,) = here("edits", "--json", cwd=tmp_path).records
        assert datetime.fromisoformat(edit["between"][0]) == looks[0][1]


def _crawl(folder: Path, paper: Newspaper, page: str) -> None:
    paper.pages[paper.paths[0]] = page
    assert here("crawl", "--force", cwd=folder).status == 0


def _seen(folder: Path, paper: Newspaper) -> list[tuple[str, datetime]]:
    looks = here("history", paper.urls[0], "--json", cwd=folder).records
    return [(look["outcome"], datetime.fromisoformat(look["at"])) for look in looks]


def test_a_single_version_is_told_as_one(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN)
    room.close()
    assert "1 version, of which " in here("reread", "--dry-run", cwd=tmp_path).err
