"""Which addresses show one picture, and which two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.fields import field_changes
from storage.comparison.imagekey import image_key, only_moved
from storage.records import Article, Image
from tests.ending import ended


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/w640/photo-abc-123456.jpg", "http://cdn.example/w1200/photo-abc-123456.webp?v=2"),
        (
            "https://a.example/ab12cd34/0_0_500_300/master/500.jpg",
            "https://a.example/ab12cd34/0_0_500_300/master/300.jpg",
        ),
        ("https://a.example/up/2025/03/speech-1024x768.jpg", "https://a.example/up/2025/03/speech.jpg"),
        ("https://a.example/a/img.jpg?w=100", "https://a.example/a/img.jpg?w=200&utm_source=x"),
        ("https://r.example/fetch/w_800,c_fill/https://a.example/big-story.jpg", "https://a.example/big-story.jpg"),
        ("https://a.example/_next/image?url=%2Fmedia%2Fabc.jpg&w=640", "https://a.example/media/abc.jpg"),
        ("https://a.example/zoom/480_300/hung/abc_QWER.jpg", "https://a.example/hung/abc_QWER.jpg.webp"),
        ("https://a.example/07/18637072/5/920x920.jpg", "https://a.example/07/18637072/5/square_gallery_thumb.jpg"),
        (
            "https://a.example/styles/large/public/b-1.jpg?itok=0e",
            "https://a.example/styles/large/public/b-1.jpg?itok=7c",
        ),
        ("https://a.example/a/img.jpg?sig=9f&exp=170", "https://a.example/a/img.jpg?sig=77&exp=171&Policy=x"),
        ("https://a.example/a/img.jpg?auth=120259431", "https://a.example/a/img.jpg?auth=9c77&width=800"),
        ("https://a.example/a/img.jpg?k=0f3b9a6c1d2e4f5061728394a5b6c7d8", "https://a.example/a/img.jpg"),
        (
            "https://a.example/960x540/rtx/original.jpg?timestamp=1799823765",
            "https://a.example/960x540/rtx/original.jpg",
        ),
        ("https://cdn.a.example/img/36921-1.jpg", "https://a.example/upload/441/36921-1.jpg"),
        ("data:image/gif;base64,AAA", "https://a.example/blank.gif"),
    ],
)
def test_a_resized_or_moved_file_is_the_same_picture(one: str, other: str) -> None:
    assert image_key(one) == image_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/photo-1.jpg", "https://a.example/photo-2.jpg"),
        ("https://a.example/minister-2025.jpg", "https://a.example/minister-2026.jpg"),
        ("https://a.example/IMG_1230.jpg", "https://a.example/IMG_1240.jpg"),
        ("https://a.example/image?id=1", "https://a.example/image?id=2"),
        (
            "https://a.example/get?key2=0f3b9a6c1d2e4f5061728394a5b6c7d8",
            "https://a.example/get?key2=1f3b9a6c1d2e4f5061728394a5b6c7d8",
        ),
        ("https://a.example/media/aaa/master/500.jpg", "https://a.example/media/bbb/master/500.jpg"),
        ("https://a.example/old.jpg", "https://a.example/new.jpg"),
    ],
)
def test_another_file_is_another_picture(one: str, other: str) -> None:
    assert image_key(one) != image_key(other)


def test_addresses_within_addresses_do_not_hold_up_who_compares() -> None:
    nested = f"https://a.example/{'http://' * 100_000}"
    assert ended(image_key, f"{nested}%20ferry.jpg").endswith(" ferry")
    assert ended(image_key, "https://a.example/fetch/http://b.example/a%20b/https://c.example/ferry.jpg") == "ferry"
    assert ended(image_key, f"https://a.example/a/img.jpg?x-{'0' * 1_000_000}%0A%0A=1").startswith("a/img/x-0")


@given(st.text())
def test_any_string_has_a_key(url: str) -> None:
    assert isinstance(image_key(url), str)
    assert isinstance(image_key("https://a.example/" + url), str)


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        (["https://a.example/2026/03/sxh-1.jpg"], ["https://cdn.example/dt/w600/sxh-1.webp"]),
        (["https://a.example/1/anh-1.jpg", "/1/anh-2.jpg"], ["/m/anh-2.jpg?w=600", "/m/anh-1.jpg?w=600"]),
        (["/images/lu.jpg", "/images/cau.jpg"], ["/kho/cau.jpg", "/kho/lu.jpg"]),
    ],
)
def test_pictures_whose_folders_all_change_are_the_same_ones(gone: list[str], come: list[str]) -> None:
    assert only_moved(gone, come)
    assert only_moved(come, gone)


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        (["/2026/03/11/anh-1.jpg"], ["/2026/03/12/anh-1.jpg"]),  # any picture of any day is called so
        (["/2026/03/11/1.jpg"], ["/2026/03/12/1.jpg"]),
        (["/a/sxh-1.jpg"], ["/a/sxh-2.jpg"]),
        (["/a/sxh-1.jpg"], ["/b/sxh-1.jpg", "/b/sxh-2.jpg"]),
        (["/a/sxh-1.jpg"], []),
        (["/a/?id=1"], ["/b/?id=1"]),
    ],
)
def test_a_picture_of_another_name_or_of_no_name_is_another(gone: list[str], come: list[str]) -> None:
    assert not only_moved(gone, come)


def test_no_edit_is_told_where_pictures_are_only_moved() -> None:
    def article(url: str) -> Article:
        images = (Image(url=f"https://vidu.example{url}", caption="Muỗi vằn"),)
        return Article(url="", canonical_url="", title="Sốt xuất huyết tăng", images=images)

    assert field_changes(article("/2026/sxh-1.jpg"), article("/dt/w600/sxh-1.jpg")) == []
    assert [change.field for change in field_changes(article("/a/sxh-1.jpg"), article("/a/sxh-2.jpg"))] == ["images"]
