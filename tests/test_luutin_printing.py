"""Text for people: harmless, whole, and in plain lines."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from rich.console import Console
from rich.table import Table

from luutin.printing import ago, escape, print_table, window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b]0;title\x07", "\ufffd[2J\ufffd]0;title\ufffd"),
        ("\x9b31m\x00\x7f", "\ufffd31m\ufffd\ufffd"),
        ("one\r\ntwo\u2028three\tfour\x85five", "one two three four five"),
        ("[red]not \\ ours[/]", "[red]not \\ ours[/]"),
        ("Hà Nội\u200d ủy 🎉", "Hà Nội\u200d ủy 🎉"),
    ],
)
def test_text_of_others_is_shown_and_not_acted_upon(text: str, shown: str) -> None:
    screen = StringIO()
    Console(file=screen, force_terminal=True, color_system=None, soft_wrap=True, emoji=False).print(
        escape(text), end=""
    )
    assert screen.getvalue() == shown


def test_a_time_that_ends_before_it_begins_is_that_of_a_clock_that_was_set_back() -> None:
    assert "(2 h)" in window((NOW - timedelta(hours=2), NOW), 0)
    assert "(the clock was set back in between; 1 look in between" in window((NOW, NOW - timedelta(hours=2)), 1)


def test_a_table_is_not_cut_off_however_narrow_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    table = Table("address")
    table.add_row("https://baovidu.example/" + "x" * 200)
    print_table(table)
    assert "x" * 200 in capsys.readouterr().out


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (timedelta(0), "0 s ago"),
        (timedelta(seconds=59), "59 s ago"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(days=400), "400 d ago"),
        (timedelta(minutes=-90), "in 1 h"),
    ],
)
def test_a_time_is_told_in_one_unit(past: timedelta, said: str) -> None:
    assert ago(NOW - past, NOW) == said


def test_what_never_was_is_never() -> None:
    assert ago(None, NOW) == "never"
