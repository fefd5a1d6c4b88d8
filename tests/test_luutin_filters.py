"""What the filters of a command line mean."""

from datetime import UTC, datetime, timedelta

import pytest

from luutin.filters import parse_since
from storage.errors import ConfigError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("36h", NOW - timedelta(hours=36)),
        ("1h30m", NOW - timedelta(minutes=90)),
        ("2w", NOW - timedelta(weeks=2)),
        ("2026-02-28T08:00+07:00", datetime(2026, 2, 28, 1, tzinfo=UTC)),
        ("2026-02-28T08:00Z", datetime(2026, 2, 28, 8, tzinfo=UTC)),
    ],
)
def test_since_is_an_age_or_a_time(text: str, moment: datetime) -> None:
    assert parse_since(text, NOW) == moment


def test_a_day_without_a_zone_begins_at_midnight_of_this_machine() -> None:
    assert parse_since("2026-02-28", NOW) == datetime(2026, 2, 28).astimezone(UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "7", "7 d", "-7d", "999999d", "28/02/2026", "0001-01-01T00:00+14:00"]
)
def test_what_is_neither_is_a_fault(text: str) -> None:
    with pytest.raises(ConfigError, match="--since"):
        parse_since(text, NOW)
