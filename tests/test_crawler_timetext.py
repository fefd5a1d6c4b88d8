from datetime import time, timedelta

import pytest

from crawler.timetext import cron_line, duration, time_of_day, window


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("10m", 600), ("1h30m", 5400), ("1d", 86_400), ("2w", 1_209_600)]
)
def test_a_duration_is_a_number_with_its_unit(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "10", "m", "10 m", "-1m", "1.5h", "0s", "1y", "10M", "999999999w"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a duration"):
        duration(text)


@pytest.mark.parametrize("text", ["", "6:30", "24:00", "06:60", "06:30:00", "six"])
def test_other_times_of_day_are_refused(text: str) -> None:
    assert time_of_day("06:30") == time(6, 30)
    with pytest.raises(ValueError, match="must be a time of day"):
        time_of_day(text)


def test_a_window_leaves_out_its_end() -> None:
    day = window("06:00-22:00")
    assert day.holds(time(6, 0))
    assert day.holds(time(21, 59))
    assert not day.holds(time(22, 0))


def test_a_window_may_run_past_midnight() -> None:
    night = window("22:00-05:30")
    assert night.holds(time(23, 0))
    assert night.holds(time(0, 0))
    assert night.holds(time(5, 29))
    assert not night.holds(time(12, 0))


def test_a_window_may_end_at_midnight_or_hold_the_whole_day() -> None:
    assert window("18:00-24:00").holds(time(23, 59))
    assert not window("18:00-24:00").holds(time(0, 0))
    assert window("00:00-24:00").holds(time(12, 0))


@pytest.mark.parametrize("text", ["", "06:00", "06:00-06:00", "06:00-25:00", "6-22"])
def test_other_windows_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be hours"):
        window(text)


@pytest.mark.parametrize(
    "text", ["* * * * *", "*/10 6-22 * * mon-fri", "0,30 * 1-15/2 jan,jul 0", "5 4 31 12 7", "0 6 * * sat,sun"]
)
def test_a_cron_line_has_five_fields(text: str) -> None:
    assert cron_line(f"  {text.upper()} ") == text


@pytest.mark.parametrize(
    ("text", "field"),
    [("60 * * * *", "minute"), ("* 24 * * *", "hour"), ("* * 0 * *", "day of the month"), ("* * * foo *", "month"),
     ("* * * * 8", "day of the week"), ("*/0 * * * *", "minute"), ("9-5 * * * *", "minute"), ("5/2 * * * *", "minute"),
     ("1-2-3 * * * *", "minute"), ("1, * * * *", "minute")],
)  # fmt: skip
def test_a_fault_in_a_cron_line_names_the_field(text: str, field: str) -> None:
    with pytest.raises(ValueError, match=field):
        cron_line(text)


def test_a_cron_line_of_four_fields_is_refused() -> None:
    with pytest.raises(ValueError, match="five fields"):
        cron_line("* * * *")
