import asyncio
import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from crawler.finding.homepages import site_name
from crawler.finding.sections import page_tree
from crawler.finding.sitedrafts import SiteDraft, site_file_text
from crawler.finding.sitefinding import SiteNotFoundError, find_site
from crawler.sitefiles import load_sites, site_of
from crawler.sites import is_article, rules_at
from storage.records import Response
from tests.ending import ended

SECTIONS = {"chinh-tri": "Chính trị", "the-thao": "Thể thao"}


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1") as running:
        yield running


async def fetch(url: str) -> Response | None:
    return await asyncio.to_thread(fetch_now, url)


def fetch_now(url: str) -> Response | None:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            status, final, headers, body = answer.status, answer.url, answer.headers.items(), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            status, final, headers, body = error.code, url, error.headers.items(), error.read()
    except OSError:
        return None
    return Response(
        requested_url=url, url=final, at=datetime(2025, 3, 11, tzinfo=UTC), request_head=b"", status=status, head=b"",
        headers=tuple(headers), body=body,
    )  # fmt: skip


def articles(prefix: str, count: int = 4) -> list[str]:
    return [f"/{prefix}/tin-{prefix}-so-{number}-post{number}.html" for number in range(101, 101 + count)]


def page(title: str, links: list[str], head: str = "") -> str:
    items = "".join(f'<h3><a href="{link}">Tin {number}</a></h3>' for number, link in enumerate(links))
    menu = "".join(f'<li><a href="/{key}/">{name}</a></li>' for key, name in SECTIONS.items())
    return f"""<!doctype html><html lang="vi-VN"><head><title>{title}</title>{head}</head><body>
    <nav><ul><li><a href="/">Trang chủ</a></li>{menu}<li><a href="/lien-he/">Liên hệ</a></li></ul></nav>
    <main>{items}</main><footer><a href="/rss">RSS</a></footer></body></html>"""


def rss(server: HTTPServer, links: list[str]) -> str:
    items = "".join(f"<item><title>Tin</title><link>{server.url_for(link)}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


def urlset(server: HTTPServer, links: list[str]) -> str:
    return "<urlset>" + "".join(f"<url><loc>{server.url_for(link)}</loc></url>" for link in links) + "</urlset>"


def serve(server: HTTPServer, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8") -> None:
    server.expect_request(path).respond_with_data(body, content_type=kind)


def serve_a_newspaper(server: HTTPServer) -> None:
    head = '<meta property="og:site_name" content="Báo Ví Dụ &quot;Mới&quot;">'
    serve(server, "/", page("Tin mới | Báo Ví Dụ", articles("chinh-tri"), head))
    for key, name in SECTIONS.items():
        serve(server, f"/{key}/", page(name, articles(key)))
    serve(server, "/lien-he/", page("Liên hệ", []))
    feeds = "".join(f'<a href="/rss/{key}.rss">{name}</a>' for key, name in SECTIONS.items())
    serve(server, "/rss", f"<!doctype html><html><body>{feeds}<a href='/rss/hong.rss'>x</a></body></html>")
    for key in SECTIONS:
        serve(server, f"/rss/{key}.rss", rss(server, articles(key)), "application/rss+xml")
    serve(server, "/rss/hong.rss", "<html><body>404</body></html>")
    serve(server, "/robots.txt", f"User-agent: *\nSitemap: {server.url_for('/so-do.xml')}\n", "text/plain")
    children = "".join(
        f"<sitemap><loc>{server.url_for(path)}</loc></sitemap>" for path in ("/news.xml.gz", "/2019.xml")
    )
    serve(server, "/so-do.xml", f"<sitemapindex>{children}</sitemapindex>", "application/xml")
    serve(server, "/news.xml.gz", gzip.compress(urlset(server, articles("the-thao")).encode()), "application/gzip")


def test_a_home_page_leads_to_all_that_a_site_file_needs(server: HTTPServer, tmp_path: Path) -> None:
    serve_a_newspaper(server)
    draft = asyncio.run(find_site(server.url_for("/"), fetch))
    assert draft.name == 'Báo Ví Dụ "Mới"'
    assert draft.language == "vi"
    assert draft.timezone == "Asia/Ho_Chi_Minh"
    assert draft.feeds == tuple(server.url_for(f"/rss/{key}.rss") for key in SECTIONS)
    assert draft.sitemaps == (server.url_for("/news.xml.gz"),)
    assert draft.sections == tuple(server.url_for(f"/{key}/") for key in SECTIONS)
    assert draft.articles == (r"-post\d+\.html$",)
    assert draft.key == f"127.0.0.1-{server.port}"
    assert draft.allow_private
    folder = tmp_path / draft.key
    folder.mkdir()
    (folder / "site.toml").write_text(site_file_text(draft), "utf-8")
    site = load_sites(tmp_path)[draft.key]
    assert (site.name, site.discover.feeds, site.discover.articles) == (draft.name, draft.feeds, draft.articles)


def test_feeds_and_sitemaps_are_looked_for_at_well_known_places(server: HTTPServer) -> None:
    serve(
        server,
        "/",
        "<html lang=en><title>The Example - Latest news</title><a href='/2025/03/11/a/'>A story</a></html>",
    )
    links = [f"/2025/03/11/story-{word}/" for word in ("one", "two", "three")]
    serve(server, "/feed", rss(server, links), "application/rss+xml")
    serve(server, "/sitemap.xml", urlset(server, links), "application/xml")
    draft = asyncio.run(find_site(server.url_for("/"), fetch))
    assert draft.feeds == (server.url_for("/feed"),)
    assert draft.sitemaps == (server.url_for("/sitemap.xml"),)
    assert draft.articles == (r"/\d{4}/\d{2}/\d{2}/",)
    assert (draft.name, draft.language, draft.timezone) == ("The Example", "en", "")


def test_a_robots_txt_of_empty_lines_does_not_hold_up_who_looks_for_its_sitemaps(server: HTTPServer) -> None:
    links = [f"/2025/03/11/story-{word}/" for word in ("one", "two", "three")]
    serve(server, "/", "<html lang=en><title>The Example</title><a href='/2025/03/11/a/'>A story</a></html>")
    serve(server, "/robots.txt", f" Sitemap : {server.url_for('/all.xml')}" + "\n" * 1_000_000 + "x", "text/plain")
    serve(server, "/all.xml", urlset(server, links), "application/xml")
    assert ended(_sitemaps, server.url_for("/")) == (server.url_for("/all.xml"),)


def _sitemaps(url: str) -> tuple[str, ...]:
    return asyncio.run(find_site(url, fetch)).sitemaps


def test_a_section_that_is_named_is_kept_with_its_articles(server: HTTPServer) -> None:
    links = [f"/dia-phuong/{number}-tin-xa.htm" for number in range(70001, 70005)]
    serve(server, "/dia-phuong/", page("Địa phương", links))
    serve(server, "/rss.xml", rss(server, articles("chinh-tri")), "application/rss+xml")
    draft = asyncio.run(find_site(server.url_for("/dia-phuong/"), fetch))
    assert draft.feeds == (server.url_for("/rss.xml"),)
    assert draft.sections == (server.url_for("/dia-phuong/"),)
    assert all(is_article(site_of(site_file_text(draft), draft.key, "x"), server.url_for(link)) for link in links)


def test_a_page_that_is_named_and_no_section_is_told(server: HTTPServer) -> None:
    serve(server, "/dia-phuong/", page("Địa phương", []))
    serve(server, "/rss.xml", rss(server, articles("chinh-tri")), "application/rss+xml")
    draft = asyncio.run(find_site(server.url_for("/dia-phuong/"), fetch))
    assert draft.sections == ()
    assert "The page that was named links to no article, so it is not among the sections." in draft.notes


def test_a_page_that_points_nowhere_still_makes_a_site_file(server: HTTPServer) -> None:
    serve(server, "/", "<html><body><p>Xin chào</p></body></html>")
    draft = asyncio.run(find_site(server.url_for("/"), fetch))
    assert (draft.feeds, draft.sitemaps, draft.sections, draft.articles) == ((), (), (), ())
    text = site_file_text(draft)
    assert "No feed, sitemap or section" in text
    assert site_of(text, draft.key, "x").name == f"127.0.0.1:{server.port}"


def test_a_home_page_that_is_a_pdf_is_told(server: HTTPServer) -> None:
    server.expect_request("/").respond_with_data(b"%PDF-1.4 x", content_type="application/pdf")
    with pytest.raises(SiteNotFoundError, match="the answer is a PDF, no page"):
        asyncio.run(find_site(server.url_for("/"), fetch))


def test_a_home_page_that_does_not_answer_is_told(server: HTTPServer) -> None:
    serve(server, "/", "")
    with pytest.raises(SiteNotFoundError, match="status 200 and 0 bytes"):
        asyncio.run(find_site(server.url_for("/"), fetch))
    with pytest.raises(SiteNotFoundError, match="status 500"):
        asyncio.run(find_site(server.url_for("/nowhere"), fetch))
    with pytest.raises(SiteNotFoundError, match="does not answer"):
        asyncio.run(find_site("http://127.0.0.1:1/", fetch))
    with pytest.raises(SiteNotFoundError, match="not a web address"):
        asyncio.run(find_site("ftp://baovidu.example/", fetch))


@pytest.mark.parametrize(
    "draft",
    [
        SiteDraft(key="a", name='Báo "Mới" \\ \n \x7f', home="https://a.example/", notes=("một\nhai",)),
        SiteDraft(key="a", name="A", home="https://a.example/", articles=(r"-post\d+\.html$", "/'\"/"), language="vi",
                  timezone="Asia/Ho_Chi_Minh", feeds=("https://a.example/rss?a=1&b='2'",), allow_private=True),
    ],
)  # fmt: skip
def test_the_text_of_a_draft_is_a_site_file(draft: SiteDraft) -> None:
    site = site_of(site_file_text(draft), draft.key, "x")
    assert (site.name, site.home, site.language, site.allow_private) == (
        draft.name, draft.home, draft.language, draft.allow_private
    )  # fmt: skip
    assert (site.discover.feeds, site.discover.articles) == (draft.feeds, draft.articles)
    assert site.timezone == (draft.timezone or "UTC")
    assert rules_at(site, date(2025, 3, 11)).timezone == draft.timezone


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tin tức 24h, đọc báo mới nhất - Báo Ví Dụ", "Báo Ví Dụ"),
        ("Báo Ví Dụ | Trang chủ", "Báo Ví Dụ"),
        ("Home – Bao Vi Du", "Bao Vi Du"),
        ("Ví Dụ", "Ví Dụ"),
        ("", ""),
    ],
)
def test_a_title_gives_the_name_that_is_like_the_host(title: str, name: str) -> None:
    root = page_tree(f"<title>{title}</title><p>x</p>".encode(), "text/html; charset=utf-8")
    assert site_name(root, "https://www.baovidu.vn/") == name
