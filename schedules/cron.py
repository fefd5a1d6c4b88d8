"""Cron lines as crontab(5) means them, found by APScheduler and right on the days of a clock change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from apscheduler.triggers.cron import CronTrigger

from schedules.wallclock import change_between, instant_of, wall_of
from storage.errors import ConfigError

_SHORTHANDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_TICK = timedelta(microseconds=1)
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CronLine:
    """A cron line in a zone. Build it with `cron_line`; two of one line and zone are equal."""

    line: str
    zone: tzinfo

    def after(self, moment: datetime) -> datetime:
        """The first time after `moment`, in UTC.

        As in Vixie cron, a line with given hours runs once on the day of a clock change: a time that is skipped
        at the end of the gap, a time that comes twice at its first coming. A line for every hour runs in both.
        """
        triggers = _triggers(self.line)
        found = _every_hour if self.line.split()[1].startswith("*") else _at_given_hours
        return min(found(trigger, moment, self.zone) for trigger in triggers)


def cron_line(line: str, zone: tzinfo) -> CronLine:
    """Read a line of five fields or a shorthand such as `@daily`; raises ConfigError where it can never run."""
    fields = _SHORTHANDS.get(line.strip().lower(), line)
    try:
        triggers = _triggers(fields)
    except ValueError as error:
        raise ConfigError([f"{line!r} is not a cron line: {error}"]) from error
    if any(trigger.get_next_fire_time(None, _SOME_DAY) is None for trigger in triggers):
        raise ConfigError([f"{line!r} is a cron line for a day that never comes"])
    return CronLine(line=" ".join(fields.split()), zone=zone)


def _triggers(line: str) -> list[CronTrigger]:
    """One trigger, or two where both the day of the month and the weekday are given: crontab(5) joins them by "or".

    They run in UTC and are given wall times as if those were UTC: in a zone of its own, CronTrigger leaves out the
    whole day when the clock skips midnight (America/Sao_Paulo, 2018-11-04), and runs twice in a repeated hour.
    """
    minute, hour, day, month, weekday = _five(line)
    weekdays, months = _weekdays(weekday), _months(month)
    pairs = [(day, weekdays)]
    if not day.startswith("*") and not weekday.startswith("*"):
        pairs = [(day, "*"), ("*", weekdays)]
    return [
        CronTrigger(minute=minute, hour=hour, day=days, month=months, day_of_week=names, timezone=UTC)
        for days, names in pairs
    ]


def _five(line: str) -> list[str]:
    fields = line.split()
    if len(fields) != 5:
        raise ValueError(f"it has {len(fields)} fields, and should have minute, hour, day, month and weekday")
    return fields


def _months(field: str) -> str:
    """The month field in numbers: APScheduler takes names, but drops the step of `jan-jun/2` without a word."""
    return re.sub(r"[a-z]+", lambda name: _month(name[0]), field.lower())


def _month(name: str) -> str:
    if name not in _MONTHS:
        raise ValueError(f"{name!r} is not a month: 1 to 12 or jan to dec")
    return str(_MONTHS.index(name) + 1)


def _weekdays(field: str) -> str:
    """The weekday field by names: crontab(5) counts from Sunday (0 or 7), APScheduler 3 from Monday."""
    if field == "*":
        return field
    return ",".join(dict.fromkeys(_WEEKDAYS[day % 7] for item in field.split(",") for day in _span(item)))


def _span(item: str) -> range:
    days, _, step = item.partition("/")
    if step and (not step.isdecimal() or int(step) == 0):
        raise ValueError(f"{item!r} has no step that can be taken")
    if days == "*":
        return range(0, 7, int(step or 1))
    first, dash, last = days.partition("-")
    start = _weekday(first)
    end = _weekday(last) if dash else 6 if step else start
    return range(start, end + 7 if end < start else end + 1, int(step or 1))


def _weekday(text: str) -> int:
    if text.lower() in _WEEKDAYS:
        return _WEEKDAYS.index(text.lower())
    if not text.isdecimal() or int(text) > 7:
        raise ValueError(f"{text!r} is not a weekday: 0 to 7 or sun to sat")
    return int(text)


def _walls(trigger: CronTrigger, wall: datetime) -> Iterator[datetime]:
    """The wall times of a trigger, from `wall` on."""
    moment = wall.replace(tzinfo=UTC)
    while (fire := trigger.get_next_fire_time(None, moment)) is not None:
        yield fire.replace(tzinfo=None)
        moment = fire + _TICK


def _at_given_hours(trigger: CronTrigger, moment: datetime, zone: tzinfo) -> datetime:
    instants = (instant_of(wall, zone) for wall in _walls(trigger, wall_of(moment, zone)))
    return next(instant for instant in instants if instant > moment)


def _every_hour(trigger: CronTrigger, moment: datetime, zone: tzinfo) -> datetime:
    """Walk with the offset in force, and go on from a clock change with the new one."""
    found = _with_offset(trigger, moment + _TICK, zone)
    if found.astimezone(zone).utcoffset() == moment.astimezone(zone).utcoffset():
        return found
    return _with_offset(trigger, change_between(moment.astimezone(UTC), found, zone), zone)


def _with_offset(trigger: CronTrigger, moment: datetime, zone: tzinfo) -> datetime:
    wall = wall_of(moment, zone)
    return moment.astimezone(UTC) + (next(_walls(trigger, wall)) - wall)
