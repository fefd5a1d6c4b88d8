"""Text of a page to a safe lxml tree: no forbidden characters, no bottomless nesting, no endless size."""

import re
from array import array
from functools import lru_cache
from html import unescape
from itertools import count, islice

from lxml import etree
from lxml.html import HtmlElement

from storage.errors import LuutinError

MAX_CHARACTERS = 30_000_000  # of mark-up, scripts and inlined data taken out
MAX_ELEMENTS = 150_000
MAX_DEPTH = 120  # libxml2 stops at 256; browsers nest to 512 and flatten what is deeper
OUTER, INNER = 20, 100  # levels kept of what is deeper
MAX_TAG = 20_000  # characters; a longer tag keeps its first short attributes
MAX_ATTRIBUTE, MAX_ATTRIBUTES = 4_000, 100

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NONCHARACTERS = re.compile(rb"\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF in UTF-8
_REFERENCE = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]{1,8})|0*([0-9]{1,9}));?")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\f\r")
# What Windows has there was meant, as by references (HTML, 13.2.5.80); not where UTF-8 was decoded as Latin-1.
_C1 = re.compile("(?<![\x80-\xff])[\x80-\x9f](?![\x80-\xbf])")
_WINDOWS = {chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_FORM_FEED = bytes.maketrans(b"\f", b" ")
_LONG = re.compile(rb"<[^<]{%d}" % MAX_TAG)
_LONG_TAG = re.compile(rb"<([a-zA-Z][\w:-]{0,100}+)([^<>]{%d,}+)>" % MAX_TAG)
_ATTRIBUTE = re.compile(rb"""\s([\w:@.-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_HEAVY = re.compile(r"<(script|style|svg)\b[^>]*>", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]{1000,}")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CLOSED_BY_NEXT = frozenset(
    ["p", "li", "dt", "dd", "td", "th", "tr", "option", "thead", "tbody", "tfoot", "html", "body", "head"]
)
_HEAD = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
# lxml.html asks Python for the class of every element at every look; forms have no use here.
_ALL_ALIKE = etree.ElementDefaultClassLookup(element=HtmlElement)
_OPEN_DRAWINGS = etree.XPath("//svg[.//p or .//h1]|//math[.//p or .//h1]")
_DEEPEST = etree.XPath(f"//*[count(ancestor::*) = {MAX_DEPTH + 20}][*]")
_TOO_MANY = etree.XPath(f"count(//*) > {MAX_ELEMENTS}")
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 22)})")  # a third of the time of counting ancestors


class UnreadableError(LuutinError):
    """The page cannot be made into a tree; the text says why."""


def load(text: str) -> HtmlElement:
    """The page's tree, comments and processing instructions taken out.

    Raises `UnreadableError` for an empty page and for one beyond the bounds above.
    """
    data = _lighter(_clean(text))
    if not data.strip():
        raise UnreadableError("the page is empty")
    root, cut = _parse(data)
    if cut or (root is not None and _TOO_DEEP(root)):
        root, _ = _parse(_flattened(data.decode()).encode())
        _cut_below(root)
    if root is None or not len(root):
        raise UnreadableError("the page holds no mark-up")
    if _TOO_MANY(root):
        raise UnreadableError(f"the page has more than {MAX_ELEMENTS} elements")
    _open_body(root)
    for drawing in _elements(_OPEN_DRAWINGS, root):
        drawing.drop_tag()
    return root


def _open_body(root: HtmlElement) -> None:
    """Text in the head goes to the body, as in browsers: `<body>` may be left out, and libxml2 knows no `<article>`."""
    head = root.find("head")
    shown = [] if head is None else [child for child in head if child.tag not in _HEAD]
    if not shown:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    body[0:0] = shown


def _elements(path: etree.XPath, root: HtmlElement) -> list[HtmlElement]:
    found = path(root)
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []


def _cut_below(root: HtmlElement | None) -> None:
    """What still is too deep becomes text of the deepest element allowed."""
    for element in [] if root is None else _elements(_DEEPEST, root):
        text = " ".join(element.itertext(with_tail=False))
        del element[:]
        element.text = text


def _parse(data: bytes) -> tuple[HtmlElement | None, bool]:
    """The root, and whether the parser stopped early."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        root = etree.fromstring(data, parser)
    except etree.ParseError:
        return None, False
    cut = any(entry.level_name == "FATAL" for entry in parser.error_log)
    return (root if isinstance(root, HtmlElement) else None), cut


def _clean(text: str) -> bytes:
    """In UTF-8, without the characters that XML forbids, also where a character reference stands for one."""
    text = _C1.sub(lambda found: _WINDOWS[found[0]], text)
    data = text.encode("utf-8", "ignore").translate(_FORM_FEED, _CONTROLS)
    data = _NONCHARACTERS.sub(b"", data)
    if _LONG.search(data):
        data = _LONG_TAG.sub(_shortened, data)
    return _REFERENCE.sub(_safe_reference, data).replace(b"\f", b" ") if b"&#" in data else data


def _shortened(tag: re.Match[bytes]) -> bytes:
    kept = (attribute[0] for attribute in _ATTRIBUTE.finditer(tag[2]) if len(attribute[0]) <= MAX_ATTRIBUTE)
    return b"<%b%b>" % (tag[1], b"".join(islice(kept, MAX_ATTRIBUTES)))


def _safe_reference(match: re.Match[bytes]) -> bytes:
    code = int(match[1], 16) if match[1] else int(match[2])
    if code in (9, 10, 13) or 32 <= code < 127 or 160 <= code < 0xD800:
        return match[0]
    return _character(code)


@lru_cache(maxsize=1024)
def _character(code: int) -> bytes:
    """What a reference means, nothing where XML forbids it; in HTML5 128 to 159 mean windows-1252."""
    return _FORBIDDEN.sub("", unescape(f"&#{code};")).encode()


def _lighter(data: bytes) -> bytes:
    """A page that is mostly scripts and inlined data without them, if it is larger than pages are."""
    if len(data) <= MAX_CHARACTERS // 4:
        return data
    text = _DATA_URI.sub("data:,", _without_heavy(data.decode()))
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(f"the page has more than {MAX_CHARACTERS} characters of mark-up")
    return text.encode()


def _without_heavy(text: str) -> str:
    """The mark-up with scripts, styles and drawings emptied; one pass, whatever is left open."""
    lowered = text.lower() if text.isascii() else re.sub("[A-Z]+", lambda run: run[0].lower(), text)
    kept, at = [], 0
    while match := _HEAVY.search(text, at):
        kept.append(text[at : match.end()])
        close = lowered.find(f"</{match[1].lower()}", match.end())
        at = close if close >= 0 else len(text)
    return "".join([*kept, text[at:]])


def _flattened(text: str) -> str:
    """The mark-up without the middle levels of what nests deeper than `MAX_DEPTH`: an article in there stays whole.

    Only tags that must be closed are counted, so pages that leave `p` or `li` open are not touched.
    """
    middle = _middle_tags(text)
    tags = count()
    within: list[int] = []

    def keep(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in _VOID or name in _CLOSED_BY_NEXT:
            return match[0] if name == "p" or name in _VOID or not (within and within[-1]) else " "
        gone = middle[next(tags)]
        if not match[1]:
            within.append(gone)
        elif within:
            within.pop()
        return " " if gone else match[0]

    return _TAG.sub(keep, text)


def _middle_tags(text: str) -> bytearray:
    """For each tag that must be closed, 1 where its element has `OUTER` levels above it and `INNER` ones within it."""
    found = bytearray()
    opened, heights = array("q"), array("q")  # of the elements that are open: the place of the tag, the levels within

    def close(at: int) -> None:
        tag, height = opened.pop(), heights.pop()
        if len(opened) >= OUTER and height >= INNER:
            found[tag] = 1
            if at >= 0:
                found[at] = 1
        if heights:
            heights[-1] = max(heights[-1], height + 1)

    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _VOID or name in _CLOSED_BY_NEXT:
            continue
        found.append(0)
        if not match[1]:
            opened.append(len(found) - 1)
            heights.append(0)
        elif opened:
            close(len(found) - 1)
    while opened:
        close(-1)
    return found
