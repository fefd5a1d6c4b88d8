"""What two texts may differ in and still have the same words."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.comparison.textkey import loose_key, text_key, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("Thuý", "Thúy"),
        ("khoẻ", "khỏe"),
        ("“Đúng” – ông nói…", '"Đúng" - ông nói...'),
        ("l’été", "l'été"),
        ("số\u00a0liệu", "số liệu"),
        ("kinh\u200btế", "kinhtế"),
        ("Nach\u00adricht", "Nachricht"),
        ("Ðà Nẵng", "Đà Nẵng"),  # the first one begins with an Icelandic eth
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoà"), "Nguyễn Thị Hoà"),
    ],
)
def test_shapes_and_invisible_characters_do_not_count(one: str, other: str) -> None:
    assert one != other
    assert text_key(one) == text_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.5", "35"),
        ("1,5", "1.5"),
        ("ma", "má"),
        ("Hà nội", "Hà Nội"),
        ("quý", "qúy"),
        ("giá", "gía"),
        ("đã", "da"),
        ("tố cáo, bị bắt", "tố cáo bị bắt"),
        ("tổ chức", "tổchức"),
        ("hoàn", "hòan"),
    ],
)
def test_accents_case_and_punctuation_count(one: str, other: str) -> None:
    assert text_key(one) != text_key(other)
    assert loose_key(one) != loose_key(other)


def test_space_beside_punctuation_counts_only_between_digits() -> None:
    assert loose_key("« mot » , dit-il") == loose_key("«mot», dit-il")
    assert loose_key("8 %") == loose_key("8%")
    assert loose_key("1, 2") != loose_key("1,2")
    assert text_key("từ , mà") != text_key("từ, mà")


def test_raised_and_lowered_digits_do_not_count_behind_a_letter() -> None:
    assert loose_key("50 km², H₂SO₄, C₆H₁₂O₆") == loose_key("50 km2, H2SO4, C6H12O6")
    assert loose_key("10²³") != loose_key("1023")
    assert loose_key("²") != loose_key("2")


def test_a_fraction_is_the_same_in_one_character_and_in_digits() -> None:
    assert loose_key("½ và 1½ thìa") == loose_key("1/2 và 1 1/2 thìa")
    assert loose_key("1½") != loose_key("11/2")
    assert loose_key("½") != loose_key("¼")


def test_what_looks_the_same_is_visibly_the_same_and_a_curly_quote_is_not() -> None:
    assert visible(" a\u00a0\u200b b\ufeff ") == "a b"
    assert visible("“a”") != visible('"a"')


@pytest.mark.parametrize("word", ["می\u200cخواهم", "خانه\u200cها", "क्\u200dष", "ক্\u200cষ"])
def test_a_joiner_that_changes_how_a_word_looks_is_kept_and_does_not_count(word: str) -> None:
    without = word.replace("\u200c", "").replace("\u200d", "")
    assert visible(word) == word != visible(without)
    assert visible(word.replace("\u200c", "\u200c\u200b\u200c")) == word
    assert text_key(word) == text_key(without)


@pytest.mark.parametrize("text", ["Hà\u200c Nội", "tin\u200dtức", "\u200cخانه\u200d", "👩\u200d🌾"])
def test_a_joiner_that_changes_no_letters_is_not_seen(text: str) -> None:
    assert visible(text) == text.replace("\u200c", "").replace("\u200d", "")


@given(st.text("aخद \u200b\u200c\u200d\u0301\u0651\u094d"))
@example("a\u0301\u094d\u200cخ")
@example("خ\u0651\u200c\u094d\u200cخ")
def test_joiners_are_dropped_at_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert text_key(visible(text)) == text_key(text) == text_key(text_key(text))


@given(st.text())
def test_each_key_is_coarser_than_the_one_before(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert text_key(visible(text)) == text_key(text)
    assert loose_key(visible(text)) == loose_key(text)


def test_a_long_run_of_marks_takes_no_long_time() -> None:
    assert len(visible("a" + "\u0301\u0323" * 200_000)) < 40


def test_the_short_way_for_plain_text_gives_what_the_long_way_does() -> None:
    for code in [*range(0x300), *range(0x1E00, 0x2100)]:
        text = f"a {chr(code)}b"
        assert visible(text) == visible(f"{text} \u4e00").removesuffix("\u4e00").rstrip(), hex(code)
