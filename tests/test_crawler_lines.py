"""Which elements are outside of an article's header and text."""

import pytest

from crawler.pages.lines import is_outside
from crawler.pages.tree import load


@pytest.mark.parametrize(
    ("names", "outside"),
    [
        ("post-7 post type-post category-native-advertising tag-newsletter", False),  # what it is about
        ("advertising category-xa-hoi", True),
        ("entry newsletter", True),
    ],
)
def test_what_an_article_is_about_does_not_say_what_its_box_is(names: str, outside: bool) -> None:
    box = load(f"<body><div class='{names}'><p>Một dòng.</p></div></body>").find(".//div")
    assert box is not None
    assert is_outside(box) is outside
