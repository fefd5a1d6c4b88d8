"""The hours of the day in which a site may be crawled: whether one is open, and when the next one opens."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo

from crawler.timetext import Window
from schedules.wallclock import instant_of, last_instant_of, wall_of

_DAY = timedelta(days=1)


def in_window(windows: Sequence[Window], now: datetime, timezone: tzinfo) -> bool:
    """Whether crawling is allowed now; a site without windows is always open."""
    return not windows or any(opens <= now < closes for opens, closes in _spans(windows, now, timezone))


def next_opening(windows: Sequence[Window], now: datetime, timezone: tzinfo) -> datetime:
    """`now` while a window is open, else the instant at which the next one opens."""
    if in_window(windows, now, timezone):
        return now
    return min(opens for opens, _ in _spans(windows, now, timezone) if opens > now)


def _spans(windows: Sequence[Window], now: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """Every opening with its close, from yesterday's to those of three days on.

    Three: the clock may skip a whole day (Pacific/Apia, 2011-12-30) or a whole window. A window that begins or ends
    in a repeated hour takes in both passes.
    """
    midnight = wall_of(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for window in windows:
        length = (_since_midnight(window.end) - _since_midnight(window.start)) % _DAY or _DAY
        for days in range(-1, 4):
            start = midnight + days * _DAY + _since_midnight(window.start)
            opens, closes = instant_of(start, zone), last_instant_of(start + length, zone)
            if opens < closes:
                yield opens, closes


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
