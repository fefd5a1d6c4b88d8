"""What notes of corrections and updates say, in many languages: the labels they begin with, and what else tells them.

Patterns for texts that `storage.comparison.textkey.text_key` made, in lower case. A label alone proves
nothing: *Correction officers*, *Update your phone*. It counts before a colon, a day, a time, or by itself. A sentence
has to speak of the article itself, as laws, reports and programs are corrected and updated too.
"""

from storage.comparison.updatewords import UPDATED, UPDATED_UNSPACED

# Written with a space or a mark behind them.
LABELS = (
    UPDATED
    # Vietnamese
    + "|đính chính|cải chính|thông tin đính chính|đính chính thông tin|lời cải chính|nói lại cho rõ"
    "|cập nhật lúc|cập nhật ngày|thông tin sửa đổi|thông tin lại|ghi chú của toà soạn|lời toà soạn|toà soạn đính chính"
    # English
    "|corrections?|clarifications?|corrections? (?:and|&) clarifications?|for the record"
    "|amendment|amended|erratum|errata"
    "|editor'?s'? note|editors'? note|correction appended|retraction"
    # German, Dutch, Scandinavian, Icelandic, Finnish, Hungarian, South Slavic
    "|korrektur|berichtigung|richtigstellung|klarstellung|anmerkung der redaktion|hinweis der redaktion"
    "|korrigiert|korrekturhinweis|correctie|rectificatie|rättelse|transparenzhinweis"
    "|rettelse|rettet|retting|korrigering|leiðrétting|oikaisu|korjaus"
    "|helyesbítés|helyreigazítás|pontosítás|ispravak|ispravka"
    # French, Spanish, Portuguese, Italian, Catalan, Romanian
    "|rectificatif|rectification|note de la rédaction|précision|correctif"
    "|corrección|fe de errores|fe de erratas|rectificación|aclaración|nota de la redacción|nota del editor"
    "|erramos|nota di redazione|nota della redazione|correção|errata|retificação|nota da redação|esclarecimento"
    "|correzione|rettifica|errata corrige|precisazione|rectificació|rectificare|erată"
    # Polish, Czech, Russian, Ukrainian, Turkish, Indonesian, Greek, Hebrew, Arabic, Hindi
    "|sprostowanie|korekta|od redakcji|oprava|исправление|уточнение|опровержение|поправка"
    "|от редакции|від редакції|виправлення|уточнення|спростування"
    "|düzeltme|koreksi|ralat|klarifikasi|catatan redaksi|pembetulan"
    "|διόρθωση|διευκρίνιση|תיקון|הבהרה|تصحيح|توضيح|सुधार|भूल सुधार|स्पष्टीकरण"
)
# Of scripts whose words may end in a sign that is no letter; before a colon or by themselves.
LABELS_SIGNED = (
    "সংশোধনী|সংশোধন|ভুল সংশোধন|திருத்தம்|பிழைதிருத்தம்|సవరణ|दुरुस्ती|แก้ไข|แก้ไขข่าว|แก้คำผิด|แก้ข่าว|ชี้แจง|ขอแก้ไข"
    "|اصلاحیه|اصلاح|توضیح|تصحیح|وضاحت"
)
# Written with no space behind them; whole, or before what asks the reader's pardon.
LABELS_UNSPACED = (
    f"{UPDATED_UNSPACED}|更正|更正启事|更正啟事|更正声明|更正聲明|编者按|編者按|勘误|勘誤|澄清|訂正|追記|おわび|お詫び"
    "|정정|정정보도|바로잡습니다|알려왔습니다"
)
LABELS_BEFORE_TIMES = "更新于|更新於|更新日時"
# Before a headline, in brackets or not, or behind it.
TITLE_LABELS = f"{UPDATED}|{UPDATED_UNSPACED}|đính chính|corrected|correction|korrigiert|corretto|更正|訂正|追記|정정"
PREPOSITIONS = (
    "lúc|ngày|vào|lần|at|on|am|um|vom|le|à|el|a las|em|às|il|alle|delle|op|om|den|kl|kello|klo|в|о|saat|pada|pukul"
)

_PIECE = "(?:article|story|post|report|piece|page|column|blog|item|headline|caption)"
_PART = "(?:paragraph|sentence|caption|headline)s?"
_WRONGLY = "(?:incorrectly|wrongly|erroneously|mistakenly|inaccurately)"
_MISSAID = (
    "mis(?:stated|said|spelled|spelt|identified|attributed|quoted|characteri[sz]ed|reported|labell?ed|represented)"
)
_ENGLISH = (
    rf"\bthis (?:[a-z]+\.? \d{{1,2}},? )?{_PIECE}(?: by(?: \w+){{1,3}})? (?:has|have|had|was|is|were)(?: \w+){{0,3}} "
    r"(?:updated|corrected|amended|revised|edited|clarified|changed|modified)\b"
    r"|^\W*(?:note: )?the (?:article|story|headline|caption|post) (?:has since been|has been|was) "
    r"(?:updated|corrected|amended|clarified)(?: (?:to|with|on|at)\b|[.,;]|$)"
    rf"|\b(?:figures?|names?|numbers?|dates?|quotes?|headline|caption|sentence) in the (?:\w+ ){{1,3}}{_PART}"
    r" (?:has|have) (?:since )?been (?:revised|corrected|amended|clarified|changed|fixed)\b"
    r"|\bthis has been (?:updated|corrected|amended) to\b|^\W*corrects (?!itself|themselves|himself|herself)"
    rf"|\bthis version of (?:this|the) {_PIECE} (?:corrects|clarifies|fixes|adds|removes|updates)\b"
    r"|\bwe have (?:retracted|withdrawn|removed|unpublished) this (?:article|story|report|piece)\b"
    r"|\bthis (?:article|story) (?:has been|was) (?:retracted|withdrawn|unpublished)\b"
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
    rf"|(?:thông tin|nội dung|số liệu|con số|chi tiết)(?: \w+)? trong bài(?: \w+)? (?:đã|vừa) được {_MENDED_VI}"
    r"|(?:tiêu đề|tít|chú thích) (?:trước đó|ban đầu|trước|cũ) (?:của|trong) (?:bài|bản tin)\b"
    r"|^\W*(?:bài (?:viết|báo)|bản tin)(?: này)? có (?:chỉnh sửa|sửa|đính chính|cập nhật|bổ sung|điều chỉnh)\b"
    r"|(?:toà soạn|ban biên tập|chúng tôi)(?: \w+){0,3} (?:gỡ|rút)(?: bỏ| xuống)? (?:bài|bản tin|tin này)\b"
    rf"|(?:chúng tôi|toà soạn|ban biên tập|báo)(?: \w+){{0,3}} (?:đã|xin|xin được) {_MENDED_VI}"
    rf"(?: \w+){{0,4}} {_TEXT_VI}"
    r"|(?:phiên bản|bản tin|bài viết|bài|bản đăng) (?:trước|cũ|ban đầu|đầu tiên)(?: đó)?"
    r"(?:(?: \w+){0,4} (?:bài|tin|viết)|[\w ,]{0,24} (?:nhầm|sai)\b)"
    r"|(?:xin lỗi|cáo lỗi)(?: \w+){0,8} (?:bạn đọc|độc giả)|(?:bạn đọc|độc giả) (?:vui lòng )?thông cảm"
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
    r"(?:korrigiert|berichtigt|geändert|richtiggestellt)"
    r"|^[^\w\"]*wir haben .{0,80}\b(?:korrigiert|berichtigt|richtiggestellt)\b"
    rf"|\b{_TEXT_DE} wurde (?:\w+ )?nachträglich\b"
    r"|\bwir bitten[\w ,]{0,12} fehler zu entschuldigen"
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
    r"|\barticle (?:mis à jour|corrigé|modifié|actualisé) (?:à|le) \d|^[^\w\"]*nous avons (?:corrigé|rectifié)\b"
    r"|\bversion (?:précédente|antérieure|initiale),? nous (?:écrivions|indiquions|affirmions|évoquions)"
    r"|\bcontrairement à ce que nous (?:écrivions|indiquions|avons (?:écrit|indiqué|publié))"
    r"|\b(?:première|précédente) version de (?:cet article|ce texte|l'article)|\bnos excuses à nos lecteurs"
    r"|\b(?:este|esta) (?:artículo|noticia|nota|texto|información) (?:ha sido|fue|se ha) (?:\w+ ){0,2}"
    r"(?:actualizad|corregid|modificad|rectificad)[oa](?! en (?:19|20)\d\d)"
    r"|\b(?:este|esta) (?:artículo|noticia|nota|texto|información) se (?:actualizó|corrigió|modificó|rectificó)\b"
    r"|\bversión anterior (?:de (?:este|esta)|se (?:decía|indicaba|afirmaba))"
    r"|\b(?:este|esta) (?:artigo|texto|reportagem|matéria|notícia) (?:foi|foram) (?:\w+ ){0,2}"
    r"(?:atualizad|corrigid|modificad|alterad)[oa]"
    r"|\bversão anterior (?:deste|desta)"
    r"|\b[oa] (?:artigo|reportagem|matéria|notícia|texto) foi corrigid[oa](?: (?:às|em|para)\b|[.,;]|$)"
    r"|^\W*(?:diferentemente do|ao contrário do) (?:que foi )?(?:informado|publicado)"
    r"|\bquesto articolo è stato (?:\w+ ){0,2}(?:aggiornato|corretto|modificato|rettificato)"
    r"|\bversione precedente di quest|\bl'articolo è stato (?:corretto|aggiornato)(?: (?:alle|il)\b|[.,;]|$)"
    r"|^[^\w\"]*abbiamo (?:corretto|rettificato)\b|\bci scusiamo con i (?:nostri )?lettori"
)
_SLAVIC = (
    r"|\b(?:artykuł|tekst) został (?:\w+ ){0,2}(?:zaktualizowany|poprawiony|sprostowany)"
    r"|\bpoprzedniej wersji (?:artykułu|tekstu)|^[^\w\"]*(?:poprawiliśmy|sprostowaliśmy)\b"
    r"|^[^\w\"]*przepraszamy (?:za (?:błąd|błędy|pomyłkę)|czytelników)"
    r"|\b(?:původní|předchozí|dřívější) verzi (?:článku|textu|zprávy)"
    r"|\b(?:článek|text|zprávu|zpráva) (?:jsme|byl[ao]?) (?:\w+ ){0,2}(?:aktualizov|oprav|doplněn|upraven)"
    r"|\b(?:статья|материал|текст|новость) (?:был[ао]? )?(?:обновлен|исправлен|дополнен|скорректирован)"
    r"|в (?:предыдущей|более ранней|первоначальной) версии (?:\w+ )?(?:стать|материал|текст|новост|заметк|публикац)"
    r"|редакция приносит извинения|^[^\w\"]*приносим извинения (?:читателям|за (?:ошибк|неточност|опечатк))"
    r"|\bв (?:заметку|статью|текст|материал|публикацию|новость) внесен"
    r"|\bв (?:заметке|статье|тексте|материале|публикации) исправлен"
    r"|\b(?:стаття|статтю|матеріал|новина|новину) (?:було )?(?:оновлен|виправлен|доповнен)"
    r"|\b(?:попередній|початковій|першій) версії (?:статті|матеріалу|новини|тексту)"
)
_WHEN_UNSPACED = r"[\d年月日时時分點点:/.\- ]{2,24}"
_MENDED_ZH = "(?:更新|更正|修改|修正|修订|修訂)"
_ASIAN = (
    r"|\b(?:artikel|berita) ini telah (?:\w+ ){0,2}(?:diperbarui|dikoreksi|diralat|disunting)|\bredaksi memohon maaf"
    r"|\bversi (?:sebelumnya|awal)(?: dari)? (?:artikel|berita|tulisan) ini\b"
    r"|^[^\w\"]*kami (?:me)?mohon maaf atas (?:kesalahan|kekeliruan)"
    r"|\bbu haber(?:in)? .{0,30}güncellen(?:di|miştir)|\bhaberin (?:önceki|ilk) (?:halinde|versiyonunda)"
    # Chinese
    rf"|本文(?:已|经|經|有|有所)?{_MENDED_ZH}|本文[于於]{_WHEN_UNSPACED}{_MENDED_ZH}|特此(?:更正|致歉)"
    r"|(?:早前|早先|先前|此前)的?(?:版本|报道|報道|報導)[^。]{0,24}(?:误|誤|错|錯)"
    # Japanese
    rf"|^\W*{_WHEN_UNSPACED}に?(?:追記|更新|修正|訂正)\W|(?:この|本|当)記事(?:は|の)[^。]{{0,24}}(?:更新|修正|訂正|加筆)"
    r"|(?:記事|見出し|本文)(?:の一部)?を(?:一部)?(?:訂正|修正|更新)"
    r"|(?:当初の|配信時の|公開時の)記事で|としていま(?:した|す)が、?[^。]{0,12}正しくは"
    # Korean
    r"|기사를? (?:수정|정정)|이 기사는 [^.]{0,30}(?:수정|정정|업데이트|보완)(?:되|됐|했|하였)"
    r"|기사 (?:내용|제목|본문|일부)[^.]{0,24}(?:수정|정정|바로잡)"
    r"|הכתבה (?:עודכנה|תוקנה)"
)
SAID = _VIETNAMESE + "|" + _ENGLISH + _NORTHERN + _ROMANCE + _SLAVIC + _ASIAN
