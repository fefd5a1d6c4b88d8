"""A news page's bytes to an article, and never an exception."""

from dataclasses import replace
from typing import Literal
from unicodedata import normalize

import pytest

from crawler.pages.reading import read, reader_version
from crawler.rules import Rules
from storage.comparison.comparing import compare
from storage.records import BlockKind, Reading
from tests import newspage

URL = "https://baovidu.example/chinh-tri/cau-ben-lam-post12.html"
LEAD = "Sau bốn năm thi công, cầu Bến Lam sẽ đón những chuyến xe đầu tiên vào sáng 20/3, sớm hơn kế hoạch hai tháng."
STORY = [
    "Chiều 10/3, Ủy ban nhân dân tỉnh họp với các nhà thầu để chốt ngày thông xe và phương án phân luồng.",
    "Cầu dài 1.240 m, rộng 22,5 m, tổng vốn 2.318 tỷ đồng, nối hai huyện Lam Đông và Tân Giang.",
    "“Chúng tôi đã chờ cây cầu này hơn hai mươi năm”, bà Trần Thị Mận, 63 tuổi, ở xã Bến Lam, nói.",
    "Trong ba tháng đầu, xe tải trên 13 tấn chưa được qua cầu; phà Bến Lam vẫn chạy bốn chuyến mỗi ngày.",
    "Theo Sở Xây dựng, mỗi ngày sẽ có khoảng 9.000 lượt xe qua cầu, gấp ba lần lượng xe qua phà hiện nay.",
]
TEASERS = [
    ("Chợ nổi được khôi phục", "Sáng nay, chợ nổi trên sông họp phiên đầu tiên sau bảy năm vắng bóng ghe thuyền."),
    ("Trường mới ở cù lao", "Hơn bốn trăm học sinh cù lao không còn phải qua sông bằng đò để đến lớp mỗi ngày."),
    (
        "Lúa đông xuân được mùa",
        "Nông dân nhiều xã phấn khởi vì năng suất vụ này cao hơn vụ trước gần nửa tấn mỗi héc-ta.",
    ),
]


def teasers() -> str:
    return "<h3>Có thể bạn quan tâm</h3>" + "".join(
        f"<figure><a href='/bai-{n}.html'><img src='/t{n}.jpg'></a>"
        f"<figcaption>Ảnh của bài {n} khác.</figcaption></figure>"
        f"<h4><a href='/bai-{n}.html'>{title}</a></h4><p>{summary}</p>"
        for n, (title, summary) in enumerate(TEASERS)
    )


def page(*, extra: str = "", lead: str = f"<div class='sapo'>{LEAD}</div>") -> str:
    figure = (
        "<figure><img src='data:image/gif;base64,R0' data-src='/anh/cau.jpg' alt='cau-ben-lam.jpg'>"
        "<figcaption>Cầu Bến Lam nhìn từ phía đông.</figcaption></figure>"
    )
    story = f"<p>{STORY[0]}</p>{figure}" + "".join(f"<p>{text}</p>" for text in STORY[1:])
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Cầu Bến Lam sắp thông xe - Báo Ví Dụ</title>
<meta property="og:title" content="Cầu Bến Lam sắp thông xe"><meta name="description" content="{LEAD}"></head><body>
<nav><ul><li><a href="/chinh-tri/">Chính trị và đời sống hôm nay</a></li></ul></nav>
<main><article><h1>Cầu Bến Lam sắp thông xe</h1>
<div class="meta"><span class="author">Lê An</span>
<time datetime="2025-03-10T17:05:00+07:00">10/03/2025 - 17:05</time></div>
{lead}<div class="content">{story}<p style="text-align:right"><b>Lê An</b></p>{extra}</div></article></main>
<footer><p>Cơ quan chủ quản: Sở Ví Dụ. Giấy phép số 1.</p></footer></body></html>"""


def reading(html: str, rules: Rules | None = None) -> Reading:
    return read(html.encode(), URL, "text/html; charset=utf-8", rules or Rules(timezone="Asia/Ho_Chi_Minh"))


def test_a_page_gives_exactly_its_article() -> None:
    article = reading(page(extra=teasers())).article
    assert article is not None
    assert article.title == "Cầu Bến Lam sắp thông xe"
    assert article.lead == LEAD
    assert [block.text for block in article.body] == STORY
    assert {block.kind for block in article.body} == {BlockKind.PARAGRAPH}
    assert article.captions == ("Cầu Bến Lam nhìn từ phía đông.",)
    assert [(image.url, image.caption) for image in article.images] == [
        ("https://baovidu.example/anh/cau.jpg", "Cầu Bến Lam nhìn từ phía đông.")
    ]
    assert article.authors == ("Lê An",)


def test_other_teasers_read_as_the_same_article() -> None:
    with_teasers, without = reading(page(extra=teasers())).article, reading(page()).article
    assert with_teasers is not None
    assert without is not None
    assert replace(with_teasers, shown=()) == replace(without, shown=())


def test_every_text_of_four_words_that_is_left_out_is_told_with_its_reason() -> None:
    found = reading(page(extra=teasers()))
    dropped = {text.text: text.why for text in found.dropped}
    assert all(summary in dropped for _, summary in TEASERS)
    assert dropped["Cơ quan chủ quản: Sở Ví Dụ. Giấy phép số 1."] == "footer"
    assert dropped["Chính trị và đời sống hôm nay"] == "navigation"
    assert all(dropped.values())


def test_each_filled_field_says_where_it_came_from() -> None:
    assert {"title", "lead", "body", "captions", "images", "authors", "published"} <= set(reading(page()).sources)


def test_a_paragraph_with_a_few_links_stays() -> None:
    builder, adviser = "<a href='/cong-ty.html'>Công ty Cầu đường</a>", "<a href='/tu-van.html'>tư vấn</a>"
    linked = f"<p>Dự án do {builder} thi công, {adviser} giám sát.</p>"
    article = reading(page(extra=linked)).article
    assert article is not None
    assert article.body[-1].text == "Dự án do Công ty Cầu đường thi công, tư vấn giám sát."


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='/bai-9.html'>Tỉnh sẽ làm thêm hai cây cầu nữa</a></p>",
        "<p>Đọc thêm: <a href='/bai-9.html'>Hai cây cầu nữa</a></p>",
        "<p>&gt;&gt; Xem thêm: <a href='/bai-9.html'>Hai cây cầu nữa sẽ được xây</a></p>",
        "<p>Lesen Sie auch: <a href='/9'>Zwei weitere Brücken</a></p>",
        "<div><strong>Read more</strong><ul><li><a href='/9'>Two more bridges are planned</a></li></ul></div>",
    ],
)
def test_a_pointer_between_paragraphs_goes_and_the_article_goes_on(line: str) -> None:
    html = page().replace(f"<p>{STORY[2]}</p>", f"<p>{STORY[2]}</p>{line}")
    article = reading(html).article
    assert article is not None
    assert [block.text for block in article.body] == STORY


def test_how_long_ago_a_page_was_made_is_cut_out_of_the_text_beside_it() -> None:
    for ago in ("3 giờ trước", "5 giờ trước"):
        article = reading(page().replace(f"<p>{STORY[1]}", f"<p><time>{ago}</time>{STORY[1]}")).article
        assert article is not None
        assert [block.text for block in article.body] == STORY


@pytest.mark.parametrize("beside", ["", f"<div><p>{TEASERS[0][1]}</p><p>{TEASERS[1][1]}</p></div>"])
def test_a_caption_reads_the_same_whether_votes_were_asked_for_or_not(beside: str) -> None:
    parts = "<figcaption><a href='/anh/cau.jpg'>Xem ảnh lớn:</a><p>Cầu nhìn từ phía đông.</p></figcaption>"
    html = page(lead="").replace("<figcaption>Cầu Bến Lam nhìn từ phía đông.</figcaption>", parts)
    read_page = reading(html.replace("</main>", f"{beside}</main>"))
    assert read_page.sources["body"].startswith("trafilatura" if beside else "the element")
    assert read_page.article is not None
    assert read_page.article.captions == ("Xem ảnh lớn: Cầu nhìn từ phía đông.",)


def test_a_byline_in_a_card_is_no_byline_however_the_mark_up_is_laid_out() -> None:
    card = f"<div><h4><a href='/k.html'>{TEASERS[0][0]} ở Vàm Lớn</a></h4>{{}}<span class='author'>Hồ Ba</span></div>"
    for space in ("", "\n" * 900):
        article = reading(page().replace('<span class="author">Lê An</span>', card.format(space))).article
        assert article is not None
        assert "Hồ Ba" not in article.authors


def test_a_heading_over_an_empty_list_does_not_take_the_paragraph_above_the_next_such_list() -> None:
    empty = "<div><span><a href='javascript:;'>TIN MỚI</a></span><ul></ul></div>"
    links = "".join(
        f"<li><a href='/bai-{n}.html'>{title} sau nhiều năm</a></li>" for n, (title, _) in enumerate(TEASERS)
    )
    html = page().replace(f"<p>{STORY[0]}</p>", f"{empty}<p>{STORY[0]}</p><div><b>Đọc thêm</b><ul>{links}</ul></div>")
    article = reading(html).article
    assert article is not None
    assert [block.text for block in article.body] == STORY


def test_a_box_within_a_caption_is_no_part_of_it() -> None:
    box = "<div class='newsletter-signup'>Nhận tin mỗi sáng qua thư điện tử.</div></figcaption>"
    article = reading(page().replace("</figcaption>", box)).article
    assert article is not None
    assert article.captions == ("Cầu Bến Lam nhìn từ phía đông.",)


def test_an_advertisement_in_a_short_article_does_not_make_it_a_teaser() -> None:
    dated = f"<p>BẾN LAM (AFP) - {STORY[0]}</p><p>{STORY[1]}</p>{{}}"
    head = "<html lang=vi><head><title>Cầu Bến Lam sắp thông xe</title></head><body><h1>Cầu Bến Lam sắp thông xe</h1>"
    for ad in ("", "<div><a href='/qc?1'>Mua vé tàu Tết giá rẻ cho cả gia đình</a></div>"):
        article = reading(f"{head}<div>{dated.format(ad)}</div></body></html>").article
        assert article is not None
        assert article.authors == ("AFP",)


def test_a_picture_that_a_class_calls_an_avatar_is_none_and_is_shown() -> None:
    avatar = "<p><img class='avatar' src='/anh/le-an-chan-dung.jpg'></p>"
    pages = (page().replace(f"<p>{STORY[1]}", f"{image}<p>{STORY[1]}") for image in (avatar, avatar.replace("av", "u")))
    classed, renamed = map(reading, pages)
    assert classed.article is not None
    assert renamed.article is not None
    assert len(renamed.article.images) == len(classed.article.images) + 1
    assert not compare(classed.article, renamed.article).changes


@pytest.mark.parametrize("name", ["", "class='modal_sizes' "])
def test_an_image_behind_sources_that_are_not_closed_is_found(name: str) -> None:
    small = f"<source {name}srcset='/anh/cau-nho.webp 400w'>"
    sources = f"<picture><source srcset='/anh/cau.webp 900w'>{small}{{}}</picture>"
    html = page().replace("<img", "<img ", 1)
    start = html.index("<img ")
    image = html[start : html.index(">", start) + 1]
    article = reading(html.replace(image, sources.format(image))).article
    assert article is not None
    assert [image.url for image in article.images] == ["https://baovidu.example/anh/cau.jpg"]


FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")
NOTE = "Đính chính: Bản trước của bài viết ghi nhầm chiều dài của cầu."


@pytest.mark.parametrize(
    "note",
    [
        NOTE,
        "সংশোধনী: এই প্রতিবেদনের আগের সংস্করণে সংখ্যাটি ভুল লেখা হয়েছিল।",
        "แก้ไข: ข่าวฉบับก่อนหน้าระบุจำนวนเกษตรกรคลาดเคลื่อน กองบรรณาธิการขออภัย",
    ],
)
def test_a_correction_note_apart_from_the_text_is_the_articles(note: str) -> None:
    tools = "<div class='u-1'><span>In bài</span> <span>Gửi bài</span></div>"
    article = reading(page().replace("</article>", f"</article>{tools}<p class='u-2'>{note}</p>")).article
    assert article is not None
    assert [block.text for block in article.body] == [*STORY, note]


@pytest.mark.parametrize(
    "box",
    [
        "<aside class='note'><p>{}</p></aside>",
        "<footer><p>{}</p></footer>",
        "<div class='ad-container'><p>Bài viết có liên kết quảng cáo.</p><p>{}</p></div>",
    ],
)
def test_a_correction_note_in_a_box_beside_the_text_is_the_articles_where_that_stands_within_it(box: str) -> None:
    within = reading(page(extra=box.format(NOTE))).article
    beside = reading(page().replace("</article>", f"</article>{box.format(NOTE)}")).article
    assert within is not None
    assert beside is not None
    assert NOTE in [block.text for block in within.body]
    assert NOTE not in [block.text for block in beside.body]


def test_when_a_page_was_brought_up_to_date_is_no_correction_note() -> None:
    stamp = "<p class='u-2'>Cập nhật lúc 10 giờ 15 phút ngày 11 tháng 3 năm 2026</p>"
    article = reading(page().replace("</article>", f"</article>{stamp}")).article
    assert article is not None
    assert [block.text for block in article.body] == STORY


def test_kinds_of_blocks_are_kept() -> None:
    extra = (
        "<h2>Các mốc chính</h2><ul><li>Khởi công tháng 5/2021.</li><li>Hợp long tháng 9/2024.</li></ul>"
        "<blockquote>Cây cầu là lời hứa được giữ.</blockquote>"
        "<table><tr><th>Loại xe</th><th>Phí</th></tr><tr><td>Xe con</td><td>15.000 đồng</td></tr></table>"
        f"<p>{STORY[0].replace('10/3', '11/3')}</p>"
    )
    article = reading(page(extra=extra)).article
    assert article is not None
    assert [(block.kind.value, block.text) for block in article.body[-7:-1]] == [
        ("heading", "Các mốc chính"),
        ("list-item", "Khởi công tháng 5/2021."),
        ("list-item", "Hợp long tháng 9/2024."),
        ("quote", "Cây cầu là lời hứa được giữ."),
        ("table-row", "Loại xe | Phí"),
        ("table-row", "Xe con | 15.000 đồng"),
    ]


def test_text_is_as_the_page_has_it() -> None:
    odd = 'Hoa\u0300 bi\u0300nh – "thẳng" và “cong”, 3.5 chứ không phải 35, theo lời kể của nhiều người có mặt.'
    article = reading(page(extra=f"<p>{odd}</p>")).article
    assert article is not None
    assert article.body[-1].text == odd


def test_site_rules_come_before_the_general_reading() -> None:
    html = page(
        lead="<p>Dòng đầu trang cho mọi bài của chuyên mục này, không phải sa pô.</p>",
        extra="<p class='x'>Bỏ dòng này đi nhé.</p>",
    )
    rules = Rules(
        body="div.content", lead="article p:first-of-type", drop=(".x", "figure"), timezone="Asia/Ho_Chi_Minh"
    )
    found = reading(html, rules)
    assert found.article is not None
    assert STORY[1] in [block.text for block in found.article.body]
    assert found.article.images == ()
    assert {d.text: d.why for d in found.dropped}["Bỏ dòng này đi nhé."] == "site rule '.x'"
    assert found.sources["body"] == "site rule 'div.content'"


def test_nothing_is_read_in_what_the_site_file_drops() -> None:
    box = "<div class='hop'>01/01/2020 08:00 <a rel=author>Hà Văn Sếnh</a></div>"
    html = page().replace("</h1>", f"</h1>{box}", 1)
    plain, ruled = reading(html).article, reading(html, Rules(drop=(".hop",), timezone="Asia/Ho_Chi_Minh"))
    assert plain is not None
    assert ruled.article is not None
    assert "Hà Văn Sếnh" in plain.authors
    assert "Hà Văn Sếnh" not in ruled.article.authors
    assert ruled.article == reading(page()).article


def test_a_selector_that_is_none_decides_nothing() -> None:
    assert reading(page(), Rules(body="div[", timezone="Asia/Ho_Chi_Minh")).article == reading(page()).article


def test_readings_do_not_depend_on_what_was_read_before() -> None:
    first = reading(page(extra=teasers()))
    for other in ("<p>x</p>", page(), "<h1>404</h1>"):
        reading(other)
    assert reading(page(extra=teasers())) == first


def test_the_reader_version_knows_the_rules_apart() -> None:
    assert reader_version(Rules()) == reader_version(Rules())
    assert reader_version(Rules()) != reader_version(Rules(body="div.content"))


@pytest.mark.parametrize("body", [b"", b"\x00" * 50, b"<html><body></body></html>", b"<frameset></frameset>"])
def test_a_page_without_text_is_unreadable_and_says_why(body: bytes) -> None:
    found = read(body, URL, "text/html", Rules())
    assert found.article is None
    assert found.unreadable


def test_a_not_found_page_answered_200_is_suspect() -> None:
    html = "<title>Không tìm thấy trang | Báo Ví Dụ</title><body><h1>Lỗi 404</h1><p>Mời về trang chủ.</p>"
    assert reading(html).suspect.startswith("not-found page")


def test_a_two_sentence_article_is_read_and_no_suspect() -> None:
    found = reading(
        "<html lang='vi'><body><h1>Hà Nội mưa lớn</h1><p>Chiều nay Hà Nội mưa lớn. Nhiều phố ngập.</p></body>"
    )
    assert found.suspect == ""
    assert found.article is not None
    assert [block.text for block in found.article.body] == ["Chiều nay Hà Nội mưa lớn. Nhiều phố ngập."]


def test_a_page_that_says_nothing_but_a_notice_is_not_empty() -> None:
    notice = "Mời bạn đọc theo dõi bản tin dự báo thời tiết đêm nay và ngày mai do đài khí tượng thực hiện."
    article = reading(f"<html lang='vi'><body><h1>Bản tin thời tiết</h1><div><p>{notice}</p></div></body>").article
    assert article is not None
    assert [block.text for block in article.body] == [notice]


def test_a_strip_of_teasers_above_the_article_does_not_take_its_first_paragraph() -> None:
    strip = "".join(
        f"<a href='/bai-{n}.html'><img src='/t{n}.jpg'></a><p><a href='/bai-{n}.html'>{title} ở tỉnh ta</a></p>"
        for n, (title, _) in enumerate(TEASERS)
    )
    article = reading(page().replace('<div class="content">', f'<div class="content">{strip}')).article
    assert article is not None
    assert [block.text for block in article.body] == STORY


def test_paragraphs_set_apart_between_headline_and_body_are_read() -> None:
    opening = ["Đoạn mở đầu thứ nhất nói về con sông.", "Đoạn mở đầu thứ hai nói về bến phà cũ."]
    article = reading(page(lead="<section>" + "".join(f"<p>{text}</p>" for text in opening) + "</section>")).article
    assert article is not None
    assert [block.text for block in article.body] == opening + STORY


@pytest.mark.parametrize(
    "header",
    [
        "<div>20:25, ngày 11 tháng 3 năm 2025</div><p>Bài và ảnh: Lò Thị Mây</p>",
        "<p>Lò Thị Mây - Thứ ba, 11/03/2025 20:25</p>",
    ],
)
def test_a_page_whose_accents_stand_apart_says_the_same(header: str) -> None:
    html = newspage.page(newspage.article(header))
    found = [
        read(normalize(form, html).encode(), URL, "text/html", Rules(timezone="Asia/Ho_Chi_Minh")) for form in FORMS
    ]
    composed, apart = (one.article for one in found)
    assert composed is not None
    assert apart is not None
    assert apart.authors == composed.authors == ("Lò Thị Mây",)
    assert apart.published
    assert composed.published
    assert apart.published.iso == composed.published.iso
    assert not compare(composed, apart).changes


def box_of_teasers(count: int = 4) -> str:
    told = "Nông dân nhiều xã phấn khởi vì năng suất vụ này cao hơn vụ trước gần nửa tấn mỗi héc-ta, sau ba năm mất mùa"
    cards = "".join(
        f"<div><a href='/bai-{n}.html'><img src='/t{n}.jpg'><h3>Lúa đông xuân được mùa lần {n}</h3></a>"
        f"<p>Ở xã thứ {n}, {told}.</p></div>"
        for n in range(count)
    )
    return f"<section class='kontext'><h2>Chiều nay</h2>{cards}</section>"


HEADED = "<html lang='vi'><body><div><div><h1>Cầu Bến Lam sắp thông xe</h1>"
TOLD = "".join(f"<p>{text}</p>" for text in STORY)


def test_teasers_that_say_more_than_a_short_article_do_not_take_its_place() -> None:
    short = f"{STORY[0]} {STORY[1]}"
    article = reading(f"{HEADED}<div>{short}</div></div></div>{box_of_teasers()}").article
    assert article is not None
    assert [block.text for block in article.body] == [short]


def test_teasers_beside_a_long_article_do_not_change_how_its_text_is_found() -> None:
    html = f"{HEADED}<article>{TOLD}{TOLD.replace('cầu', 'phà')}</article></div></div>"
    assert reading(html).sources["body"] == reading(html + box_of_teasers()).sources["body"]


@pytest.mark.parametrize("count", ["<span>11 ngày trước</span>", "<p class='m'>1.204 lượt xem 31 bình luận</p>"])
def test_a_count_above_the_text_does_not_take_the_place_of_a_lead_set_off_by_type(count: str) -> None:
    article = reading(f"{HEADED}<div>{count}<p><b>{LEAD}</b></p>{TOLD}</div></div></div>").article
    assert article is not None
    assert article.lead == LEAD
    assert [block.text for block in article.body] == STORY


def test_a_desk_line_goes_though_a_label_of_links_stands_below_it() -> None:
    rows = "".join(f"<tr><td><a href='/b{n}.html'>Chuyện ở bến cá buổi sớm, kỳ {n}</a></td></tr>" for n in range(3))
    desk = "<p>(Reporting by An Le; Editing by Man Tran)</p>"
    box = f"<div>Một nhãn lạ<table>{rows}</table></div>"
    article = reading(f"{HEADED}<div>{TOLD}{desk}{box}</div></div></div>").article
    assert article is not None
    assert [block.text for block in article.body] == STORY


def test_a_word_before_the_lead_that_says_what_it_is_is_no_part_of_it() -> None:
    found = reading(page(lead=f"<p class='sapo'>导语：{LEAD}</p>")).article
    assert found is not None
    assert found.lead == LEAD


def test_pictures_are_the_articles_where_a_template_has_the_headline_below_the_text() -> None:
    title = "Cầu treo qua suối Nậm Lúc khánh thành"
    told = [f"<p>Đoạn {n} kể chuyện dựng cầu treo qua suối, việc mà dân hai bản chờ mười năm nay.</p>" for n in "1234"]
    told.insert(2, "<figure><img src='/anh/cau-treo-20260311.jpg' alt=''></figure>")
    begun = f"<html><head><title>{title}</title></head><body><main>{''.join(told)}</main>"
    for below in (f"<h1>{title}</h1></body></html>", "</body></html>"):
        page = f"{begun}{below}".encode()
        found = read(page, "https://baovidu.example/a-post1.html", "text/html; charset=utf-8", Rules())
        assert found.article is not None
        assert [image.url for image in found.article.images] == ["https://baovidu.example/anh/cau-treo-20260311.jpg"]
