"""How bodies are made small: zstd with an earlier body as prefix, arranged in skip-deltas.

A body is compressed against an earlier one of its chain, so that a page costs what changed in it. Which earlier one is
Subversion's skip-delta rule: body n is based on n with its lowest set bit cleared, so that reading any body takes at
most log2 hops (https://svn.apache.org/repos/asf/subversion/trunk/notes/skip-deltas). Chains are cut into segments, so
that the number of hops is bounded however long a page is watched.
"""

import sys

from storage.errors import DamagedBodyError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SEGMENT = 128  # bodies; 7 hops at most within a segment, and one more to a sibling page's keyframe
_LEVEL = 9
_SHORTEST_PREFIX = 8  # bytes; zstd takes none that is shorter
_MIN_WINDOW_LOG = 10
_MAX_WINDOW_LOG = 27  # 128 MiB, the largest that a zstd decoder takes without being asked to


def base_of(seq: int) -> int | None:
    """The place in the chain of the body that body `seq` is compressed against; None for a keyframe."""
    place = seq % SEGMENT
    return None if place == 0 else seq - place + (place & (place - 1))


def hops_to(seq: int) -> int:
    """How many bodies have to be decoded before body `seq` of a chain."""
    return (seq % SEGMENT).bit_count()


def compress(data: bytes, prefix: bytes | None) -> bytes:
    """`data` as one zstd frame, against `prefix` where one is given."""
    reach = len(data) + len(prefix or b"")
    window = min(max(reach.bit_length(), _MIN_WINDOW_LOG), _MAX_WINDOW_LOG)
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: _LEVEL,
        zstd.CompressionParameter.window_log: window,
        zstd.CompressionParameter.content_size_flag: 1,
    }
    if prefix is None or len(prefix) < _SHORTEST_PREFIX:
        return zstd.compress(data, options=options)
    return zstd.compress(data, options=options, zstd_dict=zstd.ZstdDict(prefix, is_raw=True).as_prefix)


def decompress(frame: bytes, prefix: bytes | None) -> bytes:
    """The data of a frame made by `compress` with the same prefix.

    Raises:
        DamagedBodyError: the frame does not decode.
    """
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _MAX_WINDOW_LOG}
    try:
        if prefix is None or len(prefix) < _SHORTEST_PREFIX:
            return zstd.decompress(frame, options=options)
        return zstd.decompress(frame, options=options, zstd_dict=zstd.ZstdDict(prefix, is_raw=True).as_prefix)
    except zstd.ZstdError as error:
        raise DamagedBodyError(f"a stored body does not decode: {error}") from error
