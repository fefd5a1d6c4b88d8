"""Lines made of labels, counts and clocks side by side are no text; sentences that hold such are."""

import pytest

from crawler.pages.reading import read
from crawler.pages.segmenting import segment
from crawler.pages.sidelines import count_or_label
from crawler.pages.tree import load
from crawler.rules import Rules

TOLD = [f"Đoạn {n}: bến mới đón hơn hai trăm tàu mỗi ngày, gấp đôi bến cũ bên kia sông." for n in range(5)]

PLAYER = (
    "<div class='k5'><div>Cầu treo đã thông xe hôm nay</div><ul><li><button>Lò gạch cũ đã dỡ</button></li>"
    "<li><button>Mưa lớn ở thượng nguồn</button></li></ul></div>"
)
CARD = (
    "<a class='k6' href='/cau-treo.html'><div><img src='/c.jpg'></div><div><span>Đời sống</span>"
    "<h3>Cầu treo bên sông đã thông xe</h3><p>Bà con hai bờ đi chợ không còn phải chờ đò.</p></div></a>"
)


def said_of(line: str) -> str:
    return count_or_label(segment(load(f"<body>{line}</body>"), {})[0])


def body_with(inside: str, after: str = "") -> list[str]:
    """What the body of an article reads as into which something is set."""
    told = [f"<p>{one}</p>" for one in TOLD]
    text = "".join([*told[:2], inside, *told[2:], after])
    html = f"<html lang='vi'><body><h1>Bến cá mới đón tàu</h1><div>{text}</div></body></html>"
    reading = read(html.encode(), "https://baovidu.example/ben-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    return [block.text for block in reading.article.body]


@pytest.mark.parametrize(
    "line",
    [
        "<div><span>16 giờ trước</span><span>52.728 lượt xem</span></div>",
        "<div><span>Nghe bài viết</span><span>5 min</span></div>",
        "<div><span>Now playing</span><span>0:17 / 2:33</span></div>",
        "<p>ADVERTISEMENT - CONTINUE READING BELOW</p>",
        "<p class='post-views'>40.551</p>",
        "<div><i class='fa fa-eye'></i> 1 234</div>",
        "<div><svg><use href='#eye'></use></svg>40.551</div>",
        "<p>71\u202f707 vues</p>",
        "<p>2708 Leser sind gerade auf dieser Seite</p>",
        "<p>3174 người đang đọc bài này</p>",
        "<p>512 lidí právě čte tento článek</p>",
        "<p>5038 views · 25 join in</p>",
        "<p><a href='https://www.facebook.com/author'>Facebook</a></p>",
    ],
)
def test_labels_counts_and_clocks_side_by_side_are_no_text(line: str) -> None:
    assert said_of(line)
    assert body_with(line) == TOLD


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>3</b> <i>1:20</i></p>",
        "<p>Facebook - 12 người bị phạt</p>",
        "<p class='chapter'>12</p>",
        "<p>12 người đang được điều trị, nay đã khỏe. Bảy người còn lại chờ xét nghiệm.</p>",
        "<p><b>Chia sẻ</b> của ông Ba khiến cả xã lặng người.</p>",
        "<p>3 giờ trước - mưa lớn trút xuống thượng nguồn.</p>",
        "<p>Facebook</p>",
    ],
)
def test_a_line_that_says_something_beside_them_stays(line: str) -> None:
    assert not said_of(line)


def test_minutes_beside_how_long_ago_it_was_are_no_text_wherever_they_stand() -> None:
    line = "<p class='k3'><time>3 giờ trước</time> · 9 min</p>"
    assert body_with("", line) == TOLD


def test_minutes_alone_above_the_text_are_how_long_reading_it_takes() -> None:
    text = "".join(f"<p>{one}</p>" for one in TOLD)
    above = "<p class='k3'><time>3 giờ trước</time> · 9 min</p>"
    html = f"<html lang='vi'><body><h1>Bến cá mới đón tàu</h1><div>{above}{text}</div></body></html>"
    reading = read(html.encode(), "https://baovidu.example/ben-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text for block in reading.article.body] == TOLD


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>Tin mỗi sáng cho bạn. <a href='/newsletters?src=1'>Đăng ký</a></em></p>",
        "<p>Get the day's news before your coffee. <a href='/subscribe'>Yes, send it</a></p>",
    ],
)
def test_a_line_that_ends_in_a_link_to_sign_up_by_is_an_invitation(line: str) -> None:
    assert body_with(line) == TOLD


def test_a_sentence_that_links_to_such_a_page_amid_its_words_stays() -> None:
    line = "Quỹ <a href='/donate'>nhận quyên góp</a> của xã đã gom đủ tiền xây bến."
    assert len(body_with(f"<p>{line}</p>")) == len(TOLD) + 1


def test_hashtags_that_are_links_below_the_text_are_none_of_it() -> None:
    after = "<ul class='k9'><li><a href='/the/ben-ca'>#bến cá</a></li><li><a href='/the/tau'>#tàu</a></li></ul>"
    assert body_with("", after) == TOLD


def test_a_box_of_buttons_that_name_amounts_asks_for_money() -> None:
    box = (
        "<section class='k1'><h2>Trang này sống nhờ người đọc</h2><p>Mỗi phần góp đều giúp chúng ta đi xa hơn.</p>"
        "<form><button>50.000 đ</button><button>100.000 đ</button></form></section>"
    )
    assert body_with("", box) == TOLD


def test_a_picture_and_words_in_one_link_are_a_card_and_no_caption() -> None:
    card = (
        "<figure><a href='https://khac.example/bai'><div><div>Cầu treo đã thông xe hôm nay</div>"
        "<div>khac.example</div></div><div><img src='/a.jpg'></div></a></figure>"
    )
    text = "".join(f"<p>{one}</p>" for one in (*TOLD[:2], card, *TOLD[2:]))
    html = f"<html lang='vi'><body><h1>Bến cá mới đón tàu</h1><div>{text}</div></body></html>".replace(
        f"<p>{card}</p>", card
    )
    reading = read(html.encode(), "https://baovidu.example/ben-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert not reading.article.captions
    assert not reading.article.images


@pytest.mark.parametrize(
    "box",
    [
        "<h4><span>Coi ngay | </span><a href='/cau-treo-123.html'>Cầu treo bên sông đã thông xe</a></h4>",
        "<p>Ghé đọc: <a href='/cau-1.html'>Cầu treo đã thông xe</a>; <a href='/lo-2.html'>Lò gạch cũ đã dỡ</a></p>",
        "<div class='k4'><a href='/the/cau'>Cầu</a><a href='/the/lo'>Lò gạch</a><a href='/the/song'>Sông</a></div>",
        PLAYER,
        CARD,
        "<div data-component='newsletter'><p>Mỗi sáng một lá thư, đọc hết trong năm phút.</p></div>",
        "<div data-qa='comments'><p>Bến rộng thế này thì tàu nhà tôi cũng vào được.</p></div>",
        "<figure data-type='newsletter'><h4>Mỗi sáng một lá thư</h4><iframe src='/t'></iframe></figure>",
        "<div class='jw-title'>Cầu treo bên sông đã thông xe hôm nay</div>",
    ],
)
def test_what_leads_elsewhere_or_plays_amid_the_text_is_none_of_it(box: str) -> None:
    assert body_with(box) == TOLD


def test_answers_that_buttons_unfold_stay() -> None:
    box = (
        "<div class='k5'><button aria-expanded='false'>Ai được vào bến?</button><div>Mọi tàu có giấy phép của xã.</div>"
        "<button aria-expanded='false'>Phí bao nhiêu?</button><div>Không thu phí trong năm đầu.</div></div>"
    )
    assert "Mọi tàu có giấy phép của xã." in body_with(box)


@pytest.mark.parametrize(("alt", "kept"), [("Vũ Văn Ba", 0), ("Tàu vào bến sáng nay", 1)])
def test_the_portrait_of_the_author_is_no_picture_of_the_article(alt: str, kept: int) -> None:
    text = "".join(f"<p>{one}</p>" for one in TOLD)
    box = f"<figure><img src='/p.jpg' alt='{alt}' width='300'><b>{alt}</b></figure><p>Bài viết khép lại ở đây.</p>"
    meta = "<meta name='author' content='Vũ Văn Ba'>"
    html = f"<html lang='vi'><head>{meta}</head><body><h1>Bến cá mới đón tàu</h1><p class='author'>Vũ Văn Ba</p>"
    html += f"<div>{text}{box}</div></body></html>"
    reading = read(html.encode(), "https://baovidu.example/ben-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert reading.article.authors == ("Vũ Văn Ba",)
    assert len(reading.article.images) == len(reading.article.captions) == kept


@pytest.mark.parametrize(
    "box",
    [
        "<div class='k2'><p>Chia sẻ bài viết</p></div>",
        "<div class='k2'><p>Độc giả quan tâm có thể theo dõi Ví Dụ tại Zalo, YouTube</p></div>",
        "<div class='k2'><p>Mời độc giả xem thêm video:</p></div>",
        "<div id='adzone17' class='vmcadszone'><p>Nhà mới bên sông, giá từ hai tỷ đồng.</p></div>",
        "<p style='display:none'>Mã a8f3-99c1 được cấp cho phiên này.</p>",
    ],
)
def test_prompts_zones_of_advertisements_and_hidden_lines_are_no_text(box: str) -> None:
    assert body_with(box) == TOLD
    assert body_with("", after=box) == TOLD
