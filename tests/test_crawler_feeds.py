from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.finding.feeds import found_in_feed
from crawler.finding.found import FoundLink
from crawler.sites import Site

SITE = Site.model_validate(
    {"key": "baovidu", "name": "Báo Ví Dụ", "home": "https://baovidu.example/", "timezone": "Asia/Ho_Chi_Minh"}
)
FEED = "https://baovidu.example/rss/thoi-su.rss"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>Thời sự</title><link>https://baovidu.example/</link>
<item><title><![CDATA[Quốc hội thông qua <b>Luật</b> Đất đai &amp; Nhà ở]]></title>
<link>https://baovidu.example/luat-post101.html?utm_source=rss</link>
<pubDate>Tue, 11 Mar 2025 20:25:00 GMT+7</pubDate></item>
<item><title>Ngắn</title><guid isPermaLink="true">https://baovidu.example/x</guid></item>
<item><title>Nơi khác</title><link>https://quangcao.example/mua-ngay-hom-nay-post1.html</link></item>
<item><title>Lặp lại</title><link>https://baovidu.example/luat-post101.html</link></item>
<item><title>Không có liên kết</title></item>
</channel></rss>"""


def test_the_entries_of_a_feed_are_articles() -> None:
    found = found_in_feed(RSS.format(encoding="utf-8").encode(), "text/html; charset=utf-8", FEED, SITE)
    assert found.fault == ""
    assert found.articles == (
        FoundLink(
            url="https://baovidu.example/luat-post101.html",
            title="Quốc hội thông qua Luật Đất đai & Nhà ở",
            published=datetime(2025, 3, 11, 13, 25, tzinfo=UTC),
        ),
        FoundLink(url="https://baovidu.example/x", title="Ngắn"),
    )


def test_the_sites_patterns_go_before_the_feed() -> None:
    site = SITE.model_copy(update={"discover": SITE.discover.model_copy(update={"articles": (r"-post\d+\.html$",)})})
    found = found_in_feed(RSS.format(encoding="utf-8").encode(), "", FEED, site)
    assert [link.url for link in found.articles] == ["https://baovidu.example/luat-post101.html"]


def test_an_atom_feed_gives_both_times_and_its_relative_links() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>One</title>
    <link rel="alternate" href="/one-more-story-today.html"/><published>2025-03-11T20:25:00+07:00</published>
    <updated>2025-03-11T21:00:00+07:00</updated></entry></feed>"""
    (link,) = found_in_feed(atom, "application/atom+xml", FEED, SITE).articles
    assert link.url == "https://baovidu.example/one-more-story-today.html"
    assert link.published == datetime(2025, 3, 11, 13, 25, tzinfo=UTC)
    assert link.modified == datetime(2025, 3, 11, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1258"])
def test_the_encoding_that_the_feed_declares_is_heeded(encoding: str) -> None:
    body = RSS.format(encoding=encoding).encode(encoding, "ignore")
    said = "Quốc hội thông qua Luật Đất đai & Nhà ở".encode(encoding, "ignore").decode(encoding)
    assert found_in_feed(body, "application/rss+xml", FEED, SITE).articles[0].title == said.strip()


def test_a_feed_that_breaks_off_gives_what_it_has_and_says_so() -> None:
    body = RSS.format(encoding="utf-8").encode()
    found = found_in_feed(body[: body.index(b"Ng\xe1\xba\xafn")], "application/xml", FEED, SITE)
    assert [link.url for link in found.articles] == ["https://baovidu.example/luat-post101.html"]
    assert found.fault.startswith("broken feed")


def test_what_is_no_feed_is_told() -> None:
    assert found_in_feed(b"just words", "text/plain", FEED, SITE).fault == "not a feed"


def test_a_body_that_spells_a_file_or_an_address_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(RSS.format(encoding="utf-8"))
    assert found_in_feed(str(path).encode(), "", FEED, SITE).articles == ()
    assert found_in_feed(b"http://127.0.0.1:9/feed.xml", "", FEED, SITE).articles == ()


def test_entities_do_not_grow_and_files_are_not_drawn_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mat-khau")
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f"""<!DOCTYPE rss [<!ENTITY e0 "ha">{layers}<!ENTITY f SYSTEM "file://{secret}">]>
    <rss version="2.0"><channel><item><title>&e9; &f;</title><link>https://baovidu.example/a-post1.html</link></item></channel></rss>"""
    found = found_in_feed(bomb.encode(), "application/xml", FEED, SITE)
    assert "mat-khau" not in str(found)
    assert len(str(found)) < 5000


def test_a_feed_that_the_parser_stumbles_over_is_told() -> None:
    body = b"<rss version='2.0'><channel><item><title>&#x110000; & <x</title></item></channel></rss>"
    assert found_in_feed(body, "", FEED, SITE).fault.startswith("broken feed")


def test_nothing_is_no_feed() -> None:
    assert found_in_feed(b"", "", FEED, SITE).fault == "not a feed"
