"""The times that readers see beside the headline, and which elements hold nothing but them."""

import re
from dataclasses import replace
from itertools import islice, takewhile

from lxml.html import HtmlElement

from crawler.pages.header import Header, in_teaser
from crawler.pages.lines import Line, is_aside, labels, own_element
from crawler.pages.machinetimes import machine_moment
from crawler.pages.statedtimes import StatedTime
from crawler.pages.times import Found, Habits, find_moment
from storage.comparison.sentences import is_ended
from storage.comparison.updatewords import CHANGED, CHANGED_UNSPACED, UPDATED, UPDATED_UNSPACED
from storage.records import Moment

# Words that say it of a time alone: *stand*, *last* and *maj* are others elsewhere, *corrected* is a note.
_BESIDE_TIMES = "akt|stand|last|maj|sửa lúc|исправлено"
_UNSPACED = f"{UPDATED_UNSPACED}|{CHANGED_UNSPACED}"
_UPDATED = re.compile(rf"\b(?:{UPDATED}|{CHANGED}|{_BESIDE_TIMES})\b|{_UNSPACED}", re.IGNORECASE)
_UPDATED_BEHIND = re.compile(
    rf"[分秒]?\s?[(（\[]?\s?(?:{UPDATED}|{CHANGED}|{_UNSPACED})\s?[)）\]]?(?=\s*(?:$|[|/・)）\]]))", re.IGNORECASE
)
_LABELS = """
thứ hai ba tư năm sáu bảy chủ nhật t2 t3 t4 t5 t6 t7 cn đăng xuất bản lúc ngày phát hành giờ phút đọc lượt
xem posted published first last created date time on at am um uhr den vom stand veröffentlicht erstellt
publié le el publicado a las de del read reading min mins minutes minute minuten
lesezeit lesedauer gmt utc pm ist est edt et pt bst cet cest
"""
_ABBREVIATIONS = ("min.", "mins.", "uhr.", "m.", "std.")  # what may end a dateline with a full stop
_LABEL_WORDS = frozenset(f"{_LABELS} {UPDATED} {CHANGED}".replace("|", " ").split())
_WEEKDAY = re.compile(r"\w{2,9}(?:day|tag|dag|di)$|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)$")
VISIBLE = 50  # the rank of visible text
MOST_TIMES = 20
_FARTHEST = 10_000  # characters into a line that a time is looked for: one may hold 50,000 of them
_PUBLISHED_MARK = re.compile(r"publish|posted|pub-?date|ngay-?dang")
_DATE_MARK = re.compile(r"date|time|publish|posted|ngay|gio|meta|datum|zeit|fecha", re.IGNORECASE)


def shown_times(tree: HtmlElement, header: Header, habits: Habits) -> tuple[list[StatedTime], tuple[HtmlElement, ...]]:
    """The times that the header shows, and the elements that hold nothing but them."""
    result: list[StatedTime] = []
    elements: list[HtmlElement] = []
    seen: set[HtmlElement] = set()
    around = header.around
    headings = _day_headings(header)
    for place in header.lines:
        line, found, above = place.line, place.time, place.above
        text = line.text
        for element in _time_elements(line):
            one = None if element in seen else _from_time_element(element, text, habits)
            seen.add(element)
            result += [one] if one else []
        if not found or line in headings or not _is_dateline(line, found):
            continue
        if above and not _shares_container(line, around) and not _PUBLISHED_MARK.search(labels(line.element)):
            continue
        own = own_element(line)
        elements += [own] if own is not None else []
        result += _times_in(text, found, habits, VISIBLE + 5 * above)
    if header.headline is None and not result:
        marks = [el for el in tree.iter("time") if not is_aside(el, frozenset())]
        if len(marks) == 1:
            one = _from_time_element(marks[0], marks[0].text_content(), habits)
            result += [one] if one else []
    return result, tuple(dict.fromkeys(elements))


def _day_headings(header: Header) -> list[Line]:
    """Lines below the headline that are written alike and name several days: what is told stands under each."""
    days: dict[tuple[str, ...], list[tuple[Line, Found]]] = {}
    for place in header.lines:
        if place.time is not None and place.time.moment.date_only and not place.above:
            around = (place.line.element, *islice(place.line.element.iterancestors(), 1))
            manner = tuple(f"{element.tag} {element.get('class')}" for element in around)
            days.setdefault(manner, []).append((place.line, place.time))
    found: list[Line] = []
    for alike in days.values():
        several = len({time.moment.local.date() for _, time in alike}) > 1
        if several and not any(_UPDATED.search(line.text) for line, _ in alike):
            found += [line for line, _ in alike]
    return found


def only_time(header: Header, habits: Habits) -> list[StatedTime]:
    """The `time` elements above the headline in its `article`, where all of them name one day.

    Those in an aside count where it holds nothing else.
    """
    holder = next(header.headline.iterancestors("article"), None) if header.headline is not None else None
    if holder is None:
        return []
    above = takewhile(lambda el: el is not header.headline, holder.iter())
    marks = list(islice((el for el in above if el.tag == "time"), MOST_TIMES))
    marks = [el for el in marks if not in_teaser(el, header.around)]
    marks = [el for el in marks if not is_aside(el, header.around) or _is_alone(el)]
    found = [one for el in marks if (one := _from_time_element(el, el.text_content(), habits))]
    days = {one.moment.local.date() for one in found}
    return [replace(found[0], source="<time> above the headline")] if len(days) == 1 else []


def _is_alone(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.text_content().split() == element.text_content().split()


def _times_in(text: str, first: Found, habits: Habits, rank: int) -> list[StatedTime]:
    """All times of a dateline: `Đăng lúc 20:25 11/03/2025 - Cập nhật lúc 21:40 11/03/2025` states two."""
    result: list[StatedTime] = []
    found: Found | None = first
    while found is not None and len(result) < 4:
        behind = _UPDATED_BEHIND.match(text, found.end)
        modified = bool(behind or _UPDATED.search(text[: found.start]))
        result.append(StatedTime(found.moment, "visible text near the headline", modified, rank))
        text = text[behind.end() if behind else found.end :]
        found = find_moment(text, habits)
    return result


def _shares_container(line: Line, around: frozenset[HtmlElement]) -> bool:
    """Whether a line above the headline stands in a container of the article, not in the page's at large."""
    shared = next((up for up in line.element.iterancestors() if up in around), None)
    return shared is not None and shared.tag not in {"body", "html"}


def _time_elements(line: Line) -> list[HtmlElement]:
    found = []
    for piece in line.pieces:
        element = piece.element
        while element is not None and element is not line.element.getparent():
            if element.tag == "time":
                found.append(element)
            element = element.getparent()
    return found


def _from_time_element(element: HtmlElement, line: str, habits: Habits) -> StatedTime | None:
    text = " ".join(element.text_content().split())
    told = machine_moment(element.get("datetime") or element.get("content") or "", habits)
    shown = find_moment(text, habits)
    moment = told or (shown.moment if shown else None)
    if (
        told
        and shown
        and is_bare(told)
        and not shown.moment.date_only
        and told.local.date() == shown.moment.local.date()
    ):
        moment = shown.moment
    if moment is None:
        return None
    at = max(line.find(text, 0, _FARTHEST), 0)
    before = line[max(at - 30, 0) : at]
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('title') or ''}"
    modified = bool(_UPDATED.search(text) or _UPDATED.search(before) or re.search(r"modif|updat", names, re.IGNORECASE))
    return StatedTime(moment, "<time> near the headline", modified, 40)


def _is_dateline(line: Line, found: Found) -> bool:
    """Whether a line states the article's time, and does not merely speak of a day: little else stands in it."""
    text, start, end = line.text, found.start, found.end
    words = _other_words(text[:start] + " " + text[end:])
    if words and is_ended(text) and not text.lower().endswith(_ABBREVIATIONS):
        return False
    marked = any(_DATE_MARK.search(labels(element)) for element in (line.element, line.pieces[-1].element))
    return words <= (12 if marked or _stands_apart(line, start, end) else 5)


def _stands_apart(line: Line, start: int, end: int) -> bool:
    """Whether the piece of the line that holds the date holds little else, and other pieces hold the rest."""
    at = 0
    for piece in line.pieces:
        stop = at + len(piece.text)
        if at <= start and end <= stop:
            return len(line.pieces) > 1 and _other_words(piece.text[: start - at] + " " + piece.text[end - at :]) <= 2
        at = stop + 1
    return False


def _other_words(text: str) -> int:
    """How many words there are besides labels, units and weekdays."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(len(word) > 1 and word not in _LABEL_WORDS and not _WEEKDAY.match(word) for word in words)


def is_bare(moment: Moment) -> bool:
    """Whether it is a day alone, or the midnight that machines write for one."""
    local = moment.local
    return moment.date_only or (local.hour, local.minute, local.second) == (0, 0, 0)
