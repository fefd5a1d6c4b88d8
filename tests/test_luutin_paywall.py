"""A page that never shows more than what stands above its paywall: watched all the same, and read anew."""

from pathlib import Path

from tests.commanding import Newspaper, article_page, here, newspaper

BEGINNING = "Sáng nay, tỉnh khởi công tuyến đường số 1 qua vùng núi, dài 12,5 km, nối bốn xã vùng cao với quốc lộ."
CUT = "Tổng vốn hơn 300 tỷ đồng, do ba nhà thầu cùng làm, và theo chủ đầu tư thì phần khó nhất của công trình là…"
REST = tuple(
    f"Đoạn thứ {number} của tuyến đường đi qua {number + 2} bản, phải dời {number + 20} nhà dân và hai trường học."
    for number in range(1, 9)
)
CLOSED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


def _behind_a_wall(title: str = "Khởi công tuyến đường qua vùng núi") -> str:
    return article_page(title, BEGINNING, CUT, head=CLOSED)


def _crawl(folder: Path, paper: Newspaper, page: str) -> str:
    paper.pages[paper.paths[0]] = page
    (visit,) = here("crawl", "--force", "--json", cwd=folder).records
    return str(visit["outcome"])


def test_a_page_behind_a_paywall_is_watched_once_it_was_seen_so_four_times(tmp_path: Path) -> None:
    with newspaper(1) as paper:
        paper.site_file(tmp_path / "seeds")
        assert [_crawl(tmp_path, paper, _behind_a_wall()) for _ in range(5)] == ["suspect"] * 3 + ["new", "identical"]
        assert _crawl(tmp_path, paper, _behind_a_wall("Khởi công tuyến đường xuyên vùng núi")) == "changed"
        assert [edit["kinds"] for edit in here("edits", "--json", cwd=tmp_path).records] == [["headline"]]
        assert here("reread", "--json", cwd=tmp_path).records == []
        whole = article_page("Khởi công tuyến đường xuyên vùng núi", BEGINNING, CUT.replace("…", " hầm."), *REST)
        assert _crawl(tmp_path, paper, whole) == "new"
        assert _crawl(tmp_path, paper, _behind_a_wall()) == "suspect"
        assert len(here("edits", "--json", cwd=tmp_path).records) == 1
        assert here("verify", cwd=tmp_path).status == 0


def test_a_rule_that_changes_what_is_read_above_a_paywall_is_no_edit(tmp_path: Path) -> None:
    with newspaper(1) as paper:
        paper.site_file(tmp_path / "seeds")
        for _ in range(4):
            _crawl(tmp_path, paper, _behind_a_wall())
        _crawl(tmp_path, paper, _behind_a_wall("Khởi công tuyến đường xuyên vùng núi"))
        path = tmp_path / "seeds" / "bao" / "site.toml"
        path.write_text(
            f'{path.read_text(encoding="utf-8")}\n[[reading]]\ndrop = ["article > p:first-of-type"]\n', encoding="utf-8"
        )
        read = here("reread", "--json", cwd=tmp_path).records
        assert [(one["version"], one["fields"], one["fault"]) for one in read] == [(1, ["body"], ""), (2, ["body"], "")]
        assert _crawl(tmp_path, paper, _behind_a_wall("Khởi công tuyến đường xuyên vùng núi ")) in {"same", "identical"}
        assert [edit["kinds"] for edit in here("edits", "--json", cwd=tmp_path).records] == [["headline"]]
