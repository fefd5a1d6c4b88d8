import pytest

from tests.newspage import TITLE, article, json_ld, page, read, texts

CRUMBS = (
    '<ul class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="/xa-hoi/">Xã hội</a></li>'
    '<li><a href="/xa-hoi/doi-song/">Đời sống</a></li></ul>'
)


@pytest.mark.parametrize(
    ("main", "head", "section"),
    [
        (CRUMBS + article(), "", "Đời sống"),
        (article(before='<div class="cate"><a href="/xa-hoi/">Xã hội</a></div>'), "", "Xã hội"),
        (article(before='<p class="section">Xã hội</p>'), "", "Xã hội"),
        (article(before="<div>Xã hội</div>"), "", "Xã hội"),
        (
            f'<div class="main"><a class="category" href="/xa-hoi.htm">Xã hội</a>{article()}'
            + "".join(f'<a href="/khac-{n}.html">Bài khác {n}</a>' for n in range(9))
            + "</div>",
            "",
            "Xã hội",
        ),
        (article(before='<a href="/bai-viet/">Quay lại danh sách</a>'), "", ""),
        (article(before='<a href="https://baovidu.example/xa-hoi.html">Xã hội</a>'), "", "Xã hội"),
        (article(), json_ld(articleSection='"Xã hội"'), "Xã hội"),
        (article(), '<meta property="article:section" content="Xã hội">', "Xã hội"),
        (CRUMBS + article(), json_ld(articleSection='["Xã hội"]'), "Xã hội"),
        (
            article(before='<div>江城 <a href="/">首页</a> &gt;&gt; <a href="/shehui/">社会</a> &gt;&gt; 正文</div>'),
            "",
            "社会",
        ),
        (
            '<ul class="breadcrumb"><li><a href="/">홈</a></li><li><a href="/sahoe/">사회</a></li></ul>' + article(),
            "",
            "사회",
        ),
        (article(before='<em class="head_categorize_item">사회</em><hr>'), "", "사회"),
        ('<ul class="breadcrumb"><li><a href="/x">{{ navItem.title }}</a></li></ul>' + article(), "", ""),
        (article(), "", ""),
    ],
)
def test_the_section_is_found_wherever_pages_state_it(main: str, head: str, section: str) -> None:
    assert read(page(main, head)).section == section


@pytest.mark.parametrize(("between", "section"), [(", ", "Xã hội"), (" › ", "Đời sống")])
def test_of_sections_side_by_side_it_is_the_one_that_the_page_states(between: str, section: str) -> None:
    links = f'<a href="/xa-hoi/">Xã hội</a>{between}<a href="/xa-hoi/doi-song/">Đời sống</a>'
    head = '<meta property="article:section" content="Xã hội">'
    assert read(page(article(before=f'<div class="cate">{links}</div>'), head)).section == section


def test_json_ld_breadcrumbs_end_before_home_and_headline() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": ['
        '{"position": 2, "item": {"@id": "/xa-hoi/", "name": "Xã hội"}},'
        '{"position": 1, "name": "Trang chủ", "item": "/"},'
        f'{{"position": 3, "name": "{TITLE}"}}]}}</script>'
    )
    assert read(page(article(), head)).section == "Xã hội"


def test_the_sites_navigation_is_no_section_line() -> None:
    found = read(page('<div class="main-menu"><a href="/kinh-te/">Kinh tế</a></div>' + article()))
    assert found.section == ""


@pytest.mark.parametrize("href", ["#noi-dung", "?in=1#top", "/rss/xa-hoi.rss", "/xa-hoi/feed/", "/xa-hoi.xml"])
def test_a_link_to_a_place_of_the_page_or_to_a_feed_is_no_section_line(href: str) -> None:
    before = f'<div class="tren"><a href="{href}">Xuống dưới</a></div>'
    assert read(page(article(before=before))).section == ""
    assert read(page(article(before=before.replace(href, "/xa-hoi/")))).section == "Xuống dưới"


def test_the_breadcrumb_is_an_element_of_the_header() -> None:
    assert "Trang chủXã hộiĐời sống" in texts(read(page(CRUMBS + article())).elements)


def test_the_last_name_of_a_menu_above_the_headline_is_no_section() -> None:
    names = ("Thời sự", "Thế giới", "Kinh tế", "Giáo dục", "Thể thao", "Giải trí", "Sức khỏe", "Du lịch", "Số hóa")
    items = "".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(names))
    menu = f'<div class="topcategory"><ul>{items}</ul></div>'
    assert read(page(menu + article(), json_ld(articleSection='"Xã hội"'))).section == "Xã hội"


def test_a_link_beside_the_time_that_calls_itself_a_category_is_the_section() -> None:
    time = '<p class="meta"><span>25-11-2026 - 08:45</span> | <a class="{}" href="/hang-hoa.html">Hàng hóa</a></p>'
    assert read(page(article(time.format("cat")))).section == "Hàng hóa"
    assert read(page(article(time.format("follow")))).section == ""


def test_a_section_of_which_the_last_letter_is_set_apart_is_read_whole() -> None:
    rubric = '<div class="rubric"><a class="rubric__link" href="/kinh-te/">Kinh t<span class="last">ế</span></a></div>'
    assert read(page(article(before=rubric))).section == "Kinh tế"
