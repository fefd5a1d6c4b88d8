"""What mark-up says of itself that it is not the article."""

import pytest

from crawler.pages.boilerplate import find_boilerplate, mistaken
from crawler.pages.segmenting import segment
from crawler.pages.tree import load

LONG = "<p>Sáng nay, lãnh đạo thành phố đã kiểm tra tiến độ thi công tuyến đường ven biển và làm việc với nhà thầu.</p>"


def why(html: str) -> list[str]:
    return list(find_boilerplate(load(f"<body>{html}</body>"), frozenset()).values())


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<nav>x</nav>", "navigation"),
        ("<div role='navigation'>x</div>", "navigation"),
        ("<div class='article-body relatedNews box'>x</div>", "related links"),
        ("<div class='tin-lien-quan'>x</div>", "related links"),
        ("<section id='you-may-also-like'>x</section>", "related links"),
        ("<div class='shareBar'>x</div>", "share buttons"),
        ("<div class='newsletter-signup'>x</div>", "newsletter or app box"),
        ("<div id='binh-luan'>x</div>", "comments"),
        ("<div class='author-bio'>x</div>", "author box"),
        ("<div class='premium-promo'>x</div>", "advertisement"),
        ("<div class='quangcao'>x</div>", "advertisement"),
        ("<div class='adv-in-text'>x</div>", "advertisement"),
        ("<div class='staticpage_ads'>x</div>", "advertisement"),
        ("<div id='advads-7120'>x</div>", "advertisement"),
        ("<div data-advertisement='content_3'>x</div>", "advertisement"),
        ("<div data-area='newsletter'>x</div>", "newsletter or app box"),
        ("<div class='c-banner-item'>x</div>", "advertisement"),
        ("<div class='js-newsletter'>x</div>", "newsletter or app box"),
        ("<div class='container--ads'>x</div>", "advertisement"),
        ("<div class='kx7'><div data-testid='newsletter-box'>x</div></div>", "newsletter or app box"),
        ("<div class='banner side-banner'>x</div>", "advertisement"),
        ("<div class='box_quang_cao1'>x</div>", "advertisement"),
        ("<div class='author-promo clearfix'>x</div>", "author box"),
        ("<div class='cookie-banner'>x</div>", "cookie notice"),
        ("<div class='reader-poll'>x</div>", "page furniture"),
        ("<div class='gia-vang'>x</div>", "page furniture"),
        ("<div style='display: none'>x</div>", "hidden"),
        ("<div class='kx'><div>Morgens um sechs das Wichtigste lesen</div><input type='email'></div>", "form"),
        ("<div class='kx'><p>รับข่าวสำคัญทางอีเมลทุกเช้า</p><button>สมัครรับข่าวสาร</button></div>", "form"),
        ("<div class='kx'><p>Morgens um sechs das Wichtigste lesen</p><button>Bestellen</button></div>", "form"),
        (
            "<div class='kx'><p>Chaque matin, toute la région en bref</p><a class='btn' href='/x'>Essayer</a></div>",
            "form",
        ),
    ],
)
def test_an_element_is_known_by_its_names(html: str, reason: str) -> None:
    assert why(html) == [reason]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='article-body'>x</div>",
        "<div class='has-sidebar'>x</div>",
        "<div class='unrelated'>x</div>",
        "<div class='shared-border-colour'>x</div>",
        "<div class='commentary'>x</div>",
        "<div class='banner-title'>x</div>",
        "<div class='advice'>x</div>",
        "<div class='has-ads'>x</div>",
        "<div data-testid='paragraph-3'>x</div>",
        "<p class='tags'>x</p>",
        "<div class='post category-quang-cao'>x</div>",
        "<div class='social-media-embed'><blockquote>x</blockquote></div>",
    ],
)
def test_a_name_that_only_contains_such_a_word_is_left_alone(html: str) -> None:
    assert why(html) == []


def test_a_panel_that_a_heading_opens_is_not_hidden() -> None:
    panel = "<h3 id='h'>Ưu điểm</h3><div role='region' aria-labelledby='h' {}><ul><li>Nhẹ</li></ul></div>"
    assert [why(panel.format(form)) for form in ("hidden", "aria-hidden='true'", "style='display:none'")] == [[]] * 3
    assert why("<div role='region' hidden>x</div>") == ["hidden"]  # as scripts fill with advertisements


def test_what_holds_the_headline_is_never_boilerplate() -> None:
    tree = load("<body><div class='sidebar-right'><h1>Tít</h1></div></body>")
    headline = tree.find(".//h1")
    assert headline is not None
    assert find_boilerplate(tree, frozenset((headline,))) == {}


def test_a_form_around_the_whole_page_is_the_page() -> None:
    assert why(f"<form>{LONG * 5}</form>") == []


def test_a_mark_on_most_of_the_text_is_a_mistake() -> None:
    tree = load(f"<body><div class='share'>{LONG * 4}</div><p>Nguồn tin cho biết.</p></body>")
    marks = find_boilerplate(tree, frozenset())
    assert mistaken(segment(tree, marks)) == frozenset(marks)


def test_long_comments_under_a_short_article_stay_comments() -> None:
    tree = load(f"<body><main>{LONG}{LONG}</main><div class='comments'>{LONG * 20}</div></body>")
    assert mistaken(segment(tree, find_boilerplate(tree, frozenset()))) == frozenset()


def test_classes_that_colour_code_say_nothing_of_the_page() -> None:
    assert (
        why("<pre><code><span class='comment'># xem nhánh</span> git <span class='tag'>log</span></code></pre>") == []
    )


def test_a_small_box_around_a_form_is_left_out_with_what_it_says() -> None:
    form = "<form><input name='e'><button>Đăng ký</button></form>"
    assert why(f"<div class='k3'><p>Mỗi sáng một lá thư.</p>{form}</div>{LONG}") == ["form", "form"]


def test_a_box_that_holds_a_form_and_an_article_stays() -> None:
    form = "<form><input name='e'><button>Đăng ký</button></form>"
    assert why(f"<div class='k3'>{LONG * 3}{form}</div>") == ["form"]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='kx'><p>Der Rat stimmt am Donnerstag ab.</p><button>Merken</button><p>Gebaut wird dann.</p></div>",
        "<div class='kx'><figure><img src='a.jpg'></figure><p>Der Hafen am Abend</p><button>In groß</button></div>",
        3 * "<div class='tip'><p>Ein Zelt für zwei, das im Wind steht.</p><a class='btn' href='/x'>Kaufen</a></div>",
    ],
)
def test_what_only_holds_a_button_or_is_one_of_many_is_kept(html: str) -> None:
    assert why(html) == []


@pytest.mark.parametrize("named", ["{}", "u-{}", "_{}", "u-{}__3f07a", "{}_1x9Kd"])
def test_a_name_that_a_build_counted_up_to_is_no_advertisement(named: str) -> None:
    boxes = "".join(f"<div class='{named.format(name)} {named.format('zz')}'>x</div>" for name in ("ac", "ad", "ae"))
    assert why(boxes) == []
    assert why(boxes.replace(named.format("ae"), "text")) == ["advertisement"]
    assert why(boxes.replace(named.format("zz"), "newsletter")) == ["newsletter or app box"] * 3


def test_a_caption_that_is_said_elsewhere_to_those_who_do_not_see_is_shown() -> None:
    assert why("<figure><img><figcaption><span aria-hidden='true'>x</span></figcaption></figure>") == []
    assert why("<div><span aria-hidden='true'>x</span></div>") == ["hidden"]
