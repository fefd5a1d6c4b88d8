"""Reads records of WARC files, plain or gzipped, at the place where each stands; names damage and goes on behind it."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from storage.errors import LuutinError

PIECE = 1024 * 1024
_FED = 64 * 1024
_MOST_HEADER = 1024 * 1024  # bytes of the header of a record
_GZIP = b"\x1f\x8b\x08"
_MOST_CHECKED = 64 * 2**20  # bytes; records are smaller, and a file that was gzipped as a whole is not read twice
_START = re.compile(rb"WARC/\d+\.\d+[ \t]*\r?\n")


class DamageError(LuutinError):
    """A record cannot be read as it was written; the text says why."""


class UnevenError(Exception):
    """The gzip members of a file are not one for each record: it has to be unpacked as a whole."""


class _Stream(Protocol):
    """The bytes of a file or of a gzip member, unpacked."""

    def read(self, size: int) -> bytes:
        """So many bytes, fewer only at the end."""

    def line(self) -> bytes:
        """Up to the next line feed, or to the end."""

    def end(self) -> int:
        """Where in the file the record is over, once all of it is read."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a record says of itself; names in lower case."""

    fields: dict[str, str]

    def get(self, name: str) -> str:
        """A field, or an empty string; a URL that a writer put between angle brackets comes without them."""
        value = self.fields.get(name.lower(), "")
        return value[1:-1] if name.lower() == "warc-target-uri" and value[:1] + value[-1:] == "<>" else value

    @property
    def kind(self) -> str:
        """The type of the record."""
        return self.get("WARC-Type").lower()


class Block:
    """What follows the header, to be read once."""

    def __init__(self, stream: _Stream, length: int) -> None:
        self._stream = stream
        self._damage: DamageError | None = None
        self.left = length

    def read(self, size: int = -1) -> bytes:
        """So many of the bytes that are left, or all.

        Raises:
            DamageError: the file has fewer.
        """
        wanted = self.left if size < 0 else min(size, self.left)
        try:
            data = self._stream.read(wanted)
        except DamageError as error:
            self._damage = error
            raise
        self.left -= len(data)
        if len(data) < wanted:
            self._damage = DamageError(f"the record is cut short: {self.left} bytes of it are missing")
            raise self._damage
        return data

    def skip(self) -> None:
        """Read the rest. Raises DamageError, as often as it is asked, where the record has shown to be damaged."""
        if self._damage is not None:
            raise self._damage
        while self.read(PIECE):
            pass


@dataclass(frozen=True, slots=True)
class Found:
    """A record, and the byte of its file where it begins."""

    offset: int
    header: Header
    block: Block


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a file, from which byte on."""

    offset: int
    text: str


class _Plain:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def line(self) -> bytes:
        return self._file.readline(_MOST_HEADER)

    def end(self) -> int:
        return self._file.tell()


class _Member:
    """One gzip member, from where the file stands."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacker = zlib.decompressobj(wbits=31)
        self._ready = bytearray()

    def _more(self) -> bool:
        if self._unpacker.eof:
            return False
        fed = self._unpacker.unconsumed_tail or self._file.read(_FED)
        if not fed:
            raise DamageError("the gzip member is cut short")
        try:
            self._ready += self._unpacker.decompress(fed, PIECE)
        except zlib.error as error:
            raise DamageError(f"the gzip member is damaged: {error}") from error
        return True

    def read(self, size: int) -> bytes:
        while len(self._ready) < size and self._more():
            pass
        if len(self._ready) < size and self._goes_on():
            raise UnevenError
        return self._taken(size)

    def _goes_on(self) -> bool:
        """Whether another member follows that begins with no record: this one was cut off in the middle of its own."""
        place = self._file.tell() - len(self._unpacker.unused_data)
        self._file.seek(place)
        return self._file.read(3) == _GZIP and not _begins(self._file, place)

    def line(self) -> bytes:
        while (at := self._ready.find(b"\n")) < 0 and len(self._ready) < _MOST_HEADER and self._more():
            pass
        return self._taken(at + 1 if at >= 0 else len(self._ready))

    def _taken(self, size: int) -> bytes:
        data = bytes(self._ready[:size])
        del self._ready[:size]
        return data

    def end(self) -> int:
        """Raises UnevenError where more than white space follows in this member, and the member is sound."""
        while len(self._ready) < 5 and self._more():
            pass
        rest = self._taken(5)
        if rest.strip() or not self._unpacker.eof:
            self._check()
            raise UnevenError
        return self._file.tell() - len(self._unpacker.unused_data)

    def _check(self) -> None:
        """Unpack what is left up to a bound: a flipped bit may have hit the length that the record states of itself."""
        unpacked = 0
        while unpacked < _MOST_CHECKED and self._more():
            unpacked += len(self._ready)
            self._ready.clear()


def is_gzip(file: BinaryIO) -> bool:
    """Whether a file begins with a gzip member."""
    file.seek(0)
    return file.read(3) == _GZIP


def record_at(file: BinaryIO, offset: int) -> Found:
    """The record at a place.

    Raises:
        DamageError: there is none that can be read.
    """
    return _record(_stream_at(file, offset), offset)


def _stream_at(file: BinaryIO, offset: int) -> _Stream:
    file.seek(offset)
    gzipped = file.read(3) == _GZIP
    file.seek(offset)
    return _Member(file) if gzipped else _Plain(file)


def records(file: BinaryIO) -> Iterator[Found | Damage]:
    """The records of a file in their order; after each damage those that follow it.

    Whoever iterates may read a record's block before the next step. Damage that shows only then has the offset of the
    record: it is not to be used.

    Raises:
        UnevenError: the gzip members are not one for each record.
    """
    begin = _skip_blank(file, 0)
    while begin is not None:
        place: int = begin
        stream = _stream_at(file, place)
        try:
            found = _record(stream, place)
            yield found
            found.block.skip()
            begin = _skip_blank(file, stream.end())
        except DamageError as error:
            yield Damage(place, str(error))
            begin = _next_start(file, place + 1)


def _record(stream: _Stream, offset: int) -> Found:
    first = stream.line()
    while first in {b"\r\n", b"\n"}:
        first = stream.line()
    if not _START.fullmatch(first):
        raise DamageError("no WARC record begins here")
    fields: dict[str, str] = {}
    last, size = "", 0
    while line := stream.line().rstrip(b"\r\n"):
        size += len(line)
        if size > _MOST_HEADER:
            raise DamageError("the header of the record does not end")
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and last:
            fields[last] += f" {text.strip()}"
            continue
        name, _, value = text.partition(":")
        last = name.strip().lower()
        fields[last] = value.strip()
    length = fields.get("content-length", "")
    if not length.isdecimal():
        raise DamageError("the record does not say how long it is")
    return Found(offset, Header(fields), Block(stream, int(length)))


def _skip_blank(file: BinaryIO, offset: int) -> int | None:
    """The place of the next byte that is no line end; None at the end of the file."""
    file.seek(offset)
    while data := file.read(_FED):
        rest = data.lstrip(b"\r\n")
        offset += len(data) - len(rest)
        if rest:
            return offset
    return None


def _next_start(file: BinaryIO, offset: int) -> int | None:
    """Where after `offset` the next record seems to begin."""
    sign = _GZIP if is_gzip(file) else b"WARC/"
    while True:
        file.seek(offset)
        data = file.read(PIECE)
        at = data.find(sign)
        if at >= 0:
            if _begins(file, offset + at):
                return offset + at
            offset += at + 1
        elif len(data) < PIECE:
            return None
        else:
            offset += len(data) - len(sign)


def _begins(file: BinaryIO, offset: int) -> bool:
    try:
        _record(_stream_at(file, offset), offset)
    except DamageError:
        return False
    return True
