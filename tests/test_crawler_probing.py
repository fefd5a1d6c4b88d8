"""How a site that answers 200 to everything is found out, over real HTTP."""

import re
from urllib.parse import urlsplit

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from crawler.finding.probing import impossible_url
from storage.queries import Queries
from storage.records import Outcome
from tests.crawling import article, crawl, feed_of, paths, site_at

HTML = "text/html; charset=utf-8"
APOLOGY = (
    "Mời bạn đọc các bài đáng chú ý nhất trong ngày do ban biên tập chọn, từ thời sự, kinh tế đến văn hóa và thể thao.",
    "Báo Thử ra mắt năm 1990, mỗi ngày có hơn hai trăm tin bài mới từ bốn mươi phóng viên thường trú ở các tỉnh.",
)
SOFT = (
    "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>Báo Thử xin kính chào bạn đọc</title></head><body>"
    f"<article><h1>Báo Thử xin kính chào bạn đọc</h1>{''.join(f'<p>{text}</p>' for text in APOLOGY * 2)}</article>"
    "</body></html>"
)


@pytest.mark.parametrize(
    ("url", "like"),
    [
        (
            "https://a.example/xa-hoi/lu-lon-o-ha-post917655.html?x=1",
            r"/xa-hoi/khong-co-trang-nay-abc-post000000\.html",
        ),
        ("https://a.example/2025/03/mua-lon", r"/2025/03/khong-co-trang-nay-abc"),
        ("https://a.example/tin/123456", r"/tin/khong-co-trang-nay-abc-000000"),
        ("https://a.example/", r"/khong-co-trang-nay-abc"),
    ],
)
def test_the_url_is_like_an_articles_and_is_none(url: str, like: str) -> None:
    made = impossible_url(url, "abc")
    assert re.fullmatch(r"https://a\.example" + like, made), made


class Soft:
    """A site that answers 200 with its apology to whatever it does not have."""

    def __init__(self, web: HTTPServer, archive: str, apology: str = SOFT, status: int = 200) -> None:
        self.web, self.archive, self.apology, self.status = web, archive, apology, status
        self.pages = {f"/bai-{number}-post{number}00.html": article(number) for number in (1, 2, 3)}
        web.expect_request("/robots.txt").respond_with_data("", status=404)
        web.expect_request("/rss").respond_with_data(feed_of([web.url_for(path) for path in self.pages]))
        web.expect_request(re.compile(r"^/(bai|khong)-")).respond_with_handler(self.answer)
        self.site = site_at(web.url_for("/"), discover={"feeds": [web.url_for("/rss")]})

    def answer(self, request: Request) -> Response:
        html = self.pages.get(request.path)
        return Response(html or self.apology, status=200 if html else self.status, content_type=HTML)

    def crawl(self) -> dict[str, tuple[Outcome, str]]:
        report = crawl(self.archive, self.site, force=True)
        assert not report.faults
        return {urlsplit(visit.url).path: (visit.outcome, visit.note) for visit in report.visits}

    @property
    def probes(self) -> list[str]:
        return [path for path in paths(self.web) if path.startswith("/khong-co-trang-nay")]


def test_an_article_that_is_replaced_by_the_sites_apology_is_suspect(web: HTTPServer, archive: str) -> None:
    soft = Soft(web, archive)
    soft.crawl()
    del soft.pages["/bai-2-post200.html"]
    outcome, note = soft.crawl()["/bai-2-post200.html"]
    assert outcome is Outcome.SUSPECT
    assert "this site says 'Báo Thử xin kính chào bạn đọc' of a page that cannot exist" in note
    assert soft.crawl()["/bai-1-post100.html"][0] is Outcome.IDENTICAL


def test_an_apology_under_the_articles_own_title_is_known_by_its_text(web: HTTPServer, archive: str) -> None:
    soft = Soft(web, archive)
    soft.crawl()
    del soft.pages["/bai-2-post200.html"]
    soft.apology = SOFT.replace("Báo Thử xin kính chào bạn đọc", "Khởi công tuyến đường số 2")
    outcome, note = soft.crawl()["/bai-2-post200.html"]
    assert (outcome, note) == (
        Outcome.SUSPECT,
        "not-found page: this site says the same of a page that cannot exist",
    )


def test_a_title_that_articles_have_too_tells_nothing(web: HTTPServer, archive: str, queries: Queries) -> None:
    soft = Soft(web, archive, SOFT.replace("Báo Thử xin kính chào bạn đọc", "Khởi công tuyến đường số 1"))
    soft.crawl()
    assert queries.memory("bao").missing[0] == 0
    stamped = soft.pages["/bai-1-post100.html"].replace("</body>", "<!-- 2 --></body>")
    soft.pages["/bai-1-post100.html"] = stamped
    assert soft.crawl()["/bai-1-post100.html"][0] is Outcome.SAME


def test_a_site_that_says_not_found_teaches_nothing(web: HTTPServer, archive: str, queries: Queries) -> None:
    soft = Soft(web, archive, status=404)
    soft.crawl()
    assert len(soft.probes) == 1
    assert queries.memory("bao").missing == ()


def test_a_site_is_probed_once_a_week_and_not_when_only_some_urls_are_wanted(web: HTTPServer, archive: str) -> None:
    soft = Soft(web, archive)
    crawl(archive, soft.site, [web.url_for("/bai-1-post100.html")])
    assert soft.probes == []
    soft.crawl()
    soft.crawl()
    assert len(soft.probes) == 1


def test_the_probe_is_no_visit(web: HTTPServer, archive: str, queries: Queries) -> None:
    soft = Soft(web, archive)
    assert sorted(soft.crawl()) == sorted(soft.pages)
    assert {page.url for page in queries.pages()} == {web.url_for(path) for path in soft.pages}
