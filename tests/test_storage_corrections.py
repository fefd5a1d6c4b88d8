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
        "(*) Bài đã được cập nhật, sửa lại số liệu.",
        "Nói lại cho rõ: ông Bình không phải là chủ đất.",
        "Tiêu đề của bài đã được thay đổi so với bản đăng lúc đầu.",
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
        "[Cập nhật] Cơ quan chức năng đã vào cuộc.",
        "Bài viết được cập nhật lúc 10h ngày 3/4.",
        "Chúng tôi đã sửa lại tiêu đề của bài viết cho chính xác.",
        "Toà soạn đính chính: Số người bị thương là 3, không phải 5.",
        "Bản tin trước đưa nhầm số liệu, nay xin sửa lại.",
        "Correction, March 3: This story misstated the number.",
        "Corrections & Clarifications: The number was wrong.",
        "Update May 4, 2025: The firm has responded.",
        "Updated with comment from the firm.",
        "The article has been updated to include a response.",
        "This has been updated to correct the name.",
        "A previous version misspelled the name of the mayor.",
        "A correction was made on March 3: The number was wrong.",
        "Because of an editing error, a wrong number was given.",
        "The spelling of the mayor's name has been corrected in this article.",
        "Wir haben den Fehler korrigiert.",
        "Update 3. März 2025: Die Firma hat geantwortet.",
        "Diese Meldung wurde am 3. März korrigiert.",
        "In einer ersten Version dieses Artikels hieß es, zwölf seien verletzt.",
        "Dans une première version de cet article, nous indiquions douze blessés.",
        "In una versione precedente di questo articolo si diceva dodici.",
        "In een eerdere versie van dit artikel stond twaalf.",
        "I en tidigare version av artikeln stod det tolv.",
        "W poprzedniej wersji artykułu podano inną liczbę.",
        "V původní verzi článku jsme uvedli jiné číslo.",
        "Обновлено в 15:30",
        "Редакция приносит извинения читателям.",
        "早前版本误写为十二人。",
        "記事の一部を訂正しました。",
        "תיקון: המספר שגוי.",
        "Leiðrétting: Talan var röng.",
        "Juttua korjattu kello 15.30.",
    ],
)
def test_a_note_is_known_in_many_languages(text: str) -> None:
    assert is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cập nhật tình hình bão số 3 trên Biển Đông trong ngày hôm nay.",
        "Cập nhật 5 mẫu xe mới ra mắt.",
        "Bài báo đã làm thay đổi cuộc đời của cậu bé.",
        "Corrections officers were called to the prison.",
        "The company said it would update its figures next week.",
        "Ông đính chính rằng mình không có mặt ở đó.",
        "Die Korrektur an den Börsen hält an.",
        "Le ministre a été mis en cause.",
        "Nội dung dự thảo đã được chỉnh sửa theo góp ý của các bộ.",
        "In der ursprünglichen Fassung des Gesetzes stand das nicht.",
        "Dieser Artikel des Grundgesetzes wurde 1992 geändert.",
        "В предыдущей версии закона этого не было.",
        "This version of the truck was modified for the army.",
        "The report has been updated every year since 2010.",
        "A previous version of the law was struck down.",
        "更正式的协议将于周五签署。",
        "訂正予算案が可決された。",
        "",
    ],
)
def test_an_ordinary_sentence_is_no_note(text: str) -> None:
    assert not is_note(text)


def test_a_headline_may_be_marked_as_updated() -> None:
    assert has_update_label("[Cập nhật] Bão số 3 đổi hướng")
    assert has_update_label("UPDATE: Storm turns north")
    assert has_update_label("Storm turns north (updated)")
    assert has_update_label("UPDATE 2-Storm turns north")
    assert has_update_label("Storm turns north - updated")
    assert not has_update_label("Update your phone now")
    assert not has_update_label("Update-Pflicht für alte Telefone")
