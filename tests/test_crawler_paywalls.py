"""A page that shows the beginning of an article is told from one that merely sells subscriptions."""

import json

import pytest

from crawler.pages.paywalls import find_paywall
from crawler.pages.reading import read
from crawler.pages.tree import load
from crawler.rules import Rules

BEGUN = "Sáng 11/3, thành phố khởi công tuyến đường nối ba quận phía nam với sân bay mới, và theo kế hoạch"
WHOLE = f"{BEGUN} thì việc thi công sẽ xong trong hai năm."
BOX = "<div class='box'><h3>Đăng ký gói hội viên để đọc tiếp bài viết</h3><button>Mua gói</button></div>"
SELLS = "<aside class='paywall-box'><p>Trở thành hội viên của Báo Ví Dụ từ 49.000 đồng một tháng.</p></aside>"
CLOSED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": %s}</script>'


def paywall(*blocks: str, box: str = "", head: str = "") -> str:
    text = "".join(f"<p>{block}</p>" for block in blocks)
    return find_paywall(load(f"<html><head>{head}</head><body>{text}{box}</body></html>"), blocks=blocks)


@pytest.mark.parametrize("no", ["false", '"False"', '"http://schema.org/False"'])
def test_a_closed_page_whose_text_breaks_off_is_one(no: str) -> None:
    assert paywall(f"{BEGUN}…", head=CLOSED % no).startswith("paywall: the page says that it is not free")


def test_a_teaser_with_the_words_of_a_wall_is_one() -> None:
    assert paywall(f"{BEGUN}...", box=BOX) == "paywall: 'Đăng ký gói hội viên để đọc tiếp'"
    assert paywall(WHOLE, box=BOX, head=CLOSED % "false") == "paywall: 'Đăng ký gói hội viên để đọc tiếp'"
    assert paywall(BEGUN, box=BOX).endswith("and the text breaks off")


@pytest.mark.parametrize(
    "words",
    [
        "Subscribe now to continue reading this story.",
        "Sign in to read the full article",
        "This article is for subscribers",
        "Bài viết này dành riêng cho hội viên.",
        "Jetzt mit Abo weiterlesen",
        "Abonnez-vous pour lire la suite",
        "Il vous reste 78 % de cet article à lire",
        "Suscríbete para seguir leyendo",
        "Assine para continuar lendo",
    ],
)
def test_walls_are_known_in_several_languages(words: str) -> None:
    assert paywall(f"{BEGUN}…", box=f"<div><p>{words}</p></div>").startswith("paywall: ")


@pytest.mark.parametrize(
    ("blocks", "box", "head"),
    [
        ((WHOLE,), SELLS, ""),
        ((BEGUN, WHOLE), BOX, ""),
        ((WHOLE, "— Ban quản lý dự án đường phía nam thành phố, ngày 11/3/2026"), BOX, ""),
        ((WHOLE,), "", CLOSED % "false"),
        ((WHOLE,), SELLS, CLOSED % "false"),
        ((WHOLE,), BOX, ""),
        ((WHOLE,), BOX, CLOSED % "true"),
        ((f"{BEGUN}…",), SELLS, ""),
        ((WHOLE,) * 12, BOX, CLOSED % "false"),
    ],
)
def test_a_whole_article_that_sells_subscriptions_is_none(blocks: tuple[str, ...], box: str, head: str) -> None:
    assert paywall(*blocks, box=box, head=head) == ""


def test_what_is_said_to_be_closed_and_stands_in_the_page_is_open() -> None:
    part = {"isAccessibleForFree": False, "hasPart": {"isAccessibleForFree": False, "cssSelector": ".full"}}
    head = f'<script type="application/ld+json">{json.dumps(part)}</script>'
    box = f"<div class='full'>{WHOLE} {WHOLE}</div>"
    assert paywall(f"{WHOLE} {BEGUN}…", box=box, head=head) == ""
    assert paywall(f"{WHOLE} {BEGUN}…", head=head) != ""


def test_such_a_page_reads_as_suspect_with_the_reason() -> None:
    text = f"<article><h1>Khởi công</h1><p>{WHOLE}</p><p>{BEGUN}…</p>{BOX}</article>"
    page = f"<html><head><title>Khởi công</title></head><body>{text}</body></html>"
    reading = read(page.encode(), "https://baovidu.example/a-post100.html", "text/html; charset=utf-8", Rules())
    assert reading.suspect.startswith("paywall: ")
