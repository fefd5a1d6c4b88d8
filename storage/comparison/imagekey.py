"""A key for an image that stays the same when only its size, format, delivery host or cache token changes."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

_NESTED = re.compile(r"https?:/{1,2}\S+", re.IGNORECASE)
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|bmp|tiff?|heic|jfif|svg)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"^(?:blank|placeholder|spacer|loading|lazy|lazyload|transparent|pixel|px|1x1|default|no-?image|grey|gray|empty|dot|clear)$"
)
# Parts of a file name or folder that say how large or in which cut an image is served.
_SIZE = re.compile(
    r"^(?:\d{1,4}[x×*]\d{0,4}|x\d{2,4}|[whsqc]\d{2,4}|\d{2,4}[wh]|\d{2,4}px|@?[1-4]x|\d+(?:_\d+){1,3}|(?:w|h|c|q|g|x|y|s|r|ar|dpr|rs|fl)[_:,-]\d+"
    r"|(?:[a-z]{1,8}[_:-][\w.:-]+,)+[\w.:-]+|thumb\w*|gallery|hero|tile|small|medium|large|big|full|original|origin|orig|master|scaled|resize[drs]?"
    r"|crop(?:ped)?|square|landscape|portrait|wide|jumbo|hd|mobile|desktop|retina|lg|md|sm|xl|xs|xxl|zoom|fit|fill|cover|max"
    r"|smart|unsafe|webp|jpe?g|png|avif|auto|format|quality|preview|teaser|share|social|og|amp|fit-in|width|height)$",
    re.IGNORECASE,
)
# A number alone is a width where it is a usual one: a multiple of ten or one of a few; years are not.
_WIDTH = re.compile(r"^(?!(?:19|20)\d\d$)(?:\d{2,3}0|128|256|375|512|576|768|992|1024|1125|1366)$|^(?:1920|2000|2048)$")
_SIGNED = re.compile(r"(?=[^\d]*\d)(?=[\d_-]*[A-Za-z])[\w-]{24,}=*")  # a signature, as keys and names seldom are
ENOUGH_DIGITS = 5  # of a number that no two pictures of a site share
_NAMELESS = re.compile(r"(?:anh|hinh|image|img|photo|foto|pic|picture|bild|imagen|dsc|file|untitled|screenshot)")
_FEW_LETTERS = 3
_JOINTS = re.compile(r"[-_.@]")
_ASKED_FILE = ("url", "src", "image", "img", "u", "file", "path", "source", "href")
_NOISE_QUERY = re.compile(
    r"^(?:w|h|q|s|v|t|ts|width|height|size|quality|time|timestamp|fit|crop|dpr|auto|format|fm|rect|mode|resize|scale|sig|signature|exp|expires?|policy|key-pair-id|googleaccessid|token|hash|key"
    r"|auth|authkey|cb|cache\w*|ver|version|rev|strip|ssl|op|usm|enable|disable|optimi[sz]e|utm_\w+|r|rnd|_+|ixlib|ixid|itok|s3|x-\w.*|bg|zoom|imwidth|imheight)$",
    re.IGNORECASE,
)


def image_key(url: str) -> str:
    """What identifies the picture: its file name without sizes, or more of its path where the name says too little.

    Empty for placeholders and inline data, which are not pictures of the article.
    """
    if url.lower().startswith("data:"):
        return ""
    url = _innermost(url)
    parts = _split(url)
    if parts is None:
        return url
    path, query = parts
    segments = [unquote(segment) for segment in path.split("/") if segment]
    name = segments.pop() if segments else ""
    stem = _stem(name)
    if _PLACEHOLDER.match(stem):
        return ""
    bare = _bare(stem, numbers=False)
    if not _telling(bare):
        bare = _bare(stem, numbers=True)
    if _telling(bare):
        return bare
    folders = [bare_folder for folder in segments if (bare_folder := _bare(folder.casefold(), numbers=True))]
    file = bool(_IMAGE_FILE.search(name))
    asked = sorted(f"{key}={value}" for key, value in parse_qsl(query) if not _is_noise(key, value, file=file))
    return "/".join([*folders, bare, *asked])


def only_moved(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Whether addresses of pictures that went and that came are of the same ones, brought to other folders.

    Their files have the same names, which are short, or else they would have the same keys: several of them, or one
    that is not called as pictures are that have no name.
    """
    before, after = sorted(map(_file_name, gone)), sorted(map(_file_name, come))
    if before != after or not all(before):
        return False
    letters = re.sub(r"[^a-z]", "", before[0]) if before else ""
    return len(set(before)) > 1 or (len(letters) >= _FEW_LETTERS and not _NAMELESS.fullmatch(letters))


def _file_name(url: str) -> str:
    """The bare name of a picture's file."""
    parts = _split(_innermost(url))
    return "" if parts is None else _bare(_stem(unquote(parts[0].rpartition("/")[2])), numbers=True)


def _stem(name: str) -> str:
    return _IMAGE_FILE.sub("", _IMAGE_FILE.sub("", name)).casefold()


def _is_noise(key: str, value: str, *, file: bool) -> bool:
    """Whether a part of the query says how a picture is served: its size, or behind a file's name a signature."""
    return bool(_NOISE_QUERY.match(key)) or (file and _SIGNED.fullmatch(value) is not None)


def _innermost(url: str) -> str:
    """The image's own address where a resizing service carries it in its path or query."""
    for _ in range(3):
        parts = _split(url)
        if parts is None:
            return url
        path, query = parts
        asked = [value for key, value in parse_qsl(query) if key.lower() in _ASKED_FILE] if query else []
        inner = next((value for value in asked if "/" in value or _IMAGE_FILE.search(value)), "")
        inner = inner or _nested(path)
        if not inner:
            return url
        url = inner
    return url


def _nested(path: str) -> str:
    """The address that a path ends in, behind something else; empty for none."""
    whole = unquote(path) if ":" in path or "%" in path else ""
    *before, last = whole.rsplit(maxsplit=1) or [""]
    found = _NESTED.search(last)
    return found[0] if found and (before or found.start() > 0) else ""


def _split(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path, parts.query


def _bare(name: str, *, numbers: bool) -> str:
    """A name without the parts that only say a size; `numbers` keeps those that are a number and no more."""
    if _SIZE.match(name) or _WIDTH.match(name):
        return ""
    return "-".join(part for part in _JOINTS.split(name) if part and not _says_size(part, numbers=numbers))


def _says_size(part: str, *, numbers: bool) -> bool:
    return bool(_SIZE.match(part)) or (not numbers and _WIDTH.match(part) is not None)


def _telling(bare: str) -> bool:
    """Whether a file name alone tells one picture from another: long enough, and not only a word or a counter."""
    digits = sum(map(str.isdigit, bare))
    return digits >= ENOUGH_DIGITS or (len(bare) >= 8 and (digits > 0 or bare.count("-") >= 2 or len(bare) >= 16))
