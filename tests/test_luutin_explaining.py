"""`luutin try --explain`: what it prints is a part of the site file, and does what it says."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commanding import Newspaper, Said, fault, here, newspaper, road

LEAD = "Sau mười năm chờ đợi, con đường qua vùng núi đã khởi công, và người dân bốn xã vùng cao mong ngày thông xe"


def weak(number: int) -> str:
    """An article whose lead the general reading does not find: its description was cut off."""
    lead = f"{LEAD} thứ {number}."
    html = road(number).replace("</head>", f'<meta name="description" content="{lead[:80]}..."></head>')
    return html.replace("</h1>", f"</h1><div class=detail><p class=mo-bai>{lead}</p>").replace(
        "</article>", "</div></article>"
    )


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with newspaper() as opened:
        opened.pages.update({path: weak(number) for number, path in enumerate(opened.paths, 1)})
        yield opened


@pytest.fixture(scope="module")
def workspace(paper: Newspaper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a site file for the newspaper, and three of its four articles in the archive."""
    folder = tmp_path_factory.mktemp("workspace")
    here("init", cwd=folder)
    paper.site_file(folder / "seeds")
    said = here("capture", *paper.urls[1:], cwd=folder)
    assert said.status == 0, said.err
    return folder


@pytest.fixture(scope="module")
def explained(paper: Newspaper, workspace: Path) -> Said:
    return here("try", "--explain", paper.urls[0], cwd=workspace)


def test_the_pages_of_the_archive_are_tried_too(explained: Said) -> None:
    assert explained.status == 0, explained.err
    assert explained.lines[0] == "# 4 pages read, 3 of them from the archive"
    assert "#   holds on 4 of 4 pages; words: +0 -0" in explained.lines


def test_all_that_is_printed_is_toml_of_a_rule(explained: Said) -> None:
    assert tomllib.loads(explained.out) == {"reading": [{"lead": ".mo-bai"}]}
    assert any(line.startswith("# lead: the lead is empty") for line in explained.lines)


def test_what_is_printed_goes_into_the_site_file_and_mends_the_reading(
    explained: Said, paper: Newspaper, workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "seeds" / "bao" / "site.toml"
    file.parent.mkdir(parents=True)
    file.write_text((workspace / "seeds" / "bao" / "site.toml").read_text("utf-8") + explained.out, "utf-8")
    assert here("site", "check", cwd=tmp_path).status == 0
    (before,) = here("try", paper.urls[0], "--json", cwd=workspace).records
    (after,) = here("try", paper.urls[0], "--json", cwd=tmp_path).records
    assert (before["lead"], after["lead"]) == ("", f"{LEAD} thứ 1.")
    again = here("try", "--explain", paper.urls[0], cwd=tmp_path)
    assert again.out == "# 1 page read\n# no rule is needed: nothing looks weak\n"


def test_json_gives_the_proposal_as_an_object(paper: Newspaper, workspace: Path, explained: Said) -> None:
    (record,) = here("try", "--explain", "--json", *paper.urls, cwd=workspace).records
    assert (record["pages"], record["needed"]) == (4, True)
    (one,) = record["suggestions"]
    assert {name: one[name] for name in ("key", "selector", "path", "holds", "pages", "before")} == {
        "key": "lead",
        "selector": ".mo-bai",
        "path": paper.urls[0],
        "holds": 4,
        "pages": 4,
        "before": "",
    }
    assert tomllib.loads(record["toml"]) == tomllib.loads(explained.out)


def test_a_page_that_could_not_be_had_is_told_in_a_comment(paper: Newspaper, workspace: Path) -> None:
    said = here("try", "--explain", paper.url("/khong-co-post9.html"), paper.urls[0], cwd=workspace)
    assert said.status == 1
    assert f"# not had: {paper.url('/khong-co-post9.html')}: answered 404" in said.lines
    assert "reading" in tomllib.loads(said.out)


def test_pages_of_two_sites_are_refused(tmp_path: Path) -> None:
    err = fault(here("try", "--explain", "https://mot.example/a", "https://hai.example/b", cwd=tmp_path))
    assert "pages of one site; these are of hai.example, mot.example" in err


def test_saved_pages_need_neither_site_nor_archive(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.html").write_text(weak(number), encoding="utf-8")
    said = here("try", "--explain", "1.html", "2.html", cwd=tmp_path)
    assert tomllib.loads(said.out) == {"reading": [{"lead": ".mo-bai"}]}
    assert said.lines[0] == "# 2 pages read"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.html", "2.html"]


def test_a_saved_page_is_read_by_the_rules_of_the_day_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(weak(1), encoding="utf-8")
    file = tmp_path / "seeds" / "bao" / "site.toml"
    file.parent.mkdir(parents=True)
    rules = '[[reading]]\nuntil = 2026-03-01\nlead = ".mo-bai"\n[[reading]]\nlead = ".khac"\n'
    file.write_text(f'name = "Báo"\nhome = "https://baovidu.example/"\n{rules}', encoding="utf-8")
    leads = []
    for day in ("2026-03-01", "2026-03-02"):
        words = ("try", "a.html", "--url", "https://baovidu.example/a-post1.html", "--on", day, "--json")
        leads += [record["lead"] for record in here(*words, cwd=tmp_path).records]
    assert leads == [f"{LEAD} thứ 1.", ""]
    assert "--on 'hôm qua' is no day" in fault(here("try", "a.html", "--on", "hôm qua", cwd=tmp_path))


def test_a_rule_that_picks_nothing_any_more_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(weak(1), encoding="utf-8")
    file = tmp_path / "seeds" / "bao" / "site.toml"
    file.parent.mkdir(parents=True)
    file.write_text('name = "Báo"\nhome = "https://baovidu.example/"\n[[reading]]\nlead = ".khac"\n', encoding="utf-8")
    said = here("try", "--explain", "a.html", "--url", "https://baovidu.example/a-post1.html", cwd=tmp_path)
    assert "# the rule in force picks nothing on any page for: lead" in said.lines
    assert any("with an `until`" in line for line in said.lines)
    assert tomllib.loads(said.out) == {"reading": [{"lead": ".mo-bai"}]}
