"""When the article was published and last changed: all times that the page states, and which of them decide.

The order, best first: the site's rule; JSON-LD; microdata; OpenGraph (`article:published_time`); other metadata;
`time` elements near the headline; visible strings near the headline. Within the day that the best one names, one with a
time of day goes before a date alone. A machine time in UTC whose clock reads as the visible one does, where the page's
zone is another, was written by a CMS that does not know its zone: then the visible time decides.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from lxml.html import HtmlElement

from crawler.jsonld import text_of
from crawler.lines import Line, is_aside, own_element
from crawler.structured import Structured
from crawler.times import Found, Habits, find_moment, machine_moment, states_zone
from storage.records import Moment

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished", "pubdate", "publishdate",
    "publish-date", "publish_date", "published_time", "publication_date", "publicationdate", "date.available", "dc.date.issued", "dcterms.issued",
    "dcterms.date", "dc.date", "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime",
    "cxenseparse:recs:published_time", "bt:pubdate", "rnews:datepublished", "article.published", "originalpublicationdate", "citation_publication_date",
    "date", "article:created", "datecreated", "date.created", "dcterms.created", "dc.date.created", "published-date", "vr:published_time", "time",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time", "article:updated_time", "article:modified", "date.modified",
    "date.updated", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "last_updated", "article.updated", "moddate", "revision_date",
)  # fmt: skip
_UPDATED = re.compile(
    r"\b(?:updated?|modified|edited|cập nhật|sửa lúc|chỉnh sửa|aktualisiert|aktualisierung|akt|stand|geändert|mis à jour|maj|actualisé|modifié|actualizado|"
    r"actualizada|modificado|atualizad[oa]|aggiornat[oa]|bijgewerkt|gewijzigd|uppdaterad|oppdatert|opdateret|päivitetty|aktualizováno|zaktualizowan\w|"
    r"aktualizacja|обновлено|güncelleme|diperbarui|last)\b|更新|수정",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"(?i)(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật|\b(?:t[2-7]|cn)\b|đăng|xuất bản|cập nhật|lúc|ngày|lần cuối|posted|published|first|last|updated|"
    r"modified|created|date|time|on|at|am|um|uhr|den|vom|stand|veröffentlicht|erstellt|aktualisiert|publié|mis à jour|le|à|el|publicado|actualizado|a las|"
    r"de|del|\w{3,9}day|\w{4,9}tag|min\w*|read|gmt|utc|phát hành|giờ|phút|đọc|lượt xem|\d)"
)
VISIBLE = 50  # the rank of visible text
_DATE_MARK = re.compile(r"date|time|publish|posted|ngay|gio|meta|datum|zeit|fecha", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """One time that the page states."""

    moment: Moment
    source: str
    modified: bool
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    published: Moment | None
    modified: Moment | None
    published_source: str
    modified_source: str
    elements: tuple[HtmlElement, ...]
    candidates: tuple[tuple[str, str, str], ...]


def read_dates(
    tree: HtmlElement, stated: Structured, headline: HtmlElement | None, header: Sequence[Line], times: Sequence[Found | None], habits: Habits,
) -> Dates:
    told = _told(stated, habits) + _microdata(tree, headline, habits)
    shown, elements = _shown(tree, headline, header, times, habits)
    everything = sorted([*told, *shown], key=lambda one: one.rank)
    published = _choose([one for one in everything if not one.modified], shown)
    modified = _choose([one for one in everything if one.modified], shown)
    if published is None and modified is not None and not told:
        published = replace(modified, source=f"{modified.source} (the only time stated)")
    return Dates(
        published=published.moment if published else None,
        modified=modified.moment if modified else None,
        published_source=published.source if published else "",
        modified_source=modified.source if modified else "",
        elements=elements,
        candidates=tuple(
            ("modified" if one.modified else "published", one.moment.iso, one.source) for one in everything
        ),
    )


# --- told to machines -------------------------------------------------------------------------------------


def _told(stated: Structured, habits: Habits) -> list[Stated]:
    found = []
    for key, modified in (
        ("datePublished", False),
        ("dateModified", True),
        ("dateCreated", False),
        ("uploadDate", False),
    ):
        name = f"JSON-LD {stated.kind}.{key}" if stated.kind else f"JSON-LD {key}"
        found.append(
            (text_of(stated.article.get(key)), name, modified, 0 if key.startswith(("dateP", "dateM")) else 45)
        )
    for names, modified in ((_PUBLISHED, False), (_MODIFIED, True)):
        for place, name in enumerate(names):
            rank = 20 if name.startswith(("article:", "og:")) else 30 + place / 10
            found += [(text, f"meta {name}", modified, rank) for text in stated.meta.get(name, ())[:1]]
    result = []
    for text, source, modified, rank in found:
        moment = machine_moment(text, habits) if text else None
        if moment and moment.at.year > 1971:
            result.append(Stated(moment, source, modified, int(rank)))
    return result


def _microdata(tree: HtmlElement, headline: HtmlElement | None, habits: Habits) -> list[Stated]:
    """`itemprop` dates of the item that the headline belongs to; those of teasers belong to other items."""
    around = frozenset(headline.iterancestors()) if headline is not None else frozenset()
    result = []
    for element in tree.xpath("//*[@itemprop]"):
        prop = (element.get("itemprop") or "").lower()
        if prop not in {"datepublished", "datemodified", "datecreated"}:
            continue
        item = next((up for up in element.iterancestors() if up.get("itemscope") is not None), None)
        if item is None or (item not in around and headline is not None):
            continue
        text = element.get("content") or element.get("datetime") or element.text_content()
        moment = machine_moment(text, habits)
        if moment:
            name = element.get("itemprop")
            result.append(
                Stated(moment, f"microdata {name}", prop == "datemodified", 15 if prop == "datecreated" else 10)
            )
    return result


# --- shown to readers -------------------------------------------------------------------------------------


def _shown(
    tree: HtmlElement, headline: HtmlElement | None, header: Sequence[Line], times: Sequence[Found | None], habits: Habits
) -> tuple[list[Stated], tuple[HtmlElement, ...]]:
    result: list[Stated] = []
    elements: list[HtmlElement] = []
    seen: set[HtmlElement] = set()
    for line, found in zip(header, times, strict=True):
        for element in _time_elements(line):
            if element not in seen:
                seen.add(element)
                one = _from_time_element(element, line.text, habits)
                if one:
                    result.append(one)
        if not found or not _is_dateline(line, found.start, found.end):
            continue
        own = own_element(line)
        if own is not None:
            elements.append(own)
        rest = line.text
        while found and len(result) < 12:
            modified = bool(_UPDATED.search(rest[: found.start]))
            result.append(Stated(found.moment, "visible text near the headline", modified, VISIBLE))
            rest = rest[found.end :]
            found = find_moment(rest, habits)
    if headline is None and not result:
        marks = [el for el in tree.iter("time") if not is_aside(el, frozenset())]
        if len(marks) == 1:
            one = _from_time_element(marks[0], marks[0].text_content(), habits)
            result += [one] if one else []
    return result, tuple(dict.fromkeys(elements))


def _time_elements(line: Line) -> list[HtmlElement]:
    found = []
    for piece in line.pieces:
        element = piece.element
        while element is not None and element is not line.element.getparent():
            if element.tag == "time":
                found.append(element)
            element = element.getparent()
    return found


def _from_time_element(element: HtmlElement, line: str, habits: Habits) -> Stated | None:
    text = " ".join(element.text_content().split())
    told = machine_moment(element.get("datetime") or element.get("content") or "", habits)
    shown = find_moment(text, habits)
    moment = told or (shown.moment if shown else None)
    if (
        told
        and shown
        and _is_bare(told)
        and not shown.moment.date_only
        and told.local.date() == shown.moment.local.date()
    ):
        moment = shown.moment
    if moment is None:
        return None
    before = line[: line.find(text)] if text and text in line else ""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('title') or ''}"
    modified = bool(
        _UPDATED.search(text) or _UPDATED.search(before[-30:]) or re.search(r"modif|updat", names, re.IGNORECASE)
    )
    return Stated(moment, "<time> near the headline", modified, 40)


def _is_dateline(line: Line, start: int, end: int) -> bool:
    """Whether a line states the article's time, and does not merely speak of a day: little else stands in it."""
    text = line.text
    if len(text) > 200:
        return False
    rest = text[:start] + " " + text[end:]
    rest = _LABELS.sub(" ", rest)
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if len(word) > 1]
    marked = any(
        _DATE_MARK.search(f"{el.get('class') or ''} {el.get('id') or ''}")
        for el in (line.element, line.pieces[-1].element)
    )
    return len(words) <= (12 if marked else 5) and not text.rstrip().endswith((".", "?", "!"))


# --- which decides ----------------------------------------------------------------------------------------


def _is_bare(moment: Moment) -> bool:
    local = moment.local
    return moment.date_only or (local.hour, local.minute, local.second) == (0, 0, 0)


def _choose(ordered: Sequence[Stated], shown: Sequence[Stated]) -> Stated | None:
    if not ordered:
        return None
    best = ordered[0]
    if _is_bare(best.moment):
        day = best.moment.local.date()
        fuller = [one for one in ordered if not _is_bare(one.moment) and one.moment.local.date() == day]
        best = fuller[0] if fuller else best
    if best.moment.date_only:
        return best
    if not states_zone(best.moment):
        return _with_zone(best, ordered, lambda one: states_zone(one.moment) and _same_clock(one.moment, best.moment))
    if best.moment.offset == timedelta(0):
        local = _with_zone(best, shown, lambda one: one.rank == VISIBLE and _same_clock(one.moment, best.moment))
        if local is not best:
            return local
        return _with_zone(best, ordered, lambda one: states_zone(one.moment) and _same_instant(one.moment, best.moment))
    return best


def _with_zone(best: Stated, others: Sequence[Stated], fits: Callable[[Stated], bool]) -> Stated:
    """`best` as the first of `others` that fits has it, if that one has a zone other than UTC."""
    for one in others:
        if one is not best and one.moment.offset != timedelta(0) and not one.moment.date_only and fits(one):
            source = f"{best.source}, its zone from {one.source}"
            return Stated(one.moment, source, best.modified, best.rank)
    return best


def _same_clock(one: Moment, other: Moment) -> bool:
    """Whether two times read the same on the wall, seconds aside."""
    return one.local.replace(tzinfo=UTC, second=0) == other.local.replace(tzinfo=UTC, second=0)


def _same_instant(one: Moment, other: Moment) -> bool:
    return abs(one.at - other.at) < timedelta(minutes=1)
