import re

import pytest

from crawler.finding.urllearning import learned_patterns

HOME = "https://baovidu.example"
WORDS = ("quoc-hoi-hop", "gia-vang-tang", "bao-so-ba", "doi-tuyen-thang", "le-hoi-mua-xuan", "thi-truong-nha-dat")
SECTIONS = [f"{HOME}/", f"{HOME}/chinh-tri/", f"{HOME}/the-thao.htm", f"{HOME}/kinh-te/chung-khoan/"]


@pytest.mark.parametrize(
    ("shape", "pattern"),
    [
        ("/{w}-post{n}.html", r"-post\d+\.html$"),
        ("/{w}-{n}20250311.htm", r"-\d{5,}\.htm$"),
        ("/kinh-te/{w}-c46a{n}.html", r"-c\d+a\d+\.html$"),
        ("/2025/03/11/{w}/", r"/\d{4}/\d{2}/\d{2}/"),
        ("/news/{n}", r"/\d{3,}/?$"),
        ("/view.php?id={n}", r"[?&]id=\d+"),
        ("/?p={n}", r"[?&]p=\d+"),
        ("/{w}-a1b2c3d4e{n}ff00", r"-[0-9A-Za-z]{8,}/?$"),
    ],
)
def test_the_shape_of_the_articles_is_learned(shape: str, pattern: str) -> None:
    articles = [HOME + shape.format(w=word, n=101 + n) for n, word in enumerate(WORDS)]
    assert learned_patterns(articles, SECTIONS) == (pattern,)


def test_two_shapes_give_two_patterns() -> None:
    articles = [f"{HOME}/{word}-post{n}.html" for n, word in enumerate(WORDS)]
    articles += [f"{HOME}/video/{word}-v{n}.htm" for n, word in enumerate(WORDS)]
    patterns = learned_patterns(articles, SECTIONS)
    assert set(patterns) == {r"-post\d+\.html$", r"-v\d+\.htm$"}


def test_no_pattern_takes_a_section() -> None:
    articles = [f"{HOME}/{word}-{n}.html" for n, word in enumerate(WORDS, 101)]
    section = f"{HOME}/thoi-su-7.html"
    assert learned_patterns(articles, SECTIONS) == (r"-\d+\.html$",)
    (pattern,) = learned_patterns(articles, [*SECTIONS, section])
    assert not re.search(pattern, section)


def test_without_a_common_shape_nothing_is_claimed() -> None:
    assert learned_patterns([f"{HOME}/{word}" for word in ("a", "b", "c", "d")], SECTIONS) == ()
    assert learned_patterns([], SECTIONS) == ()


def test_what_is_learned_is_a_regular_expression_even_for_odd_urls() -> None:
    for url in ("/a(b-c[d-1.html", "/%zz-*+post1", "/-", "/.html", "/a-b.h(ml"):
        for pattern in learned_patterns([HOME + url], []):
            assert re.search(pattern, HOME + url)
