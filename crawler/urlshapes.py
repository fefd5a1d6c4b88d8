"""What the shape of a URL says: an article, or a section; a mobile or AMP twin."""

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit

_EXTENSION = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|mjs|json|xml|rss|atom|pdf|docx?|xlsx?|pptx?|zip|gz|rar|7z|mp[34]|m4[av]"
    r"|mov|avi|webm|ogg|wav|woff2?|ttf|apk|exe|dmg|txt|csv|epub)$",
    re.IGNORECASE,
)
_DATE = re.compile(r"/(?:19|20)\d{2}(?:[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]?\d{1,2})?)/")
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_ID_WORD = re.compile(r"(?:^|[-_.])(?:post|art|article|news|story|id|c|d|a|p|n|i|ar|tin)[-_]?\d{3,}$", re.IGNORECASE)
_HASH_ID = re.compile(
    r"[-_](?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{8,}$|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE
)
_ID_PARAMETERS = frozenset(
    "id p aid idx nid articleid article_id newsid news_id storyid postid itemid".split()  # noqa: SIM905 - reads better
)
# Folders of pages that hold lists, people, or the reader's account, in languages that we meet often.
_LISTS = frozenset(
    """
    tag tags topic topics author authors category categories search page feed rss comments share print
    about contact login register account user users wp-admin wp-content wp-json
    privacy terms newsletter newsletters subscribe
    chu-de su-kien tu-khoa tac-gia tim-kiem dang-nhap dang-ky lien-he gioi-thieu
    schlagwort thema autor autoren suche auteur recherche etiqueta etiquetas buscar penulis cari
    """.split()  # noqa: SIM905 - a list of fifty strings is harder to read
)
# Folders that hold articles whatever their names look like.
_ARTICLES = frozenset(
    "article articles story stories post posts blog artikel articulo noticia bai-viet".split()  # noqa: SIM905
)
_TAIL = re.compile(r"index|default|view|amp|print|[a-z]{2}", re.IGNORECASE)  # a last segment that names nothing
_AMP_PARAMETERS = {
    ("amp", "1"),
    ("amp", "true"),
    ("amp", ""),
    ("outputtype", "amp"),
    ("type", "amp"),
    ("view", "amp"),
}


def looks_like_article(url: str) -> bool:
    """Whether a URL has the shape of an article: a guess, for sites whose file gives no `articles` patterns.

    An article has a number of five digits or more, or an id such as `-post123`; or a date in its path; or a
    slug of four words or more (three where the address ends like a file, `.html`; two in a folder such as
    `/article/`); or its number in the query. Files, tag, author, search and account pages are none.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if _FILE.search(parts.path) or any(segment.lower() in _LISTS for segment in segments):
        return False
    if _has_id_parameter(parts):
        return True
    while segments and _TAIL.fullmatch(_EXTENSION.sub("", segments[-1])):
        segments.pop()
    return bool(segments) and _names_an_article(parts.path, segments)


def _names_an_article(path: str, segments: list[str]) -> bool:
    name = _EXTENSION.sub("", segments[-1])
    words = [word for word in re.split(r"[-_+]|%20", name) if word]
    if _DATE.search(path):
        return len(words) > 1 or bool(re.search(r"\d{3}", name)) or len(name) > 12
    if _NUMBER.search(name) or _ID_WORD.search(name) or (len(words) > 1 and _HASH_ID.search(name)):
        return True
    if len(segments) > 1 and len(words) > 1 and (_NUMBER.fullmatch(segments[-2]) or segments[-2] in _ARTICLES):
        return True
    return len(words) >= (3 if name != segments[-1] else 4)


def without_twin_marks(url: str) -> str:
    """The URL with the marks of AMP and print twins taken off its path and query; the host stays."""
    parts = urlsplit(url)
    path = re.sub(r"/(?:amp|print)(?=/?$)", "", parts.path, flags=re.IGNORECASE)
    path = re.sub(r"^/amp(?=/)", "", path, flags=re.IGNORECASE)
    path = re.sub(r"[._-]amp(?=\.\w{2,5}$|$)", "", path, flags=re.IGNORECASE)
    pairs = [part for part in parts.query.split("&") if part and not _is_amp_parameter(part)]
    return urlunsplit(parts._replace(path=path or "/", query="&".join(pairs)))


def _is_amp_parameter(part: str) -> bool:
    name, _, value = part.lower().partition("=")
    return (name, value) in _AMP_PARAMETERS


def _has_id_parameter(parts: SplitResult) -> bool:
    return any(
        name.lower() in _ID_PARAMETERS and re.fullmatch(r"\d{2,}", value) for name, value in parse_qsl(parts.query)
    )
