"""Which texts are captions."""

import pytest

from crawler.pages.captionmarks import find_captions
from crawler.pages.captions import caption_pieces, collect
from crawler.pages.segmenting import segment
from crawler.pages.tree import load

TEXT = "<p>Hội nghị diễn ra trong buổi sáng với sự tham dự của nhiều đại biểu, bàn về kế hoạch năm tới của tỉnh.</p>"
CAPTION = "Quang cảnh hội nghị sáng 11/3."


def captions(html: str) -> list[str]:
    tree = load(f"<body>{TEXT}{html}{TEXT}</body>")
    pieces = segment(tree, find_captions(tree))
    return [caption.text for caption in collect(pieces, caption_pieces(pieces), 0, len(pieces) - 1)]


@pytest.mark.parametrize(
    "html",
    [
        f"<figure><img src='a.jpg'><figcaption>{CAPTION}</figcaption></figure>",
        f"<figure><img src='a.jpg'><p>{CAPTION}</p></figure>",
        f"<figure><img src='a.jpg' alt='{CAPTION}'><figcaption>{CAPTION}</figcaption><p>{CAPTION}</p></figure>",
        f"<table class='pic'><tr><td><img src='a.jpg'></td></tr><tr><td>{CAPTION}</td></tr></table>",
        f"<p><img src='a.jpg'></p><p class='pCaption'>{CAPTION}</p>",
        f"<div><div><img src='a.jpg'></div><div class='media-cap'><p>{CAPTION}</p></div></div>",
        f"<p><img src='a.jpg'></p><p class='img_chu_thich_0407'>{CAPTION}</p>",
        f"<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>{CAPTION}</p></div>",
        f"<p><img src='a.jpg'><br><em>{CAPTION}</em></p>",
        f"<p><img src='a.jpg'></p><p><em>{CAPTION}</em></p>",
        f"<p><img src='a.jpg' alt='{CAPTION}'></p><p>{CAPTION}</p>",
        f"<div class='photo'><img src='a.jpg'><span>{CAPTION}</span></div><p>{CAPTION}</p>",
        f"<figure data-caption='{CAPTION}'><img src='a.jpg'></figure>",
        f"<a href='/anh/a.jpg'><img src='a.jpg' alt='{CAPTION}'><p>{CAPTION}</p></a>",
        f"<div class='opener-foto'><a href='/foto'><img src='a.jpg'></a><i class='x'></i><p>{CAPTION}</p></div>",
        f"<p style='text-align: center'><img src='a.jpg'></p><p style='text-align: center'>{CAPTION}</p>",
        f"<p><img src='a.jpg' alt='hoi-nghi.jpg'></p><p>hoi-nghi.jpg</p><p class='caption'>{CAPTION}</p>",
    ],
)
def test_a_caption_is_found_once(html: str) -> None:
    assert captions(html) == [CAPTION]


@pytest.mark.parametrize(
    "html",
    [
        "<p><img src='a.jpg' alt='ten-nguoi.jpg'></p>",
        "<div class='clip'><p class='clip-caption'>Clip đang được xem nhiều: Chợ cá họp lúc nửa đêm</p></div>",
        "<figure><img src='a.jpg'><figcaption>ten-nguoi.jpg</figcaption></figure>",
        "<figure><img src='a.jpg'><figcaption>Video</figcaption></figure>",
        "<figure><img src='a.jpg'><figcaption>ADVERTISEMENT</figcaption></figure>",
        f"<center><img src='a.jpg'></center><p align=center>{CAPTION}</p><p align=center>Họp đến 11 giờ.</p>",
        f"<p><img src='a.jpg'></p>{TEXT.replace('sáng', 'chiều')}",
        "<p><em>Chữ nghiêng không đứng dưới ảnh nào cả.</em></p>",
        f"<div><a href='/tin-khac-1.html'><img src='a.jpg' alt='{CAPTION}'><h3>{CAPTION}</h3></a></div>",
        f"<a href='/tin-khac-1.html'><img src='a.jpg' alt='{CAPTION}'></a><a href='/tin-khac-1.html'>{CAPTION}</a>",
        f"<div class='photo'><img src='a.jpg'><a href='/tin-khac-1.html'>{CAPTION}</a></div>",
        "<figure><img src='a.jpg'><figcaption><i>25.839 lượt xem</i> <i>79 chia sẻ</i></figcaption></figure>",
        f"{TEXT}<img src='dem.gif' width='1' height='1'><p><em>{CAPTION}</em></p>",
        "<p><img src='a.jpg'></p><p><em>Bài viết đã được cập nhật lúc 9h30 ngày 11/3/2026.</em></p>",
        "<img src='a.jpg'><div class='image-text'><p>Cầu mới.</p><p>Phà cũ.</p><p>Đò xưa.</p></div>",
    ],
)
def test_what_is_no_caption_is_not_taken_for_one(html: str) -> None:
    assert captions(html) == []


def test_a_credit_in_a_line_of_its_own_joins_its_caption() -> None:
    html = "<figure><img src='a.jpg'><figcaption><p>Cầu mới.</p><p>Ảnh: An Bình</p></figcaption></figure>"
    assert captions(html) == ["Cầu mới. Ảnh: An Bình"]


def test_what_the_alt_text_says_with_a_credit_behind_it_is_a_caption() -> None:
    html = "<div><div><img src='a.jpg' alt='{0}'></div><div>{0} {1}</div></div>"
    assert captions(html.format(CAPTION, "(Ảnh: An Bình)")) == [f"{CAPTION} (Ảnh: An Bình)"]
    assert captions(html.format(CAPTION, "Mưa lớn kéo dài từ đêm.")) == []


def test_two_pictures_have_two_captions() -> None:
    figures = "".join(
        f"<figure><img src='{n}.jpg'><figcaption>Ảnh số {n} của loạt.</figcaption></figure>" for n in "12"
    )
    assert captions(figures) == ["Ảnh số 1 của loạt.", "Ảnh số 2 của loạt."]


def test_a_first_paragraph_that_says_what_the_caption_says_is_no_caption() -> None:
    text = "Hội nghị diễn ra trong buổi sáng với sự tham dự của nhiều đại biểu, bàn về kế hoạch năm tới của tỉnh."
    html = f"<figure><img src='a.jpg'><figcaption>{text}</figcaption></figure><div><p>{text}</p></div>"
    tree = load(f"<body>{html}</body>")
    assert list(caption_pieces(segment(tree, find_captions(tree)))) == [1]


def test_a_table_with_two_links_to_one_page_is_a_card_of_it() -> None:
    cell = "<td><a href='/b'><b>Chợ nổi</b></a><br>Họp từ sáng<br><a href='/{}'>Bấm xem ngay</a></td>"
    table = f"<table><tr><td><img src='a.jpg'></td>{cell}</tr></table>"
    assert captions(table.format("b")) == []
    assert captions(table.format("c")) == ["Chợ nổi Họp từ sáng Bấm xem ngay"]


HEADLINE = "Hai cây cầu nữa sẽ được xây trong năm tới"


@pytest.mark.parametrize(
    "html",
    [
        f"<figure><img src='a.jpg'><h1>{HEADLINE}</h1><p>{CAPTION}</p></figure>",
        f"<div class='page-title-captions'><h1>{HEADLINE}</h1><ul><li>{CAPTION}</li></ul></div>",
    ],
)
def test_the_head_of_an_article_over_a_picture_is_no_caption(html: str) -> None:
    assert captions(html) == []


@pytest.mark.parametrize(
    "html",
    [
        f"<figure><img src='a.jpg'><p>{CAPTION}</p></figure>",
        f"<table class='pic'><tr><td><img src='a.jpg'></td></tr><tr><td>{CAPTION}</td></tr></table>",
    ],
)
def test_a_picture_in_the_tag_of_amp_has_its_caption_as_any_other(html: str) -> None:
    amp = html.replace("<img src='a.jpg'>", "<amp-img src='a.jpg'></amp-img>")
    assert captions(amp) == [CAPTION]


def test_a_line_under_a_picture_that_sends_to_another_article_is_no_caption() -> None:
    pointer = "<p><em>Đọc thêm: <a href='/khac.html'>Hai cây cầu nữa sẽ được xây</a></em></p>"
    tree = load(f"<body><figure><img src='a.jpg'></figure>{pointer}</body>")
    pieces = segment(tree, find_captions(tree))
    assert collect(pieces, caption_pieces(pieces), 0, len(pieces) - 1) == []


def test_words_in_a_quotation_are_no_caption_whatever_their_class() -> None:
    said = '<div class="NameCaption"><p>Chúng tôi không chờ thêm nữa.</p></div>'
    assert captions(f'<div class="box" type="insertquote">{said}</div>') == []
    assert captions(f'<div class="box" type="photo"><img src="a.jpg">{said}</div>') != []


def test_what_a_link_around_a_picture_says_is_no_caption_where_the_figure_has_one_beside_it() -> None:
    for image in ("<img src='a.jpg'>", "<div><img src='a.jpg'></div>"):
        opened = f"<a href='a.jpg'><span>Open this photo:</span>{image}</a>"
        assert captions(f"<figure>{opened}<figcaption>{CAPTION}</figcaption></figure>") == [CAPTION]
    within = f"<figure><a href='a.jpg'><img src='a.jpg'><figcaption>{CAPTION} <i>Ảnh: An</i></figcaption></a></figure>"
    assert captions(within) == [f"{CAPTION} Ảnh: An"]
