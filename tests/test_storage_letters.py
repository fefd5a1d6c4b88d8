"""The letters and digits of a text."""

import re
from unicodedata import normalize

from hypothesis import example, given
from hypothesis import strategies as st

from storage.letters import compose, letters


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
