"""Exports as WARC, read by warcio: byte for byte what was received, and all that is known of each visit."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from luutin.exchange import ledger
from storage.records import Outcome
from storage.sitememory import Memory
from tests.commanding import fault, here
from tests.newsroom import EDITED, FOOTBALL, NOON, OTHER_URL, RAIN, URL, Newsroom

PAGE = "<html><p>Mưa lớn</p></html>".encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n  charset=utf-8\nETag:x  \r\n\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an archive of two pages: every kind of answer, and visits without one."""
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.archive.watch_site("khac", NOON)
    room.sees(FOOTBALL, url=OTHER_URL)
    room.sees(RAIN, answer=room.response(body=PAGE, head=HEAD, address="203.0.113.5"))
    room.sees(RAIN, answer=room.response(body=PAGE, head=HEAD))
    room.archive.record([room.finding(answer=room.response(304, b"", head=b"HTTP/1.1 304 Not Modified\r\n\r\n"))])
    room.fails()
    room.sees(EDITED, answer=room.response(wire=b"as it was sent"))
    room.gets(404)
    room.archive.remember("vidu", Memory(blocks=((7, 1),), missing=(5,)), 1, NOON)
    room.close()
    return tmp_path


def records(path: Path) -> list[tuple[Any, bytes]]:
    """Headers and block of each record."""
    with path.open("rb") as file:
        return [(one.rec_headers, one.raw_stream.read()) for one in ArchiveIterator(file, no_record_parse=True)]


def of_kind(path: Path, kind: str) -> list[tuple[Any, bytes]]:
    return [(headers, block) for headers, block in records(path) if headers.get_header("WARC-Type") == kind]


def test_heads_and_bodies_are_written_byte_for_byte_as_they_were_sent(folder: Path) -> None:
    assert here("export", "warc", "-o", "a.warc.gz", cwd=folder).status == 0
    answers = {
        headers.get_header("WARC-Target-URI"): block for headers, block in of_kind(folder / "a.warc.gz", "response")
    }
    first = next(block for headers, block in of_kind(folder / "a.warc.gz", "response") if block.startswith(HEAD))
    assert first == HEAD + PAGE
    assert answers[URL].endswith(b"x" * 9)
    assert any(block.endswith(b"as it was sent") for _, block in of_kind(folder / "a.warc.gz", "response"))
    asked = of_kind(folder / "a.warc.gz", "request")
    assert [block for _, block in asked] == [b"GET / HTTP/1.1\r\n\r\n"] * 6


def test_the_same_payload_is_written_once_and_referred_to_after_that(folder: Path) -> None:
    assert here("export", "warc", "-o", "a.warc.gz", cwd=folder).status == 0
    original = next(headers for headers, block in of_kind(folder / "a.warc.gz", "response") if block == HEAD + PAGE)
    same, not_modified = of_kind(folder / "a.warc.gz", "revisit")
    for (headers, block), profile, head in (
        (same, "identical-payload-digest", HEAD),
        (not_modified, "server-not-modified", b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    ):
        assert headers.get_header("WARC-Profile") == f"http://netpreserve.org/warc/1.1/revisit/{profile}"
        assert headers.get_header("WARC-Refers-To-Target-URI") == URL
        assert headers.get_header("WARC-Refers-To-Date") == original.get_header("WARC-Date")
        assert headers.get_header("WARC-Refers-To") == original.get_header("WARC-Record-ID")
        assert block == head
    assert same[0].get_header("WARC-Payload-Digest") == original.get_header("WARC-Payload-Digest")


def test_each_visit_has_what_is_known_of_it_also_one_without_an_answer(folder: Path) -> None:
    assert here("export", "warc", "-o", "a.warc.gz", cwd=folder).status == 0
    told = [ledger.read(block) for _, block in of_kind(folder / "a.warc.gz", "metadata")]
    visits = {one.at: one for one in told if isinstance(one, ledger.Told)}
    outcomes = [visits[at].outcome.value for at in sorted(visits)]
    assert outcomes == ["new", "new", "identical", "not-modified", "error", "changed", "gone"]
    failed = next(one for one in visits.values() if one.outcome.value == "error")
    assert (failed.url, failed.note, failed.answered) == (URL, "timed out", False)
    (lesson,) = (one for one in told if isinstance(one, ledger.Lesson))
    assert lesson == ledger.Lesson(site="vidu", at=NOON, memory=Memory(blocks=((7, 1),), missing=(5,)))


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_warcio_finds_every_digest_right(folder: Path, name: str) -> None:
    assert here("export", "warc", "-o", name, cwd=folder).status == 0
    warcio = Path(sys.executable).with_name("warcio")
    checked = subprocess.run([warcio, "check", "-v", folder / name], capture_output=True, check=True, text=True)
    assert checked.stdout.count("digest pass") == len(records(folder / name)) - 2  # it checks none of revisits


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_the_index_names_each_record_where_it_stands_but_for_answers_without_a_page(folder: Path, name: str) -> None:
    assert here("export", "warc", "-o", name, cwd=folder).status == 0
    lines = (folder / "a.cdxj").read_text().splitlines()
    assert lines == sorted(lines)
    entries = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert sorted((entry["status"], entry["mime"]) for entry in entries) == [
        ("200", "text/html"), ("200", "unk"), ("200", "unk"), ("200", "warc/revisit"), ("404", "unk"),
    ]  # fmt: skip
    for line, entry in zip(lines, entries, strict=True):
        data = (folder / name).read_bytes()[int(entry["offset"]) :][: int(entry["length"])]
        (folder / "one").write_bytes(data)
        ((headers, _),) = records(folder / "one")
        stamp = headers.get_header("WARC-Date").translate(str.maketrans("", "", "-:TZ"))[:14]
        assert line.startswith(f"example,vidu)/{entry['url'].rpartition('/')[2]} {stamp} ")
        assert headers.get_header("WARC-Target-URI") == entry["url"]


def test_an_answer_that_is_not_whole_says_so(tmp_path: Path) -> None:
    room = Newsroom(f"sqlite:///{tmp_path / 'luutin.db'}")
    room.sees(RAIN, answer=room.response(fault="cut short after 9 bytes", fault_outcome=Outcome.TRUNCATED))
    room.close()
    assert here("export", "warc", "-o", "a.warc", cwd=tmp_path).status == 0
    ((headers, _),) = of_kind(tmp_path / "a.warc", "response")
    assert headers.get_header("WARC-Truncated") == "unspecified"


def test_only_the_visits_of_one_site_are_written_where_that_is_asked(folder: Path) -> None:
    assert here("export", "warc", "--site", "khac", "-o", "a.warc", cwd=folder).status == 0
    assert [headers.get_header("WARC-Type") for headers, _ in records(folder / "a.warc")] == ["warcinfo"]
    assert "unknown" in fault(here("export", "warc", "--site", "none", "-o", "b.warc", cwd=folder))


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "a.cdxj").write_text("mine")
    assert "a.cdxj is there already" in fault(here("export", "warc", "-o", "a.warc.gz", cwd=folder))
    assert not (folder / "a.warc.gz").exists()
    assert (folder / "a.cdxj").read_text() == "mine"


def test_an_export_is_the_same_each_time_but_for_when_it_was_made(folder: Path) -> None:
    for name in ("a.warc", "b.warc"):
        assert here("export", "warc", "-o", name, cwd=folder).status == 0
    assert [block for _, block in records(folder / "a.warc")] == [block for _, block in records(folder / "b.warc")]
    assert (folder / "a.warc").read_bytes().partition(b"\r\n\r\nWARC/")[2] == (
        (folder / "b.warc").read_bytes().partition(b"\r\n\r\nWARC/")[2]
    )
