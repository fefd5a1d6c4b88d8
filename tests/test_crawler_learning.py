"""What a crawl learns of its site, and what that does to readings and edits, over real HTTP."""

import re
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from crawler.sites import Site
from storage.changes import EditStatus
from storage.queries import Queries
from storage.records import Outcome
from tests.crawling import article, crawl, site_at

HTML = "text/html; charset=utf-8"
PROMO = "Tòa nhà của báo nằm bên bờ sông, trước kia là kho muối, được sửa lại thành nơi làm việc của tám mươi người."
OTHER_PROMO = (
    "Năm nay báo tròn ba mươi lăm tuổi, và bức tường lịch sử ở sảnh chính đã được vẽ lại bằng tranh của học trò."
)


def _page(number: int, promo: str, digit: str = "") -> str:
    own = article(number, digit)
    return own.replace("</article>", f"<p>{promo}</p></article>")


class Paper:
    """A site whose articles all end with the same paragraph."""

    def __init__(self, web: HTTPServer, archive: str, queries: Queries) -> None:
        self.web, self.archive, self.queries = web, archive, queries
        self.site: Site = site_at(web.url_for("/"))
        self.pages: dict[str, str] = {}
        web.expect_request(re.compile(r"^/bai-")).respond_with_handler(self.answer)

    def crawl(self, *pages: str) -> list[Outcome]:
        for number, html in enumerate(pages):
            self.pages[f"/bai-{number}-post{number}.html"] = html
        urls = [self.web.url_for(path) for path in self.pages]
        report = crawl(self.archive, self.site, urls)
        assert not report.faults
        by_url = {visit.url: visit.outcome for visit in report.visits}
        return [by_url[url] for url in urls]

    def answer(self, request: Request) -> Response:
        html = self.pages.get(request.path)
        return Response(html or "none", status=200 if html else 404, content_type=HTML)

    def texts(self, number: int, version: int = 1) -> list[str]:
        page = self.queries.page(self.web.url_for(f"/bai-{number}-post{number}.html"))
        assert page is not None
        return [block.text for block in self.queries.article(page.id, version).body]


def test_from_the_second_page_on_what_they_share_is_no_part_of_them(
    web: HTTPServer, archive: str, queries: Queries
) -> None:
    paper = Paper(web, archive, queries)
    paper.crawl(_page(0, PROMO))
    assert paper.texts(0)[-1] == PROMO
    paper.crawl(_page(0, PROMO), _page(1, PROMO))
    assert PROMO not in paper.texts(0) + paper.texts(1)
    assert [len(paper.texts(0)), len(paper.texts(1))] == [5, 5]


def test_learning_is_no_edit(web: HTTPServer, archive: str, queries: Queries) -> None:
    paper = Paper(web, archive, queries)
    paper.crawl(_page(0, PROMO))
    paper.crawl(_page(0, PROMO), _page(1, PROMO), _page(2, PROMO))
    stamped = [_page(number, PROMO).replace("</body>", "<!-- 2 --></body>") for number in range(3)]
    assert paper.crawl(*stamped) == [Outcome.SAME] * 3
    assert list(queries.edits()) == []


def test_an_edit_of_the_article_is_seen_through_all_that(web: HTTPServer, archive: str, queries: Queries) -> None:
    paper = Paper(web, archive, queries)
    pages = [_page(number, PROMO) for number in range(3)]
    paper.crawl(*pages)
    assert paper.crawl(pages[0].replace("vốn 1 tỷ", "vốn 9 tỷ"), *pages[1:])[0] is Outcome.CHANGED
    [edit] = queries.edits()
    assert (edit.removed, edit.added) == (("1",), ("9",))


def test_a_new_promotion_is_withdrawn_as_soon_as_another_article_has_it_too(
    web: HTTPServer, archive: str, queries: Queries
) -> None:
    paper = Paper(web, archive, queries)
    old, new = ([_page(number, promo) for number in range(4)] for promo in (PROMO, OTHER_PROMO))
    paper.crawl(*old)
    paper.crawl(new[0], *old[1:])  # for now it could be an edit of this article
    assert [edit.status for edit in queries.edits()] == ["pending"]
    paper.crawl(*new)
    assert list(queries.edits()) == []
    assert [edit.url for edit in queries.edits(status=EditStatus.WITHDRAWN)] != []
    assert OTHER_PROMO not in paper.texts(0, 2)


def test_a_headline_test_is_known_as_one_though_the_site_teaches_more_meanwhile(
    web: HTTPServer, archive: str, queries: Queries
) -> None:
    paper = Paper(web, archive, queries)
    one, other = article(0), article(0).replace("Khởi công tuyến", "Chính thức khởi công tuyến")
    for number, html in enumerate((one, other, one, other, one), 1):
        paper.crawl(html, *(_page(n, (PROMO, OTHER_PROMO)[n % 2]) for n in range(1, 2 * number)))
    assert [edit.status for edit in queries.edits()] == ["variant"]


def test_a_field_that_the_newest_articles_lack_is_told_once(
    web: HTTPServer, archive: str, queries: Queries, caplog: pytest.LogCaptureFixture
) -> None:
    paper = Paper(web, archive, queries)
    signed = [article(n).replace("</h1>", '</h1><p class="author">Lò Thị Mai</p>') for n in range(22)]
    paper.crawl(*signed)
    assert queries.lost_fields("bao") == ()
    for count in (30, 31):
        paper.crawl(*signed, *(article(n) for n in range(22, count)))
    told = [record.getMessage() for record in caplog.records if "no authors any more" in record.getMessage()]
    assert len(told) == 1
    assert re.search(r"luutin try --explain http://\S+/bai-2\d-post2\d\.html http", told[0])
    assert queries.sites(datetime.now(UTC))[0].lost_fields == ("authors",)
    rest = [article(n).replace("</h1>", '</h1><p class="author">Lò Thị Mai</p>') for n in range(31, 39)]
    paper.crawl(*signed, *(article(n) for n in range(22, 31)), *rest)
    assert queries.lost_fields("bao") == ()


def test_a_crawl_that_stored_nothing_learns_nothing_anew(web: HTTPServer, archive: str, queries: Queries) -> None:
    paper = Paper(web, archive, queries)
    pages = [_page(number, PROMO) for number in range(2)]
    paper.crawl(*pages)
    assert queries.memory("bao").blocks
    paper.crawl(*pages)
    assert queries.to_learn("bao") is None
