"""Boxes set apart amid the text are none of it by how they are made, whatever they say; what is the article's stays."""

from dataclasses import dataclass

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules

TOLD = [
    f"Đoạn {n}: tàu khách mới chạy từ ga xép lên phố núi mỗi ngày hai chuyến, chở được gấp ba tàu cũ." for n in range(8)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    body: list[str]
    captions: list[str]
    pictures: list[str]


def read_with(box: str, *, tag: str = "p") -> Said:
    """What an article reads as into whose text a box is set."""
    told = [f"<{tag}>{one}</{tag}>" for one in TOLD]
    text = "".join([*told[:4], box, *told[4:]])
    html = f"<html lang='vi'><body><h1>Tàu khách lên phố núi</h1><div class='b'>{text}</div></body></html>"
    reading = read(html.encode(), "https://baovidu.example/tau-khach.html", "text/html; charset=utf-8", Rules())
    article = reading.article
    assert article is not None
    pictures = [image.url for image in article.images]
    return Said(body=[block.text for block in article.body], captions=list(article.captions), pictures=pictures)


BARE = Said(body=TOLD, captions=[], pictures=[])


@pytest.mark.parametrize(
    "box",
    [
        (
            "<div class='x1'><div>Góc hỏi đáp</div><div>Anh chị đi tàu mấy lần?</div>"
            "<div role='button'><span>Chưa lần nào</span><span>61%</span></div><div role='button'><span>Một</span>"
            "</div></div>"
        ),
        (
            "<div class='x2'><img src='/a/dau-an.jpg'><div><strong>Chúng tôi làm tin ra sao</strong>"
            "<p>Mỗi bài qua tay hai người.</p></div><button aria-expanded='false'>+</button></div>"
        ),
        "<div class='x3'><button>▶</button><span>Giọng đọc máy</span><select><option>1x</option></select></div>",
        "<div class='x4'><label>Tiếng nói <select><option>Nam</option><option>Bắc</option></select></label></div>",
    ],
)
def test_a_box_with_something_to_press_goes_with_its_pictures(box: str) -> None:
    assert read_with(box) == BARE


@pytest.mark.parametrize(
    "box",
    [
        (
            "<div class='q'><button aria-expanded='false'>Vé bao nhiêu?</button><div>Vé người lớn bốn mươi nghìn.</div>"
            "<button aria-expanded='false'>Ai được giảm?</button><div>Học sinh được giảm nửa giá vé.</div></div>"
        ),
        (
            "<div class='q'><button aria-expanded='false'>Giờ tàu</button>"
            "<p>Chuyến đầu rời ga lúc năm giờ sáng, chuyến cuối "
            "về lại ga lúc chín giờ tối, ngày lễ thêm một chuyến nữa.</p></div>"
        ),
        "<div class='q'><h2>Ga đầu</h2><button>Chép</button></div>",
        "".join(f"<div class='q'><p>Toa {n} có bốn mươi ghế mềm.</p><button>Xem toa</button></div>" for n in "ABC"),
        (
            "<div class='q'><p>Đính chính: vé người lớn là bốn mươi nghìn đồng.</p>"
            "<a href='mailto:a@baovidu.example'>Thư</a></div>"
        ),
    ],
)
def test_what_buttons_unfold_headings_several_of_a_make_and_corrections_stay(box: str) -> None:
    assert len(read_with(box).body) > len(TOLD)


@pytest.mark.parametrize(
    "box",
    [
        (
            "<div class='v1'><div class='t'>Cầu mới đã thông xe hôm nay</div><div class='p'><span>Bật tiếng</span>"
            "<span>6:53</span></div></div>"
        ),
        "<div class='v2'>"
        + "".join(f"<div><span>Chợ nổi {n} dời lên bờ</span><span>{n}:40</span></div>" for n in range(4))
        + "</div>",
        "<div data-n><span>263</span> <span>người đứng xem</span></div>",
        (
            "<div class='v5'><h4>Chọn lọc hôm nay</h4><div>Đang phát: chợ nổi dời lên bờ</div><ul>"
            "<li><span>Chợ nổi dời lên bờ</span><span>1:15</span></li><li><span>Cầu mới</span><span>0:53</span></li>"
            "</ul></div>"
        ),
        "<div class='w' data-poll='7'><iframe src='about:blank'></iframe><span>963 người góp lời</span></div>",
        "<ul class='m'><li><span>54.063</span> <span>Facebook</span> <a href='#'>Thích</a></li></ul>",
        "<p><span>{{ article.views }}</span> <span>{{ likes | number }}</span></p>",
        (
            "<amp-ad width='300' type='x'><div placeholder>ANZEIGE</div><div fallback>Giảm đến 29% chỉ hôm nay"
            "</div></amp-ad>"
        ),
        (
            "<table border='0' align='right'><tr><td><img src='/in.gif' width='16'></td><td>"
            "<a href='javascript:print()'>In</a> | <a href='mailto:?'>Thư</a></td></tr></table>"
        ),
        "<div class='copyright'><p>© 2026 Báo Ví Dụ.</p><p>ISSN 2354-1204</p></div>",
        "<div aria-live='polite'><span></span> 42 người đang ở đây</div>",
        "<div class='z'><a href='#' data-s='-1'>A-</a> <a href='#'>A</a> <a href='#'>A+</a></div>",
        "<div class='v3'><span>Bài còn nữa ở bên dưới</span><div data-slot='7'></div></div>",
        (
            "<div class='v4'><div>Đọc trọn bài</div><div>Bốn tuần đầu chỉ một nghìn đồng, sau đó mười nghìn.</div>"
            "<div>3,99</div></div>"
        ),
    ],
)
def test_lines_in_no_element_for_text_go_where_the_text_is_written_in_paragraphs(box: str) -> None:
    assert read_with(box) == BARE


@pytest.mark.parametrize(
    ("box", "tag"),
    [
        ("<div class='s'><div>Góc hỏi đáp</div><div>Anh chị đi tàu mấy lần</div></div>", "div"),
        ("<div class='sub'>Chuyến tàu đầu tiên</div>", "p"),
        ("<div class='w'>" + "".join(f"<div>in(tau_{n})</div>" for n in range(12)) + "</div>", "p"),
        ("<div class='w'><div>tau.goi(</div><div>ga='xep',</div></div>", "p"),
        ("".join(f"<div class='w'><div class='k'>Toa thứ {n}</div></div>" for n in range(3)), "p"),
    ],
)
def test_lines_stay_on_pages_without_paragraphs_right_in_the_text_and_where_several_are_alike(
    box: str, tag: str
) -> None:
    assert len(read_with(box, tag=tag).body) > len(TOLD)


@pytest.mark.parametrize(
    "box",
    [
        (
            "<div class='c1' data-x><small>Giá tốt</small><img src='/a/noi.jpg'><h3>Nồi đất nung</h3><div>145.000</div>"
            "<a rel='sponsored' href='https://cuahang.example/1'>Mua</a></div>"
        ),
        (
            "<table><tr><td><a rel='nofollow sponsored' href='https://cuahang.example/2'>"
            "<img src='/a/tai-nghe.jpg'><br>Tai nghe"
            "</a> <del>260</del> <b>94</b></td></tr></table>"
        ),
        (
            "<div class='c2'><img src='/a/nguoi-viet.jpg'><h4>Trần Thị Bưởi</h4><p>Viết về đường sắt từ năm 2012.</p>"
            "<ul><li><a href='mailto:buoi@baovidu.example'>Thư</a></li></ul></div>"
        ),
    ],
)
def test_a_box_with_a_link_that_is_paid_for_or_an_address_goes_with_its_pictures(box: str) -> None:
    assert read_with(box) == BARE


@pytest.mark.parametrize(
    "box",
    [
        (
            "<section class='a7'><p>Tăng giá vé?</p><ul><li><span>Nên</span><span style='width:61%'></span><b>61%</b>"
            "</li><li><span>Không</span><span style='width:39%'></span><b>39%</b></li></ul></section>"
        ),
        "<div class='danhgia'><p>Tổng số điểm của bài viết là: 44 trong 11 đánh giá</p></div>",
    ],
)
def test_answers_and_grades_go_with_how_many_gave_them(box: str) -> None:
    assert read_with(box) == BARE


def test_a_list_that_tells_shares_in_its_lines_stays() -> None:
    box = "<div class='a8'><p>Khách đi tàu</p><ul><li>Trẻ em: <b>61%</b></li><li>Người lớn <b>39%</b></li></ul></div>"
    assert read_with(box).body[4:7] == ["Khách đi tàu", "Trẻ em: 61%", "Người lớn 39%"]


def test_a_long_sentence_beside_a_link_that_is_paid_for_stays() -> None:
    told = "Nồi đất ở đây nung bằng rơm ba ngày ba đêm, mỗi mẻ chỉ được chừng hai mươi chiếc lành lặn."
    box = f"<div class='c'><p>{told}</p><a rel='sponsored' href='https://cuahang.example/1'>Mua nồi</a></div>"
    assert told in read_with(box).body


@pytest.mark.parametrize(
    "box",
    [
        "<div id='cm'>"
        + "".join(
            f"<article class='k' id='k{n}'><button>Người {n}</button><time>{n} giờ trước</time>"
            f"<div>Tôi đi rồi, êm lắm."
            "<br>Vé hơi đắt.</div><button>Thích 4</button><button>Đáp</button></article>"
            for n in range(2, 6)
        )
        + "</div>",
        "<div class='f'>"
        + "".join(
            f"<div class='k'><div class='h'>Người {n} · {n} giờ trước</div>"
            f"<div class='t'>Tôi đi rồi, êm lắm.</div></div>"
            for n in range(2, 6)
        )
        + "</div>",
        (
            "<figure><figcaption>Bàn thêm: Người Hai</figcaption><q>Bài đầu tiên nói đúng.</q><a href='#k'>68</a>"
            "</figure>"
        ),
    ],
)
def test_what_readers_wrote_goes_by_its_buttons_and_by_how_long_ago_that_was(box: str) -> None:
    assert read_with(box) == BARE


def test_a_report_by_the_hour_stays_though_each_entry_says_how_long_ago_it_came() -> None:
    entries = "".join(
        f"<div class='e'><div class='h'>Ban Biên tập · {n} giờ trước</div><p>{TOLD[n]}</p></div>" for n in range(2, 8)
    )
    html = f"<html lang='vi'><body><h1>Tàu khách lên phố núi</h1><div class='b'>{entries}</div></body></html>"
    reading = read(html.encode(), "https://baovidu.example/tau-khach.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text for block in reading.article.body if block.text in TOLD] == TOLD[2:]


LINKS = "".join(
    f"<li><a href='/bai-{n}.html'>Bài thứ {n} về chợ nổi</a> <small>Thứ bảy, {n}/11/2026</small></li>" for n in "234"
)
ROWS = "".join(f"<tr><td><a href='/tin-{n}'>Bán nhà gần ga xép</a></td><td>{n}50</td></tr>" for n in "234")


@pytest.mark.parametrize(
    "box",
    [
        f"<section><h3>Chợ phiên</h3><ul>{LINKS}</ul></section>",
        f"<table><thead><tr><th>Chợ phiên</th></tr></thead><tbody>{ROWS}</tbody></table>",
        "<dl><dt>Chuyện bên đường tàu này</dt>"
        + LINKS.replace("<li>", "<dd>").replace("</li>", "</dd>").replace("<small>", "(").replace("</small>", ")")
        + "</dl>",
        (
            "<div data-p><span>Trong bài này</span><ul><li><a href='/a'>Ga xép</a></li><li><a href='/b'>Phố núi</a>"
            "</li></ul></div>"
        ),
        (
            "<ul class='l'><li><a hreflang='en' href='/en'>English</a></li><li>"
            "<a hreflang='fr' href='/fr'>Français</a></li></ul>"
        ),
        (
            "<section class='x9'><h3>Đọc báo giấy</h3><p>Số này có gì</p><p>Thứ bảy, 7/11/2026</p>"
            "<a href='/so'>Mua</a></section>"
        ),
        (
            "<table width='100%'><tr><td><font size='1'>Cuộn tiếp</font></td></tr><tr><td>"
            "<a href='https://quang.example/k?x=1'>Mẹo này ai cũng thử</a><br>Chỉ mười giây mỗi ngày.</td></tr></table>"
        ),
        (
            "<table width='100%'><tr><td>Chợ phiên</td></tr>"
            + "".join(
                f"<tr><td><img src='/b.gif'> <a href='/t-{n}'>Bán nhà gần ga xép</a> [{n}/7/2026]</td></tr>"
                for n in "23"
            )
            + "</table>"
        ),
        (
            f"<div class='o'><p class='h3'><strong>Những tin mới hơn</strong></p><div><ul>{LINKS}</ul></div>"
            f"<p class='h3'><strong>Những tin cũ hơn</strong></p><ul>{LINKS}</ul></div>"
        ),
        "<p>[ <b>Nữa</b>: <a href='/bai-5.html'>Chợ nổi dời lên bờ</a> ]</p>",
        "<p><b>Nên xem</b>&nbsp;<a href='/bai-5.html'>Chợ nổi dời lên bờ</a></p>",
        "<div class='m'><a href='/bai-5.html'><span>Chợ nổi dời lên bờ</span></a><i>Bà con đã họp từ sáng.</i></div>",
    ],
)
def test_what_leads_elsewhere_goes_with_the_labels_over_it(box: str) -> None:
    assert read_with(box) == BARE


@pytest.mark.parametrize(
    "box",
    [
        (
            "<table><tr><th>Ga</th><th>Khách</th></tr><tr><td><a href='/ga/xep'>Ga Xép</a></td><td>320</td></tr>"
            "<tr><td><a href='/ga/nui'>Ga Núi</a></td><td>410</td></tr></table>"
        ),
        (
            "<ul><li>"
            "<a href='/ga/xep'>Nhà ga xép ven sông</a> đón ba trăm hai mươi khách, đông nhất chuyến sáng.</li>"
            "<li><a href='/ga/nui'>Nhà ga trên phố núi</a> đón bốn trăm mười khách, đông nhất chiều chủ nhật.</li></ul>"
        ),
    ],
)
def test_tables_and_lists_that_tell_something_stay_though_they_link(box: str) -> None:
    assert len(read_with(box).body) > len(TOLD)


def test_a_heading_goes_with_what_was_left_out_below_it_unless_there_are_several() -> None:
    block = "<section><h3>{}</h3><div class='advertisement'><a href='/x'>Áo mưa giá rẻ hôm nay</a></div></section>"
    assert read_with(block.format("Sắm gì hôm nay")) == BARE

    several = "".join(
        f"<section><h3>Toa số {n}</h3><ul><li><a href='/{n}'>Ghế mềm</a></li></ul></section>" for n in "123"
    )
    assert [text for text in read_with(several).body if text not in TOLD] == ["Toa số 1", "Toa số 2", "Toa số 3"]
    assert read_with(several[: len(several) // 3]) == BARE


def test_the_caption_of_a_video_stays_and_that_of_a_player_with_a_link_goes() -> None:
    video = "<figure><iframe src='https://v.example/1'></iframe><figcaption>Tàu đầu tiên rời ga{}</figcaption></figure>"
    assert read_with(video.format("")).captions == ["Tàu đầu tiên rời ga"]
    assert read_with(video.format(" · <a href='https://nghe.example/2'>Nghe</a>")) == BARE


def test_a_picture_with_its_caption_stays_though_a_button_shows_it_larger() -> None:
    picture = "<img src='/a/tau.jpg'><button>Phóng to</button><figcaption>Tàu rời ga sáng nay</figcaption>"
    said = read_with(f"<figure>{picture}</figure>")
    assert said.captions == ["Tàu rời ga sáng nay"]
    assert said.pictures == ["https://baovidu.example/a/tau.jpg"]


def test_thirty_thousand_small_boxes_are_looked_at_once_each() -> None:
    boxes = "<div><div><span>Bảy</span><button>Đáp</button></div></div>" * 30_000
    assert read_with(boxes).body[:4] == TOLD[:4]
