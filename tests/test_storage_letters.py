"""The letters and digits of a text."""

import re
from collections.abc import Callable
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.letters import compose, decompose, letters
from tests.ending import ended


@example("\U0002f800")  # a character that NFC writes as another
@example("a\u0300")
@given(st.text() | st.text(alphabet="aÀạ_ 1.,–“”\u00a0\u200bßİ\ud800"))
def test_letters_are_what_a_regular_expression_takes_for_word_characters(text: str) -> None:
    assert letters(text) == "".join(re.findall(r"\w+", compose(text))).casefold()


def test_accents_and_digits_count_and_signs_do_not() -> None:
    assert letters("Giá xăng: 25.350 đồng/lít!") == "giáxăng25350đồnglít"


def test_letters_with_their_accents_apart_are_the_same_letters() -> None:
    text = "Người dân Hà Nội, 53 tuyến phố"
    assert letters(normalize("NFD", text)) == letters(text)


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0e48\u0e38", "\u0f73", "\u3099\u302a"])
@pytest.mark.parametrize("change", [compose, decompose])
def test_a_letter_of_a_million_marks_is_left_with_a_few(change: Callable[[str], str], marks: str) -> None:
    changed: str = ended(change, f"a{marks * 500_000}b")
    assert (changed[-1], len(changed) < 100) == ("b", True)


@given(st.text(alphabet="aạ\u0301\u0323\u0e48\u0f73—!", max_size=30))
def test_all_else_is_composed_and_decomposed_as_unicode_says(text: str) -> None:
    assert (compose(text), decompose(text)) == (normalize("NFC", text), normalize("NFD", text))
    long = f"{text}{'—' * 40}{text}"
    assert (compose(long), decompose(long)) == (normalize("NFC", long), normalize("NFD", long))
