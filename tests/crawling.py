"""What the tests of crawls share: pages to serve, a site on loopback, and one crawl of it."""

from typing import Any

from pytest_httpserver import HTTPServer

from crawler.frontdesk import Errand
from crawler.job import CrawlReport, run
from crawler.sites import Site


def paths(server: HTTPServer) -> list[str]:
    """The paths that a server was asked for, in their order."""
    return [request.full_path.rstrip("?") for request, _ in server.log]


def article(number: int, text: str = "") -> str:
    """A page with an article; each number another one."""
    paragraphs = "".join(
        f"<p>Đoạn {part} của bài {number}: tỉnh khởi công tuyến đường số {number * 7 + part}, dài {number + part} km, "
        f"vốn {number * 3 + part} tỷ đồng, dự kiến xong trong năm. {text}</p>"
        for part in range(1, 6)
    )
    return (
        "<!DOCTYPE html><html lang=vi><head><meta charset=utf-8>"
        f"<title>Khởi công tuyến đường số {number}</title></head>"
        f"<body><nav><a href=/>Trang chủ</a></nav><article><h1>Khởi công tuyến đường số {number}</h1>{paragraphs}"
        "</article><footer>Báo Thử</footer></body></html>"
    )


def serve_articles(server: HTTPServer, count: int) -> list[str]:
    """Serve so many articles; gives their URLs."""
    html = "text/html; charset=utf-8"
    for number in range(count):
        server.expect_request(f"/bai-{number}-post{number}.html").respond_with_data(article(number), content_type=html)
    return [server.url_for(f"/bai-{number}-post{number}.html") for number in range(count)]


def feed_of(urls: list[str]) -> str:
    items = "".join(f"<item><title>{url}</title><link>{url}</link></item>" for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>'


def site_at(home: str, key: str = "bao", **fields: Any) -> Site:
    """A site on loopback, without a delay unless one is given."""
    pace = {"delay": 0, "timeout": 10.0} | fields.pop("pace", {})
    return Site.model_validate(
        {"key": key, "name": "Báo Thử", "home": home, "allow_private": True, "pace": pace} | fields
    )


def crawl(archive: str, site: Site, urls: list[str] | None = None, *, force: bool = False, **own: Any) -> CrawlReport:
    """One crawl of a site in this process; `own` are settings."""
    errand = Errand(urls=tuple(urls or ()), force=force)
    return run(site, errand, {"LUUTIN_ARCHIVE": archive, "LUUTIN_READERS": 1} | own)
