import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.finding.found import FoundLink, SourceLink
from crawler.finding.sitemaps import MAX_BYTES, found_in_sitemap, unpacked
from crawler.sites import Site

SITE = Site.model_validate(
    {"key": "baovidu", "name": "Báo Ví Dụ", "home": "https://baovidu.example/", "timezone": "Asia/Ho_Chi_Minh"}
)
URL = "https://baovidu.example/sitemap.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://baovidu.example/luat#x </loc>
<lastmod>2025-03-11T15:00:00Z</lastmod>
<image:image><image:loc>https://baovidu.example/anh-chup-tai-quoc-hoi-123456.html</image:loc>
<image:title>Ảnh</image:title></image:image>
<n:news><n:publication><n:name>Báo Ví Dụ</n:name></n:publication>
<n:publication_date>2025-03-11T20:25</n:publication_date>
<n:title>Quốc hội &amp; Luật</n:title></n:news></url>
<url><loc>https://baovidu.example/gia-vang-hom-nay-tang-post102.html</loc></url>
<url><loc>https://baovidu.example/chinh-tri/</loc></url>
<url><loc>https://khac.example/gia-vang-hom-nay-tang-post102.html</loc></url>
<url><lastmod>2025</lastmod></url>
</urlset>""".encode()
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://baovidu.example/news.xml.gz</loc><lastmod>2025-03-11</lastmod></sitemap>
<sitemap><loc>/old.xml</loc></sitemap><sitemap><loc>/old.xml</loc></sitemap><sitemap><loc>javascript:x</loc></sitemap></sitemapindex>"""
LUAT = FoundLink(
    url="https://baovidu.example/luat",
    title="Quốc hội & Luật",
    published=datetime(2025, 3, 11, 13, 25, tzinfo=UTC),
    modified=datetime(2025, 3, 11, 15, 0, tzinfo=UTC),
)
GIA_VANG = FoundLink(url="https://baovidu.example/gia-vang-hom-nay-tang-post102.html")


def test_news_entries_are_articles_and_others_have_to_look_like_one() -> None:
    found = found_in_sitemap(NEWS, URL, SITE)
    assert found.fault == ""
    assert found.articles == (LUAT, GIA_VANG)


def test_the_sites_patterns_go_before_the_news_mark() -> None:
    site = SITE.model_copy(update={"discover": SITE.discover.model_copy(update={"articles": (r"-post\d+\.html$",)})})
    assert found_in_sitemap(NEWS, URL, site).articles == (GIA_VANG,)


def test_an_index_points_to_sitemaps() -> None:
    found = found_in_sitemap(INDEX, URL, SITE)
    assert found.articles == ()
    assert found.sources == (
        SourceLink(
            kind="sitemap", url="https://baovidu.example/news.xml.gz", modified=datetime(2025, 3, 10, 17, tzinfo=UTC)
        ),
        SourceLink(kind="sitemap", url="https://baovidu.example/old.xml"),
    )


def test_a_sitemap_may_be_gzipped_or_plain_text_or_without_namespace() -> None:
    assert found_in_sitemap(gzip.compress(NEWS), URL, SITE).articles == (LUAT, GIA_VANG)
    text = f"\ufeff{GIA_VANG.url}\r\nhttps://baovidu.example/\r\nnot a url\r\n".encode()
    assert found_in_sitemap(text, URL, SITE).articles == (GIA_VANG,)
    bare = f"<urlset><url><loc>{GIA_VANG.url}</loc></url></urlset>".encode()
    assert found_in_sitemap(bare, URL, SITE).articles == (GIA_VANG,)
    wide = f'<?xml version="1.0" encoding="UTF-16"?><urlset><url><loc>{GIA_VANG.url}</loc></url></urlset>'.encode(
        "utf-16"
    )
    assert found_in_sitemap(wide, URL, SITE).articles == (GIA_VANG,)


@pytest.mark.parametrize(
    "broken",
    [
        NEWS.replace(b"Qu\xe1\xbb\x91c h\xe1\xbb\x99i &amp;", b"Qu\xe1\xbb\x91c h\xe1\xbb\x99i &"),
        NEWS[: NEWS.index(b"<url><loc>https://khac")],
        b"\n  " + NEWS,
        NEWS.replace(b"<lastmod>2025</lastmod>", b"<lochttp://a:b@c/>x"),
        NEWS.replace(b"<lastmod>2025</lastmod>", b"\x00\x07<x>&nbsp;</y>"),
    ],
)
def test_broken_xml_is_salvaged_and_told(broken: bytes) -> None:
    found = found_in_sitemap(broken, URL, SITE)
    assert [link.url for link in found.articles] == [LUAT.url, GIA_VANG.url]
    assert "broken XML" in found.fault


def test_a_mark_left_open_costs_one_entry_and_not_the_rest() -> None:
    found = found_in_sitemap(NEWS.replace(b"</n:title>", b""), URL, SITE)
    assert GIA_VANG in found.articles
    assert "broken XML" in found.fault


@pytest.mark.parametrize("body", [b"<html><body>no</body></html>", b"nothing here", b"<", b"\x1f\x8bxx", b"<a/>"])
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    found = found_in_sitemap(body, URL, SITE)
    assert found.articles == ()
    assert found.fault != ""


def test_a_gzipped_sitemap_that_breaks_off_gives_what_it_has() -> None:
    many = "".join(
        f"<url><loc>https://baovidu.example/bai-{hash(n)}-post{n}.html</loc></url>" for n in range(1000, 9000)
    )
    packed = gzip.compress(f"<urlset>{many}</urlset>".encode())
    found = found_in_sitemap(packed[: len(packed) // 2], URL, SITE)
    assert len(found.articles) > 1000
    assert found.fault == "cut short"


def test_a_gzip_bomb_is_not_unpacked_beyond_the_bound() -> None:
    packer = zlib.compressobj(wbits=31)
    million = b" " * 2**20
    bomb = b"".join(packer.compress(million) for _ in range(200)) + packer.flush()
    text, fault = unpacked(bomb)
    assert len(text) == MAX_BYTES
    assert "larger than" in fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://baovidu.example/mat-khau-cua-toi-post1.html")
    bomb = f"""<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{secret}">
    <!ENTITY a "{"a" * 100}"><!ENTITY b "{"&a;" * 100}">]>
    <urlset><url><loc>&x;</loc></url><url><loc>{GIA_VANG.url}?{"&b;" * 10}</loc></url></urlset>"""
    found = found_in_sitemap(bomb.encode(encoding), URL, SITE)
    assert found.articles == ()
    assert found.fault == "refused: the sitemap declares entities"
