import pytest

from crawler.pages.titles import without_site
from tests.newspage import BODY, TITLE, article, page, read


def title_of(main: str, head: str = "", title: str = TITLE) -> str:
    return read(page(main, head, title=title)).title


def test_the_visible_headline_goes_before_a_shortened_one() -> None:
    assert title_of(article(), title="Bản trên mây Nậm Lúc đón điện") == TITLE


def test_the_headline_is_the_h1_that_agrees_with_the_machine_titles() -> None:
    main = f"<h1>Xã hội</h1>{article()}<h1>Một bài báo khác của tỉnh</h1>"
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
    ],
)
def test_the_sites_name_is_cut(title: str) -> None:
    assert without_site(title, ["Thornmouth Courier"]) == "Ferry fares to rise"


def test_a_dash_within_a_headline_stays() -> None:
    assert without_site("Hà Nội - Lào Cai: thêm tàu đêm", ["Báo Ví Dụ"]) == "Hà Nội - Lào Cai: thêm tàu đêm"
