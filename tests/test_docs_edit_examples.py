"""docs/what-is-an-edit.md shows an example of each kind of edit, as the program prints it today."""

import pytest

from storage.changes import Acknowledged, ChangeKind
from storage.comparison.comparing import compare
from tests.edit_examples import END, PAGE, START, Example, examples, markdown


def test_the_page_shows_what_the_program_prints() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count(START) == text.count(END) == 1
    shown = text.partition(START)[2].partition(END)[0]
    assert shown == f"\n{markdown()}", "run: python -m tests.edit_examples"


def test_every_kind_has_an_example() -> None:
    assert {example.kind for example in examples()} == {*ChangeKind, None}


@pytest.mark.parametrize("example", examples(), ids=lambda example: f"{example.kind} {example.title}")
def test_an_example_is_of_the_kind_that_it_stands_for_and_of_no_other(example: Example) -> None:
    found = compare(example.old, example.new)
    assert found.kinds == ((example.kind,) if example.kind else ())
    assert (example.old != example.new) is True


def test_the_examples_show_declared_silent_and_touched_edits() -> None:
    assert {compare(one.old, one.new).acknowledged for one in examples() if one.kind} == set(Acknowledged)


def test_the_examples_are_in_three_languages() -> None:
    assert {example.old.language for example in examples()} == {"vi", "en", "de"}
