"""What a list of edits shows of a change: the words that differ, and as many beside them as tell what it is about."""

from rich.text import Text

from luutin.excerpts import append_hunk, excerpt, short
from storage.changes import Change, ChangeKind
from storage.comparison.worddiff import word_diff

RIVER = (
    "Mực nước sông Đáy tại Phủ Lý lúc bảy giờ sáng nay là 3,45 m, dưới báo động một 5 cm, theo đài khí tượng thủy văn."
)


def seen(before: str, after: str) -> str:
    hunks = excerpt(Change(field="body", kinds=(ChangeKind.WORDING,), before=before, after=after))
    text = "".join(hunk.new if hunk.equal else f"[{hunk.old.strip()}|{hunk.new.strip()}] " for hunk in hunks)
    return " ".join(text.split())


def test_a_change_stands_among_ten_words_before_it_and_ten_behind() -> None:
    assert seen(RIVER, RIVER.replace("3,45", "3,54")) == (
        "… Đáy tại Phủ Lý lúc bảy giờ sáng nay là [3,45|3,54] m, dưới báo động một 5 cm, theo …"
    )


def test_where_no_spaces_are_between_words_it_stands_among_as_much() -> None:
    told = "習近平国家主席は十一日に北京の人民大会堂で会談し両国の経済協力を進めることで一致したと国営メディアが伝えた"
    assert seen(told, told.replace("会談", "電話協議")) == (
        "習近平国家主席は十一日に北京の人民大会堂で[会談|電話協議] し両国の経済協力を進めることで一致したと国営メデ…"
    )


def test_between_two_changes_that_are_far_apart_words_are_left_out_and_between_near_ones_none() -> None:
    far = RIVER.replace("Đáy", "Nhuệ").replace("thủy văn", "quốc gia")
    assert seen(RIVER, far) == (
        "Mực nước sông [Đáy|Nhuệ] tại Phủ Lý lúc bảy giờ sáng nay là 3,45 … báo động một 5 cm, theo đài khí tượng "
        "[thủy văn|quốc gia] ."
    )
    assert seen("Cầu dài 318 m, rộng 16 m.", "Cầu dài 381 m, rộng 18 m.") == "Cầu dài [318|381] m, rộng [16|18] m."


def test_what_came_went_or_was_replaced_as_a_whole_or_only_moved_has_no_excerpt() -> None:
    assert seen("", RIVER) == seen(RIVER, "") == seen(RIVER, RIVER) == ""
    assert seen("Hà Nội có mưa", "Sơ tán xong trước bão") == ""


def test_a_paragraph_with_changes_all_over_has_no_excerpt() -> None:
    many = [f"hộ số {n} đã nhận đủ tiền đền bù" for n in range(40)]
    few, all_over = ", ".join(many), ", ".join(text.replace("số", "thứ") for text in many)
    assert seen(few, few.replace("số 20", "thứ 20")) != ""
    assert seen(few, all_over) == ""


def test_words_that_were_taken_out_are_set_off_from_the_word_before_them() -> None:
    def line(before: str, after: str) -> str:
        text = Text()
        for hunk in word_diff(before, after):
            append_hunk(text, hunk, marked=True)
        return text.plain

    assert line("Cầu thông xe trước Tết", "Cầu thông xe, hết cảnh chờ phà") == (
        "Cầu thông xe [-trước Tết-] {+, hết cảnh chờ phà+}"
    )
    assert line("国家主席は十一日に会談", "国家主席は会談") == "国家主席は[-十一日に-]会談"


def test_a_long_text_is_cut() -> None:
    assert short("một " * 100) == "một " * 50 + "…"
    assert short(RIVER) == RIVER
