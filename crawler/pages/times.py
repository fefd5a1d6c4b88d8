"""Dates and times as pages write them for readers, in many languages, made into `Moment`.

Only full dates count, with day, month and year; relative times ("2 giờ trước") are none. A time of day
without a zone is in the page's zone. Nothing here reads a clock.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.pages.calendars import our_date
from crawler.pages.clocks import find_clock
from crawler.pages.months import month_number
from storage.letters import compose
from storage.records import Moment

_EARLIEST_YEAR = 1900
_NUMERIC = re.compile(r"(?<![\d/.:-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d|[./-]\d)")
_SHORT_YEAR = re.compile(
    r"(?<![\d/.:-])(\d{1,2})([./])(\d{1,2})\2(\d{2})(?![\d/.-])(?=.{0,12}\d{1,2}[:h]\d{2}|\s*$|\s?[|,·])"
)
_YEAR_FIRST = re.compile(r"(?<![\d/.:-])(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d|[/-]\d)")
_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]")
_VIETNAMESE = re.compile(
    r"(\d{1,2})\s*(?:tháng|thg|th\.)\s*(\d{1,2}|giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười(?:\s(?:một|hai))?|chạp)"
    r"\s*(?:,|/|-|năm)?\s*(?:năm\s*)?(\d{4})", re.IGNORECASE,
)  # fmt: skip
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|ème|º|ª|\.)?\s*[-/]?\s*(?:de\s+|of\s+|d['’])?((?:[^\W\d_]|[\u0900-\u0dff\u0e31-\u0e4e]|(?<=[\u0e01-\u0e4e])\.(?=[\u0e01-\u0e4e])){2,})\.?,?"
    r"\s*[-/]?\s*"
    r"(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_YEAR_MONTH_DAY = re.compile(r"(?<!\d)(\d{4})[.,]?\s+([^\W\d_]{3,})\.?\s+(\d{1,2})(?!\d)")

_STATED_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC|\b[A-Z]{2,4}|GMT\s?[+-]\d{1,2}|UTC\s?[+-]\d{1,2})\W*$")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d?|[a-z]{3,9})(?=[/-]|\d\d[/-])", re.IGNORECASE)
_MAY_HOLD_DATE = re.compile(r"\d{4}|\d[./]\d{1,2}[./]\d\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A time found in a line: the moment, and where in the line the words stand that state it."""

    moment: Moment
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How a page writes times: its zone where none is stated, whether the day comes first, its language.

    `month` is the year and month that its address names, which settles what 03/10/2025 means; (0, 0) for none.
    """

    zone: tzinfo
    day_first: bool
    language: str
    month: tuple[int, int] = (0, 0)


def habits_of(language: str, timezone_name: str, url: str, region: str = "") -> Habits:
    """The zone is the site file's, else Vietnam's for Vietnamese, else UTC; English outside America is day first.

    `region` is the country that the page declares beside its language, as `GB` in `en-GB`.
    """
    zone: tzinfo = UTC
    name = timezone_name or ("Asia/Ho_Chi_Minh" if language == "vi" else "")
    if name:
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            zone = UTC
    host = url.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0].lower()
    country = host.rsplit(".", 1)[-1]
    american = language in {"en", ""} and not (
        len(country) == 2 and country not in {"us", "io", "ai", "tv", "co", "me"}
    )
    if (name and not name.startswith("America/")) or region.upper() not in {"", "US"}:
        american = False
    return Habits(zone=zone, day_first=not american, language=language, month=_month_in(url))


def _month_in(url: str) -> tuple[int, int]:
    found = _URL_MONTH.search(url)
    if not found:
        return 0, 0
    month = int(found[2]) if found[2].isdigit() else month_number(found[2], "en")
    return (int(found[1]), month) if 1 <= month <= 12 else (0, 0)


def states_zone(moment: Moment) -> bool:
    """Whether the string that a moment came from names its zone itself."""
    return not moment.date_only and bool(_STATED_ZONE.search(moment.text))


def find_moment(line: str, habits: Habits) -> Found | None:
    """The first full date in a line, with the time of day and zone that stand beside it.

    A year of two digits counts only in a date with points or slashes that ends the line or has a time beside it.
    """
    if not _MAY_HOLD_DATE.search(line):
        return None
    line = compose(line)
    dated = _find_date(line, habits)
    if not dated:
        return None
    date, start, end = dated
    following = _find_date(line[end:], habits)  # what stands behind that is the time of another day
    clock, zone, first, last = find_clock(line[: end + following[1]] if following else line, start, end)
    moment = make_moment(line[first:last].strip(), date, clock, zone or habits.zone)
    return Found(moment, first, last) if moment else None


def _find_date(line: str, habits: Habits) -> tuple[tuple[int, int, int], int, int] | None:
    found = []
    for read in (_numeric_date, _year_first_date, _worded_date):
        hit = read(line, habits)
        if hit:
            found.append(hit)
    return min(found, key=lambda hit: hit[1], default=None)


def _numeric_date(line: str, habits: Habits) -> tuple[tuple[int, int, int], int, int] | None:
    for match in (*_NUMERIC.finditer(line), *_SHORT_YEAR.finditer(line)):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        year += 2000 if year < 100 else 0
        day_first = habits.day_first or match[2] == "."
        if one > 12:
            day_first = True
        elif two > 12:
            day_first = False
        elif habits.month in {(year, one), (year, two)}:
            day_first = habits.month == (year, two)
        day, month = (one, two) if day_first else (two, one)
        year, month, day = our_date(year, month, day, habits.language)
        if _is_date(year, month, day):
            return (year, month, day), match.start(), match.end()
    return None


def _year_first_date(line: str, habits: Habits) -> tuple[tuple[int, int, int], int, int] | None:
    for pattern, groups in ((_YEAR_FIRST, (1, 3, 4)), (_CJK, (1, 2, 3))):
        for match in pattern.finditer(line):
            stated = [int(match[group]) for group in groups]
            year, month, day = our_date(stated[0], stated[1], stated[2], habits.language)
            if _is_date(year, month, day):
                return (year, month, day), match.start(), match.end()
    return None


_VIETNAMESE_MONTHS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip


def _worded_date(line: str, habits: Habits) -> tuple[tuple[int, int, int], int, int] | None:
    hits = []
    for match in _VIETNAMESE.finditer(line):
        name = match[2].lower()
        month = int(name) if name.isdigit() else _VIETNAMESE_MONTHS.get(name, 0)
        hits.append(((int(match[3]), month, int(match[1])), match.start(), match.end()))
    for pattern, (y, m, d) in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_YEAR_MONTH_DAY, (1, 2, 3))):
        for match in pattern.finditer(line):
            month = month_number(match[m], habits.language)
            if month:
                hits.append(((int(match[y]), month, int(match[d])), match.start(), match.end()))
    hits = [(our_date(*date, habits.language), start, end) for date, start, end in hits]
    hits = [hit for hit in hits if _is_date(*hit[0])]
    return min(hits, key=lambda hit: hit[1], default=None)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return False
    return _EARLIEST_YEAR <= year <= 2100


def make_moment(
    text: str, date: tuple[int, int, int], clock: tuple[int, int, int] | None, zone: tzinfo
) -> Moment | None:
    if not _is_date(*date):
        return None
    local = datetime(*date, *(clock or (0, 0, 0)), tzinfo=zone)
    offset = local.utcoffset() or timedelta(0)
    return Moment(at=local.astimezone(UTC), offset=offset, text=text, date_only=clock is None)
