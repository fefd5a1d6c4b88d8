"""What pages say to their readers around an article: subscribe, follow us, scroll on, write to us."""

import re

from crawler.pages.phrases import Phrases, listed

_NOTICE = """
    sign up for; sign up to; subscribe to; subscribe now; subscribe for; join our newsletter; get our
    newsletter; get the latest; our newsletter; our free newsletter; daily newsletter; weekly newsletter;
    newsletter abonnieren; jetzt abonnieren; download our app; download the app; get the app; follow us
    on; follow us; like us on facebook; join our whatsapp; join our telegram; join the conversation;
    follow on; click here to subscribe; add us as a preferred source; google preferred source; đăng ký
    nhận bản tin; nhận tin nhanh; đăng ký nhận tin; theo dõi chúng tôi; tải ứng dụng; mời quý độc giả;
    mời bạn đọc; mời quý vị; theo dõi báo; độc giả gửi; theo dõi trên google news; suscríbete; suscribirse; síguenos;
    síganos; recibe nuestro; recibe la newsletter; recibe las noticias; boletín; abonnez-vous;
    inscrivez-vous; suivez-nous; recevez; newsletter; siga a; siga o; assine; inscreva-se; iscriviti;
    seguici; abonnér; abonnieren sie; folgen sie uns; meld je aan; volg ons; подписывайтесь;
    підписуйтесь; podpořte; zapisz się; obserwuj nas; подпишитесь; подпишись; читайте нас в; підпишіться; abone olun;
    bizi takip edin; view this post on; xem bài đăng này trên; xem bài viết này trên; sieh dir diesen beitrag;
    voir cette publication sur; ver esta publicación en; ver essa foto no; visualizza questo post; dit bericht op;
    ihr browser unterstützt; dein browser unterstützt; votre navigateur ne; su navegador no; tu navegador no;
    seu navegador não; il tuo browser non; uw browser ondersteunt; twoja przeglądarka nie; ваш браузер не;
    您的浏览器不支持; お使いのブラウザ;
    ikuti kami; download aplikasi; unduh aplikasi; theo dõi và ủng hộ; bấm theo dõi; nhấn theo dõi;
    tải app; độc giả có thể theo dõi; quý độc giả theo dõi; độc giả quan tâm có thể theo dõi; theo dõi kênh;
    đăng ký kênh; dołącz do nas; blijf op de
    hoogte; schrijf je in; resta aggiornato; rimani aggiornato; descarga nuestra app; descarga la app; baixe o app;
    this slideshow requires javascript; please enable javascript; javascript is disabled; javascript must be; your
    browser does not support; we need your consent; to view this content; this content is hosted; this content is not
    available; an dieser stelle finden sie; ich bin damit einverstanden; empfohlener redaktioneller inhalt; empfohlener
    externer inhalt; um diesen inhalt; dieser inhalt kann; ce contenu n'est pas disponible; pour afficher ce contenu;
    este contenido no se puede; deze inhoud kan niet; trình duyệt của bạn không hỗ trợ; vui lòng bật javascript;
    entre no nosso; téléchargez l'application; 关注我们; 下载客户端; 加入line; 訂閱電子報; laden sie
    die app; laden sie sich die app; laden sie unsere app; holen sie sich die app; jetzt die app; ติดตามข่าวสาร;
    ติดตามข่าวได้; กดติดตาม; ดาวน์โหลดแอป; สมัครรับข่าว; 扫描二维码; 点击下载; 公式lineで; 友だち登録; 네이버에서 구독;
    حمل تطبيق; تابعونا على; تابعنا على; ما را در تلگرام; ما را در اینستاگرام; اپلیکیشن ما; हमें फॉलो; हमारा ऐप;
    ακολουθήστε μας; ακολουθήστε το; κατεβάστε την εφαρμογή; стежте за нами; завантажуйте наш; скачайте наше; pobierz
    naszą; stáhněte si; sledujte nás; ladda ner appen; följ oss; uygulamamızı indirin; bizi google; siga o nosso; baixe
    o nosso
"""
# Said by a page to its readers after the article; among the article's sentences they may be the article's own.
_FAREWELL = """
    got a story; got a tip; got a news tip; have a tip; have a story; have a news tip; do you have a story; do you
    have a tip; do you have a news tip; do you have information; want to share; for more stories like this; for more
    news; for more on this; get in touch; contact us; contact the author; contact the reporter;
    email the author; email us; send us; write to us; to contact; if you enjoyed this; if you liked this; did you
    enjoy; enjoyed this; support our; support independent; this story is funded; this article is funded; donate;
    become a member; become a subscriber; become a patron; already a subscriber; click here; check out; read our;
    tell us what; what do you think; let us know; leave a comment; share your thoughts; please share; share this;
    listen to; watch the; stay up to date; stay informed; want more; don't miss; sign up; subscribe; our journalism;
    hat ihnen dieser artikel; hat dir dieser artikel; fehler gefunden; fehler im artikel; fehler entdeckt; sie haben
    einen fehler; unterstützen sie; laden sie; testen sie; bestellen sie; schreiben sie uns; diskutieren sie; was
    meinen sie; ihre meinung; mehr lesekomfort; jetzt testen; e-paper; push-nachrichten; hinweis der redaktion;
    cet article vous a plu; vous avez aimé; soutenez; téléchargez; cliquez ici; réagissez; une erreur; écrivez-nous;
    contactez-nous; pour ne rien manquer; retrouvez toute; haz clic aquí; haga clic aquí; si te gustó; únete; únase;
    apóyanos; hazte socio; escríbenos; clique aqui; participe; receba; apoie; faça parte; gostou; clicca qui;
    ricevi; unisciti; sostieni; ti è piaciuto; heb je een tip; heeft u een tip; tip de redactie; word lid; steun;
    masz temat; podoba ci się; wspieraj; napisz do nas; kliknij; нашли ошибку; если вы нашли; следите за;
    присоединяйтесь; поддержите; знайшли помилку; haberin devamı; haberi paylaş; simak berita; dapatkan; bergabung;
    gabung; mọi thông tin; mọi ý kiến; mọi đóng góp; bạn đọc có thể; độc giả có thể; quý độc giả; quý bạn đọc; quý vị
    độc giả; bạn có ý kiến; bạn nghĩ gì; hãy chia sẻ; hãy để lại; để lại bình luận; gửi ý kiến; gửi bình luận; vui
    lòng ghi; vui lòng dẫn; nhấn vào đây; bấm vào đây; click vào đây; đường dây nóng; hotline; quét mã; tham gia
    nhóm; tham gia kênh; cập nhật tin; ủng hộ chúng tôi; xin gửi về; thông tin liên hệ; 扫描二维码; 责任编辑; 編輯;
    お問い合わせ; 会員登録; 구독; 제보; 저작권자; ติดตาม
"""
_AD_LABELS = """
    advertisement; advertising; advert; ad; ads; sponsored; sponsored content; sponsored post; sponsored links;
    sponsored by; promoted; promoted content; promoted by; promoted stories; paid content; paid post; paid partnership;
    paid promotion; partner content; partner offer; partner offers; from our partners; from our sponsors;
    from our sponsor; brought to you by; presented by; branded content; native ad; affiliate offer; special offer;
    quảng cáo; qc; tài trợ; được tài trợ; nội dung tài trợ; nội dung được tài trợ; nội dung quảng cáo; tin tài trợ; bài
    tài trợ; bài viết tài trợ; tin quảng cáo; thông tin quảng cáo; thông tin doanh nghiệp; từ nhà tài trợ;
    anzeige; anzeigen; werbung; gesponsert; gesponserter inhalt; gesponserte inhalte; bezahlter inhalt; bezahlte
    anzeige; angebot unserer partner; partnerangebot; publicité; publi-rédactionnel; publireportage; sponsorisé; contenu
    sponsorisé; contenu partenaire; contenu de marque; proposé par; publicidad; anuncio; patrocinado; contenido
    patrocinado; contenido de marca; ofrecido por; publicidade; anúncio; conteúdo patrocinado; conteúdo de marca;
    oferecido por; pubblicità; annuncio; sponsorizzato; contenuto sponsorizzato; messaggio promozionale; advertentie;
    gesponsord; gesponsorde inhoud; betaalde inhoud; reklama; materiał sponsorowany; artykuł sponsorowany; treść
    sponsorowana; реклама; спонсорский материал; партнёрский материал; партнерский материал; на правах рекламы; реклама
    партнерів; reklam; reklám; sponsorlu; sponsorlu içerik; advertorial; iklan; konten bersponsor; disponsori; annons;
    sponsrat; sponsrat innehåll; i samarbete med; annonse; annonsørinnhold; annonce; sponsoreret; mainos; kaupallinen
    yhteistyö; hirdetés; támogatott tartalom; publicitate; oglas; sponzorirano; sponzorovaný obsah;
    inzerce; inzerát; ogłoszenie; оголошення; διαφήμιση;
    χορηγούμενο; إعلان; إعلانات; محتوى ممول; تبلیغات; פרסומת; תוכן ממומן; विज्ञापन; प्रायोजित; जाहिरात;
    বিজ্ঞাপন; விளம்பரம்; ప్రకటన; ಜಾಹೀರಾತು; പരസ്യം; જાહેરાત; اشتہار; โฆษณา; スポンサー;
    スポンサーリンク; 広告; 广告; 廣告; 推广; 赞助内容; 贊助內容; 광고; 협찬
"""
_ASIDES = """
    video player is loading; this is a modal window; beginning of dialog window; end of dialog window; current time;
    remaining time; playback rate; seek to live, currently behind live; descriptions off, selected;
    captions off, selected; captions settings, opens captions settings dialog; subtitles off, selected; now playing;
    subtitles settings, opens subtitles settings dialog; đang phát; tốc độ phát; phụ đề; jetzt läuft;
    wiedergabegeschwindigkeit; untertitel aus; en lecture; vitesse de lecture; velocidad de reproducción;
    article continues below; story continues below; article
    continues after advertisement; story continues below advertisement; continue reading; continue reading below;
    scroll to continue; scroll to continue reading; advertisement scroll to continue reading; scroll down to
    continue; scroll to continue with content; skip advertisement; copy link; link copied; share this article; share
    this story; share; listen to this article; listen to article; image copyright; getty images; loading; play
    video; watch video; print; comments; skip to bottom of list; learn more;
    weiter nach der anzeige; nach der werbung weiterlesen; artikel anhören; link kopieren; artikel
    teilen; teilen; publicité; la suite après la publicité; la suite après cette publicité; partager; copier le
    lien; écouter l'article; écouter cet article; sigue leyendo; continúa leyendo; compartir; copiar enlace;
    continua após a publicidade; continua depois da publicidade; compartilhe; compartilhar; copiar link;
    continua a leggere; condividi; artikel gaat verder onder de advertentie; tekst gaat verder onder de
    foto; dalsza część artykułu pod wideo; dalsza część tekstu pod wideo; udostępnij;
    поделиться; скопировать ссылку; paylaş; advertisement scroll to continue with content; bagikan;
    chia sẻ; chia sẻ bài viết; chia sẻ bài viết này; sao chép liên kết; sao chép thành công; đã sao chép;
    copy liên kết; nghe đọc bài; nghe bài viết; nghe nội
    dung; cỡ chữ; cỡ chữ a a; xem
    trên google news; google news; theo dõi trên; bình luận; gửi bình luận; lưu bài viết; in bài viết; app store;
    google play; diesen artikel anhören; escuchar artículo; ouvir artigo; ascolta l'articolo;
    zur app; app herunterladen; jetzt herunterladen; télécharger; télécharger l'application; descargar;
    tải về; कॉपी लिंक; शेयर; lihat video; tonton video; ver vídeo; ver video; mira el vídeo; voir la vidéo; regarder la
    vidéo; video ansehen; zum video; bekijk de video; guarda il video; se videon; se video; zobacz wideo; zobacz film;
    смотреть видео; смотрите видео; videoyu izle; δείτε το βίντεο; شاهد الفيديو; ดูวิดีโอ; 動画を見る; 영상 보기
"""
_FOLLOW = """
    follow; like us; join us; join our; find us; connect with; folgen; folge; folgt; suivez; rejoignez; sigue;
    síguenos en; siga; segui; seguici; seguite; obserwuj; volg; följ; følg; theo dõi; подписывайтесь; следите;
    підписуйтесь; takip; ikuti; únete; seguinos; abonnieren; kövesse; sledujte; urmăriți; 关注; 追蹤; フォロー
"""
_NETWORKS = (
    "facebook|twitter|instagram|telegram|whatsapp|youtube|tiktok|linkedin|google news|zalo|threads|viber|bluesky"
)
_SHARED = frozenset(
    listed("""
    facebook; twitter; x; instagram; telegram; whatsapp; youtube; tiktok; linkedin; zalo; threads; viber; bluesky;
    pinterest; reddit; messenger; xing; flipboard; tumblr; line; kakaotalk; weibo; вконтакте; vk
""")
)
_SHARE_WORDS = frozenset(
    listed("""
    share; shares; tweet; tweets; post; pin; email; mail; e; print; copy; link; copied; sms; url; chia; sẻ; in; gửi;
    sao; chép; liên; kết; teilen; mailen; drucken; kopieren; partager; imprimer; copier; lien; compartir; imprimir;
    copiar; enlace; condividi; on
""")
)

MINUTES = r"(?:min(?:ute[ns]?|uti?|utos?|uten|uter)?|phút|мин(?:ут[аы]?)?|分)\b\.?"
_READING = (
    r"reading time|lesezeit|lesedauer|temps de lecture|lecture|tempo de leitura|leitura|tiempo de lectura|lectura"
    r"|tempo di lettura|leestijd|czas czytania|lästid|lesetid|thời gian đọc|время чтения"
)
_READ = r"read(?:ing time)?|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|czytania|đọc"
_READING_TIME = re.compile(
    rf"^\W*+(?:(?:{_READING})\W*(?:ca\.?\W*)?\d+\s*{MINUTES}|\d+\s*{MINUTES}\W*(?:{_READ}))\W*$", re.IGNORECASE
)
_MACHINE = re.compile(
    r"^(?:https?://\S+\.(?:jpe?g|png|gif|webp|svg)|\d{4}-\d\d-\d\dT\d\d:\d\d\S*|\[[a-z_]+\s+[a-z_]+=[^\]]*\].*"
    r"|\[[^\W\d_]{2,20}:[^\s\[\]][^\[\]]{0,60}\])$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^\W*+(?:(?:e-?mail|contact|reach|tweet|write to|kontakt|contactez|escríbale|liên hệ)\b.{0,80}\S@\w"
    r"|[^\s@]+@\w+(?:\.\w+)+\W*$|@\w{2,20}\W*$|(?:www\.)?(?:twitter|facebook|x)\.com/\S+\W*$)",
    re.IGNORECASE,
)

NOTICE_START = Phrases(_NOTICE, then=r"(?!\w)", glued=True)
FAREWELL_START = Phrases(_FAREWELL, then=r"(?!\w)")
AD_LABEL = Phrases(_AD_LABELS, then=r"\W*$")
AD_START = Phrases(_AD_LABELS, then=r"\s*[:：]\s*\S")
FOLLOW = Phrases(_FOLLOW, then=rf"\b.{{0,100}}\b(?:{_NETWORKS})\b")
_WE = "us|our|uns|unser(?:e[mnr]?)?|nous|nos|chúng tôi|nosotros|nuestr[ao]s?|noss[ao]s?|noi|nostr[aio]"
_SOCIAL = (
    "mạng xã hội|social media|social networks?|soziale[nr]? (?:medien|netzwerken?)"
    "|réseaux sociaux|redes soci(?:ales|ais)"
)
FOLLOW_US = Phrases(_FOLLOW, then=rf"\b.{{0,40}}\b(?:{_WE})\b.{{0,80}}\b(?:{_NETWORKS}|{_SOCIAL})\b")
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?!\d)")  # beside a player's label
_LETTERS = re.compile(r"\w+")


def _bare(text: str) -> str:
    return "".join(_LETTERS.findall(text)).casefold()


_ASIDE_KEYS = frozenset(map(_bare, (*listed(_AD_LABELS), *listed(_ASIDES))))
_VOICE = r"(?:giọng\s+)?(?:nữ|nam)\s+(?:miền\s+)?(?:bắc|trung|nam)"
_SPEED = r"x\s?\d(?:[.,]\d\d?)?|\d(?:[.,]\d\d?)?\s?x"
_READ_OUT = re.compile(rf"^\W*+(?:(?:{_VOICE}|{_SPEED})(?!\w)\W*)+$", re.IGNORECASE)  # what a player offers
_PLAYED = re.compile(r"^\W*+\d{1,2}:\d\d(?::\d\d)?\s*/\s*\d{1,2}:\d\d(?::\d\d)?\W*$")


def aside_reason(text: str) -> str:
    """What a line is that is no sentence of anybody; empty for all else."""
    if len(text) < 2000 and _MACHINE.match(text):
        return "address or code, not words"
    if len(text) < 60 and _READING_TIME.match(text):
        return "reading time"
    if len(text) < 40 and _PLAYED.match(text):
        return "time of a player"
    if len(text) < 80 and _READ_OUT.match(text):
        return "voice or speed of a player"
    if len(text) < 80 and _is_share_line(text):
        return "share buttons"
    if len(text) < 80 and _bare(_CLOCK.sub("", text)) in _ASIDE_KEYS:
        return "label of an advertisement, a button or a player"
    return ""


def _is_share_line(text: str) -> bool:
    """Nothing but the names of networks and buttons, and how often each was pressed."""
    words = [word.casefold() for word in _LETTERS.findall(text) if not word.isdecimal()]
    return len(words) > 1 and not _SHARED.isdisjoint(words) and all(word in _SHARED | _SHARE_WORDS for word in words)


def is_network(text: str) -> bool:
    """Nothing but the name of a social network."""
    return len(text) < 20 and _bare(text) in _SHARED


def is_contact(text: str) -> bool:
    """How to reach the author, or nothing but an address."""
    return len(text) < 400 and bool(_CONTACT.match(text))
