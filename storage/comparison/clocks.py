"""Stated times that only tell when the page was asked for: a template that prints the present time states no change."""

from dataclasses import replace
from datetime import datetime, timedelta

from storage.records import Article, Moment

Seen = tuple[datetime, datetime]  # when the two captures that are compared were asked for

_NEAR = timedelta(minutes=1)  # between a request and the time that its answer tells
_HOUR = timedelta(hours=1)
_FARTHEST = 14  # hours that a zone is away from UTC, for a time that is told in a wrong one


def both(old: datetime | None, new: datetime | None) -> Seen | None:
    """When two captures were asked for, where both times are known."""
    return None if old is None or new is None else (old, new)


def without_clocks(old: Article, new: Article, seen: Seen | None) -> tuple[Article, Article]:
    """The articles without a published or modified time that is the time of the request in both.

    In one of them it may be chance: an editor saved a moment ago. In both it hardly is.
    """
    if seen is None:
        return old, new
    if _tell_clock(old.modified, new.modified, seen):
        old, new = replace(old, modified=None), replace(new, modified=None)
    if _tell_clock(old.published, new.published, seen):
        old, new = replace(old, published=None), replace(new, published=None)
    return old, new


def _tell_clock(old: Moment | None, new: Moment | None, seen: Seen) -> bool:
    if old is None or new is None or old.at == new.at or old.date_only or new.date_only:
        return False
    first = _hours_off(old.at - seen[0])
    return first is not None and first == _hours_off(new.at - seen[1])


def _hours_off(distance: timedelta) -> int | None:
    """Whole hours that a time is away from another, but for a minute; None where it is no such number."""
    hours = round(distance / _HOUR)
    return hours if abs(hours) <= _FARTHEST and abs(distance - hours * _HOUR) <= _NEAR else None
