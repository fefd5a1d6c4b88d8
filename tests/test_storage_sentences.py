"""Where sentences end, in whatever script they are written."""

import pytest

from storage.comparison.sentences import is_ended, sentences


@pytest.mark.parametrize(
    "text",
    [
        "It rained.",
        "“Did it?”",
        "(Theo ông Nam.)",
        "下雨了。",
        "「雨が降った。」",
        "वर्षा हुई।",
        "هل هطل المطر؟",
        "بارش ہوئی۔",
    ],
)
def test_a_text_ends_as_a_sentence_does_with_a_mark_that_brackets_and_quotation_marks_may_follow(text: str) -> None:
    assert is_ended(text)


@pytest.mark.parametrize("text", ["", "It rained", "It rained:", "“The rain”", "Theo TTXVN (Hà Nội)"])
def test_what_has_no_such_mark_at_its_end_is_no_sentence(text: str) -> None:
    assert not is_ended(text)


@pytest.mark.parametrize(
    "text", ["It rained. Then it stopped.", "下雨了。然后停了。", "वर्षा हुई। फिर रुकी।", "بارش ہوئی۔ پھر رک گئی۔"]
)
def test_a_text_is_cut_where_sentences_end(text: str) -> None:
    assert len(sentences(text)) == 2
    assert "".join(sentences(text)) == text


def test_a_unit_behind_a_number_ends_a_sentence_and_a_title_before_a_name_does_not() -> None:
    assert sentences("It gives 600 MW. Then it rests.") == ("It gives 600 MW. ", "Then it rests.")
    assert sentences("Máy có 128 GB. Giá chưa rõ.") == ("Máy có 128 GB. ", "Giá chưa rõ.")
    assert len(sentences("Ông gặp 2 TS. Nguyễn Văn Nam và Lê Văn Bắc.")) == 1
    assert len(sentences("Nhà ở quận 1 TP. Hồ Chí Minh.")) == 1
