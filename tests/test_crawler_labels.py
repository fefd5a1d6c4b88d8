"""Short labels go with the links they stand over or before; a label of the article's own stays."""

import pytest

from crawler.pages.reading import read
from crawler.rules import Rules

LINK = "<a href='/bai-9.html'>Hai cây cầu nữa sẽ được xây trong năm tới</a>"
AWAY = "<a href='https://shop.example/c/77'>Căn hộ ven sông giá từ 2,9 tỷ</a>"
LINKS = "".join(f"<li><a href='/tin-{n}.html'>Chuyện ở bến cá buổi sớm, kỳ thứ {n}</a></li>" for n in range(3))


def told(first: str, count: int) -> str:
    return "".join(f"<p>{first} {n}: chợ cá dời ra bến mới từ đầu tháng, sức chứa gấp đôi.</p>" for n in range(count))


def body_of(middle: str) -> list[str]:
    text = f"{told('Đoạn', 4)}{middle}{told('Phần', 3)}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{text}</div></body>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    return [block.text for block in reading.article.body]


WHOLE = body_of("")


@pytest.mark.parametrize(
    "block",
    [
        f"<p><strong>İlgili haber: {LINK}</strong></p>",
        "<div>বিজ্ঞাপন</div>",
        "<div class='z7'><small>Advertisement</small><a href='/c/77'>Refinance at 5.9% today</a></div>",
        f"<div class='z7'><small>Sponsored</small> {AWAY}</div>",
        f"<div><p>Promoted content</p>{AWAY}</div>",
        f"<p>Nội dung tài trợ</p><p>{AWAY}</p>",
        f"<div class='z7'><span>Một nhãn lạ</span>{AWAY}</div>",
    ],
)
def test_a_label_and_its_offer_go_together(block: str) -> None:
    assert body_of(block) == WHOLE


@pytest.mark.parametrize(
    "block",
    [
        f"<p><strong>Quanh vùng:</strong> {LINK}</p>",
        f"<p>Around the region: {LINK}</p>",
        f"<div><h3>Vài chuyện khác</h3><ul>{LINKS}</ul></div>",
        f"<div><div>While you are here</div><ul>{LINKS}</ul></div>",
        f"<div><b>Chọn cho bạn</b><table><tr><td>{LINK}</td></tr></table></div>",
        f"<p><b>Chuyện bên sông</b></p><ul>{LINKS}</ul>",
    ],
)
def test_a_label_nobody_knows_goes_with_its_links(block: str) -> None:
    left = body_of(block)
    assert [text for text in left if text not in WHOLE] == []


@pytest.mark.parametrize(
    ("block", "kept"),
    [
        ("<p>Source: <a href='/tac-gia/ha'>Cục Thống kê tỉnh Tân Giang</a></p>", "Source: Cục Thống kê"),
        (f"<p>Xem báo cáo: {AWAY}</p>", "Xem báo cáo: Căn hộ ven sông giá từ 2,9 tỷ"),
        (f"<ul><li>Hạng mục 1: {LINK}</li><li>Hạng mục 2: xong.</li></ul>", "Hạng mục 1: Hai cây cầu"),
        (f"<h2>Bến mới ra sao</h2><p>{LINK}</p>", "Bến mới ra sao"),
        (f"<h2>Bến mới ra sao</h2><ul>{LINKS}</ul>", "Bến mới ra sao"),
        (f"<p>Ông Hà viết trên {LINK}</p>", "Ông Hà viết trên Hai cây cầu"),
        (f"<div><p>Bến mới mở từ bốn giờ sáng.</p><p>{LINK}</p></div>", "Bến mới mở từ bốn giờ sáng."),
    ],
)
def test_a_label_or_line_of_the_article_stays(block: str, kept: str) -> None:
    assert any(text.startswith(kept) for text in body_of(block))


def test_a_bold_line_above_links_whose_box_names_itself_heads_the_text_below_them_unless_it_announces_them() -> None:
    box = f"<div class='related-news'><ul>{LINKS}</ul></div>"
    assert "Bến mới ra sao" in body_of(f"<p><b>Bến mới ra sao</b></p>{box}")
    assert body_of(f"<p><b>Mời xem:</b></p>{box}") == WHOLE
    assert body_of(f"<p><b>Tin liên quan</b></p>{box}") == WHOLE


def test_a_heading_between_the_paragraphs_goes_where_only_links_stand_up_to_the_next_one() -> None:
    left = body_of(f"<h3>Chuyện bên sông</h3><ul>{LINKS}</ul><h3>Bến mới ra sao</h3>")
    assert [text for text in left if text not in WHOLE] == ["Bến mới ra sao"]


def test_paragraphs_below_a_stray_heading_of_teasers_stay_where_teasers_follow_them() -> None:
    left = body_of(f"<h3>Up next</h3>{told('Khúc', 2)}<div><ul>{LINKS}</ul></div>")
    assert sum(text.startswith("Khúc") for text in left) == 2


def test_an_advertisement_between_the_lines_of_a_list_is_left_out() -> None:
    lines = "".join(f"<li>Bến số {n} mở từ sáng sớm, nhận thuyền lớn và xe tải.</li>" for n in range(4))
    split = lines.replace("<li>Bến số 2", f"<li><div><small>Quảng cáo</small>{AWAY}</div></li><li>Bến số 2")
    assert body_of(f"<ul>{split}</ul>") == body_of(f"<ul>{lines}</ul>")


def test_a_label_and_a_link_in_a_paragraph_of_a_list_point_elsewhere_and_an_item_by_itself_stays() -> None:
    text = "Xe chạy êm, rộng rãi, sạc nhanh, và đi được bốn trăm cây số sau mỗi lần sạc."
    first = f"<li><p>{text}</p><p><b>Nhân tiện:</b> {LINK}</p></li>"
    pointed = body_of(f"<ul>{first}<li><p>{text} Giá cao.</p></li></ul>")
    assert not any("Nhân tiện" in line for line in pointed)
    assert text in pointed
    assert any("Trang chủ:" in line for line in body_of(f"<ul><li>{text}</li><li>Trang chủ: {LINK}</li></ul>"))


@pytest.mark.parametrize(
    "block",
    [
        f"<div class='ad-slot'><p>Sponsored</p>{AWAY}</div>",
        f"<div class='z7'><b>Đọc gì tối nay</b><ul>{LINKS}</ul></div>",
    ],
)
def test_a_line_above_a_block_that_has_a_label_of_its_own_is_no_label_of_it(block: str) -> None:
    line = "Quỹ Người Đi Biển"
    assert (
        body_of(f"<div><p>{line}</p>{block}</div>")
        == body_of(f"<div><p>{line}</p></div>")
        == [
            *WHOLE[:4],
            line,
            *WHOLE[4:],
        ]
    )


@pytest.mark.parametrize("count", ["<span>26.817 lượt xem</span>", "<em>3 giờ trước</em>", " <b>1,2 K views</b>"])
def test_a_link_and_how_often_it_was_seen_go_with_the_label_over_them(count: str) -> None:
    assert body_of(f"<div class='z7'><div>Video đang được xem nhiều</div>{LINK}{count}</div>") == WHOLE


def test_a_link_and_a_count_that_a_sentence_goes_on_with_stay() -> None:
    line = f"<p>{LINK} sau 3 giờ họp, với 26 phiếu thuận và bốn phiếu chống.</p>"
    assert len(body_of(line)) == len(WHOLE) + 1


def test_a_bold_line_stays_above_links_where_others_like_it_head_the_text() -> None:
    def result(home: str, away: str) -> str:
        return f"<p><b>{home} thắng {away} 3-1</b></p>"

    told = [f"<p>{text}</p>" for text in WHOLE]
    text = result("Tân Giang", "Bến Lam") + "".join(told[:3]) + result("Bến Cá", "Tân Giang") + "".join(told[3:])
    next_round = "<p>Vòng bốn đá vào chiều chủ nhật tới, trên sân Bến Lam.</p>"
    box = f"<div>{text}{result('Lam Đông', 'Bến Cá')}<div><ul>{LINKS}</ul></div>{next_round}</div>"
    html = f"<html lang='vi'><body><h1>Kết quả vòng ba</h1>{box}</body>"
    reading = read(html.encode(), "https://baovidu.example/ket-qua.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert "Lam Đông thắng Bến Cá 3-1" in [block.text for block in reading.article.body]


def test_a_small_box_with_a_link_to_a_store_of_applications_goes_whatever_it_says() -> None:
    box = "<div class='q8'><p>Đọc tin nhanh hơn trên ứng dụng Báo Ví Dụ</p><a href='{}'>Tải ngay</a></div>"
    assert body_of(box.format("https://apps.apple.com/vn/app/id1")) == WHOLE
    assert len(body_of(box.format("https://coquan.example/ho-so/1"))) > len(WHOLE)
