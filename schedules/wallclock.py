"""What a clock on the wall says in a zone, and the instants that it stands for."""

from datetime import UTC, datetime, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


def wall_of(instant: datetime, zone: tzinfo) -> datetime:
    """What the clock shows: a naive time."""
    return instant.astimezone(zone).replace(tzinfo=None)


def instant_of(wall: datetime, zone: tzinfo) -> datetime:
    """The first instant, in UTC, at which the clock shows `wall`; for a time that the clock skips, the end of the gap.

    So the order of wall times is kept, and every wall time has one instant, on the days of a clock change too.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    # PEP 495: the two differ for a repeated time (the first comes first) and for a skipped one (it comes last).
    return first if first <= second else change_between(second, first, zone)


def last_instant_of(wall: datetime, zone: tzinfo) -> datetime:
    """The same, but of a time that the clock shows twice the second instant."""
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return max(second, instant_of(wall, zone))


def change_between(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The instant in (before, after] at which the zone takes up the offset from UTC that it has at `after`.

    Offsets change on whole seconds (RFC 8536), and once at most between the two.
    """
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
