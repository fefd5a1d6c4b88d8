"""When two statements of a time mean the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.comparison.fields import same_moment
from storage.records import Moment


def moment(text: str, *, hours: int = 7, date_only: bool = False) -> Moment:
    offset = timedelta(hours=hours)
    at = datetime.fromisoformat(text).replace(tzinfo=UTC) - offset
    return Moment(at=at, offset=offset, text=text, date_only=date_only)


EVENING = moment("2025-03-11T20:25")


@pytest.mark.parametrize(
    "other",
    [
        moment("2025-03-11T13:25", hours=0),
        moment("2025-03-11T20:25:31"),
        moment("2025-03-11T20:25", hours=0),  # the same clock time, with another zone claimed for it
        moment("2025-03-11", date_only=True),
    ],
)
def test_a_time_restated_is_the_same(other: Moment) -> None:
    assert same_moment(EVENING, other)
    assert same_moment(other, EVENING)


@pytest.mark.parametrize(
    "other",
    [moment("2025-03-11T20:26"), moment("2025-03-12T20:25"), moment("2025-03-10", date_only=True)],
)
def test_another_time_is_another(other: Moment) -> None:
    assert not same_moment(EVENING, other)
    assert not same_moment(other, EVENING)


def test_the_same_words_are_the_same_time_however_they_were_read() -> None:
    may = replace(moment("2018-05-10", date_only=True), text="05/10/2018")
    october = replace(moment("2018-10-05", date_only=True), text="05/10/2018")
    assert same_moment(may, october)
    assert not same_moment(may, replace(october, text="10/05/2018"))
