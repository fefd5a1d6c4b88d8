import gzip
import resource
import sys
import zlib

import brotli
import pytest

from crawler.fetching.codings import decode
from storage.records import Outcome

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "Tỉnh Tân Giang khởi công cầu Cửa Lộc. ".encode() * 5000
LIMIT = 10_000_000


def _bare_deflate(data: bytes) -> bytes:
    coder = zlib.compressobj(wbits=-15)
    return coder.compress(data) + coder.flush()


CODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT, quality=5),
    "zstd": zstd.compress(TEXT),
}


@pytest.mark.parametrize("coding", CODED)
def test_a_coded_body_is_decoded(coding: str) -> None:
    decoded = decode(CODED[coding], coding.upper(), LIMIT)
    assert (decoded.body, decoded.fault, decoded.outcome) == (TEXT, "", None)


def test_a_deflate_body_without_the_zlib_wrapper_is_decoded() -> None:
    assert decode(_bare_deflate(TEXT), "deflate", LIMIT).body == TEXT


def test_codings_are_undone_from_the_last_to_the_first() -> None:
    twice = brotli.compress(gzip.compress(TEXT))
    assert decode(twice, "gzip, identity, br", LIMIT).body == TEXT


@pytest.mark.parametrize("coding", CODED)
def test_a_body_cut_in_half_is_truncated_and_keeps_what_came(coding: str) -> None:
    coded = CODED[coding]
    decoded = decode(coded[: len(coded) // 2], coding, LIMIT)
    assert decoded.outcome is Outcome.TRUNCATED
    assert decoded.fault == f"its {coding} coding is cut short"
    assert TEXT.startswith(decoded.body)


@pytest.mark.parametrize("coding", CODED)
def test_a_body_without_its_last_byte_is_truncated(coding: str) -> None:
    assert decode(CODED[coding][:-1], coding, LIMIT).outcome is Outcome.TRUNCATED


@pytest.mark.parametrize("coding", CODED)
def test_html_said_to_be_coded_is_unreadable_and_not_a_crash(coding: str) -> None:
    decoded = decode(b"<!DOCTYPE html><html><body>not coded at all" * 50, coding, LIMIT)
    assert decoded.outcome in {Outcome.UNREADABLE, Outcome.TRUNCATED}
    assert decoded.fault


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "unheard-of"])
def test_an_empty_body_is_empty_in_every_coding(coding: str) -> None:
    decoded = decode(b"", coding, LIMIT)
    assert (decoded.body, decoded.outcome) == (b"", None)


def test_an_unknown_coding_leaves_the_bytes_as_they_are() -> None:
    decoded = decode(b"abc", "sdch", LIMIT)
    assert (decoded.body, decoded.fault) == (b"abc", "unknown content coding 'sdch'")
    assert decoded.outcome is Outcome.UNREADABLE


def test_a_header_that_names_a_coding_a_thousand_times_is_refused() -> None:
    decoded = decode(gzip.compress(b"a"), ", ".join(["gzip"] * 1000), LIMIT)
    assert decoded.outcome is Outcome.UNREADABLE
    assert decoded.fault == "coded 1000 times over"


def test_every_gzip_member_counts_and_padding_after_the_last_does_not() -> None:
    assert decode(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 512, "gzip", LIMIT).body == b"one two"


def test_every_zstd_frame_counts() -> None:
    skippable = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"note"
    coded = zstd.compress(b"one ") + skippable + zstd.compress(b"two")
    assert decode(coded, "zstd", LIMIT).body == b"one two"


def test_a_cut_second_member_is_truncated() -> None:
    decoded = decode(gzip.compress(b"one ") + gzip.compress(TEXT)[:-9], "gzip", LIMIT)
    assert decoded.outcome is Outcome.TRUNCATED
    assert decoded.body.startswith(b"one ")


def test_a_body_of_a_million_tiny_members_is_given_up() -> None:
    decoded = decode(gzip.compress(b"") * 200_000, "gzip", LIMIT)
    assert decoded.outcome is Outcome.UNREADABLE
    assert "more than 10000 parts" in decoded.fault


def test_a_body_of_just_the_largest_size_passes_and_one_byte_more_does_not() -> None:
    coded = gzip.compress(b"a" * 100_000)
    assert decode(coded, "gzip", 100_000).body == b"a" * 100_000
    decoded = decode(coded, "gzip", 99_999)
    assert (decoded.body, decoded.outcome) == (b"", Outcome.TOO_LARGE)


def _bomb(coding: str) -> bytes:
    """Some kilobytes that unfold to 400 MB or more."""
    zeros = bytes(4_000_000)
    if coding == "gzip":
        coder = zlib.compressobj(9, wbits=31)
        return b"".join(coder.compress(zeros) for _ in range(100)) + coder.flush()
    if coding == "br":
        brotlied = brotli.Compressor(quality=9)
        return b"".join([*(brotlied.process(zeros) for _ in range(100)), brotlied.finish()])
    packed = zstd.ZstdCompressor()
    return b"".join([*(packed.compress(zeros) for _ in range(100)), packed.flush()])


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_is_too_large_and_takes_no_memory(coding: str) -> None:
    bomb = _bomb(coding)
    assert len(bomb) < 500_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    decoded = decode(bomb, coding, 5_000_000)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (decoded.body, decoded.outcome) == (b"", Outcome.TOO_LARGE)
    assert grown < 60_000  # KiB
