"""Cron lines mean what crontab(5) says, in the site's zone, on the days of a clock change too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.cron import cron_line
from storage.errors import ConfigError

BERLIN = ZoneInfo("Europe/Berlin")
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def runs(line: str, zone: ZoneInfo, start: str, count: int) -> list[str]:
    """The first runs after a wall time of the zone, as wall times of the zone with offset."""
    moment, found = datetime.fromisoformat(start).replace(tzinfo=zone), []
    for _ in range(count):
        moment = cron_line(line, zone).after(moment)
        found.append(f"{moment.astimezone(zone):%a %d %H:%M%z}")
    return found


def test_weekday_numbers_count_from_sunday() -> None:
    """APScheduler 3 counts from Monday; 11 March 2026 is a Wednesday."""
    for weekday in ("0", "7", "sun", "SUN"):
        assert runs(f"0 6 * * {weekday}", HANOI, "2026-03-11", 1) == ["Sun 15 06:00+0700"]
    assert runs("0 6 * * 1-5", HANOI, "2026-03-13", 3) == [
        "Fri 13 06:00+0700",
        "Mon 16 06:00+0700",
        "Tue 17 06:00+0700",
    ]
    assert runs("0 6 * * 5-7", HANOI, "2026-03-12", 3) == [
        "Fri 13 06:00+0700",
        "Sat 14 06:00+0700",
        "Sun 15 06:00+0700",
    ]
    assert runs("0 6 * * */2", HANOI, "2026-03-15", 3) == [
        "Sun 15 06:00+0700",
        "Tue 17 06:00+0700",
        "Thu 19 06:00+0700",
    ]


def test_a_day_of_the_month_and_a_weekday_are_joined_by_or() -> None:
    assert runs("0 0 13 * mon", HANOI, "2026-03-11", 3) == [
        "Fri 13 00:00+0700",
        "Mon 16 00:00+0700",
        "Mon 23 00:00+0700",
    ]


def test_a_step_over_months_by_name_is_kept() -> None:
    line = cron_line("0 0 1 jan-jun/2 *", UTC)
    months, moment = [], datetime(2026, 1, 2, tzinfo=UTC)
    for _ in range(4):
        moment = line.after(moment)
        months.append(moment.month)
    assert months == [3, 5, 1, 3]


def test_a_shorthand_stands_for_its_line() -> None:
    assert cron_line("@daily", HANOI) == cron_line("0  0 * * *", HANOI)


def test_a_time_that_the_clock_skips_runs_at_the_end_of_the_gap() -> None:
    assert runs("30 2 * * *", BERLIN, "2026-03-28 12:00", 2) == ["Sun 29 03:00+0200", "Mon 30 02:30+0200"]
    assert runs("15 2,3 * * *", BERLIN, "2026-03-28 12:00", 2) == ["Sun 29 03:00+0200", "Sun 29 03:15+0200"]


def test_a_day_without_a_midnight_is_not_left_out() -> None:
    """The clock of São Paulo went from Saturday 23:59 to Sunday 01:00 on 4 November 2018."""
    assert runs("0 0 * * *", SAO_PAULO, "2018-11-03 12:00", 2) == ["Sun 04 01:00-0200", "Mon 05 00:00-0200"]
    assert runs("0 */3 * * sun", SAO_PAULO, "2018-11-03 12:00", 2) == ["Sun 04 03:00-0200", "Sun 04 06:00-0200"]


def test_a_given_hour_runs_once_on_the_day_when_it_comes_twice() -> None:
    assert runs("30 2 * * *", BERLIN, "2026-10-24 12:00", 2) == ["Sun 25 02:30+0200", "Mon 26 02:30+0100"]


def test_every_hour_runs_through_the_repeated_hour() -> None:
    assert runs("*/30 * * * *", BERLIN, "2026-10-25 01:40", 6) == [
        "Sun 25 02:00+0200",
        "Sun 25 02:30+0200",
        "Sun 25 02:00+0100",
        "Sun 25 02:30+0100",
        "Sun 25 03:00+0100",
        "Sun 25 03:30+0100",
    ]
    assert runs("*/30 * * * *", BERLIN, "2026-03-29 01:40", 2) == ["Sun 29 03:00+0200", "Sun 29 03:30+0200"]


@given(
    st.sampled_from(["*/7 * * * *", "5 */2 * * *", "0 2 * * *", "30 0,2 * * 0", "59 23 28-31 * *", "0 3 13 * 5"]),
    st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Ho_Chi_Minh", "Africa/Cairo"]),
    st.integers(1_480_000_000, 1_900_000_000),
)
def test_runs_come_in_order_and_none_lies_between_two_of_them(line: str, zone: str, start: int) -> None:
    moment, cron = datetime.fromtimestamp(start, UTC), cron_line(line, ZoneInfo(zone))
    first = cron.after(moment)
    assert first > moment
    assert first.microsecond == first.second == 0
    assert cron.after(first) > first
    assert cron.after(moment + (first - moment) / 2) == first
    assert cron.after(first - timedelta(microseconds=1)) == first


@pytest.mark.parametrize(
    "line",
    ["", "* * * *", "61 * * * *", "0 0 31 2 *", "a b c d e", "0 0 * * 8", "0 0 * * mon-", "0 0 * foo *", "0 0 * * */0"],
)
def test_a_line_that_can_never_run_is_refused(line: str) -> None:
    with pytest.raises(ConfigError, match="cron line"):
        cron_line(line, UTC)
