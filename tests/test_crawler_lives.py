"""What is said of an author in a box is no text of the article, wherever the box stands."""

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules

URL = "https://baovidu.example/ben-ca.html"
TEXT = [f"Đoạn {n} của bài: bến cá mới nhận thêm tàu từ đầu tháng, sức chứa tăng gấp đôi." for n in range(8)]
LIFE = "Lê Thu Hà theo nghề báo từ năm 2009 và viết về biển."
PORTRAIT = "<img src='/h.jpg' alt='Lê Thu Hà'>"
BELOW = "<div class='k3'><a href='/a'>Chợ đêm đông khách trở lại sau kỳ nghỉ dài ngày</a></div>" * 3


def body_of(box: str) -> list[str]:
    """The text of an article by Lê Thu Hà with a box after its sixth paragraph, and links at its end."""
    told = [f"<p>{text}</p>" for text in TEXT]
    article = "".join((*told[:6], box, *told[6:], BELOW))
    html = (
        "<html lang='vi'><head><meta name='author' content='Lê Thu Hà'></head>"
        f"<body><h1>Bến cá mới đón tàu</h1><article>{article}</article></body></html>"
    )
    reading = read(html.encode(), URL, "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert reading.article.authors == ("Lê Thu Hà",)
    return [block.text for block in reading.article.body]


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='x1'>{PORTRAIT}<div><a href='/author/h' class='x2'>Lê Thu Hà</a><p>{LIFE}</p></div></div>",
        f"<div class='x1'>{PORTRAIT}<p>{LIFE}</p></div>",
        f"<section><h4>Người viết</h4><a href='/tac-gia/ha'>LÊ THU HÀ</a><p>{LIFE}</p></section>",
        f"<div class='x1'><p><a href='/tac-gia/ha'>Lê Thu Hà</a></p><div><p>{LIFE}</p></div></div>",
    ],
    ids=["portrait and link", "portrait", "label and link", "link deeper"],
)
def test_a_life_beside_a_portrait_or_the_name_as_a_link_goes_wherever_it_stands(box: str) -> None:
    assert body_of(box) == TEXT


@pytest.mark.parametrize(
    "line",
    [
        f"<p>{LIFE}</p>",
        f"<div><p>{LIFE}</p></div>",
        f"<div><img src='/h.jpg' alt='Bến cá lúc bình minh'><p>{LIFE}</p></div>",
        f"<div><p><a href='/a'>Trần Văn Nam</a></p><p>{LIFE}</p></div>",
        "<p>Lê Thu Hà đã hỏi <a href='/ong-nam'>ông Nam</a> điều đó ở bến sáng hôm ấy.</p>",
    ],
    ids=["paragraph", "box", "other picture", "other name", "sentence"],
)
def test_a_paragraph_that_begins_with_the_authors_name_stays_where_nothing_else_says_that_it_is_a_life(
    line: str,
) -> None:
    body = body_of(line)
    assert [text for text in body if text in TEXT] == TEXT
    assert any(text.startswith("Lê Thu Hà") and len(text.split()) > 6 for text in body)
