"""Invitations amid the text to subscribe, sign up or pay, and rates of markets, known by how they are written."""

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.pages.blocks import Piece, fold, plain
from crawler.pages.cards import Links
from crawler.pages.manner import family
from crawler.pages.notices import FAREWELL_START
from storage.comparison.sentences import CLOSING, is_ended
from storage.records import BlockKind

INVITATION = "invitation to subscribe or to pay"
WORDS = 4, 45  # of an invitation
RATES = "rates of a market"
RATES_LENGTH = 200  # characters of a line of them
_CHANGE = re.compile(r"(?<![\w.,])[+−–-]\s?\d+(?:[.,]\d+)?\s?%")
SPOKEN_OF = 2  # different things below that it names
CALL_WORDS, BUTTON_WORDS = 30, 4  # of a line that asks for something, and of the link below it
MOST_CALLED = 6  # pieces of a box before and after that line
_STORE = re.compile(r"https?://(?:apps|itunes)\.apple\.com/|https?://play\.google\.com/store/")
_SIGNUP = re.compile(  # a whole step of a path
    r"/(?:news-?letters?|subscri(?:be|ptions?)|sign-?up|sign-?in|log-?in|register|abos?|abonne(?:ment|ments|r)?"
    r"|s-abonner|inscription|don(?:ate|ations?|s)?|spenden?|support-us|membership|become-a-member|suscr(?:ibete|ipciones)"
    r"|boletin(?:es)?|assine|abbonamenti|prenumerera|dang-(?:ky|nhap))(?:[/?#.]|$)",
    re.IGNORECASE,
)
STOPS_AFTER = ".!…→»›>"  # behind a button
MOST_BUTTONED = 2  # pieces of a box above its button
SELDOM = 2  # pieces at most are written like an invitation, and more like the text

# What such boxes speak of, a group a line: an article may name one of them, hardly several in a line set apart.
_GROUPS = (
    (
        r"subscri|abonn|abbon|suscri|assinant|\bassine|iscriv|\babo\b|probeabo|prenumer|předpl|előfizet|подпис|підпис"
        r"|abone|συνδρομητ|dostęp od|اشترك|اشتراک|सदस्यता|গ্রাহক|சந்தா|สมัครสมาชิก|berlangganan|langganan|thuê bao|đăng ký"
        r"|gói (?:tháng|năm|đọc)|订阅|訂閱|購読|구독"
    ),
    (
        r"newsletter|inbox|bản tin|hộp thư|boletín|boletim|lettre d|notre lettre|boîte mail|posteingang|postfach|correo"
        r"|рассылк|nieuwsbrief|nyhetsbrev|biuletyn|bülten|メルマガ|\be-?mails?\b|\bпочт|ईमेल|ایمیل|بريدك|อีเมล|メール|邮箱|郵箱|이메일"
    ),
    r"\bmember|hội viên|thành viên|\bsocio|mitglied|adhér|lid worden|word lid|sócio|会员|會員|会員|회원",
    (
        r"\blog ?in\b|\bsign ?in\b|sign ?up|\bregister|create (?:an|a free) account|einloggen|anmelden|registrier"
        r"|se connecter|connectez|identifi|inicia(?:r)? sesión|regístr|faça login|accedi|inloggen|logga in|zaloguj"
        r"|войти|войдите|đăng nhập|tạo tài khoản|登录|登錄|ログイン|로그인"
    ),
    (
        r"free (?:articles?|stories|trial)|\bpremium\b|bài miễn phí|miễn phí|kostenlos|gratis|articles? gratuit"
        r"|gratuit|бесплатн|ücretsiz|無料|免费|무료"
    ),
    (
        r"unlimited|không giới hạn|unbegrenzt|illimité|ilimitad|illimitat|onbeperkt|obegränsad|безлимит|sınırsız|無制限"
        r"|无限"
    ),
    r"gửi (?:ý kiến|bình luận|phản hồi)|(?:post|leave|write) a comment|kommentar schreiben|laisser un commentaire",
    (
        r"unsubscribe|désinscri|abmelden|abbestellen|darse de baja|darte de baja|disiscri|uitschrijven|afmelden"
        r"|avregistrera|wypisa[ćl]|odhlásit|отпис|відпис|aboneliğ|berhenti berlangganan"
    ),
    r"cancel any ?time|hủy bất cứ lúc nào|kündbar|sans engagement|résili|cancela|disdici|opzegbaar|отменить",
    (
        r"(?:a|per|each|every|/) ?(?:day|week|month|year|mo|yr)\b|every \w+day\b|each morning"
        r"|mỗi (?:tháng|tuần|ngày|sáng|năm)|/tháng|pro (?:monat|woche)|(?:im|jeden) (?:monat|morgen|abend|tag)"
        r"|par (?:mois|semaine)|ce mois|chaque (?:jour|matin)|(?:al|por|cada|este) (?:mes|mês|semana|mañana|día|dia)"
        r"|al mese|per (?:maand|week)|в месяц|на місяць|\bay(?:da|lık)\b|miesięcznie|na miesiąc|měsíčně|za měsíc"
        r"|havonta|pe lună|τον μήνα|per bulan|sebulan|i måned|i månaden|mån\b|شهريا|در ماه|महीन|প্রতি মাসে"
        r"|ต่อเดือน|每月|月額|매월|кажд(?:ое утро|ый день)|ежедневно|हर (?:सुबह|दिन)|كل (?:صباح|يوم)|ทุกเช้า|ทุกวัน|毎朝"
        r"|毎日|每天|매일|setiap (?:pagi|hari)|elke ochtend|codziennie|her sabah"
    ),
    (
        r"[$€£¥₫₩₽] ?\d|\d ?(?:[$€£¥₫₩₽₺₹]|euros?\b|ευρώ|đồng|usd\b|đ\b|zł|kč\b|kr\b|tl\b|ft\b|lei\b|руб|грн|гривень"
        r"|रुपये|บาท|元|円|원)|\b(?:einen|ein|un|one) (?:euro|dollar)"
    ),
    (
        r"\bto (?:keep|continue) reading|keep reading|read on|\bđọc tiếp|weiterlesen|poursuivre (?:la|votre) lecture"
        r"|continuer (?:à|la) l|seguir leyendo|continuar (?:a ler|lendo|leyendo)|continua a leggere|verder lezen"
        r"|läs vidare|читать дальше|okumaya devam|続きを読む|继续阅读"
    ),
    (
        r"\b(?:enjoying|liked?|love) this"
        r"|\b(?:this|our) (?:box|message|ad|site|website|reporting|journalism|newsroom|app)\b|unsere app"
        r"|notre (?:appli|site)|nuestra app|nosso app|ứng dụng|app store|google play|cài đặt"
    ),
)
_THINGS = tuple(re.compile(group, re.IGNORECASE) for group in _GROUPS)
_KINDS = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))  # a page may stand in one list as a whole
_TO_READER = re.compile(
    r"\b(?:you|your|our|us|bạn|quý độc giả|chúng tôi|sie|ihr|ihre[mnr]?|unser\w*|wir|du|dein\w*|vous|votre|vos|notre"
    r"|nos|tu|te|tus?|usted|su|nuestr\w*|noss\w*|você|seu|sua|voi|vostr\w*|nostr\w*|je|jouw|uw|onze?|din|ditt|dig"
    r"|vår\w*|вы|вас|ваш\w*|наш\w*|нас|siz\w*|anda|kami"
    r")\b|[您你貴]|당신|あなた|お届け|받아보|आप|अपने|بريدك|คุณ",
    re.IGNORECASE,
)
_CALLS = re.compile(r"[!?]|^\W*(?:already|jetzt|not a|noch kein|déjà|pas encore|¿|ya eres|bạn|đăng)\b", re.IGNORECASE)


def find_invitations(pieces: Sequence[Piece], chosen: Sequence[int]) -> dict[int, str]:
    """Indexes of the chosen pieces that are such -> why; never of what is written as the text is."""
    families = Counter(family(pieces[index]) for index in chosen)
    most = min(SELDOM, max(families.values(), default=0) - 1)
    rates = {
        index: RATES
        for index in chosen
        if families[family(pieces[index])] <= most and pieces[index].kind in _KINDS and _is_rates(pieces[index].plain)
    }
    invited = [
        index
        for index in chosen
        if WORDS[0] <= pieces[index].words <= WORDS[1]
        and (families[family(pieces[index])] <= most or _is_set_in_bold(pieces[index]))
        and pieces[index].kind in _KINDS
        and _invites(pieces[index].plain)
    ]
    return rates | dict.fromkeys(invited + [one for index in invited for one in _buttons(pieces, index)], INVITATION)


def _buttons(pieces: Sequence[Piece], index: int) -> list[int]:
    """The line or two, each as short as a button, that are all that the box around an invitation says besides."""
    boxes = (box for box in reversed(pieces[index].path) if box is not pieces[index].element)
    box = next(boxes, pieces[index].element)
    near = range(max(0, index - MOST_BUTTONED - 1), min(len(pieces), index + MOST_BUTTONED + 2))
    beside = [one for one in near if one != index and box in pieces[one].path]
    short = all(pieces[one].words <= BUTTON_WORDS and not pieces[one].picture for one in beside)
    return beside if short and len(beside) <= MOST_BUTTONED else []


def _is_rates(text: str) -> bool:
    """Names with numbers, several of them rising or falling, and no sentence."""
    return len(text) < RATES_LENGTH and len(_CHANGE.findall(text)) > 1 and not (is_ended(text) or text.endswith(":"))


def find_calls(pieces: Sequence[Piece], chosen: Sequence[int]) -> dict[int, str]:
    """Indexes of the pieces of small boxes that ask readers for something, over a link to do it by: Donate."""
    found: dict[int, str] = {}
    for index in chosen:
        asks = FAREWELL_START.match(pieces[index].plain) or any(map(_STORE.match, pieces[index].hrefs))
        if asks and pieces[index].words <= CALL_WORDS:
            found |= dict.fromkeys(_called(pieces, index), INVITATION)
    return found


def find_signups(pieces: Sequence[Piece], chosen: Sequence[int], links: Links) -> dict[int, str]:
    """Short lines that end in a short link to where readers sign up or pay, set off or speaking to the reader."""
    return {index: INVITATION for index in chosen if _is_signup(pieces[index]) and links.leads_within(pieces[index])}


def _is_signup(piece: Piece) -> bool:
    if len(set(piece.hrefs)) != 1 or not _SIGNUP.search(piece.hrefs[0]) or piece.words > CALL_WORDS:
        return False
    said = (plain(fold("".join(link.itertext()))) for link in piece.element.iter("a"))
    text = piece.plain.rstrip(CLOSING + STOPS_AFTER)
    button = any(link and text.endswith(link.rstrip(CLOSING + STOPS_AFTER)) for link in said)
    return button and (_is_set_in_bold(piece) or bool(_TO_READER.search(piece.plain)))


def _called(pieces: Sequence[Piece], index: int) -> list[int]:
    """The pieces of the smallest box around a line that holds such a link besides; none where the box says more."""
    for box in reversed(pieces[index].path):
        start, end = index, index + 1
        while start and box in pieces[start - 1].path and index - start < MOST_CALLED:
            start -= 1
        while end < len(pieces) and box in pieces[end].path and end - index < MOST_CALLED:
            end += 1
        members = range(start, end)
        if sum(pieces[one].words for one in members) > 2 * CALL_WORDS:
            return []
        if any(pieces[one].is_link and pieces[one].words <= BUTTON_WORDS for one in members):
            return list(members)
    return []


def find_buttoned(pieces: Sequence[Piece], chosen: Sequence[int], links: Links) -> dict[int, str]:
    """Boxes amid the text that hold a line or two, written unlike it, and end in a link as short as a button.

    The link leads to a page of the same site: elsewhere there may be what the article speaks of.
    """
    families = Counter(family(pieces[index]) for index in chosen)
    common = {kind for kind, count in families.items() if count > SELDOM}
    text = [index for index in chosen if family(pieces[index]) in common and not pieces[index].hrefs]
    found: dict[int, str] = {}
    for index in chosen[1:-1]:
        button = pieces[index].is_link and pieces[index].words <= BUTTON_WORDS
        if button and text and text[0] < index < text[-1] and links.leads_within(pieces[index]):
            above = next(filter(None, (_above(pieces, index, box) for box in pieces[index].path[:-3:-1])), [])
            told = sum(pieces[one].words for one in above)
            unlike = not any(family(pieces[one]) in common or pieces[one].picture for one in above)
            if unlike and WORDS[0] <= told <= WORDS[1]:
                found |= dict.fromkeys((*above, index), INVITATION)
    return {index: why for index, why in found.items() if index in chosen}


def _above(pieces: Sequence[Piece], button: int, box: HtmlElement) -> list[int]:
    """The few pieces of a box above the one that ends it; none where it holds more."""
    start = button
    while start and box in pieces[start - 1].path and button - start <= MOST_BUTTONED:
        start -= 1
    ended = button + 1 == len(pieces) or box not in pieces[button + 1].path
    return list(range(start, button)) if ended and button - start <= MOST_BUTTONED else []


def _is_set_in_bold(piece: Piece) -> bool:
    return max(piece.strong, piece.emphasised, piece.linked) >= 0.9 * len(piece.plain.replace(" ", ""))


def _invites(text: str) -> bool:
    """It speaks to the reader and names several of the things that only such boxes have together."""
    named = sum(bool(thing.search(text)) for thing in _THINGS)
    return named > SPOKEN_OF or (named == SPOKEN_OF and bool(_TO_READER.search(text) or _CALLS.search(text)))
