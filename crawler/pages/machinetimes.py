"""Times as pages tell them to machines: ISO 8601 and its kin, RFC 2822, JavaScript's and .NET's own forms."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.pages.clocks import clock_time, named_zone, offset_zone
from crawler.pages.months import month_number
from crawler.pages.times import Habits, find_moment, make_moment
from storage.records import Moment

_ISO = re.compile(
    r"^\W*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"
    r"(?:[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([AaPp]\.?[Mm]\.?)?\s*"
    r"(?:(?:GMT|UTC)?\s*(Z|[+-]\d{1,2}(?::?\d{2})?)|([A-Z]{1,4}))?)?"
)
_BASIC = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$")
_JS = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT([+-]\d{4})?")
_US_MACHINE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4}),? (\d{1,2}):(\d{2}):(\d{2}) ([AaPp][Mm])$")
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")


def machine_moment(text: str, habits: Habits) -> Moment | None:
    """The time that an attribute or a metadata value states, or None where it is none."""
    value = " ".join(text.split())
    if not 8 <= len(value) <= 80:
        return None
    for read in (_from_iso, _from_basic, _from_js, _from_us, _from_mail, _from_epoch):
        moment = read(value, habits)
        if moment:
            return moment
    found = find_moment(value, habits)
    return found.moment if found else None


def _from_iso(value: str, habits: Habits) -> Moment | None:
    match = _ISO.match(value)
    if not match:
        return None
    year, month, day, hour, minute, second, half, offset, name = match.groups()
    if hour is None:
        return make_moment(value, (int(year), int(month), int(day)), None, habits.zone)
    zone = offset_zone(offset) if offset else named_zone(name or "")
    clock = clock_time(hour, minute, second, half or "")
    return make_moment(value, (int(year), int(month), int(day)), clock, zone or habits.zone)


def _from_basic(value: str, habits: Habits) -> Moment | None:
    match = _BASIC.match(value)
    if not match:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    clock = clock_time(hour, minute, second, "") if hour else None
    return make_moment(value, (int(year), int(month), int(day)), clock, offset_zone(offset or "") or habits.zone)


def _from_js(value: str, habits: Habits) -> Moment | None:
    match = _JS.match(value)
    if not match:
        return None
    month, day, year, hour, minute, second, offset = match.groups()
    date = (int(year), month_number(month, "en"), int(day))
    return make_moment(value, date, clock_time(hour, minute, second, ""), offset_zone(offset or "") or habits.zone)


def _from_us(value: str, habits: Habits) -> Moment | None:
    """`3/11/2025 8:25:00 PM`: what .NET writes under its default (American) culture, whatever the page's language."""
    match = _US_MACHINE.match(value)
    if not match:
        return None
    month, day, year, hour, minute, second, half = match.groups()
    return make_moment(value, (int(year), int(month), int(day)), clock_time(hour, minute, second, half), habits.zone)


def _from_mail(value: str, habits: Habits) -> Moment | None:
    if not re.match(r"[A-Z][a-z]{2}, \d", value):
        return None
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, IndexError):
        return None
    date = (at.year, at.month, at.day)
    return make_moment(value, date, (at.hour, at.minute, at.second), at.tzinfo or habits.zone)


def _from_epoch(value: str, _: Habits) -> Moment | None:
    """Seconds or milliseconds since 1970, from 2001 on."""
    if not _EPOCH.match(value):
        return None
    at = datetime.fromtimestamp(int(value[:10]), UTC)
    return make_moment(value, (at.year, at.month, at.day), (at.hour, at.minute, at.second), UTC)
