"""When pages are due again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schedules.timetable import (
    GONE_LADDER,
    LADDER,
    LONGEST_BACKOFF,
    RECHECK,
    Revisit,
    next_due,
)
from storage.records import Outcome
from storage.visits import PageHistory

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
ADAPTIVE = Revisit()
GOOD = [Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.IDENTICAL, Outcome.NOT_MODIFIED]
FAULTS = [Outcome.ERROR, Outcome.SUSPECT, Outcome.TRUNCATED]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def seen(age: timedelta, outcome: Outcome = Outcome.SAME, **facts: object) -> PageHistory:
    """A page first seen `age` before its last visit, at noon."""
    plain = PageHistory(
        first_seen=NOON - age,
        published=None,
        last_visit=NOON,
        last_outcome=outcome,
        last_change=None,
        changes=0,
        unchanged_visits=0,
        failures=0,
        pending=False,
        retry_after=None,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # the facts are named by each test


def wait(history: PageHistory, schedule: Revisit = ADAPTIVE) -> timedelta:
    due = next_due(history, schedule, history.last_visit)
    assert due is not None
    return due - history.last_visit


@st.composite
def histories(draw: st.DrawFn, outcomes: Sequence[Outcome] = tuple(Outcome)) -> PageHistory:
    age = timedelta(seconds=draw(st.integers(0, 400 * 86_400)))
    changes = draw(st.integers(0, 500))
    quiet = timedelta(seconds=draw(st.integers(0, int(age.total_seconds()))))
    retry = draw(st.none() | st.integers(0, 90 * 86_400))
    outcome = draw(st.sampled_from(outcomes))
    return seen(
        age,
        outcome,
        published=draw(st.none() | st.just(NOON - 2 * age) | st.just(NOON + DAY)),
        last_change=NOON - quiet if changes else None,
        changes=changes,
        unchanged_visits=draw(st.integers(0, 500)),
        failures=0 if outcome in GOOD else draw(st.integers(1, 40)),
        pending=draw(st.booleans()) if changes else False,
        retry_after=None if retry is None else NOON + timedelta(seconds=retry),
    )


schedules = st.just(ADAPTIVE) | st.lists(st.integers(30, 10**7), min_size=1, max_size=6).map(
    lambda steps: Revisit(ladder=tuple(timedelta(seconds=step) for step in sorted(steps)))
)


@given(histories(), schedules, st.integers(0, 10**8))
def test_a_page_is_due_after_now_and_not_before_the_server_asked(
    history: PageHistory, schedule: Revisit, late: int
) -> None:
    now = NOON + timedelta(seconds=late)
    due = next_due(history, schedule, now)
    assert due is None or due > now
    assert due is None or history.retry_after is None or due >= history.retry_after


@given(histories(), schedules)
def test_only_a_page_that_is_no_longer_there_is_given_up(history: PageHistory, schedule: Revisit) -> None:
    if next_due(history, schedule, NOON) is None:
        assert history.last_outcome in {Outcome.GONE, Outcome.MOVED}


@given(histories(FAULTS), schedules, st.integers(1, 50))
def test_more_failures_never_make_a_page_due_earlier(history: PageHistory, schedule: Revisit, more: int) -> None:
    later = replace(history, failures=history.failures + more)
    assert wait(later, schedule) >= wait(history, schedule)


@given(histories(GOOD), st.integers(1, 50))
def test_more_unchanged_visits_never_make_a_page_due_earlier(history: PageHistory, more: int) -> None:
    later = replace(history, unchanged_visits=history.unchanged_visits + more)
    assert wait(later) >= wait(history)


@given(histories(GOOD), st.integers(1, 50))
def test_more_changes_never_make_a_settled_page_due_later(history: PageHistory, more: int) -> None:
    assume(not history.pending and history.last_change)
    assert wait(replace(history, changes=history.changes + more)) <= wait(history)


@given(histories(GOOD))
def test_a_sound_page_never_waits_longer_than_the_ladder_says(history: PageHistory) -> None:
    plain = replace(history, changes=0, last_change=None, pending=False, retry_after=None)
    assert wait(replace(history, retry_after=None)) <= wait(plain)


@given(histories(GOOD))
def test_no_page_is_looked_at_more_often_than_every_ten_minutes_without_a_pending_edit(history: PageHistory) -> None:
    assert wait(replace(history, pending=False)) >= 10 * MINUTE


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), 10 * MINUTE),
        (59 * MINUTE, 10 * MINUTE),
        (1 * HOUR, 30 * MINUTE),
        (5 * HOUR, 1 * HOUR),
        (20 * HOUR, 3 * HOUR),
        (2 * DAY, 12 * HOUR),
        (5 * DAY, 1 * DAY),
        (20 * DAY, 3 * DAY),
        (60 * DAY, 7 * DAY),
        (900 * DAY, 30 * DAY),
    ],
)
def test_an_article_is_looked_at_less_often_as_it_ages(age: timedelta, expected: timedelta) -> None:
    assert wait(seen(age)) == expected


def test_age_counts_from_publication_where_that_came_before_the_first_visit() -> None:
    assert wait(seen(timedelta(0), Outcome.NEW, published=NOON - 5 * DAY)) == 1 * DAY


def test_a_publication_time_in_the_future_does_not_make_an_old_article_young() -> None:
    assert wait(seen(5 * DAY, published=NOON + 7 * HOUR)) == 1 * DAY


def test_a_pending_edit_is_checked_in_five_minutes() -> None:
    edited = seen(40 * DAY, Outcome.CHANGED, changes=1, last_change=NOON, pending=True)
    assert wait(edited) == RECHECK


def test_a_page_that_changes_at_every_look_is_not_looked_at_every_five_minutes_for_ever() -> None:
    """Such a page always has a pending edit: a ticker that was read as text, say."""
    moment, history, looks = NOON, seen(DAY, Outcome.NEW), 0
    while moment < NOON + 10 * DAY:
        history = replace(
            history,
            last_visit=moment,
            last_outcome=Outcome.CHANGED,
            last_change=moment,
            changes=history.changes + 1,
            pending=True,
        )
        moment += wait(history)
        looks += 1
    assert looks < 10 * 24 + 20


def test_an_article_changed_long_after_publication_is_watched_again() -> None:
    quiet = seen(40 * DAY)
    changed = seen(40 * DAY, changes=1, last_change=NOON - 10 * MINUTE, unchanged_visits=1)
    calm_again = seen(80 * DAY, changes=1, last_change=NOON - 40 * DAY, unchanged_visits=12)
    assert (wait(quiet), wait(changed), wait(calm_again)) == (7 * DAY, 1 * HOUR, 7 * DAY)


def test_a_page_is_looked_at_twice_in_the_estimated_time_between_two_changes() -> None:
    """Ten changes and thirty looks without one in forty days: one change in 4 days, 3.6 by the estimator."""
    history = seen(40 * DAY, changes=10, last_change=NOON - 25 * DAY, unchanged_visits=30)
    assert 1.7 * DAY < wait(history) < 1.9 * DAY


def test_a_page_that_is_gone_is_confirmed_soon_then_checked_rarely_then_left() -> None:
    dues = [next_due(seen(DAY, Outcome.GONE, failures=count), ADAPTIVE, NOON) for count in range(1, 12)]
    waits = [due - NOON if due else None for due in dues]
    assert waits[0] == 10 * MINUTE
    assert waits == [*GONE_LADDER, None, None, None]
    assert list(GONE_LADDER) == sorted(GONE_LADDER)


def test_an_article_that_moved_and_was_read_there_is_followed_as_before() -> None:
    assert wait(seen(5 * HOUR, Outcome.MOVED, failures=0)) == 1 * HOUR
    assert wait(seen(5 * HOUR, Outcome.MOVED, failures=1)) == GONE_LADDER[0]


def test_failures_double_the_wait_from_five_minutes_to_a_day() -> None:
    waits = [wait(seen(HOUR, Outcome.ERROR, failures=count)) for count in range(1, 14)]
    assert waits[:4] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert waits[-1] == LONGEST_BACKOFF


def test_an_old_page_that_keeps_failing_is_not_looked_at_more_often_than_a_sound_one() -> None:
    assert wait(seen(200 * DAY, Outcome.ERROR, failures=40)) == 30 * DAY


@pytest.mark.parametrize("outcome", [Outcome.SUSPECT, Outcome.TRUNCATED])
def test_a_page_that_was_cut_short_or_blocked_is_looked_at_again_soon(outcome: Outcome) -> None:
    assert wait(seen(20 * DAY, outcome, failures=1)) == RECHECK


@pytest.mark.parametrize("outcome", [Outcome.UNREADABLE, Outcome.TOO_LARGE])
def test_a_page_that_cannot_be_read_is_not_looked_at_more_often_than_one_that_can(outcome: Outcome) -> None:
    assert wait(seen(5 * HOUR, outcome, failures=1)) == 1 * HOUR
    assert wait(seen(5 * HOUR, outcome, failures=30)) == LONGEST_BACKOFF


@pytest.mark.parametrize("outcome", [Outcome.DISALLOWED, Outcome.BLOCKED_ADDRESS])
def test_a_page_that_may_not_be_fetched_is_tried_daily_at_most(outcome: Outcome) -> None:
    assert wait(seen(HOUR, outcome, failures=1)) == 1 * DAY


def test_a_ladder_is_climbed_rung_by_rung_and_its_last_rung_repeats() -> None:
    steps = tuple(timedelta(minutes=step) for step in (15, 60, 360))
    moment, waits = NOON, []
    for _ in range(5):
        due = next_due(replace(seen(timedelta(0)), first_seen=NOON, last_visit=moment), Revisit(ladder=steps), moment)
        assert due
        waits.append((due - moment) // MINUTE)
        moment = due
    assert waits == [15, 60, 360, 360, 360]


def test_a_ladder_may_begin_with_seconds() -> None:
    assert wait(seen(timedelta(0)), Revisit(ladder=(timedelta(seconds=5), HOUR))) == timedelta(seconds=5)


def test_the_ladder_asks_for_thirty_nine_looks_in_the_first_month() -> None:
    moment, looks = NOON, 0
    while moment < NOON + 30 * DAY:
        moment += wait(replace(seen(timedelta(0)), first_seen=NOON, last_visit=moment))
        looks += 1
    assert looks == 39
    assert [end for end, _ in LADDER] == sorted(end for end, _ in LADDER)
