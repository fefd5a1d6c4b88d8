"""Exports are replayed by a real pywb byte for byte, and a real validator finds the package sound."""

import gzip
import json
import shutil
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from zipfile import ZIP_STORED, ZipFile

import pytest

from storage.queries import Queries
from tests.commanding import here
from tests.newsroom import EDITED, FOOTBALL, OTHER_URL, RAIN, URL, Newsroom
from tests.tools import replay, run

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n  charset=utf-8\r\nX-Luutin:a\r\n"
PAGE = "<html><head><title>Mưa</title></head><p>Mưa lớn.</p></html>".encode()
PACKED = gzip.compress(PAGE.replace(b"35", b"53"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an archive: a new page, the same bytes, a 304, an edit sent packed, a page with chunks, a 404."""
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    plain = room.response(body=PAGE, head=HEAD + b"\r\n")
    room.sees(RAIN, answer=plain)
    room.sees(RAIN, answer=plain)
    room.archive.record([room.finding(answer=room.response(304, b"", head=b"HTTP/1.1 304 Not Modified\r\n\r\n"))])
    packed = room.response(
        body=gzip.decompress(PACKED) + b" ", wire=PACKED, head=HEAD + b"Content-Encoding: gzip\r\n\r\n"
    )
    room.sees(EDITED, answer=packed)
    chunks = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"  # the archive keeps what was in them
    room.sees(FOOTBALL, url=OTHER_URL, answer=room.response(body=PAGE * 3, head=chunks, url=OTHER_URL))
    room.gets(404, head=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n")
    room.close()
    return tmp_path


def answers(folder: Path, site: str) -> list[tuple[str, int, bytes, bytes]]:
    """Time, URL, status and body of what pywb replays for each capture, and the body as the archive has it."""
    found = []
    with Queries(f"sqlite:///{folder / 'luutin.db'}") as queries:
        for page in queries.pages():
            for row, raw in queries.captures(page.id):
                if raw is None or raw.status == 304:
                    continue
                status, body = _replayed(f"{site}/news/{row.at:%Y%m%d%H%M%S}id_/{raw.url}")
                found.append((row.at.isoformat(), status, body, raw.sent))
    return found


def _replayed(address: str) -> tuple[int, bytes]:
    try:
        with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def collection(folder: Path) -> Path:
    made = folder / "collections" / "news"
    for name in ("archive", "indexes"):
        (made / name).mkdir(parents=True)
    return made


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_pywb_replays_a_warc_by_the_index_that_was_made_beside_it_byte_for_byte(folder: Path, name: str) -> None:
    assert here("export", "warc", "-o", name, cwd=folder).status == 0
    made = collection(folder)
    shutil.move(folder / name, made / "archive" / name)
    shutil.move(folder / "a.cdxj", made / "indexes" / "index.cdxj")
    with replay(folder) as site:
        found = answers(folder, site)
    assert [status for _, status, _, _ in found] == [200, 200, 200, 200, 404]
    for at, _, replayed, sent in found:
        assert replayed == sent, at


def test_pywb_replays_a_package(folder: Path) -> None:
    assert here("export", "wacz", "-o", "a.wacz", cwd=folder).status == 0
    assert run("wb-manager", "init", "news", cwd=folder).returncode == 0
    added = run("wb-manager", "add", "--unpack-wacz", "news", "a.wacz", cwd=folder)
    assert added.returncode == 0, added.stderr
    with replay(folder) as site:
        assert [replayed == sent for _, _, replayed, sent in answers(folder, site)] == [True] * 5


def test_the_validator_finds_the_package_sound_and_an_altered_one_not(folder: Path) -> None:
    assert here("export", "wacz", "-o", "a.wacz", cwd=folder).status == 0
    said = run("wacz", "validate", "-f", "a.wacz", cwd=folder)
    assert (said.returncode, "Validation succeeded" in said.stdout) == (0, True), said.stdout
    with ZipFile(folder / "a.wacz") as packed, ZipFile(folder / "b.wacz", "w") as other:
        for entry in packed.infolist():
            other.writestr(entry, packed.read(entry).replace(b"M\\u01b0a", b"M\\u01b0b"))
    assert run("wacz", "validate", "-f", "b.wacz", cwd=folder).returncode == 1


def test_a_package_holds_the_warc_its_index_and_a_page_for_each_version(folder: Path) -> None:
    assert here("export", "wacz", "-o", "a.wacz", cwd=folder).status == 0
    assert here("export", "warc", "-o", "data.warc.gz", cwd=folder).status == 0
    with ZipFile(folder / "a.wacz") as packed:
        files = {entry.filename: packed.read(entry) for entry in packed.infolist()}
        assert packed.getinfo("archive/data.warc.gz").compress_type == ZIP_STORED
    lines = gzip.decompress(files["indexes/index.cdx.gz"]).decode().splitlines()
    assert [line.partition("{")[0] for line in lines] == [
        line.partition("{")[0] for line in (folder / "data.cdxj").read_text().splitlines()
    ]
    header, *pages = (json.loads(line) for line in files["pages/pages.jsonl"].splitlines())
    assert header["format"] == "json-pages-1.0"
    assert [(page["url"], page["ts"]) for page in pages] == [
        (OTHER_URL, "2026-03-11T17:00:00Z"), (URL, "2026-03-11T13:00:00Z"), (URL, "2026-03-11T16:00:00Z"),
    ]  # fmt: skip
    assert all(page["title"] == "Mưa lớn ở Hà Nội" for page in pages)
    assert json.loads(files["datapackage.json"])["wacz_version"] == "1.1.1"
    first, *blocks = files["indexes/index.idx"].decode().splitlines()
    assert first.startswith("!meta 0 ")
    for line in blocks:
        place = json.loads(line[line.index("{") :])
        part = files["indexes/index.cdx.gz"][place["offset"] :][: place["length"]]
        assert gzip.decompress(part).decode().startswith(line.partition(" {")[0])
