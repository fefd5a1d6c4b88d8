"""The names that a site goes by: whether a name is one of them, and which its address implies."""

import re
from collections.abc import Sequence
from functools import lru_cache

from crawler.pages.months import fold
from crawler.pages.names import is_desk

_GENERIC = re.compile(
    r"\b(?:báo|tạp chí|đài|online|on-line|điện tử|news|newspaper|media|tv|digital|web|the|nachrichten|trang|"
    r"com|vn|net|org|www|co|de|at|daily|www1)\b"
)
_VIETNAMESE_PAPER = re.compile(r"(?i)^(?:báo|tạp chí|đài|trang tin|cổng thông tin|thời báo|chuyên trang)\s")


def is_publisher(name: str, publishers: Sequence[str]) -> bool:
    """Whether a name is one that the site goes by, words such as *Báo*, *Online* or *News* left aside."""
    if _VIETNAMESE_PAPER.match(name):
        return True
    plain, core = _plain(name), _core(name)
    return any(plain == _plain(other) or (core and core == _core(other)) for other in publishers)


def _unaccented(text: str) -> str:
    """As addresses write it: `Tiếng Nói Nậm Đường` as `tieng noi nam duong`."""
    return fold(text).replace("đ", "d")


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", _unaccented(text))


@lru_cache(maxsize=4096)
def _core(text: str) -> str:
    return re.sub(r"[\W_]+", "", _unaccented(_GENERIC.sub(" ", re.sub(r"[._]", " ", text.casefold()))))


def is_account(name: str, publishers: Sequence[str]) -> bool:
    """Whether a name begins or ends with the site's own: `Baovidu D`, `Admin Ví Dụ Online`, as a CMS names accounts."""
    words = [_unaccented(word) for word in name.split()]
    cores = {core for other in publishers if len(core := _core(other)) > 3}
    splits = range(1, len(words))
    if is_desk(name):
        return False
    return any("".join(words[:at]) in cores or "".join(words[at:]) in cores for at in splits)


def host_names(url: str) -> tuple[str, ...]:
    """Names that a site's address implies: `https://www.vidu.com.vn/a` gives `vidu.com.vn` and `vidu`."""
    host = url.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0].lower().removeprefix("www.").removeprefix("m.")
    labels = host.split(".")
    stem = max(labels[:-1], key=len, default=host) if len(labels) > 1 else host
    return tuple(dict.fromkeys(part for part in (host, stem) if len(part) > 2))
