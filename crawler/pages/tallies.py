"""Lines that only count: how long ago something was, how often the page was seen, shared and commented on."""

import re

from storage.comparison.updatewords import CHANGED, UPDATED, UPDATED_UNSPACED

AGO, COUNTER = "how long ago it was", "counter of readers or comments"
MAX_LENGTH = 120  # characters of such a line

# Units of time, with the endings that languages give them; a letter alone only right behind its number.
_UNITS = (
    r"[smhdw]\b|min\b|mins\b|hrs?\b|seconds?|secs?|minutes?|hours?|days?|weeks?|months?|years?|giây|phút|giờ|tiếng"
    r"|ngày|tuần|tháng|năm|sekunden?|minuten?|stunden?|std\b|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?"
    r"|secondes?|heures?|jours?|semaines?|mois|ans?\b|années?|segundos?|minut\w*|horas?|d[ií]as?|semanas?"
    r"|mes(?:es)?\b|años?|anos?|m[eê]s\b|second[oi]|or[ae]\b|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|seconden"
    r"|u(?:ur|ren)\b|dag(?:en?|ar)?|we(?:ek|ken)|maand(?:en)?|jaar|tim(?:mar|mer?)|timer?|tuntia?|päivää?|viikkoa?"
    r"|kuukautta|vuotta|godzin\w*|dni\b|dzień|tygod\w*|miesi\w*|lat\b|hodin\w*|dn[yůí]\w*|týdn\w*|ór(?:a|ával)"
    r"|perc\w*|nap(?:pal)?|hét\w*|or[eă]\b|zile?|săpt\w*|lun[iă]|sat[ia]?\b|dan[ai]?\b|sekund\w*|час\w*|годин\w*"
    r"|мин(?:ут\w*)?|хвилин\w*|дн\w*|день|недел\w*|тиж\w*|месяц\w*|місяц\w*|dakika|saat|gün|hafta|detik|menit|jam"
    r"|hari|minggu|bulan|tahun|λεπτ\w*|ώρ\w*|ημέρ\w*|דקות|שעות|ימים|دقيقة|دقائق|ساعة|ساعات|أيام|يوم|دقیقه|ساعت|روز"
    r"|मिनट|घंटे|घंटा|दिन|นาที|ชั่วโมง|วัน|秒|分(?:钟|鐘)?|小[时時]|時間|天|日|週間?|周|个?月|個月|초|분|시간|일|주"
)
_BEFORE = r"vor|il y a|hace|há|faz|cách đây|for|för|pred|před|przed|пре|преди|acum|πριν(?: από)?|לפני|منذ|قبل|etter|óta"
_BEHIND = (
    r"ago|trước|fa\b|geleden|sedan|siden|sitten|tagasi|temu|назад|тому|önce|(?:yang )?lalu|atrás|tému|ezelőtt|előtt"
    r"|πριν|पहले|ที่แล้ว|ที่ผ่านมา|پیش|nazaj|prije|前|전"
)
_NUMBER = r"\d{1,3}|an?|one|một|une?|eine[rnm]?|einem|una?|um|uma|een|en|ett?"
_SPAN = rf"(?:about\s+|khoảng\s+|etwa\s+|environ\s+|over\s+|hơn\s+)?(?:{_NUMBER})\s?(?:{_UNITS})"
_SPANS = rf"{_SPAN}(?:\W{{1,3}}(?:and\s|và\s|und\s|et\s|y\s)?{_SPAN})?"
_STATED = (  # what was done so long ago; *stand* before a count of days is no other word
    rf"(?:{UPDATED}|{CHANGED}|{UPDATED_UNSPACED}|(?:last |first )?(?:published|posted|modified|edited|written)|đăng"
    r"|đã đăng|xuất bản|veröffentlicht|stand|publié|publicado|pubblicato|gepubliceerd|publicerad|publisert"
    r"|опубликовано|发布|تم التحديث|تم النشر|نشر)"
)
_AGO = re.compile(
    rf"^\W*+(?:{_STATED}\W+(?:on |lúc |le |el |il |vor )?)?"
    rf"(?:(?:{_BEFORE})\s+{_SPANS}(?:\s(?:{_BEHIND}))?|{_SPANS}\W{{0,2}}(?:{_BEHIND}))"
    rf"(?:\W+{_STATED}|に(?:更新|公開|配信|掲載))?\W*$",
    re.IGNORECASE,
)

# What is counted of a page; each with the words that may stand between it and its number.
_COUNTED = (
    r"(?:page ?)?views?|reads?|shares?|shared|likes?|reactions?|comments?|replies|reply|responses?|bookmarks?"
    r"|claps?|retweets?|people are (?:reading|watching)"
    r"|(?:people|users|readers) (?:have )?(?:read|liked|shared|viewed|watched|commented)|reading now|watching now"
    r"|lượt (?:xem|đọc|thích|chia sẻ|bình luận|theo dõi|quan tâm|truy cập)|bình luận|chia sẻ|thích|ý kiến|phản hồi"
    r"|(?:thành viên|bạn đọc|người) đã (?:tặng|thích|đọc|xem|quan tâm)"
    r"|người (?:đang )?(?:đọc|xem|thích|theo dõi)|lượt(?: bình chọn)?|bình chọn|phiếu(?: bầu)?"
    r"|kommentare?n?|aufrufe?|mal (?:geteilt|gelesen|kommentiert)"
    r"|gelesen|geteilt|personen lesen|teilungen|gefällt mir|reaktionen|commentaires?|partages?|vues?|lectures?"
    r"|réactions?|j'aime|personnes lisent|comentarios?|compartidos?|veces (?:compartido|leído|visto)|vistas?"
    r"|lecturas?|me gusta|reacciones|personas leen|comentários?|compartilhamentos?"
    r"|visualiza(?:ções|ção|ciones|zioni)|curtidas?|leituras?|comment[io]|condivision[ei]|letture|visualizza\w*"
    r"|reacties?|keer (?:gelezen|gedeeld|bekeken)|weergaven|kommentarer?|visningar|visninger|delningar|delinger"
    r"|gillar|komentarz\w*|wyświetleń|udostępnień|odsłon\w*|komentář\w*|zobrazen\w*|hozzászólás\w*|megosztás\w*"
    r"|comentarii|vizualizări|komentar\w*|pregled\w*|комментари\w*|просмотр\w*|коментар\w*|перегляд\w*|yorum"
    r"|görüntülenme|okunma|paylaşım|beğeni|dibaca|dilihat|tayangan|dibagikan|suka|σχόλια|προβολές|תגובות|צפיות"
    r"|تعليقات?|مشاهدات?|مشاركات?|نظر|بازدید|टिप्पणियां|शेयर|ความคิดเห็น|ครั้ง|次?(?:阅读|閱讀|浏览|瀏覽|播放|点赞|评论|評論|分享|转发)"
    r"|人(?:阅读|看过|参与)|コメント|ビュー|回再生|件のコメント|댓글|조회수?|공유"
)
_COUNT = (
    r"\d[\d.,'\u2019\u00a0\u2009\u202f ]*(?:\s?(?:k|m|mio|tsd|rb|mil|nghìn|ngàn|triệu|tr|тыс|万|萬|만|천)\b\.?)?\+?"
)
_OBJECT = (
    r"(?:\s+(?:this(?: right now| now)?|this (?:article|story|page)"
    r"|now|right now|bài(?: viết)?(?: này)?|video(?: này)?|này|diesen artikel|cet article|este artículo))?"
)
_TALLY = rf"(?:{_COUNT}\W{{0,3}}(?:{_COUNTED}){_OBJECT}|(?:{_COUNTED})\W{{0,3}}{_COUNT})"
_TIMES = (
    rf"(?:(?:read|viewed|seen|shared|played|watched)\s+{_COUNT}\s*times|(?:leído|visto|compartido)\s+{_COUNT}\s*veces)"
)
_OPENED = r"(?:(?:view|see|show|read|xem|đọc)(?: all| tất cả| thêm)?\s+)?"  # on a button
_COUNTERS = re.compile(
    rf"^\W*+{_OPENED}(?:{_TIMES}|{_TALLY})(?:\W*(?:and |và |und |et |y )?{_TALLY}){{0,5}}\W*$", re.IGNORECASE
)
_SEVERAL = rf"{_TALLY}(?:\W{{1,3}}(?:and |và |und |et |y )?{_TALLY}){{1,5}}"
_POSTED = r"(?:\W+(?:video tiktok|tiktok video)\b.{0,80})?"  # whose it is
COUNTERS_AFTER = re.compile(rf"(?<![\w.,])(?:{_SEVERAL}|(?<=[.!?…♬|·•–—] ){_TALLY}){_POSTED}\W*$", re.IGNORECASE)
COUNTERS_BEFORE = re.compile(rf"^\W*+{_SEVERAL}(?!\w)\W*", re.IGNORECASE)
_FELT = (  # buttons to press below a text
    r"thích|yêu thích|yêu|thương(?: thương)?|vui|buồn|giận|phẫn nộ|ngạc nhiên|bất ngờ|hài hước|xúc động|ha ?ha|wow"
    r"|likes?|loves?|sad|angry|happy|funny|surprised|excited|sleepy|wütend|traurig|fröhlich|überrascht|lustig"
    r"|j'aime|j'adore|triste|en colère|surpris|me gusta|me encanta|me divierte|me enoja|me entristece|me asombra"
)
_FELT_COUNTS = (rf"(?:(?:{_FELT})\W*{_COUNT}\W*){{3,}}+", rf"(?:{_COUNT}\W*(?:{_FELT})\W*){{3,}}+")
_REACTIONS = re.compile(rf"^\W*+(?:{'|'.join(_FELT_COUNTS)})$", re.IGNORECASE)
_RATINGS = (
    r"bình chọn|đánh giá|lượt|votes?|ratings?|reviews?|stimmen|bewertung(?:en)?|votos?|voti|avis|notes?|stemmen"
    r"|głos\w*|оцен\w*|голос\w*|oy"
)
_RATE = (  # what stands before the grade that readers gave
    r"(?:đánh giá|xếp hạng|chấm điểm|bình chọn|điểm|average rating|user rating|your rating|rating|rated?|votes?"
    r"|bewertung|durchschnitt|note|valoración|avaliação|voto|valutazione|beoordeling|ocena|оценка|puan)"
)
_STARS = r"(?:\s?(?:sao|stars?|sternen?|étoiles?|estrellas|estrelas|stelle|sterren|điểm|★))?"
_GRADE = rf"(?:{_RATE}[^\d.!?]{{0,30}}\W+)?\d(?:[.,]\d+)?\s?(?:/|out of|trên|von|sur)\s?(?:5|10){_STARS}"
_VOTES = (
    rf"{_COUNT}\W*(?:{_RATINGS})(?:\W+(?:{_RATINGS}))?"
    rf"|(?:vote count|votes?|số lượt(?: bình chọn| đánh giá)?)\W+{_COUNT}"
)
_BRACKETED = rf"[-–—|·]?\s?[(\[]\s?{_COUNT}(?:\s[^\W\d]+){{0,3}}\s?[)\]]"  # whatever it calls those who gave one
_RATED = re.compile(
    rf"^\W*+{_GRADE}\W+(?:(?:based on|from|từ|dựa trên|trong|của|bei|sur|de)\s+)?(?:{_VOTES})\W*$"
    rf"|^\W*+{_GRADE}\s{_BRACKETED}\W*$"
    rf"|^\W*+tổng số điểm(?: của bài viết)?(?: là)?\W+{_COUNT}\s?(?:trong|/|trên)\s?{_COUNT}\s(?:{_RATINGS})\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(  # a button over what is folded away, and how much that is
    r"^\W*+(?:xem thêm|xem tiếp|xem tất cả|tải thêm|hiện thêm|(?:show|load|view|see) (?:all|more)"
    r"|mehr (?:anzeigen|laden)|(?:voir|afficher) plus|(?:ver|mostrar|cargar) más|(?:ver|mostrar) mais|mostra altr[oi]"
    r"|toon meer|pokaż więcej)"
    r"(?:\s[^\d.!?:]{1,40})?\s?[(\[]\d[\d.,]*\+?[)\]]\W*$",
    re.IGNORECASE,
)
_PRESSED = re.compile(  # an eye, a thumb, a heart, a face, and how many
    rf"^(?:[👁👀👍👎👏❤♥♡🤍🧡💙-💛💜🖤💬💭🗨🔥🔁🔄🔖\U0001f600-\U0001f64f]\ufe0f?\s?{_COUNT}\W{{0,3}}){{1,6}}$",
    re.IGNORECASE,
)
_HERE_NOW = re.compile(  # how many read the page at the moment
    rf"^\W*+{_COUNT}\W{{0,3}}(?:people|readers|users|visitors|người|bạn đọc|độc giả|leser\w*|nutzer\w*"
    r"|besucher\w*|menschen|personas|lectores|usuarios|personnes|lecteurs|internautes|persone|lettori|utenti|pessoas|leitores|lezers"
    r"|mensen|čtenář\w*|lidí|osób|czytelnik\w*|читател\w*|человек\w*|läsare|lesere|læsere)"
    r"[^.!?:;]{0,30}\b(?:now|right now|currently|online|đang|gerade|jetzt|aktuell|derzeit|ahora|en estos momentos"
    r"|en ce moment|actuellement|ora|adesso|in questo momento|agora|neste momento|nu|op dit moment|právě|teď|teraz"
    r"|obecnie|сейчас|just nu|nå)"
    r"\b[^.!?:;]{0,40}\W*$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def tally_reason(text: str) -> str:
    """What a line is that holds a count or a span of time and nothing else; empty for all else."""
    if len(text) > MAX_LENGTH:
        return ""
    if _DIGIT.search(text) and any(
        counts.match(text) for counts in (_COUNTERS, _REACTIONS, _RATED, _MORE, _PRESSED, _HERE_NOW)
    ):
        return COUNTER
    return AGO if _AGO.match(text) else ""
