"""Whether a publisher owns up to an edit: correction notes and update lines, in the words of many languages."""

import re

from storage.comparison.textkey import text_key

_MOST_LENGTH = 1500  # a note is a paragraph, not an article

# What a note begins with, standing before a colon, a dash, a bracket, a day or a time, or alone.
_LABELS = (
    # Vietnamese
    "đính chính|cải chính|thông tin đính chính|đính chính thông tin|lời cải chính"
    "|cập nhật|cập nhật lúc|cập nhật lần cuối"
    "|cập nhật ngày|tin cập nhật|ghi chú của toà soạn|lời toà soạn"
    # English
    "|corrections?|clarifications?|corrections? and clarifications?|update|updated|last updated"
    "|amendment|amended|erratum"
    "|editor'?s'? note|editors'? note|correction appended|retraction"
    # German, Dutch, Scandinavian, Finnish
    "|korrektur|berichtigung|richtigstellung|klarstellung|anmerkung der redaktion|hinweis der redaktion|aktualisiert am"
    "|aktualisierung|korrekturhinweis|correctie|rectificatie|bijgewerkt|rättelse|rettelse|retting|oikaisu|korjaus"
    # French, Spanish, Portuguese, Italian, Catalan, Romanian
    "|rectificatif|rectification|erratum|mise à jour|mis à jour|note de la rédaction|précision|correctif"
    "|corrección|fe de errores|fe de erratas|rectificación|aclaración|actualizado|actualización|nota de la redacción"
    "|correção|errata|retificação|atualizado|atualização|nota da redação|esclarecimento"
    "|correzione|rettifica|errata corrige|aggiornamento|aggiornato|precisazione|rectificació|rectificare|erată"
    # Polish, Czech, Russian, Ukrainian, Turkish, Indonesian
    "|sprostowanie|aktualizacja|korekta|oprava|aktualizace|исправление|уточнение|опровержение|обновлено|поправка"
    "|виправлення|уточнення|оновлено|düzeltme|güncelleme|koreksi|ralat|pembaruan|diperbarui"
)
# Chinese, Japanese, Korean, Arabic write no space after the label.
_LABELS_ELSEWHERE = (
    "更正|勘误|勘誤|澄清|更新于|更新於|訂正|おわび|お詫び|更新日時|정정|바로잡습니다|업데이트|تصحيح|تحديث|توضيح"
)

_LABELLED = re.compile(
    rf"^[\W_]*(?:(?:{_LABELS})\b[^\w\n]{{0,3}}(?:$|(?<=[:\-(\[|.])|(?=\d{{1,4}}[:h/.\-]\d)"
    r"|(?=(?:lúc|ngày|vào|lần|at|on|am|um|le|à|el|a las|em|às|il|op|om|den|kl)\b[\w .,]{0,12}\d))"
    rf"|(?:{_LABELS_ELSEWHERE}))",
    re.IGNORECASE,
)

_PIECE = r"(?:article|story|post|report|piece|page|headline|column|caption|copy|version|blog|item)"
_SAID = re.compile(
    # Vietnamese
    r"(?:bài (?:viết|báo)|bản tin|tin bài|nội dung|tiêu đề|thông tin|chú thích)(?: \w+){0,4}"
    r" (?:đã|vừa|mới) (?:\w+ ){0,2}(?:cập nhật|chỉnh sửa|sửa|đính chính|cải chính|hiệu đính|hiệu chỉnh|biên tập lại)"
    r"|phiên bản (?:trước|cũ|ban đầu|đầu tiên)(?: \w+){0,4} (?:bài|tin|viết)"
    r"|(?:xin lỗi|cáo lỗi)(?: \w+){0,4} (?:bạn đọc|độc giả)|(?:bạn đọc|độc giả) (?:vui lòng )?thông cảm"
    r"|xin (?:được )?(?:đính chính|cải chính)"
    # English
    rf"|\bthis {_PIECE}(?: \w+){{0,3}} (?:has|have|had|was|is|were)(?: \w+){{0,3}} "
    r"(?:updated|corrected|amended|revised|edited|clarified|changed|modified)\b"
    rf"|\bthis {_PIECE} was (?:\w+ ){{0,2}}published\b.{{0,80}} (?:has been|was) (?:updated|corrected|amended)\b"
    rf"|\b(?:earlier|previous|prior|original) versions? of (?:this|the|our) {_PIECE}"
    r"|\bwe (?:have (?:corrected|updated|amended|clarified)|(?:apologi[sz]e for|regret) the error)"
    r"|\bthe (?:error|mistake) has been (?:corrected|fixed|rectified)"
    # German, Dutch, Scandinavian
    r"|\bdieser (?:artikel|beitrag|text)(?: \w+){0,6}"
    r" (?:aktualisiert|korrigiert|berichtigt|ergänzt|geändert|überarbeitet)"
    r"|\b(?:früheren|vorherigen|ursprünglichen|ersten) (?:version|fassung)"
    r"|\bdit (?:artikel|bericht)(?: \w+){0,5} (?:aangepast|bijgewerkt|gecorrigeerd|gewijzigd)"
    r"|\b(?:artikeln?|artikkelen|saken|texten)(?: \w+){0,3}"
    r" (?:uppdaterats|uppdaterad|korrigerad|rättats|oppdatert|rettet|opdateret)"
    # Romance languages
    r"|\bcet article a été (?:\w+ ){0,2}(?:mis à jour|corrigé|modifié|rectifié|actualisé)"
    r"|\bversion (?:précédente|antérieure|initiale) de (?:cet article|ce texte)"
    r"|\b(?:este|esta) (?:artículo|noticia|nota|texto|información) (?:ha sido|fue|se ha) (?:\w+ ){0,2}"
    r"(?:actualizad|corregid|modificad|rectificad)[oa]"
    r"|\bversión anterior de (?:este|esta)"
    r"|\b(?:este|esta) (?:artigo|texto|reportagem|matéria|notícia) (?:foi|foram) (?:\w+ ){0,2}"
    r"(?:atualizad|corrigid|modificad|alterad)[oa]"
    r"|\bversão anterior (?:deste|desta)"
    r"|\bquesto articolo è stato (?:\w+ ){0,2}(?:aggiornato|corretto|modificato|rettificato)"
    # Slavic languages, Indonesian, Chinese, Japanese, Korean
    r"|\b(?:artykuł|tekst) został (?:\w+ ){0,2}(?:zaktualizowany|poprawiony|sprostowany)"
    r"|\b(?:статья|материал|текст|новость) (?:был[ао]? )?(?:обновлен|исправлен|дополнен|скорректирован)"
    r"|в предыдущей версии|в более ранней версии"
    r"|\b(?:artikel|berita) ini telah (?:\w+ ){0,2}(?:diperbarui|dikoreksi|diralat|disunting)"
    r"|本文(?:已|经|經)(?:更新|更正|修改|修订|修訂)|(?:記事|見出し)を(?:訂正|修正|更新)|기사를? (?:수정|정정)",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(
    r"^\W*(?:cập nhật|đính chính|updated?|corrected|correction|korrigiert|mise à jour|actualización|actualizado)"
    r"(?:\]|\)|:| [-|])|[(\[](?:cập nhật|đã cập nhật|updated?|corrected|đính chính)[)\]]\W*$",
    re.IGNORECASE,
)


def is_note(text: str) -> bool:
    """Whether a paragraph or sentence tells readers that the article was corrected or brought up to date."""
    if len(text) > _MOST_LENGTH:
        return False
    key = text_key(text)
    return _LABELLED.search(key) is not None or _SAID.search(key) is not None


def has_update_label(title: str) -> bool:
    """Whether a headline is marked as corrected or updated: `[Cập nhật] ...`, `UPDATE: ...`."""
    return _TITLE_LABEL.search(text_key(title)) is not None
