"""The word diff: exact, readable, bounded."""

import itertools
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.comparison.hunks import Hunk
from storage.comparison.patience import encode, matching_runs
from storage.comparison.textkey import text_key
from storage.comparison.tokens import tokens
from storage.comparison.worddiff import word_diff

VOCABULARY = ["a", "b", "c", "d,", "e.", "1,5", "và", "không", "Hà", "Nội", "習", "近"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=30).map(" ".join)


def changed(hunks: tuple[Hunk, ...]) -> list[tuple[str, str]]:
    return [(hunk.old.strip(), hunk.new.strip()) for hunk in hunks if not hunk.equal]


@given(st.text(), st.text())
def test_the_pieces_joined_are_both_texts(old: str, new: str) -> None:
    hunks = word_diff(old, new)
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new


def long_text(rng: random.Random, size: int) -> list[str]:
    """So many words, spread as in real text, in sentences."""
    weights = [1 / (rank + 3) for rank in range(3000)]
    words = [f"từ{number}" if number % 7 else f"từ{number}," for number in rng.choices(range(3000), weights, k=size)]
    return [word + "." if number % 13 == 12 else word for number, word in enumerate(words)]


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A long text and what some phrases put in, dropped, replaced or moved make of it."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    old = long_text(rng, draw(st.sampled_from([50, 400, 3000])))
    new = list(old)
    for _ in range(draw(st.integers(1, 60))):
        at, size = rng.randrange(len(new) + 1), rng.randint(0, 40)
        new[at : at + size] = rng.choice([[], long_text(rng, rng.randint(1, 30)), new[at + size : at + size + 9]])
    separator = draw(st.sampled_from([" ", " ", "  ", "\n", " \n"]))
    return " ".join(old), separator.join(new)


def word_bounds(text: str) -> set[int]:
    """Where words begin, and every place between white space."""
    starts = set(itertools.accumulate(map(len, tokens(text)), initial=0))
    return starts | {at for at in range(1, len(text)) if text[at - 1].isspace()}


@given(edited_texts())
@settings(deadline=None, max_examples=60)
def test_a_diff_of_long_texts_is_exact_takes_turns_and_splits_no_word(texts: tuple[str, str]) -> None:
    old, new = texts
    hunks = word_diff(old, new)
    assert "".join(hunk.old for hunk in hunks) == old
    assert "".join(hunk.new for hunk in hunks) == new
    assert all(first.equal != second.equal for first, second in itertools.pairwise(hunks))
    assert all(hunk.old.split() == hunk.new.split() for hunk in hunks if hunk.equal)
    assert set(itertools.accumulate(len(hunk.old) for hunk in hunks)) <= word_bounds(old)
    assert set(itertools.accumulate(len(hunk.new) for hunk in hunks)) <= word_bounds(new)


@given(WORDS, WORDS)
def test_no_hunk_splits_a_word(old: str, new: str) -> None:
    hunks = word_diff(old, new)
    assert set(itertools.accumulate(len(hunk.old) for hunk in hunks)) <= word_bounds(old) | {0}
    assert set(itertools.accumulate(len(hunk.new) for hunk in hunks)) <= word_bounds(new) | {0}


@given(WORDS, WORDS)
def test_a_change_neither_begins_nor_ends_with_the_same_word_on_both_sides(old: str, new: str) -> None:
    for before, after in changed(word_diff(old, new)):
        if before and after:
            assert tokens(before)[0].rstrip() != tokens(after)[0].rstrip()
            assert tokens(before)[-1].rstrip() != tokens(after)[-1].rstrip()


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


def test_a_paragraph_that_a_rewrite_kept_is_shown_as_kept() -> None:
    rng = random.Random(4)
    before, kept, after, other, another = (" ".join(long_text(rng, size)) for size in (900, 60, 900, 1200, 700))
    hunks = word_diff(f"{before} {kept} {after}", f"{other} {kept} {another}")
    assert [kept in hunk.old for hunk in hunks if hunk.equal] == [True]
    assert len(changed(hunks)) == 2


def test_a_moved_block_of_a_long_text_is_taken_out_and_put_in_whole() -> None:
    rng = random.Random(5)
    first, second, third = (" ".join(long_text(rng, 910)) for _ in range(3))
    block = " ".join(long_text(rng, 130))
    hunks = changed(word_diff(f"{first} {block} {second} {third}", f"{first} {second} {block} {third}"))
    assert hunks == [(block, ""), ("", block)]


def test_a_changed_comma_in_a_long_text_is_the_only_change() -> None:
    words = long_text(random.Random(6), 3000)
    at = next(number for number, word in enumerate(words) if number > 1500 and word.endswith(","))
    hunks = changed(word_diff(" ".join(words), " ".join([*words[:at], words[at][:-1], *words[at + 1 :]])))
    assert hunks == [(",", "")]


def test_a_word_of_a_long_text_that_is_only_composed_otherwise_is_no_change() -> None:
    words = long_text(random.Random(7), 300)
    old, new = (
        [*words[:150], word, *words[150:250], mark, *words[250:]]
        for word, mark in (("Huế", "có"), ("Hue\u0302\u0301", "không"))
    )
    assert changed(word_diff(" ".join(old), " ".join(new))) == [("có", "không")]


def test_marks_beside_a_phrase_of_a_long_text_are_no_part_of_its_change() -> None:
    words = long_text(random.Random(8), 300)
    old, new = ([*words[:150], *phrase, *words[150:]] for phrase in (["(hai", "lần),"], ["(rất", "nhiều),"]))
    assert changed(word_diff(" ".join(old), " ".join(new))) == [("hai lần", "rất nhiều")]


@pytest.mark.parametrize(
    ("old", "new", "hunk"),
    [
        ("Chính phủ trình Quốc hội dự án luật.", "Thủ tướng trình Quốc hội dự án luật.", ("Chính phủ", "Thủ tướng")),
        ("Ông làm việc ở hợp tác xã.", "Ông làm việc ở uỷ ban nhân dân.", ("hợp tác xã", "uỷ ban nhân dân")),
        ("Đường sắt cao tốc chạy qua.", "Đường bộ ven biển chạy qua.", ("sắt cao tốc", "bộ ven biển")),
        ("Tại TP.HCM, mưa lớn.", "Tại Đồng bằng sông Hồng, mưa lớn.", ("TP.HCM", "Đồng bằng sông Hồng")),
    ],
)
def test_a_vietnamese_compound_is_one_hunk(old: str, new: str, hunk: tuple[str, str]) -> None:
    assert changed(word_diff(old, new)) == [hunk]


def test_the_same_texts_give_the_same_hunks_in_every_process() -> None:
    code = (
        "import random; from storage.comparison.worddiff import word_diff; rng = random.Random(2);"
        "texts = [' '.join(rng.choices('abcdefghijklm', k=900)) + '. '.join(rng.choices('xyz', k=90)) for _ in 'on'];"
        "print([len(hunk.old) for hunk in word_diff(*texts)])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def unlike(text: str) -> str:
    return " ".join(text.split()[::-1])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 5000, "a " * 4000),
        ("a b " * 20_000, "b a a " * 20_000),
        ("-" * 100_000, "- " * 50_000),
        (" ".join(map(str, range(50_000))), unlike(" ".join(map(str, range(50_000))))),
        ("x. " * 30_000, "y. x. " * 20_000),
        ("習" * 30_000, "近習" * 20_000),
        (" " * 50_000, "a" + " " * 40_000),
    ],
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


def test_a_hundred_thousand_items_have_a_character_each_and_none_is_a_surrogate() -> None:
    codes = "".join(encode(range(50_000), range(100_000)))
    assert len(set(codes)) == 100_000
    assert codes.encode()
