"""Bytes of a page to text: the encoding that the page is really in, whatever it says."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers mean by these labels (WHATWG Encoding Standard), in Python's names.
_MEANT = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "windows-1252": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "utf8": "utf-8", "unicode": "utf-8", "utf-8859-1": "cp1252", "x-user-defined": "cp1252", "x-viet-vps": "cp1258",
}  # fmt: skip
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_IN_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
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

    UTF-8 with a few broken bytes in it stays UTF-8 and loses only those.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Decoded(text=body[len(mark) :].decode(name, "replace"), encoding=name, source="byte order mark")
    try:
        return Decoded(text=body.decode("utf-8"), encoding="utf-8", source="valid UTF-8")
    except UnicodeDecodeError:
        pass
    if _is_nearly_utf8(body):
        return Decoded(text=body.decode("utf-8", "replace"), encoding="utf-8", source="UTF-8 with broken bytes")
    for label, source in _declared(body, content_type):
        text = _strictly(body, label)
        if text is not None:
            return Decoded(text=text, encoding=label, source=source)
    return _detected(body)


def _is_nearly_utf8(body: bytes) -> bool:
    good = _MULTIBYTE.findall(body)
    high = sum(byte >= 0x80 for byte in body[:2_000_000])
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
    guess = from_bytes(body[:SAMPLE]).best()
    if guess is not None:
        text = _strictly(body, guess.encoding)
        if text is not None:
            return Decoded(text=text, encoding=guess.encoding, source="detection")
    text = body.decode("utf-8", "replace") if len(_MULTIBYTE.findall(body)) > 4 else body.decode("cp1252", "replace")
    return Decoded(text=text, encoding="utf-8" if len(_MULTIBYTE.findall(body)) > 4 else "cp1252", source="last resort")
