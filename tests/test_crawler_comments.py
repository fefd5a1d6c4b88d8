"""Readers' comments are found by their heading, and sections of that name are not."""

import pytest
from lxml.html import HtmlElement, document_fromstring

from crawler.pages.comments import find_comments
from crawler.pages.reading import read
from crawler.rules import Rules

STORY = "".join(
    f"<p>Đoạn thứ {number} kể rõ việc di dời chợ cá ra bến mới, chi phí và thời gian thi công từng hạng mục.</p>"
    for number in range(1, 6)
)


def page(below: str, above: str = "") -> str:
    return (
        f"<html lang='vi'><body>{above}<div><h1>Chợ cá dời ra bến mới</h1><div>{STORY}</div>{below}</div></body></html>"
    )


def marked(html: str) -> list[HtmlElement]:
    root = document_fromstring(html)
    headline = root.xpath("//h1")
    assert isinstance(headline, list)
    return list(find_comments(root, frozenset(element for element in headline if isinstance(element, HtmlElement))))


@pytest.mark.parametrize(
    "heading",
    ["Ý kiến bạn đọc (37)", "Bình luận (2)", "3 comments", "Comments (12)", "Kommentare 4", "Commentaires (9)"],
)
def test_a_counted_heading_opens_the_comments(heading: str) -> None:
    html = page(f"<div class='x1'><b class='t'>x</b></div><div class='x2'><div>{heading}</div><p>Tôi đồng ý.</p></div>")
    assert [element.get("class") for element in marked(html)] == ["x2"]


def test_a_heading_without_a_count_needs_a_field_to_write_in() -> None:
    assert marked(page("<div class='x2'><div>Bình luận</div><textarea></textarea><p>Hay quá.</p></div>"))
    assert not marked(page("<div class='x2'><div>Bình luận</div><p>Một bài bình luận của tòa soạn.</p></div>"))


def test_a_section_line_of_that_name_takes_no_article_with_it() -> None:
    html = f"<body><div><span>Bình luận</span><h1>Chợ cá dời ra bến mới</h1><form><input></form>{STORY}</div></body>"
    assert not marked(html)


def test_a_long_comment_is_no_paragraph_of_the_article() -> None:
    comment = "Con tôi đi học xa thêm 3 km, không biết nhà trường có bố trí xe đưa đón các cháu hay không?"
    below = (
        f"<div id='y-kien'><div>Ý kiến bạn đọc (<span>1</span>)</div><div><b>Bạn đọc</b><p>{comment}</p></div></div>"
    )
    reading = read(page(below).encode(), "https://baovidu.example/cho-ca-1.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert len(reading.article.body) == 5
    assert comment in [drop.text for drop in reading.dropped if drop.why == "comments"]


COUNTS = ("<ul><li><span>17,613 bình luận</span> <span>86 lượt xem</span></li></ul>", "<p>12 bình luận</p>")


@pytest.mark.parametrize("counts", COUNTS)
def test_a_count_of_comments_at_the_top_of_an_article_does_not_make_it_comments(counts: str) -> None:
    above = "<h1>Chợ cá dời ra bến mới</h1><p>Theo báo cáo của xã, bến cũ đóng cửa từ đầu tháng này để sửa chữa.</p>"
    (box,) = marked(f"<html lang='vi'><body>{above}<div class='x1'>{counts}{STORY}</div></body></html>") or [None]
    assert box is None or box.get("class") != "x1"


def test_comments_that_are_paragraphs_side_by_side_below_an_article_are_comments() -> None:
    said = "".join(f"<p>Ý kiến {n}: tôi thấy bến mới rộng hơn, nhưng đường ra đó còn xa và tối.</p>" for n in range(4))
    found = marked(page(f"<div class='x2'><h3>4 bình luận</h3>{said}</div>"))
    assert [element.get("class") for element in found] == ["x2"]


def test_how_often_a_quoted_post_was_liked_is_no_text() -> None:
    post = (
        "<blockquote class='post'><p>Ba tô phở hết hơn một triệu đồng.</p>— An <span>{} lượt thích</span></blockquote>"
    )
    texts = []
    for likes in (2355, 483):
        html = page("").replace("<p>Đoạn thứ 3", post.format(likes) + "<p>Đoạn thứ 3")
        article = read(html.encode(), "https://a.example/b", "text/html; charset=utf-8", Rules()).article
        assert article is not None
        texts.append([block.text for block in article.body])
    assert texts[0] == texts[1]
    assert any("Ba tô phở" in text for text in texts[0])


SAID = [f"Ý kiến thứ {n}: tôi thấy bến mới rộng hơn, nhưng đường ra đó còn xa và tối." for n in range(3)]
WRITTEN = "".join(f"<p>{text}</p>" for text in SAID)


def body(below: str, head: str = "") -> list[str]:
    html = f"<html lang='vi'><head>{head}</head><body><h1>Chợ cá dời ra bến mới</h1><div>{STORY}{below}</div></body>"
    article = read(html.encode(), "https://a.example/b", "text/html; charset=utf-8", Rules()).article
    return [block.text for block in article.body] if article else []


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>Ý kiến bạn đọc</h3>",
        "<h3>Bình luận</h3>",
        "<h4>Ý kiến (12)</h4>",
        "<p><b>Bình luận (2)</b></p>",
        "<h2>Comments</h2>",
        "<h3>Readers' comments</h3>",
    ],
)
def test_paragraphs_below_a_comments_heading_to_the_end_are_comments(heading: str) -> None:
    assert body(heading + WRITTEN) == body("")


@pytest.mark.parametrize("heading", ["<h3>Thảo luận</h3>", "<h3>Ý kiến</h3>", "<p><b>Discussion</b></p>"])
def test_a_section_of_the_text_may_be_called_like_comments(heading: str) -> None:
    assert body(heading + WRITTEN)[-3:] == SAID


def test_the_text_goes_on_where_another_heading_follows() -> None:
    after = "<h3>Bến mới</h3><p>Bến mới rộng gấp đôi bến cũ và có chỗ đậu cho sáu mươi ghe.</p>"
    assert body(f"<h3>Bình luận</h3>{WRITTEN}{after}")[-2:-1] == ["Bến mới"]


def test_the_text_goes_on_to_where_its_author_signs() -> None:
    below = f"<h3>Ý kiến bạn đọc</h3>{WRITTEN}<p><b>Lê An</b></p>"
    assert SAID[0] in body(below, "<meta name='author' content='Lê An'>")


def test_the_text_goes_on_below_a_count_of_comments_among_the_buttons() -> None:
    assert body(f"<div>12 bình luận</div>{WRITTEN}")[-3:] == SAID


def test_a_correction_note_below_the_comments_is_kept() -> None:
    note = "Đính chính: Bản trước của bài viết ghi nhầm tên bến, nay xin sửa lại là bến Lam."
    assert body(f"<h3>Bình luận</h3>{WRITTEN}<p>{note}</p>") == [*body(""), note]
