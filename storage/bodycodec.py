"""How bodies are made small: zstd with earlier bodies as prefix, in chains where each is reached in a few hops.

A body is compressed against an earlier one of its chain, so that a page costs what changed in it. Which earlier one
follows from its place, as in Subversion's skip-deltas
(https://svn.apache.org/repos/asf/subversion/trunk/notes/skip-deltas), but all hops that there may be are used: a place
is three digits, whose sum is the hops to it, counted up as long as that is seven at most. A body is built on the one
whose last digit that is not 0 is one less. So three of four bodies are compressed against the one right before them,
which is the most alike. To read a body all those that it is built on have to be read, so all of them serve as its
prefix: a headline that comes back in a ticker is found in whichever had it. Chains are cut into segments, so that hops
are bounded however long a page is watched, and damage to one body reaches no further than its segment.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import product

from storage.errors import DamagedBodyError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST_HOPS = 8  # to any body
_HOPS = MOST_HOPS - 1  # within a segment, and one more to a sibling page's keyframe
_REACH = 1 << 20  # bytes of earlier bodies that are searched, and the nearest one whatever its size
_REACH_QUICKLY = 1 << 18
_REACH_QUICKLY_BEFORE = 1 << 19  # as an earlier release searched
_REACH_OF_SEVERAL = 1 << 21
_REACH_BEFORE = 1 << 19  # of bodies that are kept as zstd writes them
_MAGIC = bytes.fromhex("28b52ffd")  # how a frame begins (RFC 8878, 3.1.1)
_FORM = b"\x01"  # stands for it, and says what the prefix is made of
_FORM_OF_SEVERAL = b"\x03"  # \x02 is that of a place: storage/packs.py
_FORM_QUICK_BEFORE = b"\x04"
_FORM_QUICK = b"\x05"
_LEVEL = 7
_QUICK_LEVEL = 3
_LARGE = 1 << 16  # bytes: where there is more to search, that is done quickly, or less thoroughly for a first body
_MOST_PLACES_LOG = 24  # in a table of what has been seen: 64 MB of memory
_FEWER_PLACES_LOG = 21
_THOROUGH = 15  # where there is little to search
_MOST_THOROUGH = 17  # a twentieth of a second for a page of half a megabyte; 19 takes twice that for half a hundredth
_SHORTEST_PREFIX = 8  # bytes; zstd takes none that is shorter
_MIN_WINDOW_LOG = 10
_MAX_WINDOW_LOG = 27  # 128 MiB, the largest that a zstd decoder takes without being asked to

# glibc gives memory back to the system, and has to have each page of it anew, where more is free than twice the largest
# block that was freed so far (https://man7.org/linux/man-pages/man3/mallopt.3.html, M_MMAP_THRESHOLD). zstd wants some
# 20 MB for each large page, which takes half of the time then. This block is never touched, so that it costs nothing.
bytes(31 << 20)


def _places() -> list[int | None]:
    """For each place of a segment the one that it is built on."""
    digits = [place for place in product(range(_HOPS + 1), repeat=3) if sum(place) <= _HOPS]
    number = {place: seq for seq, place in enumerate(digits)}
    return [None if seq == 0 else number[_less(place)] for place, seq in number.items()]


def _less(place: tuple[int, ...]) -> tuple[int, ...]:
    first, second, third = place
    if third:
        return first, second, third - 1
    return (first, second - 1, 0) if second else (first - 1, 0, 0)


_PLACES = _places()
SEGMENT = len(_PLACES)  # 120 bodies


def base_of(seq: int) -> int | None:
    """The place in the chain of the body that body `seq` is compressed against; None for a keyframe."""
    base = _PLACES[seq % SEGMENT]
    return None if base is None else seq - seq % SEGMENT + base


def hops_to(seq: int) -> int:
    """How many bodies have to be decoded before body `seq` of a chain."""
    base = base_of(seq)
    return 0 if base is None else 1 + hops_to(base)


def prefix_of(line: Sequence[bytes], reach: int = _REACH) -> bytes | None:
    """What a body is compressed against: the bodies that it is built on, given nearest first, as far as the reach goes.

    The nearest comes last in it, where it is the cheapest to point to.
    """
    chosen, left = list(line[:1]), reach - len(line[0]) if line else 0
    for body in line[1:]:
        left -= len(body)
        if left < 0:
            break
        chosen.append(body)
    return b"".join(reversed(chosen)) if chosen else None


def ends_of(line: Sequence[bytes]) -> bytes | None:
    """What several bodies are compressed against: the one that all are built on, and the nearest, which comes last.

    Another two per cent are saved by the next one, where these are not large. With more of them most places in the
    table are of the same text.
    """
    chosen = [*line[:1], *line[1:][-1:]]
    if len(line) > len(chosen) and sum(map(len, [*chosen, line[1]])) <= _REACH_OF_SEVERAL:
        chosen.insert(1, line[1])
    return b"".join(reversed(chosen)) if chosen else None


def pack(data: bytes, line: Sequence[bytes], level: int | None = None, *, first: bool = False) -> bytes:
    """`data` as it is kept, against the bodies that it is built on, the nearest first.

    `first` says that it is the first of its chain, which shares less with them than one that follows.
    """
    near = prefix_of(line, _REACH_QUICKLY)
    if level is None and not first and near is not None and len(data) + len(near) > _LARGE:
        return _FORM_QUICK + compress(data, near, quickly=True)[len(_MAGIC) :]
    return _FORM + compress(data, prefix_of(line), level, first=first)[len(_MAGIC) :]


def pack_alone(data: bytes) -> bytes:
    """`data` as small as it gets in a reasonable time, against nothing: 4 % less than by `pack`."""
    return _FORM + compress(data, None, _MOST_THOROUGH)[len(_MAGIC) :]


def pack_together(bodies: Sequence[bytes], line: Sequence[bytes]) -> bytes:
    """Several bodies as they are kept in one frame, against those that they are built on, the nearest first."""
    return _FORM_OF_SEVERAL + compress(b"".join(bodies), ends_of(line), together=True)[len(_MAGIC) :]


def unpack(kept: bytes, line: Sequence[bytes], *, most: int | None = None) -> bytes:
    """What was packed against the same bodies, also by a release that searched less of them; its `most` first bytes.

    Raises:
        DamagedBodyError: it does not decode.
    """
    form = kept[:1]
    if form in _PREFIXES:
        return decompress(_MAGIC + kept[1:], _PREFIXES[form](line), most)
    return decompress(kept, prefix_of(line, _REACH_BEFORE), most)


_PREFIXES: Mapping[bytes, Callable[[Sequence[bytes]], bytes | None]] = {
    _FORM: prefix_of,
    _FORM_QUICK_BEFORE: partial(prefix_of, reach=_REACH_QUICKLY_BEFORE),
    _FORM_QUICK: partial(prefix_of, reach=_REACH_QUICKLY),
    _FORM_OF_SEVERAL: ends_of,
}


def compress(
    data: bytes,
    prefix: bytes | None,
    level: int | None = None,
    *,
    first: bool = False,
    quickly: bool = False,
    together: bool = False,
) -> bytes:
    """`data` as one zstd frame, against `prefix` where one is given; at the level that suits them unless `level` is."""
    reach = len(data) + len(prefix or b"")
    window = min(max(reach.bit_length(), _MIN_WINDOW_LOG), _MAX_WINDOW_LOG)
    options: dict[int, int] = {
        zstd.CompressionParameter.window_log: window,
        zstd.CompressionParameter.content_size_flag: 1,
        **(
            _quickly(reach)
            if quickly
            else _thoroughly(reach, level, alone=prefix is None, first=first, few=first or together)
        ),
    }
    if prefix is None or len(prefix) < _SHORTEST_PREFIX:
        return zstd.compress(data, options=options)
    return zstd.compress(data, options=options, zstd_dict=zstd.ZstdDict(prefix, is_raw=True).as_prefix)


def _thoroughly(reach: int, level: int | None, *, alone: bool, first: bool, few: bool) -> dict[int, int]:
    """How hard to look for what comes back.

    Against a page most of the time goes into filling a table with it, so that looking into more places of that costs
    next to nothing: 64 of them, and two bytes further, make deltas 3 % smaller at 8 % more time. The table has to take
    half of the places at least, or what is found in a large page ends. Matches of 4 bytes cost more than they save.
    Of bodies in one frame each is found in the one before it: a smaller table (`few`) does as well, and stays in the
    cache.
    The first body of a chain is new for the most part, and takes twenty times as long as those that follow: half as
    many places, none of them twice, make it 1 % larger in a quarter less time. Compacting takes that back.
    """
    if level is not None or reach <= _LARGE:
        return {zstd.CompressionParameter.compression_level: _THOROUGH if level is None else level}
    return {
        zstd.CompressionParameter.compression_level: _LEVEL,
        zstd.CompressionParameter.strategy: zstd.Strategy.lazy if alone or first else zstd.Strategy.lazy2,
        zstd.CompressionParameter.hash_log: _places_log(reach, _FEWER_PLACES_LOG if few else _MOST_PLACES_LOG),
        zstd.CompressionParameter.search_log: 5 if alone or first else 6,
        zstd.CompressionParameter.min_match: 4 if alone else 5,
    }


def _quickly(reach: int) -> dict[int, int]:
    """A small table of every third place, and one look into it: a fifth of the time, and an eighth more bytes.

    Half of this table would do as well, a quarter no longer: what is far back is forgotten then.
    """
    return {
        zstd.CompressionParameter.compression_level: _QUICK_LEVEL,
        zstd.CompressionParameter.strategy: zstd.Strategy.fast,
        zstd.CompressionParameter.hash_log: _places_log(reach, _MOST_PLACES_LOG) - 2,
        zstd.CompressionParameter.min_match: 7,
    }


def _places_log(reach: int, most: int) -> int:
    return min(reach.bit_length() - 1, most)


_AS_LARGE_AS_WRITTEN: Mapping[int, int] = {zstd.DecompressionParameter.window_log_max: _MAX_WINDOW_LOG}


def decompress(frame: bytes, prefix: bytes | None, most: int | None = None) -> bytes:
    """The data of a frame made by `compress` with the same prefix; of more than `most` bytes only the first ones.

    Raises:
        DamagedBodyError: the frame does not decode, or to less than `most`.
    """
    short = prefix is None or len(prefix) < _SHORTEST_PREFIX
    known = None if prefix is None or short else zstd.ZstdDict(prefix, is_raw=True).as_prefix
    try:
        if most is None:
            return zstd.decompress(frame, options=_AS_LARGE_AS_WRITTEN, zstd_dict=known)
        data = zstd.ZstdDecompressor(options=_AS_LARGE_AS_WRITTEN, zstd_dict=known).decompress(frame, max_length=most)
    except (zstd.ZstdError, EOFError) as error:
        raise DamagedBodyError(f"a stored body does not decode: {error}") from error
    if len(data) < most:
        raise DamagedBodyError(f"a stored body does not decode: {len(data)} bytes are there, and {most} should be")
    return data
