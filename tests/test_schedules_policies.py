"""What a site file says about when, as the timetable has it."""

from datetime import time, timedelta

import pytest

from crawler.sitefiles import site_of
from schedules.policies import Policy, policy_of
from storage.errors import ConfigError


def policy(schedule: str) -> Policy:
    text = 'name = "Báo Ví Dụ"\nhome = "https://baovidu.example/"\ntimezone = "Asia/Ho_Chi_Minh"\n[schedule]\n'
    return policy_of(site_of(text + schedule, "baovidu", "site.toml"))


def test_a_site_file_that_says_nothing_gives_the_usual_schedule() -> None:
    found = policy("")
    assert found.discovery.every == timedelta(minutes=10)
    assert found.revisit.ladder == ()
    assert found.timezone.key == "Asia/Ho_Chi_Minh"


def test_an_interval_a_ladder_and_windows_are_taken_over() -> None:
    found = policy('discover = "1h"\nrevisit = ["15m", "1h"]\nwindows = ["06:00-23:00"]')
    assert found.discovery.every == timedelta(hours=1)
    assert found.revisit.ladder == (timedelta(minutes=15), timedelta(hours=1))
    assert [(window.start, window.end) for window in found.discovery.windows] == [(time(6), time(23))]


def test_a_cron_line_stands_in_the_zone_of_the_site() -> None:
    found = policy('discover = "0 6 * * 1-5"')
    assert found.discovery.every is None
    assert found.discovery.cron == policy('discover = "0 6 * * 1-5"').discovery.cron
    assert found.discovery.cron != policy('discover = "0 7 * * 1-5"').discovery.cron


def test_fixed_times_replace_the_interval_that_nobody_wrote() -> None:
    assert policy('times = ["06:00"]').discovery.every is None
    assert policy('times = ["06:00"]\ndiscover = "1h"').discovery.every == timedelta(hours=1)


def test_a_cron_line_for_a_day_that_never_comes_is_a_fault_of_its_key() -> None:
    with pytest.raises(ConfigError, match=r"baovidu: schedule\.discover: .*never comes"):
        policy('discover = "0 0 30 2 *"')
