import pytest

from crawler.pages.languages import language_code, page_language

VIETNAMESE = "Người dân bản Nậm Lúc đã đón dòng điện lưới đầu tiên sau mười năm chờ đợi. " * 5
ENGLISH = "The council said that the fares of all three ferries are to rise and that it was sorry for this. " * 5


@pytest.mark.parametrize(
    ("declared", "code"),
    [("vi", "vi"), ("vi-VN", "vi"), ("vi_VN", "vi"), ("Vietnamese", "vi"), ("nb-NO", "no"), ("EN", "en"), ("x", "")],
)
def test_a_declared_language_becomes_its_code(declared: str, code: str) -> None:
    assert language_code(declared) == code


def test_vietnamese_text_goes_before_an_english_template() -> None:
    assert page_language([("en", "lang of <html>")], VIETNAMESE)[0] == "vi"


def test_an_english_edition_is_not_vietnamese_for_its_template() -> None:
    assert page_language([("vi", "lang of <html>"), ("en_GB", "meta og:locale")], ENGLISH) == ("en", "meta og:locale")


def test_a_declared_language_stands_where_the_text_says_nothing_else() -> None:
    assert page_language([("", "lang of <html>"), ("nl", "meta og:locale")], "Kort.") == ("nl", "meta og:locale")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (VIETNAMESE, "vi"),
        (ENGLISH, "en"),
        ("Der Rat hat mit großer Mehrheit beschlossen, dass die Fähre für die Bürger nicht teurer wird. " * 3, "de"),
        ("市長は月曜日に新しい経済政策を発表した。これは重要な決定です。", "ja"),
        ("Kort.", ""),
        ("", ""),
    ],
)
def test_a_language_is_guessed_from_the_text_or_not_at_all(text: str, language: str) -> None:
    assert page_language((), text)[0] == language
