"""zstd with a prefix, skip-deltas: exact, bounded, and damage is noticed."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.bodycodec import SEGMENT, base_of, compress, decompress, hops_to, pack, prefix_of, unpack
from storage.errors import DamagedBodyError

ARTICLE = ("<p>Sáng 11/3, Sở Y tế Hà Nội cho biết có 35 người nhập viện.</p>" * 200).encode()


@given(data=st.binary(max_size=5000), prefix=st.none() | st.binary(max_size=5000))
def test_what_comes_out_is_what_went_in(data: bytes, prefix: bytes | None) -> None:
    assert decompress(compress(data, prefix), prefix) == data


@pytest.mark.parametrize("prefix", [b"", b"OK", b"0123456", b"01234567"])
def test_a_prefix_too_short_for_zstd_does_no_harm(prefix: bytes) -> None:
    assert decompress(compress(ARTICLE, prefix), prefix) == ARTICLE


def test_a_large_body_reaches_back_over_the_whole_of_its_prefix() -> None:
    prefix = b"".join(index.to_bytes(4, "big") for index in range(500_000))  # 2 MB in which nothing repeats
    frame = compress(prefix, prefix)
    assert len(frame) < 1000
    assert decompress(frame, prefix) == prefix


@pytest.mark.parametrize("size", [60_000, 250_000, 520_000, 640_000, 700_000, 1_040_000, 2_000_000])
@pytest.mark.parametrize("first", [False, True])
def test_an_edit_costs_little_however_large_the_body_is_and_however_little_repeats_in_it(
    size: int, *, first: bool
) -> None:
    before = Random(size).randbytes(size)
    after = before[: size // 3] + b"35" + before[size // 3 + 2 :]
    line = [before, Random(1).randbytes(min(size, 400_000))]
    kept = pack(after, line, first=first)
    assert len(kept) < size / 150
    assert unpack(kept, line) == after


def test_a_body_with_little_changed_costs_little() -> None:
    edited = ARTICLE.replace(b"35", b"36", 1)
    assert len(compress(edited, ARTICLE)) < 60


@pytest.mark.parametrize("seq", [*range(SEGMENT + 1), 2 * SEGMENT - 1, 300, 100_000])
def test_every_body_is_reached_in_at_most_seven_hops(seq: int) -> None:
    hops, place = 0, seq
    while (base := base_of(place)) is not None:
        assert 0 <= base < place
        assert base // SEGMENT == place // SEGMENT
        hops, place = hops + 1, base
    assert hops == hops_to(seq)
    assert hops <= 7


def test_two_of_three_bodies_are_built_on_the_one_before_them_and_more_of_the_first() -> None:
    assert sum(base_of(seq) == seq - 1 for seq in range(SEGMENT)) == 84
    assert [seq for seq in range(1, 36) if base_of(seq) != seq - 1] == [8, 15, 21, 26, 30, 33, 35]


def test_all_that_a_body_is_built_on_is_its_prefix_with_the_nearest_last() -> None:
    assert prefix_of([]) is None
    assert prefix_of([b"near", b"far", b"farther"]) == b"fartherfarnear"


def test_of_large_bodies_only_the_nearest_are_the_prefix() -> None:
    large = b"x" * 1_000_000
    assert prefix_of([large, b"far" * 50_000, b"small"]) == large
    assert prefix_of([large * 2, b"small"]) == large * 2


def test_the_first_body_of_a_page_is_searched_more_than_one_that_follows() -> None:
    chance = Random(1)
    words = [chance.randbytes(5).hex() for _ in range(40_000)]
    template = " ".join(words).encode()
    other = " ".join(word if chance.random() < 0.3 else words[chance.randrange(40_000)] for word in words).encode()
    line = [template * 4]
    first, following = pack(other, line, first=True), pack(other, line)
    assert len(first) < len(following)
    assert unpack(first, line) == unpack(following, line) == other


@given(data=st.binary(max_size=2000), line=st.lists(st.binary(max_size=2000), max_size=4))
def test_what_is_unpacked_is_what_was_packed(data: bytes, line: list[bytes]) -> None:
    assert unpack(pack(data, line), line) == data


@pytest.mark.parametrize(
    "line", [[], [ARTICLE], [ARTICLE, ARTICLE.replace(b"35", b"36")], [b"x" * 400_000, ARTICLE * 8]]
)
def test_what_an_earlier_release_kept_is_unpacked(line: list[bytes]) -> None:
    kept = compress(ARTICLE + b"<p>1</p>", prefix_of(line, 1 << 19))
    assert kept.startswith(bytes.fromhex("28b52ffd"))
    assert unpack(kept, line) == ARTICLE + b"<p>1</p>"


def test_what_an_earlier_release_packed_against_a_megabyte_of_large_bodies_is_unpacked() -> None:
    chance = Random(1)
    line = [chance.randbytes(400_000), chance.randbytes(400_000)]
    data = line[0] + line[1][-1000:]
    kept = b"\x01" + compress(data, prefix_of(line))[4:]
    assert len(kept) < 200  # it points to both
    assert unpack(kept, line) == data


def test_what_an_earlier_release_packed_against_half_a_megabyte_of_large_bodies_is_unpacked() -> None:
    chance = Random(1)
    line = [chance.randbytes(200_000), chance.randbytes(200_000)]
    data = line[0] + line[1][-1000:]
    kept = b"\x04" + compress(data, prefix_of(line, 1 << 19), quickly=True)[4:]
    assert len(kept) < 200  # it points to both
    assert unpack(kept, line) == data


def test_against_large_bodies_less_is_searched_than_before() -> None:
    chance = Random(1)
    line = [chance.randbytes(400_000), chance.randbytes(400_000)]
    kept = pack(line[1], line)
    assert unpack(kept, line) == line[1]
    assert len(kept) > 300_000
    assert len(pack(line[1], line, first=True)) < 200


def test_bodies_further_back_are_searched_than_an_earlier_release_did() -> None:
    line = [b"x" * 400_000, ARTICLE * 8]
    assert prefix_of(line) == line[1] + line[0]
    assert prefix_of(line, 1 << 19) == line[0]


@pytest.mark.parametrize("kept", [b"", b"\x00", b"\x02" + b"x" * 20, b"\x01", b"(\xb5/", b"\x01\x00\x00"])
def test_what_nothing_packed_is_damaged(kept: bytes) -> None:
    with pytest.raises(DamagedBodyError):
        unpack(kept, [ARTICLE])


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7), prefixed=st.booleans())
def test_a_flipped_bit_never_raises_anything_but_a_damaged_body(place: int, bit: int, prefixed: bool) -> None:
    prefix = ARTICLE[:3000] if prefixed else None
    frame = bytearray(compress(ARTICLE, prefix))
    frame[place % len(frame)] ^= 1 << bit
    try:
        decompress(bytes(frame), prefix)
    except DamagedBodyError:
        return  # what decodes all the same is found by its SHA-256


@pytest.mark.parametrize("length", [0, 1, 5, 20])
def test_a_frame_cut_short_is_damaged(length: int) -> None:
    with pytest.raises(DamagedBodyError):
        decompress(compress(ARTICLE, None)[:length], None)


def test_a_frame_that_claims_more_than_memory_holds_is_damaged() -> None:
    claims_2_to_60_bytes = bytes.fromhex("28b52ffde0") + (1 << 60).to_bytes(8, "little") + bytes.fromhex("010000")
    with pytest.raises(DamagedBodyError):
        decompress(claims_2_to_60_bytes, None)
