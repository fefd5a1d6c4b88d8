"""The hours in which a site may be crawled, by its own clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.timetext import Window, window
from schedules.windows import in_window, next_opening

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def at(text: str, zone: ZoneInfo, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def test_a_site_without_windows_is_always_open() -> None:
    now = at("2026-03-11 03:00", HANOI)
    assert in_window((), now, HANOI)
    assert next_opening((), now, HANOI) == now


@pytest.mark.parametrize(
    ("clock", "is_open"), [("05:59", False), ("06:00", True), ("22:59", True), ("23:00", False), ("00:10", False)]
)
def test_a_window_is_open_from_its_start_up_to_its_end_by_the_clock_of_the_site(clock: str, is_open: bool) -> None:
    assert in_window((window("06:00-23:00"),), at(f"2026-03-11 {clock}", HANOI), HANOI) == is_open


def test_a_window_may_run_past_midnight() -> None:
    night = (window("22:00-05:00"),)
    assert in_window(night, at("2026-03-11 23:59", HANOI), HANOI)
    assert in_window(night, at("2026-03-12 04:59", HANOI), HANOI)
    assert not in_window(night, at("2026-03-12 05:00", HANOI), HANOI)
    assert next_opening(night, at("2026-03-12 05:00", HANOI), HANOI) == at("2026-03-12 22:00", HANOI)


def test_a_window_of_a_whole_day_never_closes() -> None:
    now = at("2026-03-11 00:00", HANOI)
    assert all(in_window((window("00:00-24:00"),), now + count * MINUTE, HANOI) for count in range(0, 3000, 7))


def test_the_next_opening_is_that_of_the_window_that_opens_first() -> None:
    two = (window("18:00-20:00"), window("06:00-08:00"))
    assert next_opening(two, at("2026-03-11 08:00", HANOI), HANOI) == at("2026-03-11 18:00", HANOI)
    assert next_opening(two, at("2026-03-11 20:00", HANOI), HANOI) == at("2026-03-12 06:00", HANOI)


def test_a_window_opens_at_the_same_wall_time_before_and_after_a_clock_change() -> None:
    day = (window("06:00-20:00"),)
    assert next_opening(day, at("2026-03-28 22:00", BERLIN), BERLIN) == datetime(2026, 3, 29, 4, tzinfo=UTC)
    assert next_opening(day, at("2026-03-27 22:00", BERLIN), BERLIN) == datetime(2026, 3, 28, 5, tzinfo=UTC)


def test_a_window_that_starts_in_the_skipped_hour_opens_at_its_end() -> None:
    assert next_opening((window("02:30-05:00"),), at("2026-03-29 00:00", BERLIN), BERLIN) == at(
        "2026-03-29 03:00", BERLIN
    )


def test_a_window_inside_the_skipped_hour_opens_on_the_next_day() -> None:
    assert next_opening((window("02:15-02:45"),), at("2026-03-29 00:00", BERLIN), BERLIN) == at(
        "2026-03-30 02:15", BERLIN
    )


def test_a_window_in_the_repeated_hour_holds_for_both_passes() -> None:
    night = (window("02:15-02:45"),)
    assert in_window(night, at("2026-10-25 02:30", BERLIN, fold=0), BERLIN)
    assert in_window(night, at("2026-10-25 02:30", BERLIN, fold=1), BERLIN)
    assert not in_window(night, at("2026-10-25 02:50", BERLIN, fold=1), BERLIN)


@given(
    st.lists(st.tuples(st.integers(0, 1439), st.integers(0, 1439)), min_size=1, max_size=3),
    st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.integers(1_322_000_000, 1_540_000_000),
)
def test_an_opening_is_open_and_the_minute_before_it_is_not(
    hours: list[tuple[int, int]], zone: str, start: int
) -> None:
    assume(all(first != last for first, last in hours))
    windows = [Window(start=_clock(first), end=_clock(last)) for first, last in hours]
    now = datetime.fromtimestamp(start, UTC)
    opening = next_opening(windows, now, ZoneInfo(zone))
    assert opening >= now
    assert in_window(windows, opening, ZoneInfo(zone))
    assert opening == now or not in_window(windows, opening - timedelta(seconds=1), ZoneInfo(zone))


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
