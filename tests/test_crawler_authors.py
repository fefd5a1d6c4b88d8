import pytest

from tests.newspage import article, json_ld, page, read, texts

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
    ],
)
def test_a_byline_is_found_wherever_vietnamese_pages_put_it(main: str) -> None:
    assert read(page(main, AUTHOR_IS_SITE)).authors == ("Lò Thị Mây",)


def test_without_a_byline_there_is_no_author() -> None:
    assert read(page(article("<div>11/03/2025 20:25</div>"), AUTHOR_IS_SITE)).authors == ()


def test_an_author_told_to_machines_stands_without_a_byline() -> None:
    assert read(page(article(), AUTHOR_IS_PERSON)).authors == ("Lò Thị Mây",)


def test_a_byline_adds_the_author_that_json_ld_leaves_out() -> None:
    header = '<p class="byline">Lò Thị Mây - Vàng A Sùng</p>'
    assert read(page(article(header), AUTHOR_IS_PERSON)).authors == ("Lò Thị Mây", "Vàng A Sùng")


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


def test_a_photographers_credit_is_no_byline() -> None:
    assert read(page(article(after='<p style="text-align:right"><strong>Ảnh: Hà Sếnh</strong></p>'))).authors == ()


def test_a_related_articles_author_is_not_taken() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Một bài báo khác hẳn",'
        '"url": "/bai-khac-post9.html", "author": {"name": "Hà Văn Sếnh"}}</script>'
    )
    assert read(page(article(), head)).authors == ()


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
