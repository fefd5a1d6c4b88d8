import pytest

from crawler.pages.machinetitles import without_site
from tests.newspage import BODY, TITLE, article, page, read, texts


def title_of(main: str, head: str = "", title: str = TITLE) -> str:
    return read(page(main, head, title=title)).title


def test_the_visible_headline_goes_before_a_shortened_one() -> None:
    assert title_of(article(), title="Bản trên mây Nậm Lúc đón điện") == TITLE


def test_the_headline_is_the_h1_that_agrees_with_the_machine_titles() -> None:
    main = f"<h1>Xã hội</h1>{article()}<h1>Một bài báo khác của tỉnh</h1>"
    assert title_of(main) == TITLE


def test_a_headline_rewritten_for_readers_alone_is_the_headline() -> None:
    main = f'<h1><a href="/">Báo Ví Dụ</a></h1><article><h1>Dân làng mở hội mừng ngày có đèn sáng</h1>{BODY}</article>'
    assert title_of(main) == "Dân làng mở hội mừng ngày có đèn sáng"
    assert title_of(f'<div class="content-sidebar-wrap">{main}</div>') == "Dân làng mở hội mừng ngày có đèn sáng"


def test_a_short_headline_rewritten_for_readers_alone_is_told_from_a_sections_name_by_the_article_around_it() -> None:
    assert title_of(f"<article><h1>Cả thôn vui như hội</h1>{BODY}</article>") == "Cả thôn vui như hội"
    assert title_of(f"<article><h1>Đời sống xã hội</h1>{article()}</article>") == TITLE
    assert title_of(f"<div><h1>Cả thôn vui như hội</h1>{BODY}</div>") == TITLE


def test_of_several_headings_in_an_article_the_one_above_its_text_is_the_headline() -> None:
    rewritten = "Dân làng mở hội mừng ngày có đèn sáng"
    further = "<section><h1>Bạn đọc nói gì về chuyện điện lưới</h1></section>"
    linked = "<a href='/khac.html'><h1>Một bài báo khác của tỉnh hôm nay</h1></a>"
    assert title_of(f"<article>{linked}<h1>{rewritten}</h1>{BODY}{further}</article>") == rewritten
    assert title_of(f"<article><h1>{rewritten}</h1>{further}{BODY}</article>") == TITLE


@pytest.mark.parametrize(
    "box",
    [
        f"{BODY}<div><h4 class='audio-title'>{TITLE}</h4><p>Nghe bài này</p></div>",
        f"<div class='modal'><div class='modal-title'>{TITLE}</div><p>Chia sẻ bài này</p></div>{BODY}",
    ],
)
def test_the_old_headline_over_a_box_or_a_dialog_is_not_the_headline(box: str) -> None:
    edited = "Dân làng mở hội mừng ngày có đèn sáng"
    assert title_of(f"<article><h1>{edited}</h1>{box}</article>") == edited
    assert title_of(f"<article><h1>{TITLE} ở vùng cao</h1>{box}</article>") == f"{TITLE} ở vùng cao"


def test_a_rewritten_headline_that_the_header_says_twice_is_one_headline() -> None:
    head = "<h1>Dân làng mở hội mừng ngày có đèn sáng</h1>"
    main = f'<div class="wide-screens">{head}</div><article><div class="small-screens">{head}</div>{BODY}</article>'
    assert title_of(main) == "Dân làng mở hội mừng ngày có đèn sáng"


def test_of_several_headings_without_an_article_the_one_in_a_box_with_the_text_is_the_headline() -> None:
    edited = "Dân làng mở hội mừng ngày có đèn sáng"
    offer = "<div><h1>Đặt báo giấy cả năm với giá chỉ bằng một nửa</h1></div>"
    assert title_of(f"<div><div><h1>{edited}</h1></div>{BODY}</div>{offer}") == edited
    assert title_of(f"<div><h1>{edited}</h1></div>{BODY}{offer}") == TITLE


def test_what_a_page_that_is_no_article_says_twice_is_no_headline() -> None:
    slide = "<div class='slide'><h1>Dân làng mở hội mừng ngày có đèn sáng</h1></div>"
    assert (
        title_of(f"{slide}{slide}{BODY}", title="River ferry captains ask for quiet")
        == "River ferry captains ask for quiet"
    )


def test_a_short_heading_that_is_called_a_title_does_not_stand_against_a_long_one() -> None:
    beside = "<div><h1 class='story-title'>Bạn đọc nhiều nhất</h1></div>"
    edited = "Dân làng mở hội mừng ngày có đèn sáng"
    assert title_of(f"<div><h1>{edited}</h1>{BODY}</div>{beside}") == edited


def test_the_old_headline_in_a_list_of_what_the_author_wrote_is_not_the_headline() -> None:
    newest = f'<ul><li><a href="/nam-luc.html">{TITLE}</a></li><li><a href="/cau.html">Cầu treo mới</a></li></ul>'
    main = f"<article><h1>Dân làng mở hội mừng ngày có đèn sáng</h1><div>{newest}</div>{BODY}</article>"
    assert title_of(main) == "Dân làng mở hội mừng ngày có đèn sáng"


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='gallery-overlay'><div class='gallery-title'>{TITLE}</div></div>",
        f"<article class='audio-module'><h4 class='audio-title'>{TITLE}</h4></article>",
        f"<div class='article__nav'><span class='nav-item-title'>{TITLE}</span></div>",
    ],
)
def test_the_old_headline_of_pictures_a_recording_or_a_bar_above_the_text_is_not_the_headline(box: str) -> None:
    edited = "Dân làng mở hội mừng ngày có đèn sáng"
    assert title_of(f"<article><h1>{edited}</h1>{box}{BODY}</article>") == edited
    assert title_of(f"<article>{box}<h1>{edited}</h1>{BODY}</article>") == edited


def test_the_old_headline_in_a_bar_above_the_article_is_not_the_headline() -> None:
    edited = "Dân làng mở hội mừng ngày có đèn sáng"
    bar = f"<div class='top'><div class='bar-headline'>{TITLE}</div></div>"
    whole = page(f"<article><h1>{edited}</h1>{BODY}</article>")
    assert read(whole.replace("<main>", f"{bar}<main>")).title == edited


def test_a_headline_in_one_figure_with_its_picture_is_told_when_it_is_rewritten() -> None:
    head = "<figure><h1 class='article-title'>Cả thôn vui như hội</h1><img src='/a.jpg'></figure>"
    assert title_of(f"<article>{head}{BODY}</article>") == "Cả thôn vui như hội"


def test_a_box_of_text_and_sidebar_that_is_called_after_the_sidebar_hides_no_rewritten_headline() -> None:
    edited = "River ferry captains ask for quieter summer nights"
    grid = f"<div class='grid grid--sidebar'><h1>{edited}</h1>{BODY}</div>"
    side = f"<div class='grid'>{BODY}<div class='sidebar'><h1>{edited}</h1></div></div>"
    assert [read(page(main).replace("main>", "div>")).title for main in (grid, side)] == [edited, TITLE]


def test_a_short_rewritten_headline_is_known_by_what_mark_up_calls_it() -> None:
    assert title_of(f"<div><h1 class='entry-title'>Cả thôn vui như hội</h1>{BODY}</div>") == "Cả thôn vui như hội"


def test_a_word_changed_in_the_h1_alone_changes_the_headline_though_a_card_has_the_old_one() -> None:
    edited = TITLE.replace("điện lưới", "điện gió")
    machines = f'<meta name="twitter:title" content="{TITLE}"><meta name="title" content="{TITLE}">'
    card = f'<div class="moi-nhat"><h4 class="title">{TITLE}</h4></div>'
    assert title_of(f"<article><h1>{edited}</h1>{BODY}</article>{card}", machines) == edited


@pytest.mark.parametrize(
    "main",
    [
        f"<h1>Tin vắn trong ngày</h1>{BODY}",  # short enough for a name
        f'<h1><a href="/">Tiếng nói của người dân vùng cao hôm nay</a></h1>{BODY}',
        f"<nav><h1>River news from all over the county</h1></nav>{BODY}",
        f"<h1>Tiếng nói của người dân vùng cao hôm nay</h1>{BODY}<h1>Bạn đọc nói gì về chuyện điện lưới</h1>",
        f'<h1>Tiếng nói của người dân vùng cao hôm nay</h1><h2 class="detail-title">{TITLE}</h2>{BODY}',
        f'<article><h1>Tiếng nói của người dân vùng cao hôm nay</h1><div class="t-1">{TITLE}</div>{BODY}</article>',
        f"<article><h1>Tiếng nói của người dân vùng cao hôm nay</h1><span>{TITLE}</span>{BODY}</article>",
        f'<article><h1>Tiếng nói của người dân vùng cao hôm nay</h1><b class="headline">{TITLE}</b>{BODY}</article>',
    ],
)
def test_an_h1_that_may_be_the_sites_is_not_the_headline_unless_machines_are_told_something_like_it(main: str) -> None:
    assert title_of(main) == TITLE


def test_a_site_name_in_an_h1_is_not_the_headline() -> None:
    main = f'<h1><a href="/">Báo Ví Dụ</a></h1><h2 class="detail-title">{TITLE}</h2>{BODY}'
    assert title_of(main) == TITLE


def test_without_a_visible_headline_the_machine_title_is_used_without_the_site() -> None:
    found = read(
        f"<html><head><title>{TITLE} - Báo Ví Dụ</title><meta property='og:site_name' content='Báo Ví Dụ'>{BODY}"
    )
    assert (found.title, found.sources["title"]) == (TITLE, "<title>")


def test_a_kicker_inside_the_h1_is_left_out_where_the_page_leaves_it_out() -> None:
    assert title_of(f"<article><h1><span>Điện vùng cao: </span>{TITLE}</h1>{BODY}</article>") == TITLE


def test_parts_that_only_css_sets_apart_are_punctuated_as_the_machine_title() -> None:
    main = f"<article><h1><span>Điện vùng cao</span><span>{TITLE}</span></h1>{BODY}</article>"
    assert title_of(main, title=f"Điện vùng cao: {TITLE}") == f"Điện vùng cao: {TITLE}"
    joined = main.replace("Điện vùng", "Điện\u2060 vùng")  # which nobody sees
    assert title_of(joined, title=f"Điện vùng cao: {TITLE}") == f"Điện vùng cao: {TITLE}"


def test_what_only_screen_readers_get_is_not_in_the_headline() -> None:
    main = f'<article><h1><span class="sr-only">Video: </span>{TITLE}</h1>{BODY}</article>'
    assert title_of(main) == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Ferry fares to rise - Thornmouth Courier",
        "Ferry fares to rise | Thornmouth Courier",
        "Ferry fares to rise – Thornmouth Courier Online | Thornmouth Courier",
        "Thornmouth Courier: Ferry fares to rise".replace(": ", " | "),
        "Ferry fares to rise - Thornmouth Courier - News from the river",
    ],
)
def test_the_sites_name_is_cut(title: str) -> None:
    assert without_site(title, ["Thornmouth Courier"]) == "Ferry fares to rise"


def test_a_dash_within_a_headline_stays() -> None:
    assert without_site("Hà Nội - Lào Cai: thêm tàu đêm", ["Báo Ví Dụ"]) == "Hà Nội - Lào Cai: thêm tàu đêm"


def test_a_title_in_the_breadcrumb_is_not_the_headline_that_readers_see() -> None:
    crumbs = '<nav class="breadcrumb"><a href="/xa-hoi/">Xã hội</a><h1>Điện lưới Nậm Lúc: bao giờ có điện?</h1></nav>'
    main = f'{crumbs}<h2><span class="kicker">Vùng cao</span> <span class="headline">{TITLE}</span></h2>{BODY}'
    head = '<meta name="twitter:title" content="Điện lưới Nậm Lúc: bao giờ có điện?">'
    assert title_of(main, head) == TITLE


def test_a_title_in_the_breadcrumb_stays_where_the_page_shows_no_other() -> None:
    assert title_of(f'<nav class="breadcrumb"><a href="/xa-hoi/">Xã hội</a><h1>{TITLE}</h1></nav>{BODY}') == TITLE


def test_an_h1_that_the_head_title_adds_to_the_headline_is_the_sites_name() -> None:
    html = (
        f"<html><head><title>Sổ tay Bến Lâm: {TITLE}</title><meta property='og:title' content='{TITLE}'></head>"
        f"<body><h1><a href='/bai/'>Sổ tay Bến Lâm</a></h1><h3>{TITLE}</h3>{BODY}<h1>Bước đầu tiên</h1></body></html>"
    )
    assert read(html).title == TITLE


def test_a_logo_in_the_only_h1_is_not_the_headline() -> None:
    html = (
        f"<html><head><title>Sổ tay Bến Lâm - {TITLE}</title></head>"
        f"<body><h1><a href='/'>Sổ tay Bến Lâm</a></h1><div class='post-title'>{TITLE}</div>{BODY}</body></html>"
    )
    found = read(html)
    assert (found.title, found.sources["title"]) == (TITLE, "<div> in the page")


def test_a_headline_is_not_taken_for_the_site_where_og_title_names_only_the_site() -> None:
    html = (
        f"<html><head><title>{TITLE} - Sổ tay Bến Lâm</title><meta property='og:title' content='Sổ tay Bến Lâm'></head>"
        f"<body><h1>{TITLE}</h1>{BODY}<h1>Bước đầu tiên</h1></body></html>"
    )
    assert read(html).title == TITLE


def test_a_headline_in_a_block_that_broke_out_of_its_h1_is_found_in_the_page() -> None:
    found = read(page(f"<article><h1><p>{TITLE}</p></h1><p>Lò Thị Mây</p><p>11/03/2025 20:25</p>{BODY}</article>"))
    assert found.sources["title"] == "<p> in the page"
    assert found.authors == ("Lò Thị Mây",)


def test_a_punctuation_mark_that_readers_see_is_not_replaced() -> None:
    main = f"<article><h1><span>Điện vùng cao: </span><span>{TITLE}</span></h1>{BODY}</article>"
    assert title_of(main, title=f"Điện vùng cao -- {TITLE}") == f"Điện vùng cao: {TITLE}"


def test_a_name_that_the_address_implies_is_cut_from_the_end() -> None:
    hosts = ("vidulabs.example", "vidulabs")
    assert without_site("Ferry fares to rise | ViduLabs Journal", [], (), hosts) == "Ferry fares to rise"
    assert without_site("vidulabs.example Ferry fares to rise", [], (), hosts) == "Ferry fares to rise"
    assert without_site("Vidu - Tamba ferry fares to rise", [], (), hosts) == "Vidu - Tamba ferry fares to rise"


def test_a_kicker_that_the_page_shows_stays_and_a_section_set_off_by_a_bar_goes() -> None:
    main = f"<article><p>Điện vùng cao</p><h1>{TITLE}</h1>{BODY}</article>"
    for joined, title in ((f"Điện vùng cao: {TITLE}", f"Điện vùng cao: {TITLE}"), (f"Điện vùng cao | {TITLE}", TITLE)):
        assert title_of(main, f'<meta name="twitter:title" content="{joined}">', title=joined) == title


def test_a_word_of_the_title_in_an_h1_of_its_own_is_not_the_headline() -> None:
    main = f"<h1>{TITLE}: mười năm</h1>{BODY}<h1>Bạn đọc</h1><p>Chưa có ý kiến nào.</p>"
    assert title_of(main, title="Bản Nậm Lúc đón điện lưới, mười năm chờ. Bạn đọc") == f"{TITLE}: mười năm"


def test_a_section_between_bars_goes_with_the_site_and_a_dash_does_not_make_one() -> None:
    headline = "Council says ferry fares are to rise"
    assert without_site(f"{headline} | River news | Courier", ["Courier"]) == headline
    assert without_site(f"{headline} - Tamba - Courier", ["Courier"]) == f"{headline} - Tamba"


def test_a_subtitle_inside_the_h1_is_left_out_where_the_page_leaves_it_out() -> None:
    assert title_of(f"<article><h1>{TITLE} <small>Câu chuyện vùng cao</small></h1>{BODY}</article>") == TITLE


def test_a_headline_that_the_page_names_its_application_too_is_no_site_name() -> None:
    social = '<meta property="og:title" content="Mười điều chưa ai kể về vùng cao">'
    head = f'<title>{TITLE}</title>{social}<meta name="application-name" content="{TITLE}">'
    assert read(f"<html><head>{head}</head><body>{article()}</body></html>").title == TITLE


def test_a_headline_in_a_block_that_calls_itself_the_head_of_the_article_is_found_beside_the_sites_own() -> None:
    logo = '<h1><a href="/">Cổng thông tin tỉnh Ví Dụ</a></h1>'
    found = read(page(f'{logo}<div class="ArticleHeader">{TITLE}</div><p class="ngay">(27/11/2026 08:15)</p>{BODY}'))
    assert found.sources["title"] == "<div> in the page"
    assert found.published is not None


@pytest.mark.parametrize("told", [f"<span>{TITLE}</span>", f'<b class="headline">{TITLE}</b>'])
def test_a_headline_in_an_inline_element_is_that_element_and_not_the_article_around_it(told: str) -> None:
    found = read(page(f"<article><h1>Tiếng nói của người dân vùng cao hôm nay</h1>{told}{BODY}</article>"))
    assert (found.title, texts(found.elements)) == (TITLE, [TITLE])
