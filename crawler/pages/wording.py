"""The words that news pages of many languages use around their articles: headings, invitations, notices."""

import re


def _any(phrases: str) -> str:
    """An alternation of the phrases in a list that is written with `;` between them."""
    folded = (" ".join(phrase.split()) for phrase in phrases.split(";"))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in folded)


_RELATED = _any(
    """
    có thể bạn quan tâm; bạn có thể quan tâm; có thể bạn thích; có thể bạn chưa biết; bạn quan tâm; tin
    liên quan; bài liên quan; bài viết liên quan; tin bài liên quan; các tin liên quan; liên quan; đọc
    thêm; xem thêm; mời đọc thêm; mời bạn đọc thêm; tìm hiểu thêm; đọc tiếp; xem tiếp; bài cùng chuyên
    mục; cùng chuyên mục; tin cùng chuyên mục; tin cùng mục; cùng tác giả; bài viết cùng chuyên mục; tin
    mới; tin mới nhất; mới nhất; tin khác; các tin khác; bài khác; tin nổi bật; tin nóng; tin đọc nhiều;
    tin xem nhiều; đọc nhiều nhất; đọc nhiều; xem nhiều; xem nhiều nhất; được quan tâm; tin tức liên
    quan; bài đọc nhiều; bài mới; bài viết mới; chủ đề liên quan; tin đáng chú ý; tiêu điểm; cũ hơn; mới
    hơn; tin cũ hơn; tin mới hơn; dòng sự kiện;
    read more; read also; also read; read next; read on; see also; see more; related; related articles;
    related stories; related news; related content; related coverage; related links; related posts;
    related topics; related reading; more on this story; more on this topic; more on this; more from;
    more news; more stories; more like this; more to read; further reading; recommended; recommended for
    you; recommended reading; you may also like; you might also like; you may like; you might like; you
    might also be interested in; you may also be interested in; you may have missed; most read; most
    popular; most viewed; popular posts; popular stories; popular articles; trending; trending now;
    trending stories; latest news; latest stories; latest articles; latest; top stories; don't miss;
    don’t miss; in case you missed it; editor's picks; editor’s picks; editors' picks; editors’ picks; up
    next; next article; what to read next; keep reading; explore more; on this topic; similar articles;
    other stories; other news; promoted stories; from around the web; sponsored content; recent posts;
    recent articles; read this next; must read; must reads;
    lesen sie auch; lesen sie mehr; lesen sie hier; lesen sie dazu; auch interessant; das könnte sie auch
    interessieren; das könnte dich auch interessieren; das könnte sie interessieren; mehr zum thema; mehr
    dazu; mehr zu; mehr aus; weitere artikel; weitere themen; weitere nachrichten; weiterlesen; zum
    thema; meistgelesen; meistgelesene artikel; siehe auch; empfehlungen; verwandte artikel; ähnliche
    artikel; passend zum thema;
    à lire aussi; a lire aussi; lire aussi; à lire également; lire également; à lire; lire la suite; lire
    plus; à voir aussi; voir aussi; sur le même sujet; sur le même thème; articles liés; articles
    similaires; les plus lus; les plus populaires; à découvrir; pour aller plus loin; vous aimerez aussi;
    ces articles pourraient vous intéresser; dans la même rubrique; notre sélection;
    te puede interesar; le puede interesar; te podría interesar; también te puede interesar; puede
    interesarte; quizás te interese; lea también; lea además; leer también; lee también; lee además; lea
    más; leer más; ver más; más información; noticias relacionadas; artículos relacionados; relacionados;
    contenido relacionado; más noticias; más leídas; lo más leído; lo más visto; más sobre; sigue
    leyendo; recomendados; temas relacionados; leia também; leia mais; veja também; saiba mais; notícias
    relacionadas; mais lidas; relacionadas; veja mais; você pode gostar; leggi anche; leggi di più;
    potrebbe interessarti; potrebbero interessarti; articoli correlati; i più letti; correlati;
    approfondisci; vedi anche; notizie correlate;
    lees ook; lees meer; meer over; gerelateerd; gerelateerde artikelen; meest gelezen; les også; les
    mer; læs også; læs mere; läs också; läs mer; mer om; mest lest; mest læste; lue myös; lue lisää;
    czytaj też; czytaj także; czytaj również; czytaj więcej; zobacz też; zobacz także; zobacz również;
    przeczytaj też; przeczytaj także; polecamy; powiązane artykuły; čtěte také; čtěte dále; přečtěte si
    také; související články; související; mohlo by vás zajímat; olvassa el; kapcsolódó; kapcsolódó
    cikkek; citește și; citește mai mult; articole similare; ilgili haberler; ayrıca okuyun; bunlar da
    ilginizi çekebilir; baca juga; baca selengkapnya; berita terkait; artikel terkait; terpopuler;
    читайте также; читать также; читайте ещё; читайте еще; смотрите также; по теме; материалы по теме;
    похожие статьи; новости по теме; читайте також; дивіться також; за темою; прочетете още; вижте още;
    още по темата; διαβάστε επίσης; διαβάστε ακόμη; δείτε επίσης; اقرأ أيضا; اقرأ أيضاً; إقرأ أيضاً;
    مواضيع ذات صلة; ذات صلة; اقرأ المزيد; קראו גם; עוד בנושא; بیشتر بخوانید; مطالب مرتبط;
    यह भी पढ़ें; ये भी पढ़ें; 相关阅读; 相关新闻; 相关文章; 推荐阅读; 延伸阅读; 相關新聞; 相關報導;
    延伸閱讀; 推薦閱讀; 関連記事; 関連ニュース;
    あわせて読みたい; おすすめ記事; 人気記事; 관련기사; 관련 기사; 많이 본 기사; ข่าวที่เกี่ยวข้อง; อ่านเพิ่มเติม
    """
)

_EDGE = r"[\s:：>»›▶►→*•|.…!?\-–—]*+"
RELATED_HEADING = re.compile(rf"^{_EDGE}(?:{_RELATED}){_EDGE}$", re.IGNORECASE)
RELATED_START = re.compile(rf"^{_EDGE}(?:{_RELATED})\s*(?:[:：>»›▶►→|]|[-–—]\s)", re.IGNORECASE)

_NOTICE = _any(
    """
    sign up for; sign up to; subscribe to; subscribe now; subscribe for; join our newsletter; get our
    newsletter; get the latest; our newsletter; our free newsletter; daily newsletter; weekly newsletter;
    newsletter abonnieren; jetzt abonnieren; download our app; download the app; get the app; follow us
    on; follow us; like us on facebook; join our whatsapp; join our telegram; join the conversation;
    follow on; click here to subscribe; add us as a preferred source; google preferred source; đăng ký
    nhận bản tin; đăng ký nhận tin; theo dõi chúng tôi; tải ứng dụng; mời quý độc giả; mời bạn đọc; mời
    quý vị; theo dõi báo; độc giả gửi; theo dõi trên google news; suscríbete; suscribirse; síguenos;
    síganos; recibe nuestro; recibe la newsletter; recibe las noticias; boletín; abonnez-vous;
    inscrivez-vous; suivez-nous; recevez; newsletter; siga a; siga o; assine; inscreva-se; iscriviti;
    seguici; abonnér; abonnieren sie; folgen sie uns; meld je aan; volg ons; подписывайтесь;
    підписуйтесь; podpořte; zapisz się; obserwuj nas
    """
)
NOTICE_START = re.compile(rf"^{_EDGE}(?:{_NOTICE})(?!\w)", re.IGNORECASE)

RIGHTS = re.compile(
    r"^(?:©|\(c\)\s|copyright\b|all rights reserved|bản quyền|tous droits réservés|alle rechte|todos los derechos"
    r"|todos os direitos|tutti i diritti)",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"^\W*+(?:ảnh|photos?|video|foto|fotos|bild|bilder|image|images|crédit(?:s)?|credit|photo credit|image credit"
    r"|picture|pictures|photograph|getty images|nguồn ảnh|đồ họa|infographic|bài và ảnh|clip|tin, ảnh|ảnh, video)"
    r"(?:\s+(?:by|von|de|par|source))?\s*[:：/]",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(
    r"^\W*+(?:theo|nguồn|nguồn tin|tổng hợp|source|sources|quelle|fuente|fonte|bron|źródło|источник)\b\s*[:：]?\s*\S",
    re.IGNORECASE,
)
FILE_NAME = re.compile(r"^[^\s/\\]+\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?|heic)$", re.IGNORECASE)
