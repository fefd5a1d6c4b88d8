"""What points to other articles goes, and what only looks like it stays."""

import pytest

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


def body_of(middle: str) -> list[str]:
    body = f"{paragraphs(4)}{middle}{paragraphs(3).replace('Đoạn', 'Phần')}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    return [block.text[:6] for block in reading.article.body]


WHOLE = [f"Đoạn {n}" for n in range(4)] + [f"Phần {n}" for n in range(3)]
LINK = "<a href='/bai-9.html'>Hai cây cầu nữa sẽ được xây trong năm tới</a>"
SUMMARY = "Tóm tắt của bài khác, đủ dài để trông như một đoạn của bài này."


@pytest.mark.parametrize(
    "line",
    [
        f"<p>[ Đọc thêm {LINK} ]</p>",
        f"<p>👉 Xem thêm: {LINK}</p>",
        f"<p>Also read {LINK}.</p>",
        f"<p>Read also</p><p>{LINK}</p>",
        f"<h4>Most read in Football</h4><ul><li>{LINK}</li><li><a href='/b'>Chợ mới</a></li></ul>",
        f"<p>Thêm:</p><ul><li>{LINK}</li><li><a href='/b'>Chợ mới</a></li></ul>",
        f"<div type='RelatedOneNews'><p>{LINK}</p><p>{SUMMARY}</p></div>",
        f"<div class='cms-relate'><p>{LINK}</p><p>{SUMMARY}</p></div>",
        *(f"<h4>{heading}</h4><p>{LINK}</p>" for heading in ("Đừng bỏ lỡ", "Lesetipps", "À ne pas manquer", "看更多")),
    ],
)
def test_a_pointer_within_the_article_goes_and_no_paragraph_with_it(line: str) -> None:
    assert body_of(line) == WHOLE


@pytest.mark.parametrize("canonical", ["<link rel='canonical' href='{}'>", "<meta property='og:url' content='{}'>"])
def test_links_to_the_site_that_a_page_calls_its_own_stay_within_it_on_whatever_host_it_is_read(canonical: str) -> None:
    own = "https://baovidu.example"
    link = f"<a href='{own}/bai-9.html'>Hai cây cầu nữa sẽ được xây trong năm tới</a>"
    body = f"{paragraphs(4)}<p><b>Chuyện bến bãi:</b> {link}</p>{paragraphs(3).replace('Đoạn', 'Phần')}"
    head = canonical.format(f"{own}/cho-ca.html")
    html = f"<html lang='vi'><head>{head}</head><body><h1>Chợ cá dời ra bến mới</h1><div>{body}</div>"
    for host in (own, "https://baovidu-example.kho-amp.example", "http://127.0.0.9:8080"):
        reading = read(html.encode(), f"{host}/cho-ca.html", "text/html; charset=utf-8", Rules())
        assert reading.article is not None
        assert [block.text[:6] for block in reading.article.body] == WHOLE, host


def test_text_after_one_pointer_is_no_summary_of_it_where_another_pointer_follows() -> None:
    text = "<p>Phần 9 của bài: bến mới có bốn cầu tàu, mỗi cầu đón được tám ghe cùng lúc vào giờ cao điểm.</p>"
    assert body_of(f"<p>Leggi anche</p><h3>{LINK}</h3>{text}<p>{LINK}</p>") == [*WHOLE[:4], "Phần 9", *WHOLE[4:]]


def test_a_heading_on_a_subject_stays_where_no_teasers_follow() -> None:
    assert "More o" in body_of("<h3>More on the new harbour</h3>")


SHORT = [
    "Chiều 10/3, xe tải lao xuống ruộng tại xã Lam Đông khiến hai người bị thương nhẹ, đường tắc một giờ.",
    "Công an huyện đang điều tra nguyên nhân vụ việc.",
]


@pytest.mark.parametrize(
    "above",
    [
        f"<p>{LINK}</p>",
        f"<p>Tin liên quan</p><p>{LINK}</p>",
        f"<p>Tin liên quan</p><ul><li>{LINK}</li><li><a href='/b'>Chợ đêm bên sông Lam</a></li></ul>",
        f"<a href='/bai-9.html'><img src='x.jpg'></a><p>{LINK}</p>",
    ],
)
def test_an_article_of_two_sentences_under_a_link_is_no_summary_of_what_it_leads_to(above: str) -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SHORT)
    html = f"<html lang='vi'><body><h1>Xe tải lao xuống ruộng</h1><div>{above}{text}</div>"
    reading = read(html.encode(), "https://baovidu.example/xe-tai.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text for block in reading.article.body] == SHORT


def test_paragraphs_between_two_cards_are_the_article_going_on() -> None:
    card = f"<div class='news-link'><a href='/bai-9.html'><img src='x.jpg'></a><h4>{LINK}</h4></div>"
    parts = [paragraphs(4), card, paragraphs(2).replace("Đoạn", "Phần"), card, paragraphs(2).replace("Đoạn", "Kết")]
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{''.join(parts)}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text[:4] for block in reading.article.body] == ["Đoạn"] * 4 + ["Phần"] * 2 + ["Kết "] * 2


def test_the_captions_of_cards_amid_the_text_go_with_the_cards() -> None:
    cards = "".join(
        f"<article><figure><a href='/bai-{n}.html'><img src='/a{n}.jpg' alt='Chuyện ở bến cá, kỳ {n}'></a>"
        f"<figcaption>Bến cá buổi sớm ngày {n}.</figcaption></figure>"
        f"<h3><a href='/bai-{n}.html'>Chuyện ở bến cá, kỳ {n}</a></h3>"
        f"<p>Bài thứ {n} kể chuyện ngư dân về bến.</p></article>"
        for n in range(1, 3)
    )
    own = "<figure><img src='/cho.jpg'><figcaption>Bến mới sáng 11/3.</figcaption></figure>"
    body = f"{paragraphs(3)}{own}<section><h3>Có thể bạn quan tâm</h3>{cards}</section>{paragraphs(6)}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert reading.article.captions == ("Bến mới sáng 11/3.",)


@pytest.mark.parametrize(
    "line",
    [
        "<p>➔ <em>Lesen Sie hier mehr: <a href='/bus-1.html'>Nachtbus fährt auch donnerstags</a></em></p>",
        "<div><p>Laden Sie die App des Anzeigers herunter und bleiben Sie dran.</p><a href='/app'>Zur App</a></div>",
        "<div><a href='/app'>Télécharger</a></div>",
    ],
)
def test_an_arrow_before_it_or_a_button_below_does_not_keep_an_invitation(line: str) -> None:
    body = f"{paragraphs(3)}{line}{paragraphs(6)}"
    html = f"<html><body><h1>Chợ cá dời ra bến mới</h1><div>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert all(block.text.startswith("Đoạn") for block in reading.article.body)


def test_a_label_with_its_link_heads_no_other_links() -> None:
    text = (
        "<p class='k'>Phần 9 của bài: bến mới có bốn cầu tàu, mỗi cầu đón được tám ghe cùng lúc vào giờ cao điểm.</p>"
    )
    pointer = "<p>More in this section: <a href='/b'>Stop nesting database systems</a></p>"
    assert body_of(f"{pointer}{text}<p>{LINK}</p><p>{LINK}</p>") == [*WHOLE[:4], "Phần 9", *WHOLE[4:]]


def test_a_box_of_headlines_that_run_into_their_summaries_goes() -> None:
    one = "<div class='s'><a href='/bai-{0}.html'>Bến mới đón tàu thứ {0} trong tuần</a><span>{1}</span></div>"
    box = "<div class='k'><div class='h'>Xem thêm</div>" + "".join(one.format(n, SUMMARY) for n in range(3)) + "</div>"
    assert body_of(box) == WHOLE


def test_text_right_under_an_empty_box_of_news_is_no_summary_of_links_further_down() -> None:
    lead = (
        "<div class='author'>Nguyễn An</div><time>20/03/2026 07:30</time>"
        "<div><h2 class='sapo'>Từ đầu tháng, mọi thuyền về bến mới, nơi sức chứa gấp đôi bến cũ.</h2></div>"
    )
    box = "<div class='tinnd'><div><span><a href='javascript:;'>TIN MỚI</a></span><ul></ul></div></div>"
    links = "<div><ul><li><a href='/bai-7.html'>Một bến cá khác vừa mở cửa</a></li></ul></div>"
    first, second, *others = [f"{one}</p>" for one in paragraphs(12).split("</p>") if one]
    body = f"{box}{first}{second}{links}{''.join(others)}{links}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1>{lead}<div>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text.split(" của")[0] for block in reading.article.body] == [f"Đoạn {n}" for n in range(12)]


def test_a_short_article_that_begins_with_a_link_is_no_card() -> None:
    html = (
        "<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div id='content'>"
        f"<p><a href='/ket-qua.html'>Xem toàn bộ kết quả đấu giá tại đây</a></p>{paragraphs(5)}</div>"
    )
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text[:6] for block in reading.article.body] == [f"Đoạn {n}" for n in range(5)]


def test_text_between_two_teasers_is_the_articles_where_one_of_the_texts_above_is_written_alike() -> None:
    def teaser(n: int) -> str:
        link = f"href='/bai-{n}.html'"
        return f"<div class='t'><a {link}><img src='/a{n}.jpg'></a><h4><a {link}>Chuyện ở bến cá, kỳ {n}</a></h4></div>"

    first, second, third, *others = [f"{one}</p>" for one in paragraphs(12).split("</p>") if one]
    last, end = others[-2:]
    wrapped = f"<div class='b'>{third}</div>"
    body = f"{first}{second}{''.join(others[:-2])}{wrapped}{teaser(1)}{last}{end}{teaser(2)}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert len(reading.article.body) == 12


def test_a_link_over_a_list_of_what_is_good_and_bad_does_not_make_a_card_of_them() -> None:
    items = "".join(f"<li><p>{said}</p></li>" for said in ("Vừa bếp nhỏ", "Nhiều chế độ nướng", "Dễ lau chùi"))
    link = "<div><p><a href='/app'>Tải ứng dụng của báo để đọc</a></p></div>"
    box = f"<div><div>Điểm hay</div>{link}<ul>{items}</ul></div>"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{paragraphs(4)}{box}{paragraphs(3)}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert sum(block.kind is BlockKind.LIST_ITEM for block in reading.article.body) == 3


def test_an_advertisement_under_a_heading_of_links_does_not_make_a_summary_of_the_text_below_them() -> None:
    link = "<h4><a href='/bai-9.html'>Hai cây cầu nữa sẽ được xây trong năm tới</a></h4>"
    also = "<p><a href='/bai-8.html'>(Đọc thêm: phà Bến Lam vẫn chạy bốn chuyến)</a></p>"
    last = "<p>Đoạn cuối của bài: tiểu thương mong bến mới có thêm đèn và mái che trước mùa mưa năm nay.</p>"
    offer = "<div class='ad-slot'><p>Quảng cáo</p><a href='/c/77'>Căn hộ ven sông giá từ 2,9 tỷ</a></div>"

    def body_of(between: str) -> list[str]:
        text = f"{paragraphs(3)}<p><strong>Đọc thêm</strong></p>{between}{link}{last}"
        html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{text}{also}</div>"
        reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
        assert reading.article is not None
        return [block.text for block in reading.article.body]

    assert body_of(offer) == body_of("")
    assert body_of(offer)[-1].startswith("Đoạn cuối")


@pytest.mark.parametrize("label", ["", "<div>Tin liên quan</div>"])
def test_text_below_links_of_which_none_has_a_summary_is_the_article_going_on(label: str) -> None:
    links = "".join(f"<h4><a href='/bai-{n}.html'>Hai cây cầu nữa sẽ được xây, kỳ {n}</a></h4>" for n in range(3))
    also = "<p><a href='/bai-8.html'>(Đọc thêm: phà Bến Lam vẫn chạy bốn chuyến)</a></p>"
    last = "<p>Đoạn cuối của bài: tiểu thương mong bến mới có thêm đèn và mái che trước mùa mưa năm nay.</p>"
    text = f"{paragraphs(3)}<p><strong>Đọc thêm</strong></p>{label}{links}{last}{also}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div>{text}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    assert [block.text[:9] for block in reading.article.body][3:] == ["Đoạn cuối"]


def test_in_a_script_without_spaces_a_card_ends_where_the_article_goes_on() -> None:
    told = [
        f"按照新办法第{n}条，每台电梯最多可获得四十万元补贴，审批部门由七个减为三个，办理时间缩短到三十天。"
        for n in range(6)
    ]
    card = '<div class="incut"><div>延伸阅读</div><a href="/a/2">寒潮来袭，多地气温骤降十度</a></div>'
    above, below = ("".join(f"<p>{text}</p>" for text in part) for part in (told[:3], told[4:]))
    html = f"<html lang=zh><h1>加装电梯提速</h1><div>{above}{card}<div class='quote'>{told[3]}</div>{below}</div>"
    article = read(html.encode(), "https://a.example/1", "text/html; charset=utf-8", Rules()).article
    assert article is not None
    assert [block.text for block in article.body] == told


def read_amid(between: str) -> list[str]:
    """The short texts of an article with something between its paragraphs."""
    body = f"{paragraphs(4)}{between}{paragraphs(3).replace('Đoạn', 'Phần')}"
    html = f"<html lang='vi'><body><h1>Chợ cá dời ra bến mới</h1><div class='ct'>{body}</div>"
    reading = read(html.encode(), "https://baovidu.example/cho-ca.html", "text/html; charset=utf-8", Rules())
    assert reading.article is not None
    return [block.text for block in reading.article.body if not block.text.startswith(("Đoạn", "Phần"))]


def test_a_short_question_and_its_answer_between_two_cards_are_the_articles() -> None:
    card = (
        "<div class='w'><a href='/bai-{0}.html'><img src='/a{0}.jpg'></a>"
        "<h3><a href='/bai-{0}.html'>Chuyện ở bến cá, kỳ {0}</a></h3></div>"
    )
    told = "<p>- Bao giờ chợ mở?</p><p>- Đầu tháng tới.</p>"
    assert read_amid(card.format(1) + told + card.format(2)) == ["- Bao giờ chợ mở?", "- Đầu tháng tới."]


def test_a_headline_and_its_summary_in_one_line_below_a_picture_of_theirs_are_another_articles() -> None:
    line = "<a href='/bai-1.html'>Chuyện ở bến cá, kỳ một</a><span>Ngư dân về bến mới sau mùa mưa bão dài ngày.</span>"
    picture = "<a href='/bai-1.html'><img src='/a1.jpg'></a>"
    assert read_amid(f"<div class='wiki'>{picture}<div>{line}</div></div>") == []
    assert len(read_amid(f"<div class='wiki'><div>{line}</div></div>")) == 1
