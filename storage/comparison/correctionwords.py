"""What correction notes and update lines say, in many languages: the labels they begin with, and what else tells them.

Patterns for texts that `storage.comparison.textkey.text_key` made, in lower case. A label alone proves
nothing: *Correction officers*, *Update your phone*. It counts before a colon, a day, a time, or by itself. A sentence
has to speak of the article itself, as laws, reports and programs are corrected and updated too.
"""

# Written with a space or a mark behind them.
LABELS = (
    # Vietnamese
    "đính chính|cải chính|thông tin đính chính|đính chính thông tin|lời cải chính|nói lại cho rõ"
    "|cập nhật|cập nhật lúc|cập nhật lần cuối|thông tin sửa đổi"
    "|cập nhật ngày|tin cập nhật|ghi chú của toà soạn|lời toà soạn|toà soạn đính chính"
    # English
    r"|corrections?|clarifications?|corrections? (?:and|&) clarifications?|updated?|upd|last updated|for the record"
    "|amendment|amended|erratum"
    "|editor'?s'? note|editors'? note|correction appended|retraction"
    # German, Dutch, Scandinavian, Icelandic, Finnish
    "|korrektur|berichtigung|richtigstellung|klarstellung|anmerkung der redaktion|hinweis der redaktion"
    "|aktualisiert|korrigiert|aktualisierung|korrekturhinweis|correctie|rectificatie|bijgewerkt|rättelse|uppdaterad"
    "|rettelse|retting|oppdatert|opdateret|leiðrétting|uppfært|oikaisu|korjaus|päivitetty"
    # French, Spanish, Portuguese, Italian, Catalan, Romanian
    "|rectificatif|rectification|mise à jour|mis à jour|note de la rédaction|précision|correctif"
    "|corrección|fe de errores|fe de erratas|rectificación|aclaración|actualizado|actualización|nota de la redacción"
    "|correção|errata|retificação|atualizado|atualização|nota da redação|esclarecimento"
    "|correzione|rettifica|errata corrige|aggiornamento|aggiornato|precisazione|rectificació|rectificare|erată"
    # Polish, Czech, Russian, Ukrainian, Turkish, Indonesian, Greek, Hebrew, Hindi
    "|sprostowanie|aktualizacja|korekta|oprava|aktualizace|исправление|уточнение|опровержение|обновлено|поправка"
    "|виправлення|уточнення|оновлено|düzeltme|güncelleme|güncellendi|koreksi|ralat|pembaruan|diperbarui"
    "|διόρθωση|διευκρίνιση|ενημέρωση|תיקון|עדכון|הבהרה|सुधार|अपडेट|स्पष्टीकरण"
)
# Written with no space behind them; whole, or before what asks the reader's pardon.
LABELS_UNSPACED = "更正|勘误|勘誤|澄清|訂正|おわび|お詫び|정정|바로잡습니다|업데이트|تصحيح|تحديث|توضيح"
LABELS_BEFORE_TIMES = "更新于|更新於|更新日時"
PREPOSITIONS = (
    "lúc|ngày|vào|lần|at|on|am|um|vom|le|à|el|a las|em|às|il|alle|delle|op|om|den|kl|kello|klo|в|о|saat|pada|pukul"
)

_PIECE = "(?:article|story|post|report|piece|page|column|blog|item|headline|caption)"
_WRONGLY = "(?:incorrectly|wrongly|erroneously|mistakenly|inaccurately)"
_MISSAID = (
    "mis(?:stated|said|spelled|spelt|identified|attributed|quoted|characteri[sz]ed|reported|labell?ed|represented)"
)
_ENGLISH = (
    rf"\bthis {_PIECE}(?: by(?: \w+){{1,3}})? (?:has|have|had|was|is|were)(?: \w+){{0,3}} "
    r"(?:updated|corrected|amended|revised|edited|clarified|changed|modified)\b"
    r"|^\W*(?:note: )?the (?:article|story|headline|caption|post) (?:has since been|has been|was) "
    r"(?:updated|corrected|amended|clarified)(?: (?:to|with|on|at)\b|[.,;]|$)"
    r"|\bthis has been (?:updated|corrected|amended) to\b"
    rf"|\bthis {_PIECE} was (?:\w+ ){{0,2}}published\b.{{0,80}} (?:has been|was) (?:updated|corrected|amended)\b"
    rf"|\b(?:headline|caption|spelling|version|text|photo)(?: \w+){{0,4}} (?:of|on|in|for) this {_PIECE}"
    r" (?:has|have|had|was|were)(?: \w+){0,2} (?:updated|corrected|amended|changed|edited)\b"
    rf"|\b(?:corrected|clarified|amended) in (?:this|the) {_PIECE}\b"
    rf"|\bthis {_PIECE} (?:had )?(?:(?:originally |previously |initially )?(?:{_WRONGLY} \w+|{_MISSAID})"
    r"|(?:originally|previously|initially) (?:said|stated|gave|listed|identified|described|attributed|referred))\b"
    rf"|\b(?:earlier|previous|prior|original) versions? of (?:this|the|our|an?) {_PIECE}"
    rf"|\b(?:earlier|previous|prior|original) versions? (?:{_WRONGLY}|{_MISSAID})\b|\bin an earlier version,? we\b"
    r"|^\W*(?:note|for the record): .{0,40}\b(?:earlier|previous|prior|original) version"
    rf"|\b(?:due to|because of) an? (?:editing|reporting|production|typographical|transcription) error\b"
    r"|\ba (?:correction|clarification) (?:was|has been) (?:made|appended|added|issued)\b"
    rf"|\bwe have (?:since )?(?:corrected|updated|amended|clarified) (?:this|the|our) (?:\w+ )?{_PIECE}"
    rf"|(?<!\")\bwe have (?:since )?(?:corrected|amended|clarified) (?:this|the)\b"
    r"|\bwe (?:apologi[sz]e for|regret) (?:the|this|our) (?:error|mistake)"
    r"|\bthe (?:error|mistake) has been (?:corrected|fixed|rectified)"
    r"|^\W*updated (?:with|to (?:add|include|correct|reflect|clarify))\b"
)
_MENDED_VI = "(?:cập nhật|chỉnh sửa|sửa|đính chính|cải chính|hiệu đính|hiệu chỉnh|biên tập lại|điều chỉnh)"
_TEXT_VI = "(?:bài (?:viết|báo|này)|bản tin|tin bài|tin này|tiêu đề|tít bài|chú thích)"
_VIETNAMESE = (
    rf"{_TEXT_VI}(?: \w+){{0,4}} (?:đã|vừa|mới) (?:\w+ ){{0,2}}{_MENDED_VI}"
    rf"|{_TEXT_VI}(?: \w+){{0,2}} được (?:cập nhật|chỉnh sửa|đính chính|cải chính|hiệu đính)"
    rf"|^\W*(?:bài|tin) đã được (?:\w+ )?{_MENDED_VI}|{_TEXT_VI}(?: \w+){{0,4}} được (?:\w+ )?thay đổi\b"
    r"|(?:thông tin|nội dung|số liệu)(?: \w+)? (?:trên|này|trong bài)(?: \w+){0,2} (?:đã|vừa|mới) (?:\w+ )?"
    r"(?:chỉnh sửa|sửa|đính chính|cải chính|hiệu đính|hiệu chỉnh)"
    rf"|(?:chúng tôi|toà soạn|ban biên tập|báo)(?: \w+){{0,3}} (?:đã|xin|xin được) {_MENDED_VI}"
    rf"(?: \w+){{0,4}} {_TEXT_VI}"
    r"|(?:phiên bản|bản tin|bài viết|bài|bản đăng) (?:trước|cũ|ban đầu|đầu tiên)(?: đó)?"
    r"(?:(?: \w+){0,4} (?:bài|tin|viết)|[\w ,]{0,24} (?:nhầm|sai)\b)"
    r"|(?:xin lỗi|cáo lỗi)(?: \w+){0,4} (?:bạn đọc|độc giả)|(?:bạn đọc|độc giả) (?:vui lòng )?thông cảm"
    r"|xin (?:được )?(?:đính chính|cải chính)"
)
_TEXT_DE = "(?:artikel|beitrag|text|meldung|bericht|überschrift)"
_MENDED_DE = "(?:aktualisiert|korrigiert|berichtigt|ergänzt|geändert|überarbeitet|angepasst|präzisiert)"
_NORTHERN = (
    # German
    rf"|\bdiese[rs]? {_TEXT_DE} (?:wurde|wird|ist|haben wir)(?: [\w.:]+){{0,6}} {_MENDED_DE}"
    r"|\b(?:der artikel|der beitrag|der text|die meldung|die überschrift) (?:wurde|ist)(?: [\w.:]+){0,4} "
    r"(?:aktualisiert|korrigiert|berichtigt)"
    r"|\bwir haben (?:das|dies|den (?:fehler|text|artikel)|die (?:stelle|passage|angabe))(?: \w+){0,5} "
    r"(?:korrigiert|berichtigt|geändert|richtiggestellt)|\bwir bitten[\w ,]{0,12} fehler zu entschuldigen"
    r"|\b(?:früheren|vorherigen|vorigen|ursprünglichen|ersten|älteren) (?:version|fassung)"
    r"(?: (?:dieses|des|unseres|diese[rs]) (?:artikels?|textes|beitrags|berichts|meldung)"
    r"|,? (?:hieß|haben wir|hatten wir))"
    # Dutch, Scandinavian, Icelandic, Finnish
    r"|\bdit (?:artikel|bericht)(?: \w+){0,5} (?:aangepast|bijgewerkt|gecorrigeerd|gewijzigd)"
    r"|\beerdere versie van dit (?:artikel|bericht)"
    r"|\b(?:artikeln?|artiklen|artikkelen|saken|nyheten|texten|teksten)(?: \w+){0,3}"
    r" (?:uppdaterats|uppdaterad|korrigerad|korrigerats|rättats|oppdatert|rettet|korrigert|opdateret|korrigeret)"
    r"|\b(?:tidigare|tidligere) (?:version|versjon) (?:av|af) "
    r"(?:artikeln|artiklen|artikkelen|saken|texten|teksten|denn[ae])"
    r"|\b(?:fréttin|greinin) hefur verið (?:uppfærð|leiðrétt)"
    r"|\b(?:juttua|artikkelia|uutista) (?:on )?(?:korjattu|päivitetty|muokattu)"
)
_ROMANCE = (
    r"|\b(?:cet|l') ?article a été (?:\w+ ){0,2}(?:mis à jour|corrigé|modifié|rectifié|actualisé)"
    r"|\bversion (?:précédente|antérieure|initiale) de (?:cet article|ce texte|l'article)"
    r"|\b(?:première|précédente) version de (?:cet article|ce texte|l'article)|\bnos excuses à nos lecteurs"
    r"|\b(?:este|esta) (?:artículo|noticia|nota|texto|información) (?:ha sido|fue|se ha) (?:\w+ ){0,2}"
    r"(?:actualizad|corregid|modificad|rectificad)[oa](?! en (?:19|20)\d\d)"
    r"|\bversión anterior (?:de (?:este|esta)|se (?:decía|indicaba|afirmaba))"
    r"|\b(?:este|esta) (?:artigo|texto|reportagem|matéria|notícia) (?:foi|foram) (?:\w+ ){0,2}"
    r"(?:atualizad|corrigid|modificad|alterad)[oa]"
    r"|\bversão anterior (?:deste|desta)"
    r"|\bquesto articolo è stato (?:\w+ ){0,2}(?:aggiornato|corretto|modificato|rettificato)"
    r"|\bversione precedente di quest"
)
_SLAVIC = (
    r"|\b(?:artykuł|tekst) został (?:\w+ ){0,2}(?:zaktualizowany|poprawiony|sprostowany)"
    r"|\bpoprzedniej wersji (?:artykułu|tekstu)"
    r"|\b(?:původní|předchozí|dřívější) verzi (?:článku|textu|zprávy)"
    r"|\b(?:článek|text|zprávu|zpráva) (?:jsme|byl[ao]?) (?:\w+ ){0,2}(?:aktualizov|oprav|doplněn|upraven)"
    r"|\b(?:статья|материал|текст|новость) (?:был[ао]? )?(?:обновлен|исправлен|дополнен|скорректирован)"
    r"|в (?:предыдущей|более ранней|первоначальной) версии (?:\w+ )?(?:стать|материал|текст|новост|заметк|публикац)"
    r"|редакция приносит извинения"
)
_ASIAN = (
    r"|\b(?:artikel|berita) ini telah (?:\w+ ){0,2}(?:diperbarui|dikoreksi|diralat|disunting)|\bredaksi memohon maaf"
    r"|本文(?:已|经|經)(?:更新|更正|修改|修订|修訂)|(?:早前|早先|先前|此前)的?(?:版本|报道|報道|報導)(?:误|誤|错|錯)"
    r"|(?:記事|見出し|本文)(?:の一部)?を(?:一部)?(?:訂正|修正|更新)|기사를? (?:수정|정정)"
    r"|הכתבה (?:עודכנה|תוקנה)"
)
SAID = _VIETNAMESE + "|" + _ENGLISH + _NORTHERN + _ROMANCE + _SLAVIC + _ASIAN
