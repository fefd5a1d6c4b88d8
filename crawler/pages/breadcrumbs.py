"""The section an article stands in: its breadcrumb, the line above its headline, or what it tells machines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.pages.authormarks import is_marked
from crawler.pages.header import Header
from crawler.pages.jsonld import texts_of
from crawler.pages.lines import Line, Piece, labels, own_element
from crawler.pages.structured import Structured
from crawler.pages.tallies import tally_reason
from crawler.urls import join_url

_HOME = re.compile(
    r"^(?:home ?page|home|start|startseite|start ?page|trang chủ|trang nhất|accueil|inicio|início|portada|"
    r"pagina iniziale|forside|hem|etusivu|главная|anasayfa|ana sayfa|首页|首頁|ホーム|トップ|홈|beranda|"
    r"strona główna|domů|úvod|головна|αρχική|الرئيسية|صفحه اصلی|خانه|होम|প্রচ্ছদ|முகப்பு|หน้าแรก|正文|详情|詳情|内文|內文|"
    r"news home|\W*(?:back(?: to .{1,30})?|(?:quay|trở) (?:lại|về) .{1,30}|zurück(?: zu .{1,30})?|retour .{1,30})|"
    r"volver .{1,30}|[\x00-\u1fff]{0,2})$",  # two letters are no name, two Han characters or Hangul are
    re.IGNORECASE,
)
_SECTION_MARK = re.compile(
    r"bread-?crumb|\bbread\b|duong-?dan|detail-cate|\bcat(?:e|egory)?\b|article-section|post-category|"
    r"chuyen-?muc|\bsection\b|categori[sz]e",
    re.IGNORECASE,
)
_NOT_SECTION = re.compile(r"author|share|paywall|abo(?![a-z])|login|label-plus|badge")
_SEPARATORS = re.compile(r"^[\s>›»/|\\·•→-]+$")
_STEPS = " >›»→|"
_PATH = re.compile(r"[>›»/→]")
_FEED = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom)(?:[/._-]|$)|\.xml$", re.IGNORECASE)
LONGEST = 60
TIME_BELOW = 4  # lines: where the time may stand
MOST_NAMES = 8  # of sections, in a line or list above the headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The section's name, where it came from, the elements that show it, and all (value, source) candidates."""

    text: str
    source: str
    elements: tuple[HtmlElement, ...]
    candidates: tuple[tuple[str, str], ...]


def read_section(tree: HtmlElement, stated: Structured, header: Header, title: str, url: str) -> Section:
    """The breadcrumb's last step, else the section line, else JSON-LD, else `article:section`.

    Where the section line or JSON-LD names one of the breadcrumb's steps, that step is the section.
    """
    shown, crumb_element = _visible_crumbs(tree, header.around)
    crumbs = _steps(shown, title, stated.publishers)
    machine_crumbs = _steps(stated.breadcrumb, title, stated.publishers)
    named = [text for text in texts_of(stated.article.get("articleSection")) if _is_section(text, title)]
    meta = [text for text in stated.meta.get("article:section", ()) if _is_section(text, title)]
    line, line_source, line_element = _section_line(header, crumb_element, url, title, meta)
    plain = line_source.startswith("plain")
    stated_by = [(line, line_source)] if line and not plain else []
    stated_by += [(text, f"JSON-LD {stated.kind}.articleSection") for text in named]
    found = [(text, "breadcrumb in the page") for text in crumbs[-1:]]
    found += [(text, "JSON-LD BreadcrumbList") for text in machine_crumbs[-1:]]
    found += [*stated_by, *((text, "meta article:section") for text in meta)]
    beside = _beside_time(header, url, title)
    found += [(beside, "link beside the time")] if beside else []
    found += [(line, line_source)] if plain else []
    if plain and found[0][0].casefold() != line.casefold():
        line_element = None  # a kicker, not the section
    elements = tuple(element for element in (crumb_element, line_element) if element is not None)
    text, source = found[0] if found else ("", "")
    steps = {step.casefold(): step for step in (*machine_crumbs, *crumbs)}
    for other, where in stated_by:
        if other.casefold() in steps:
            text, source = steps[other.casefold()], f"breadcrumb, and {where}"
            break
    return Section(text=text, source=source, elements=elements, candidates=tuple(dict.fromkeys(found)))


def _steps(names: Sequence[str], title: str, publishers: Sequence[str]) -> list[str]:
    sites = {name.casefold() for name in publishers}
    return [name for name in names if _is_section(name, title) and name.casefold() not in sites]


def _is_section(text: str, title: str) -> bool:
    if not text or len(text) > LONGEST or _HOME.match(text) or "://" in text or "{{" in text:  # or a script's template
        return False
    plain, whole = text.casefold().rstrip("…. "), title.casefold()
    return plain != whole and not (len(plain) > 25 and whole.startswith(plain))


def _visible_crumbs(tree: HtmlElement, around: frozenset[HtmlElement]) -> tuple[list[str], HtmlElement | None]:
    """The steps of the page's breadcrumb, and its element."""
    for element in tree.iter("nav", "ul", "ol", "div", "section", "p"):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('aria-label') or ''}"
        if "crumb" not in names.lower() and "BreadcrumbList" not in (element.get("itemtype") or ""):
            continue
        if element in around:
            continue
        links = [" ".join(link.text_content().split()) for link in element.iter("a")]
        links = [link for link in links if link]
        if 1 <= len(links) <= 8 and len(" ".join(element.text_content().split())) < 300:
            return links, element
    return [], None


def _section_line(
    header: Header, crumbs: HtmlElement | None, url: str, title: str, stated: Sequence[str]
) -> tuple[str, str, HtmlElement | None]:
    """A short line above the headline, as (text, source, element).

    It is a link to a section page, or its names say what it is, or it is the only line that shares the headline's
    own container. Lines of the breadcrumb are none. Of several in a row, no path, it is the one that the page states.
    """
    over = [place.line for place in header.lines if place.above]
    for place, line in enumerate(over[:3]):
        if crumbs is not None and any(up is crumbs for up in (line.element, *line.element.iterancestors())):
            continue
        text = _named_in(line, stated)
        in_address = "-".join(text.casefold().split()) in urlsplit(url).path.split("/")
        if not in_address and _is_of_menu(line, header.around):  # and above it stands the page's own head
            break
        if len(line.text) > 2 * LONGEST or re.search(r"\d{2}[:/.]\d{2}", line.text):
            continue
        if not _is_section(text, title) or text.endswith(":") or len(text.split()) > 6 or tally_reason(text):
            continue
        if _links_to_section(line, url) or _named_section(line):
            return text, "line above the headline", own_element(line)
        parent = header.headline.getparent() if header.headline is not None else None
        near = parent is not None and parent.tag != "body" and line.element.getparent() is parent
        kicker = title.casefold().startswith(text.casefold())
        if (
            place == 0
            and near
            and not kicker
            and len(text.split()) <= 4
            and not any(p.element.tag == "a" for p in line.pieces)
        ):
            return text, "plain line above the headline", own_element(line)
    return "", "", None


def _beside_time(header: Header, url: str, title: str) -> str:
    """The link beside the time below the headline that leads to a section, and says that it does."""
    below = [place for place in header.lines if not place.above][:TIME_BELOW]
    for line in (place.line for place in below if place.time is not None):
        for piece in line.pieces:
            alone = Line((piece,), piece.element)
            if _named_section(alone) and _links_to_section(alone, url) and _is_section(piece.text, title):
                return piece.text
    return ""


def _is_of_menu(line: Line, around: frozenset[HtmlElement]) -> bool:
    """Whether it stands in a list of more sections than one article has."""
    lists = (up for up in (line.element, *line.element.iterancestors()) if up.tag in ("ul", "ol", "nav"))
    box = next((up for up in lists if up not in around), line.element)
    if box in around:  # the line stands right in what holds the article
        return False
    return len(list(islice(box.iter("a"), MOST_NAMES + 1))) > MOST_NAMES


def _named_in(line: Line, stated: Sequence[str]) -> str:
    """The last name in a line, or the one that the page states where the names stand side by side."""
    stripped = (_linked_text(piece).strip(_STEPS) for piece in line.pieces if not _SEPARATORS.match(piece.text))
    names = [name for name in stripped if name and not _HOME.match(name)]
    is_path = any(_PATH.search(piece.text) for piece in line.pieces)
    side_by_side = [name for name in names if name in stated and not is_path]
    return next(iter(side_by_side or reversed(names)), "")


def _linked_text(piece: Piece) -> str:
    """What a piece says, with the last letter of its link where a template sets that apart."""
    link = next((up for up in (piece.element, *islice(piece.element.iterancestors(), 2)) if up.tag == "a"), None)
    whole = "" if link is None else " ".join(link.text_content().split())
    return whole if whole[:-1] == piece.text else piece.text


def _links_to_section(line: Line, url: str) -> bool:
    """Whether the line is a link to a page above this one, such as `/chinh-tri/`: no place of this page, no feed."""
    here = urlsplit(url)
    for piece in line.pieces:
        link = next((el for el in (piece.element, piece.element.getparent()) if el is not None and el.tag == "a"), None)
        if link is None or is_marked(link):
            continue
        target = urlsplit(join_url(url, link.get("href") or ""))
        steps = [step for step in target.path.split("/") if step]
        if target.path == here.path or _FEED.search(target.path):
            continue
        if target.netloc == here.netloc and 1 <= len(steps) <= 3 and not re.search(r"\d{4}", target.path):
            return True
    return False


def _named_section(line: Line) -> bool:
    return any(
        _SECTION_MARK.search(labels(element)) and not _NOT_SECTION.search(labels(element))
        for element in (line.element, line.pieces[0].element, line.element.getparent())
        if element is not None
    )
