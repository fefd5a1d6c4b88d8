"""Which rules a capture is read by: those of its own day, in the site's zone, also when it is read anew later."""

from datetime import UTC, datetime, timedelta

from pytest_httpserver import HTTPServer

from crawler.sites import Site
from storage.queries import Queries
from storage.records import Outcome
from tests.crawling import crawl, site_at

PATH = "/khoi-cong-cau-nam-luc-post101.html"
MIDNIGHT = datetime(2026, 3, 1, 17, tzinfo=UTC)  # of 2 March in Vietnam
STORY = "".join(
    f"<p>Đoạn {part} của bài: tỉnh khởi công cây cầu số {part} qua suối Nậm Lúc, dài {part}0 mét, xong trong năm.</p>"
    for part in range(1, 6)
)
NOTE = "".join(
    f"<p>Ghi chú {part} của toà soạn về cách gửi bài, nhận nhuận bút và liên hệ với ban biên tập.</p>"
    for part in (1, 2)
)
OLD = f"<div class='cu'>{STORY}</div><div class='ghi-chu'>{NOTE}</div>"
NEW = f"<div class='ghi-chu-moi'>{NOTE.replace('Ghi chú', 'Lời nhắc')}</div><div class='moi'>{STORY}</div>"
RULES = [{"until": "2026-03-01", "body": ".cu"}, {"body": ".moi"}]


def page(main: str) -> str:
    return (
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Khởi công cây cầu</title><body>"
        f"<article><h1>Khởi công cây cầu qua suối Nậm Lúc</h1>{main}</article></html>"
    )


def site(web: HTTPServer, reading: list[dict[str, str]]) -> Site:
    return site_at(web.url_for("/"), timezone="Asia/Ho_Chi_Minh", reading=reading)


def crawled(archive: str, web: HTTPServer, rules: list[dict[str, str]], main: str, at: datetime) -> Outcome:
    """The outcome of a visit at a time to the page with that mark-up."""
    web.clear_all_handlers()
    web.expect_request(PATH).respond_with_data(page(main), content_type="text/html; charset=utf-8")
    (visit,) = crawl(archive, site(web, rules), [web.url_for(PATH)], LUUTIN_CLOCK=lambda: at).visits
    return visit.outcome


def body(queries: Queries, web: HTTPServer) -> list[str]:
    found = queries.page(web.url_for(PATH))
    assert found is not None
    return [block.text for block in queries.article(found.id, found.versions).body]


def test_on_the_last_day_of_a_rule_it_holds_until_midnight(archive: str, web: HTTPServer, queries: Queries) -> None:
    crawled(archive, web, [{"until": "2026-03-01", "body": ".ghi-chu"}], OLD, MIDNIGHT - timedelta(seconds=1))
    assert all(text.startswith("Ghi chú") for text in body(queries, web))


def test_at_midnight_the_next_rule_holds(archive: str, web: HTTPServer, queries: Queries) -> None:
    crawled(archive, web, [{"until": "2026-03-01", "body": ".ghi-chu"}, {"body": ".cu"}], OLD, MIDNIGHT)
    assert all(text.startswith("Đoạn") for text in body(queries, web))


def test_a_redesign_with_a_rule_before_and_after_is_no_edit(archive: str, web: HTTPServer) -> None:
    assert crawled(archive, web, RULES, OLD, MIDNIGHT - timedelta(hours=1)) is Outcome.NEW
    assert crawled(archive, web, RULES, NEW, MIDNIGHT + timedelta(hours=1)) is Outcome.SAME


def test_an_edit_made_with_a_redesign_is_noticed(archive: str, web: HTTPServer) -> None:
    edited = NEW.replace("dài 30 mét", "dài 35 mét")
    assert crawled(archive, web, RULES, OLD, MIDNIGHT - timedelta(hours=1)) is Outcome.NEW
    assert crawled(archive, web, RULES, edited, MIDNIGHT + timedelta(hours=1)) is Outcome.CHANGED


def test_an_old_capture_is_read_by_the_rule_of_its_day_when_that_rule_comes_later(
    archive: str, web: HTTPServer
) -> None:
    """The rules may be written down after the redesign: the old capture is then read anew, by the old one."""
    assert crawled(archive, web, [], OLD, MIDNIGHT - timedelta(hours=1)) is Outcome.NEW
    assert crawled(archive, web, RULES, NEW, MIDNIGHT + timedelta(hours=1)) is Outcome.SAME


def test_without_the_rule_of_then_the_redesign_would_be_an_edit(archive: str, web: HTTPServer) -> None:
    assert crawled(archive, web, RULES[1:], OLD, MIDNIGHT - timedelta(hours=1)) is Outcome.NEW
    assert crawled(archive, web, RULES[1:], NEW, MIDNIGHT + timedelta(hours=1)) is Outcome.CHANGED
