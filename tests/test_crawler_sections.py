from crawler.finding.found import FoundLink, SourceLink
from crawler.finding.sections import found_in_page
from crawler.sites import Site

SITE = Site.model_validate({"key": "baovidu", "name": "Báo Ví Dụ", "home": "https://baovidu.example/"})
SECTION = "https://baovidu.example/chinh-tri/"
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Chính trị</title>
<link rel="alternate" type="application/rss+xml" href="/rss/chinh-tri.rss">
<link rel="alternate" type="application/rss+xml" href="https://khac.example/rss">
<link rel="alternate" hreflang="en" href="/en/"></head><body>
<nav><a href="/">Trang chủ</a><a href="/the-thao/">Thể thao</a></nav>
<article><a href="/quoc-hoi-thong-qua-luat-post101.html?utm_source=x"><img alt="ảnh" src="a.jpg"></a>
<h2><a rel="nofollow" href="../quoc-hoi-thong-qua-luat-post101.html#top">Quốc hội <b>thông qua</b> Luật</a></h2>
</article>
<a href="//m.baovidu.example/gia-vang-tang-manh-post102.html" title="Giá vàng tăng mạnh"><img src="b.jpg"></a>
<a href="https://khac.example/quang-cao-mua-ngay-post103.html">Quảng cáo</a>
<a href="javascript:void(0)">x</a><a>y</a><a href="">z</a><a href="https://[">w</a>
</body></html>"""


def test_a_section_gives_its_articles_once_each_with_their_titles() -> None:
    found = found_in_page(PAGE.encode(), "text/html", SECTION, SITE)
    assert found.fault == ""
    assert found.articles == (
        FoundLink(url="https://baovidu.example/quoc-hoi-thong-qua-luat-post101.html", title="ảnh"),
        FoundLink(url="https://m.baovidu.example/gia-vang-tang-manh-post102.html", title="Giá vàng tăng mạnh"),
    )
    assert found.sources == (SourceLink(kind="feed", url="https://baovidu.example/rss/chinh-tri.rss"),)


def test_the_base_of_a_page_is_heeded() -> None:
    page = b'<base href="https://baovidu.example/tin/"><a href="mot-bai-viet-moi.html">a</a>'
    (link,) = found_in_page(page, "text/html", SECTION, SITE).articles
    assert link.url == "https://baovidu.example/tin/mot-bai-viet-moi.html"


def test_the_encoding_of_a_page_is_heeded() -> None:
    page = '<meta charset="utf-16le"><a href="/mot-bai-viet-moi.html">Giá vàng</a>'
    for body, kind in (
        ('<a href="/mot-bai-viet-moi.html">Giá vàng</a>'.encode(), "text/html"),
        ('<a href="/mot-bai-viet-moi.html">Giá vàng</a>'.encode("cp1258"), "text/html; charset=windows-1258"),
        (b"\xff\xfe" + page.encode("utf-16le"), "text/html"),
    ):
        (link,) = found_in_page(body, kind, SECTION, SITE).articles
        assert link.title == "Giá vàng"


def test_a_page_does_not_find_itself() -> None:
    page = b'<a href="#binh-luan">Xem</a><a href="?utm_source=x">Xem</a>'
    assert found_in_page(page, "", "https://baovidu.example/mot-bai-viet-moi.html", SITE).articles == ()


def test_an_unreadable_page_is_told() -> None:
    assert found_in_page(b"\x00\x01", "text/html", SECTION, SITE).fault != ""
