"""Words that bylines are read with: news agencies, and what stands where a name could and is none."""

import re

from storage.comparison.updatewords import CHANGED, UPDATED

_AGENCIES = """
TTXVN|Reuters|AFP|AP|dpa|ANSA|EFE|APA|Xinhua|Tân Hoa Xã|THX|TASS|RIA|Interfax|Bloomberg|CNN|BBC|PTI|ANI|IANS|
Bernama|Antara|Kyodo|Kyodo News|Yonhap|NTB|Ritzau|STT|ČTK|PAP|MTI|Belga|ANP|Keystone-SDA|SDA|SID|KNA|epd|AAP|
CNA|UPI|VOV|VTV|VietnamPlus|Vietnam+|Europa Press|Agencia EFE|Sputnik|Anadolu|AA|Associated Press|
The Associated Press|Agence France-Presse|Press Association|PA Media|TT|VNA|Getty Images|
新华社|新華社|中央社|共同通信|時事通信|
연합뉴스
"""

_NO_NAMES = """
기자|특파원|记者|記者|作者|编辑|編輯|責編|文|লেখক|লেখা|প্রতিবেদক|लेखक|लेखिका|रिपोर्ट|எழுதியவர்|நிருபர்|نویسنده|خبرنگار|كتب|
بقلم|συντάκτης|συντάκτρια|του|της|του/της|haber|muhabir|yazar|editör|автор|автори|автора|ผู้เขียน|โดย|เรื่อง|penulis|oleh|
pv|p.v|p.v.|phóng viên|btv|b.t.v|biên tập|biên tập viên|ctv|admin|administrator|root|webmaster|editor|user|
guest|author|anonymous|unknown|null|none|undefined|tổng hợp|sưu tầm|st|news|tin tức|báo chí|người đưa tin|red|
agencies|agenturen|agences|agencias|internet|web|online|biên dịch|theo|ban biên tập|tòa soạn|toà soạn|minh họa|
video|podcast|reporter|by|von|follow|following|share|chia sẻ|theo dõi|facebook|twitter|linkedin|instagram|
youtube|whatsapp|telegram|email|bình luận|comment|comments|subscribe|print|save|google news|google|zalo|gửi|
in bài|lưu|đọc thêm|xem thêm|quan tâm|last|first|published|posted|stand|sun|mon|tue|
wed|thu|fri|sat|monday|tuesday|wednesday|thursday|friday|saturday|sunday|read more|learn more|
editorial|listen|today|home|publishing|artikel|article|press release|exklusiv|exclusive|会員登録|ログイン|
ポスト|シェア|印刷|tweet|tweeten|
teilen|partager|compartir|condividi|post|posts|veröffentlicht|publié|publicado|pubblicato|opublikowano|
publisert|udgivet|geschrieben|written|text|quelle|source|fuente|autor|anzeige|kommentar|kommentare|contact|
about|menu|search|advertisement|sponsored|thứ|chủ nhật|cn|trang chủ|nguồn|ngày|lúc|đăng|thứ hai|thứ ba|
thứ tư|thứ năm|thứ sáu|thứ bảy|anmelden|login|log in|reading time|sign in|sign up|register|đăng nhập|đăng ký|january|
hà nội|tp.hcm|tp hcm|tphcm|đà nẵng|hải phòng|cần thơ|việt nam|
february|categoria|categorias|categoría|category|categories|kategorie|tags|tag|chuyên mục|danh mục|thẻ|từ khóa|từ khoá|
march|april|may|june|july|august|september|october|november|december
"""

KINDS_BY = (
    r"(?:eine?\s)?(?:gast)?(?:kommentar|analyse|beitrag|interview|essay|kolumne|bericht|reportage|porträt|rezension|"
    r"glosse|leitartikel|text|protokoll|geschrieben|verfasst|aufgezeichnet)\svon|"
    r"(?:posted|published|article|exclusive|interview|column|commentary|essay|report|compiled|submitted|contributed)\sby|"
    r"(?:publié|rédigé|écrit|(?:propos\s)?recueillis?)\spar|(?:escrito|publicado|redactado|elaborado|texto)\spor|"
    r"a\scura\sdi|(?:skrevet|skriven|skrivet|tekst|text)\sa[fv]|(?:geschreven|gepubliceerd)\sdoor|ditulis\soleh"
)  # what stands before a "by" that says what it is by whom
ROLES_COLON = (
    r"(?:tekst|testo|interview|reporters?|contributors?|words|story|opracował\w?|muhabir|haber|toimittaja|protokoll|"
    r"a[fv]|作者|记者)\s?[:：]"
)

_NO_NAME_PHRASE = re.compile(
    r"^(?:chương|phần|mục|kỳ|bài|tập|chapter|part|section|kapitel|teil|chapitre|partie|capítulo|parte|capitolo)"
    r"\s+(?:\d+|[ivxlc]+)\b|^(?:tm|kt|tl|tuq)\.\s|"  # chapters; who signed a document for whom
    r"^(?:view all|see all|all posts|more (?:from|by|about)|share this|follow us)\b|"
    r"\b(?:liên hệ|quảng cáo|thông tin|bản quyền|đường dây|độc giả|bạn đọc|"
    r"bài viết|chi tiết|lưu ý|ghi chú|tham khảo)\b",
    re.IGNORECASE,
)


def _folded(block: str) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in block.replace("\n", "").split("|"))


AGENCIES = _folded(_AGENCIES)
NO_NAMES = _folded(_NO_NAMES) | _folded(f"{UPDATED}|{CHANGED}")


def is_no_name(text: str) -> bool:
    """Whether a text is a role, a button, a weekday or another label that stands where names stand."""
    return text.casefold().strip() in NO_NAMES or bool(_NO_NAME_PHRASE.search(text))
