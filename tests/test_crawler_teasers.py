"""What points to other articles goes, and what only looks like it stays."""

from crawler.pages.reading import read
from crawler.rules import Rules
from storage.records import BlockKind


def paragraphs(count: int) -> str:
    return "".join(
        f"<p>Đoạn {n} của bài: chợ cá dời ra bến mới từ đầu tháng, sức chứa tăng gấp đôi.</p>" for n in range(count)
    )


def test_a_list_of_links_under_a_heading_goes_with_all_that_runs_together_in_its_items() -> None:
    items = "".join(
        f"<li><a href='/bai-{n}.html'><img src='/a{n}.jpg'></a><span>Cảnh bến cá buổi sớm ngày thứ {n}.</span>"
        f"<a href='/bai-{n}.html'>Chuyện ở bến cá, kỳ {n}</a>"
        f"<p>Bài thứ {n} kể chuyện ngư dân về bến mới sau mùa mưa bão.</p></li>"
        for n in range(1, 7)
    )
    body = f"{paragraphs(6)}<h2>Có thể bạn quan tâm</h2><ul>{items}</ul>"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text[:6] for block in reading.article.body] == [f"Đoạn {n}" for n in range(6)]


def test_a_list_of_the_article_under_an_ordinary_heading_stays() -> None:
    items = "".join(
        f"<li>Hạng mục {n}: <a href='/ho-so-{n}.html'>hồ sơ</a> và tiến độ từng tháng.</li>" for n in range(4)
    )
    body = f"{paragraphs(4)}<h2>Các hạng mục</h2><ul>{items}</ul>{paragraphs(3)}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert sum(block.kind is BlockKind.LIST_ITEM for block in reading.article.body) == 4
