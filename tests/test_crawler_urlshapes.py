import pytest

from crawler.urlshapes import looks_like_article, without_twin_marks


@pytest.mark.parametrize(
    "path",
    [
        "/chinh-tri/quoc-hoi-thong-qua-luat-post101.html",
        "/quoc-hoi-hop-20250311202500123.htm",
        "/2025/03/11/kinh-te/tang-truong/",
        "/2025/mar/11/growth-slows",
        "/news/898682/tang-truong-cao/vi",
        "/a-short-slug-here.html",
        "/four-words-are-enough",
        "/article/two-words",
        "/doc/12345678",
        "/news/view.php?id=8576",
        "/?p=8576",
        "/the-gioi/bai-viet-c7a1f3e2d9b0",
        "/2025/03/11/kinh-te-tang-truong/index.html",
    ],
)
def test_an_article_is_known_by_the_shape_of_its_url(path: str) -> None:
    assert looks_like_article("https://baovidu.example" + path)


@pytest.mark.parametrize(
    "path",
    ["/", "/chinh-tri/", "/chinh-tri.htm", "/the-gioi/chau-a/", "/tag/quoc-hoi-thong-qua-luat-dat-dai",
     "/tac-gia/nguyen-van-a-123456", "/anh/quoc-hoi-thong-qua-luat-post101.jpg", "/rss/thoi-su.rss", "/2025/03/",
     "/search?q=quoc-hoi", "/thoi-su?page=2", "/video"],
)  # fmt: skip
def test_lists_and_files_are_no_articles(path: str) -> None:
    assert not looks_like_article("https://baovidu.example" + path)


@pytest.mark.parametrize(
    "mark", ["/a-b.amp.html", "/amp/a-b.html", "/a-b.html/amp", "/a-b.html?amp=1", "/a-b.html/print"]
)
def test_the_marks_of_twins_come_off(mark: str) -> None:
    assert without_twin_marks("https://baovidu.example" + mark) == "https://baovidu.example/a-b.html"


def test_a_word_that_only_begins_like_a_mark_stays() -> None:
    for path in ("/ampere-la-gi", "/camp/amplifier.html", "/a?amplitude=1"):
        assert without_twin_marks("https://baovidu.example" + path) == "https://baovidu.example" + path
