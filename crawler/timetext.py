"""Durations, times of day, windows and cron lines as a site file writes them."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_CRON_FIELDS = (  # name, lowest, highest, names in order
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    ("day of the week", 0, 7, ("sun", "mon", "tue", "wed", "thu", "fri", "sat")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Hours of the day in the site's time zone, without `end` itself; a window may run past midnight."""

    start: time
    end: time

    def holds(self, moment: time) -> bool:
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


def duration(text: str) -> timedelta:
    """`90s`, `10m`, `1h30m`, `7d`, `2w` as a timedelta above zero; ValueError for anything else."""
    if not re.fullmatch(r"(?:\d{1,6}[smhdw])+", text):
        raise ValueError('must be a duration such as "90s", "10m", "1h30m", "7d" or "2w"')
    total = sum((int(count) * _UNITS[unit] for count, unit in re.findall(r"(\d+)([smhdw])", text)), timedelta(0))
    if not timedelta(0) < total <= timedelta(days=3660):
        raise ValueError("must be a duration above zero and of ten years at most")
    return total


def time_of_day(text: str) -> time:
    """`HH:MM` of a 24-hour clock, without zone; ValueError for anything else."""
    if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError('must be a time of day such as "06:30"')
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day has no date and no zone


def window(text: str) -> Window:
    """`HH:MM-HH:MM`; an end of `24:00` is midnight; ValueError for anything else, or no time at all."""
    start, dash, end = text.partition("-")
    try:
        found = Window(start=time_of_day(start.strip()), end=time_of_day(end.strip().replace("24:00", "00:00")))
    except ValueError as error:
        raise ValueError('must be hours such as "06:00-23:30"') from error
    if not dash or (found.start == found.end and found.start != time(0)):
        raise ValueError('must be hours such as "06:00-23:30", with an end other than the start')
    return found


def cron_line(text: str) -> str:
    """A cron line of five fields with single spaces; ValueError says which field is wrong.

    What crontab(5) of most Unix systems takes: `*`, numbers, ranges, lists, steps, names of months and days;
    day of the week 0 and 7 are Sunday.
    """
    fields = text.lower().split()
    if len(fields) != len(_CRON_FIELDS):
        raise ValueError("must be a cron line of five fields: minute, hour, day of the month, month, day of the week")
    for field, (name, low, high, names) in zip(fields, _CRON_FIELDS, strict=True):
        if not all(_is_cron_part(part, low, high, names) for part in field.split(",")):
            raise ValueError(f"must be a cron line; its {name} is wrong: {field!r}")
    return " ".join(fields)


def _is_cron_part(part: str, low: int, high: int, names: tuple[str, ...]) -> bool:
    span, slash, step = part.partition("/")
    if slash and not (re.fullmatch(r"[0-9]{1,2}", step) and 0 < int(step) <= high and ("-" in span or span == "*")):
        return False
    if span == "*":
        return True
    ends = [low + names.index(end) if end in names else int(end) for end in span.split("-") if _is_end(end, names)]
    count = span.count("-") + 1
    return len(ends) == count <= 2 and ends == sorted(ends) and all(low <= end <= high for end in ends)


def _is_end(text: str, names: tuple[str, ...]) -> bool:
    return text in names or bool(re.fullmatch(r"[0-9]{1,2}", text))
