"""Vietnamese text from before Unicode: TCVN3 (ABC) and VNI, which look like Latin-1 until their fonts show them.

Tables: TCVN 5712:1993 VN3 for TCVN3; the VNI (Windows) layout, in which a mark is a character after its vowel.
Both were shown by fonts (`.VnTime`, `VNI-Times`), so a page's declared encoding says nothing about them.
"""

import re
import unicodedata

_TCVN3_FROM = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_TO = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",  # tones on a, e, o, u, y and ơ, ư
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_SINGLE = {
    "ô": "ơ",
    "ö": "ư",
    "ñ": "đ",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "Ô": "Ơ",
    "Ö": "Ư",
    "Ñ": "Đ",
    "Æ": "Ỉ",
    "Ó": "Ĩ",
    "Ò": "Ị",
    "Î": "Ỵ",
}
_VNI = re.compile(r"([aeouyAEOUYôöÔÖ])([ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË])|([ôöñæóòîÔÖÑÆÓÒÎ])")

_FONT = re.compile(
    r"font-family\s*+:\s*+[\"']?+\s*+\.?vn(?:time|arial|centuryschoolbook)|face\s*+=\s*+[\"']?+\s*+(?:\.vn|vni-)|[\"':,\s]vni-",
    re.IGNORECASE,
)
_COMMON = frozenset(
    [
        "của",
        "và",
        "không",
        "được",
        "người",
        "các",
        "một",
        "những",
        "trong",
        "đã",
        "với",
        "này",
        "cho",
        "đến",
        "về",
        "có",
        "năm",
        "ngày",
        "nước",
        "là",
        "ở",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
SAMPLE = 60_000
ENOUGH = 6  # words that are common in Vietnamese; of as many different ones at least half


def undo_legacy(text: str) -> tuple[str, str]:
    """The text with TCVN3 or VNI made into Unicode, and which of them it was; unchanged and `""` where neither.

    Decides by the words that come out: the reading that gives many of the commonest Vietnamese words, where the text
    as it stands gives few.
    """
    sample = _TAG.sub(" ", text[:SAMPLE])
    plain = _common_words(sample)
    if plain >= ENOUGH:
        return text, ""
    readings = (("TCVN3", from_tcvn3), ("VNI", from_vni))
    counted = [(_common_words(convert(sample)), name, convert) for name, convert in readings]
    best, name, convert = max(counted, key=lambda reading: reading[0])
    needed = ENOUGH // 2 if _FONT.search(text[:SAMPLE]) else ENOUGH
    return (convert(text), name) if best >= needed and best > 2 * plain else (text, "")


def from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """VNI to Unicode, composed: `Vieät Nam` to `Việt Nam`."""
    return _VNI.sub(_from_vni_letter, text)


def _from_vni_letter(match: re.Match[str]) -> str:
    if match[3]:
        return _VNI_SINGLE[match[3]]
    return unicodedata.normalize("NFC", _VNI_SINGLE.get(match[1], match[1]) + _VNI_MARKS[match[2].lower()])


def common_vietnamese_words(text: str) -> int:
    """How many different ones of the commonest Vietnamese words with marks a text has."""
    return _common_words(_TAG.sub(" ", text[:SAMPLE]))


def _common_words(sample: str) -> int:
    return len(_COMMON & {word for word in _WORD.findall(sample.lower()) if not word.isascii()})
