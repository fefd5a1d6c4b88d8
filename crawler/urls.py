"""URLs: one spelling for each, whose they are, and which one stands for a page."""

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import tldextract
from w3lib.url import canonicalize_url, safe_url_string

from crawler.urlshapes import looks_like_article, without_twin_marks

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say where a reader came from and never what the page is. `ref`, `source` and `s` are not
# among them: some sites choose the page by them.
_TRACKING = re.compile(
    r"(?:utm|itm|mtm|matomo|piwik|hsa|guce)_\w+"
    r"|(?:ga|pk|at|vn|mc|fb|sc)_(?:source|medium|campaign|term|content|kwd|keyword|cid|eid|ref|thumb)"
    r"|(?:fb|g|dc|tw|tt|yc|ysc|ms|s|irg)clid|gclsrc|gbraid|wbraid|msclkid|yclid|ysclid|dclid|srsltid|li_fat_id"
    r"|igsh(?:id)?|zarsrc|gidzl|_g[al]|_hs(?:enc|mi)|mkt_tok|xtor|cmpid|wt[._](?:z?mc|mc_id)|oly_(?:enc|anon)_id"
    r"|vero_(?:id|conv)|epik|guccounter|fb_action_(?:ids|types)|__twitter_impression|__tn__|__xts__(?:\[\d*\])?",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
# The list of public suffixes that tldextract carries; never fetched from the network.
_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=2048)  # a page names its own address half a dozen times, and a crawl asks for it again
def normal_url(url: str) -> str:
    """The one spelling of a web address.

    Scheme and host in lower case (IDN as punycode), default port, fragment, credentials and tracking
    parameters dropped, dot segments resolved, percent-encoding as RFC 3986 section 6.2.2 has it. The order of
    the query is kept. Raises ValueError where it is no http(s) address.
    """
    parts = _web_parts(url)
    path = urlsplit(canonicalize_url(urlunsplit(parts._replace(query="", fragment="")))).path
    return urlunsplit((parts.scheme, _authority(parts), path or "/", _clean_query(parts.query), ""))


def is_web_url(url: str) -> bool:
    try:
        _web_parts(url)
    except ValueError:
        return False
    return True


def join_url(base: str, reference: str) -> str:
    """The normal URL that a reference on the page `base` means, or an empty string where it means none."""
    try:
        return normal_url(urljoin(base, reference.strip())) if reference.strip() else ""
    except ValueError:
        return ""


def host_key(url: str) -> str:
    """Host, with the port where it is not the scheme's own: what politeness is kept per."""
    return _authority(_web_parts(url))


def registrable_domain(url: str) -> str:
    """The domain that somebody registered (`vidu.com.vn` of `m.vidu.com.vn`), by the public suffix list.

    An IP address and a name of one label stand for themselves, without port. Under a suffix that the list
    does not know the last label counts as the suffix, as the list's own default rule says.
    """
    return registrable(_web_parts(url).hostname or "")


def public_suffix(url: str) -> str:
    """The part of a host that nobody can register: `com.vn` of `m.vidu.com.vn`; empty for an IP address."""
    domain = registrable_domain(url)
    return "" if _is_address(domain) else domain.partition(".")[2]


def same_site(one: str, other: str) -> bool:
    """Whether two URLs share a registrable domain, or for an IP address or `localhost` host and port."""
    domain = registrable_domain(one)
    if domain != registrable_domain(other):
        return False
    return (not _is_address(domain) and "." in domain) or host_key(one) == host_key(other)


def page_url(requested: str, final: str, rel_canonical: str) -> str:
    """The URL a page is known by, from the one asked for, the one that answered, and its `rel=canonical`.

    The canonical decides, unless it names another registrable domain, the front page, or a section: then a
    careless template would fold many articles into one. Mobile and AMP twins fold onto the plain page this
    way. Likewise a redirect to the front page or to a section leaves the page with the URL asked for.
    """
    answered = normal_url(final)
    asked = normal_url(requested)
    page = asked if _is_above(answered, asked) else answered
    canonical = join_url(final, rel_canonical)
    if not canonical or registrable_domain(canonical) != registrable_domain(page) or _is_above(canonical, page):
        return page
    if page.startswith("https:") and _web_parts(canonical).port is None:
        return "https:" + canonical.partition(":")[2]  # many templates still say http
    return canonical


def _is_above(url: str, page: str) -> bool:
    """Whether `url` is the front page or a section in regard to `page`, and not the same page."""
    above, below = urlsplit(url), urlsplit(without_twin_marks(page))
    if above.path == "/":
        return below.path != "/" or (bool(below.query) and not above.query)
    folder = re.sub(r"(?:\.\w{2,5})?/?$", "", above.path)  # a section may be /chinh-tri, /chinh-tri/ or /chinh-tri.htm
    if below.path.startswith(folder + "/") and below.path.rstrip("/") != above.path.rstrip("/"):
        return True
    return looks_like_article(without_twin_marks(page)) and not looks_like_article(url)


@lru_cache(maxsize=1024)  # one address is asked several things in a row
def _web_parts(url: str) -> SplitResult:
    parts = urlsplit(safe_url_string(url.strip()))
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _DEFAULT_PORTS or not (_HOST.fullmatch(host) or _is_address(host)):
        raise ValueError(f"not a web address: {url!r}")
    parts.port  # noqa: B018 - raises ValueError where the port is none
    return parts


def _authority(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    host = f"[{ip_address(host).compressed}]" if ":" in host else host
    return host if parts.port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{parts.port}"


def _clean_query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0])]
    return _PERCENT.sub(_normal_escape, "&".join(kept))


def _normal_escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if _UNRESERVED.fullmatch(char) else match[0].upper()


@lru_cache(maxsize=1024)
def registrable(host: str) -> str:
    """The part of a host name that somebody registered: `news.paper.com.vn` -> `paper.com.vn`; an address is whole."""
    host = host.lower().rstrip(".")
    if _is_address(host):
        return ip_address(host).compressed
    if "." not in host:
        return host
    found = _SUFFIXES(host)
    if not found.suffix:
        return ".".join(host.split(".")[-2:])
    return f"{found.domain}.{found.suffix}" if found.domain else host


@lru_cache(maxsize=1024)
def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
