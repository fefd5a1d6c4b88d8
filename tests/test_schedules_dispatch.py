"""Which sites start, and which rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.children import Ended
from schedules.dispatch import LONGEST_REST, SHORTEST_REST, Ending, Rest, ending_of, rest_after, to_start

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
WELL = Ended(name="a", status=0, signal="", printed=3, took=timedelta(0), told=False, overran=False)
DEAD = replace(WELL, status=None, signal="SIGSEGV")

sites = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(sites, sites, sites, st.integers(0, 5))
def test_only_due_sites_start_in_order_each_once_and_never_too_many(
    due: list[str], running: list[str], resting: list[str], at_once: int
) -> None:
    rests = {site: Rest(until=NOON + SHORTEST_REST) for site in resting}
    started = to_start(due, running, rests, at_once, NOON)
    assert not set(started) & (set(running) | set(resting))
    assert started == [site for site in due if site in started]
    assert len(started) + len(running) <= max(at_once, len(running))


def test_the_longest_overdue_starts_first() -> None:
    assert to_start(["b", "a", "c"], {"b"}, {}, 2, NOON) == ["a"]


def test_a_site_starts_again_when_its_rest_is_over() -> None:
    rests = {"a": Rest(until=NOON)}
    assert to_start(["a"], (), rests, 1, NOON - timedelta(seconds=1)) == []
    assert to_start(["a"], (), rests, 1, NOON) == ["a"]


@pytest.mark.parametrize(
    ("ended", "ending"),
    [
        (WELL, Ending.DONE),
        (replace(WELL, status=1), Ending.FAULTS),
        (replace(WELL, status=2), Ending.CONFIGURATION),
        (replace(WELL, status=3), Ending.DIED),
        (DEAD, Ending.DIED),
        (replace(WELL, told=True), Ending.STOPPED),
        (replace(DEAD, told=True, overran=True), Ending.OVERRAN),
        (replace(WELL, told=True, overran=True), Ending.OVERRAN),
    ],
)
def test_an_end_has_one_name(ended: Ended, ending: Ending) -> None:
    assert ending_of(ended) is ending


def test_a_crawl_that_saw_pages_needs_no_rest() -> None:
    before = Rest(until=NOON, failures=4)
    assert rest_after(WELL, before, NOON) is None
    assert rest_after(replace(WELL, status=1), before, NOON) is None


def test_a_crawl_that_saw_nothing_rests_a_minute_however_often() -> None:
    rest = None
    for _ in range(3):
        rest = rest_after(replace(WELL, printed=0), rest, NOON)
        assert rest == Rest(until=NOON + SHORTEST_REST)


@pytest.mark.parametrize("ended", [DEAD, replace(WELL, status=2), replace(WELL, status=1, printed=0)])
def test_the_rest_doubles_from_a_minute_to_an_hour_while_crawls_fail(ended: Ended) -> None:
    rest, waits = None, []
    for _ in range(9):
        rest = rest_after(ended, rest, NOON)
        assert rest is not None
        waits.append((rest.until - NOON) // timedelta(minutes=1))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert rest is not None
    assert rest.until == NOON + LONGEST_REST
