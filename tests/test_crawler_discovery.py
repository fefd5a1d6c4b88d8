import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.finding.discovery import found_in, sources_of
from crawler.finding.found import SourceKind, SourceLink
from crawler.sites import Site
from crawler.urls import same_site

SITE = Site.model_validate({"key": "baovidu", "name": "Báo Ví Dụ", "home": "https://baovidu.example/"})
URL = "https://baovidu.example/x"
ARTICLE = "https://baovidu.example/mot-bai-viet-post101.html"
RSS = f"<rss version='2.0'><channel><item><link>{ARTICLE}</link></item></channel></rss>".encode()
SITEMAP = f"<?xml version='1.0'?><urlset><url><loc>{ARTICLE}</loc></url></urlset>".encode()
PAGE = f"<!doctype html><html><body><a href='{ARTICLE}'>a</a></body></html>".encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [("feed", RSS), ("sitemap", SITEMAP), ("section", PAGE), ("home", PAGE), ("feed", SITEMAP), ("sitemap", RSS)],
)
def test_what_the_body_is_decides_how_it_is_read(kind: SourceKind, body: bytes) -> None:
    found = found_in(kind, body, "text/html", URL, SITE)
    assert [link.url for link in found.articles] == [ARTICLE]
    assert found.fault == ""


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_page_in_the_place_of_a_feed_is_told(kind: SourceKind) -> None:
    found = found_in(kind, PAGE, "application/xml", URL, SITE)
    assert found.articles == ()
    assert found.fault == f"not a {kind}: an HTML page"


@pytest.mark.parametrize("kind", ["feed", "sitemap", "section", "home"])
def test_an_empty_body_is_told(kind: SourceKind) -> None:
    assert found_in(kind, b" \n", "", URL, SITE).fault == "empty"


def test_the_home_page_is_looked_at_where_the_file_names_no_source() -> None:
    assert sources_of(SITE) == (SourceLink(kind="home", url="https://baovidu.example/"),)


def test_the_sources_of_a_site_come_feeds_first() -> None:
    site = Site.model_validate(
        {
            **SITE.model_dump(),
            "key": "b",
            "discover": {"sections": [URL], "feeds": [URL + "f"], "sitemaps": [URL + "s"]},
        }
    )
    assert [(source.kind, source.url) for source in sources_of(site)] == [
        ("feed", URL + "f"),
        ("sitemap", URL + "s"),
        ("section", URL),
    ]


def test_a_feed_that_begins_like_gzip_and_is_none_is_a_fault() -> None:
    assert found_in("feed", b"\x1f\x8b" + RSS, "", URL, SITE).fault


@settings(deadline=None, max_examples=150)
@given(
    kind=st.sampled_from(["feed", "sitemap", "section", "home"]),
    body=st.sampled_from([RSS, SITEMAP, PAGE]),
    cut=st.integers(min_value=0, max_value=120),
    noise=st.binary(max_size=12),
    content_type=st.sampled_from(["", "text/html", "application/xml; charset=nonsense", "text/html; charset=utf-16"]),
)
def test_a_mangled_body_gives_links_of_the_site_or_a_fault_and_no_surprise(
    kind: SourceKind, body: bytes, cut: int, noise: bytes, content_type: str
) -> None:
    found = found_in(kind, body[:cut] + noise + body[cut:], content_type, URL, SITE)
    assert all(same_site(SITE.home, link.url) for link in found.articles)
