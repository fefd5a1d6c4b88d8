"""What is learned of a site from its articles, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.sitememory import NOTHING, Memory, Spread, block_key, learn

PROMO = "Đăng ký nhận bản tin buổi sáng của Báo Ví Dụ tại đây"


def _page(*own: int, shared: dict[int, int] | None = None) -> dict[int, int]:
    """A page with blocks of 40 words of its own."""
    return dict.fromkeys(own, 40) | (shared or {})


def _spreads(pages: list[dict[int, int]]) -> dict[int, Spread]:
    return {key: Spread(spread) for key, spread in learn(pages).blocks}


def test_a_key_knows_letters_and_digits_and_nothing_else() -> None:
    assert block_key("Xem thêm: 5 bài  mới") == block_key("xem thêm – 5 bài mới!")
    assert block_key("3 bài mới") != block_key("5 bài mới")
    assert block_key("má") != block_key("ma")
    assert block_key("***") == 0
    assert -(2**63) <= block_key(PROMO) < 2**63


def test_half_a_surrogate_pair_has_a_key_too() -> None:
    assert block_key("\ud800 tin") == block_key("tin")
    assert block_key("tin\ud800tin") != 0


def test_a_single_article_teaches_nothing() -> None:
    assert learn([_page(1, 2, 3)]) == NOTHING
    assert NOTHING.digest == ""


def test_the_second_page_is_enough() -> None:
    assert _spreads([_page(1, 2, shared={9: 10}), _page(3, 4, shared={9: 10})]) == {9: Spread.EVERYWHERE}


def test_one_story_followed_up_once_among_many_is_in_some_articles_only() -> None:
    pages = [_page(100 + n, 200 + n, 300 + n) for n in range(18)]
    follow_ups = [_page(1, 2, 3, shared={9: 30}), _page(4, 5, 6, shared={9: 30})]
    assert _spreads(pages + follow_ups) == {9: Spread.SOME}


@pytest.mark.parametrize(("holders", "spread"), [(2, Spread.SOME), (5, Spread.OFTEN), (20, Spread.EVERYWHERE)])
def test_the_share_of_the_articles_says_how_widely_a_block_is_spread(holders: int, spread: Spread) -> None:
    pages = [_page(100 + n, 300 + n, shared={9: 12} if n < holders else {}) for n in range(100)]
    assert _spreads(pages) == {9: spread}


def test_an_article_under_two_addresses_does_not_eat_itself() -> None:
    assert learn([_page(1, 2, 3), _page(1, 2, 3), _page(4, 5, 6)]) == NOTHING


def test_a_copy_with_another_ending_is_still_the_same_article() -> None:
    assert learn([_page(1, 2, 3), _page(1, 2, 7), _page(4, 5, 6)]) == NOTHING


def test_what_two_articles_of_a_series_share_waits_for_a_third() -> None:
    cast = {9: 12, 10: 30, 11: 6}
    pair = [_page(*range(start, start + 6), shared=cast) for start in (20, 30)]
    assert learn([*pair, _page(1, 2)]) == NOTHING
    third = _page(*range(40, 46), shared={10: 30})
    assert _spreads([*pair, third]) == {9: Spread.EVERYWHERE, 10: Spread.EVERYWHERE, 11: Spread.EVERYWHERE}


def test_what_was_taken_out_before_keeps_being_known() -> None:
    pages = [_page(1, 2, shared={9: 0}), _page(3, 4, shared={9: 0}), _page(5, 6)]
    assert _spreads(pages) == {9: Spread.EVERYWHERE}


def test_what_only_older_articles_had_is_kept() -> None:
    older = learn([_page(1, 2, shared={9: 10}), _page(3, 4, shared={9: 10})])
    assert learn([_page(5, 6), _page(7, 8)], older) == older


def test_what_turns_out_to_be_rarer_than_it_seemed_is_known_as_that() -> None:
    early = learn([_page(1, 2, shared={9: 10}), _page(3, 4, shared={9: 10})])
    many = [_page(100 + n, 200 + n, shared={9: 10} if n < 2 else {}) for n in range(40)]
    assert dict(learn(many, early).blocks) == {9: Spread.SOME}
    assert dict(learn(many[1:], early).blocks) == {9: Spread.SOME}


def test_what_was_taken_out_does_not_make_two_pages_copies() -> None:
    pages = [_page(1, shared=dict.fromkeys(range(10, 30), 0)), _page(2, shared=dict.fromkeys(range(10, 30), 0))]
    assert len(learn(pages).blocks) == 20


def test_a_block_without_letters_is_never_learned() -> None:
    assert learn([_page(1, 2, shared={0: 0}), _page(3, 4, shared={0: 0})]) == NOTHING


@given(st.lists(st.dictionaries(st.integers(1, 12), st.integers(0, 60), max_size=6), max_size=8), st.randoms())
def test_the_order_of_the_pages_does_not_matter(pages: list[dict[int, int]], shuffler: object) -> None:
    mixed = list(pages)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert learn(mixed) == learn(pages)


def test_different_snapshots_have_different_digests() -> None:
    one, other = Memory(blocks=((9, 1),)), Memory(blocks=((9, 2),))
    assert one.digest != other.digest
    assert len(one.digest) == 8
