"""The word diff: exact, readable, bounded."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparison.patience import encode, matching_runs
from storage.comparison.textkey import text_key
from storage.comparison.tokens import tokens
from storage.comparison.worddiff import Hunk, word_diff

VOCABULARY = ["a", "b", "c", "d,", "e.", "1,5", "và", "không", "Hà", "Nội", "習", "近"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=30).map(" ".join)


def changed(hunks: tuple[Hunk, ...]) -> list[tuple[str, str]]:
    return [(hunk.old.strip(), hunk.new.strip()) for hunk in hunks if not hunk.equal]


@given(st.text(), st.text())
def test_the_pieces_joined_are_both_texts(old: str, new: str) -> None:
    hunks = word_diff(old, new)
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new


@given(WORDS, WORDS)
def test_equal_and_changed_hunks_take_turns_and_equal_ones_are_equal(old: str, new: str) -> None:
    hunks = word_diff(old, new)
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new
    assert all(first.equal != second.equal for first, second in itertools.pairwise(hunks))
    assert all(hunk.old.split() == hunk.new.split() for hunk in hunks if hunk.equal)


def test_a_number_with_its_sign_is_one_hunk() -> None:
    assert changed(word_diff("tăng 7,5%, đạt 2.379MW", "tăng 7,6%, đạt 2.379MW")) == [("7,5%", "7,6%")]


def test_changes_that_come_to_touch_are_one_hunk() -> None:
    hunks = word_diff("a b c c", "b b c a a")
    assert [hunk.equal for hunk in hunks] == [
        not hunks[0].equal if at % 2 else hunks[0].equal for at in range(len(hunks))
    ]


def test_an_inserted_sentence_is_whole() -> None:
    old = "Ông nói vậy. Ông nói thế."
    assert changed(word_diff(old, "Ông nói vậy. Ông nói khác. Ông nói thế.")) == [("", "Ông nói khác.")]


def test_a_rewritten_phrase_is_one_hunk_and_not_shreds() -> None:
    hunks = changed(word_diff("he went to the old house by car", "he drove in a very new van by car"))
    assert hunks == [("went to the old house", "drove in a very new van")]


def test_scripts_without_spaces_are_cut_by_character() -> None:
    assert changed(word_diff("習近平は11日に会談した", "習近平は12日に会談した")) == [("11", "12")]
    assert changed(word_diff("我们支持", "我们不支持")) == [("", "不")]


def test_a_key_decides_what_is_equal() -> None:
    assert not changed(word_diff("hoà bình", "hòa bình", key=text_key))
    assert changed(word_diff("hoà bình", "hòa bình")) == [("hoà", "hòa")]


def test_a_full_rewrite_of_five_thousand_words_has_few_hunks() -> None:
    shuffled = random.Random(1)
    vocabulary = [f"word{number}" for number in range(2000)]
    weights = [1 / (rank + 1) for rank in range(2000)]  # as words are spread in real text
    old, new = (" ".join(shuffled.choices(vocabulary, weights, k=5000)) for _ in range(2))
    assert len(changed(word_diff(old, new))) <= 40


@pytest.mark.parametrize(
    ("old", "new"),
    [("a " * 5000, "a " * 4000), ("a b " * 20_000, "b a a " * 20_000), ("-" * 100_000, "- " * 50_000)],
)
def test_hostile_text_is_compared_all_the_same(old: str, new: str) -> None:
    hunks = word_diff(old, new)
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GDP tăng 7,5% (62-65%).", ["GDP ", "tăng ", "7,5% ", "(", "62-65%", ")", "."]),
        ("ngày 11/3/2025 - 20:25", ["ngày ", "11/3/2025 ", "- ", "20:25"]),
        ("don't pay $5.5m", ["don't ", "pay ", "$5.5m"]),
        ("जनता पार्टी।", ["जनता ", "पार्टी", "।"]),
    ],
)
def test_tokens_are_words_with_their_trailing_space(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(st.text())
def test_no_character_is_lost_in_cutting(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(st.text("abcd", max_size=40), st.text("abcd", max_size=40))
def test_matches_are_in_order_and_equal(old: str, new: str) -> None:
    old_code, new_code = encode(old, new)
    i = j = 0
    for at, place, size in matching_runs(old_code, new_code):
        assert at >= i
        assert place >= j
        assert size > 0
        assert old[at : at + size] == new[place : place + size]
        i, j = at + size, place + size


@given(st.text("abcd", min_size=1, max_size=40))
def test_a_sequence_matches_itself_in_one_run(text: str) -> None:
    assert matching_runs(*encode(text, text)) == [(0, 0, len(text))]
