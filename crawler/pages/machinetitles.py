"""What the page tells machines its headline is, the site's name and section taken off."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.pages.jsonld import text_of
from crawler.pages.structured import Structured

_SEPARATOR = re.compile(r"\s+[-–—|·•»:~/]\s+|\s*[|｜]\s*|\s+::\s+|：(?=[^：]{1,20}$)|(?<=[^\d\s])\s?[|¦]\s?|-{2}")
SECTION_WORDS = 4


def machine_titles(stated: Structured, publishers: Sequence[str], hosts: Sequence[str]) -> list[tuple[str, str]]:
    """Each with where it is stated, the best first."""
    raw = [
        (stated.first("og:title"), "meta og:title"),
        (
            text_of(stated.article.get("headline")) or text_of(stated.article.get("name")),
            f"JSON-LD {stated.kind}.headline",
        ),
        (stated.first("twitter:title"), "meta twitter:title"),
        (stated.first("title", "dc.title", "cxenseparse:title"), "meta title"),
        (stated.head_title, "<title>"),
    ]
    texts = [text for text, _ in raw if text]
    return [(without_site(text, publishers, texts, hosts), source) for text, source in raw if text]


def without_site(title: str, publishers: Sequence[str], others: Sequence[str] = (), hosts: Sequence[str] = ()) -> str:
    """A title without the site's name at its end or start: `Headline - Báo Ví Dụ | Chính trị` to `Headline`.

    What is cut is a part that is a name of the site, or what other titles of the same page do not have. A name that
    the address implies cuts an end that holds all of it: `Headline | Vidu Labs` on vidu.example.
    """
    names = [plain_title(name) for name in publishers if plain_title(name)]
    addresses = [plain_title(name) for name in hosts]
    for other in others:
        if len(other) >= 15 and title != other and title.startswith(other) and _SEPARATOR.match(title, len(other)):
            return other
    for host in hosts:
        if "." in host and title.casefold().startswith(f"{host} ") and title[len(host) :].strip()[:1].isalnum():
            title = title[len(host) :].strip()
    previous = ""
    while previous != title:
        previous = title
        cuts = list(_SEPARATOR.finditer(title))
        if cuts:
            head, tail = title[: cuts[-1].start()].strip(), title[cuts[-1].end() :].strip()
            first, rest = title[: cuts[0].start()].strip(), title[cuts[0].end() :].strip()
            inner = [
                one for one, next_one in pairwise(cuts) if plain_title(title[one.end() : next_one.start()]) in names
            ]
            if head and (_is_name(tail, names) or _holds_host(tail, addresses)):
                title = _without_section(title, cuts)
            elif inner and title[: inner[0].start()].strip():
                title = title[: inner[0].start()].strip()
            elif rest and _is_name(first, names) and len(rest) > len(first):
                title = rest
    return title


def _without_section(title: str, cuts: Sequence[re.Match[str]]) -> str:
    """A title up to its last part, the site's name; a section goes with it where both are set off by bars."""
    head = title[: cuts[-1].start()].strip()
    if len(cuts) > 1 and all("|" in cut[0] for cut in cuts[-2:]):
        front, section = title[: cuts[-2].start()].strip(), title[cuts[-2].end() : cuts[-1].start()]
        head = front if len(section.split()) <= SECTION_WORDS < len(front.split()) else head
    return head


def plain_title(text: str) -> str:
    """The letters and digits of a title or of a name that may stand in one."""
    return re.sub(r"\W+", "", text.casefold())


def _is_name(part: str, names: Sequence[str]) -> bool:
    plain = plain_title(part)
    return bool(plain) and any(
        plain == name or (len(plain) > 3 and (plain in name or name in plain) and len(plain) < 3 * len(name))
        for name in names
    )


def _holds_host(part: str, addresses: Sequence[str]) -> bool:
    plain = plain_title(part)
    return any(name in plain and len(plain) < 3 * len(name) for name in addresses)


def site_headings(
    headings: Sequence[tuple[str, HtmlElement]], machine: Sequence[tuple[str, str]], head_title: str
) -> Iterator[str]:
    """Headings that are what `<title>` adds to a longer machine title, as it adds the site's name on each page.

    Without another machine title, one that links to the front page and begins or ends `<title>`.
    """
    whole = plain_title(head_title)
    for text, element in headings:
        plain, links = plain_title(text), [*element.iter("a"), *element.iterancestors("a")]
        if links and 2 * len(plain) < len(whole) and (whole.startswith(plain) or whole.endswith(plain)):
            yield from (text for link in links if re.fullmatch(r"(?:https?://[^/]+)?/?", link.get("href") or "#"))
    for title in dict.fromkeys(plain_title(text) for text, source in machine if source != "<title>"):
        parts = [(text, plain_title(text)) for text, _ in headings if len(text) < len(title)]
        yield from (text for text, plain in parts if whole in {title + plain, plain + title})
