"""The words that news pages of many languages use around their articles: headings, invitations, notices."""

import re

from crawler.pages.phrases import EDGE, Phrases

_RELATED = """
    có thể bạn quan tâm; bạn có thể quan tâm; có thể bạn thích; có thể bạn chưa biết; bạn quan tâm; tin
    liên quan; bài liên quan; bài viết liên quan; tin bài liên quan; các tin liên quan; liên quan; đọc
    thêm; xem thêm; mời đọc thêm; mời bạn đọc thêm; tìm hiểu thêm; đọc tiếp; xem tiếp; bài cùng chuyên
    mục; cùng chuyên mục; tin cùng chuyên mục; tin cùng mục; cùng tác giả; bài viết cùng chuyên mục; tin
    mới; tin mới nhất; mới nhất; tin khác; các tin khác; bài khác; tin nổi bật; tin nóng; tin đọc nhiều;
    tin xem nhiều; đọc nhiều nhất; đọc nhiều; xem nhiều; xem nhiều nhất; được quan tâm; tin tức liên
    quan; bài đọc nhiều; bài mới; bài viết mới; chủ đề liên quan; tin đáng chú ý; tiêu điểm; cũ hơn; mới
    hơn; tin cũ hơn; tin mới hơn; những tin mới hơn; những tin cũ hơn; các tin mới hơn; các tin cũ hơn;
    các tin đã đưa; tin đã đăng; dòng sự kiện;
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
    other stories; other news; also in the news; also in the headlines; elsewhere in the news; from our archive;
    from our archives; from the archives; promoted stories; from around the web; sponsored content; recent posts;
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
    あわせて読みたい; 続きを読む; おすすめ記事; 人気記事; 관련기사; 관련 기사; 많이 본 기사; ข่าวที่เกี่ยวข้อง; อ่านเพิ่มเติม;
    mời độc giả xem thêm; mời độc giả xem thêm video; mời quý vị xem thêm video; mời quý độc giả xem thêm;
    mời bạn đọc xem thêm; bạn đọc quan tâm; độc giả quan tâm; nên
    đọc; tin nên đọc; đừng bỏ lỡ; tin tài trợ; tin bài khác; tin tức khác; bài viết khác; các bài khác; bài cùng
    chủ đề; tin cùng chủ đề; cùng chủ đề; cùng sự kiện; tin cùng sự kiện; xem thêm video; tin hay; tin cũ; tin tiếp
    theo; bài tiếp theo; bài trước; bài sau; bài nổi bật; bài viết nổi bật; tham khảo thêm; dành cho bạn; gợi ý cho
    bạn; tin được quan tâm; tin mới cập nhật; tin tức mới nhất; video liên quan; đọc nhiều trong tuần; tin đọc thêm;
    clip đang được xem nhiều; video đang được xem nhiều; đang được xem nhiều; video xem nhiều; clip xem nhiều;
    xem thêm tại; xem thêm bài viết; các bài viết liên quan; bài viết mới nhất; có thể bạn muốn đọc;
    more in this section; more stories from; other articles; you might have missed; popular now; people also read;
    related video; related videos; read the full story; read more about; find out more; what others are reading;
    das interessiert andere leser; auch spannend; weitere beiträge; weitere meldungen; neueste artikel; lesetipp;
    lesetipps; mehr lesen; mehr nachrichten; mehr artikel; links zum thema; lies auch; lies mehr; auch lesenswert;
    leserempfehlung; meist gelesen; die neuesten artikel; beliebteste artikel; lesen sie jetzt;
    à lire sur le sujet; pour en savoir plus; articles associés; contenus associés; contenu associé; nos derniers
    articles; vous aimerez également; dernières actualités; à ne pas manquer; plus d'articles; recommandé pour vous;
    les articles les plus lus; lire également sur le sujet; à lire ensuite; a lire sur le sujet;
    noticia relacionada; otras noticias; otros artículos; te recomendamos; le recomendamos; también te recomendamos;
    últimas noticias; no te pierdas; no te lo pierdas; ver también; vea también; mira también; mirá también; leé
    también; leé más; seguí leyendo; los más leídos; las más leídas; más leídos; en otras noticias; lo último; más
    noticias de; también lee; también puedes leer;
    leia mais sobre; leia ainda; ler mais; últimas notícias; mais notícias; mais lidos; as mais lidas; mais vistas;
    confira também; você também pode gostar; matérias relacionadas; conteúdo relacionado; artigos relacionados;
    recomendado para você; recomendadas; continue lendo; ver também;
    leggi tutto; leggi pure; articoli più letti; ultime notizie; altre notizie; altri articoli; ti potrebbe
    interessare; ti potrebbe anche interessare; potrebbe interessarti anche; da non perdere; guarda anche; le
    notizie più lette; per approfondire;
    lees verder; ook interessant; meer nieuws; bekijk ook; meest bekeken; aanbevolen; misschien ook interessant;
    laatste nieuws; podobne artykuły; powiązane; czytaj dalej; zobacz więcej; najpopularniejsze; najczęściej
    czytane; warto przeczytać; polecane; przeczytaj więcej; sprawdź także; sprawdź też; to też może cię
    zainteresować; ещё по теме; еще по теме; популярное; самое читаемое; последние новости; другие новости;
    рекомендуем; выбор редакции; вам может быть интересно; вас может заинтересовать; что почитать; главное сейчас;
    benzer haberler; ilginizi çekebilir; çok okunanlar; en çok okunanlar; son haberler; diğer haberler; sıradaki
    haber; ayrıca bakınız; mest lästa; relaterat; läs vidare; relaterte artikler; relaterede artikler; se også;
    flere artikler; siste nytt; luetuimmat; katso myös; aiheesta lisää; nejčtenější; mohlo by vás zaujmout; podobné
    články; další články; prečítajte si tiež; súvisiace články; najčítanejšie; čítajte aj; čítajte tiež; ezt is
    olvassa el; legolvasottabb; további cikkek; ajánlott cikkek; citiți și; citește mai departe; cele mai citite;
    te-ar putea interesa; pročitajte i; pročitajte još; pročitajte više; vezane vijesti; najčitanije; povezani
    članci; preberite tudi; može vas zanimati; популярне; новини за темою; останні новини; рекомендуємо; свързани
    статии; най-четени; вижте също; прочети още; още новини; прочитајте и; σχετικά άρθρα; δημοφιλή; loe ka; loe
    lisaks; lasi arī; lasiet arī; taip pat skaitykite; skaitykite taip pat; mest lesið; tengdar fréttir; lesa líka;
    קראו עוד; כתבות נוספות; אולי יעניין אותך; أخبار ذات صلة; مقالات ذات صلة; قد يهمك; الأكثر قراءة; شاهد أيضا;
    شاهد أيضاً; المزيد من الأخبار; همچنین بخوانید; خبرهای مرتبط; संबंधित खबरें; और पढ़ें; संबंधित समाचार;
    berita lainnya; berita populer; berita terpopuler; berita terbaru; lihat juga; simak juga; simak video; artikel
    lainnya; rekomendasi untuk anda; pilihan editor; artikel populer; baca juga berita; berita berkaitan; lagi
    berita; ข่าวแนะนำ; เรื่องที่เกี่ยวข้อง; บทความที่เกี่ยวข้อง; ข่าวล่าสุด; ข่าวยอดนิยม; อ่านต่อ; 関連リンク;
    こちらもおすすめ; アクセスランキング; 新着記事; 最新記事; 注目記事; 次の記事; 前の記事; あなたにおすすめ;
    你可能感兴趣; 猜你喜欢; 热门文章; 热门新闻; 更多新闻; 相关推荐; 更多報導; 熱門新聞; 看更多; 你可能也喜歡;
    更多文章; 함께 보면 좋은 기사; 인기 기사; 인기뉴스; 최신 기사; 추천 기사; 주요 뉴스;
    more by this author; more from this author; more by the author; more from the author; also by this author; bài cùng
    tác giả; tin cùng tác giả; bài viết cùng tác giả; các bài cùng tác giả; mehr von diesem autor; mehr von dieser
    autorin; mehr vom autor; weitere artikel des autors; du même auteur; du même journaliste; del mismo autor; más de
    este autor; do mesmo autor; mais deste autor; dello stesso autore; van dezelfde auteur; meer van deze auteur;
    διαβάστε ακόμα; δείτε ακόμα; διαβάστε σχετικά; διαβάστε περισσότερα; επόμενο άρθρο; ροή ειδήσεων;
    আরও পড়ুন; আরো পড়ুন; আরও খবর; সম্পর্কিত খবর; সর্বাধিক পঠিত; সর্বশেষ খবর; இதையும் படியுங்கள்; இதையும் படிக்க;
    மேலும் படிக்க; தொடர்புடைய செய்திகள்; அதிகம் படித்தவை; அண்மைச் செய்திகள்; ఇవి కూడా చదవండి; ఇది కూడా చదవండి;
    సంబంధిత వార్తలు; हेही वाचा; संबंधित बातम्या; आगे पढ़ें; इसे भी पढ़ें; यह भी देखें; ताजा खबरें; ताज़ा ख़बरें;
    सबसे ज्यादा पढ़ी गई; مزید پڑھیں; یہ بھی پڑھیں; متعلقہ خبریں; پربازدیدترین‌ها; پربازدیدها; پربیننده‌ترین;
    ilgili haber; ilgili içerik; ilgili içerikler; öne çıkanlar; ilginizi çekebilecek haberler; bunları da okuyun;
    آخرین اخبار; اخبار مرتبط; خبرهای بیشتر; آخر الأخبار; موضوعات متعلقة; للمزيد
"""
# Beginnings of headings that go on with a subject: "More on Ukraine". Such a line may be the article's own.
_RELATED_TO = """
    most read in; most viewed in; most popular in; more from; more by; more on; more in; more about; more news from;
    latest from; latest in; latest on; read more on; read more about; related to; in case you missed; popular in;
    xem thêm về; đọc thêm về; xem thêm các; thêm về; tin tức về; tin khác về; tin mới trong; mehr zu; mehr über; mehr
    aus; mehr zum thema; mehr von; weitere artikel zu; weitere themen aus; alles zu; plus sur; tout sur; à lire sur;
    más sobre; más de; lo más leído en; mais sobre; mais de; mais em; tudo sobre; altri articoli su; tutto su;
    altre notizie su; meer over; meer uit; mer om; mer från; mere om; mer fra; więcej o; więcej na temat; czytaj
    więcej o; więcej z; читайте также о; ещё о; больше о; daha fazla; berita lain tentang; baca juga tentang; المزيد من;
    المزيد عن; المزيد حول
"""

RELATED_HEADING = Phrases(_RELATED, then=rf"{EDGE}$")
RELATED_OPEN_HEADING = Phrases(_RELATED_TO, then=r"\s+\S+(?:\s+\S+){0,5}$")
RELATED_START = Phrases(_RELATED, then=r"\s*(?:[:：>»›▶►→|]|[-–—]\s)")
RELATED_BEGINNING = Phrases(_RELATED, then=r"(?!\w)")

RIGHTS = re.compile(
    r"^(?:©|\(c\)\s|issn\W{0,3}\d|copyright\b"
    r"|all rights reserved|bản quyền|tous droits réservés|alle rechte|todos los derechos"
    r"|todos os direitos|tutti i diritti|riproduzione riservata|wszelkie prawa|všechna práva|minden jog fenntartva"
    r"|toate drepturile|sva prava|все права|всі права|усі права|всички права|tüm hakları|hak cipta|με επιφύλαξη"
    r"|כל הזכויות|جميع الحقوق|حقوق النشر|تمامی حقوق|کلیه حقوق|جملہ حقوق|सर्वाधिकार|স্বত্ব|สงวนลิขสิทธิ์|版权所有|版權所有"
    r"|無断転載|무단\s?전재|저작권자)",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"^\W*+(?:ảnh|photos?|video|foto|fotos|fot\.|φωτ\.|фото|صورة|تصویر|عکس|फोटो|ছবি|ภาพ|写真|图|사진|bild"
    r"|bilder|image|images|crédit(?:s)?|credit|photo credit|image credit"
    r"|picture|pictures|photograph|getty images|nguồn ảnh|đồ họa|infographic|bài và ảnh|clip|tin, ảnh|ảnh, video)"
    r"(?:\s+(?:by|von|de|par|source))?\s*[:：/]",
    re.IGNORECASE,
)
SOURCE_LINE = re.compile(
    r"^\W*+(?:theo|nguồn|nguồn tin|tổng hợp|source|sources|quelle|fuente|fonte|bron|źródło|источник)\b\s*[:：]?\s*\S",
    re.IGNORECASE,
)
FILE_NAME = re.compile(r"^[^\s/\\]+\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?|heic)$", re.IGNORECASE)
