"""Bylines taken apart: the names in a line such as "Theo Minh Anh (TTXVN)" or "By Jane Doe and John Roe, in Paris"."""

import re
from collections.abc import Sequence

AGENCIES = {
    "TTXVN", "Reuters", "AFP", "AP", "dpa", "ANSA", "EFE", "APA", "Xinhua", "THX", "TASS", "RIA", "Interfax", "Bloomberg",
    "CNN", "BBC", "PTI", "ANI", "IANS", "Bernama", "Antara", "Kyodo", "Yonhap", "NTB", "TT", "Ritzau", "STT", "ČTK", "PAP",
    "MTI", "Belga", "ANP", "Keystone-SDA", "SDA", "SID", "KNA", "epd", "AAP", "CNA", "CP", "UPI", "VOV", "VTV", "VietnamPlus",
    "Vietnam+", "Europa Press", "Agencia EFE", "Sputnik", "Anadolu", "AA", "DPA", "APTN", "ĐTTCO", "GLOBE NEWSWIRE",
}  # fmt: skip
_AGENCIES = {name.casefold() for name in AGENCIES}

_LEAD_IN = re.compile(
    r"^(?:(?:written|words|story|text|reported|analysis|opinion|review|photographs?|edited)\s+by\b|by\b|von\b|par\b|por\b|"
    r"di\b(?=\s[A-Z])|da\b(?=\s[A-Z])|av\b(?=\s[A-ZÅÄÖØÆ])|af\b(?=\s[A-ZÅÄÖØÆ])|door\b|autor(?:in|en|zy|ka|es|a)?\s?:|author[s:]?\s?:?(?=\s)|"
    r"text(?:o|e)?\s?:|from\b(?=\s[A-Z])|oleh\b|penulis\s?:|yazar\s?:|автор\w*\s?:|текст\s?:|記者|文／|"
    r"(?:bài|tin|tin,\s?bài|bài,\s?ảnh|tin,\s?ảnh|bài\s?(?:và|-|–|&)\s?ảnh|tin\s?(?:và|-|–|&)\s?ảnh|thực\s?hiện|tác\s?giả|nguồn(?:\s?tin)?|"
    r"tổng\s?hợp|biên\s?soạn|lược\s?dịch|dịch|người\s?viết|ghi\s?chép|bài\s?viết)\s?:|theo\s?:?|nguồn\s|bởi\s|tác\s?giả\s|phóng\s?viên\s|pv\.?\s(?=[A-ZĐ])|"
    r"quelle\s?:|source\s?:|fuente\s?:)\s*",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"^(?:ảnh|photos?|foto|fotos|hình|clip|video|đồ\s?họa|graphic|image|bild(?:er)?|crédit)\b", re.IGNORECASE
)
_SPLIT = re.compile(
    r"\s*(?:[;|•·、]|\s[-–—]\s|(?<!\d)\s/\s|/(?=[^\W\d])|,(?!\s(?:Jr|Sr|II|III|PhD|MD)\b)|&|\b(?:and|und|et|och|og|và|en|ja|dan|ve)\b|(?<=\w)\s+y\s+(?=[A-ZÁÉÍÓÚÑ])|"
    r"(?<=\w)\s(?:i|e)\s+(?=[A-ZÀ-Ý])|\b(?:with|mit|avec|con|cùng)\b)\s*",
)
_TITLES = re.compile(
    r"(?i)\b(?:reporter|correspondent|editor|editors|journalist|writer|staff|contributor|redakteur\w*|redaktion|korrespondent\w*|"
    r"journaliste|rédact\w+|redactor\w*|periodista|corresponsal|enviad[oa]|director|producer|chief|senior|manager|"
    r"phóng viên|biên tập viên|thạc sĩ|tiến sĩ|giáo sư|luật sư|bác sĩ|cộng tác viên|thông tín viên|nhà báo|"
    r"columnist|analyst|host|author|founder|ceo|professor|meteorologist|strategist|specialist|expert|intern)\b"
)
_DESK = re.compile(
    r"(?i)\b(?:redaktion|desk|newsdesk|staff|team|nhóm pv|nhóm phóng viên|redacción|rédaction|redazione|editorial|newsroom)\b"
)
_NOBODY = re.compile(
    r"(?i)^(?:pv|p\.v\.?|phóng viên|btv|b\.t\.v|biên tập(?: viên)?|ctv|admin|administrator|root|webmaster|editor|user|guest|author|"
    r"anonymous|unknown|null|none|undefined|n/?a|tổng hợp|sưu tầm|st|news|tin tức|báo chí|người đưa tin|red|agencies|agenturen|agences|agencias|"
    r"internet|web|online|biên dịch|theo|ban biên tập|tòa soạn|toà soạn|minh họa|video|podcast|reporter|staff|by|von|follow(?:ing)?|"
    r"share|chia sẻ|theo dõi|facebook|twitter|bình luận|comments?|subscribe|print|save|google news|zalo|gửi|in bài|lưu|đọc thêm|quan tâm)$"
)
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+|@\w+|\.(?:com|vn|net|org|html?)(?:/|\b)", re.IGNORECASE)
_CASED = re.compile(r"[A-Za-zÀ-ɏḀ-ỿͰ-ϿЀ-ӿ]")
_PARTICLES = frozenset(
    "de da di do dos das del della der den van von zu zur la le el al bin ibn ben of du des y e i af av ter ten op 't zum am".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-.][^\W\d_]+)*\.?|[^\W\d_]\.")
LONGEST_NAME = 60


def names_in(text: str, publishers: Sequence[str] = ()) -> list[str]:
    """The people and agencies that a byline names; the site itself, roles and addresses are none."""
    text = " ".join(text.replace("\u200b", "").replace("\xa0", " ").split()).strip(" \t-–—|•·,;:.*")
    if not text or len(text) > 300:
        return []
    if _PICTURE.match(text):
        return []
    stripped = _without_lead_in(text)
    names: list[str] = []
    for part in _parts(stripped):
        name = _clean_name(part)
        if name and not is_publisher(name, publishers) and name not in names:
            names.append(name)
    return names


def _without_lead_in(text: str) -> str:
    previous = ""
    while previous != text:
        previous = text
        text = _LEAD_IN.sub("", text, count=1).strip(" :,-–—|")
    return text


def _parts(text: str) -> list[str]:
    """The parts of a byline, agencies in brackets among them: `Minh Anh (TTXVN)` to `Minh Anh`, `TTXVN`."""
    inside = [match for match in re.findall(r"[(\[（]([^)\]）]{1,60})[)\]）]", text)]
    outside = re.sub(r"[(\[（][^)\]）]*[)\]）]?", " ", text).strip()
    parts = [part for part in _SPLIT.split(outside) if part and part.strip()]
    for bracket in inside:
        parts += [part for part in _SPLIT.split(_without_lead_in(bracket)) if part and is_agency(part.strip())]
    return parts


def is_agency(name: str) -> bool:
    return name.casefold().strip(" .") in _AGENCIES


def _clean_name(part: str) -> str:
    part = re.sub(r"(?i)[,;]?\s+(?:in|aus|à|en|at|from|tại|từ|for|bei)\s.*$", "", part.strip(' .,:;|-–—*/"“”')) or part
    name = _without_lead_in(part).strip(" .,:;|-–—*/")
    name = re.sub(
        r"\s+(?:tổng hợp|lược dịch|biên dịch|dịch|ghi|thực hiện|t/h|\(?t\.h\)?|tổng\s?thuật|lược ghi)$",
        "",
        name,
        flags=re.IGNORECASE,
    )
    return name if is_name(name) else ""


def is_name(name: str) -> bool:
    """Whether a text could be the name of a person, an agency or a desk: a few capitalised words, no digits."""
    if is_agency(name):
        return True
    if (
        not 2 <= len(name) <= LONGEST_NAME
        or _NOBODY.match(name)
        or _ADDRESS.search(name)
        or re.search(r"[\d!?%\"“”=<>{}]", name)
    ):
        return False
    if not _CASED.search(name):
        return len(name) <= 40 and bool(re.search(r"[^\W\d_]", name))
    words = name.split()
    if not 1 <= len(words) <= 6 or not all(_WORD.fullmatch(word.strip("'’.")) for word in words if word.strip("'’.")):
        return False
    if _TITLES.search(name) and not _DESK.search(name):
        return False
    strong = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(strong) and all(word[0].isupper() or not _CASED.match(word[0]) for word in strong)


def is_publisher(name: str, publishers: Sequence[str]) -> bool:
    """Whether a name is one that the site goes by: its og:site_name, its publisher, its host."""
    plain = _plain(name)
    for publisher in publishers:
        other = _plain(publisher)
        if plain == other or (len(plain) > 4 and len(other) > 4 and (plain in other or other in plain)):
            return True
    return bool(re.match(r"(?i)^(?:báo|tạp chí|đài|trang tin|cổng thông tin|thời báo)\s", name))


def _plain(text: str) -> str:
    return re.sub(
        r"[\W_]+|(?:\.com)?\.vn$", "", re.sub(r"(?i)^(?:báo|tạp chí)\s|\s(?:online|điện tử|news)$", "", text.casefold())
    )


def host_names(url: str) -> tuple[str, ...]:
    """Names that a site's address implies: `https://www.vidu.com.vn/a` to `vidu.com.vn`, `vidu`."""
    host = url.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0].lower().removeprefix("www.").removeprefix("m.")
    labels = host.split(".")
    stem = max(labels[:-1], key=len, default=host) if len(labels) > 1 else host
    return tuple(dict.fromkeys(part for part in (host, stem) if len(part) > 2))
