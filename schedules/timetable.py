"""When a page is looked at again and when a site is searched for new ones: pure functions over records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from itertools import accumulate
from math import log
from typing import Protocol

from crawler.timetext import Window
from schedules.wallclock import instant_of, wall_of
from schedules.windows import in_window, next_opening
from storage.records import Outcome
from storage.visits import PageHistory

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

LADDER = (  # up to this age, look this often; about 40 looks in an article's first month, 23 of them on its first day
    (1 * _HOUR, 10 * _MINUTE),
    (3 * _HOUR, 30 * _MINUTE),
    (12 * _HOUR, 1 * _HOUR),
    (1 * _DAY, 3 * _HOUR),
    (3 * _DAY, 12 * _HOUR),
    (7 * _DAY, 1 * _DAY),
    (30 * _DAY, 3 * _DAY),
    (90 * _DAY, 7 * _DAY),
    (timedelta.max, 30 * _DAY),
)
GONE_LADDER = (10 * _MINUTE, 1 * _HOUR, 6 * _HOUR, 1 * _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY, 30 * _DAY)
RECHECK = 5 * _MINUTE  # of a pending edit, and after a first failure
LONGEST_BACKOFF = 1 * _DAY
_BUSY = 20  # changes; after so many a page needs no prompt re-check of one more, and may never stand still for one
_LOOKS_A_CHANGE = 2  # how many looks fall between two changes when the estimate is right
_CALM = 1 * _HOUR  # an old article that was changed is looked at no more often than this

_GOOD = {Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED}
_READS_NOTHING = {Outcome.UNREADABLE, Outcome.TOO_LARGE}  # no fault that passes by itself
_KEPT_OUT = {Outcome.DISALLOWED, Outcome.BLOCKED_ADDRESS}  # somebody has to change a rule first


class Recurrence(Protocol):
    """Something like a cron line."""

    def after(self, moment: datetime) -> datetime:
        """The first time after `moment`, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """How known pages are looked at again: by these intervals one after the other, or adaptively where empty."""

    ladder: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """When a site is searched for new pages; of an interval, a cron line and times of day, whatever comes first.

    At least one is given. `times` and `windows` are in the zone that is passed along; no windows: always open.
    """

    every: timedelta | None = None
    cron: Recurrence | None = None
    times: tuple[time, ...] = ()
    windows: tuple[Window, ...] = ()


def next_due(history: PageHistory, schedule: Revisit, now: datetime) -> datetime | None:
    """When the page is due again: always after `now`; None when it is given up, never again by itself.

    Windows are left to the tick (`due_since`): what is due here waits there until the site opens.
    """
    interval = _interval(history, schedule)
    if interval is None:
        return None
    earliest = max(history.last_visit + interval, now + min(interval, _MINUTE))
    return max(earliest, history.retry_after) if history.retry_after else earliest


def next_discovery(schedule: Discovery, last: datetime | None, now: datetime, timezone: tzinfo) -> datetime:
    """When the site is to be searched next; not after `now` when that is overdue, however much was missed.

    A site that was never searched is due at once, whatever its times, but not outside its windows.
    """
    due = now if last is None else _after(schedule, last, timezone)
    if due <= now and in_window(schedule.windows, now, timezone):
        return due
    return next_opening(schedule.windows, max(due, now), timezone)


def due_since(
    schedule: Discovery, discovery: datetime | None, page: datetime | None, now: datetime, timezone: tzinfo
) -> datetime | None:
    """Since when a site has had something to do, or None: nothing is due yet, or the site is closed at this hour.

    `discovery` is the stored time of the next one (None: never searched), `page` the earliest that a page is due.
    """
    if not in_window(schedule.windows, now, timezone):
        return None
    since = min(moment for moment in (discovery or now, page) if moment is not None)
    return since if since <= now else None


def _after(schedule: Discovery, last: datetime, zone: tzinfo) -> datetime:
    moments = [last + schedule.every] if schedule.every else []
    if schedule.cron:
        moments.append(schedule.cron.after(last))
    if schedule.times:
        moments.append(_next_time(schedule.times, last, zone))
    return min(moments)


def _next_time(times: Sequence[time], last: datetime, zone: tzinfo) -> datetime:
    """The first of the times of day after `last`; tomorrow and the day after: the clock may skip a whole day."""
    today = wall_of(last, zone).date()
    days = (today + count * _DAY for count in range(3))
    instants = (instant_of(datetime.combine(day, at), zone) for day in days for at in times)
    return min(instant for instant in instants if instant > last)


def _interval(history: PageHistory, schedule: Revisit) -> timedelta | None:
    usual = _usual(history, schedule)
    outcome, failures = history.last_outcome, max(history.failures, 1)
    if outcome in _GOOD or (outcome is Outcome.MOVED and history.failures == 0):
        return min(RECHECK, usual) if history.pending and history.changes <= _BUSY else usual
    if outcome in {Outcome.GONE, Outcome.MOVED}:
        return GONE_LADDER[failures - 1] if failures <= len(GONE_LADDER) else None
    if outcome in _KEPT_OUT:
        return max(usual, LONGEST_BACKOFF)
    if outcome in _READS_NOTHING:
        return max(usual, _backoff(failures, LONGEST_BACKOFF))
    # Where a sound page of this age is looked at less than daily, one that fails for days is too.
    return _backoff(failures, max(LONGEST_BACKOFF, usual))


def _backoff(failures: int, longest: timedelta) -> timedelta:
    return min(RECHECK * (1 << min(failures - 1, 16)), longest)  # no page waits for more than 2**16 times


def _usual(history: PageHistory, schedule: Revisit) -> timedelta:
    """How often a sound page is looked at."""
    if schedule.ladder:
        return _rung_of(schedule.ladder, _age(history))
    return _adaptive(history)


def _age(history: PageHistory) -> timedelta:
    """How old the article was at the last visit; a published time after the first sight of it is not believed."""
    born = min(history.published or history.first_seen, history.first_seen)
    return max(history.last_visit - born, timedelta(0))


def _rung_of(ladder: Sequence[timedelta], age: timedelta) -> timedelta:
    """The interval in force at an age: each one for its own length, one after the other; the last one repeats."""
    ends = accumulate(ladder)
    return next((step for step, end in zip(ladder, ends, strict=True) if age < end), ladder[-1])


def _rung(age: timedelta) -> timedelta:
    return next(interval for end, interval in LADDER if age < end)


def _adaptive(history: PageHistory) -> timedelta:
    """The ladder, or less for a page that has changed: by how often it has, and while the last change is young."""
    rung = _rung(_age(history))
    if history.changes == 0 or history.last_change is None:
        return rung
    quiet = max(history.last_visit - history.last_change, timedelta(0))
    again_young = max(_rung(quiet), _CALM)
    shortest = min(rung, 10 * _MINUTE if _age(history) < _DAY else _CALM)
    return max(shortest, min(rung, again_young, _between_changes(history) / _LOOKS_A_CHANGE))


def _between_changes(history: PageHistory) -> timedelta:
    """The estimated mean time between changes, seen or not.

    The estimator of J. Cho and H. Garcia-Molina, "Estimating frequency of change", ACM Transactions on Internet
    Technology 3(3), 2003, section 4.2, for changes as a Poisson process seen at intervals I: of n looks X found a
    change, rate = -ln((n - X + 0.5) / (n + 0.5)) / I. Here I is the mean interval. The unchanged looks before the last
    change are not counted in the history: n is too small by these and the rate too high, which errs to the watchful.
    """
    unchanged, looks = history.unchanged_visits, history.changes + history.unchanged_visits
    per_look = log((looks + 0.5) / (unchanged + 0.5))
    return _watched(history) / looks / per_look


def _watched(history: PageHistory) -> timedelta:
    return max(history.last_visit - history.first_seen, _MINUTE)
