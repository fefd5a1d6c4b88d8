"""When sites are searched again, and since when they have had something to do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.timetext import Window
from schedules.cron import cron_line
from schedules.timetable import Discovery, due_since, next_discovery

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_a_site_never_searched_is_due_at_once_whatever_its_times() -> None:
    for discovery in (Discovery(every=HOUR), Discovery(times=(time(3),)), Discovery(cron=cron_line("0 3 * * *", UTC))):
        assert next_discovery(discovery, None, NOON, HANOI) == NOON


def test_an_interval_counts_from_the_last_discovery() -> None:
    assert next_discovery(Discovery(every=10 * MINUTE), NOON, NOON, UTC) == NOON + 10 * MINUTE


def test_a_missed_discovery_is_due_once_and_since_when_it_was_missed() -> None:
    last = NOON - 3 * DAY
    assert next_discovery(Discovery(every=HOUR), last, NOON, UTC) == last + HOUR
    assert next_discovery(Discovery(every=HOUR), NOON, NOON, UTC) == NOON + HOUR


def test_a_cron_line_runs_by_the_clock_of_the_site() -> None:
    discovery = Discovery(cron=cron_line("30 6 * * *", HANOI))
    assert next_discovery(discovery, NOON, NOON, HANOI) == datetime(2026, 3, 11, 23, 30, tzinfo=UTC)


def test_fixed_times_are_by_the_clock_of_the_site() -> None:
    discovery = Discovery(times=(time(6), time(20)))
    assert next_discovery(discovery, NOON, NOON, HANOI) == NOON + HOUR
    assert next_discovery(discovery, NOON + HOUR, NOON + HOUR, HANOI) == NOON + 11 * HOUR


def test_times_and_an_interval_together_both_count() -> None:
    discovery = Discovery(every=2 * HOUR, times=(time(20),))
    assert next_discovery(discovery, NOON, NOON, HANOI) == NOON + HOUR
    assert next_discovery(discovery, NOON + HOUR, NOON + HOUR, HANOI) == NOON + 3 * HOUR


@pytest.mark.parametrize(("day", "utc_hour"), [(28, 1), (29, 1), (30, 0)])
def test_a_fixed_time_keeps_to_the_wall_clock_over_a_clock_change(day: int, utc_hour: int) -> None:
    """Berlin goes from 02:00 to 03:00 on 29 March 2026, so 02:30 is at the end of the gap, 01:00 UTC."""
    last = datetime(2026, 3, day, 0, 0, tzinfo=BERLIN).astimezone(UTC)
    minute = 0 if day == 29 else 30
    expected = datetime(2026, 3, day, utc_hour, minute, tzinfo=UTC)
    assert next_discovery(Discovery(times=(time(2, 30),)), last, last, BERLIN) == expected


def test_a_discovery_that_falls_outside_the_windows_waits_for_the_next_opening() -> None:
    night = Discovery(every=10 * MINUTE, windows=(Window(start=time(22), end=time(5)),))
    opening = NOON + 3 * HOUR  # 22:00 in Hanoi
    assert next_discovery(night, NOON - DAY, NOON, HANOI) == opening
    assert next_discovery(night, None, NOON, HANOI) == opening
    assert next_discovery(night, opening, opening, HANOI) == opening + 10 * MINUTE


@given(
    st.none() | st.integers(0, 10 * 86_400),
    st.integers(0, 23),
    st.integers(0, 23),
    st.integers(60, 5 * 86_400),
)
def test_a_discovery_never_falls_outside_the_windows(ago: int | None, start: int, end: int, every: int) -> None:
    assume(start != end)
    discovery = Discovery(every=timedelta(seconds=every), windows=(Window(start=time(start), end=time(end)),))
    last = None if ago is None else NOON - timedelta(seconds=ago)
    due = next_discovery(discovery, last, NOON, HANOI)
    assert last is None or due >= last + timedelta(seconds=every)
    assert discovery.windows[0].holds(max(due, NOON).astimezone(HANOI).time())


def test_a_site_is_due_since_its_oldest_page_or_its_discovery_whichever_came_first() -> None:
    always = Discovery(every=HOUR)
    assert due_since(always, NOON + HOUR, NOON - HOUR, NOON, UTC) == NOON - HOUR
    assert due_since(always, NOON - DAY, NOON - HOUR, NOON, UTC) == NOON - DAY
    assert due_since(always, NOON, None, NOON, UTC) == NOON
    assert due_since(always, None, None, NOON, UTC) == NOON
    assert due_since(always, NOON + MINUTE, NOON + MINUTE, NOON, UTC) is None


def test_pages_that_are_due_wait_while_the_site_is_closed() -> None:
    night = Discovery(every=HOUR, windows=(Window(start=time(22), end=time(5)),))
    assert due_since(night, NOON - DAY, NOON - DAY, NOON, HANOI) is None
    assert due_since(night, NOON - DAY, NOON - DAY, NOON + 3 * HOUR, HANOI) == NOON - DAY
