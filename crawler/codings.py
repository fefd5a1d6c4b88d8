"""Undoing a response's content coding: bounded in size, and honest about what is cut short."""

import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli

from storage.records import Outcome

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_STEP = 64 * 1024  # bytes fed to a decoder at once; bounds what one step can unfold to


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body with its content coding undone; `fault` and `outcome` are set when it is not whole."""

    body: bytes
    fault: str = ""
    outcome: Outcome | None = None


class _Cut(Exception):  # noqa: N818 - an ending, not an error
    """The coded body ends in the middle."""


def _gzip(data: bytes) -> Iterator[bytes]:
    """Members of RFC 1952, one after the other; bytes after the last one that start no member are padding."""
    rest = data
    while rest.startswith(b"\x1f\x8b"):
        decoder = zlib.decompressobj(wbits=31)
        for start in range(0, len(rest), _STEP):
            yield decoder.decompress(rest[start : start + _STEP])
            if decoder.eof:
                rest = decoder.unused_data + rest[start + _STEP :]
                break
        else:
            raise _Cut
    if rest is data:
        raise zlib.error("it does not start like gzip")


def _deflate(data: bytes) -> Iterator[bytes]:
    """RFC 9110 means zlib by `deflate`; some servers send the bare stream."""
    bare = not (len(data) >= 2 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0)
    decoder = zlib.decompressobj(wbits=-15 if bare else 15)
    for start in range(0, len(data), _STEP):
        yield decoder.decompress(data[start : start + _STEP])
    if not decoder.eof:
        raise _Cut


def _brotli(data: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    for start in range(0, len(data), _STEP):
        yield decoder.process(data[start : start + _STEP])
    if not decoder.is_finished():
        raise _Cut


def _zstd(data: bytes) -> Iterator[bytes]:
    decoder = zstd.ZstdDecompressor()
    for start in range(0, len(data), _STEP):
        yield decoder.decompress(data[start : start + _STEP])
    if not decoder.eof:
        raise _Cut


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}


def decode(data: bytes, content_encoding: str, max_size: int) -> Decoded:
    """Undo the codings that a Content-Encoding header names, the last one first (RFC 9110, 8.4).

    A body that is cut short, broken, of an unknown coding or unfolds to more than `max_size` bytes comes back as far
    as it could be had, with its fault.
    """
    codings = [name.strip().lower() for name in content_encoding.split(",") if name.strip()]
    body = data
    for coding in reversed([name for name in codings if name != "identity"]):
        if coding not in _DECODERS:
            return Decoded(body=data, fault=f"unknown content coding {coding!r}", outcome=Outcome.UNREADABLE)
        result = _undo(_DECODERS[coding], body, coding, max_size)
        if result.outcome is not None:
            return result
        body = result.body
    return Decoded(body=body)


def _undo(decoder: Callable[[bytes], Iterator[bytes]], data: bytes, coding: str, max_size: int) -> Decoded:
    out = bytearray()
    try:
        for piece in decoder(data):
            out += piece
            if len(out) > max_size:
                return Decoded(body=b"", fault=f"unfolds to more than {max_size} bytes", outcome=Outcome.TOO_LARGE)
    except _Cut:
        return Decoded(body=bytes(out), fault=f"its {coding} coding is cut short", outcome=Outcome.TRUNCATED)
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        fault = f"its {coding} coding is broken: {error}"
        return Decoded(body=bytes(out), fault=fault, outcome=Outcome.UNREADABLE)
    return Decoded(body=bytes(out))
