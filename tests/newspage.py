"""A small news page to read: headline, header lines, three paragraphs, teasers with dates and names of their own."""

from lxml.html import HtmlElement

from crawler.pages.metadata import Metadata, read_metadata
from crawler.pages.tree import load
from crawler.rules import Rules

URL = "https://baovidu.example/ban-nam-luc-don-dien-post101.html"
TITLE = "Bản trên mây Nậm Lúc đón điện lưới sau mười năm chờ đợi"
PARAGRAPHS = (
    "Ngày 11/3, người dân bản Nậm Lúc đã đón dòng điện lưới đầu tiên, khi trạm biến áp cuối cùng được đóng điện.",
    "Theo Phó Chủ tịch xã Giàng A Páo, hơn một trăm hộ dân nay không còn phải dùng đèn dầu như mười năm trước.",
    "Trước đó, ngày 21/2/2025, đoàn công tác của huyện đã kiểm tra tiến độ kéo dây qua ba con suối của xã.",
)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
TEASERS = (
    '<section class="more"><h2>Có thể bạn quan tâm</h2>'
    + "".join(
        f'<article class="story"><h3><a href="/bai-khac-post{n}.html">Một bài báo khác của tỉnh, số {n}</a></h3>'
        f'<time datetime="2026-01-{10 + n}T08:00:00+07:00">{10 + n}/01/2026</time>'
        f'<span class="author">Hà Văn Sếnh</span><p>Tóm tắt của bài khác số {n}, một đoạn đủ dài để trông '
        "như một đoạn văn của chính bài báo này.</p></article>"
        for n in range(1, 6)
    )
    + "</section>"
)
TOP = (
    '<header class="site-header"><a href="/">Báo Ví Dụ</a><div class="today">Thứ Tư, 28/01/2026 10:11</div>'
    '<nav><a href="/">Trang chủ</a><a href="/xa-hoi/">Xã hội</a><a href="/kinh-te/">Kinh tế</a></nav></header>'
)
FOOT = (
    "<footer><p>Báo Ví Dụ. Giấy phép số 12/GP cấp ngày 05/01/2020.</p>"
    "<p>Tổng biên tập: <strong>Tráng Thị Dợ</strong></p></footer>"
)


def page(main: str, head: str = "", language: str = "vi", title: str = TITLE) -> str:
    """A whole page with `main` between the site's header and the teasers."""
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title} | Báo Ví Dụ</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Báo Ví Dụ">'
        f'<meta name="author" content="Báo Ví Dụ">{head}</head>'
        f"<body>{TOP}<main>{main}{TEASERS}</main>{FOOT}</body></html>"
    )


def article(header: str = "", after: str = "", before: str = "") -> str:
    return f"<article>{before}<h1>{TITLE}</h1>{header}{BODY}{after}</article>"


def json_ld(**fields: str) -> str:
    """A JSON-LD article; each value is JSON."""
    members = ", ".join(f'"{name}": {value}' for name, value in fields.items())
    return (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
        f'"headline": "{TITLE}", "publisher": {{"@type": "Organization", "name": "Báo Ví Dụ"}}, {members}}}</script>'
    )


def read(html: str, url: str = URL, rules: Rules | None = None) -> Metadata:
    return read_metadata(load(html), url, rules or Rules())


def texts(elements: tuple[HtmlElement, ...]) -> list[str]:
    return [" ".join(element.text_content().split()) for element in elements]
