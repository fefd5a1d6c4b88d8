import pytest

from tests.newspage import BODY, PARAGRAPHS, TITLE, article, json_ld, page, read, texts

AUTHOR_IS_SITE = json_ld(author='{"@type": "Organization", "name": "Báo Ví Dụ"}')
AUTHOR_IS_PERSON = json_ld(author='{"@type": "Person", "name": "Lò Thị Mây"}')


@pytest.mark.parametrize(
    "main",
    [
        article('<div class="meta"><span class="author">Lò Thị Mây</span> <span>11/03/2025 - 20:25</span></div>'),
        article("<div>Lò Thị Mây 11/03/2025 - 20:25</div>"),
        article("<p>Lò Thị Mây - Thứ ba, 11/03/2025 20:25</p>"),
        article("<div>Xã hội | 11/03/2025 20:25 | Lò Thị Mây</div>"),
        article("<div><b>Lò Thị Mây</b></div><div>11/03/2025 20:25</div>"),
        article("<h4>Lò Thị Mây • 11/03/2025 20:25</h4>"),
        article('<ul><li><a href="/tac-gia/lo-thi-may.html">Lò Thị Mây</a></li><li>11 Tháng Ba, 2025</li></ul>'),
        article('<a rel="author" href="/nguoi/12">Lò Thị Mây</a>'),
        article(after='<p style="text-align: right;"><strong>Lò Thị Mây</strong></p>'),
        article(after="<p><b>Bài và ảnh: Lò Thị Mây</b></p>"),
        article(after='<p class="tac-gia">Theo Lò Thị Mây</p>'),
        article(after='<div class="author-info"><p class="name">Lò Thị Mây (tổng hợp)</p></div>'),
        article('<div><a href="/xa-hoi/">Xã hội</a> - Lò Thị Mây - 11/03/2025 20:25</div>'),
        article('<p><span class="ten">Lò Thị Mây</span> - <span>Theo Nhịp sống Bến Lâm</span> 11/03/2025</p>'),
        article(after="<p><b>Bài: Lò Thị Mây<br>Ảnh: Vàng A Sùng<br>Đồ họa: Giàng A Páo</b></p>"),
        article('<div class="tac-gia"><p>Lò Thị Mây</p><p>Phóng viên thường trú</p></div>'),
        article('<p><span class="tac-gia">Lò Thị Mây,</span> <span>Theo Nhịp sống Bến Lâm</span></p>'),
        article('<a href="/tac-gia/lo-thi-may"><p>Viết bởi Lò Thị Mây</p><p>Phóng viên thường trú Tây Bắc</p></a>'),
        f'<h1>{TITLE}</h1><article>{BODY}<p style="text-align: right;"><strong>Lò Thị Mây</strong></p></article>',
        article(
            after='<div class="author-source"><p class="author">Lò Thị Mây</p><a href="/goc">Lấy link gốc</a></div>'
        ),
        article(after='<div class="author-source"><strong class="detail-author">Lò Thị Mây</strong></div>'),
        article(
            '<section aria-labelledby="article-byline"><ul><li><i>Lò Thị Mây</i></li><li>Báo Ví Dụ</li></ul></section>'
        ),
    ],
)
def test_a_byline_is_found_wherever_vietnamese_pages_put_it(main: str) -> None:
    assert read(page(main, AUTHOR_IS_SITE)).authors == ("Lò Thị Mây",)


def test_a_short_text_is_signed_on_the_right_too() -> None:
    told = "<p>Đường thông lúc 5 giờ.</p><p>Không ai bị thương.</p>"
    signed = '<p style="text-align: right;"><strong>Lò Thị Mây</strong></p>'
    short = f"<h1>{TITLE}</h1><article>{told}{{}}</article>"
    assert read(page(short.format(signed), AUTHOR_IS_SITE)).authors == ("Lò Thị Mây",)
    long = "".join(f"<p>{text} {text}</p>" for text in PARAGRAPHS)
    assert read(page(short.format(f"{long}{signed}{long}"), AUTHOR_IS_SITE)).authors == ()


@pytest.mark.parametrize("tracked", ["", "?s=20&t=4069", "#top"])
def test_an_authors_page_is_known_whatever_its_address_is_tracked_by(tracked: str) -> None:
    linked = f'<div>Trên mạng: <a href="https://twitter.com/lothimay{tracked}">Lò Thị Mây</a></div>'
    assert read(page(article(after=linked), AUTHOR_IS_SITE)).authors == ("Lò Thị Mây",)


def test_without_a_byline_there_is_no_author() -> None:
    assert read(page(article("<div>11/03/2025 20:25</div>"), AUTHOR_IS_SITE)).authors == ()


def test_an_author_told_to_machines_stands_without_a_byline() -> None:
    assert read(page(article(), AUTHOR_IS_PERSON)).authors == ("Lò Thị Mây",)


def test_a_byline_adds_the_author_that_json_ld_leaves_out() -> None:
    header = '<p class="byline">Lò Thị Mây - Vàng A Sùng</p>'
    assert read(page(article(header), AUTHOR_IS_PERSON)).authors == ("Lò Thị Mây", "Vàng A Sùng")


def test_an_author_whom_the_byline_has_in_place_of_one_that_machines_are_told_is_an_author() -> None:
    told = json_ld(author='[{"@type": "Person", "name": "Lò Thị Mây"}, {"@type": "Person", "name": "Vàng A Sùng"}]')
    byline = '<div class="byline"><span class="author">Lò Thị Mây</span> <span class="author">{}</span></div>'
    names = [read(page(article(byline.format(name)), told)).authors for name in ("Giàng A Páo", "Vàng A Sùng")]
    assert names == [("Lò Thị Mây", "Giàng A Páo"), ("Lò Thị Mây", "Vàng A Sùng")]
    elsewhere = byline.format("Giàng A Páo") + "<p><b>Vàng A Sùng</b></p>"
    assert read(page(article(elsewhere), told)).authors == ("Lò Thị Mây", "Vàng A Sùng")


def test_a_byline_replaces_a_json_ld_author_whom_the_page_does_not_show() -> None:
    head = json_ld(author='{"@type": "Person", "name": "Nhập Liệu"}')
    assert read(page(article('<p class="byline">Lò Thị Mây</p>'), head)).authors == ("Lò Thị Mây",)


def test_an_author_may_be_a_reference_within_the_graph() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#p1"}},'
        '{"@type": "Person", "@id": "#p1", "name": "Lò Thị Mây"}]}</script>'
    )
    assert read(page(article(), head)).authors == ("Lò Thị Mây",)


def test_an_agency_is_an_author() -> None:
    assert read(page(article(after="<p>(Theo TTXVN)</p>"))).authors == ("TTXVN",)


@pytest.mark.parametrize(
    ("dateline", "authors"),
    [
        ("HÀ NỘI (TTXVN) - ", ("TTXVN",)),
        ("THORNMOUTH, Calif. (dpa/AFP) — ", ("dpa", "AFP")),
        ("HÀ NỘI (BVD) - ", ()),
        ("Đoàn công tác của TTXVN (TTXVN) đã đến, ", ()),
    ],
)
def test_an_agency_in_the_dateline_is_the_author_of_a_text_without_a_byline(dateline: str, authors: tuple[str]) -> None:
    text = f"<p>{dateline}Người dân bản Nậm Lúc đã đón dòng điện lưới đầu tiên sau mười năm chờ đợi.</p>"
    assert read(page(article(text))).authors == authors
    assert read(page(article(f"<p class='author'>Lò Thị Mây</p>{text}"))).authors == ("Lò Thị Mây",)


def test_a_name_with_its_agency_signs_a_vietnamese_text() -> None:
    assert read(page(article(after="<p>Lò Thị Mây (TTXVN)</p>"))).authors == ("Lò Thị Mây", "TTXVN")


@pytest.mark.parametrize("line", ["Liên Hệ Quảng Cáo", "Thông Tin Bạn Đọc", "Hà Nội", "Ảnh: NVCC"])
def test_a_bold_line_after_the_text_that_is_no_name_signs_nothing(line: str) -> None:
    assert read(page(article(after=f"<p><strong>{line}</strong></p>"))).authors == ()


def test_a_photographers_credit_is_no_byline() -> None:
    assert read(page(article(after='<p style="text-align:right"><strong>Ảnh: Hà Sếnh</strong></p>'))).authors == ()


def test_a_related_articles_author_is_not_taken() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Một bài báo khác hẳn",'
        '"url": "/bai-khac-post9.html", "author": {"name": "Hà Văn Sếnh"}}</script>'
    )
    assert read(page(article(), head)).authors == ()


def test_an_account_of_the_site_gives_way_to_the_person_whom_the_page_names() -> None:
    head = json_ld(author='{"@type": "Person", "name": "Ví Dụ Admin"}')
    header = '<p>bởi <span class="author">Ví Dụ Admin</span> | 11/03/2025</p><p><strong>Lò Thị Mây</strong></p>'
    assert read(page(article(header), head)).authors == ("Lò Thị Mây",)
    assert read(page(article(), head)).authors == ("Ví Dụ Admin",)


@pytest.mark.parametrize(
    "header",
    [
        "<p>Written by <a>Ada Crane</a></p><p>Reviewed by <a>Joan Ashdown</a></p>",
        "<p><a>Medically reviewed</a> by <a>Joan Ashdown RDN</a> — <span>Written by <a>Ada Crane</a></span></p>",
        "<p>Fact checked by</p><p class='author'>Joan Ashdown</p><p>By Ada Crane</p>",
    ],
)
def test_who_only_checked_a_text_is_no_author(header: str) -> None:
    main = f"<article><h1>Ferry fares to rise</h1>{header}{BODY}</article>"
    assert read(page(main, language="en", title="Ferry fares to rise")).authors == ("Ada Crane",)


def test_categories_beside_the_author_are_no_authors() -> None:
    links = '<a href="/category/ban-lang/" rel="tag">Bản Làng</a>, <a href="/chuyen-muc/am-nhac/">Âm Nhạc</a>'
    header = f'<div class="entry-byline"><a href="/nguoi/may">Lò Thị Mây</a> 11/03/2025 {links}</div>'
    assert read(page(article(header))).authors == ("Lò Thị Mây",)


def test_a_name_above_a_role_is_a_byline_and_one_above_a_sentence_is_none() -> None:
    def authors(below: str) -> tuple[str, ...]:
        lines = f"<div>Ada Crane</div><div>{below}</div>"
        main = f"<article><h1>Ferry fares to rise</h1>{lines}{BODY}</article>"
        return read(page(main, language="en", title="Ferry fares to rise")).authors

    assert authors("Transport correspondent") == ("Ada Crane",)
    assert authors("A transport correspondent told the council so.") == ()


def test_a_place_before_a_link_to_a_desk_is_no_author() -> None:
    line = '<p><b>New Thornmouth</b>, <a href="/desks/courier">Courier Night Bureau</a> | 11/03/2025 20:25</p>'
    main = f"<article><h1>Ferry fares to rise</h1>{line}{BODY}</article>"
    assert "New Thornmouth" not in read(page(main, language="en", title="Ferry fares to rise")).authors


def test_a_name_after_a_by_counts_wherever_it_links_to() -> None:
    header = '<p>Written by <a href="/ferry-desk">Ada Crane</a> on March 11, 2025</p>'
    main = f"<article><h1>Ferry fares to rise</h1>{header}{BODY}</article>"
    assert read(page(main, language="en", title="Ferry fares to rise")).authors == ("Ada Crane",)


def test_a_linked_name_after_a_by_is_the_author_and_what_stands_before_the_time_is_none() -> None:
    header = '<p><span>Par <a href="/u/7">Clara Aubert</a></span> <span>Publié le 18/11/2025 à 07h30</span></p>'
    assert read(page(article(header), language="fr")).authors == ("Clara Aubert",)
    two = header.replace("Clara Aubert", "Clara Aubert, Yann Tanguy")
    assert read(page(article(two), language="fr")).authors == ("Clara Aubert", "Yann Tanguy")


def test_an_entry_of_a_menu_is_no_byline() -> None:
    menu = '<ul><li class="menu-item menu-item-type-post"><a href="/user/gui-bai/">Gửi Bài Viết</a></li></ul>'
    assert read(page(f"{menu}{article()}")).authors == ()


def test_a_heading_beside_the_time_is_no_name() -> None:
    lines = "<h1>How Do Ferries Dock</h1><p>How Do River Ferries with Ramps Dock?</p><p>11/03/2025</p>"
    main = f"<article>{lines}{BODY}</article>"
    assert read(page(main, language="en", title="How Do Ferries Dock")).authors == ()


def test_an_agency_in_brackets_behind_other_words_beside_the_time_is_no_byline() -> None:
    beside = "<p>Toàn cảnh cầu cảng mới (AFP)</p><time>10/03/2025 17:05</time>"
    assert read(page(article(header=beside))).authors == ()


def test_the_credit_of_a_picture_beside_the_time_is_no_byline() -> None:
    beside = "<div class='image-credit'>Hồ Thị Ba, TTXVN</div><time>10/03/2025 17:05</time>"
    assert read(page(article(header=beside))).authors == ()


def test_an_english_byline_gives_names_without_roles_and_places() -> None:
    main = (
        "<article><h1>Ferry fares to rise</h1><p>By <a href='/staff/ada-crane'>Ada Crane</a> and "
        "<a href='/staff/joan-ashdown'>Joan Ashdown</a>, Transport Reporters</p>"
        "<p>The fares of all three river ferries are to rise in November, the council said.</p></article>"
    )
    found = read(page(main, language="en", title="Ferry fares to rise"), "https://courier.example/a/ferry")
    assert found.authors == ("Ada Crane", "Joan Ashdown")


def test_byline_and_sign_off_are_left_to_no_body() -> None:
    found = read(page(article("<p>Lò Thị Mây 11/03/2025 - 20:25</p>", "<p><b>Lò Thị Mây</b></p>")))
    assert {"Lò Thị Mây 11/03/2025 - 20:25", "Lò Thị Mây"} <= set(texts(found.elements))


def test_a_sentence_that_says_after_what_it_goes_is_no_byline() -> None:
    said = "<p>Theo dự thảo, vùng này rộng 9,3 km2, nằm giữa các đường Nguyễn Văn Cừ, Lý Thái Tổ, Võ Thị Sáu.</p>"
    assert read(page(f"<article><h1>{TITLE}</h1>{said}{BODY}</article>")).authors == ()


def test_a_chapters_heading_above_the_text_is_no_name() -> None:
    chapter = "<p><strong>Chương I. QUY ĐỊNH</strong></p>"
    assert read(page(f"<article><h1>{TITLE}</h1>{chapter}{BODY}</article>")).authors == ()


def test_a_headline_in_capitals_that_is_shown_again_is_no_name() -> None:
    title = "How To Mend A Bike"
    header = f"<h1>{title}</h1><div>2 March 2026</div><h2>{title}</h2>"
    assert read(page(f"<article>{header}{BODY}</article>", title=title, language="en")).authors == ()


def test_who_signed_a_quoted_document_is_not_who_signed_the_article() -> None:
    signed = "<p><strong>TM. CHÍNH PHỦ<br>KT. THỦ TƯỚNG<br>PHÓ THỦ TƯỚNG<br>Lò Văn Ví</strong></p>"
    by = '<p style="text-align: right"><b>Khánh Linh</b></p>'
    text = f"<p>{' '.join(PARAGRAPHS)}</p>" * 3
    assert read(page(f"<article><h1>{TITLE}</h1>{text}{signed}{by}</article>")).authors == ("Khánh Linh",)


@pytest.mark.parametrize(
    "main",
    [
        article('<p class="author">Haber <a href="/yazar/1">Lò Thị Mây</a></p>'),
        article('<div class="author-by">Haber</div><div class="author-name"><a href="/yazar/1">Lò Thị Mây</a></div>'),
        article(after='<div class="item-author">نویسنده: Lò Thị Mây</div>'),
        article('<p class="author">লেখক <a href="/x/1">Lò Thị Mây</a></p>'),
        article(after='<div class="author">di: Lò Thị Mây</div>'),
        article('<div class="who">Συντάκτης: Lò Thị Mây</div>'),
    ],
)
def test_a_word_that_says_who_a_name_is_is_no_name(main: str) -> None:
    assert read(page(main)).authors == ("Lò Thị Mây",)


def test_who_signed_a_document_of_short_lines_is_no_name_above_the_text() -> None:
    points = "".join(f"<p>{n}. Phạt tiền đối với hành vi thứ {n} trong các hành vi sau đây;</p>" for n in range(1, 6))
    signed = "<p><b>PHÓ THỦ TƯỚNG</b></p><p><b>Lò Văn Ví</b></p>"
    assert read(page(f"<article><h1>{TITLE}</h1>{points}{signed}<p>Hết văn bản này.</p></article>")).authors == ()


def test_below_the_agency_that_a_text_is_from_stands_who_wrote_it() -> None:
    told = "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 2)
    signed = '<p style="text-align:right"><em>Theo TTXVN</em></p><p style="text-align:right"><b>GIA CHÍNH</b></p>'
    found = read(page(f"<article><h1>{TITLE}</h1>{told}{signed}</article>"))
    assert found.authors == ("GIA CHÍNH", "TTXVN")


def test_names_that_read_as_labels_of_a_time_are_whole_beside_one() -> None:
    beside = '<div class="inf"><span class="tg">{}</span> <span class="tm">17:15 08/11/2026</span></div>'
    assert read(page(article(beside.format("Hải Đăng")))).authors == ("Hải Đăng",)
    assert read(page(article(beside.format("Lệ Thu")))).authors == ("Lệ Thu",)


def test_two_authors_side_by_side_are_two_though_a_bar_stands_behind_them() -> None:
    names = '<div class="m-author"><span>Hà Văn Sếnh</span><span>Lò Thị Mây</span> <b>|</b></div>'
    assert read(page(article(names))).authors == ("Hà Văn Sếnh", "Lò Thị Mây")


def test_whence_a_text_came_does_not_replace_who_wrote_it() -> None:
    by = "<div><span>Tạ Lư</span> <span>07:00 04/11/2026</span></div>"
    assert read(page(article(by, after="<p><em>Nguồn: Bộ Tư pháp</em></p>"))).authors == ("Tạ Lư",)
    told = "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 2)
    signed = '<p style="text-align:right"><em>Theo Zootaxa</em></p><p style="text-align:right"><b>Tạ Lư</b></p>'
    assert read(page(f"<article><h1>{TITLE}</h1>{told}{signed}</article>")).authors == ("Tạ Lư",)
