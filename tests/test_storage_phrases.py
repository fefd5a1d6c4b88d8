"""Changes are told by the whole number, date or name in which they are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.comparing import compare
from storage.comparison.phrases import grown, number_spans, telling_spans
from storage.comparison.worddiff import word_diff
from tests.test_storage_comparing import article

WORDS = st.lists(
    st.sampled_from(["hai", "mươi", "mốt", "Hà", "Nội", "N.V.T.", "tháng", "3", "và", ",", "."]), max_size=20
)
TEXTS = WORDS.map(" ".join)


def changed(old: str, new: str) -> list[tuple[str, str]]:
    hunks = grown(word_diff(old, new), *(number_spans(text, "vi") for text in (old, new)))
    return [(hunk.old.strip(), hunk.new.strip()) for hunk in hunks if not hunk.equal]


@pytest.mark.parametrize(
    ("old", "new", "hunk"),
    [
        ("Có hai mươi mốt em.", "Có hai mươi tư em.", ("hai mươi mốt", "hai mươi tư")),
        ("Có hai mươi mốt em.", "Có ba mươi mốt em.", ("hai mươi mốt", "ba mươi mốt")),
        ("Có hai mươi em.", "Có hai mươi hai em.", ("hai mươi", "hai mươi hai")),
        ("Có mười hai triệu.", "Có mười lăm triệu.", ("mười hai triệu", "mười lăm triệu")),
        ("Có 1.234 tỷ đồng.", "Có 1.324 tỷ đồng.", ("1.234", "1.324")),
        ("Anh N.V.T. khai.", "Anh N.V.H. khai.", ("N.V.T.", "N.V.H.")),
        ("Anh Tư bán nhà.", "Anh Ba bán nhà.", ("Tư", "Ba")),
    ],
)
def test_a_number_of_several_words_is_shown_whole(old: str, new: str, hunk: tuple[str, str]) -> None:
    assert changed(old, new) == [hunk]


@pytest.mark.parametrize(
    ("language", "old", "new", "reason"),
    [
        ("vi", "Có hai mươi mốt em.", "Có hai mươi tư em.", "A number was changed: hai mươi mốt became hai mươi tư."),
        ("vi", "Lãi quý II giảm.", "Lãi quý III giảm.", "A date was changed: quý II became quý III."),
        ("vi", "Họp vào thứ Hai tới.", "Họp vào thứ Ba tới.", "A date was changed: vào thứ Hai became vào thứ Ba."),
        ("vi", "Huyện Mường Tè mưa.", "Huyện Mường Nhé mưa.", "A name was changed: Mường Tè became Mường Nhé."),
        ("vi", "Theo Thứ trưởng Bùi Lê.", "Theo Bộ trưởng Bùi Lê.", "A name was changed: Thứ trưởng became Bộ trưởng."),
        ("vi", "Anh N.V.T. khai.", "Anh N.V.H. khai.", "A name was changed: N.V.T became N.V.H."),
        ("en", "It was on March 3 there.", "It was on March 4 there.", "A date was changed: March 3 became March 4."),
        ("en", "So Mary Jones said.", "So Mary Smith said.", "A name was changed: Mary Jones became Mary Smith."),
        ("de", "Es war am 3. Mai dort.", "Es war am 4. Mai dort.", "A date was changed: 3. Mai became 4. Mai."),
    ],
)
def test_a_reason_quotes_what_a_reader_understands(language: str, old: str, new: str, reason: str) -> None:
    assert compare(article(old, language=language), article(new, language=language)).reasons == (reason,)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_and_hunks_take_turns(old: str, new: str) -> None:
    hunks = grown(word_diff(old, new), *(telling_spans(text, "vi") for text in (old, new)))
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new
    assert all(first.equal != second.equal for first, second in pairwise(hunks))
