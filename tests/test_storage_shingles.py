"""How alike texts are, and what a text has of an edit."""

import random
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.changes import Change
from storage.comparison.comparing import compare
from storage.copies.carrying import every_shingle, has
from storage.copies.shingles import bands, looks_alike, shingles, signature, similarity
from storage.rows import Has
from tests.newsroom import article

WORDS = [f"từ{number}" for number in range(400)]


def _mixed(seed: int, count: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def test_a_signature_is_what_it_was_in_the_last_release() -> None:
    """Signatures are stored: another one for the same text would hide every copy that was signed before.

    If a new release of the library changes it, its algorithm version does too, and the release notes say so.
    """
    signed = signature(WORDS)
    assert signed is not None
    assert len(signed) == 193
    assert sha256(signed).hexdigest()[:16] == "0092e7d6f78a50bd"
    assert bands(signed)[:2] == [-4294780778385706924, -7076907200785906516]


def test_texts_that_share_half_of_their_shingles_have_a_band_in_common() -> None:
    met = 0
    for seed in range(60):
        one = _mixed(seed)
        other = one[:268] + _mixed(1000 + seed, 132)  # 266 of 530 shingles
        a, b = signature(one), signature(other)
        assert a is not None
        assert b is not None
        met += bool(set(bands(a)) & set(bands(b)) and looks_alike(a, b))
    assert met >= 56


def test_unrelated_texts_do_not_look_alike() -> None:
    signed = [made for seed in range(40) if (made := signature(_mixed(seed)))]
    assert not any(looks_alike(a, b) for n, a in enumerate(signed) for b in signed[:n])


def test_signatures_by_another_version_of_the_algorithm_do_not_meet() -> None:
    signed = signature(WORDS)
    assert signed is not None
    later = bytes([signed[0] + 1]) + signed[1:]
    assert not looks_alike(signed, later)
    assert not set(bands(signed)) & set(bands(later))


@given(one=st.lists(st.sampled_from("abcde")), other=st.lists(st.sampled_from("abcde")))
def test_similarity_is_the_same_both_ways_and_one_for_equal_texts(one: list[str], other: list[str]) -> None:
    a, b = shingles(one), shingles(other)
    assert similarity(a, b) == similarity(b, a)
    assert similarity(a, a) == (1.0 if one else 0.0)
    assert 0 <= similarity(a, b) <= 1


SAID = "Tuyến đường dài 35 km nối bốn xã vùng cao với quốc lộ, hoàn thành vào cuối năm sau."
BARE = "Tuyến đường nối bốn xã vùng cao với quốc lộ, hoàn thành vào cuối năm sau."
MORE = "Chủ tịch tỉnh không dự lễ khởi công vì bận họp ở trung ương."


@pytest.mark.parametrize(
    ("old", "new", "text", "verdict"),
    [
        ((SAID,), (SAID.replace("35", "53"),), SAID, Has.OLD),
        ((SAID,), (SAID.replace("35", "53"),), SAID.replace("35", "53"), Has.NEW),
        ((SAID,), (SAID.replace("35", "53"),), f"Có 53 hộ. {SAID}", Has.OLD),
        ((SAID,), (SAID.replace("35", "53"),), "Có 53 hộ và 35 nhà ở xã vùng cao.", Has.NEITHER),
        ((SAID,), (SAID.replace("35", "53"),), "Theo đó, tuyến đường dài 53 km sẽ nối bốn xã.", Has.NEW),
        ((SAID,), (SAID.replace("35", "53"),), f"{SAID} {SAID.replace('35', '53')}", Has.BOTH),
        ((SAID,), (BARE,), BARE, Has.NEW),
        ((SAID,), (BARE,), SAID, Has.OLD),
        ((BARE,), (SAID,), BARE, Has.OLD),
        ((SAID,), (SAID, MORE), f"{SAID} {MORE}", Has.NEW),
        ((SAID,), (SAID, MORE), SAID, Has.NEITHER),
        ((SAID, MORE), (SAID,), f"{SAID} {MORE}", Has.OLD),
        ((SAID, MORE), (SAID,), SAID, Has.NEITHER),
        ((MORE,), (MORE.replace("không dự", "dự"),), MORE, Has.OLD),
    ],
)
def test_a_text_has_the_new_words_of_an_edit_or_the_old_ones(
    old: tuple[str, ...], new: tuple[str, ...], text: str, verdict: Has
) -> None:
    changes = compare(article(old), article(new)).changes
    assert has(every_shingle(article((text,), title="Tin khác")), changes) is verdict


def test_an_edit_of_a_byline_or_of_shapes_only_has_no_words_to_look_for() -> None:
    text = every_shingle(article((SAID,)))
    assert has(text, [Change(field="authors", kinds=(), before="An", after="Bình")]) is None
    assert has(text, [Change(field="body", kinds=(), before="Uỷ ban đã họp.", after="Ủy ban đã họp.")]) is None
    assert has(text, []) is None


def test_an_edit_of_which_a_text_has_one_change_new_and_one_old_has_both() -> None:
    changes = [
        Change(field="body", kinds=(), before="dài 35 km nối", after="dài 53 km nối"),
        Change(field="body", kinds=(), before="vào cuối năm sau", after="vào đầu năm sau"),
    ]
    assert has(every_shingle(article(("Đường dài 53 km nối xã, xong vào cuối năm sau.",))), changes) is Has.BOTH
