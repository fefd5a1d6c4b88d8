"""Vietnamese words of several syllables are shown whole in word diffs."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.compounds import compounds, whole
from storage.comparison.hunks import Hunk
from storage.comparison.worddiff import word_diff

SYLLABLES = ["bệnh", "viện", "Bệnh", "hợp", "tác", "xã", "kinh", "tế", "và", "mới", "5", ",", "."]
WORDS = st.lists(st.sampled_from(SYLLABLES), max_size=25).map(" ".join)


def changed(old: str, new: str, *texts: str) -> list[tuple[str, str]]:
    hunks = whole(word_diff(old, new), compounds(texts))
    return [(hunk.old.strip(), hunk.new.strip()) for hunk in hunks if not hunk.equal]


@pytest.mark.parametrize(
    ("old", "new", "hunk"),
    [
        ("Ông đến bệnh viện hôm qua.", "Ông đến trường học hôm qua.", ("bệnh viện", "trường học")),
        ("Ông đến bệnh viện hôm qua.", "Ông đến bệnh xá hôm qua.", ("bệnh viện", "bệnh xá")),
        ("Vốn cho kinh tế tăng.", "Vốn cho y tế tăng.", ("kinh tế", "y tế")),
        ("Bàn về hợp tác xã mới.", "Bàn về hợp tác giáo dục mới.", ("hợp tác xã", "hợp tác giáo dục")),
        ("Cả bệnh viện đóng cửa.", "Cả viện đóng cửa.", ("bệnh viện", "viện")),
        ("Về Uỷ ban.", "Về Hội ban.", ("Uỷ ban", "Hội ban")),
    ],
)
def test_a_change_in_one_syllable_shows_the_word(old: str, new: str, hunk: tuple[str, str]) -> None:
    assert changed(old, new) == [hunk]


def test_a_word_that_recurs_in_the_article_is_known_from_it() -> None:
    old, new = "Giống lúa nếp cẩm lên giá.", "Giống lúa nếp than lên giá."
    assert changed(old, new) == [("cẩm", "than")]
    assert changed(old, new, "Bán nếp cẩm. Mua nếp cẩm.") == [("nếp cẩm", "nếp than")]


def test_a_mark_parts_words() -> None:
    assert changed("Trẻ bệnh, viện trả lời.", "Trẻ bệnh, trường trả lời.") == [("viện", "trường")]
    assert changed("Trẻ bệnh viện", "Trẻ bệnh viện, trường") == [("", ", trường")]


def test_syllables_that_stand_beside_many_others_are_no_word() -> None:
    assert changed("của dân", "của nước", "của dân. của dân. của tôi. của anh. của chị.") == [("dân", "nước")]


@given(WORDS, WORDS)
def test_nothing_is_lost_and_hunks_take_turns(old: str, new: str) -> None:
    hunks = whole(word_diff(old, new), compounds([old, new]))
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new
    assert all(first.equal != second.equal for first, second in pairwise(hunks))


def test_two_changes_in_one_word_are_one() -> None:
    hunks = (Hunk(False, "hợp ", "cộng "), Hunk(True, "tác ", "tác "), Hunk(False, "xã", "viên"))
    assert whole(hunks, compounds([])) == (Hunk(False, "hợp tác xã", "cộng tác viên"),)
