"""Where a picture really is."""

import pytest

from crawler.pages.pictures import is_named_small, picture_url
from crawler.pages.tree import load

BASE = "https://baovidu.example/thoi-su/bai.html"


def url(html: str) -> str:
    image = load(f"<body>{html}</body>").find(".//img")
    assert image is not None
    return picture_url(image, BASE)


@pytest.mark.parametrize(
    "attributes",
    [
        "src='/anh/1.jpg'",
        "src='data:image/gif;base64,R0lG' data-src='/anh/1.jpg'",
        "src='data:image/gif;base64,R0lG' data-url='/anh/1.jpg'",
        "src='/anh/1.jpg' data-lazy='1' data-src='true'",
        "src='/anh/1.jpg' data-url='/anh/danh-sach?bai=7'",
        "src='data:image/gif;base64,R0lG' data-src='/anh/nho.jpg' data-full-src='/anh/1.jpg'",
        "src='/static/blank.gif' data-original='/anh/1.jpg'",
        "src='/lazy.gif' data-srcset='/anh/nho.jpg 320w, /anh/1.jpg 1280w'",
        "srcset='/anh/1.jpg 2x, /anh/nho.jpg 1x'",
        "src='data:image/gif;base64,R0lG' data-theirs-src='/anh/1.jpg'",
        """src='data:image/gif;base64,R0lG' data-srcs='{"https:\\/\\/baovidu.example/anh/1.jpg": {"width": 900}}'""",
    ],
)
def test_the_address_is_absolute_and_the_largest_that_is_no_placeholder(attributes: str) -> None:
    assert url(f"<img {attributes}>") == "https://baovidu.example/anh/1.jpg"


def test_a_source_beside_the_image_is_found() -> None:
    assert url("<picture><source srcset='/anh/1.webp 800w'><img alt=''></picture>").endswith("/anh/1.webp")


@pytest.mark.parametrize(
    "attributes",
    [
        "src='/1x1.gif'",
        "src='/logo.svg'",
        "src='/graphics/sr-loader.png'",
        "src='/a.jpg' width='16'",
        "src='https://www.facebook.com/tr?id=1'",
        "src='data:image/png;base64,AAAA'",
        "src='http://[bad/'",
        "alt='x'",
    ],
)
def test_placeholders_trackers_and_the_tiny_are_no_pictures(attributes: str) -> None:
    assert url(f"<img {attributes}>") == ""


def test_what_a_class_calls_an_icon_has_an_address_and_is_known_as_small() -> None:
    image = load("<body><p><img src='/a.jpg' class='avatar'></p></body>").find(".//img")
    assert image is not None
    assert picture_url(image, BASE)
    assert is_named_small(image)


def test_what_the_box_around_it_alone_calls_an_avatar_is_known_as_small_and_what_shares_it_with_words_is_not() -> None:
    def small(html: str) -> bool:
        image = load(f"<body>{html}</body>").find(".//img")
        return image is not None and is_named_small(image)

    assert small("<div><div class='author-avatar'><a><img src='/a.jpg'></a></div><p>An Bình</p></div>")
    assert not small("<div class='box avatar'><img src='/a.jpg'><p>Chợ cá dời ra bến mới.</p></div>")
