"""Words as they are searched for, and the piece of text that shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.textkey import visible
from storage.search.question import parse
from storage.search.snippets import passage, snippet
from storage.search.words import spellings, words_of


@pytest.mark.parametrize(
    ("word", "form", "folded"),
    [
        ("Đặng", "đặng", "dang"),
        ("ƯỚC", "ước", "uoc"),
        ("thuỷ", "thuỷ", "thuy"),
        ("thủy", "thuỷ", "thuy"),
        ("Straße", "strasse", "strasse"),
        ("Łódź", "łódź", "lodz"),
        ("Ёлка", "ёлка", "елка"),
        ("ﬁn", "fin", "fin"),
        ("한국", "한국", "한국"),
        ("كِتاب", "كِتاب", "كتاب"),
    ],
)
def test_a_word_has_its_form_and_a_folded_form(word: str, form: str, folded: str) -> None:
    assert spellings(word) == [(form, folded)]


@given(text=st.text())
def test_folding_any_text_gives_words_without_blanks_quotes_or_ascii_signs(text: str) -> None:
    for form, folded in spellings(text):
        for word in (form, folded):
            assert word
            assert not set(word) & set(" \t\n'\"\\:*()&|!<>-=¶")


@given(text=st.text())
def test_the_places_of_words_are_where_they_stand(text: str) -> None:
    shown = visible(text)
    found = words_of(text)
    assert [spellings(shown[word.start : word.end]) for word in found] == [[(word.form, word.folded)] for word in found]
    assert [(word.form, word.folded) for word in found] == spellings(text)


def test_a_query_is_read_as_phrases_and_words() -> None:
    question = parse("“giá xăng” Tăng 7,5%")
    assert [phrase.forms for phrase in question.phrases] == [("giá", "xăng"), ("tăng",), ("7", "5")]
    assert question.together.folded == ("gia", "xang", "tang", "7", "5")


def test_a_long_passage_is_cut_around_the_first_hit() -> None:
    text = " ".join([*(f"a{n}" for n in range(50)), "giá xăng", *(f"b{n}" for n in range(50)), "giá vàng"])
    cut = snippet(parse('"giá xăng"'), [passage(text)])
    assert cut.text.startswith("… a38 a39")
    assert cut.text.endswith(" …")
    assert [cut.text[start:end] for start, end in cut.hits] == ["giá xăng"]
    assert len(cut.text.split()) == 42


def test_the_passage_with_most_of_the_question_is_shown() -> None:
    texts = [passage(text) for text in ("Giá vàng tăng.", "Xăng và dầu: gia xang giam.", "Giá xăng giảm 5%.")]
    assert snippet(parse("giá xăng 5"), texts).text == "Giá xăng giảm 5%."
    assert snippet(parse("gia xang giam"), texts).text == "Xăng và dầu: gia xang giam."


def test_only_the_words_that_changed_are_marked_in_the_sentence_around_them() -> None:
    cut = snippet(parse("tăng"), [passage("tăng mạnh", "Giá tăng, vàng tăng mạnh")])
    assert [cut.text[start:] for start, _ in cut.hits] == ["tăng mạnh"]
