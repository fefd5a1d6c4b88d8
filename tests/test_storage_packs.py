"""Where compacted bodies are: any place comes back as it was, and what is none is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import bodycodec, packs
from storage.errors import DamagedBodyError
from storage.packs import Place

_numbers = st.integers(0, 1 << 50)


@given(at=_numbers, length=_numbers, start=_numbers)
def test_every_place_comes_back_and_is_taken_for_no_frame(at: int, length: int, start: int) -> None:
    place = Place(at=at, length=length, start=start)
    assert packs.place_of(packs.to_kept(place)) == place


def test_the_place_of_a_body_in_a_large_archive_takes_little() -> None:
    assert len(packs.to_kept(Place(at=40 << 30, length=9000, start=3 << 20))) <= 13


def test_frames_are_no_places() -> None:
    for kept in (
        bodycodec.pack(b"a" * 99, []),
        bodycodec.pack_together([b"a", b"b"], []),
        bodycodec.compress(b"a", None),
    ):
        assert packs.place_of(kept) is None


@pytest.mark.parametrize("kept", [b"\x02", b"\x02\x01\x01", b"\x02\x01\x01\x81", b"\x02\x01\x01\x01\x01"])
def test_a_place_that_cannot_be_read_is_damaged(kept: bytes) -> None:
    with pytest.raises(DamagedBodyError, match="where it is kept cannot be read"):
        packs.place_of(kept)


def test_each_of_several_bodies_comes_back_from_their_frame() -> None:
    line = [b"<p>older</p>" * 400, b"<p>oldest</p>" * 400]
    members = [b"<p>older</p>" * 399 + b"%d" % number for number in range(5)] + [b""]
    frame = bodycodec.pack_together(members, line)
    start = 0
    for member in members:
        assert packs.unpack(frame, line, start, len(member)) == member
        start += len(member)


def test_a_frame_that_holds_less_than_it_should_is_damaged() -> None:
    frame = bodycodec.pack_together([b"abc"], [])
    with pytest.raises(DamagedBodyError, match="3 bytes are there, and 5 should be"):
        packs.unpack(frame, [], 1, 4)
