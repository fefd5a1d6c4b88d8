"""What names a person, an agency or a desk, and what is a role: by capitals, and by words of many languages."""

import re

from crawler.pages.bywords import AGENCIES, is_no_name
from storage.comparison.sentences import is_ended

ROLE = re.compile(
    r"(?i)\b(?:reporters?|correspondents?|editors?|journalist\w*|writers?|contributors?|redakteur\w*|korrespondent\w*|"
    r"rédact\w+|redactor\w*|periodista|corresponsal|enviad[oa]|directors?|producer|chief|senior|manager|"
    r"phóng viên|biên tập viên|thạc sĩ|tiến sĩ|giáo sư|luật sư|bác sĩ|cộng tác viên|thông tín viên|nhà báo|"
    r"columnists?|analysts?|host|authors?|founder|ceo|professor|meteorologist|strategist|specialist|experts?|intern|"
    r"gardener|astrologer|photographer|fotograf\w*|presenter|freelance\w*|officer|president|consultant|"
    r"universit\w+|institut\w*|college|hochschule|đại học|học viện)\b"
)
_DESK = re.compile(
    r"(?i)redaktion|\b(?:desk|bureau|newsdesk|staff|team|redacción|rédaction|redazione|newsroom|redakcja|redakce)\b|"
    r"^nhóm p"
)
_ADDRESS = re.compile(
    r"https?://|www\.|\S+@\S+|@\w+|\w\.(?:com|vn|net|org|html?|at|de|is|co|tv|io)(?:/|\b)", re.IGNORECASE
)
_CASED = re.compile(r"[A-Za-zÀ-ɏḀ-ỿͰ-ϿЀ-ӿ]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "di",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "zu",
        "zur",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "of",
        "du",
        "des",
        "y",
        "e",
        "i",
        "af",
        "av",
        "ter",
        "ten",
        "op",
        "zum",
        "am",
        "dalla",
        "binti",
        "bint",
        "lo",
    ]
)
_WORD = re.compile(r"(?:[^\W\d_]|['’\-.‐‑])+")
LONGEST_NAME = 60
LONGEST_ROLE = 5  # words


def is_agency(name: str) -> bool:
    return name.casefold().strip(" .") in AGENCIES


def is_desk(name: str) -> bool:
    """Whether a name is an editorial desk's: `IN-Redaktion`, `Newsdesk`, `Nhóm PV`."""
    return bool(_DESK.search(name)) and len(name.split()) <= 4 and not re.search(r"[\d:]", name)


def is_role(text: str) -> bool:
    """Whether a line is a role as it stands below a name: `Transport correspondent`, `Phóng viên thường trú`."""
    return len(text.split()) <= LONGEST_ROLE and not is_ended(text) and bool(ROLE.search(text))


def is_name(name: str) -> bool:
    """Whether a text could name a person, an agency or a desk: a few capitalised words, no digits, no role."""
    if is_agency(name):
        return True
    if not 2 <= len(name) <= LONGEST_NAME or is_no_name(name):
        return False
    if is_desk(name):
        return True
    if _ADDRESS.search(name) or re.search(r"[\d!?%\"“”=<>{}:…：#+]", name) or ROLE.search(name):
        return False
    if not _CASED.search(name):
        return len(name) <= (6 if _CJK.search(name) else 30) and bool(re.search(r"[^\W\d_]", name))
    words = name.split()
    if len(words) > 6 or not all(_WORD.fullmatch(word) for word in words):
        return False
    strong = [word for word in words if word.casefold() not in _PARTICLES]
    return bool(strong) and all(word[0].isupper() or not _CASED.match(word[0]) for word in strong)


def is_full_name(name: str) -> bool:
    """A name of two to five words, or an agency: enough to stand without a `By` before it."""
    return is_agency(name) or (is_name(name) and (2 <= len(name.split()) <= 5))
