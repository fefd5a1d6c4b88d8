"""Which paragraphs own up to an edit."""

import pytest

from storage.comparison.corrections import has_update_label, is_note


@pytest.mark.parametrize(
    "text",
    [
        "Đính chính: Bản trước ghi sai.",
        "(Cập nhật lúc 10h30)",
        "Cập nhật: Thêm số liệu của Bộ Công Thương.",
        "Cập nhật lần cuối 12/3/2025",
        "Nội dung bài viết đã được chỉnh sửa lúc 9 giờ.",
        "Tòa soạn xin lỗi bạn đọc vì sai sót này.",
        "Correction: The figure was wrong.",
        "CLARIFICATION — March 3: The vote was postponed.",
        "Updated at 10:30 p.m. to add a comment.",
        "An earlier version of this article misstated the sum.",
        "This story was first published on Monday and has been updated.",
        "*This article has been updated to correct a name.",
        "Anmerkung der Redaktion: Wir haben die Zahl geändert.",
        "Dieser Artikel wurde nachträglich aktualisiert.",
        "Rectificatif : le chiffre était faux.",
        "Mis à jour le 3 mars 2025",
        "Corrección: la cifra era errónea.",
        "Este artículo ha sido actualizado.",
        "Errata: o valor correto é outro.",
        "Rettifica: il nome era sbagliato.",
        "Sprostowanie: podano złą datę.",
        "更正：原文数字有误。",
        "【訂正】記事を修正しました。",
    ],
)
def test_a_note_is_known_in_many_languages(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cập nhật tình hình bão số 3 trên Biển Đông trong ngày hôm nay.",
        "Cập nhật 5 mẫu xe mới ra mắt.",
        "Corrections officers were called to the prison.",
        "The company said it would update its figures next week.",
        "Ông đính chính rằng mình không có mặt ở đó.",
        "Die Korrektur an den Börsen hält an.",
        "Le ministre a été mis en cause.",
        "",
    ],
)
def test_an_ordinary_sentence_is_no_note(text: str) -> None:
    assert not is_note(text)


def test_a_headline_may_be_marked_as_updated() -> None:
    assert has_update_label("[Cập nhật] Bão số 3 đổi hướng")
    assert has_update_label("UPDATE: Storm turns north")
    assert has_update_label("Storm turns north (updated)")
    assert not has_update_label("Update your phone now")
