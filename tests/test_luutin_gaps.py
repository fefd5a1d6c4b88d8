"""Where watching a page had a gap."""

from datetime import UTC, datetime, timedelta

from luutin.gaps import gaps

START = datetime(2026, 3, 1, tzinfo=UTC)


def _gaps(*hours: float) -> list[float | None]:
    """The gaps, in hours, of looks that are so many hours apart."""
    looks = [START]
    for apart in hours:
        looks.append(looks[-1] + timedelta(hours=apart))
    return [None if gap is None else gap.total_seconds() / 3600 for gap in gaps(looks)]


def test_an_hourly_watch_that_stopped_for_three_days_has_a_gap() -> None:
    assert _gaps(1, 1, 1, 72, 1) == [None, None, None, None, 72, None]


def test_a_weekly_look_is_no_gap_where_a_page_is_looked_at_weekly() -> None:
    assert _gaps(24 * 5, 24 * 7, 24 * 7)[2:] == [None, None]


def test_a_second_look_after_a_day_or_more_is_one() -> None:
    assert _gaps(23) == [None, None]
    assert _gaps(30) == [None, 30]


def test_a_page_that_was_never_looked_at_has_none() -> None:
    assert gaps([]) == []
