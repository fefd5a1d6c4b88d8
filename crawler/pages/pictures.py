"""Where a picture really is, and where its link leads: lazy attributes, source sets, placeholders, icons, trackers."""

import re
from collections.abc import Callable, Iterator
from itertools import islice, takewhile
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_LAZY_NAMES = (  # of the whole picture first
    "data-full-src data-hi-res-src data-original-src data-original data-src data-lazy-src data-lazy data-image"
)
_LAZY = _LAZY_NAMES.split()
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_CANDIDATE = re.compile(r"(\S+?)(?:\s+([0-9.]+)[wx])?\s*(?:,\s+|,?$)")
_FILE = re.compile(
    r"^\s*[^\s,]+\.(?:jpe?g|png|webp|avif|gif)(?:[?#]\S*)?\s*$", re.IGNORECASE
)  # as scripts of a site's own have it
_IN_JSON = re.compile(r"\s*[\[{][^\"]{0,20}\"(https?:[^\"\s]+)\"")
_FALSE = re.compile(
    r"(?:^|[/_.-])(?:blank|spacer|placeholder|transparent|pixel|1x1|loading|loader|lazy(?:load)?|grey|gray|dot|clear|icon|icons|logo|avatar|gravatar|emoji|sprite|tracking|beacon|count)(?:[/_.-]|$)",
    re.IGNORECASE,
)
_SMALL_NAME = re.compile(r"(?:^|[\s_-])(?:icon|ico|emoji|avatar|logo|sprite|flag|badge)(?:$|[\s_-])", re.IGNORECASE)
_FILES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
BOXES_AROUND = 3
_NUMBER = re.compile(r"^\s*(\d+)(?:px)?\s*$")
_TRACKERS = (
    "facebook.com",
    "doubleclick.net",
    "google-analytics.com",
    "scorecardresearch.com",
    "gravatar.com",
    "amazon-adsystem.com",
    "criteo.com",
)


def picture_url(image: HtmlElement, base: str) -> str:
    """The absolute address of a picture, empty for a placeholder, a drawing or a tracker, and where it is tiny."""
    if is_tiny(image):
        return ""
    for candidate in _candidates(image):
        if candidate and not candidate.startswith(("data:", "blob:", "about:", "#")):
            url = _absolute(candidate, base)
            if url and not _is_false(url):
                return url
    return ""


def says_anything(element: HtmlElement) -> bool:
    return any(text.strip() for text in element.itertext())


def is_named_small(image: HtmlElement, says: Callable[[HtmlElement], bool] = says_anything) -> bool:
    """Its class, or that of a box around it alone, says that it is part of a line: an icon, an emoji, an avatar."""
    around = takewhile(lambda up: not says(up), islice(image.iterancestors(), BOXES_AROUND))
    return any(_SMALL_NAME.search(one.get("class", "")) for one in (image, *around))


def is_tiny(image: HtmlElement) -> bool:
    """Its mark-up gives it fewer than 50 pixels a side: an icon, or what counts readers."""
    for side in ("width", "height"):
        match = _NUMBER.match(image.get(side, ""))
        if match and 0 < int(match[1]) < 50:
            return True
    return False


def _candidates(image: HtmlElement) -> Iterator[str]:
    yield from (address for name in _LAZY if _is_address(address := image.get(name, "").strip()))
    yield from (_largest(image.get(name, "")) for name in _SETS[:2])
    yield image.get("src", "").strip()
    yield _largest(image.get("srcset", ""))
    yield image.get("data-url", "").strip()  # last: on some sites that of the page which shows the picture alone
    yield from _of_scripts(image)
    box = next(image.iterancestors("picture"), None)  # libxml2 nests what follows a source into it
    for source in () if box is None else box.iter("source"):
        yield _largest(source.get("data-srcset") or source.get("srcset") or "")


def _is_address(value: str) -> bool:
    """Whether an attribute may say where the picture is, and not that there is one: `1`, `true`."""
    return "/" in value or "." in value


def _of_scripts(image: HtmlElement) -> Iterator[str]:
    """What a script of the site's own loads: a file in some attribute, or the first address in JSON."""
    for name, value in image.items():
        if name.startswith("data-") and _FILE.search(value):
            yield value.strip()
        elif name.startswith("data-") and "src" in name and (found := _IN_JSON.match(value)):
            yield found[1].replace("\\/", "/")


def _largest(srcset: str) -> str:
    sized = [(float(match[2] or 1), match[1]) for match in _CANDIDATE.finditer(srcset.strip()[:20_000]) if match[1]]
    return max(sized, key=lambda pair: pair[0])[1] if sized else ""


def _absolute(address: str, base: str) -> str:
    try:
        url = address if address.startswith(("https://", "http://")) else urljoin(base, address)
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _is_false(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.netloc.casefold()
    if any(host == tracker or host.endswith("." + tracker) for tracker in _TRACKERS):
        return True
    name = parts.path.rpartition("/")[2]
    return name.casefold().endswith(".svg") or bool(_FALSE.search(name))


def link_around(image: HtmlElement) -> str:
    """The target of the link that a picture stands in, empty where it stands in none."""
    link = next(image.iterancestors("a"), None)
    return "" if link is None else link.get("href", "")


def leads_to_page(href: str) -> bool:
    """To a page, and neither to a place of this one nor to the picture in full."""
    return bool(href) and not href.startswith("#") and not href.lower().split("?")[0].endswith(_FILES)


def leads_away(image: HtmlElement) -> bool:
    """A picture that leads to another page, as those of teasers do."""
    return leads_to_page(link_around(image))
