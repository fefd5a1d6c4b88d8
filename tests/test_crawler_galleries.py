"""Articles that are told below their pictures."""

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules

TOLD = tuple(f"Người thợ thứ {n} phơi hương trên sân đình từ lúc năm giờ sáng." for n in range(1, 5))
FIGURE = "<figure><img src='/a{0}.jpg'><figcaption>{1}</figcaption></figure>"
TOOLS = "<div class='tools'><span>Cỡ chữ lớn hơn</span><span>Cỡ chữ nhỏ hơn</span></div>"
TABLE = "<table class='picture'><tr><td><img src='/a{0}.jpg'></td></tr><tr><td class='caption'>{1}</td></tr></table>"


@pytest.mark.parametrize("form", [FIGURE, TABLE])
def test_the_captions_of_an_article_without_other_text_are_read_whatever_stands_above_them(form: str) -> None:
    gallery = "".join(form.format(n, text) for n, text in enumerate(TOLD))
    lead = "Làng hương vào vụ Tết, ba mươi hộ làm từ sáng sớm để kịp giao hàng."
    html = (
        f"<html lang='vi'><head><title>Làng hương vào vụ Tết</title><meta name='description' content='{lead}'></head>"
        f"<body><h1>Làng hương vào vụ Tết</h1><p class='sapo'>{lead}</p>{TOOLS}"
        f"<div class='content'>{gallery}</div></body></html>"
    )
    article = read(html.encode(), "https://a.example/lang-huong.html", "text/html; charset=utf-8", Rules()).article
    assert article is not None
    assert article.captions == TOLD
    assert len(article.images) == len(TOLD)


def test_a_label_below_the_pictures_of_such_an_article_is_no_text() -> None:
    gallery = "".join(f"<div class='row'>{FIGURE.format(n, text)}</div>" for n, text in enumerate(TOLD))
    lead = "Làng hương vào vụ Tết, ba mươi hộ làm từ sáng sớm để kịp giao hàng."
    star = "<div><span>Trở thành người đầu tiên tặng sao cho bài viết này của toà soạn</span><span>3362</span></div>"
    html = (
        f"<html lang='vi'><head><title>Làng hương vào vụ Tết</title><meta name='description' content='{lead}'></head>"
        f"<body><h1>Làng hương vào vụ Tết</h1><p class='sapo'>{lead}</p>{TOOLS}<div>{gallery}</div>{star}</body></html>"
    )
    article = read(html.encode(), "https://a.example/lang-huong.html", "text/html; charset=utf-8", Rules()).article
    assert article is not None
    assert article.captions == TOLD
    assert article.body == ()
