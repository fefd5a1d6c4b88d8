"""Bylines taken apart: the names in a line such as "Theo Minh Anh (TTXVN)" or "By Jane Doe and John Roe, in Paris"."""

import re
from collections.abc import Sequence

from crawler.pages.bywords import KINDS_BY, ROLES_COLON, is_no_name
from crawler.pages.names import ROLE, is_agency, is_name
from crawler.pages.sitenames import is_publisher
from crawler.pages.wording import RELATED_HEADING
from storage.letters import compose

BY = re.compile(
    rf"(?:{KINDS_BY}|{ROLES_COLON}|"
    r"(?:written|words|story|text|reported|reporting|analysis|opinion|review)\s+by|by|von|par|por|door|oleh|"
    r"autor(?:in|en|zy|ka|es|a)?\s?:|authors?\s?:|text(?:o|e)?\s?:|penulis\s?:|yazar\s?:|автор\w*\s?:|текст\s?:|記者|文／|"
    r"(?:di|da|av|af|文|取材|기자|글|作者|记者|記者)\s?[:：]|(?:συντάκτης|συντάκτρια|κείμενο|γράφει|γράφουν)\s?:|(?:מאת|כתב)\s?:?|(?:كتب|كتبت|بقلم|إعداد|تحرير)\s?:?|"
    r"(?:نویسنده|خبرنگار|گزارش|تحریر|रिपोर्ट|लेखक|लेखिका|द्वारा|লেখক|লেখা|প্রতিবেদক|எழுதியவர்|రచన|ผู้เขียน|เรื่อง)\s?[:：]|โดย\s?[:：]?|"
    r"(?:bài|tin|tin,?\s?bài|bài,?\s?ảnh|tin,?\s?ảnh|(?:bài|tin)\s?(?:và|-|–|&|/)\s?ảnh|thực\s?hiện|tác\s?giả|"
    r"nguồn(?:\s?tin)?|tổng\s?hợp|biên\s?soạn|(?:lược|biên)\s?dịch|dịch|người\s?viết|ghi\s?chép|bài\s?viết|"
    r"nội\s?dung)\s?:|theo(?:\s?:)?|(?:(?:đăng|viết|thực hiện|biên soạn)\s)?bởi(?:\s?:)?|"
    r"tác\s?giả|nguồn|phóng\s?viên|quelle\s?:|source\s?:|fuente\s?:)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    rf"^(?:(?i:{BY.pattern})(?:(?<=[:：／])|(?![^\W\d_]))|"
    r"(?i:di|da|av|af|from|pv\.?|p\.v\.?|btv|ctv|nhà báo|phóng viên|luật sư|bác sĩ|follow|"
    r"toimittaja|napsala?|oprac\.|记者|기자)(?=\s[^\W\d_a-zà-ÿ])|"
    r"(?i:avec|mit|with)(?=\s(?:[^\W\d_a-zà-ÿ]|dpa\b|epd\b)))\s*"
)
_FROM_PAPER = re.compile(r"^(?i:theo|nguồn)\s*:?\s+([^\W\d_a-zà-ÿ][^\W\d_]*(?:\s[^\W\d_]+){0,3})$")
_PICTURE = re.compile(
    r"^(?:ảnh|photos?|photograph\w*|foto|fotos|hình|clip|video|đồ\s?họa|graphics?|images?|bild(?:er)?|crédits?)\b",
    re.IGNORECASE,
)
REVIEW = re.compile(
    r"\b(?:(?:medically|clinically|expert|fact|scientifically|legally|technically)[\s-]+)?"
    r"(?:reviewed|checked|edited|verified|illustrated|photographed|translated|approved|produced|narrated|sponsored|"
    r"presented|curated|relu|vérifié|illustré|traduit|übersetzt|geprüft)\s+(?:by|par|von)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|•·、⋅]|\s[-–—]\s|/|,(?!\s(?:Jr|Sr|II|III|PhD|MD)\.?\s*(?:,|$))|&|"
    r"\b(?:and|und|et|och|og|và|dan|ve|with|mit|avec|con|cùng)\b|(?<=\w)\s(?:y|i|e|en|ja)\s+(?=[A-ZÀ-ÝČŠŽŁŚ]))\s*",
)  # fmt: skip
_INITIALS = re.compile(r"(?:^|\s)(?:\w\.){1,3}\w$")
_HANDLE = re.compile(r"(?:(?<=\s)|^)(?:[\w.+-]*@[\w.-]+)(?=\s|$)")  # an address or a handle beside a name
_STAFF = re.compile(r"(?i)^staff\s")
_PLACE_AFTER = re.compile(
    r"(?:[,;]\s*|\s+)(?:in|aus|à|en|at|from|tại|từ|[Ff]or|bei|ở|reporting from|w)\s+(?:the\s)?[^\W\d_a-zà-ÿ].*$"
)
_AFTERWORD = re.compile(
    r"(?i)\s+(?:tổng hợp|lược dịch|biên dịch|dịch|ghi|thực hiện|t/h|t\.h\.?|tổng thuật|lược ghi|biên soạn|기자)$"
)
LONGEST_BYLINE = 300


def names_in(text: str, publishers: Sequence[str] = ()) -> tuple[str, ...]:
    """The people, agencies and desks that a byline names; the site itself, roles, places and addresses are none."""
    text = " ".join(compose(text.replace("\u200b", "")).replace("\xa0", " ").split())
    bare = _HANDLE.sub("", text) if "@" in text else text
    text = _stripped(bare if " " in bare.strip() else text, " \t-–—|•·,;:.*")
    if not text or len(text) > LONGEST_BYLINE or any(no.match(text) for no in (_PICTURE, REVIEW, RELATED_HEADING)):
        return ()
    paper = _FROM_PAPER.match(text)
    if paper and not is_no_name(paper[1]) and not ROLE.search(paper[1]):
        return () if is_publisher(paper[1], publishers) else (paper[1],)
    names: list[str] = []
    for part in _parts(_without_lead_in(text), publishers):
        name = _clean_name(part)
        if name and not is_publisher(name, publishers) and name.casefold() not in {one.casefold() for one in names}:
            names.append(name)
    people = [name for name in names if not _STAFF.match(name)]  # a role beside a name, a credit where it stands alone
    return tuple(people or names)


def _without_lead_in(text: str) -> str:
    previous = ""
    while previous != text:
        previous = text
        text = _LEAD_IN.sub("", text, count=1).strip(" :,-–—|")
    return text


def _parts(text: str, publishers: Sequence[str]) -> list[str]:
    """The parts of a byline; agencies in brackets are parts too: `Minh Anh (TTXVN)` gives `Minh Anh`, `TTXVN`.

    After a full name or an agency, a single word behind a comma is a place or a degree, not a pen name; behind
    the site's own name everything is an address.
    """
    inside = re.findall(r"[(\[（]([^)\]）]{1,60})[)\]）]", text)
    outside = re.sub(r"[(\[（][^)\]）]*[)\]）]?", " ", text).strip()
    parts: list[str] = []
    end = 0
    for match in [*_SPLIT.finditer(outside), None]:
        part = outside[end : match.start() if match else len(outside)].strip()
        by_comma = outside[:end].rstrip().endswith(",")
        end = match.end() if match else end
        if not part:
            continue
        if (
            by_comma
            and parts
            and " " not in part
            and (" " in parts[-1] or is_agency(parts[-1]))
            and not is_agency(part)
        ):
            continue
        if by_comma and parts and (is_publisher(parts[0], publishers) or ROLE.search(parts[-1])):
            part = parts[0] if is_publisher(parts[0], publishers) else parts[-1]
        parts.append(part)
    for bracket in inside:
        parts += [part for part in _SPLIT.split(_without_lead_in(bracket)) if part and is_agency(part)]
    return parts


def _clean_name(part: str) -> str:
    part = _stripped(part, ' .,:;|-–—*/"“”')
    name = _without_lead_in(_PLACE_AFTER.sub("", part)).strip(" ,:;|-–—*/")
    name = _AFTERWORD.sub("", name)
    if name.endswith(".") and not re.search(r"\b\w{1,2}\.$", name):
        name = name.rstrip(".")
    return name if is_name(name) else ""


def _stripped(text: str, chars: str) -> str:
    """Without these characters at its ends, but for the full stop of initials: H.Y."""
    bare = text.strip(chars)
    return f"{bare}." if _INITIALS.search(bare) and f"{bare}." in text else bare


def site_names_in(text: str, publishers: Sequence[str]) -> tuple[str, ...]:
    """The names of the site itself that a byline gives: `red, ORF.at/Agenturen` on ORF.at gives `ORF.at`."""
    outside = re.sub(r"[(\[（][^)\]）]*[)\]）]?", " ", _without_lead_in(" ".join(text.split())))
    parts = (part.strip(" .,:;|-–—*/") for part in (outside, *_SPLIT.split(outside)))
    return tuple(part for part in parts if part and is_publisher(part, publishers))[:1]
