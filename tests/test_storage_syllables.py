"""What can be a Vietnamese syllable, and which mistyped word stands for which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.syllables import is_slip, is_syllable, is_variant


@pytest.mark.parametrize("text", ["nghiêng ngả quyết giếng gìn khuỷu ngoằn ngoèo xoong được nguyễn thuở quý yêu gì ê"])
def test_syllables_are_known_by_their_onset_rhyme_and_tone(text: str) -> None:
    assert [word for word in text.split() if not is_syllable(word)] == []


@pytest.mark.parametrize("text", ["nghành thôg đđổ dduowcj nươc kông pháttriển blơi covid 5"])
def test_what_is_made_of_other_parts_is_none(text: str) -> None:
    assert [word for word in text.split() if is_syllable(word)] == []


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("thôg", "thông"),
        ("đđổ", "đổ"),
        ("ddang", "đang"),
        ("dduowcj", "được"),
        ("thanhf", "thành"),
        ("nghành", "ngành"),
        ("nươc", "nước"),
        ("cuả", "của"),
    ],
)
def test_a_slip_of_the_hand_is_known_in_either_direction(slip: str, meant: str) -> None:
    assert is_slip(slip, meant)
    assert is_slip(meant, slip)


@pytest.mark.parametrize(
    ("one", "other"), [("bán", "bàn"), ("a", "b"), ("samsung", "apple"), ("xe", "oto"), ("3", "4")]
)
def test_two_words_are_no_slip(one: str, other: str) -> None:
    assert not is_slip(one, other)


def test_papers_spell_some_syllables_as_they_please() -> None:
    assert is_variant("kỹ", "kĩ")
    assert is_variant("ngàn", "nghìn")
    assert not is_variant("tay", "tai")
    assert not is_variant("kỹ", "kỹ")


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_words_can_be_asked_about(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
    assert not is_slip(one, one)
