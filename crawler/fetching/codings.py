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

_FED = 64 * 1024  # bytes fed to a decoder at once
_UNFOLDED = 1024 * 1024  # bytes that one step may unfold to: 64 KiB of brotli or zstd can hold gigabytes
_MOST_PARTS = 10_000  # gzip members or zstd frames; block-wise compressors write one for each 64 KiB
_MOST_CODINGS = 4  # in one Content-Encoding; more than two are no use to anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body with its content coding undone; `fault` and `outcome` are set when it is not whole."""

    body: bytes
    fault: str = ""
    outcome: Outcome | None = None


class _CutError(Exception):
    """The coded body ends in the middle."""


class _BrokenError(Exception):
    """The coded body is not what its coding says."""


def _gzip(data: bytes) -> Iterator[bytes]:
    """Members of RFC 1952, one after the other; bytes after the last one that start no member are padding."""
    at = parts = 0
    while parts == 0 or data[at : at + 2] == b"\x1f\x8b":
        parts += 1
        _check_parts(parts)
        decoder = zlib.decompressobj(wbits=31)
        for end, piece in _inflated(decoder, data, at):
            at = end
            yield piece


def _deflate(data: bytes) -> Iterator[bytes]:
    """RFC 9110 means zlib by `deflate`; some servers send the bare stream."""
    bare = not (len(data) >= 2 and data[0] & 15 == 8 and (data[0] * 256 + data[1]) % 31 == 0)
    for _, piece in _inflated(zlib.decompressobj(wbits=-15 if bare else 15), data, 0):
        yield piece


def _inflated(decoder: "zlib._Decompress", data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The pieces of one zlib stream that starts at `at`, each with the place that was read up to."""
    while not decoder.eof:
        fed = decoder.unconsumed_tail or data[at : at + _FED]
        if not decoder.unconsumed_tail:
            at += len(fed)
        piece = decoder.decompress(fed, _UNFOLDED)
        if not fed and not piece and not decoder.eof:
            raise _CutError
        yield at - len(decoder.unused_data), piece


def _brotli(data: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    at = 0
    while not decoder.is_finished():
        fed = data[at : at + _FED] if decoder.can_accept_more_data() else b""
        at += len(fed)
        piece = decoder.process(fed, output_buffer_limit=_UNFOLDED)
        if not fed and not piece and not decoder.is_finished():
            raise _CutError
        yield piece


def _zstd(data: bytes) -> Iterator[bytes]:
    """Frames of RFC 8878, one after the other; bytes after the last one that start no frame are padding."""
    at = parts = 0
    while parts == 0 or _starts_frame(data[at : at + 4]):
        parts += 1
        _check_parts(parts)
        decoder = zstd.ZstdDecompressor()
        while not decoder.eof:
            fed = data[at : at + _FED] if decoder.needs_input else b""
            at += len(fed)
            piece = decoder.decompress(fed, _UNFOLDED)
            if not fed and not piece and not decoder.eof:
                raise _CutError
            yield piece
        at -= len(decoder.unused_data)


def _starts_frame(magic: bytes) -> bool:
    return magic == b"\x28\xb5\x2f\xfd" or (magic[1:] == b"\x2a\x4d\x18" and magic[0] >> 4 == 5)


def _check_parts(parts: int) -> None:
    if parts > _MOST_PARTS:
        raise _BrokenError(f"more than {_MOST_PARTS} parts")


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
    as it could be had, with its fault. Nothing at all is nothing in any coding: 304s and redirects name one too.
    """
    named = [name.strip().lower() for name in content_encoding.split(",")]
    codings = [name for name in named if name not in {"", "identity"}]
    if len(codings) > _MOST_CODINGS:
        return Decoded(body=data, fault=f"coded {len(codings)} times over", outcome=Outcome.UNREADABLE)
    body = data
    for coding in reversed(codings if data else []):
        if coding not in _DECODERS:
            fault = f"unknown content coding {coding[:40]!r}"
            return Decoded(body=data, fault=fault, outcome=Outcome.UNREADABLE)
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
    except _CutError:
        return Decoded(body=bytes(out), fault=f"its {coding} coding is cut short", outcome=Outcome.TRUNCATED)
    except (zlib.error, brotli.error, zstd.ZstdError, _BrokenError) as error:
        fault = f"its {coding} coding is broken: {error}"
        return Decoded(body=bytes(out), fault=fault, outcome=Outcome.UNREADABLE)
    return Decoded(body=bytes(out))
