"""Bytes of a page to text: the encoding that the page is really in, whatever it says."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from crawler.pages.legacyviet import common_vietnamese_words, undo_legacy
from storage.letters import compose

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers mean by these labels (WHATWG Encoding Standard), in Python's names.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "utf-8859-1": "cp1252",
    "x-user-defined": "cp1252",
    "x-viet-vps": "cp1258",
}
_IN_HEADER = re.compile(r"charset\s*+=\s*+[\"']?+\s*([\w.:-]+)", re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = bytes(range(0x80, 0x100))
_FROM_HIGH = re.compile(rb"[\x80-\xff][^<>]{0,200}")
_LEGACY_FONTS = (b".vntime", b".vnarial", b"vni-")  # in lower case
_WESTERN = frozenset({"cp1252", "cp1258", "iso8859-1", "latin-1", "iso8859-15"})
_ON_THE_WEB = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "cp932", "cp949", "koi8_r",
    "koi8_u", "euc_jp", "iso2022_jp", "gb18030", "big5",
)  # fmt: skip
_LIKE_WESTERN = frozenset({"cp1250", "cp1254", "cp1257"})
META_WITHIN = 4096
SAMPLE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page's text. `source` says how the encoding was found; `legacy` names an old Vietnamese encoding undone."""

    text: str
    encoding: str
    source: str
    legacy: str = ""


def decode_html(body: bytes, content_type: str = "") -> Decoded:
    """BOM, then valid UTF-8, then the header, then the page's own meta tag, then detection; never raises.

    UTF-8 with a few broken bytes in it stays UTF-8 and loses only those. A page declared as Western that reads as
    Vietnamese in windows-1258, TCVN3 or VNI is taken as that; windows-1258 is composed (NFC).
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Decoded(text=body[len(mark) :].decode(name, "replace"), encoding=name, source="byte order mark")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(body, content_type)
    if _may_be_utf16(body):
        return _utf16(body)
    if not text.isascii() and _names_legacy_font(body):
        text, legacy = undo_legacy(text)
        return Decoded(text=text, encoding="utf-8", source="valid UTF-8", legacy=legacy)
    return Decoded(text=text, encoding="utf-8", source="valid UTF-8")


def _names_legacy_font(body: bytes) -> bool:
    lowered = body.lower()  # plain searches in a copy take a twentieth of a pattern's time
    return any(font in lowered for font in _LEGACY_FONTS)


def _not_utf8(body: bytes, content_type: str) -> Decoded:
    if _may_be_utf16(body):
        return _utf16(body)
    if _is_nearly_utf8(body):
        return Decoded(text=body.decode("utf-8", "replace"), encoding="utf-8", source="UTF-8 with broken bytes")
    for encoding, source in _declared(body, content_type):
        text = _strictly(body, encoding)
        if text is not None:
            return _vietnamese(body, text, encoding, source)
    return _detected(body)


def _may_be_utf16(body: bytes) -> bool:
    """Markup in UTF-16 without a mark: every other byte of the start is a zero."""
    head = body[:200]
    return len(head) > 20 and head.count(0) > 0.3 * len(head)


def _utf16(body: bytes) -> Decoded:
    name = "utf-16-be" if body[:1] == b"\0" else "utf-16-le"
    return Decoded(text=body.decode(name, "replace"), encoding=name, source="zero bytes of UTF-16")


def _vietnamese(body: bytes, text: str, encoding: str, source: str) -> Decoded:
    """The text as declared, or as one of the old Vietnamese encodings if it reads as Vietnamese only there."""
    if encoding not in _WESTERN:
        return Decoded(text=text, encoding=encoding, source=source)
    other = _strictly(body, "cp1258")
    composed = compose(other) if other else ""
    if encoding == "cp1258" or common_vietnamese_words(composed) >= max(6, 2 * common_vietnamese_words(text)):
        undone, legacy = undo_legacy(text) if encoding != "cp1258" else (composed, "")
        if legacy:
            return Decoded(text=undone, encoding=encoding, source=source, legacy=legacy)
        where = source if encoding == "cp1258" else "reads as Vietnamese in windows-1258"
        return Decoded(text=composed or text, encoding="cp1258", source=where)
    undone, legacy = undo_legacy(text)
    return Decoded(text=undone, encoding=encoding, source=source, legacy=legacy)


def _is_nearly_utf8(body: bytes) -> bool:
    good = _MULTIBYTE.findall(body)
    high = len(body) - len(body.translate(None, _HIGH_BYTES))
    return len(good) >= 4 and sum(map(len, good)) > 0.9 * high


def _declared(body: bytes, content_type: str) -> list[tuple[str, str]]:
    head = body[:META_WITHIN]
    found = [(match[1], "Content-Type header") for match in _IN_HEADER.finditer(content_type)]
    for pattern, source in ((_IN_META, "meta charset"), (_IN_XML, "XML declaration")):
        found += [(match[1].decode("ascii", "ignore"), source) for match in pattern.finditer(head)]
    result = []
    for label, source in found:
        name = _MEANT.get(label.lower(), label.lower())
        try:
            name = codecs.lookup(name).name
        except LookupError:
            continue
        if name != "utf-8":
            result.append((name, source))
    return result


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError, TypeError, ValueError, AssertionError):
        return None


def _detected(body: bytes) -> Decoded:
    western = _strictly(body, "cp1252") or body.decode("latin-1")
    old = _vietnamese(body, western, "cp1252", "detection")
    if old.legacy or old.encoding == "cp1258":
        return old
    for encoding in _guesses(_sample(body)):
        text = _strictly(body, encoding)
        if text is not None:
            return Decoded(text=text, encoding=encoding, source="detection")
    if len(_MULTIBYTE.findall(body[:SAMPLE])) > 4:
        return Decoded(text=body.decode("utf-8", "replace"), encoding="utf-8", source="last resort")
    return Decoded(text=western, encoding="cp1252", source="last resort")


def _guesses(sample: bytes) -> list[str]:
    """The likeliest encodings first; among the Latin ones windows-1252, unless another one is clearly better."""
    found = [match for match in from_bytes(sample, cp_isolation=list(_ON_THE_WEB)) if match.encoding in _ON_THE_WEB]
    western = next((match for match in found if match.encoding == "cp1252"), None)
    if found and western and found[0].encoding in _LIKE_WESTERN and western.chaos <= found[0].chaos + 0.1:
        return ["cp1252"]
    return [match.encoding for match in found]


def _sample(body: bytes) -> bytes:
    """The parts of a page around its non-ASCII bytes, which alone tell encodings apart."""
    found: list[bytes] = []
    size = 0
    for match in _FROM_HIGH.finditer(body):
        before = body[max(match.start() - 20, 0) : match.start()].rpartition(b">")[2]
        found.append(before + match[0])
        size += len(found[-1])
        if size > SAMPLE:
            break
    return b" ".join(found) or body[:SAMPLE]
