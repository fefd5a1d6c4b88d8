"""`luutin try`: how a page would be read."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commanding import Newspaper, Said, article_page, fault, here, luutin, newspaper, road

URL = "https://baovidu.example/khoi-cong-post101.html"


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with newspaper() as opened:
        yield opened


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with saved pages: in lists/ a list, in lists/p/ its pages, one of them packed."""
    folder = tmp_path_factory.mktemp("saved")
    pages = folder / "lists" / "p"
    pages.mkdir(parents=True)
    lines = ["\ufeff# path and URL"]
    for number in range(1, 10):
        (pages / f"bai {number}.html").write_text(road(number), encoding="utf-8")
        lines.append(f"p/bai {number}.html\t{URL}?id={number}\r")
    (pages / "packed.html.gz").write_bytes(gzip.compress(road(10).encode()))
    (pages / "cut.html.gz").write_bytes(gzip.compress(road(10).encode())[:50])
    (pages / "flat.html.gz").write_bytes(road(10).encode())
    (pages / "empty.html").touch()
    lines += ["", f"p/cut.html.gz {URL}", f"p/flat.html.gz {URL}", f"p/empty.html {URL}", f"p/packed.html.gz {URL}"]
    (folder / "lists" / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    (pages / "deep.html").write_text("<div>" * 300_000 + "x", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def listed(saved: Path) -> Said:
    return luutin("try", "--from", "lists/list.txt", cwd=saved)


def test_a_list_gives_one_line_each_in_its_order_under_the_paths_that_it_names(listed: Said) -> None:
    names = [f"p/bai {number}.html" for number in range(1, 10)]
    packed = ["p/cut.html.gz", "p/flat.html.gz", "p/empty.html", "p/packed.html.gz"]
    assert [record["path"] for record in listed.records] == names + packed
    assert all(record["title"].startswith("Khởi công") for record in listed.records[:9])
    assert listed.records[-1]["title"] == "Khởi công tuyến đường số 10 qua vùng núi"
    assert [record["url"] for record in listed.records[:2]] == [f"{URL}?id=1", f"{URL}?id=2"]


def test_a_damaged_file_is_told_in_its_place_and_the_others_are_read(listed: Said) -> None:
    assert listed.status == 1
    cut, flat, empty = listed.records[9:12]
    assert cut["unreadable"].startswith("cannot be read: ")
    assert flat["unreadable"].startswith("cannot be read: ")
    assert empty["unreadable"] == "the page is empty"


def test_a_reading_has_the_keys_that_scripts_rely_on(listed: Said) -> None:
    keys = {"path", "title", "section", "lead", "authors", "body", "captions", "tags", "dropped", "sources"}
    assert keys <= listed.records[0].keys()
    assert listed.records[0]["sources"]["title"]
    assert all({"text", "why"} == drop.keys() for drop in listed.records[0]["dropped"])


def test_a_list_may_come_through_standard_input(saved: Path) -> None:
    said = here("try", "--from", "-", cwd=saved / "lists", stdin=f"p/bai 2.html {URL}\n")
    assert [record["path"] for record in said.records] == ["p/bai 2.html"]


def test_a_line_of_a_list_may_end_in_a_remark_and_a_path_may_look_like_one(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "bai #5.html").write_bytes((saved / "lists" / "p" / "bai 2.html").read_bytes())
    lines = f"  # all of May\nbai #5.html {URL} # once more at http://b.example/\n"
    said = here("try", "--from", "-", cwd=tmp_path, stdin=lines)
    assert [(record["path"], record["url"]) for record in said.records] == [("bai #5.html", URL)]


def test_every_wrong_line_of_a_list_is_told_before_anything_is_read(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(f"a.html nourl\n{URL}\n")
    err = fault(here("try", "--from", "bad.txt", cwd=tmp_path))
    assert "bad.txt: line 1: " in err
    assert "bad.txt: line 2: " in err
    (tmp_path / "gone.txt").write_text(f"lists/p/packed.html.gz {URL}\na.html {URL}\nb.html {URL}\n")
    err = fault(here("try", "--from", tmp_path / "gone.txt", cwd=saved))
    assert err == "luutin: a.html: there is no such file\nb.html: there is no such file\n"


@pytest.mark.parametrize(
    "words", [["missing.html"], ["."], ["ftp://a.example/x"], ["http://"], ["x", "--url", "nourl"]]
)
def test_what_cannot_be_a_page_is_refused(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    fault(here("try", *words, cwd=tmp_path))


def test_a_person_sees_the_article_its_sources_and_what_was_left_out(saved: Path) -> None:
    said = here("try", "lists/p/bai 1.html", "--url", URL, cwd=saved)
    assert said.lines[0] == "lists/p/bai 1.html"
    assert "Khởi công tuyến đường số 1 qua vùng núi" in said.lines
    at = said.lines.index("  title          * Khởi công tuyến đường số 1 qua vùng núi")
    assert said.lines[at + 1].strip() == "<h1> in the page: agrees with meta og:title and <title>"
    at = said.lines.index("  navigation (1)")
    assert said.lines[at + 1] == "    Trang chủ Chính trị"


def test_a_person_sees_what_was_passed_over_and_over_what_a_field_was_chosen(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="/a-post101.html"><meta property="og:url" content="/b-post101.html">'
    (tmp_path / "a.html").write_text(article_page("Khởi công đường núi", *["Một đoạn văn đủ dài. " * 9] * 3, head=head))
    said = here("try", "a.html", "--url", URL, cwd=tmp_path)
    at = said.lines.index("  canonical_url  * https://baovidu.example/a-post101.html")
    assert said.lines[at + 1].strip() == "link rel=canonical: comes before meta og:url"
    assert said.lines[at + 2].strip() == "- https://baovidu.example/b-post101.html (meta og:url)"
    assert "  modified         none: the page states none" in said.lines


def test_json_gives_every_candidate_of_a_field_and_marks_one(listed: Said) -> None:
    candidates = listed.records[0]["candidates"]
    assert [one["source"] for one in candidates["title"]] == ["<h1> in the page", "meta og:title", "<title>"]
    assert [one["chosen"] for one in candidates["title"]] == [True, False, False]
    assert candidates["title"][0]["why"]
    assert all({"value", "source", "chosen"} == one.keys() for one in candidates["title"][1:])
    assert "authors" not in candidates


def test_a_hostile_page_does_not_keep_the_next_one_from_being_read(saved: Path) -> None:
    said = here("try", "lists/p/deep.html", "lists/p/bai 1.html", "--json", cwd=saved)
    assert [record["path"] for record in said.records] == ["lists/p/deep.html", "lists/p/bai 1.html"]
    assert said.records[1]["title"].startswith("Khởi công")


def test_half_a_character_on_a_page_is_no_obstacle(tmp_path: Path) -> None:
    text = "Đoạn văn có nửa ký tự &#xDC00; dài vừa đủ để đọc được như một bài báo thật."
    (tmp_path / "half.html").write_text(article_page("Nửa &#xD83D; ký tự", *[text] * 8), encoding="utf-8")
    said = here("try", "half.html", "--json", cwd=tmp_path)
    assert json.loads(said.out)["title"].startswith("Nửa ")
    assert here("try", "half.html", cwd=tmp_path).status == 0


def test_a_url_is_read_as_it_answers_now_and_nothing_is_stored(tmp_path: Path, paper: Newspaper) -> None:
    missing = paper.url("/khong-co-bai-post999.html")
    said = here("try", paper.urls[0], missing, paper.urls[1], "--allow-private", "--json", cwd=tmp_path)
    assert said.status == 1
    assert [record["path"] for record in said.records] == [paper.urls[0], missing, paper.urls[1]]
    assert said.records[1]["unreadable"] == "answered 404"
    assert said.records[2]["title"].startswith("Khởi công")
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_read_with_what_the_archive_has_learned_of_its_site(tmp_path: Path, paper: Newspaper) -> None:
    shared = "Người dân các xã dọc tuyến đã bàn giao mặt bằng từ tháng trước và mong con đường sớm thông xe."
    for number, path in enumerate(paper.paths, 1):  # a fourth of an article's words would make it a copy of another
        own = f"<p>Đoạn {number} đi qua {number + 5} cầu, {number + 9} cống và {number * 3} bản dọc bờ suối."
        paper.pages[path] = road(number).replace("<p>Công trình", f"{own}</p><p>Công trình")
    [before] = here("try", paper.urls[0], "--json", "--allow-private", cwd=tmp_path).records
    assert before["body"][-1]["text"] == shared
    assert "memory" not in before["reader"]
    assert here("capture", *paper.urls, "--delay", "0", "--allow-private", cwd=tmp_path).status == 0
    [after] = here("try", paper.urls[0], "--json", "--allow-private", cwd=tmp_path).records
    assert {"text": shared, "why": "stands in other articles of the site too"} in after["dropped"]
    assert after["body"] == before["body"][:-1]
    assert "memory" in after["reader"]


def test_loopback_is_refused_with_a_hint(tmp_path: Path, paper: Newspaper) -> None:
    said = here("try", paper.urls[0], cwd=tmp_path)
    assert said.status == 1
    assert "--allow-private" in said.out
