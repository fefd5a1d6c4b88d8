"""The WARCs that an import reads: files as they are, and those in a WACZ; each can be read from any place."""

import io
import json
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo, is_zipfile

from luutin.exchange.hashing import file_digest
from luutin.exchange.recordreading import PIECE
from storage.errors import ConfigError

_LOCAL = struct.Struct("<4s22xHH")  # signature, length of the name, length of the extra field (APPNOTE 4.3.7)


@dataclass(frozen=True, slots=True)
class Source:
    """One WARC: its name for a person, and its bytes."""

    name: str
    file: BinaryIO


class Sources:
    """The WARCs in some files, open until the end; what has to be unpacked lies in a temporary folder."""

    def __init__(self, paths: list[Path]) -> None:
        self._stack = ExitStack()
        self.faults: list[str] = []
        self.all: list[Source] = []
        try:
            for path in paths:
                self.all += self._opened(path)
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _opened(self, path: Path) -> list[Source]:
        try:
            file = self._stack.enter_context(path.open("rb"))
        except OSError as error:
            raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from error
        start = file.read(4)
        if not start:
            self.faults.append(f"{path}: this file is empty")
        if start != b"PK\x03\x04":
            return [Source(str(path), file)]
        if not is_zipfile(file):
            raise ConfigError([f"{path}: this WACZ is damaged: its end is missing, where it says what it holds"])
        try:
            packed = self._stack.enter_context(ZipFile(file))
            altered = set(_altered(packed))
            self.faults += [f"{path}: {fault}" for fault in _package_faults(packed)]
            self.faults += [f"{path}: {name} is not the file that datapackage.json names" for name in sorted(altered)]
            warcs = [one for one in packed.infolist() if _is_warc(one.filename)]
            found = [Source(f"{path}/{one.filename}", self._entry(packed, one, path)) for one in warcs]
        except (BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise ConfigError([f"{path}: this WACZ is damaged: {error}"]) from error
        if not found:
            raise ConfigError([f"{path}: this is no WACZ: it holds no WARC in archive/"])
        return [source for source, entry in zip(found, warcs, strict=True) if entry.filename not in altered]

    def _entry(self, packed: ZipFile, entry: ZipInfo, path: Path) -> BinaryIO:
        if entry.compress_type == ZIP_STORED:
            raw = self._stack.enter_context(path.open("rb"))
            return cast(BinaryIO, io.BufferedReader(_Slice(raw, entry)))
        with packed.open(entry) as data:
            file = self._temporary()
            shutil.copyfileobj(data, file, PIECE)
            return file

    def _temporary(self) -> BinaryIO:
        file = tempfile.TemporaryFile(prefix="luutin-")  # noqa: SIM115 - the stack closes it
        return cast(BinaryIO, self._stack.enter_context(file))

    def unpacked(self, source: Source) -> Source:
        """A source whose gzip members are not one for each record, unpacked as a whole, as far as that goes."""
        file = self._temporary()
        source.file.seek(0)
        for piece in _inflated(source.file):
            file.write(piece)
        return Source(source.name, file)


class _Slice(io.RawIOBase):
    """An entry of a zip file that is stored as it is."""

    def __init__(self, file: BinaryIO, entry: ZipInfo) -> None:
        super().__init__()
        file.seek(entry.header_offset)
        signature, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
        if signature != b"PK\x03\x04":
            raise BadZipFile(f"{entry.filename} is not where the directory says")
        self._file = file
        self._start = entry.header_offset + _LOCAL.size + name + extra
        self._size = entry.file_size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill a buffer, as far as there is something to fill it with."""
        view = memoryview(cast(bytearray, buffer))
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(view), self._size - self._at)))
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _package_faults(packed: ZipFile) -> Iterator[str]:
    """Where a file that datapackage.json names is missing, and where that is not the one that its own digest names."""
    names = set(packed.namelist())
    if "datapackage.json" not in names:
        return
    stated, whole = _stated(packed), _digest_of_all(packed)
    if stated is None or whole is None:
        yield "datapackage.json is damaged"
        return
    if whole and file_digest(io.BytesIO(packed.read("datapackage.json")), whole) != whole:
        yield "datapackage.json is not the one that datapackage-digest.json names"
    yield from (f"{path} is missing" for path in stated if path not in names)


def _altered(packed: ZipFile) -> Iterator[str]:
    """The files that have another digest than datapackage.json states."""
    names = set(packed.namelist())
    for path, digest in (_stated(packed) or {}).items():
        if path in names:
            with packed.open(path) as file:
                if file_digest(cast(BinaryIO, file), digest) != digest:
                    yield path


def _stated(packed: ZipFile) -> dict[str, str] | None:
    """The digest of each file, as datapackage.json states them; None where there is none that can be read."""
    try:
        return {str(one["path"]): str(one["hash"]) for one in json.loads(packed.read("datapackage.json"))["resources"]}
    except (ValueError, KeyError, TypeError):
        return None


def _digest_of_all(packed: ZipFile) -> str | None:
    """The digest that datapackage.json has to have; empty where none is stated, None where that cannot be read."""
    if "datapackage-digest.json" not in packed.namelist():
        return ""
    try:
        return str(json.loads(packed.read("datapackage-digest.json"))["hash"])
    except (ValueError, KeyError, TypeError):
        return None


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    """What gzip members hold, one after the other, up to the first damage."""
    rest = b""
    while fed := rest or file.read(PIECE):
        unpacker, rest = zlib.decompressobj(wbits=31), b""
        while fed:
            try:
                yield unpacker.decompress(fed, PIECE)
            except zlib.error:
                return
            rest = unpacker.unused_data.lstrip(b"\0")
            fed = b"" if unpacker.eof else unpacker.unconsumed_tail or file.read(PIECE)
