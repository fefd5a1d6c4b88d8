"""Checks the digests that a record states of its block and its payload, while it is read. Pure but for reading."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from luutin.exchange.recordreading import PIECE, Block, Header

_MOST_HEAD = 1024 * 1024  # bytes of an HTTP head
_MOST_CHUNKED = 64 * 1024 * 1024  # bytes of a chunked payload that are looked at in a second way


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A record that was read through: the head of its HTTP message, and why its digests are wrong where they are."""

    head: bytes
    fault: str = ""


def _maker(stated: str) -> _Hash | None:
    """What computes a stated digest; None where it states none, or one that this Python does not know."""
    name = stated.partition(":")[0].lower().replace("-", "")
    try:
        return hashlib.new(name, usedforsecurity=False) if name else None
    except ValueError:
        return None


def is_digest(stated: str, digest: bytes) -> bool:
    """Whether a digest is the stated one, which may be written in base 32, 16 or 64."""
    text = stated.partition(":")[2].strip()
    spelt = (base64.b32encode(digest), digest.hex().encode(), base64.b64encode(digest))
    if text.upper().rstrip("=").encode("utf-8") == spelt[0].rstrip(b"="):
        return True
    return text.lower().encode() == spelt[1] or text.rstrip("=").encode() == spelt[2].rstrip(b"=")


def matches(stated: str, data: bytes) -> bool:
    """Whether bytes have a stated digest; also where nothing is stated, or what this Python cannot compute."""
    made = _maker(stated)
    if made is None:
        return True
    made.update(data)
    return is_digest(stated, made.digest())


def checked(header: Header, block: Block, keep: bytearray | None = None) -> Checked:
    """Read a record to its end; `keep` is filled with what follows the head.

    Some writers state the digest of a payload with its chunks undone: either is right.

    Raises:
        DamageError: it is cut short.
    """
    stated_block, stated_payload = header.get("WARC-Block-Digest"), header.get("WARC-Payload-Digest")
    of_block = _maker(stated_block)
    head, first = _head(block) if header.get("Content-Type").lower().startswith("application/http") else (b"", b"")
    of_payload = None if header.kind == "revisit" else _maker(stated_payload)
    kept = bytearray() if _is_chunked(head) and of_payload else None
    if of_block:
        of_block.update(head)
    for piece in _pieces(first, block):
        if of_block:
            of_block.update(piece)
        if of_payload:
            of_payload.update(piece)
        if keep is not None:
            keep += piece
        if kept is not None and len(kept) < _MOST_CHUNKED:
            kept += piece
    if of_block and not is_digest(stated_block, of_block.digest()):
        return Checked(head=head, fault=f"its block digest is not {stated_block}")
    if of_payload and not is_digest(stated_payload, of_payload.digest()) and not _fits(stated_payload, kept):
        return Checked(head=head, fault=f"its payload digest is not {stated_payload}")
    return Checked(head=head)


def _fits(stated: str, chunked: bytearray | None) -> bool:
    """Whether a payload has a stated digest once its chunks are undone."""
    return chunked is not None and matches(stated, unchunked(bytes(chunked)))


def _pieces(first: bytes, block: Block) -> Iterator[bytes]:
    if first:
        yield first
    while piece := block.read(PIECE):
        yield piece


def _head(block: Block) -> tuple[bytes, bytes]:
    """The head of an HTTP message with the empty line that ends it, and what was read after it."""
    data = b""
    while block.left and len(data) < _MOST_HEAD:
        data += block.read(64 * 1024)
        at = end_of_head(data)
        if at:
            return data[:at], data[at:]
    return (data, b"") if not block.left else (b"", data)


def end_of_head(data: bytes) -> int:
    """Where the head of an HTTP message ends, with the empty line; 0 where it does not."""
    ends = [at + len(sign) for sign in (b"\r\n\r\n", b"\n\n", b"\n\r\n") if (at := data.find(sign)) >= 0]
    return min(ends, default=0)


def _is_chunked(head: bytes) -> bool:
    return any(
        line.lower().startswith(b"transfer-encoding:") and b"chunked" in line.lower() for line in head.splitlines()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchunked:
    """What stood in the chunks of a payload; `whole` says whether all of them are there."""

    body: bytes
    whole: bool


def unchunked(payload: bytes) -> bytes:
    """A payload without its chunks (RFC 9112, 7.1); as it is where it has none, or where they are not whole."""
    undone = from_chunks(payload)
    return undone.body if undone is not None and undone.whole else payload


def from_chunks(payload: bytes) -> Unchunked | None:
    """What stands in the chunks of a payload, as far as they go; None where it has none, as its writer undid them."""
    out, at = bytearray(), 0
    while (line := _chunk_line(payload, at)) is not None:
        start, length = line
        if length == 0:
            return Unchunked(body=bytes(out), whole=True)
        end = start + length
        ends = len(payload) <= end + 1
        if not ends and not payload.startswith((b"\r\n", b"\n"), end):  # these are no chunks, or no more of them
            break
        out += payload[start:end]
        at = end + (2 if payload.startswith(b"\r\n", end) else 1)
        if ends:
            break
    return Unchunked(body=bytes(out), whole=False) if at else None


def _chunk_line(payload: bytes, at: int) -> tuple[int, int] | None:
    """Where the bytes of the chunk that begins here stand, and how many they are; None where none begins."""
    end = payload.find(b"\n", at)
    size = payload[at:end].partition(b";")[0].strip()
    return None if end < 0 or not size or size.strip(b"0123456789abcdefABCDEF") else (end + 1, int(size, 16))
