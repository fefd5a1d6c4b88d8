"""Writes an archive as WACZ 1.1.1: the WARC with its index, the list of pages, and the digests of all of it."""

import hashlib
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from luutin.exchange import warcs
from luutin.exchange.cdxj import Index
from luutin.warcwriting import RecordWriter
from storage.queries import Queries

VERSION = "1.1.1"
_WARC = "data.warc.gz"
_BLOCK = 3000  # lines of the index in each gzip member


class _Entry(io.RawIOBase):
    """An entry of the package while it is written: counts and hashes what goes in."""

    def __init__(self, packed: ZipFile, info: ZipInfo) -> None:
        super().__init__()
        self._file = packed.open(info, "w", force_zip64=True)
        self._made = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        """Write all of it."""
        piece = bytes(cast(bytes, data))
        self._made.update(piece)
        self.size += len(piece)
        return self._file.write(piece)

    def tell(self) -> int:
        return self.size

    def close(self) -> None:
        self._file.close()
        super().close()

    @property
    def digest(self) -> str:
        return f"sha256:{self._made.hexdigest()}"


class _Package:
    """A package while it is written."""

    def __init__(self, packed: ZipFile, now: datetime) -> None:
        self._packed = packed
        self._now = now
        self._resources: list[Mapping[str, object]] = []

    def entry(self, path: str, *, stored: bool) -> _Entry:
        """Begin an entry; those that are packed already, and are read in parts, are stored as they are."""
        info = ZipInfo(path, self._now.timetuple()[:6])
        info.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
        return _Entry(self._packed, info)

    def add(self, path: str, pieces: Iterable[bytes], *, stored: bool = False) -> None:
        """Write an entry and name it in the package."""
        with self.entry(path, stored=stored) as entry:
            for piece in pieces:
                entry.write(piece)
        self.name(path, entry)

    def name(self, path: str, entry: _Entry) -> None:
        """Name an entry that has been written."""
        name = path.rpartition("/")[2]
        self._resources.append({"name": name, "path": path, "hash": entry.digest, "bytes": entry.size})

    def finish(self) -> None:
        """Write what tells of all entries, and the digest of that."""
        about = {
            "profile": "data-package",
            "resources": self._resources,
            "created": f"{self._now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "wacz_version": VERSION,
            "software": f"Luutin/{version('luutin')}",
        }
        data = json.dumps(about, indent=2).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        for path, text in (("datapackage.json", data), ("datapackage-digest.json", json.dumps(digest).encode())):
            with self.entry(path, stored=False) as entry:
                entry.write(text)


def write(
    queries: Queries, file: BinaryIO, site: str | None, now: datetime, on_visit: Callable[[], None] = lambda: None
) -> None:
    """Write all visits, or those of a site, as a package."""
    index = Index(_WARC)
    with ZipFile(file, "w") as packed:
        package = _Package(packed, now)
        with package.entry(f"archive/{_WARC}", stored=True) as entry:
            writer = RecordWriter(cast(BinaryIO, entry))
            pages = list(_pages(queries, warcs.write(queries, writer, index, site, now, on_visit)))
        package.name(f"archive/{_WARC}", entry)
        blocks = list(_packed_blocks(index.lines()))
        package.add("indexes/index.cdx.gz", (data for _, data in blocks), stored=True)
        package.add("indexes/index.idx", _index_of(blocks))
        package.add("pages/pages.jsonl", [_line({"format": "json-pages-1.0", "id": "pages", "title": "Pages"}), *pages])
        package.finish()


def _pages(queries: Queries, shown: Iterable[warcs.Shown]) -> Iterator[bytes]:
    """A line for each version of each page."""
    for one in shown:
        yield _line(
            {
                "id": f"{one.page.id}-{one.version}",
                "url": one.url,
                "ts": f"{one.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
                "title": queries.article(one.page.id, one.version).title,
            }
        )


def _line(fields: Mapping[str, str]) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def _packed_blocks(lines: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Blocks of lines, each packed by itself, with key and time of its first line."""
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        packer = zlib.compressobj(9, wbits=31)
        yield block[0].partition("{")[0].strip(), packer.compress("".join(block).encode()) + packer.flush()


def _index_of(blocks: Sequence[tuple[str, bytes]]) -> Iterator[bytes]:
    """The index of the index, as ZipNum has it."""
    yield f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': 'index.cdx.gz'})}\n".encode()
    offset = 0
    for first, data in blocks:
        about = {"offset": offset, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        yield f"{first} {json.dumps(about)}\n".encode()
        offset += len(data)
