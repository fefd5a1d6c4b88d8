"""Pages that answer 200 and are no article: block pages, captchas, login and consent walls, error pages."""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from crawler.pages.blocks import fold
from storage.letters import count_words

FEW_WORDS = 250  # a wall or an error page says little; an article that merely speaks of one says more
_TAIL = r"(?:\s*[.!…]*\s*(?:[|–—:·»-].*)?)?$"


def _patterns(phrases: Mapping[str, str], *, whole: bool = False) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Alternatives written one or more to a line; `whole` ones must be all of a title but a site's name after it."""
    found = []
    for why, lines in phrases.items():
        either = "|".join(line.strip() for line in lines.strip().splitlines())
        found.append((why, re.compile(rf"^\W*(?:{either}){_TAIL}" if whole else either, re.IGNORECASE)))
    return tuple(found)


# Machinery that only a challenge page loads, looked for in scripts, frames, forms and ids.
_MACHINERY = _patterns(
    {
        "Cloudflare challenge": r"""
            /cdn-cgi/challenge-platform/.*/orchestrate|cf-browser-verification|cf_chl_opt|cf-challenge-running
            __cf_chl_
        """,
        "DataDome captcha": r"""
            captcha-delivery\.com
        """,
        "HUMAN (PerimeterX) captcha": r"""
            px-captcha|_pxCaptcha|captcha\.px-c
        """,
        "Imperva block page": r"""
            _Incapsula_Resource
        """,
        "AWS WAF challenge": r"""
            awswaf\.com/.*(?:challenge|captcha)|AwsWafIntegration
        """,
        "captcha": r"""
            (?:google|recaptcha)\.(?:com|net)/recaptcha/|hcaptcha\.com/1/api
            challenges\.cloudflare\.com/turnstile|geetest
        """,
    }
)
_SURE = frozenset(name for name, _ in _MACHINERY if name != "captcha")

# Whole titles or headings.
_HEADINGS = _patterns(
    {
        "block page": r"""
            just a moment|attention required!?|access denied|access to this page has been denied
            you have been blocked|sorry, you have been blocked|request blocked|403(?: -)? forbidden|forbidden
            pardon our interruption|are you a robot\??|robot check|bot verification|human verification
            verify you are (?:a )?human|security check|checking your browser(?: before accessing.*)?
            one more step|please wait|ddos-guard|truy cập bị (?:từ chối|chặn)|bạn đã bị chặn
            xác minh (?:bạn )?(?:là|không phải).*|zugriff verweigert|accès refusé|acceso denegado|acesso negado
        """,
        "not-found page": r"""
            (?:error|lỗi|fehler|erreur|http)?\s*:?\s*404
            (?:http )?404\s*[-–—:|]?\s*(?:error|lỗi|(?:page |file |file or directory )?not found)
            404\s*[-–—:|]?\s*(?:không tìm thấy.*|(?:seite )?nicht gefunden|(?:page )?introuvable)
            404\s*[-–—:|]?\s*(?:(?:página )?no encontrada|strona nie znaleziona)
            (?:the )?page (?:was |is |could )?not (?:be )?found|page (?:can’t|can't|cannot) be found|not found
            oops!? (?:that )?page (?:can’t|can't|cannot) be found\.?|nothing found|content not found
            article not found|this page (?:doesn't|doesn’t|does not) exist
            (?:sorry, )?we (?:can't|can’t|couldn't|couldn’t) find (?:that|the|this) page
            (?:lỗi:? )?(?:không|chưa) tìm thấy (?:trang|bài viết|nội dung|đường dẫn)(?: (?:web|này|yêu cầu|web này))?
            (?:không|chưa) tìm thấy (?:trang|bài viết|nội dung|đường dẫn) bạn (?:yêu cầu|cần tìm|tìm kiếm|đang tìm).*
            trang (?:này |bạn (?:tìm|tìm kiếm|yêu cầu|truy cập|đang tìm.*) )?(?:không|đã không|không còn) tồn tại
            bài viết (?:này )?(?:không|không còn) tồn tại|bài viết (?:này )?đã (?:bị )?(?:xóa|xoá|gỡ)(?: bỏ)?
            nội dung (?:này )?không (?:còn )?tồn tại|seite (?:wurde )?nicht gefunden|diese seite existiert nicht
            page (?:introuvable|non trouvée)|cette page n['’]existe (?:pas|plus)|página no encontrada
            no encontrado|página não encontrada|pagina non trovata|pagina niet gevonden
            strona nie (?:została )?znaleziona|nie znaleziono strony|stránka nenalezena|страница не найдена
            сторінку не знайдено|sayfa bulunamadı|halaman tidak ditemukan|ページが見つかりません|页面不存在
            페이지를 찾을 수 없습니다
            ไม่พบหน้า.*
        """,
        "error page": r"""
            (?:error|lỗi)?\s*:?\s*50[0-4](?: .{0,40})?|(?:internal )?server error|bad gateway
            service (?:temporarily )?unavailable|gateway time-?out
            website (?:is )?(?:currently )?under maintenance|(?:site )?under maintenance|we'll be back soon.*
            (?:website|trang web|hệ thống)? ?đang (?:được )?bảo trì.*|(?:an )?error (?:has )?occurred
            đã (?:có|xảy ra) lỗi(?: xảy ra)?|wartungsarbeiten|site en maintenance|database error
            error establishing a database connection|index of /.*|welcome to nginx!?|this domain is for sale.*
            domain (?:parked|expired).*
        """,
        "login wall": r"""
            log ?in|sign ?in|sign in to continue|log in to continue|(?:please )?(?:log|sign) in (?:to .{0,40})
            đăng nhập(?: (?:tài khoản|hệ thống|để .{0,40}))?|anmelden|einloggen|login|connexion|se connecter
            iniciar sesión|entrar|accedi|inloggen|zaloguj się|вход|войти
        """,
        "consent wall": r"""
            before you continue(?: to .*)?|privacy gate|cookie consent|consent|your privacy(?: choices)?
            we value your privacy|trước khi bạn tiếp tục.*|bevor sie (?:fortfahren|weiter.*)
            ihre (?:einwilligung|zustimmung).*|wir (?:benötigen|brauchen) ihre (?:zustimmung|einwilligung).*
            avant de continuer.*|antes de continuar.*|zustimmung erforderlich.*
        """,
    },
    whole=True,
)

# Said in the text of a page that has next to nothing else.
_TEXTS = _patterns(
    {
        "block page": r"""
            checking your browser|checking if the site connection is secure
            verify(?:ing)? (?:that )?you are (?:a )?human|performing security verification
            needs to review the security of your connection|enable javascript and cookies to continue
            unusual traffic from your|are not a robot|không phải (?:là )?(?:người máy|robot)
            (?:access|request) (?:was |has been )?(?:denied|blocked).{0,200}(?:reference|incident|ray id|ip address)
            ray id:|xác minh (?:bạn là )?con người|why have i been blocked|press (?:&|and) hold to confirm
            (?:lưu lượng|hoạt động|truy cập) bất thường từ|ungewöhnliche(?:n|r)? (?:datenverkehr|aktivität)
            trafic inhabituel|tráfico inusual|traffico insolito|подозрительн\w+ трафик|必要安全验证|请完成安全验证
        """,
        "geo-block": r"""
            (?:không khả dụng|không có sẵn|không xem được|bị chặn) (?:tại|ở|trong) (?:quốc gia|khu vực|vị trí)
            unavailable (?:due to|for) legal reasons|not available in your (?:country|region|location|area)
            european economic area.{0,120}access cannot be granted
            unavailable (?:in|to) (?:most|visitors|users|readers).{0,40}europe
            in (?:deinem|ihrem) land nicht verfügbar|(?:n['’]est )?pas disponible dans votre (?:pays|région)
            no (?:está )?disponible en (?:su|tu) (?:país|región)|não (?:está )?disponível (?:em|no) seu (?:país|região)
            non (?:è )?disponibile nel tuo paese|недоступ\w+ в вашем регионе|お住まいの地域では|您所在的(?:国家|地区)
        """,
        "not-found page": r"""
            (?:page|article|content) (?:you )?(?:(?:are|were) looking for|requested) (?:could not|cannot) be found
            (?:page|article|content) (?:you )?(?:(?:are|were) looking for|requested) (?:was not found|has been removed)
            (?:page|article|content) (?:you )?(?:(?:are|were) looking for|requested) does(?: not|n['’]t) exist
            (?:page|article|content) (?:you )?(?:(?:are|were) looking for|requested) is no longer
            (?:trang|bài viết|nội dung) (?:mà )?(?:bạn|quý vị|quý độc giả).{0,25} không .{0,20}(?:tồn tại|tìm thấy)
            (?:trang|bài viết|nội dung|đường dẫn) (?:mà )?(?:bạn|quý vị|quý độc giả).{0,25} đã bị (?:xóa|xoá|gỡ)
            không tìm thấy (?:trang|nội dung|bài viết) (?:bạn|này|yêu cầu)|trang (?:này )?không tồn tại
            (?:bài viết|nội dung|tin)(?: này)? (?:hiện )?không (?:còn )?(?:có sẵn|khả dụng|tồn tại)\b
            (?:this|the) (?:article|story|page|content) (?:is no longer|isn['’]t|is not|is currently not) available
            diese[rs]? (?:artikel|seite|beitrag|inhalt) (?:ist|steht) (?:leider )?nicht mehr (?:zur )?verfüg(?:bar|ung)
            cet(?:te)? (?:article|page|contenu) n['’](?:est|existe) (?:plus|pas)(?: disponible)?
            no se (?:encontró|ha encontrado) la (?:página|noticia)
            (?:página|noticia|artículo) .{0,20}ya no está disponible
            (?:página|notícia|matéria) (?:que você procura )?não (?:foi encontrada|existe|está mais disponível)
            (?:pagina|articolo) .{0,20}non (?:è più disponibile|esiste|è stat[ao] trovat[ao])
            (?:страница|статья|материал) .{0,40}(?:не найден|был[ао]? удал|больше не доступ)
            (?:页面|頁面|文章|内容|內容)(?:不存在|已(?:被)?(?:删除|刪除)|已下线|无法找到)|(?:存在しない|削除された)(?:ページ|記事)
            (?:삭제|존재하지 않는|찾을 수 없)[^.]{0,24}(?:기사|페이지|게시물)|(?:기사|페이지)를? 찾을 수 없
            (?:artikel|halaman|berita) (?:yang anda cari )?(?:tidak (?:ditemukan|tersedia)|sudah dihapus)
            die (?:gewünschte|angeforderte|gesuchte) seite .{0,60}(?:nicht|existiert)
            la page (?:demandée|que vous (?:recherchez|cherchez|demandez)) .{0,30}(?:introuvable|n['’]existe|n['’]a pas)
            la página (?:solicitada|que (?:buscas?|solicita)) .{0,30}no (?:existe|se encuentra|fue encontrada)
        """,
        "error page": r"""
            the server encountered an internal error|temporarily unable to service your request
            ^\W*(?:php )?(?:fatal|parse) error\b|uncaught \w*(?:exception|error)\b.{0,200}stack trace|sqlstate\[
            upstream (?:connect|request) (?:error|timeout)|hệ thống đang (?:được )?bảo trì
            error establishing a database connection|origin (?:is )?unreachable|error code:? (?:5\d\d|10\d\d)
        """,
        "consent wall": r"""
            to continue (?:using|reading|to) .{0,60}(?:accept|consent to) (?:all )?cookies
            mit werbung (?:weiterlesen|und tracking)|(?:zustimmen|akzeptieren) und (?:weiter|fortfahren)
            (?:der nutzung|alle[nm]?|cookies) .{0,40}(?:zustimmen|akzeptieren).{0,400}\b(?:partner|pur-abo|tracking)
            accepter et continuer|continuer sans accepter|nos partenaires.{0,80}cookies
            accetta(?:re)? e continua|rifiuta e abbonati|(?:noi e )?i nostri .{0,20}(?:partner|fornitori).{0,60}cookie
            aceptar y continuar|nuestros socios.{0,80}cookies|aceitar e continuar|akkoord en doorgaan
            we and our .{0,20}partners.{0,160}(?:cookies|personal data)|akceptuję i przechodzę
        """,
        "script wall": r"""
            ^.{0,120}(?:please enable (?:js|javascript)|need to enable javascript)
            ^.{0,120}javascript is (?:disabled|required|not enabled)
            ^.{0,120}(?:vui lòng (?:bật|kích hoạt) javascript|trình duyệt (?:của bạn )?không hỗ trợ javascript)
        """,
    }
)
_TEXT_WORDS = {
    "block page": 220,
    "geo-block": 120,
    "not-found page": 90,
    "error page": 90,
    "consent wall": 220,
    "script wall": 60,
}


def find_suspicion(root: HtmlElement, *, title: str, body_words: int, dated: bool) -> str:
    """Why the page seems not to be the article that its address promises; empty for an article, however short.

    `body_words` counts what was read as lead and body; `dated` says that the page states when it was published.
    """
    if body_words > FEW_WORDS:
        return ""
    headings = _headings(root, title)
    machinery = _machinery(root)
    article = dated and body_words >= 25
    for why, pattern in _HEADINGS:
        for heading in headings:
            if pattern.match(heading) and not article and _supported(why, root, body_words):
                return f"{why}: {heading[:80]!r}"
    if machinery in _SURE and body_words < 80 and not article:
        return f"block page: {machinery}"
    return "" if article else _said(root, body_words, machinery)


def _said(root: HtmlElement, body_words: int, machinery: str) -> str:
    text = _visible(root)
    words = count_words(text)
    for why, pattern in _TEXTS:
        if words <= _TEXT_WORDS[why] and (match := pattern.search(text)):
            return f"{why}: {match[0][:80]!r}"
    if machinery == "captcha" and words < 60 and body_words < 30:
        return f"block page: {machinery}"
    return ""


def _supported(why: str, root: HtmlElement, body_words: int) -> bool:
    """A login wall has a password field; a single common word as a title needs a page with nothing to read."""
    if why == "login wall":
        return body_words < 80 and any(
            field.get("type", "").lower() in ("password", "email") for field in root.iter("input")
        )
    return body_words < (160 if why == "not-found page" else 120)


def _headings(root: HtmlElement, title: str) -> list[str]:
    found = [fold("".join(element.itertext())) for element in root.iter("title", "h1")]
    return [text for text in dict.fromkeys([*found[:4], title]) if text]


def _machinery(root: HtmlElement) -> str:
    """Which challenge the page carries: in script and frame addresses, short scripts and ids."""
    for element in root.iter("script", "iframe", "form", "div", "noscript"):
        marks = " ".join(
            (element.get("src", ""), element.get("id", ""), element.get("class", ""), element.get("action", ""))
        )
        if element.tag == "script" and element.text and len(element.text) < 20_000:
            marks += element.text
        if len(marks) > 3:
            for name, pattern in _MACHINERY:
                if pattern.search(marks):
                    return name
    return ""


def _visible(root: HtmlElement) -> str:
    """The page's running text, menus and scripts left out, as far as a wall or an error page would need."""
    parts: list[str] = []
    length = 0
    for element in root.iter(
        "p", "div", "h1", "h2", "h3", "span", "li", "td", "noscript", "pre", "strong", "b", "body", "center"
    ):
        text = fold(element.text or "")
        parts += [text] if text else []
        length += len(text)
        if length > 5000:
            break
    return " ".join(parts)
